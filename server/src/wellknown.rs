//! Small files that other programs look for: who to tell about a hole, what to index, what the
//! site is called on a telephone's home screen.

use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::clock::{Span, Timestamp};
use domain::platform::{LaunchState, Platform};
use serde_json::json;
use service::context::Request;

use crate::state::AppState;

/// RFC 9116 recommends less than a year; it is renewed with every answer.
const VALID: Span = Span::days(180);
const TEXT: &str = "text/plain; charset=utf-8";

/// `/.well-known/security.txt` (RFC 9116).
pub async fn security(Extension(request): Extension<Arc<Request>>) -> Response {
    let body = security_text(&request.platform, &request.base_url, request.now);
    ([(header::CONTENT_TYPE, TEXT)], body).into_response()
}

fn security_text(platform: &Platform, base: &str, now: Timestamp) -> String {
    // To the day, so that the file is the same for a day.
    let day = Span::days(1).0;
    let until = now.plus(VALID).0 / day * day;
    let until =
        chrono::DateTime::from_timestamp_millis(until).unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ");
    let languages: Vec<&str> = platform.locales.iter().map(|locale| locale.tag()).collect();
    format!(
        "Contact: mailto:{}\nExpires: {until}\nPreferred-Languages: {}\nCanonical: {base}/.well-known/security.txt\n",
        one_line(&platform.contact.email),
        languages.join(", "),
    )
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

/// `/robots.txt` (RFC 9309).
pub async fn robots(Extension(request): Extension<Arc<Request>>) -> Response {
    let body = match request.platform.launch {
        // Not open yet: nothing to find.
        LaunchState::Preparing => "User-agent: *\nDisallow: /\n".to_owned(),
        LaunchState::SoftLaunch | LaunchState::Live => format!(
            "User-agent: *\nDisallow: /account\nDisallow: /aanmelden\nDisallow: /api/\nDisallow: /demo/\n\
             Disallow: /melden\nDisallow: /zoeken\nSitemap: {}/sitemap.xml\n",
            request.base_url
        ),
    };
    ([(header::CONTENT_TYPE, TEXT)], body).into_response()
}

/// `/manifest.webmanifest`: the community on a home screen.
pub async fn manifest(
    State(state): State<AppState>,
    Extension(request): Extension<Arc<Request>>,
) -> Response {
    let platform = &request.platform;
    let (brand, paper) = colours(&platform.theme);
    let icons: Vec<_> =
        [("/favicon.svg", "any", "image/svg+xml"), ("/apple-touch-icon.png", "180x180", "image/png")]
            .into_iter()
            .filter(|(address, _, _)| state.assets.has(address))
            .map(|(src, sizes, kind)| json!({ "src": src, "sizes": sizes, "type": kind }))
            .collect();
    let manifest = json!({
        "name": platform.name,
        "short_name": platform.name,
        "description": platform.tagline,
        "lang": platform.locale.tag(),
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "theme_color": brand,
        "background_color": paper,
        "icons": icons,
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], manifest.to_string()).into_response()
}

/// `--brand` and `--paper` of `style/themes`, in the light.
pub fn colours(theme: &str) -> (&'static str, &'static str) {
    match theme {
        "veenzicht" => ("#6a3d9a", "#fbf8f4"),
        _ => ("#0b6b50", "#fbfaf6"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_screen_has_the_colours_of_the_theme() {
        for (theme, sheet) in [
            ("rietvoorde", include_str!("../../style/themes/rietvoorde.css")),
            ("veenzicht", include_str!("../../style/themes/veenzicht.css")),
        ] {
            let (brand, paper) = colours(theme);
            for (token, colour) in [("--brand:", brand), ("--paper:", paper)] {
                let line = sheet.lines().find(|line| line.trim_start().starts_with(token)).expect("a token");
                assert!(line.contains(&format!("var(--when-light, {colour})")), "{theme} {line}");
            }
        }
    }
}
