//! When a page cannot be shown: what happened, and what to do next.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::SceneArt;
use crate::error::AppError;
use crate::site::use_site;
use crate::texts::{fill, use_texts};

/// An error in the house style.
#[component]
pub fn ProblemView(error: AppError) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let path = use_location().pathname.get_untracked();
    let (scene, title, text) = match &error {
        AppError::NotFound => ("lost", t.not_found_title, t.not_found_text.to_owned()),
        AppError::SignInFirst => ("locked", t.sign_in_first_title, t.sign_in_first_text.to_owned()),
        AppError::NotAllowed => ("locked", t.not_allowed_title, t.not_allowed_text.to_owned()),
        AppError::Conflict => ("trouble", t.conflict_title, t.fault_changed_meanwhile.to_owned()),
        AppError::TooOften { minutes } => {
            ("trouble", t.too_often_title, fill(t.fault_too_often, &[("n", &minutes.to_string())]))
        }
        AppError::Offline => ("trouble", t.offline_title, t.offline_text.to_owned()),
        AppError::BadRequest | AppError::Invalid(_) => {
            ("trouble", t.bad_request_title, t.bad_request_text.to_owned())
        }
        AppError::Trouble => ("trouble", t.trouble_title, t.trouble_text.to_owned()),
    };
    let sign_in = (error == AppError::SignInFirst).then(|| {
        view! {
            <a class="nl-button nl-button--primary" href=format!("/aanmelden?terug={path}")>
                {t.sign_in}
            </a>
            <a class="nl-button nl-button--secondary" href="/lid-worden">
                {t.become_member}
            </a>
        }
    });
    view! {
        <Title text=title/>
        <div class="empty">
            <SceneArt name=scene/>
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            <div class="cluster">
                {sign_in} <a class="nl-button nl-button--secondary" href="/">
                    {t.to_home}
                </a>
            </div>
            <p class="meta">
                {t.call_us} " " <a href=site.tel()>{site.phone.clone()}</a>
            </p>
        </div>
    }
}
