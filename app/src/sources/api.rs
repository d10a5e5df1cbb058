//! The server functions about calendars of others: context, the use case, what the page needs.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use service::sources;

use super::present;
use super::view::{SourceEntry, SourceFormView, SourcePageView};
use crate::context::{FormWay, answer, finish, request, typed};
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
