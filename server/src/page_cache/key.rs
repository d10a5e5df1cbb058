//! What makes two requests ask for the same page.

use std::sync::Arc;

use domain::id::{ActivityId, PlatformId, PostId};
use domain::locale::Locale;

/// Pages that say the same to every visitor. Everything else is made anew: forms that come
/// back, links with a secret in them, the outbox.
const FIXED: [&str; 12] = [
    "/",
    "/agenda",
    "/agenda.ics",
    "/berichten",
    "/berichten/feed",
    "/over",
    "/privacy",
    "/toegankelijkheid",
    "/huisregels",
    "/insluiten",
    EMBEDDED,
    "/sitemap.xml",
];
/// What programs read: the same to everybody, also who is signed in, in whose browser it is opened.
const FOR_PROGRAMS: [&str; 3] = ["/agenda.ics", "/berichten/feed", "/sitemap.xml"];
/// A list on another site says how many it shows.
const EMBEDDED: &str = crate::embed::ADDRESS;
const NUMBER: &str = "aantal";
/// The parts of an address that choose what a list shows, in the order of the key.
const FILTERS: [&str; 12] = [
    "gebied",
    "thema",
    "soort",
    "schrijver",
    NUMBER,
    "na",
    "weergave",
    "dag",
    "gratis",
    "rolstoel",
    "kinderen",
    "taal",
];
/// The first of those that only the agenda has.
const OF_AGENDA: usize = 6;
const LONGEST_VALUE: usize = 80;

/// How the reader wants the page, and of which state of the platform.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    pub platform: PlatformId,
    pub content_version: i64,
    pub config_version: i64,
    pub locale: Locale,
    /// The key of the display scheme.
    pub scheme: &'static str,
    /// Part of every absolute link on the page.
    pub base_url: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    variant: Variant,
    address: String,
}

impl Key {
    /// `address` comes from [`cacheable_path`].
    pub const fn new(variant: Variant, address: String) -> Self {
        Self { variant, address }
    }

    pub(super) fn weight(&self) -> usize {
        self.address.len() + 200
    }
}

/// Whether it is answered as if nobody was signed in.
pub fn is_for_programs(path: &str) -> bool {
    FOR_PROGRAMS.contains(&path)
}

/// The address in one spelling, when its page is one to keep; `None` for all others.
///
/// Unknown parts of a query, doubled ones and values that no list has are never kept: otherwise
/// anyone could fill the memory with addresses they make up.
pub fn cacheable_path(path: &str, query: Option<&str>) -> Option<String> {
    let is_post =
        || path.strip_prefix("/berichten/").is_some_and(|id| id.len() == 36 && id.parse::<PostId>().is_ok());
    let is_activity = || {
        path.strip_prefix("/activiteiten/")
            .is_some_and(|id| id.len() == 36 && id.parse::<ActivityId>().is_ok() && query.is_none())
    };
    if !FIXED.contains(&path) && !is_post() && !is_activity() {
        return None;
    }
    let mut values = [""; FILTERS.len()];
    for part in query.unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let place = FILTERS.iter().position(|filter| *filter == name)?;
        let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let asked_of_agenda = place < OF_AGENDA || path.starts_with("/agenda");
        let counted = name != NUMBER || (path.starts_with("/insluiten") && value.len() <= 2);
        if !plain || !counted || !asked_of_agenda || value.len() > LONGEST_VALUE || !values[place].is_empty()
        {
            return None;
        }
        values[place] = value;
    }
    let mut address = path.to_owned();
    let mut mark = '?';
    for (name, value) in FILTERS.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        address.push(mark);
        address.push_str(name);
        address.push('=');
        address.push_str(value);
        mark = '&';
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_query_does_not_matter() {
        let one = cacheable_path("/berichten", Some("thema=groen&gebied=centrum"));
        let other = cacheable_path("/berichten", Some("gebied=centrum&soort=&thema=groen&"));
        assert_eq!(one.as_deref(), Some("/berichten?gebied=centrum&thema=groen"));
        assert_eq!(one, other);
    }

    #[test]
    fn made_up_addresses_are_not_kept() {
        for (path, query) in [
            ("/berichten", Some("utm_source=x")),
            ("/berichten", Some("gebied=a&gebied=b")),
            ("/berichten", Some("gebied=a%20b")),
            ("/berichten", Some("aantal=5")),
            ("/berichten", Some("weergave=week")),
            ("/activiteiten/nieuw", None),
            ("/activiteiten/0198c0de-0000-7000-8000-000000000000", Some("keer=2026-12-01T10:00")),
            ("/insluiten/berichten", Some("aantal=500")),
            ("/berichten", Some("flash=0198c0de-0000-7000-8000-000000000000")),
            ("/berichten/nieuw", None),
            ("/berichten/", None),
            ("/berichten/not-a-key", None),
            ("/berichten/0198C0DE000070008000000000000000", None),
            ("/aanmelden", None),
            ("/aanmelden/link/geheim", None),
            ("/demo/outbox", None),
            ("/account", None),
            ("//", None),
        ] {
            assert_eq!(cacheable_path(path, query), None, "{path} {query:?}");
        }
        let long = format!("gebied={}", "a".repeat(81));
        assert_eq!(cacheable_path("/berichten", Some(&long)), None);
    }

    #[test]
    fn posts_and_plain_pages_are_kept() {
        for path in [
            "/",
            "/over",
            "/agenda",
            "/activiteiten/0198c0de-0000-7000-8000-000000000000",
            "/berichten/0198c0de-0000-7000-8000-000000000000",
        ] {
            assert_eq!(cacheable_path(path, None).as_deref(), Some(path));
        }
        assert_eq!(
            cacheable_path("/berichten/0198c0de-0000-7000-8000-000000000000", Some("bewerk=titel")),
            None
        );
    }
}
