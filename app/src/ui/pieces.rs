//! Small pieces: badge, avatar, breadcrumb, pagination, empty state, skeleton.

use domain::text::initials;
use leptos::prelude::*;

use super::SceneArt;
use crate::texts::use_texts;

#[component]
pub fn Badge(
    #[prop(into)] label: String,
    /// `brand`, `accent`, `sun` or `neutral`.
    #[prop(default = "brand")]
    look: &'static str,
) -> impl IntoView {
    view! { <span class=format!("badge badge--{look}")>{label}</span> }
}

/// Initials on a colour, where there is no photograph.
#[component]
pub fn Avatar(#[prop(into)] name: String, tone: u8, #[prop(optional)] large: bool) -> impl IntoView {
    let size = if large { " avatar--large" } else { "" };
    view! {
        <span class=format!("avatar avatar--{tone}{size}") aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// The way back up.
#[component]
pub fn Breadcrumb(
    /// Address and name of each step above this page.
    steps: Vec<(String, String)>,
    #[prop(into)] here: String,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <nav class="utrecht-breadcrumb-nav" aria-label=t.breadcrumb>
            <ol>
                <li>
                    <a href="/">{t.nav_home}</a>
                </li>
                {steps
                    .into_iter()
                    .map(|(href, name)| {
                        view! {
                            <li>
                                <a href=href>{name}</a>
                            </li>
                        }
                    })
                    .collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// Steps through something that has numbered parts.
#[component]
pub fn Pagination(
    #[prop(into)] label: String,
    /// Address and name of each part.
    parts: Vec<(String, String)>,
    current: usize,
) -> impl IntoView {
    view! {
        <nav class="pagination" aria-label=label>
            {parts
                .into_iter()
                .enumerate()
                .map(|(index, (href, name))| {
                    view! {
                        <a href=href aria-current=(index == current).then_some("page")>
                            {name}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}

/// An empty list is an invitation.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(default = "empty")] scene: &'static str,
    /// The page has no other heading of the first level.
    #[prop(optional)]
    whole_page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <SceneArt name=scene/>
            {if whole_page {
                view! { <h1>{title}</h1> }.into_any()
            } else {
                view! { <h2>{title}</h2> }.into_any()
            }}
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Where something is about to appear.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! { <div class="skeleton" aria-hidden="true"></div> }
}
