//! Photos: sending them, and their files.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::MultipartError;
use axum::extract::{Extension, Multipart, Path};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::{DraftId, PhotoId};
use domain::posts::draft::{Draft, DraftPhoto};
use domain::problem::{Fault, Field, Problems};
use service::context::Request;
use service::{Error, flash, photos};
use tokio::sync::Semaphore;

use crate::error_pages::wants_page;

/// Where photos are sent to.
pub const ADDRESS: &str = "/fotos";
/// A photo and the form around it, in bytes.
pub const BODY_MAX: usize = 20 * 1024 * 1024 + 64 * 1024;
/// For twenty megabytes over a slow line.
pub const WITHIN: Duration = Duration::from_mins(3);

/// How many photos are held in memory at once, decoding not counted.
static ARRIVING: Semaphore = Semaphore::const_new(4);

/// Whether a request sends a photo: its body is not read as a form.
pub fn is_sent(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == ADDRESS
}

/// `POST /fotos`: the files of the form of a post. Their names and types, which the sender chose, are not even looked
/// at. A browser gets the form back as it was typed, with the photos in it; a program gets their keys, a line each.
pub async fn send(
    Extension(request): Extension<Arc<Request>>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Response {
    if let Err(denied) = domain::photos::may_add(&request.actor) {
        return refused(denied.into());
    }
    let Ok(_place) = ARRIVING.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let (mut draft, mut problems, mut sent) = (Draft::default(), Problems::default(), Vec::new());
    let mut concept = None;
    let page = wants_page(&headers) && headers.get(header::ACCEPT).is_none_or(|kind| kind != "text/plain");
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return broken_off(&error).into_response(),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) => return broken_off(&error).into_response(),
        };
        if name != "foto" {
            match String::from_utf8(bytes.into()) {
                Ok(text) if name == "concept" => concept = text.parse::<DraftId>().ok(),
                Ok(text) if !text.contains('\0') => typed(&mut draft, &name, text),
                _ => return StatusCode::BAD_REQUEST.into_response(),
            }
        } else if !bytes.is_empty() {
            match photos::take_in(&request, bytes.into()).await {
                Ok(id) => sent.push(id.to_string()),
                Err(Error::Invalid(found)) if page => problems.0.extend(found.0),
                Err(Error::TooOften { minutes }) if page => {
                    problems.push(Field::Photos, Fault::TooOften { minutes });
                    break;
                }
                Err(error) => return refused(error),
            }
        }
    }
    if !page {
        return (StatusCode::CREATED, sent.join("\n")).into_response();
    }
    if sent.is_empty() && problems.is_empty() {
        problems.push(Field::Photos, Fault::Required);
    }
    draft.photos.retain(|photo| !photo.gone && !photo.id.is_empty());
    draft.photos.extend(sent.into_iter().map(|id| DraftPhoto { id, ..DraftPhoto::default() }));
    match flash::keep(&request, "write", &draft, problems).await {
        Ok(kept) => {
            let concept = concept.map_or_else(String::new, |id| format!("concept={id}&"));
            let back = HeaderValue::try_from(format!("/berichten/nieuw?{concept}flash={kept}#fotos"));
            back.map_or_else(
                |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                |back| (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response(),
            )
        }
        Err(error) => refused(error),
    }
}

/// What is wrong with a form that could not be read to its end.
fn broken_off(error: &MultipartError) -> StatusCode {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(here) = cause {
        if here.is::<http_body_util::LengthLimitError>() {
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        cause = here.source();
    }
    if error.status().is_server_error() { StatusCode::BAD_REQUEST } else { error.status() }
}

/// Puts a field of the form where it belongs; what is none of its fields is left out.
fn typed(draft: &mut Draft, name: &str, text: String) {
    match name {
        "draft[title]" => draft.title = text,
        "draft[body]" => draft.body = text,
        "draft[kind]" => draft.kind = text,
        "draft[topic]" => draft.topic = text,
        "draft[areas][]" if draft.areas.len() < 100 => draft.areas.push(text),
        "draft[scene]" => draft.scene = text,
        "draft[scene_alt]" => draft.scene_alt = text,
        "draft[on_behalf_of]" => draft.on_behalf_of = text,
        "draft[publish_on]" => draft.publish_on = text,
        "draft[publish_time]" => draft.publish_time = text,
        "draft[expires_on]" => draft.expires_on = text,
        "draft[consent]" => draft.consent = text == "true",
        _ => {
            let part = name.strip_prefix("draft[photos][").and_then(|rest| rest.strip_suffix(']'));
            let Some((index, part)) = part.and_then(|part| part.split_once("][")) else { return };
            let Ok(index) = index.parse::<usize>() else { return };
            // As many as a form can have, whatever number somebody writes.
            if index >= 100 {
                return;
            }
            if draft.photos.len() <= index {
                draft.photos.resize_with(index + 1, DraftPhoto::default);
            }
            let photo = &mut draft.photos[index];
            match part {
                "id" => photo.id = text,
                "alt" => photo.alt = text,
                "caption" => photo.caption = text,
                "gone" => photo.gone = text == "true",
                _ => {}
            }
        }
    }
}

fn refused(error: Error) -> Response {
    match error {
        Error::Invalid(problems) if problems.of(Field::Photos) == Some(Fault::PhotoTooLarge) => {
            StatusCode::PAYLOAD_TOO_LARGE
        }
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Denied(domain::permit::Denied::SignInFirst) => StatusCode::UNAUTHORIZED,
        Error::Denied(_) => StatusCode::FORBIDDEN,
        Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
        error => return crate::feeds::failed(error),
    }
    .into_response()
}

/// `GET /fotos/{id}/{name}`: a file never changes. Whoever may not see the photo any more may still have it in their
/// browser, and nowhere else: caches on the way keep none.
pub async fn file(
    Extension(request): Extension<Arc<Request>>,
    Path((id, name)): Path<(String, String)>,
) -> Response {
    let Ok(id) = id.parse::<PhotoId>() else { return StatusCode::NOT_FOUND.into_response() };
    let (photo, bytes) = match photos::file(&request, id, &name).await {
        Ok(found) => found,
        Err(error) => return crate::feeds::failed(error),
    };
    let kind =
        if name.rsplit_once('.').is_some_and(|(_, end)| end == "jpg") { "image/jpeg" } else { "image/webp" };
    let kept =
        if photo.post.is_some() { "private, max-age=31536000, immutable" } else { "private, no-store" };
    let headers = HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]);
    (headers, bytes).into_response()
}
