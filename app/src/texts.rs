//! The texts of the interface: one struct, one static per language (see `build.rs`).

use domain::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// All texts in a language.
pub const fn in_language(locale: Locale) -> &'static Texts {
    match locale {
        Locale::Nl => &NL,
        Locale::En => &EN,
        Locale::De => &DE,
    }
}

/// The texts in the reader's language.
pub fn use_texts() -> &'static Texts {
    in_language(crate::site::use_site().locale)
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
    fn what_is_filled_in_is_not_filled_in_again() {
        assert_eq!(fill("Dag {name}, {what}!", &[("name", "{what}"), ("what", "fijn")]), "Dag {what}, fijn!");
        assert_eq!(fill("open { staat", &[]), "open { staat");
    }
}
