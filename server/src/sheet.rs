//! `/activiteiten/ID/deelnemers.csv`: who comes, as a table, for who organises it.

use std::sync::Arc;

use axum::extract::{Extension, Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::ActivityId;
use domain::permit::Denied;
use serde::Deserialize;
use service::Error;
use service::context::Request;

/// Which time of the activity.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    #[serde(default)]
    keer: String,
}

/// A file that no browser shows and nothing keeps.
pub async fn people(
    Extension(request): Extension<Arc<Request>>,
    Path(id): Path<String>,
    Query(at): Query<At>,
) -> Response {
    let Ok(id) = id.parse::<ActivityId>() else { return StatusCode::NOT_FOUND.into_response() };
    match app::activities::registration::sheet(&request, id, &at.keer).await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"deelnemers.csv\""),
                (header::CACHE_CONTROL, "no-store"),
            ];
            (headers, text).into_response()
        }
        Err(Error::Denied(Denied::SignInFirst)) => StatusCode::UNAUTHORIZED.into_response(),
        Err(Error::Denied(_)) => StatusCode::FORBIDDEN.into_response(),
        Err(Error::NotFound) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            service::error::log(&error);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
