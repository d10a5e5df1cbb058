//! Which compression a browser understands (RFC 9110, 12.5.3).

use axum::http::{HeaderMap, header};
use bytes::Bytes;

/// How the bytes of an answer are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    /// The value of `Content-Encoding`; the identity has none.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// Whether the browser takes `encoding`. Every browser takes the identity.
pub fn accepts(headers: &HeaderMap, encoding: Encoding) -> bool {
    let Some(name) = encoding.name() else { return true };
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|item| {
            let mut parts = item.split(';').map(str::trim);
            parts.next().is_some_and(|offered| offered.eq_ignore_ascii_case(name)) && !parts.any(is_zero)
        })
}

/// `q=0`, `q=0.0` …: "not this one".
fn is_zero(weight: &str) -> bool {
    weight
        .strip_prefix("q=")
        .or_else(|| weight.strip_prefix("Q="))
        .is_some_and(|number| number.parse::<f32>().is_ok_and(|number| number <= 0.0))
}

/// Whether `If-None-Match` names this entity tag (RFC 9110, 13.1.2).
pub fn has_already(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == "*" || known == tag.trim_start_matches("W/"))
}

/// Whether the asker has this answer already: by its tag or, when they name none, by its date (RFC 9110, 13.2.2).
/// Only the same date counts: when something is taken away, an older one can be the newer answer.
pub fn is_known(asked: &HeaderMap, answer: &HeaderMap) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let tag = answer.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        return tag.is_some_and(|tag| has_already(asked, tag));
    }
    let date = answer.get(header::LAST_MODIFIED);
    date.is_some() && asked.get(header::IF_MODIFIED_SINCE) == date
}

/// The bytes made smaller (RFC 7932), with a quality from 0 to 11; `None` when they would not become smaller.
pub fn brotli(plain: &[u8], quality: i32) -> Option<Bytes> {
    // A window that is no larger than the text: the usual one takes tens of megabytes.
    let window = (usize::BITS - plain.len().leading_zeros()).clamp(10, 22);
    let params = brotli::enc::BrotliEncoderParams {
        quality,
        lgwin: i32::try_from(window).unwrap_or(22),
        size_hint: plain.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    let mut out = Vec::with_capacity(plain.len() / 4);
    brotli::BrotliCompress(&mut &*plain, &mut out, &params).ok()?;
    (out.len() < plain.len()).then(|| Bytes::from(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn an_encoding_is_accepted_when_it_is_named_and_not_refused() {
        let accept = |value| accepts(&headers(header::ACCEPT_ENCODING, value), Encoding::Brotli);
        assert!(accept("gzip, deflate, br, zstd"));
        assert!(accept("BR;q=0.5"));
        assert!(!accept("gzip"));
        assert!(!accept("br;q=0, gzip"));
        assert!(!accept("brotli"));
        assert!(accepts(&HeaderMap::new(), Encoding::Identity));
    }

    #[test]
    fn a_date_counts_only_without_a_tag() {
        let monday = HeaderValue::from_static("Mon, 23 Nov 2026 10:00:00 GMT");
        let answer = HeaderMap::from_iter([
            (header::ETAG, HeaderValue::from_static("\"a1\"")),
            (header::LAST_MODIFIED, monday.clone()),
        ]);
        let mut asked = HeaderMap::from_iter([(header::IF_MODIFIED_SINCE, monday)]);
        assert!(is_known(&asked, &answer));
        asked.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"b2\""));
        assert!(!is_known(&asked, &answer));
        let tuesday = headers(header::IF_MODIFIED_SINCE, "Tue, 24 Nov 2026 10:00:00 GMT");
        assert!(!is_known(&tuesday, &answer) && !is_known(&HeaderMap::new(), &answer));
    }

    #[test]
    fn a_browser_that_has_the_page_says_so() {
        let known = |value| has_already(&headers(header::IF_NONE_MATCH, value), "\"a1\"");
        assert!(known("\"a1\""));
        assert!(known("W/\"a1\""));
        assert!(known("\"b2\", \"a1\""));
        assert!(known("*"));
        assert!(!known("\"a\""));
    }
}
