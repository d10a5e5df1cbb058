//! The texts of the interface: one struct (see `build.rs`). The server has it in every language; a browser is sent
//! the one of its reader, as a file of its own that it keeps.

#[cfg(feature = "ssr")]
use domain::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
include!(concat!(env!("OUT_DIR"), "/desk_texts.rs"));

/// What stands between two texts on their way to the browser.
const SEPARATOR: char = '\u{1e}';

/// All texts in a language.
#[cfg(feature = "ssr")]
pub const fn in_language(locale: Locale) -> &'static Texts {
    match locale {
        Locale::Nl => &NL,
        Locale::En => &EN,
        Locale::De => &DE,
    }
}

/// All texts in a language, as they travel.
#[cfg(feature = "ssr")]
pub fn to_send(locale: Locale) -> String {
    parts(in_language(locale)).join(&SEPARATOR.to_string())
}

/// The texts in the reader's language.
#[cfg(feature = "ssr")]
pub fn use_texts() -> &'static Texts {
    in_language(crate::site::use_site().locale)
}

/// The texts of pages that only the server has, in the reader's language.
#[cfg(feature = "ssr")]
pub fn use_desk_texts() -> &'static DeskTexts {
    desk_texts_in(crate::site::use_site().locale)
}

/// The texts of pages that only the server has, in a language.
#[cfg(feature = "ssr")]
pub const fn desk_texts_in(locale: Locale) -> &'static DeskTexts {
    match locale {
        Locale::Nl => &DESK_NL,
        Locale::En => &DESK_EN,
        Locale::De => &DESK_DE,
    }
}

#[cfg(not(feature = "ssr"))]
static RECEIVED: std::sync::OnceLock<Texts> = std::sync::OnceLock::new();

/// Takes in what the server sent, once and for as long as the page lives; false when it is of another version.
#[cfg(not(feature = "ssr"))]
pub fn receive(sent: String) -> bool {
    let mut parts = [""; COUNT];
    let mut count = 0;
    for (index, text) in sent.leak().split(SEPARATOR).enumerate() {
        if let Some(part) = parts.get_mut(index) {
            *part = text;
        }
        count = index + 1;
    }
    count == COUNT && RECEIVED.set(from_parts(&parts)).is_ok()
}

/// The texts in the reader's language.
#[cfg(not(feature = "ssr"))]
pub fn use_texts() -> &'static Texts {
    RECEIVED.get_or_init(|| from_parts(&[""; COUNT]))
}

/// Fills `{name}` in a text.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_of_every_language_travels() {
        for locale in Locale::ALL {
            let sent = to_send(locale);
            let texts: Vec<&str> = sent.split(SEPARATOR).collect();
            assert_eq!(texts, parts(in_language(locale)));
            assert!(texts.iter().all(|text| !text.is_empty()));
        }
    }

    #[test]
    fn what_is_filled_in_is_not_filled_in_again() {
        assert_eq!(fill("Dag {name}, {what}!", &[("name", "{what}"), ("what", "fijn")]), "Dag {what}, fijn!");
        assert_eq!(fill("open { staat", &[]), "open { staat");
    }
}
