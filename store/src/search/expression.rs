//! What is sought, in the words of either database. All that goes in are folded words, stems and keys: letters and
//! digits, which are quoted all the same.

use std::collections::BTreeSet;

use domain::id::{AreaId, PlatformId, TopicId};
use domain::search::FoundKind;

use super::Narrowed;
use crate::conn::Kind;

/// One word of a question, with everything that it may stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// The stems of the word itself.
    pub exact: Vec<String>,
    /// Stems of words that are made with it, or that it may be a misspelling of.
    pub loose: Vec<String>,
    /// What is called so. What is filed under it is found too, whatever stands there.
    pub areas: Vec<AreaId>,
    pub topics: Vec<TopicId>,
    pub kinds: Vec<FoundKind>,
}

/// What is sought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub terms: Vec<Term>,
    /// Stems that stand one after the other.
    pub phrases: Vec<Vec<String>>,
    /// Only some of the terms have to be there.
    pub some: bool,
}

impl Asked {
    /// Nothing that could be found.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
            && self.terms.iter().all(|term| {
                term.exact.is_empty()
                    && term.loose.is_empty()
                    && term.areas.is_empty()
                    && term.topics.is_empty()
                    && term.kinds.is_empty()
            })
    }

    /// The stems that what is found may have, to mark them there.
    pub(super) fn stems(&self) -> BTreeSet<String> {
        let words = self.terms.iter().flat_map(|term| term.exact.iter().chain(&term.loose));
        words.chain(self.phrases.iter().flatten()).cloned().collect()
    }
}

/// The four questions of `dialect::search::found`: what has to be so, and what gives 4, 2 and 1 points.
pub(super) fn questions(kind: Kind, platform: PlatformId, asked: &Asked, narrowed: &Narrowed) -> [String; 4] {
    let all = asked.terms.len();
    let levels = if asked.some {
        // Without what is made with the words where there are many ways to leave one out.
        let most = all.saturating_sub(1).max(1);
        [
            (Level::new(false, true), 1),
            (Level::new(false, true), all),
            (Level::new(false, false), most),
            (Level::new(true, false), all),
        ]
    } else {
        [
            (Level::new(false, true), all),
            (Level::new(true, false), all),
            (Level::new(false, false), all),
            (Level::new(true, true), all),
        ]
    };
    levels.map(|(level, need)| {
        let mut parts = vec![scope_part(kind, &scope(platform, narrowed))];
        parts.extend(asked.phrases.iter().map(|phrase| phrase_part(kind, phrase)));
        let terms: Vec<String> = asked.terms.iter().map(|term| term_part(kind, term, level)).collect();
        if !terms.is_empty() {
            parts.push(of_them(kind, &terms, need));
        }
        parts.join(and(kind))
    })
}

/// The question to comments: all of the words, or what is made with them. What is only called so is not asked.
pub(super) fn question(kind: Kind, platform: PlatformId, asked: &Asked) -> String {
    let mut parts = vec![scope_part(kind, &[platform_word(platform)])];
    parts.extend(asked.phrases.iter().map(|phrase| phrase_part(kind, phrase)));
    let level = Level::new(false, true);
    let bare = |term: &Term| Term { exact: term.exact.clone(), loose: term.loose.clone(), ..Term::default() };
    parts.extend(asked.terms.iter().map(|term| term_part(kind, &bare(term), level)));
    parts.join(and(kind))
}

#[derive(Clone, Copy)]
struct Level {
    in_title: bool,
    loosely: bool,
}

impl Level {
    const fn new(in_title: bool, loosely: bool) -> Self {
        Self { in_title, loosely }
    }
}

const fn and(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => " AND ",
        Kind::Postgres => " & ",
    }
}

const fn or(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => " OR ",
        Kind::Postgres => " | ",
    }
}

/// At least so many of the terms: all of them, all but one, or one.
fn of_them(kind: Kind, terms: &[String], need: usize) -> String {
    if need >= terms.len() {
        return format!("({})", terms.join(and(kind)));
    }
    if need == 1 {
        return format!("({})", terms.join(or(kind)));
    }
    let choices: Vec<String> = (0..terms.len())
        .map(|out| {
            let rest: Vec<&str> =
                terms.iter().enumerate().filter(|(n, _)| *n != out).map(|(_, term)| term.as_str()).collect();
            format!("({})", rest.join(and(kind)))
        })
        .collect();
    format!("({})", choices.join(or(kind)))
}

fn quoted(kind: Kind, word: &str) -> String {
    match kind {
        Kind::Sqlite => format!("\"{}\"", word.replace('"', "\"\"")),
        Kind::Postgres => lexeme(word),
    }
}

