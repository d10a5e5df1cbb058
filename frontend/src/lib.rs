//! The browser's entry point.

use leptos::prelude::hydrate_body;

/// Takes over the page that the server sent.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    hydrate_body(app::App);
}
