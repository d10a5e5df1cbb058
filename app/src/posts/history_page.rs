//! `/berichten/ID/geschiedenis`: every saved version of a post, to compare and to bring back. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{RestoreVersion, post_history};
use crate::texts::use_texts;
use crate::ui::load_at;
use crate::versions::History;

#[component]
pub fn HistoryPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[id, from, to]: [String; 3]| {
        let number = |text: &str| text.parse().ok();
        Box::pin(post_history(id, number(&from), number(&to))) as _
    };
    let show = move |history| {
        view! {
            <History history list=("/berichten", t.list_title) base="/berichten" restore=RestoreVersion::PATH/>
        }
        .into_any()
    };
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load_at(["id", "van", "tot"], fetch, show)}
        </main>
    }
}
