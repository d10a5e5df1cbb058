//! From an HTTP request to the request that use cases know: who, in which language, with what look.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use domain::actor::Actor;
use domain::clock::Timestamp;
use domain::id::PostId;
use domain::locale::Locale;
use domain::platform::Platform;
use service::context::{DisplayScheme, Request};
use service::moderation;
use service::posts;
use service::sessions::{Beside, Claim, authenticate, cookie_name};
use store::{Tenant, Versions};

use crate::client::{Client, label};
use crate::error_pages::wants_page;
use crate::state::AppState;

/// Cookies that hold a choice and nothing about a person.
pub const LANGUAGE_COOKIE: &str = "taal";
pub const DISPLAY_COOKIE: &str = "weergave";

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The session's token, if the browser has one.
pub fn session_token<'a>(state: &AppState, headers: &'a HeaderMap) -> Option<&'a str> {
    cookie(headers, cookie_name(state.services.settings.secure_cookies)).filter(|token| !token.is_empty())
}

/// How the reader wants to see pages.
pub fn display_scheme(headers: &HeaderMap) -> DisplayScheme {
    cookie(headers, DISPLAY_COOKIE).and_then(|value| value.parse().ok()).unwrap_or_default()
}

/// The reader's language: chosen on this site, or in the account, or in the browser, or else the community's own.
pub fn locale(headers: &HeaderMap, platform: &Platform, account: Option<Locale>) -> Locale {
    let offered = |locale: &Locale| platform.locales.contains(locale);
    cookie(headers, LANGUAGE_COOKIE)
        .and_then(|value| value.parse().ok())
        .filter(offered)
        .or_else(|| account.filter(offered))
        .or_else(|| {
            let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            Locale::negotiate(header, &platform.locales)
        })
        .unwrap_or(platform.locale)
}

/// Whether the page has the ways to the desks, with what waits at them.
fn leads_to_desks(path_and_query: &str) -> bool {
    let path = path_and_query.split('?').next().unwrap_or_default();
    path == "/account" || path.strip_prefix("/beheer/").is_some_and(|desk| !desk.contains('/'))
}

/// The post that an address shows.
fn post_shown(path_and_query: &str) -> Option<PostId> {
    path_and_query.split('?').next()?.strip_prefix("/berichten/")?.parse().ok()
}

/// What is known of a request before anybody asks who sends it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub platform: Arc<Platform>,
    pub versions: Versions,
    pub client: Client,
    pub base_url: Arc<str>,
    pub path_and_query: String,
    /// Answered as if nobody was signed in: what programs read, which says the same to everybody.
    pub as_visitor: bool,
    pub now: Timestamp,
}

impl Asked {
    /// Finds out who asks.
    ///
    /// # Errors
    /// The database.
    pub async fn by_whom(
        self,
        state: &AppState,
        tenant: Tenant,
        headers: &HeaderMap,
    ) -> Result<Request, service::Error> {
        let Self { platform, versions, client, base_url, path_and_query, as_visitor, now } = self;
        // Pages say what waits in the menu; what the app's own JavaScript asks for does not, and the desk shows it.
        let is_page = wants_page(headers);
        let counts = is_page && !path_and_query.starts_with("/beheer/");
        let record = match session_token(state, headers) {
            Some(token) if !as_visitor => {
                let part_in = post_shown(&path_and_query).filter(|_| is_page);
                let beside = Beside { waiting: counts, part_in };
                match Claim::new(platform.id, token, beside, now) {
                    Some(claim) => state.sessions.ask(claim).await?,
                    None => None,
                }
            }
            _ => None,
        };
        let known = record.and_then(|record| authenticate(&tenant, record, now));
        let (actor, session) = match known {
            Some((actor, session)) => (actor, Some(session)),
            None => (Actor::visitor(platform.id), None),
        };
        let waiting = match &session {
            Some(session) if counts => {
                moderation::waiting(&actor, &tenant, &platform, (&session.waiting, now)).await?
            }
            _ => 0,
        };
        let proposals = if is_page && leads_to_desks(&path_and_query) {
            posts::proposals_waiting(&actor, &tenant, &platform).await?
        } else {
            0
        };
        let account = session.as_ref().and_then(|session| session.member.locale);
        Ok(Request {
            services: state.services.clone(),
            locale: locale(headers, &platform, account),
            platform,
            versions,
            tenant,
            actor,
            token: session.as_ref().and(session_token(state, headers)).map(Arc::from),
            session,
            scheme: display_scheme(headers),
            network: client.network,
            wide_network: client.wide_network,
            base_url: base_url.to_string(),
            path_and_query,
            label: label(headers),
            html_form: is_page,
            waiting,
            proposals,
            now,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_cookie_is_found_among_others_and_never_by_half_its_name() {
        let headers = HeaderMap::from_iter([(
            header::COOKIE,
            HeaderValue::from_static("xtaal=de; taal=en;weergave=dark"),
        )]);
        assert_eq!(cookie(&headers, "taal"), Some("en"));
        assert_eq!(cookie(&headers, "aal"), None);
        assert_eq!(display_scheme(&headers), DisplayScheme::Dark);
        assert_eq!(display_scheme(&HeaderMap::new()), DisplayScheme::Auto);
    }

    #[test]
    fn only_the_page_of_a_post_shows_its_conversation() {
        let id = "0198c0de-0000-7000-8000-0000000000aa";
        assert_eq!(
            post_shown(&format!("/berichten/{id}?na=1")).map(|post| post.to_string()).as_deref(),
            Some(id)
        );
        for other in
            ["/berichten", "/berichten/nieuw", &format!("/berichten/{id}/geschiedenis"), &format!("/x/{id}")]
        {
            assert_eq!(post_shown(other), None, "{other}");
        }
    }
}
