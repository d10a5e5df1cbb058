//! From Leptos to the use cases, on the server only.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use domain::id::FlashId;
use domain::problem::{Fault, Field, Problems};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service::context::Request;
use service::flash::{self, Kept};
use service::sessions::CookieChange;

use crate::error::AppError;
use crate::wire::{Packed, pack};

/// The request that is being answered. The server provides it to every page and server function.
pub fn request() -> Arc<Request> {
    expect_context::<Arc<Request>>()
}

/// Sets the status of the answer.
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(status)) {
        options.set_status(status);
    }
}

/// Turns what a use case gave into what a page gets, with the right status.
///
/// # Errors
/// The use case's error, without its inside.
pub fn answer<T>(result: Result<T, service::Error>) -> Result<T, AppError> {
    result.map_err(|error| {
        let error = AppError::from(error);
        set_status(error.status());
        error
    })
}

/// What a page shows to everybody alike, from memory when it is there.
///
/// # Errors
/// Those of `make`.
pub async fn kept<T: Serialize + Send + Sync + 'static>(
    request: &Request,
    what: String,
    make: impl Future<Output = Result<T, service::Error>>,
) -> Result<Packed<T>, service::Error> {
    let packed = Box::pin(async {
        let value = make.await?;
        Ok::<_, service::Error>((Arc::<str>::from(pack(&value)), Arc::new(value)))
    });
    let found = request.services.memory.or_make(request.kept_as(what), packed).await?;
    let (text, value) = &*found;
    Ok(Packed::shared(Arc::clone(text), Arc::clone(value)))
}

/// Tells the browser to keep or forget a session.
pub fn set_cookie(request: &Request, change: &CookieChange) {
    let text = change.header(request.services.settings.secure_cookies);
    if let (Some(options), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&text)) {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// Tells the browser to forget what pages kept in it (W3C, Clear Site Data; browsers listen on safe connections only).
pub fn forget_storage() {
    const CLEAR: HeaderName = HeaderName::from_static("clear-site-data");
    if let Some(options) = use_context::<ResponseOptions>() {
        options.insert_header(CLEAR, HeaderValue::from_static("\"storage\""));
    }
}

/// Sends the browser on.
pub fn go(path: &str) {
    // Header values are visible ASCII; every path here is made of keys and slugs.
    if path.bytes().all(|b| b.is_ascii_graphic()) {
        leptos_axum::redirect(path);
    }
}

/// Where a form goes, and where it goes back to when it could not be accepted.
#[derive(Clone, Copy, Debug)]
pub struct FormWay<'a> {
    /// Name under which what was typed is kept.
    pub form: &'a str,
    /// The page with the form, with or without a query.
    pub back: &'a str,
}

/// Ends a form: on to the page it leads to, or, when it could not be accepted, back to the form
/// with everything that was typed and what is wrong with it. The same with JavaScript and without.
///
/// # Errors
/// For the app's own JavaScript: the error itself.
pub async fn finish<T: Serialize>(
    request: &Request,
    way: FormWay<'_>,
    typed: T,
    result: Result<String, service::Error>,
) -> Result<(), AppError> {
    let error = match result {
        Ok(path) => {
            go(&path);
            return Ok(());
        }
        Err(error) => AppError::from(error),
    };
    if !request.html_form {
        set_status(error.status());
        return Err(error);
    }
    let problems = match &error {
        AppError::Invalid(problems) => problems.clone(),
        AppError::TooOften { minutes } => Problems::one(Field::Form, Fault::TooOften { minutes: *minutes }),
        AppError::Conflict => Problems::one(Field::Form, Fault::ChangedMeanwhile),
        AppError::NotAllowed => Problems::one(Field::Form, Fault::NotYours),
        AppError::NotFound => Problems::one(Field::Form, Fault::Gone),
        AppError::SignInFirst => Problems::default(),
        _ => Problems::one(Field::Form, Fault::Trouble),
    };
    match flash::keep(request, way.form, typed, problems).await {
        Ok(id) => go(&back_with(way.back, id, error == AppError::SignInFirst)),
        Err(failed) => {
            // What was typed cannot be kept here. A page that says why leaves it in the browser, one step back.
            let failed = AppError::from(failed);
            set_status(failed.status());
            return Err(failed);
        }
    }
    Ok(())
}

fn back_with(back: &str, id: FlashId, sign_in: bool) -> String {
    let mark = if back.contains('?') { '&' } else { '?' };
    let path = format!("{back}{mark}flash={id}");
    if sign_in { format!("/aanmelden?terug={}", escaped(&path)) } else { format!("{path}#fouten") }
}

/// The page with a message of the moment.
pub fn with_message(path: &str, word: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}melding={word}")
}

/// Percent-encodes what has a meaning in a query.
pub fn escaped(path: &str) -> String {
    path.chars()
        .map(|c| match c {
            '?' => "%3F".to_owned(),
            '&' => "%26".to_owned(),
            '=' => "%3D".to_owned(),
            '#' => "%23".to_owned(),
            '%' => "%25".to_owned(),
            '+' => "%2B".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

/// What was typed into a form that came back; the default where there is nothing.
///
/// # Errors
/// The database.
pub async fn typed<T: DeserializeOwned + Default>(
    request: &Request,
    form: &str,
    id: &str,
) -> Result<Kept<T>, AppError> {
    if id.is_empty() {
        return Ok(Kept::default());
    }
    Ok(answer(flash::find(request, form, id).await)?.unwrap_or_default())
}
