//! Posts put together from parts: enough variety for ten years of a neighbourhood.

use std::collections::BTreeMap;

use domain::clock::Timestamp;
use domain::posts::PostKind;

use crate::calendar;
use crate::content::{Scheme, Words};
use crate::random::{Deck, Seeded};

/// Shorter texts get another sentence.
const SHORTEST: usize = 110;

/// Where a post is about, in words.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// "in Lindenhoek"
    pub place: &'a str,
    /// "buurthuis De Linde"
    pub venue: &'a str,
    pub at: Timestamp,
}

/// What came out.
#[derive(Debug)]
pub struct Composed<'a> {
    pub kind: PostKind,
    pub topic: &'a str,
    pub scene: &'a str,
    pub scene_alt: &'a str,
    pub title: String,
    pub body: String,
}

#[derive(Debug, Default)]
struct Decks {
    starts: Deck,
    alts: Deck,
    /// For each start: its titles, what follows it, how it ends.
    parts: BTreeMap<usize, [Deck; 3]>,
    words: BTreeMap<String, Deck>,
}

/// Makes posts, and remembers what was used, so that nothing returns before all else has been.
#[derive(Debug)]
pub struct Composer<'a> {
    schemes: &'a [Scheme],
    words: &'a Words,
    weights: Vec<usize>,
    decks: Vec<Decks>,
    order: Deck,
    /// Every scheme in turn instead of the frequent ones often: for small sites.
    evenly: bool,
    recent: Vec<usize>,
}

impl<'a> Composer<'a> {
    /// `topics` in the order of how much is written about them.
    pub fn new(schemes: &'a [Scheme], words: &'a Words, topics: &[String], evenly: bool) -> Self {
        let weights = schemes
            .iter()
            .map(|scheme| {
                let rank = topics.iter().position(|slug| *slug == scheme.topic);
                let base = match scheme.kind {
                    PostKind::News => 120,
                    PostKind::Story | PostKind::Initiative => 70,
                    PostKind::PhotoAlbum | PostKind::ExperienceStory => 45,
                    PostKind::Announcement => 60,
                    PostKind::Memorial => 12,
                };
                base / (rank.unwrap_or(topics.len()) + 2)
            })
            .collect();
        Self {
            schemes,
            words,
            weights,
            decks: schemes.iter().map(|_| Decks::default()).collect(),
            order: Deck::default(),
            evenly,
            recent: Vec::new(),
        }
    }

    /// Which sort of post comes next at this time of the year.
    pub fn next_scheme(&mut self, at: Timestamp, random: &Seeded) -> usize {
        let month = calendar::month(at);
        // There is always a scheme for the season; the limit only guards against an empty list.
        for _ in 0..200 {
            let index = if self.evenly {
                self.order.draw(self.schemes.len(), random)
            } else {
                random.weighted(&self.weights)
            };
            let fits = self.schemes.get(index).is_some_and(|scheme| {
                // A small site has pictures for its written albums only, and an album without is none.
                let pictured = !self.evenly || scheme.kind != PostKind::PhotoAlbum;
                pictured && (scheme.months.is_empty() || scheme.months.contains(&month))
            });
            if fits && !self.recent.contains(&index) {
                self.recent.push(index);
                if self.recent.len() > 4 {
                    self.recent.remove(0);
                }
                return index;
            }
        }
        0
    }

    pub fn kind(&self, scheme: usize) -> PostKind {
        self.schemes[scheme].kind
    }

    /// A post of this scheme.
    pub fn compose(&mut self, index: usize, setting: Setting<'_>, random: &Seeded) -> Composed<'a> {
        let schemes = self.schemes;
        let scheme = &schemes[index];
        let decks = &mut self.decks[index];
        let card = decks.starts.draw(scheme.starts.len(), random);
        let start = &scheme.starts[card];
        let (mids, closes) = scheme.rest(start);
        let [title_deck, mid_deck, close_deck] = decks.parts.entry(card).or_default();
        let mut slots = Slots {
            words: self.words,
            scheme,
            setting,
            random,
            decks: &mut decks.words,
            filled: BTreeMap::new(),
        };
        let title = slots.fill(draw(title_deck, &start.titles, random));
        let open = slots.fill(&start.open);
        let middle: Vec<String> = middle(mids, mid_deck, open.chars().count(), random)
            .into_iter()
            .map(|sentence| slots.fill(sentence))
            .collect();
        let mut ending = Vec::new();
        let practical = matches!(scheme.kind, PostKind::News | PostKind::Initiative);
        if practical && random.chance(15) {
            ending.push(slots.fill(&self.words.asides[random.below(self.words.asides.len())]));
        }
        if random.chance(85) {
            ending.push(slots.fill(draw(close_deck, closes, random)));
        }
        let as_list = practical && random.chance(20);
        let body = paragraphs(open, middle, ending, as_list);
        let scene = scheme.scene.as_deref().filter(|_| random.chance(70));
        let alt = draw(&mut decks.alts, &scheme.alts, random);
        Composed {
            kind: scheme.kind,
            topic: &scheme.topic,
            scene: scene.unwrap_or_default(),
            scene_alt: if scene.is_some() { alt } else { "" },
            title,
            body,
        }
    }
}

/// Some sentences for in between, each once; enough of them to make more than a cry.
fn middle<'a>(from: &'a [String], deck: &mut Deck, opening: usize, random: &Seeded) -> Vec<&'a str> {
    let wanted = [0, 1, 1, 2, 2, 2, 3, 3, 4, 6][random.below(10)].min(from.len());
    let mut length = opening;
    let mut cards: Vec<usize> = Vec::new();
    while cards.len() < wanted || (length < SHORTEST && cards.len() < from.len()) {
        let card = deck.draw(from.len(), random);
        if !cards.contains(&card) {
            cards.push(card);
            length += from[card].chars().count();
        }
    }
    cards.into_iter().map(|card| from[card].as_str()).collect()
}

