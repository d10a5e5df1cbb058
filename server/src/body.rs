//! The body of a request: read whole, within its limits, before anything happens with it. What
//! is too large, too slow, cut off, or no form at all ends here.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};

use crate::{calendar_file, photos};

/// What forms of a browser are, and what the app's JavaScript sends.
const FORM: &str = "application/x-www-form-urlencoded";

/// How large a form with files may be, and how long it may take; `None` for all others.
pub fn with_files(method: &Method, path: &str) -> Option<(usize, Duration)> {
    if photos::is_sent(method, path) {
        Some((photos::BODY_MAX, photos::WITHIN))
    } else {
        calendar_file::is_sent(method, path).then_some((calendar_file::BODY_MAX, calendar_file::WITHIN))
    }
}

/// Reads a form.
///
/// # Errors
/// The status that says what is wrong with it.
pub async fn read_form(
    headers: &HeaderMap,
    body: Body,
    most: usize,
    within: Duration,
) -> Result<Bytes, StatusCode> {
    let announced =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let bytes = match tokio::time::timeout(within, Limited::new(body, most).collect()).await {
        Ok(Ok(collected)) => collected.to_bytes(),
        Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => return Err(StatusCode::BAD_REQUEST),
        Err(_) => return Err(StatusCode::REQUEST_TIMEOUT),
    };
    if !is_form(headers) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    if is_clean(&bytes) { Ok(bytes) } else { Err(StatusCode::BAD_REQUEST) }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM))
}

/// Whether an address can be read at all.
pub fn is_readable(uri: &Uri) -> bool {
    is_clean(uri.path().as_bytes()) && is_clean(uri.query().unwrap_or_default().as_bytes())
}

/// Whether what is percent-encoded in it is text (UTF-8), without the character zero, which
/// one of the databases refuses.
fn is_clean(encoded: &[u8]) -> bool {
    let mut decoded = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            decoded.push(*first);
            rest = after;
            continue;
        }
        let Some((byte, after)) = two_digits(after) else { return false };
        decoded.push(byte);
        rest = after;
    }
    !decoded.contains(&0) && std::str::from_utf8(&decoded).is_ok()
}

fn two_digits(text: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = text.split_first_chunk::<2>()?;
    let high = char::from(digits[0]).to_digit(16)?;
    let low = char::from(digits[1]).to_digit(16)?;
    Some((u8::try_from(high * 16 + low).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    async fn read(kind: &'static str, body: Body) -> Result<Bytes, StatusCode> {
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        read_form(&headers, body, 100, Duration::from_millis(200)).await
    }

    #[tokio::test]
    async fn a_form_arrives_whole() {
        assert_eq!(read(FORM, Body::from("a=b%20c")).await, Ok(Bytes::from("a=b%20c")));
        assert_eq!(
            read("application/x-www-form-urlencoded; charset=UTF-8", Body::empty()).await,
            Ok(Bytes::new())
        );
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused_with_the_right_status() {
        assert_eq!(read("application/json", Body::from("{}")).await, Err(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        assert_eq!(read("multipart/form-data", Body::empty()).await, Err(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        assert_eq!(read(FORM, Body::from("a".repeat(101))).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        for broken in ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "a=\u{0}", "a=%c3"] {
            assert_eq!(read(FORM, Body::from(broken)).await, Err(StatusCode::BAD_REQUEST), "{broken:?}");
        }
        assert_eq!(read(FORM, Body::from(vec![b'a', 0xff])).await, Err(StatusCode::BAD_REQUEST));
    }

    #[tokio::test]
    async fn a_body_that_never_ends_in_pieces_is_too_large() {
        let endless =
            futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from_static(b"aaaaaaaa")));
        assert_eq!(read(FORM, Body::from_stream(endless)).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }

    #[tokio::test]
    async fn a_body_that_does_not_come_is_given_up() {
        let silent = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
        assert_eq!(read(FORM, Body::from_stream(silent)).await, Err(StatusCode::REQUEST_TIMEOUT));
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_refused() {
        let broken =
            futures_util::stream::iter([Ok(Bytes::from_static(b"a=")), Err(std::io::Error::other("gone"))]);
        assert_eq!(read(FORM, Body::from_stream(broken)).await, Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn an_address_that_is_no_text_is_refused() {
        assert!(is_readable(&"/berichten?q=caf%C3%A9".parse().expect("an address")));
        assert!(!is_readable(&"/%ff".parse().expect("an address")));
        assert!(!is_readable(&"/a?b=%00".parse().expect("an address")));
    }
}
