//! Forms with a calendar: a new one, at an address or in a file, and a newer file of one that is there.

use std::sync::Arc;
use std::time::Duration;

use app::sources::FILE_ADDRESS;
use axum::extract::multipart::{self, MultipartError};
use axum::extract::{Extension, Multipart};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::permit::Denied;
use domain::problem::{Fault, Field, Problems};
use domain::sources::Trouble;
use domain::sources::draft::SourceDraft;
use domain::sources::policy::may_begin;
use service::context::Request;
use service::sources::{self, Made, Typed};
use service::{Error, flash};
use tokio::sync::Semaphore;

use crate::error_pages::wants_page;

const FORM_ADDRESS: &str = "/agenda/bronnen/nieuw";
const FILE_MAX: usize = 2 * 1024 * 1024;
/// What is typed around it, in bytes.
const TYPED_MAX: usize = 64 * 1024;
/// A file that is a little too large is read to its end, so that its sender is told and not cut off.
pub const BODY_MAX: usize = 2 * FILE_MAX + 2 * TYPED_MAX;
/// For all of it over a slow line.
pub const WITHIN: Duration = Duration::from_secs(90);
const AREAS_MAX: usize = 100;

/// How many such forms arrive at once: each takes the room of a file in memory.
static ARRIVING: Semaphore = Semaphore::const_new(8);

/// Whether a request sends such a form: its body is not read as a plain one.
pub fn is_sent(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == FILE_ADDRESS
}

/// What stands in a form.
#[derive(Debug, Default)]
struct Form {
    /// Filled in where a newer file is sent.
    id: String,
    draft: SourceDraft,
    file: Option<Result<Vec<u8>, Trouble>>,
}

/// `POST /agenda/bestand`.
pub async fn send(
    Extension(request): Extension<Arc<Request>>,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    let page = wants_page(&headers);
    if let Err(denied) = may_begin(&request.actor, request.platform.id) {
        return match denied {
            Denied::SignInFirst if page => to(&format!("/aanmelden?terug={FORM_ADDRESS}")),
            Denied::SignInFirst => StatusCode::UNAUTHORIZED.into_response(),
            Denied::NotAllowed => StatusCode::FORBIDDEN.into_response(),
        };
    }
    let Ok(_place) = ARRIVING.acquire().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let form = match form(parts).await {
        Ok(form) => form,
        Err(status) => return status.into_response(),
    };
    let sent =
        if form.id.is_empty() { new(&request, form, page).await } else { newer(&request, form, page).await };
    sent.unwrap_or_else(refused)
}

/// A new calendar; back to the form, with everything that was typed, when it cannot be followed.
async fn new(request: &Request, form: Form, page: bool) -> Result<Response, Error> {
    let Form { draft, file, .. } = form;
    let made = match file {
        Some(Err(trouble)) => Ok(Made::Not(trouble)),
        Some(Ok(file)) => sources::create(request, &draft, Some(file)).await,
        None => sources::create(request, &draft, None).await,
    };
    let (trouble, problems) = match made {
        Ok(Made::Followed(id)) => return Ok(to(&format!("/agenda/bronnen/{id}?gedaan=nieuw"))),
        Ok(Made::Not(trouble)) => (Some(trouble), Problems::default()),
        Err(Error::Invalid(problems)) => (None, problems),
        Err(Error::TooOften { minutes }) if page => {
            (None, Problems::one(Field::Form, Fault::TooOften { minutes }))
        }
        Err(error) => return Err(error),
    };
    if !page {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
    }
    let kept = flash::keep(request, sources::FORM, Typed { draft, trouble, edition: 0 }, problems).await?;
    Ok(to(&format!("{FORM_ADDRESS}?flash={kept}#fouten")))
}

/// A newer file of a calendar that is there.
async fn newer(request: &Request, form: Form, page: bool) -> Result<Response, Error> {
    let id = sources::key(&form.id)?;
    let back = format!("/agenda/bronnen/{id}");
    let Some(file) = form.file else {
        return Ok(if page {
            to(&format!("{back}?gedaan=bestand"))
        } else {
            StatusCode::UNPROCESSABLE_ENTITY.into_response()
        });
    };
    // What is too large is said on its page, as everything that is the matter with it.
    let file = file.unwrap_or_else(|_| vec![b' '; FILE_MAX + 1]);
    match sources::send_again(request, id, file).await {
        Ok(outcome) => Ok(to(&format!("{back}?gedaan={}", outcome.word()))),
        Err(Error::TooOften { minutes }) if page => {
            let problems = Problems::one(Field::Form, Fault::TooOften { minutes });
            let kept = flash::keep(request, &sources::form_of(id), (), problems).await?;
            Ok(to(&format!("{back}?flash={kept}#fouten")))
        }
        Err(error) => Err(error),
    }
}

async fn form(mut parts: Multipart) -> Result<Form, StatusCode> {
    let (mut form, mut left) = (Form::default(), TYPED_MAX);
    while let Some(field) = parts.next_field().await.map_err(|error| broken_off(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            if let Some(file) = file(field).await? {
                form.file = Some(file);
            }
            continue;
        }
        let text = text(field, &mut left).await?;
        let draft = &mut form.draft;
        match name.as_str() {
            "id" => form.id = text,
            "draft[name]" => draft.name = text,
            "draft[address]" => draft.address = text,
            "draft[topic]" => draft.topic = text,
            "draft[areas][]" if draft.areas.len() < AREAS_MAX => draft.areas.push(text),
            "draft[cost]" => draft.cost = text,
            "draft[rhythm]" => draft.rhythm = text,
            _ => {}
        }
    }
    Ok(form)
}

/// `None` for a field that nobody filled in (HTML, 4.10.21.4).
async fn file(mut field: multipart::Field<'_>) -> Result<Option<Result<Vec<u8>, Trouble>>, StatusCode> {
    let is_named = field.file_name().is_some_and(|name| !name.is_empty());
    let (mut bytes, mut size) = (Vec::new(), 0);
    while let Some(part) = field.chunk().await.map_err(|error| broken_off(&error))? {
        size += part.len();
        if size <= FILE_MAX {
            bytes.extend_from_slice(&part);
        }
    }
    if size == 0 && !is_named {
        return Ok(None);
    }
    Ok(Some(if size > FILE_MAX { Err(Trouble::TooLarge) } else { Ok(bytes) }))
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
    if error.status().is_server_error() { StatusCode::BAD_REQUEST } else { error.status() }
}

fn to(path: &str) -> Response {
    HeaderValue::try_from(path).map_or_else(
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |path| (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response(),
    )
}

fn refused(error: Error) -> Response {
    match error {
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        Error::Denied(Denied::SignInFirst) => StatusCode::UNAUTHORIZED.into_response(),
        Error::Denied(Denied::NotAllowed) => StatusCode::FORBIDDEN.into_response(),
        Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS.into_response(),
        error => crate::feeds::failed(error),
    }
}
