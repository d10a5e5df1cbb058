//! `/berichten/ID/geschiedenis`: every saved version of a post, to compare and to bring back. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{RestoreVersion, post_history};
use crate::texts::use_texts;
use crate::ui::load;
use crate::versions::History;

#[component]
pub fn HistoryPage() -> impl IntoView {
    let t = use_texts();
    let params = use_params_map();
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let number = |key: &str| query.with(|query| query.get(key)?.parse::<i64>().ok());
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, number("van"), number("tot"))
    });
    let key = move || {
        let (id, from, to) = wanted.get();
        let text = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        vec![id, text(from), text(to)]
    };
    let fetch = |key: Vec<String>| {
        let number = |at: usize| key.get(at).and_then(|text| text.parse().ok());
        let (from, to) = (number(1), number(2));
        Box::pin(post_history(key.into_iter().next().unwrap_or_default(), from, to)) as _
    };
    let show = move |history| {
        view! {
            <History history list=("/berichten", t.list_title) base="/berichten" restore=RestoreVersion::PATH/>
        }
        .into_any()
    };
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}
