//! The server functions about posts: context, the use case, what the page needs.

use domain::posts::draft::Draft;
use domain::posts::filter::FilterQuery;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use super::view::{ConflictView, EditForm, ListView, ShowView, WriteView};
use crate::error::AppError;
use crate::versions::view::HistoryView;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    super::present,
    crate::context::{FormWay, answer, finish, kept, request, typed},
    service::{drafts, flash, posts},
};

#[server(endpoint = "posts/home", output = Postcard)]
pub async fn home_posts() -> Result<Packed<ListView>, AppError> {
    let request = request();
    let query = FilterQuery::default();
    let list = async {
        let soon = service::activities::soon(&request).await?;
        let list = present::list(&request, &query, &posts::home(&request, &query).await?);
        Ok(ListView { agenda: crate::activities::home_block(&request, &soon), ..list })
    };
    answer(kept(&request, "home".to_owned(), Box::pin(list)).await)
}

#[server(endpoint = "posts/list", output = Postcard)]
pub async fn list_posts(query: FilterQuery) -> Result<Packed<ListView>, AppError> {
    let request = request();
    let list = async { Ok(present::list(&request, &query, &posts::list(&request, &query).await?)) };
    answer(kept(&request, query.name("list"), Box::pin(list)).await)
}

/// A post, with what was typed into a part that could not be saved.
#[server(endpoint = "posts/show", output = Postcard)]
pub async fn show_post(id: String, #[server(default)] flash: String) -> Result<Packed<ShowView>, AppError> {
    let request = request();
    let id = answer(present::parse(&id))?;
    let found = answer(posts::post(&request, id).await)?;
    if found.post.status == domain::posts::PostStatus::Removed {
        crate::context::set_status(410);
    }
    if found.is_only_read() {
        // Its addresses are those under which the community was asked for.
        let name = format!("shown post {id} {}", request.base_url);
        let view = Box::pin(async { Ok(present::show(&request, found)) });
        return answer(kept(&request, name, view).await);
    }
    let kept = typed::<EditForm>(&request, &present::edit_form(id), &flash).await?;
    Ok(ShowView { typed: kept.into(), ..present::show(&request, found) }.into())
}

#[server(endpoint = "posts/write-form", output = Postcard)]
pub async fn write_form(
    #[server(default)] flash: String,
    #[server(default)] concept: String,
) -> Result<Packed<WriteView>, AppError> {
    let request = request();
    let opened = answer(drafts::open(&request, &concept).await)?;
    let view = present::write_form(&request, opened);
    let kept =
        if flash.is_empty() { None } else { answer(flash::find::<Draft>(&request, "write", &flash).await)? };
    Ok(match kept {
        Some(kept) => {
            WriteView { draft: kept.typed, problems: kept.problems, kept_at: None, refused: true, ..view }
        }
        None => view,
    }
    .into())
}

#[server(endpoint = "posts/create", output = Postcard)]
pub async fn create_post(
    draft: Draft,
    #[server(default)] concept: String,
    /// Whose it is, when the browser sends it later by itself: it never comes under another name.
    #[server(default)]
    writer: String,
) -> Result<(), AppError> {
    let request = request();
    let is_theirs =
        writer.is_empty() || request.actor.member_id().is_some_and(|member| member.to_string() == writer);
    let done = match drafts::named(&request, &concept).filter(|_| is_theirs) {
        Some(id) => Box::pin(posts::create(&request, &draft, id)).await,
        None => Err(domain::permit::Denied::SignInFirst.into()),
    };
    let done = done.map(present::written);
    let back = match concept.parse::<domain::id::DraftId>() {
        Ok(id) => format!("/berichten/nieuw?concept={id}"),
        Err(_) => "/berichten/nieuw".to_owned(),
    };
    finish(&request, FormWay { form: "write", back: &back }, draft, done).await
}

/// Says whether the draft is kept: what has just been published is no draft any more, and what was typed last may
/// arrive after that.
#[server(endpoint = "posts/keep-draft", output = Postcard)]
pub async fn keep_draft(draft: Draft, #[server(default)] concept: String) -> Result<bool, AppError> {
    let request = request();
    let id = drafts::named(&request, &concept).ok_or(domain::permit::Denied::SignInFirst.into());
    answer(match id {
        Ok(id) => match drafts::keep(&request, id, &draft).await {
            Err(service::Error::Conflict) => Ok(false),
            kept => kept.map(|()| true),
        },
        Err(error) => Err(error),
    })
}

