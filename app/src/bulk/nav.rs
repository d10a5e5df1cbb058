//! The way between the desks of connectors.

use leptos::prelude::*;

use crate::texts::{use_desk_texts, use_texts};

#[component]
pub fn DeskNav(
    /// The address of this desk.
    here: &'static str,
) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let links = [
        ("/beheer/meldingen", t.menu_reports),
        ("/beheer/voorstellen", d.proposals_title),
        ("/beheer/berichten", d.bulk_title),
    ]
    .into_iter()
    .map(|(to, label)| {
        view! {
            <a href=to aria-current=(to == here).then_some("page")>
                {label}
            </a>
        }
    })
    .collect_view();
    view! {
        <nav class="pagination" aria-label=d.desk_nav>
            {links}
        </nav>
    }
}
