//! Pages for when something is wrong before, or instead of, the app: small, in the house style
//! and the reader's language, and silent about the inside.

mod texts;

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use domain::locale::Locale;
use domain::platform::Platform;

use texts::Text;

/// What an error page needs to look like the rest of the site, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Face {
    pub name: Option<String>,
    pub theme: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    pub locale: Locale,
    pub scheme: &'static str,
    /// The address of the style sheet.
    pub style_sheet: Option<String>,
    /// The address of the pictures.
    pub scenes: Option<String>,
    /// The reader is not a person with a page but the app's own JavaScript, or another program.
    pub json: bool,
}

impl Face {
    /// The same page, with the name and the colours of a platform.
    #[must_use]
    pub fn of(self, platform: &Platform) -> Self {
        Self {
            name: Some(platform.name.clone()),
            theme: Some(platform.theme.clone()),
            phone: Some(platform.contact.phone.clone()),
            ..self
        }
    }

    /// A face in a language the reader asks for.
    pub fn for_reader(headers: &HeaderMap) -> Self {
        let locale = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| Locale::negotiate(value, &Locale::ALL))
            .unwrap_or_default();
        Self { locale, scheme: "auto", json: !wants_page(headers), ..Self::default() }
    }
}

/// What programs ask for; the second is the app's own (see `app/src/wire.rs`).
const DATA: [&str; 2] = ["application/json", "application/x-postcard"];

/// Whether the reader is a browser that shows a page.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accept.is_empty() || accept.contains("text/html") || !DATA.iter().any(|kind| accept.contains(kind))
}

/// The answer to a request that could not be served.
pub fn answer(status: StatusCode, face: &Face) -> Response<Body> {
    respond(status, face, texts::of(status, face.locale))
}

/// The answer under a host name that no community has.
/// `others` are names and addresses that are there, of a demo that somebody looks at on their own machine.
pub fn unknown_host(face: &Face, others: &[(String, String)]) -> Response<Body> {
    let text = texts::unknown_host(face.locale);
    if others.is_empty() || face.json {
        return respond(StatusCode::NOT_FOUND, face, text);
    }
    let mut links = String::new();
    for (name, address) in others {
        let (name, address) = (escape(name), escape(address));
        // Writing to a String cannot fail.
        let _ = write!(links, "<a class=\"nl-button nl-button--primary\" href=\"{address}\">{name}</a>");
    }
    let body = page(StatusCode::NOT_FOUND, face, &text, &format!("<div class=\"cluster\">{links}</div>"));
    finish(StatusCode::NOT_FOUND, "text/html; charset=utf-8", body)
}

fn respond(status: StatusCode, face: &Face, text: Text) -> Response<Body> {
    let (kind, body) = if face.json {
        ("application/json", format!("{{\"status\":{}}}", status.as_u16()))
    } else {
        ("text/html; charset=utf-8", page(status, face, &text, &way_back(face, &text)))
    };
    finish(status, kind, body)
}

/// An unknown name has no front page to go back to.
fn way_back(face: &Face, text: &Text) -> String {
    if face.name.is_none() {
        return String::new();
    }
    let back = text.back;
    let call = face.phone.as_deref().filter(|phone| !phone.is_empty()).map(|phone| {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let call_us = app::texts::in_language(face.locale).call_us;
        format!("<p class=\"meta\">{call_us} <a href=\"tel:{digits}\">{}</a></p>", escape(phone))
    });
    format!(
        "<div class=\"cluster\"><a class=\"nl-button nl-button--primary\" href=\"/\">{back}</a></div>{}",
        call.unwrap_or_default()
    )
}

fn finish(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

fn page(status: StatusCode, face: &Face, text: &Text, ways: &str) -> String {
    let Text { title, lead, .. } = text;
    let lang = face.locale.tag();
    let theme = escape(face.theme.as_deref().unwrap_or("rietvoorde"));
    let scheme = if face.scheme.is_empty() { "auto" } else { face.scheme };
    let name = escape(face.name.as_deref().unwrap_or("Noaber"));
    let style = face
        .style_sheet
        .as_deref()
        .map(|address| format!("<link rel=\"stylesheet\" href=\"{}\">", escape(address)))
        .unwrap_or_default();
    let scene = match status {
        StatusCode::NOT_FOUND => "lost",
        StatusCode::FORBIDDEN => "locked",
        _ => "trouble",
    };
    let picture = face
        .scenes
        .as_deref()
        .map(|address| {
            format!(
                "<svg viewBox=\"0 0 640 360\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\">\
                 <use href=\"{}#{scene}\"/></svg>",
                escape(address)
            )
        })
        .unwrap_or_default();
    let logo = if face.name.is_some() {
        format!("<a class=\"logo\" href=\"/\"><span class=\"logo__name\">{name}</span></a>")
    } else {
        format!("<span class=\"logo\"><span class=\"logo__name\">{name}</span></span>")
    };
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\" dir=\"ltr\" data-theme=\"{theme}\" data-scheme=\"{scheme}\"><head>\
         <meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title} – {name}</title>{style}<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"></head>\
         <body><header class=\"site-header\"><div class=\"wrap site-header__bar\">{logo}</div></header>\
         <main id=\"inhoud\" class=\"wrap page-narrow\"><div class=\"empty\">{picture}<h1>{title}</h1>\
         <p class=\"lead\">{lead}</p>{ways}</div></main></body></html>"
    )
}

/// Text for HTML, also within double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;

    async fn body(response: Response<Body>) -> String {
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        String::from_utf8(bytes.to_vec()).expect("text")
    }

    fn accepting(accept: &'static str, language: &'static str) -> HeaderMap {
        HeaderMap::from_iter([
            (header::ACCEPT, HeaderValue::from_static(accept)),
            (header::ACCEPT_LANGUAGE, HeaderValue::from_static(language)),
        ])
    }

    #[tokio::test]
    async fn a_person_gets_a_page_in_their_language_and_a_program_gets_json() {
        let german = Face::for_reader(&accepting("text/html", "de"));
        let page = body(answer(StatusCode::NOT_FOUND, &german)).await;
        assert!(page.contains("<html lang=\"de\""), "{page}");
        let program = Face::for_reader(&accepting("application/json", "de"));
        assert_eq!(body(answer(StatusCode::NOT_FOUND, &program)).await, "{\"status\":404}");
    }

    #[tokio::test]
    async fn a_name_cannot_bring_in_markup() {
        let face = Face { name: Some("<script>\"Jan\" & co".into()), ..Face::default() };
        let page = body(answer(StatusCode::FORBIDDEN, &face)).await;
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&lt;script&gt;&quot;Jan&quot; &amp; co"), "{page}");
    }

    #[tokio::test]
    async fn an_unknown_name_shows_nothing_of_any_community() {
        let page = body(unknown_host(&Face::for_reader(&accepting("text/html", "nl")), &[])).await;
        assert!(page.contains("Deze naam kennen we niet"), "{page}");
        assert!(!page.contains("href=\"/\""), "{page}");
    }

    #[test]
    fn every_status_has_words_in_every_language() {
        for status in (400..=599).filter_map(|code| StatusCode::from_u16(code).ok()) {
            for locale in Locale::ALL {
                let text = texts::of(status, locale);
                assert!(!text.title.is_empty() && !text.lead.is_empty() && !text.back.is_empty());
            }
        }
    }
}
