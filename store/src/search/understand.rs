//! From what somebody typed to what is sought: words made with theirs, words that they may have misspelt, and names of
//! areas, topics and kinds.

use std::collections::BTreeSet;

use domain::clock::Timestamp;
use domain::id::{AreaId, TopicId};
use domain::search::near::errors_in;
use domain::search::query::is_stop_word;
use domain::search::{FoundKind, Sought, distance, stem, stems, words};

use super::{Asked, CommentsWish, Found, FoundComment, Kin, Known, Narrowed, Term};
use crate::error::Result;
use crate::tenant::Tenant;

/// Comments that are shown where posts and activities were looked for and not found.
const INSTEAD: i64 = 5;
/// Shorter words do not begin or end others, and are not misspelt.
const SHORTEST: usize = 4;
/// The same for the word that is being typed.
const SHORTEST_BEGUN: usize = 2;
/// What comes before "fiets" in "bakfiets" has at least this many letters.
const SHORTEST_FIRST_PART: usize = 3;
/// Words that one of a question may stand for besides itself.
const MOST_LOOSE: usize = 40;
/// Words that a misspelt one may have meant, when they are equally near.
const MOST_MEANT: usize = 4;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Area(AreaId),
    Topic(TopicId),
    Kind(FoundKind),
}

/// A word that was read as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    pub typed: String,
    pub meant: String,
}

/// A question as it is understood.
struct Understood {
    asked: Asked,
    /// The same for comments, which have words that no post has: every word as it was typed or as it may be meant.
    said: Asked,
    meant: Vec<Meant>,
}

/// Comments that a search found, and how it read the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentsOutcome {
    /// The newest first.
    pub found: Vec<FoundComment>,
    pub meant: Vec<Meant>,
    pub marked: BTreeSet<String>,
}

/// What a search found, and how it read the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The best first; [`super::MOST_FOUND`] at most.
    pub found: Vec<Found>,
    /// Where nothing has all of the words: comments that do, the newest first.
    pub comments: Vec<FoundComment>,
    /// Words that no text has, and as what they were read.
    pub meant: Vec<Meant>,
    /// Nothing has all of the words: this has some.
    pub partly: bool,
    /// Stems of what to mark in what was found.
    pub marked: BTreeSet<String>,
    /// The same in comments.
    pub marked_in_comments: BTreeSet<String>,
}

impl Tenant {
    /// Searches as a reader means it: see [`Outcome`]. `begun`: the last word may be half a word, and comments are not
    /// looked at. What is over at `now` comes after what is not.
    pub async fn search(
        &self,
        sought: &Sought,
        names: &[(Named, &str)],
        narrowed: &Narrowed,
        begun: bool,
        now: Timestamp,
    ) -> Result<Outcome> {
        if sought.is_empty() {
            return Ok(Outcome::default());
        }
        let Understood { mut asked, said, mut meant } = self.understand(sought, names, begun).await?;
        let mut found = Vec::new();
        if !asked.some {
            found = self.find(&asked, narrowed, now).await?;
        }
        let is_phrase = !asked.phrases.is_empty();
        let (mut partly, mut looked) = (false, None);
        if found.is_empty() && (asked.some || is_phrase || asked.terms.len() > 1) {
            for stems in std::mem::take(&mut asked.phrases) {
                asked.terms.extend(stems.into_iter().filter(|stem| !is_stop_word(stem)).map(term_of_stem));
            }
            asked.some = true;
            if begun {
                found = self.find(&asked, narrowed, now).await?;
            } else {
                // Mostly what has some of the words is not enough: what was said is looked at together with it.
                let (some, comments) =
                    self.find_with_comments((&asked, &said), narrowed, INSTEAD, now).await?;
                (found, looked) = (some, Some(comments));
            }
            let all = found.iter().any(Found::has_all);
            if all {
                found.retain(Found::has_all);
            }
            partly = !found.is_empty() && (is_phrase || !all);
        }
        if found.is_empty() {
            meant.clear();
        }
        let comments = match looked {
            _ if begun || !(found.is_empty() || partly) => Vec::new(),
            Some(comments) => comments,
            None => self.find_comments(&said, narrowed, CommentsWish { before: None, most: INSTEAD }).await?,
        };
        let marked = asked.stems();
        Ok(Outcome { found, comments, meant, partly, marked, marked_in_comments: said.stems() })
    }

