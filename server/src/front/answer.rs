//! What every answer carries, and the page that an error without one gets.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};

use super::QUERIES;
use crate::error_pages::{self, Face};
use crate::state::AppState;

/// What pages depend on beside their address.
const VARY: HeaderValue = HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie");

/// 128 random bits.
pub(super) fn nonce(state: &AppState) -> String {
    let mut bytes = [0; 16];
    state.services.random.fill(&mut bytes);
    bytes.iter().fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// What caches between here and the reader may do with the answer: nothing, for pages differ by
/// reader. The browser may keep it and ask whether it is still the same.
pub(super) fn dress(response: &mut Response<Body>, nonce: &str, is_secret: bool) {
    let is_whole = response.status() == StatusCode::OK;
    let headers = response.headers_mut();
    let kept = if is_secret { "private, no-store" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
    headers.entry(header::VARY).or_insert(VARY);
    if is_whole && let Ok(tag) = HeaderValue::try_from(format!("\"{nonce}\"")) {
        headers.entry(header::ETAG).or_insert(tag);
    }
}

/// An error without a page becomes one with.
pub(super) fn explained(response: Response<Body>, face: &Face) -> Response<Body> {
    let headers = response.headers();
    let status = response.status();
    let has_page = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    // A server function that failed before it could say where to go back to.
    let lost = status.is_redirection()
        && headers
            .get(header::LOCATION)
            .is_some_and(|to| to.as_bytes().windows(6).any(|part| part == b"__err="));
    if lost {
        error_pages::answer(StatusCode::BAD_REQUEST, face)
    } else if (status.is_client_error() || status.is_server_error()) && !has_page {
        error_page(response, face)
    } else {
        response
    }
}

pub(super) fn error_page(mut bare: Response<Body>, face: &Face) -> Response<Body> {
    let mut page = error_pages::answer(bare.status(), face);
    for name in [header::ALLOW, header::RETRY_AFTER, header::SET_COOKIE, QUERIES] {
        if let Some(value) = bare.headers_mut().remove(&name) {
            page.headers_mut().insert(name, value);
        }
    }
    page
}
