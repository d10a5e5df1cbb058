//! A part of a page that is the same for all its readers: the server makes its HTML once, and keeps it for as long
//! as nothing changes. A list of twenty cards is most of what a page costs.
//!
//! The browser makes the same part from the same data, so what it finds in the page is what it expects. Within such
//! a part nothing may depend on who reads, and nothing may wait for data.

use leptos::prelude::*;

/// The class of an element that only holds others together.
pub const FRAMELESS: &str = "frameless";

/// `what` names the part among all parts of the community; `class` is that of the element around it ([`FRAMELESS`] where
/// the layout shall not know of it).
#[cfg(feature = "ssr")]
pub fn kept(what: impl FnOnce() -> String, class: &'static str, make: impl FnOnce() -> AnyView) -> AnyView {
    use std::sync::Arc;
    // The browser looks for a mark after the last child of an element.
    let html = || -> Arc<str> { format!("{}<!>", make().to_html()).into() };
    let html: Arc<str> = match use_context::<Arc<service::context::Request>>() {
        Some(request) => {
            let key = request.kept_as(format!("html {}", what()));
            Arc::clone(&request.services.memory.or_make_now(key, html))
        }
        None => html(),
    };
    view! { <div class=class inner_html=html></div> }.into_any()
}

#[cfg(not(feature = "ssr"))]
pub fn kept(_what: impl FnOnce() -> String, class: &'static str, make: impl FnOnce() -> AnyView) -> AnyView {
    view! { <div class=class>{make()}</div> }.into_any()
}

/// The same where `same` says that it is the same for all readers this time; else it is made for this one.
pub fn kept_when(
    same: bool,
    what: impl FnOnce() -> String,
    class: &'static str,
    make: impl FnOnce() -> AnyView,
) -> AnyView {
    // In the browser there is no difference.
    if same || cfg!(not(feature = "ssr")) {
        kept(what, class, make)
    } else {
        view! { <div class=class>{make()}</div> }.into_any()
    }
}
