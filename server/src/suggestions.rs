//! Suggestions while somebody types into the search field.

use std::sync::Arc;

use axum::extract::{Extension, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::{Json, http::header};
use serde::Deserialize;
use service::context::Request;
use service::search;

use crate::feeds::failed;

#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

/// `/zoeken/suggesties?q=`: the addresses and titles of a few posts and activities, as lists of two.
pub async fn titles(Extension(request): Extension<Arc<Request>>, Query(typed): Query<Typed>) -> Response {
    match search::suggest(&request, &typed.q).await {
        Ok(found) => Json(found).into_response(),
        Err(service::Error::TooOften { minutes }) => {
            let later = [(header::RETRY_AFTER, (minutes * 60).to_string())];
            (StatusCode::TOO_MANY_REQUESTS, later).into_response()
        }
        Err(error) => failed(error),
    }
}
