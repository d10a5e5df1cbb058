//! What every answer tells the browser to refuse.

use std::fmt::Write as _;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
pub const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
/// Two years. Not for subdomains: they may be somebody else's.
const HSTS: &str = "max-age=63072000";

/// Adds the headers to an answer. What is there already stays: a page from the cache keeps the
/// policy with the nonce it was made with.
pub fn apply(headers: &mut HeaderMap, nonce: Option<&str>, hsts: bool) {
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| policy(nonce, ""));
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not no-referrer: forms find their way back through it, on this site only.
        (header::REFERRER_POLICY, "same-origin"),
        (PERMISSIONS, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        (OPENER, "same-origin"),
        (RESOURCE, "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if hsts {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static(HSTS));
    }
}

/// Whether a page can have a map on it.
pub fn may_have_a_map(path: &str) -> bool {
    path == "/agenda" || path.starts_with("/activiteiten/")
}

/// The policy of a page with a map of tiles: their server may send pictures, and nothing else. Goes before [`apply`].
pub fn allow_tiles(headers: &mut HeaderMap, nonce: &str, origin: &str) {
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert_with(|| policy(Some(nonce), origin));
}

/// Scripts run only with the nonce of the page, or when such a script loads them; there is no
/// inline style. Without a nonce no script runs at all.
fn policy(nonce: Option<&str>, pictures: &str) -> HeaderValue {
    let mut text = String::with_capacity(320);
    text.push_str("default-src 'self'; script-src ");
    match nonce {
        Some(nonce) => {
            let _ = write!(text, "'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'");
        }
        None => text.push_str("'none'"),
    }
    text.push_str("; style-src 'self'; img-src 'self' data:");
    if !pictures.is_empty() {
        text.push(' ');
        text.push_str(pictures);
    }
    text.push_str(
        "; font-src 'self'; connect-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(nonce: Option<&str>, hsts: bool) -> HeaderMap {
        let mut headers = HeaderMap::new();
        apply(&mut headers, nonce, hsts);
        headers
    }

    #[test]
    fn scripts_need_the_nonce_of_the_page() {
        let headers = applied(Some("abc"), false);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(policy.contains("script-src 'nonce-abc' 'strict-dynamic' 'wasm-unsafe-eval';"), "{policy}");
        assert!(!policy.contains("unsafe-inline"), "{policy}");
        let none = applied(None, false);
        assert!(none[header::CONTENT_SECURITY_POLICY].to_str().expect("text").contains("script-src 'none'"));
    }

    #[test]
    fn tiles_may_be_pictures_and_nothing_else() {
        let mut headers = HeaderMap::new();
        allow_tiles(&mut headers, "abc", "https://tiles.example.org");
        apply(&mut headers, Some("abc"), false);
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert_eq!(policy.matches("tiles.example.org").count(), 1, "{policy}");
        assert!(policy.contains("img-src 'self' data: https://tiles.example.org; font-src"), "{policy}");
        for path in ["/", "/berichten", "/agenda.ics", "/activiteiten"] {
            assert!(!may_have_a_map(path), "{path}");
        }
        assert!(may_have_a_map("/agenda") && may_have_a_map("/activiteiten/nieuw"));
    }

    #[test]
    fn a_nonce_that_is_no_header_value_shuts_everything() {
        assert_eq!(applied(Some("a\nb"), false)[header::CONTENT_SECURITY_POLICY], "default-src 'none'");
    }

    #[test]
    fn https_only_is_promised_only_when_switched_on() {
        assert!(!applied(None, false).contains_key(header::STRICT_TRANSPORT_SECURITY));
        assert!(applied(None, true).contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn a_page_keeps_the_policy_it_was_made_with() {
        let mut headers = applied(Some("first"), false);
        apply(&mut headers, Some("second"), false);
        assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").contains("nonce-first"));
        assert_eq!(headers.get_all(header::REFERRER_POLICY).iter().count(), 1);
    }
}
