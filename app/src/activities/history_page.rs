//! `/activiteiten/ID/geschiedenis`: every saved version of an activity, to compare and to bring back. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{RestoreActivityVersion, activity_history};
use crate::texts::use_desk_texts;
use crate::ui::load_at;
use crate::versions::History;

#[component]
pub fn ActivityHistoryPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[id, from, to, flash]: [String; 4]| Box::pin(activity_history(id, from, to, flash)) as _;
    let show = move |history| {
        view! {
            <History
                history
                list=("/agenda", d.agenda_title)
                base="/activiteiten"
                restore=RestoreActivityVersion::PATH
            />
        }
        .into_any()
    };
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load_at(["id", "van", "tot", "flash"], fetch, show)}
        </main>
    }
}
