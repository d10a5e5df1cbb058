//! Who is new here, and what of theirs is looked at first.

use crate::clock::{Span, Timestamp};

/// An account is new for some days (seven, unless the installation says otherwise), or until so many of its posts stood on the site.
pub const PROVEN_AFTER: i64 = 3;
/// How far back the same words by somebody else are noticed.
pub const SAME_TEXT_WITHIN: Span = Span::days(7);
/// Shorter texts ("Gefeliciteerd!") are the same by chance, in characters.
pub const SAME_TEXT_MIN: u32 = 60;

/// Whether somebody is new: a young account with few posts that everybody could see.
pub fn is_new(joined: Timestamp, published: i64, new_for: Span, now: Timestamp) -> bool {
    now.minus(new_for) < joined && published < PROVEN_AFTER
}

/// Whether sanitised HTML leads to another site. `base_url` is the community's own address.
pub fn leads_away(html: &str, base_url: &str) -> bool {
    html.split("href=\"").skip(1).any(|rest| {
        let to = rest.split('"').next().unwrap_or_default();
        let own = to.strip_prefix(base_url).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let inside = to.starts_with(['/', '#']) && !to.starts_with("//");
        !(own || inside)
    })
}

/// Endings of host names that advertisements come with; a dot in a name is none by itself ("J.P. de Vries").
const ENDINGS: [&str; 26] = [
    "app", "be", "biz", "cc", "club", "co", "com", "de", "eu", "info", "io", "link", "live", "me", "net",
    "nl", "online", "org", "pro", "ru", "shop", "site", "store", "top", "vip", "xyz",
];
/// From so many digits on it is a telephone number, and no year or house number.
const PHONE_DIGITS: usize = 8;

/// Whether a name or a line about oneself carries a web address, a mail address or a telephone number.
pub fn advertises(text: &str) -> bool {
    let text = text.to_lowercase();
    if text.contains("://") || text.contains("www.") {
        return true;
    }
    text.split_whitespace().any(|word| is_mail(word) || is_host(word)) || has_phone_number(&text)
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

fn is_host(word: &str) -> bool {
    let host =
        word.trim_matches(|c: char| !c.is_alphanumeric()).split(['/', '?', ':']).next().unwrap_or_default();
    host.rsplit_once('.').is_some_and(|(name, end)| {
        name.chars().filter(|c| c.is_alphanumeric()).count() >= 2
            && !name.ends_with('.')
            && ENDINGS.contains(&end)
            // "J.de Wit": one letter and a dot are initials.
            && name.split('.').any(|part| part.chars().count() >= 2)
    }) || host == "t.me"
}

fn has_phone_number(text: &str) -> bool {
    let mut digits = 0;
    for c in text.chars() {
        match c {
            _ if c.is_ascii_digit() => digits += 1,
            ' ' | '-' | '.' | '(' | ')' | '+' | '/' | '\u{a0}' => {}
            _ => digits = 0,
        }
        if digits >= PHONE_DIGITS {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_no_advertisements() {
        for name in [
            "J.P. de Vries",
            "Ölaf",
            "J.de Wit",
            "Anna 2",
            "Mevr. Jansen",
            "Joke.",
            "Kees (nr. 12)",
            "D.J. Co",
        ] {
            assert!(!advertises(name), "{name}");
        }
    }

    #[test]
    fn web_addresses_and_telephone_numbers_are() {
        for name in [
            "Koop op koop.nl",
            "www.gratis.test",
            "https://x.y",
            "Bel 06 12 34 56 78",
            "06-12345678 bellen",
            "t.me/geld",
            "Jan jan@voorbeeld.nl",
            "CASINO.COM!",
        ] {
            assert!(advertises(name), "{name}");
        }
    }

    #[test]
    fn a_link_within_the_community_leads_nowhere_else() {
        let own = "https://hallo.example";
        assert!(!leads_away("<a href=\"/berichten\">x</a><a href=\"https://hallo.example/over\">y</a>", own));
        assert!(leads_away("<a href=\"https://hallo.example.kwaad.test/\">x</a>", own));
        assert!(leads_away("<a href=\"//kwaad.test\">x</a>", own));
        assert!(leads_away("<p>a</p><a href=\"mailto:a@b.nl\">x</a>", own));
        assert!(!leads_away("<p>geen link</p>", own));
    }

    #[test]
    fn somebody_is_new_for_a_week_or_until_the_third_post() {
        let now = Timestamp(0).plus(Span::days(100));
        let days = |n| now.minus(Span::days(n));
        let week = Span::days(7);
        assert!(is_new(days(1), 0, week, now) && is_new(days(6), 2, week, now));
        assert!(!is_new(days(1), 3, week, now) && !is_new(days(7), 0, week, now));
        assert!(!is_new(now, 0, Span::days(0), now), "switched off");
    }
}
