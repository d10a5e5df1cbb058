//! For whoever watches the program: is it alive, and can it serve?

use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::http::{HeaderValue, Method, Response, StatusCode, header};

use crate::state::AppState;

/// The answer to `/healthz` and `/readyz`, under every host name.
pub async fn answer(state: &AppState, method: &Method, path: &str) -> Option<Response<Body>> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    let (status, text) = match path {
        "/healthz" => (StatusCode::OK, "alive\n"),
        "/readyz" if state.stopping.load(Ordering::Relaxed) => {
            (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
        }
        "/readyz" => match state.services.store.check_ready().await {
            Ok(()) => (StatusCode::OK, "ready\n"),
            Err(error) => {
                tracing::error!(%error, "not ready");
                (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
            }
        },
        _ => return None,
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}
