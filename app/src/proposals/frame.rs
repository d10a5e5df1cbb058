//! The frame of a page about one thing, whose form may have come back.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::de::DeserializeOwned;

use crate::ui::{Coming, load};

/// Reads what the address names (`id`), with what was typed (`flash`), and shows it.
pub(super) fn framed<T>(
    title: &'static str,
    class: &'static str,
    fetch: fn(String, String) -> Coming<T>,
    show: fn(T) -> AnyView,
) -> impl IntoView
where
    T: DeserializeOwned + 'static,
{
    let params = use_params_map();
    let query = use_query_map();
    let key = move || {
        vec![
            params.with(|params| params.get("id").unwrap_or_default()),
            query.with(|query| query.get("flash").unwrap_or_default()),
        ]
    };
    let fetch = move |key: Vec<String>| {
        let mut key = key.into_iter();
        fetch(key.next().unwrap_or_default(), key.next().unwrap_or_default())
    };
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class=class tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}
