//! The server functions about calendars of others: context, the use case, what the page needs.

use domain::sources::draft::SourceDraft;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use service::{flash, sources};

use super::present;
use super::view::{SourceChangeView, SourceEntry, SourceFormView, SourcePageView};
use crate::context::{FormWay, answer, finish, go, request, typed};
use crate::error::AppError;
use crate::wire::Packed;

#[server(endpoint = "sources/list", output = Postcard)]
pub async fn list_sources() -> Result<Packed<Vec<SourceEntry>>, AppError> {
    let request = request();
    let found = answer(sources::list(&request).await)?;
    Ok(found.iter().map(|source| present::entry(&request, source)).collect::<Vec<_>>().into())
}

#[server(endpoint = "sources/form", output = Postcard)]
pub async fn source_form(#[server(default)] flash: String) -> Result<Packed<SourceFormView>, AppError> {
    let request = request();
    let may = domain::sources::policy::may_begin(&request.actor, request.platform.id);
    answer(may.map_err(service::Error::from))?;
    let kept = typed::<sources::Typed>(&request, sources::FORM, &flash).await?.into();
    Ok(present::form(&request, kept, flash.is_empty()).into())
}

#[server(endpoint = "sources/show", output = Postcard)]
pub async fn show_source(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<SourcePageView>, AppError> {
    let request = request();
    let found = answer(sources::show(&request, &id).await)?;
    if found.may_restore {
        crate::context::set_status(410);
    }
    let refused = typed::<()>(&request, &sources::form_of(found.source.id), &flash).await?.into();
    Ok(present::page(&request, found, refused).into())
}

/// The form that changes one.
#[server(endpoint = "sources/change-form", output = Postcard)]
pub async fn source_change_form(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<SourceChangeView>, AppError> {
    let request = request();
    let id = answer(sources::key(&id))?;
    let source = answer(sources::to_change(&request, id).await)?;
    let kept = typed::<sources::Typed>(&request, &sources::change_form_of(id), &flash).await?.into();
    Ok(present::change_form(&request, &source, kept).into())
}

/// Saves what is said about it. A new address that cannot be read comes back, with the reason.
#[server(endpoint = "sources/save", output = Postcard)]
pub async fn save_source(id: String, edition: i64, draft: SourceDraft) -> Result<(), AppError> {
    let request = request();
    let id = answer(sources::key(&id))?;
    let page = format!("/agenda/bronnen/{id}");
    let (form, back) = (sources::change_form_of(id), format!("{page}/bewerken"));
    let done = Box::pin(sources::save(&request, (id, edition), &draft)).await;
    let mut kept = sources::Typed { draft, trouble: None, edition };
    if let Ok(sources::Changed::Not(trouble)) = &done {
        kept.trouble = Some(*trouble);
        let kept = answer(flash::keep(&request, &form, kept, Default::default()).await)?;
        go(&format!("{back}?flash={kept}#fouten"));
        return Ok(());
    }
    let done = done.map(|_| format!("{page}?gedaan=anders"));
    finish(&request, FormWay { form: &form, back: &back }, kept, done).await
}

/// Reads it at its address, now. That it could not be read stands on its page.
#[server(endpoint = "sources/read", output = Postcard)]
pub async fn read_source(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(sources::key(&id))?;
    let back = format!("/agenda/bronnen/{id}");
    let done =
        sources::read_now(&request, id).await.map(|outcome| format!("{back}?gedaan={}", outcome.word()));
    finish(&request, FormWay { form: &sources::form_of(id), back: &back }, (), done).await
}

#[server(endpoint = "sources/remove", output = Postcard)]
pub async fn remove_source(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(sources::key(&id))?;
    let back = format!("/agenda/bronnen/{id}");
    let done = sources::remove(&request, id).await.map(|()| back.clone());
    finish(&request, FormWay { form: &sources::form_of(id), back: &back }, (), done).await
}

#[server(endpoint = "sources/restore", output = Postcard)]
pub async fn restore_source(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(sources::key(&id))?;
    let back = format!("/agenda/bronnen/{id}");
    let done = sources::restore(&request, id).await.map(|()| format!("{back}?gedaan=terug"));
    finish(&request, FormWay { form: &sources::form_of(id), back: &back }, (), done).await
}
