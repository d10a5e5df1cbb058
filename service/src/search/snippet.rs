//! The part of a text where what was sought stands, and what to mark in it. As pieces of text, never as HTML.

use std::collections::BTreeSet;

use domain::search::{stems, words};

use crate::markdown;

/// Letters of a part of a text.
const LONG: usize = 220;
/// Letters before the first word that is marked.
const BEFORE: usize = 60;

/// A piece of a text, and whether it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// A text in pieces: words with one of these stems are marked.
pub fn marked(text: &str, sought: &BTreeSet<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    let mut push = |from: usize, to: usize, marked| {
        if let Some(text) = text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push(Piece { text: text.to_owned(), marked });
        }
    };
    for word in words(text) {
        if stems(&word.folded).iter().any(|stem| sought.contains(stem)) {
            push(done, word.start, false);
            push(word.start, word.end, true);
            done = word.end;
        }
    }
    push(done, text.len(), false);
    pieces
}

/// The part of a text (Markdown) with the first words that are sought, or its beginning.
pub fn snippet(body: &str, sought: &BTreeSet<String>) -> Vec<Piece> {
    let text = markdown::plain(body);
    let first = words(&text)
        .into_iter()
        .find(|word| stems(&word.folded).iter().any(|stem| sought.contains(stem)))
        .map_or(0, |word| word.start);
    let (part, cut_before, cut_after) = part_around(&text, first);
    let mut pieces = marked(part, sought);
    if cut_before {
        pieces.insert(0, Piece { text: "… ".to_owned(), marked: false });
    }
    if cut_after {
        pieces.push(Piece { text: " …".to_owned(), marked: false });
    }
    pieces
}

/// Some words around a place, and whether something is left out before and after them.
fn part_around(text: &str, place: usize) -> (&str, bool, bool) {
    let before = text.get(..place).unwrap_or_default();
    let start = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| {
        // From the next word on.
        before.get(at..).and_then(|rest| rest.find(' ')).map_or(at, |space| at + space + 1)
    });
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(LONG).map_or(rest.len(), |(at, _)| {
        rest.get(..at).and_then(|part| part.rfind(' ')).filter(|space| start + space > place).unwrap_or(at)
    });
    (rest.get(..end).unwrap_or_default().trim(), start > 0, end < rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    fn sought(stems: &[&str]) -> BTreeSet<String> {
        stems.iter().map(|stem| (*stem).to_owned()).collect()
    }

    #[test]
    fn words_are_marked_as_they_stand_there() {
        let pieces = marked("Fietsen: mijn FIETS, een bakfiets <b>", &sought(&["fiets"]));
        assert_eq!(spelled(&pieces), "[Fietsen]: mijn [FIETS], een bakfiets <b>");
        assert_eq!(spelled(&marked("Café's", &sought(&["cafe"]))), "[Café's]");
        assert!(marked("", &sought(&["x"])).is_empty());
    }

    #[test]
    fn a_snippet_is_the_part_where_it_stands() {
        let body = format!("{}**kip** {}", "woord ".repeat(80), "staart ".repeat(80));
        let text = spelled(&snippet(&body, &sought(&["kip"])));
        assert!(text.starts_with("… woord") && text.ends_with("staart …"), "{text}");
        assert!(text.contains("[kip]") && text.chars().count() < LONG + 10, "{text}");
        assert_eq!(spelled(&snippet("Kort *en* goed.", &sought(&["kip"]))), "Kort en goed.");
    }

    #[test]
    fn a_text_without_spaces_is_cut_too() {
        let text = spelled(&snippet(&"é".repeat(4_000), &sought(&["kip"])));
        assert!(text.chars().count() < LONG + 10);
    }
}