/// Two sentences to a paragraph; or the middle as a list, when it is long enough for one.
fn paragraphs(open: String, middle: Vec<String>, ending: Vec<String>, as_list: bool) -> String {
    let bold = middle.iter().any(|sentence| sentence.starts_with("**"));
    let as_list = as_list && middle.len() > 2 && !bold;
    let mut parts = vec![open];
    if as_list {
        let items: Vec<String> = middle.iter().map(|line| format!("- {line}")).collect();
        parts.push(items.join("\n"));
    } else {
        parts.extend(middle);
    }
    parts.extend(ending);
    let mut body = String::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            let new = (as_list && place < 3) || place % 2 == 0 || part.starts_with("**");
            body.push_str(if new { "\n\n" } else { " " });
        }
        body.push_str(part);
    }
    body
}

fn draw<'a>(deck: &mut Deck, from: &'a [String], random: &Seeded) -> &'a str {
    from.get(deck.draw(from.len(), random)).map_or("", String::as_str)
}

/// Fills `{…}` in; the same slot keeps its word within one post.
struct Slots<'a> {
    words: &'a Words,
    scheme: &'a Scheme,
    setting: Setting<'a>,
    random: &'a Seeded,
    decks: &'a mut BTreeMap<String, Deck>,
    filled: BTreeMap<String, String>,
}

impl Slots<'_> {
    fn fill(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 2);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if !self.filled.contains_key(name) {
                let word = self.word(name);
                self.filled.insert(name.to_owned(), word);
            }
            out.push_str(&self.filled[name]);
            rest = after;
        }
        out.push_str(rest);
        capitals(&out)
    }

    fn word(&mut self, name: &str) -> String {
        let random = self.random;
        let any = |from: &[String]| from.get(random.below(from.len())).cloned();
        if let Some(own) = self.scheme.words.get(name) {
            let deck = self.decks.entry(name.to_owned()).or_default();
            return draw(deck, own, random).to_owned();
        }
        match name {
            "waar" => Some(self.setting.place.to_owned()),
            "locatie" => Some(self.setting.venue.to_owned()),
            "naam" | "naam2" => any(&self.words.first),
            "tijd" => any(&self.words.times),
            "n" => any(&self.words.numbers),
            "oud" => Some((66 + random.below(24)).to_string()),
            "n2" => Some((12 + random.below(80)).to_string()),
            "cijfer" => Some((3 + random.below(6)).to_string()),
            weekday => calendar::coming(weekday, self.setting.at),
        }
        .unwrap_or_default()
    }
}

/// A capital at the beginning of each sentence.
pub fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut begins = true;
    let mut ended = true;
    for c in text.chars() {
        if begins && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            begins = false;
        } else {
            out.push(c);
            if c.is_alphanumeric() {
                begins = false;
            } else if c == ' ' && ended {
                begins = true;
            }
        }
        ended = matches!(c, '.' | '!' | '?');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_a_capital_and_a_time_does_not() {
        assert_eq!(capitals("in de wijk. om 10.00 uur! ja"), "In de wijk. Om 10.00 uur! Ja");
        assert_eq!(capitals("’s avonds 3. x"), "’S avonds 3. X");
    }

    #[test]
    fn every_slot_of_every_scheme_is_known() -> Result<(), crate::Error> {
        let words = crate::content::words()?;
        for scheme in crate::content::schemes()? {
            let random = Seeded::new(1);
            let mut slots = Slots {
                words: &words,
                scheme: &scheme,
                setting: Setting { place: "in de wijk", venue: "de zaal", at: Timestamp(1_773_306_000_000) },
                random: &random,
                decks: &mut BTreeMap::new(),
                filled: BTreeMap::new(),
            };
            for start in &scheme.starts {
                let (mid, close) = scheme.rest(start);
                slots.fill(&start.open);
                for text in start.titles.iter().chain(mid).chain(close) {
                    slots.fill(text);
                }
            }
            let empty: Vec<_> = slots.filled.iter().filter(|(_, word)| word.is_empty()).collect();
            assert!(empty.is_empty(), "{:?}: {empty:?}", scheme.starts);
        }
        Ok(())
    }
}
