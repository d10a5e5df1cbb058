//! The browser's entry point.

// A page is one type, as deep as its elements are nested.
#![recursion_limit = "512"]

use leptos::prelude::hydrate_body;

/// Takes over the page that the server sent.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    hydrate_body(app::App);
}
