//! Every language has every text, with the same blanks to fill in.

use std::collections::{BTreeMap, BTreeSet};

use super::verdict;
use crate::Outcome;
use crate::json::Json;
use crate::place::Place;

/// The first is the one the others are compared with.
const LANGUAGES: [&str; 3] = ["nl", "en", "de"];

type Texts = BTreeMap<String, String>;

pub fn check(place: &Place) -> Outcome<()> {
    for folder in ["app/locales", "app/locales/desk"] {
        check_folder(place, folder)?;
    }
    Ok(())
}

fn check_folder(place: &Place, folder: &str) -> Outcome<()> {
    let mut all = Vec::new();
    for language in LANGUAGES {
        let file = format!("{folder}/{language}.json");
        let text = std::fs::read_to_string(place.root.join(&file))
            .map_err(|e| format!("{file} cannot be read: {e}."))?;
        let json = Json::parse(&text).map_err(|problem| format!("{file} is no JSON: {problem}."))?;
        let (mut texts, mut twice) = (Texts::new(), Vec::new());
        flatten("", &json, &mut texts, &mut twice);
        if let Some(key) = twice.first() {
            return Err(format!("{file} has \"{key}\" twice."));
        }
        all.push((language, texts));
    }
    verdict(&complaints(&all))
}

fn flatten(before: &str, json: &Json, into: &mut Texts, twice: &mut Vec<String>) {
    if let Some(text) = json.text() {
        if into.insert(before.to_owned(), text.to_owned()).is_some() {
            twice.push(before.to_owned());
        }
        return;
    }
    for (key, value) in json.entries() {
        let path = if before.is_empty() { key.clone() } else { format!("{before}.{key}") };
        flatten(&path, value, into, twice);
    }
}

fn complaints(all: &[(&str, Texts)]) -> Vec<String> {
    let Some(((first, reference), others)) = all.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for (language, texts) in others {
        for key in reference.keys().filter(|key| !texts.contains_key(*key)) {
            found.push(format!("{language} lacks \"{key}\"."));
        }
        for (key, text) in texts {
            match reference.get(key) {
                None => found.push(format!("{language} has \"{key}\", which {first} lacks.")),
                Some(other) if blanks(other) != blanks(text) => {
                    found.push(format!("\"{key}\" has other blanks in {language} than in {first}."));
                }
                Some(_) => {}
            }
        }
    }
    for (language, texts) in all {
        for (key, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
            found.push(format!("\"{key}\" is empty in {language}."));
        }
    }
    found
}

/// `{name}` in a text is filled in later.
fn blanks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn missing_surplus_and_empty_texts_are_found() {
        let all = [("nl", texts(&[("a", "x"), ("b", "y")])), ("en", texts(&[("b", ""), ("c", "z")]))];
        let found = complaints(&all).join("\n");
        assert!(found.contains("en lacks \"a\""), "{found}");
        assert!(found.contains("en has \"c\", which nl lacks"), "{found}");
        assert!(found.contains("\"b\" is empty in en"), "{found}");
    }

    #[test]
    fn blanks_must_be_the_same_but_may_move() {
        let same = [("nl", texts(&[("a", "{n} van {m}")])), ("en", texts(&[("a", "{m} of {n}")]))];
        assert!(complaints(&same).is_empty());
        let other = [("nl", texts(&[("a", "{aantal}")])), ("en", texts(&[("a", "{count}")]))];
        assert_eq!(complaints(&other).len(), 1);
    }

    #[test]
    fn nested_texts_get_a_path_and_doubles_are_noticed() {
        let json = Json::parse(r#"{"a": {"b": "x"}, "a": {"b": "y"}}"#).expect("json");
        let (mut flat, mut twice) = (Texts::new(), Vec::new());
        flatten("", &json, &mut flat, &mut twice);
        assert_eq!(flat.keys().collect::<Vec<_>>(), ["a.b"]);
        assert_eq!(twice, ["a.b"]);
    }
}