    /// Comments that have all of the words, as they were typed or as they may have been meant.
    pub async fn search_comments(
        &self,
        sought: &Sought,
        narrowed: &Narrowed,
        wish: CommentsWish,
    ) -> Result<CommentsOutcome> {
        if sought.is_empty() {
            return Ok(CommentsOutcome::default());
        }
        // What something is called stands in posts only.
        let Understood { said, mut meant, .. } = self.understand(sought, &[], false).await?;
        let found = self.find_comments(&said, narrowed, wish).await?;
        meant.retain(|word| {
            !found.iter().any(|comment| says(&comment.body, &word.typed)) && !found.is_empty()
        });
        Ok(CommentsOutcome { found, meant, marked: said.stems() })
    }

    async fn understand(&self, sought: &Sought, names: &[(Named, &str)], begun: bool) -> Result<Understood> {
        let typed = &sought.words;
        let half = typed.len().checked_sub(1).filter(|_| begun);
        let numbered = || typed.iter().enumerate().map(|(of, word)| (of, word, word.chars().count()));
        let heads: Vec<(usize, String)> = numbered()
            .filter(|(of, _, length)| *length >= if half == Some(*of) { SHORTEST_BEGUN } else { SHORTEST })
            .map(|(of, word, _)| (of, word.clone()))
            .collect();
        let tails: Vec<(usize, String)> = numbered()
            .flat_map(|(of, word, _)| stems(word).into_iter().map(move |stem| (of, stem)))
            .filter(|(_, stem)| stem.chars().count() >= SHORTEST)
            .collect();
        let kin = if heads.is_empty() && tails.is_empty() {
            Vec::new()
        } else {
            self.search_kin(&heads, &tails).await?
        };
        let mut terms: Vec<Term> = numbered()
            .map(|(of, word, _)| term(word, kin.iter().filter(|kin| kin.of == of), names, half == Some(of)))
            .collect();
        let unknown: Vec<usize> = numbered()
            .filter(|(of, word, length)| *length >= SHORTEST && is_unknown(*of, word, &kin, &terms[*of]))
            .map(|(of, ..)| of)
            .collect();
        let phrases = sought.phrases.iter().map(|phrase| phrase.iter().map(|word| stem(word)).collect());
        let phrases: Vec<Vec<String>> = phrases.collect();
        let mut said = Asked { terms: terms.clone(), phrases: phrases.clone(), some: false };
        let mut meant = Vec::new();
        // What has all of the words and what has some is asked at once then.
        let is_guessed = !unknown.is_empty();
        if is_guessed {
            let misspelt: Vec<String> = unknown.iter().map(|of| typed[*of].clone()).collect();
            let exactly: Vec<String> = misspelt.iter().flat_map(|word| variants(word)).collect();
            let known = self.search_alike(&misspelt, &exactly).await?;
            let mut parts = Vec::new();
            for of in unknown {
                meant.extend(correct(&typed[of], &mut terms[of], &known, names, &mut parts));
            }
            for (said, meant) in said.terms.iter_mut().zip(&terms) {
                said.loose.extend(meant.exact.iter().filter(|stem| !said.exact.contains(stem)).cloned());
            }
            terms.extend(parts);
        }
        Ok(Understood { asked: Asked { terms, phrases, some: is_guessed }, said, meant })
    }
}

/// Whether a text has the word itself, in whatever form.
fn says(text: &str, word: &str) -> bool {
    let sought = stems(word);
    words(text).iter().any(|word| stems(&word.folded).iter().any(|stem| sought.contains(stem)))
}

fn term_of_stem(stem: String) -> Term {
    Term { exact: vec![stem], ..Term::default() }
}

fn term<'a>(word: &str, kin: impl Iterator<Item = &'a Kin>, names: &[(Named, &str)], half: bool) -> Term {
    let mut term = Term { exact: stems(word), ..Term::default() };
    let mut kin: Vec<&Kin> = kin.filter(|kin| is_made_with(kin, word, &term.exact)).collect();
    kin.sort_by_key(|kin| kin.word.len());
    for kin in kin {
        if term.loose.len() < MOST_LOOSE && !term.exact.contains(&kin.stem) && !term.loose.contains(&kin.stem)
        {
            term.loose.push(kin.stem.clone());
        }
    }
    if half {
        term.exact.append(&mut term.loose);
    }
    for (named, name) in names {
        if words(name).iter().any(|part| {
            is_name(&part.folded, |part| stems(part).iter().any(|stem| term.exact.contains(stem)))
        }) {
            call(&mut term, *named);
        }
    }
    term
}

/// "fietspad" begins with "fiets", and "bakfiets" ends with it.
fn is_made_with(kin: &Kin, word: &str, stems: &[String]) -> bool {
    kin.word.starts_with(word)
        || stems.iter().any(|stem| {
            kin.stem
                .strip_suffix(stem.as_str())
                .is_some_and(|first| first.chars().count() >= SHORTEST_FIRST_PART)
        })
}

