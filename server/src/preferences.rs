//! Language and look: kept in the reader's own browser, in cookies that say nothing about
//! anybody. Plain forms, so that they work without JavaScript.

use std::sync::Arc;

use axum::Form;
use axum::extract::Extension;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use domain::members::sign_in::safe_return;
use serde::Deserialize;
use service::context::{DisplayScheme, Request};

use crate::request_context::{DISPLAY_COOKIE, LANGUAGE_COOKIE};

/// The form of both preferences.
#[derive(Debug, Deserialize)]
pub struct Choice {
    waarde: String,
    /// The page to go back to.
    #[serde(default)]
    terug: String,
}

pub async fn set_language(
    Extension(request): Extension<Arc<Request>>,
    Form(choice): Form<Choice>,
) -> Response {
    match choice.waarde.parse::<Locale>() {
        Ok(locale) if request.platform.locales.contains(&locale) => {
            remember(&request, LANGUAGE_COOKIE, locale.tag(), &choice.terug)
        }
        _ => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

pub async fn set_display(
    Extension(request): Extension<Arc<Request>>,
    Form(choice): Form<Choice>,
) -> Response {
    match choice.waarde.parse::<DisplayScheme>() {
        Ok(scheme) => remember(&request, DISPLAY_COOKIE, scheme.key(), &choice.terug),
        Err(()) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

fn remember(request: &Request, name: &str, value: &str, back: &str) -> Response {
    let secure = if request.base_url.starts_with("https:") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    match (HeaderValue::try_from(cookie), HeaderValue::try_from(safe_return(back))) {
        (Ok(cookie), Ok(back)) => {
            (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie), (header::LOCATION, back)]).into_response()
        }
        _ => StatusCode::BAD_REQUEST.into_response(),
    }
}
