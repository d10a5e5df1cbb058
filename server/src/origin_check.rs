//! Changes are accepted from the site's own pages only (cross-site request forgery).
//!
//! Browsers say where a request comes from in `Origin` and, over https and on localhost, in
//! `Sec-Fetch-Site`; a page cannot forge either. Stricter than tower-http's layer: what says nothing at all
//! is refused too, and where both are there, both must be right.

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};

use crate::config::Scheme;

/// Whether a request may change something. `host` is the name and port the reader used; `scheme` is how readers
/// come here, when that is known for certain.
pub fn is_allowed(method: &Method, headers: &HeaderMap, host: &str, scheme: Option<Scheme>) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE) {
        return true;
    }
    let site = headers.get("sec-fetch-site");
    let origin = headers.get(header::ORIGIN);
    let site_is_own = site.is_none_or(|site| site == "same-origin");
    let origin_is_own =
        origin.is_none_or(|origin| origin.to_str().is_ok_and(|origin| is_own(origin, host, scheme)));
    (site.is_some() || origin.is_some()) && site_is_own && origin_is_own
}

fn is_own(origin: &str, host: &str, expected: Option<Scheme>) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    if expected.is_some_and(|expected| expected.name() != scheme) {
        return false;
    }
    let usual = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return false,
    };
    let with_port = |text: &str| {
        let authority: Authority = text.parse().ok().filter(|_| !text.contains('@'))?;
        Some((authority.host().to_ascii_lowercase(), authority.port_u16().unwrap_or(usual)))
    };
    with_port(authority).is_some_and(|origin| with_port(host).is_some_and(|own| own == origin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    const HOST: &str = "hallorietvoorde.localhost:3000";

    fn allowed(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"))
            })
            .collect();
        is_allowed(&Method::POST, &headers, HOST, None)
    }

    #[test]
    fn a_site_that_is_https_takes_nothing_from_http() {
        let headers =
            HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static("http://hallo.example"))]);
        let allowed = |scheme| is_allowed(&Method::POST, &headers, "hallo.example", scheme);
        assert!(allowed(None) && allowed(Some(Scheme::Http)));
        assert!(!allowed(Some(Scheme::Https)));
    }

    #[test]
    fn the_sites_own_pages_may_change_things() {
        assert!(allowed(&[("origin", "http://hallorietvoorde.localhost:3000")]));
        assert!(allowed(&[("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[
            ("origin", "http://HalloRietvoorde.localhost:3000"),
            ("sec-fetch-site", "same-origin")
        ]));
    }

    #[test]
    fn other_sites_and_who_says_nothing_may_not() {
        assert!(!allowed(&[]));
        for origin in [
            "http://puurveenzicht.localhost:3000",
            "http://hallorietvoorde.localhost:4000",
            "http://hallorietvoorde.localhost:3000.evil.example",
            "http://evil.example/hallorietvoorde.localhost:3000",
            "http://x@hallorietvoorde.localhost:3000",
            "hallorietvoorde.localhost:3000",
            "ftp://hallorietvoorde.localhost:3000",
            "null",
            "",
        ] {
            assert!(!allowed(&[("origin", origin)]), "{origin}");
            assert!(!allowed(&[("origin", origin), ("sec-fetch-site", "same-origin")]), "{origin}");
        }
        for site in ["cross-site", "same-site", "none", ""] {
            assert!(!allowed(&[("sec-fetch-site", site)]), "{site}");
            assert!(!allowed(&[
                ("origin", "http://hallorietvoorde.localhost:3000"),
                ("sec-fetch-site", site)
            ]));
        }
    }

    #[test]
    fn the_usual_port_may_be_left_out() {
        let headers = HeaderMap::from_iter([(header::ORIGIN, HeaderValue::from_static("https://hallo.nl"))]);
        assert!(is_allowed(&Method::POST, &headers, "hallo.nl", None));
        assert!(is_allowed(&Method::POST, &headers, "hallo.nl:443", None));
        assert!(!is_allowed(&Method::POST, &headers, "hallo.nl:80", None));
    }

    #[test]
    fn reading_is_for_everyone_and_every_other_method_is_a_change() {
        for method in [Method::GET, Method::HEAD] {
            assert!(is_allowed(&method, &HeaderMap::new(), HOST, None));
        }
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::CONNECT] {
            assert!(!is_allowed(&method, &HeaderMap::new(), HOST, None), "{method}");
        }
    }
}