#[server(endpoint = "posts/discard-draft", output = Postcard)]
pub async fn discard_draft(#[server(default)] concept: String) -> Result<(), AppError> {
    let request = request();
    let id = drafts::named(&request, &concept).ok_or(domain::permit::Denied::SignInFirst.into());
    let done = match id {
        Ok(id) => drafts::discard(&request, id).await.map(|()| id),
        Err(error) => Err(error),
    };
    // Thrown away twice is thrown away.
    let id = match (done, drafts::named(&request, &concept)) {
        (Err(service::Error::NotFound), Some(id)) => id,
        (done, _) => answer(done)?,
    };
    crate::context::go(&format!("/berichten/nieuw?melding=weggegooid&concept=nieuw&weg={id}"));
    Ok(())
}

/// How a text will look.
#[server(endpoint = "posts/preview", output = Postcard)]
pub async fn preview_text(#[server(default)] text: String) -> Result<String, AppError> {
    let request = request();
    if !request.is_signed_in() {
        return answer(Err(domain::permit::Denied::SignInFirst.into()));
    }
    answer(drafts::may_preview(&request).await)?;
    let most = domain::limits::BODY_MAX as usize;
    let text: String = text.chars().take(most).collect();
    Ok(service::markdown::render(&text).html)
}

#[server(endpoint = "posts/edit", output = Postcard)]
pub async fn edit_post(
    id: String,
    part: String,
    edit: EditForm,
    /// The parts that were in the form: what was emptied arrives as nothing at all.
    #[server(default)]
    with: Vec<String>,
) -> Result<(), AppError> {
    use service::posts::EditOutcome;
    let request = request();
    let post = answer(present::parse(&id))?;
    let edit = present::with_emptied(edit, &with);
    let done = posts::edit(&request, post, &edit.clone().into()).await;
    if matches!(done, Err(service::Error::Conflict)) {
        let problems = domain::problem::Problems::default();
        let kept = answer(flash::keep(&request, &present::edit_form(post), &edit, problems).await)?;
        crate::context::go(&format!("/berichten/{post}/samenvoegen?flash={kept}"));
        return Ok(());
    }
    let done = done.map(|outcome| match outcome {
        EditOutcome::Saved { .. } => format!("/berichten/{post}?melding=bewaard&bericht={post}"),
        EditOutcome::Unchanged => format!("/berichten/{post}?melding=ongewijzigd"),
    });
    let part = domain::posts::merge::Part::from_slug(&part).map_or("tekst", |part| part.slug());
    let back = format!("/berichten/{post}?bewerk={part}");
    let form = present::edit_form(post);
    let way = FormWay { form: &form, back: &back };
    finish(&request, way, edit, done).await
}

#[server(endpoint = "posts/conflict", output = Postcard)]
pub async fn load_conflict(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<ConflictView>, AppError> {
    let request = request();
    let id = answer(present::parse(&id))?;
    let found = flash::find::<EditForm>(&request, &present::edit_form(id), &flash).await;
    let kept = answer(found.and_then(|kept| kept.ok_or(service::Error::NotFound)))?;
    let both = answer(posts::conflict(&request, id).await)?;
    Ok(present::conflict(&request, both, &kept.typed).into())
}

#[server(endpoint = "posts/history", output = Postcard)]
pub async fn post_history(
    id: String,
    #[server(default)] from: Option<i64>,
    #[server(default)] to: Option<i64>,
) -> Result<Packed<HistoryView>, AppError> {
    let request = request();
    let id = answer(present::parse(&id))?;
    let found = answer(posts::revisions(&request, id).await)?;
    Ok(present::history(&request, found, (from, to)).into())
}

#[server(endpoint = "posts/restore-version", output = Postcard)]
pub async fn restore_version(id: String, version: i64, on: i64) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&id))?;
    let done = posts::restore_revision(&request, post, version, on, "").await;
    let done = done.map(|()| format!("/berichten/{post}?melding=bewaard&bericht={post}"));
    let back = format!("/berichten/{post}/geschiedenis?melding=mislukt");
    let way = FormWay { form: "restore", back: &back };
    finish(&request, way, (), done).await
}

#[server(endpoint = "posts/remove", output = Postcard)]
pub async fn remove_post(id: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&id))?;
    let done = posts::remove(&request, post).await;
    let done = done.map(|()| format!("/berichten?melding=verwijderd&bericht={post}"));
    present::one_button(&request, post, done).await
}

#[server(endpoint = "posts/restore", output = Postcard)]
pub async fn restore_post(id: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&id))?;
    let done = posts::restore(&request, post).await;
    let done = done.map(|()| format!("/berichten/{post}?melding=teruggezet"));
    present::one_button(&request, post, done).await
}

#[server(endpoint = "posts/pin", output = Postcard)]
pub async fn pin_post(id: String, on_top: bool) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&id))?;
    let word = if on_top { "vastgezet" } else { "losgelaten" };
    let done = posts::pin(&request, post, on_top).await;
    let done = done.map(|()| format!("/berichten/{post}?melding={word}"));
    present::one_button(&request, post, done).await
}