/// A word in a text that becomes a `tsvector` or a `tsquery`.
pub(super) fn lexeme(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

/// A stem of a title, for `PostgreSQL`: a word of its own, which its index knows and its statistics count, as they do
/// not for the weight of a word. No stem has a colon.
pub(super) fn in_title(stem: &str) -> String {
    format!("{stem}:t")
}

fn term_part(kind: Kind, term: &Term, level: Level) -> String {
    let loose: &[String] = if level.loosely { &term.loose } else { &[] };
    let marked = kind == Kind::Postgres && level.in_title;
    let word = |word: &String| quoted(kind, &if marked { in_title(word) } else { word.clone() });
    let words: Vec<String> = term.exact.iter().chain(loose).map(word).collect();
    let mut choices = Vec::new();
    if !words.is_empty() {
        choices.push(match kind {
            Kind::Sqlite => {
                let columns = if level.in_title { "title" } else { "{title body}" };
                format!("({columns} : ({}))", words.join(" OR "))
            }
            Kind::Postgres => {
                format!("({})", words.join(" | "))
            }
        });
    }
    if level.loosely && !level.in_title {
        let names = term.areas.iter().map(|id| area_word(*id));
        let names = names.chain(term.topics.iter().map(|id| topic_word(*id)));
        let names = names.chain(term.kinds.iter().map(|kind| kind_word(*kind)));
        choices.extend(names.map(|name| scope_part(kind, &[name])));
    }
    if choices.is_empty() {
        // Nothing is called so.
        choices.push(scope_part(kind, &["none".to_owned()]));
    }
    format!("({})", choices.join(or(kind)))
}

fn phrase_part(kind: Kind, phrase: &[String]) -> String {
    match kind {
        Kind::Sqlite => format!("({{title body}} : \"{}\")", phrase.join(" ").replace('"', "\"\"")),
        Kind::Postgres => {
            let words: Vec<String> = phrase.iter().map(|word| lexeme(word)).collect();
            format!("({})", words.join(" <-> "))
        }
    }
}

fn scope_part(kind: Kind, names: &[String]) -> String {
    match kind {
        Kind::Sqlite => {
            let names: Vec<String> = names.iter().map(|name| format!("(scope : \"{name}\")")).collect();
            names.join(" AND ")
        }
        Kind::Postgres => {
            let names: Vec<String> = names.iter().map(|name| format!("'{name}:'")).collect();
            names.join(" & ")
        }
    }
}

/// The words of the scope that all of what is found has.
fn scope(platform: PlatformId, narrowed: &Narrowed) -> Vec<String> {
    let mut names = vec![platform_word(platform)];
    names.extend(narrowed.kind.map(kind_word));
    names.extend(narrowed.topic.map(topic_word));
    names.extend(narrowed.area.map(area_word));
    names
}

pub(super) fn platform_word(platform: PlatformId) -> String {
    format!("p{}", platform.0.simple())
}

pub(super) fn area_word(area: AreaId) -> String {
    format!("a{}", area.0.simple())
}

pub(super) fn topic_word(topic: TopicId) -> String {
    format!("t{}", topic.0.simple())
}

pub(super) fn kind_word(kind: FoundKind) -> String {
    format!("k{}", kind.key().replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &[&str], some: bool) -> Asked {
        let term = |word: &&str| Term { exact: vec![(*word).to_owned()], ..Term::default() };
        Asked { terms: words.iter().map(term).collect(), phrases: vec![], some }
    }

    #[test]
    fn a_question_is_bound_to_its_platform_in_every_part() {
        let platform = PlatformId(uuid::Uuid::max());
        for kind in [Kind::Sqlite, Kind::Postgres] {
            for some in [false, true] {
                for text in questions(kind, platform, &asked(&["a", "b", "c"], some), &Narrowed::default()) {
                    let first = text.split(and(kind)).next().expect("a first part");
                    assert!(first.contains(&platform_word(platform)), "{text}");
                    assert_eq!(text.matches('(').count(), text.matches(')').count(), "{text}");
                }
            }
        }
    }

    #[test]
    fn quotation_marks_cannot_end_a_word() {
        assert_eq!(quoted(Kind::Sqlite, "a\"b"), "\"a\"\"b\"");
        assert_eq!(quoted(Kind::Postgres, "a'b\\"), "'a''b\\\\'");
    }

    #[test]
    fn all_but_one_of_three_are_three_pairs() {
        let terms: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(of_them(Kind::Postgres, &terms, 2), "((b & c) | (a & c) | (a & b))");
        assert_eq!(of_them(Kind::Postgres, &terms, 1), "(a | b | c)");
        assert_eq!(of_them(Kind::Postgres, &terms, 3), "(a & b & c)");
    }
}
