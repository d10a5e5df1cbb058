//! `/activiteiten/ID/geschiedenis`: every saved version of an activity, to compare and to bring back. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{RestoreActivityVersion, activity_history};
use crate::texts::use_desk_texts;
use crate::ui::load;
use crate::versions::History;

#[component]
pub fn ActivityHistoryPage() -> impl IntoView {
    let d = use_desk_texts();
    let params = use_params_map();
    let query = use_query_map();
    let part = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let key = move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        vec![id, part("van"), part("tot"), part("flash")]
    };
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (id, from, to, flash) = (next(), next(), next(), next());
        Box::pin(activity_history(id, from, to, flash)) as _
    };
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
            {load(key, fetch, show)}
        </main>
    }
}
