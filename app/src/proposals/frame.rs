//! The frame of a page about one thing, whose form may have come back.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use serde::de::DeserializeOwned;

use crate::ui::{Coming, load_at};

/// Reads what the address names (`id`), with what was typed (`flash`), and shows it.
pub(super) fn framed<T>(
    title: &'static str,
    class: &'static str,
    fetch: fn(String, String) -> Coming<T>,
    show: fn(T) -> AnyView,
) -> impl IntoView
where
    T: Clone + DeserializeOwned + 'static,
{
    let fetch = move |[id, flash]: [String; 2]| fetch(id, flash);
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class=class tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}
