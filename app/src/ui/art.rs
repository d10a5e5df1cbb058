//! Icons and drawings: symbols of two sprites, in the colours of the community.

use leptos::prelude::*;

use crate::assets::{ICONS, SCENES};

/// An icon beside a text; alone it needs a hidden text.
#[component]
pub fn Icon(
    /// Name of a symbol in `public/icons.svg`.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("{ICONS}#{name}")></use>
        </svg>
    }
}

/// A drawing; without a description it is decoration.
#[component]
pub fn SceneArt(
    /// Name of a symbol in `public/scenes.svg`.
    #[prop(into)]
    name: String,
    #[prop(into, optional)] alt: String,
) -> impl IntoView {
    let named = !alt.is_empty();
    view! {
        <svg
            viewBox="0 0 640 360"
            preserveAspectRatio="xMidYMid slice"
            role=named.then_some("img")
            aria-label=named.then_some(alt)
            aria-hidden=(!named).then_some("true")
        >
            <use href=format!("{SCENES}#{name}")></use>
        </svg>
    }
}

/// The place, along the foot of the greeting.
#[component]
pub fn Skyline() -> impl IntoView {
    view! {
        <svg
            class="hero__scene"
            viewBox="0 0 1200 190"
            preserveAspectRatio="xMidYMax slice"
            aria-hidden="true"
        >
            <use href=format!("{SCENES}#skyline")></use>
        </svg>
    }
}
