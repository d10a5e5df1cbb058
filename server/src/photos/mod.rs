//! Photos: sending them, and their files.

mod form;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::multipart::{self, MultipartError};
use axum::extract::{Extension, Multipart, Path};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::PhotoId;
use domain::problem::{Fault, Field, Problems};
use service::context::Request;
use service::{Error, photos};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Semaphore;

use crate::error_pages::wants_page;
use form::Form;

/// Where photos are sent to.
pub const ADDRESS: &str = "/fotos";
/// Photos in one form.
const AT_ONCE: usize = 10;
const PHOTO_MAX: usize = 20 * 1024 * 1024;
/// What is typed in the form around them, in bytes.
const TYPED_MAX: usize = 128 * 1024;
/// Ten photos and the form around them, in bytes.
pub const BODY_MAX: usize = AT_ONCE * PHOTO_MAX + 2 * TYPED_MAX;
/// For all of it over a slow line.
pub const WITHIN: Duration = Duration::from_mins(10);

/// How many forms with photos arrive at once. Each takes the place of one photo on the disk, and little in memory.
static ARRIVING: Semaphore = Semaphore::const_new(24);

/// Whether a request sends a photo: its body is not read as a form.
pub fn is_sent(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == ADDRESS
}

/// `POST /fotos`: the files of the form of a new post, or of the photos of one that is there. Their names and types, which the sender chose, are not even looked
/// at. A browser gets the form back as it was typed, with the photos in it; a program gets their keys, a line each.
pub async fn send(
    Extension(request): Extension<Arc<Request>>,
    headers: HeaderMap,
    mut parts: Multipart,
) -> Response {
    if let Err(denied) = domain::photos::may_add(&request.actor) {
        return refused(denied.into());
    }
    let Ok(_place) = ARRIVING.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let (mut form, mut problems, mut sent) = (Form::default(), Problems::default(), Vec::new());
    let mut left = TYPED_MAX;
    let page = wants_page(&headers) && headers.get(header::ACCEPT).is_none_or(|kind| kind != "text/plain");
    loop {
        let field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) => return broken_off(&error).into_response(),
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name != "foto" {
            match text(field, &mut left).await {
                Ok(text) => form.typed(&name, text),
                Err(status) => return status.into_response(),
            }
            continue;
        }
        let taken = match arrived(&request, field).await {
            Ok(Some(file)) => photos::take_in(&request, file).await,
            Ok(None) => continue,
            Err(Unread::BrokenOff(status)) => return status.into_response(),
            Err(Unread::Refused(error)) => Err(error),
        };
        match taken {
            Ok(id) => sent.push(id.to_string()),
            Err(Error::Invalid(found)) if page => problems.0.extend(found.0),
            Err(Error::TooOften { minutes }) if page => {
                problems.push(Field::Photos, Fault::TooOften { minutes });
                break;
            }
            Err(error) => return refused(error),
        }
    }
    if !page {
        return (StatusCode::CREATED, sent.join("\n")).into_response();
    }
    if sent.is_empty() && problems.is_empty() && !form.has_photos() {
        problems.push(Field::Photos, Fault::Required);
    }
    match form.keep(&request, sent, problems).await {
        Ok(back) => {
            let back = HeaderValue::try_from(back);
            back.map_or_else(
                |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
                |back| (StatusCode::SEE_OTHER, [(header::LOCATION, back)]).into_response(),
            )
        }
        Err(error) => refused(error),
    }
}

/// Why a photo did not arrive whole.
enum Unread {
    Refused(Error),
    /// The form ends with it.
    BrokenOff(StatusCode),
}

/// Puts a photo in a file without a name, which is gone when it is closed. `None` for a field that nobody filled in.
async fn arrived(
    request: &Request,
    mut field: multipart::Field<'_>,
) -> Result<Option<std::fs::File>, Unread> {
    let inside = |error: std::io::Error| {
        tracing::error!(%error, "a photo that is sent cannot be put aside");
        Unread::Refused(Error::Inside("a photo that is sent"))
    };
    let broken = |error: MultipartError| Unread::BrokenOff(broken_off(&error));
    // Where no file was chosen browsers send one without a name and without anything in it (HTML, 4.10.21.4).
    let is_named = field.file_name().is_some_and(|name| !name.is_empty());
    let Some(mut part) = field.chunk().await.map_err(broken)? else { return Ok(None) };
    if part.is_empty() && !is_named {
        return Ok(None);
    }
    photos::may_send(request).await.map_err(Unread::Refused)?;
    let mut file = tokio::fs::File::from_std(tempfile::tempfile().map_err(inside)?);
    let mut size = 0;
    loop {
        size += part.len();
        if size <= PHOTO_MAX {
            file.write_all(&part).await.map_err(inside)?;
        }
        match field.chunk().await.map_err(broken)? {
            Some(next) => part = next,
            None => break,
        }
    }
    if size > PHOTO_MAX {
        return Err(Unread::Refused(Error::field(Field::Photos, Fault::PhotoTooLarge)));
    }
    file.flush().await.map_err(inside)?;
    Ok(Some(file.into_std().await))
}

/// What was typed in a field, as long as there is room for it.
async fn text(mut field: multipart::Field<'_>, left: &mut usize) -> Result<String, StatusCode> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(|error| broken_off(&error))? {
        *left = left.checked_sub(part.len()).ok_or(StatusCode::PAYLOAD_TOO_LARGE)?;
        bytes.extend(part);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(StatusCode::BAD_REQUEST),
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
