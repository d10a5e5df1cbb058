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
    // The browser looks for a mark after the last child of an element.
    as_it_is(what, || format!("<div class=\"{class}\">{}<!></div>", make().to_html()))
}

/// HTML that goes into the page as it is, and is kept.
#[cfg(feature = "ssr")]
pub(crate) fn as_it_is(what: impl FnOnce() -> String, make: impl FnOnce() -> String) -> AnyView {
    use std::sync::Arc;

    use leptos::tachys::html::InertElement;

    let html = match use_context::<Arc<service::context::Request>>() {
        Some(request) => {
            let key = request.kept_as(format!("html {}", what()));
            request.services.memory.or_make_now(key, make).as_str().to_owned()
        }
        None => make(),
    };
    InertElement::new(html).into_any()
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
