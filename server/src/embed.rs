//! `/insluiten/berichten`: the one page that other sites may show in a frame. It has no script and no form, and
//! knows nothing of who reads: the cookie is taken off the request before anybody sees it.

use std::sync::Arc;

use app::embed::{FEWEST, MOST, document, gone};
use axum::extract::{Extension, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::posts::filter::FilterQuery;
use serde::Deserialize;
use service::Error;
use service::context::Request;

use crate::feeds::{answer, failed};
use crate::security_headers::RESOURCE;
use crate::state::AppState;

/// Where it is.
pub const ADDRESS: &str = "/insluiten/berichten";
const HTML: &str = "text/html; charset=utf-8";
/// Anybody may frame it, and nothing can be done in it but follow a link.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
);

#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    gebied: String,
    #[serde(default)]
    thema: String,
    #[serde(default)]
    soort: String,
    /// How many, as it came; what is no number counts as not said.
    #[serde(default)]
    aantal: String,
}

/// The newest posts of a list, those on top first.
pub async fn posts(
    State(state): State<AppState>,
    Extension(request): Extension<Arc<Request>>,
    Query(chosen): Query<Chosen>,
    asked: HeaderMap,
) -> Response {
    let number = chosen.aantal.parse::<usize>().map_or(FEWEST, |number| number.clamp(1, MOST));
    let Chosen { gebied, thema, soort, .. } = chosen;
    let query = FilterQuery { gebied, thema, soort, ..FilterQuery::default() };
    let style = &state.asset_names.css;
    let mut response = match service::posts::list(&request, &query).await {
        Ok(listed) => {
            let mut posts = listed.pinned;
            posts.extend(listed.page.items);
            posts.truncate(number);
            answer(HTML, document(&request, &query, &posts, style), None, &asked)
        }
        Err(Error::NotFound) => {
            (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, HTML)], gone(&request, style)).into_response()
        }
        Err(error) => return failed(error),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language"));
    response
}
