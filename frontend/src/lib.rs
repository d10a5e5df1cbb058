//! The browser's entry point.

// A page is one type, as deep as its elements are nested.
#![recursion_limit = "512"]

use leptos::prelude::hydrate_body;

/// Takes over the page that the server sent, with the texts in the reader's language.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate(texts: String) {
    if app::texts::receive(texts) {
        hydrate_body(app::App);
    }
}
