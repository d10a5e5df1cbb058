//! The server functions about drafts: context, the use case, what the page needs.

use domain::id::DraftId;
use domain::posts::template::{Answers, Template};
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};
use service::{dates, drafts, posts};

use super::questions::questions;
use super::view::{DraftEntry, LastDayView, TemplateView};
use crate::context::{FormWay, answer, finish, request, typed};
use crate::error::AppError;
use crate::texts::desk_in_language;
use crate::ui::Moment;
use crate::wire::Packed;

const LIST: &str = "/account/concepten";

fn parse(concept: &str) -> Result<DraftId, service::Error> {
    concept.parse().map_err(|_| service::Error::NotFound)
}

/// A button on the list.
fn way() -> FormWay<'static> {
    FormWay { form: "button", back: "/account/concepten?melding=mislukt" }
}

#[server(endpoint = "drafts/list", output = Postcard)]
pub async fn own_drafts() -> Result<Packed<Vec<DraftEntry>>, AppError> {
    let request = request();
    let found = answer(drafts::list(&request).await)?;
    let entry = |draft: drafts::Listed| DraftEntry {
        id: draft.id.to_string(),
        state: draft.state,
        title: draft.title,
        kind: draft.kind,
        changed: Moment::ago(draft.updated_at, &request),
        moment: draft.publish_at.map(|at| service::dates::exactly(at, request.locale)).unwrap_or_default(),
        post: draft.post.map(|post| post.to_string()),
    };
    Ok(found.into_iter().map(entry).collect::<Vec<DraftEntry>>().into())
}

#[server(endpoint = "drafts/throw", output = Postcard)]
pub async fn throw_draft(concept: String) -> Result<(), AppError> {
    let request = request();
    let done = match parse(&concept) {
        Ok(id) => drafts::discard(&request, id).await.map(|()| format!("{LIST}?gedaan=weg&concept={id}")),
        Err(error) => Err(error),
    };
    finish(&request, way(), (), done).await
}

#[server(endpoint = "drafts/restore", output = Postcard)]
pub async fn restore_draft(concept: String) -> Result<(), AppError> {
    let request = request();
    let done = match parse(&concept) {
        Ok(id) => drafts::restore(&request, id).await.map(|()| format!("{LIST}?gedaan=terug")),
        Err(error) => Err(error),
    };
    finish(&request, way(), (), done).await
}

#[server(endpoint = "drafts/withdraw", output = Postcard)]
pub async fn withdraw_draft(concept: String) -> Result<(), AppError> {
    let request = request();
    let done = match parse(&concept) {
        Ok(id) => drafts::withdraw(&request, id).await.map(|()| format!("{LIST}?gedaan=ingetrokken")),
        Err(error) => Err(error),
    };
    finish(&request, way(), (), done).await
}

/// Lets a post be read for a month longer.
#[server(endpoint = "posts/extend", output = Postcard)]
pub async fn extend_post(id: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(id.parse::<domain::id::PostId>().map_err(|_| service::Error::NotFound))?;
    let done = posts::extend(&request, post).await;
    let done = done.map(|()| format!("/berichten/{post}?melding=verlengd"));
    let back = format!("/berichten/{post}?melding=mislukt");
    finish(&request, FormWay { form: "button", back: &back }, (), done).await
}

/// What was typed about the last day of a post.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct LastDayTyped {
    version: i64,
    day: String,
}

#[server(endpoint = "posts/last-day-form", output = Postcard)]
pub async fn last_day_form(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<LastDayView>, AppError> {
    let request = request();
    let id = answer(id.parse::<domain::id::PostId>().map_err(|_| service::Error::NotFound))?;
    let post = answer(posts::to_set_last_day(&request, id).await)?;
    let kept = typed::<LastDayTyped>(&request, &format!("last-day-{id}"), &flash).await?;
    let stored = post.expires_at.map(dates::last_day_in_form).unwrap_or_default();
    let view = LastDayView {
        id: id.to_string(),
        // On what is there now: whoever was told that it changed meanwhile sees that, and may go on.
        version: post.version,
        day: if kept.typed.version > 0 { kept.typed.day } else { stored },
        now: post.expires_at.map(|at| dates::last_day_before(at, request.locale)).unwrap_or_default(),
        title: post.text.title,
        problems: kept.problems,
    };
    Ok(view.into())
}

#[server(endpoint = "posts/last-day", output = Postcard)]
pub async fn set_last_day(id: String, version: i64, #[server(default)] day: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(id.parse::<domain::id::PostId>().map_err(|_| service::Error::NotFound))?;
    let done = posts::set_last_day(&request, post, version, &day).await;
    let done = done.map(|changed| {
        let word = if changed { "bewaard" } else { "ongewijzigd" };
        format!("/berichten/{post}?melding={word}&bericht={post}")
    });
    let (form, back) = (format!("last-day-{post}"), format!("/berichten/{post}/laatste-dag"));
    let typed = LastDayTyped { version: version.max(1), day };
    finish(&request, FormWay { form: &form, back: &back }, typed, done).await
}

/// The questions of a template; the word `kies` gives the choice.
#[server(endpoint = "templates/form", output = Postcard)]
pub async fn template_form(
    naam: String,
    #[server(default)] flash: String,
) -> Result<Packed<TemplateView>, AppError> {
    let request = request();
    if !request.is_signed_in() {
        return answer(Err(domain::permit::Denied::SignInFirst.into()));
    }
    let template = Template::from_slug(&naam);
    if template.is_none() && naam != "kies" {
        return answer(Err(service::Error::NotFound));
    }
    let kept = typed::<Answers>(&request, "template", &flash).await?;
    Ok(TemplateView { template, answers: kept.typed, problems: kept.problems }.into())
}

/// Makes a draft of the answers.
#[server(endpoint = "templates/begin", output = Postcard)]
pub async fn begin_template(naam: String, #[server(default)] answers: Answers) -> Result<(), AppError> {
    let request = request();
    let template = answer(Template::from_slug(&naam).ok_or(service::Error::NotFound))?;
    let labels = questions(desk_in_language(request.locale), template).labels;
    let done = match answers.put_together(template, labels) {
        Ok(draft) => drafts::begin(&request, &draft).await,
        Err(problems) => Err(problems.into()),
    };
    let done = done.map(|id| format!("/berichten/nieuw?concept={id}"));
    let back = format!("/berichten/sjabloon/{}", template.slug());
    finish(&request, FormWay { form: "template", back: &back }, answers, done).await
}
