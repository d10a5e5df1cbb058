//! Moving the keyboard's place along when a page changes under it.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

/// Puts the focus on the first element that fits, once the page has been drawn.
pub fn focus_soon(selector: String) {
    request_animation_frame(move || {
        let found = document().query_selector(&selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
