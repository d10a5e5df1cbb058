//! The way between the desks of connectors.

use std::sync::Arc;

use domain::roles::{Capability, holds_somewhere};
use leptos::prelude::*;
use service::context::Request;

use crate::texts::{use_desk_texts, use_texts};

#[component]
pub fn DeskNav(
    /// The address of this desk.
    here: &'static str,
) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let request = use_context::<Arc<Request>>();
    let waiting = request.as_ref().map_or(0, |request| request.proposals);
    let connects = request.is_some_and(|request| holds_somewhere(&request.actor, Capability::EditContent));
    let proposals =
        if waiting > 0 { format!("{} ({waiting})", d.proposals_title) } else { d.proposals_title.to_owned() };
    let links = [
        ("/beheer/meldingen", t.menu_reports.to_owned(), true),
        ("/beheer/voorstellen", proposals, connects),
        ("/beheer/berichten", d.bulk_title.to_owned(), connects),
    ]
    .into_iter()
    .filter(|(.., theirs)| *theirs)
    .map(|(to, label, _)| {
        view! {
            <a href=to aria-current=(to == here).then_some("page")>
                {label}
            </a>
        }
    })
    .collect_view();
    view! {
        <nav class="pagination pagination--start" aria-label=d.desk_nav>
            {links}
        </nav>
    }
}
