//! Calendars of others that the agenda follows: the list, the form, and how one goes. All of it is made by the server
//! alone.

pub mod api;
mod change_page;
mod fields;
mod form_page;
mod list_page;
mod present;
mod show_page;
mod view;
mod words;

use std::sync::Arc;

use domain::sources::policy::may_begin;
use leptos::prelude::*;
use service::context::Request;

pub use change_page::ChangeSourcePage;
pub use form_page::NewSourcePage;
pub use list_page::SourcesPage;
pub use show_page::SourcePage;

use crate::texts::use_desk_texts;

/// Where forms with a file go.
pub const FILE_ADDRESS: &str = "/agenda/bestand";

/// The way there, from the agenda, for who may.
#[component]
pub(crate) fn SourcesLink() -> impl IntoView {
    let d = use_desk_texts();
    let may = use_context::<Arc<Request>>()
        .is_some_and(|request| may_begin(&request.actor, request.platform.id).is_ok());
    may.then(|| {
        view! {
            <p class="no-print">
                <a class="nl-link" href="/agenda/bronnen">
                    {d.sources_link}
                </a>
            </p>
        }
    })
}