/// Whether a part of a name is meant: small words ("de") are not.
fn is_name(part: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    part.chars().count() > 2 && !is_stop_word(part) && is_meant(part)
}

fn call(term: &mut Term, named: Named) {
    match named {
        Named::Area(id) => term.areas.push(id),
        Named::Topic(id) => term.topics.push(id),
        Named::Kind(kind) => term.kinds.push(kind),
    }
}

/// No text has the word, one that begins or ends with it, or its name.
fn is_unknown(of: usize, word: &str, kin: &[Kin], term: &Term) -> bool {
    let is_called = !(term.areas.is_empty() && term.topics.is_empty() && term.kinds.is_empty());
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let is_known = |kin: &&Kin| {
        kin.of == of
            && (is_made_with(kin, word, &term.exact)
                || stems(&kin.word).iter().any(|stem| term.exact.contains(stem)))
    };
    !is_called && !is_number && !kin.iter().any(|kin| is_known(&kin))
}

/// What a word would be with two letters turned round, and the parts that it could be made of.
fn variants(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut found: Vec<String> = (1..letters.len())
        .map(|place| {
            let mut turned = letters.clone();
            turned.swap(place - 1, place);
            turned.into_iter().collect()
        })
        .collect();
    for (first, second) in splits(word) {
        found.extend([first, second]);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The two parts of a word that is made of two, also with an "s" between them.
fn splits(word: &str) -> Vec<(String, String)> {
    let letters: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    for place in SHORTEST..letters.len().saturating_sub(SHORTEST - 1) {
        let first: String = letters[..place].iter().collect();
        let second: String = letters[place..].iter().collect();
        if let Some(bare) = first.strip_suffix('s').filter(|bare| bare.chars().count() >= SHORTEST) {
            found.push((bare.to_owned(), second.clone()));
        }
        found.push((first, second));
    }
    found
}

/// Reads a word that nobody wrote as one that somebody did, or as two.
fn correct(
    typed: &str,
    term: &mut Term,
    known: &[Known],
    names: &[(Named, &str)],
    parts: &mut Vec<Term>,
) -> Option<Meant> {
    let most = errors_in(typed.chars().count());
    let mut near: Vec<(usize, bool, &Known)> = known
        .iter()
        .filter_map(|known| {
            let errors = distance(typed, &known.word, most)
                .into_iter()
                .chain(distance(typed, &known.stem, most))
                .min()?;
            Some((errors, !same_beginning(typed, &known.word), known))
        })
        .collect();
    near.sort_by(|a, b| (a.0, a.1, &a.2.word).cmp(&(b.0, b.1, &b.2.word)));
    let called = names.iter().filter_map(|(named, name)| {
        words(name)
            .into_iter()
            .filter(|part| is_name(&part.folded, |part| part.chars().count() >= SHORTEST))
            .filter_map(|part| Some((distance(typed, &part.folded, most)?, part.folded)))
            .min()
            .map(|(errors, part)| (errors, *named, part))
    });
    let mut called: Vec<(usize, Named, String)> = called.collect();
    called.sort_by_key(|(errors, ..)| *errors);
    let best = near.first().map(|near| near.0).into_iter().chain(called.first().map(|called| called.0)).min();
    let Some(best) = best else { return split(typed, term, known, parts) };
    let first = near.first().map(|near| (near.0, near.1));
    let mut meant = None;
    for (.., known) in
        near.into_iter().filter(|near| near.0 == best && Some((near.0, near.1)) == first).take(MOST_MEANT)
    {
        meant.get_or_insert_with(|| known.word.clone());
        if !term.exact.contains(&known.stem) {
            term.exact.push(known.stem.clone());
        }
    }
    for (_, named, part) in called.into_iter().filter(|called| called.0 == best) {
        meant.get_or_insert(part);
        call(term, named);
    }
    meant.map(|meant| Meant { typed: typed.to_owned(), meant })
}

fn same_beginning(a: &str, b: &str) -> bool {
    a.chars().next() == b.chars().next()
}

fn split(typed: &str, term: &mut Term, known: &[Known], parts: &mut Vec<Term>) -> Option<Meant> {
    let is_known = |word: &str| known.iter().any(|known| known.word == word);
    let (first, second) = splits(typed)
        .into_iter()
        .filter(|(first, second)| is_known(first) && is_known(second))
        .min_by_key(|(first, second)| first.chars().count().abs_diff(second.chars().count()))?;
    let meant = format!("{first} {second}");
    term.exact = stems(&first);
    parts.push(Term { exact: stems(&second), ..Term::default() });
    Some(Meant { typed: typed.to_owned(), meant })
}
