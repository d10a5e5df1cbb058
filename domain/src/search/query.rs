//! What somebody typed, as words and phrases.

use super::fold::words;
use crate::text;

/// Characters of a question; the rest is left out.
pub const LONGEST_QUERY: usize = 200;
/// Words of a question, those in phrases included; the rest is left out.
pub const MOST_WORDS: usize = 12;

/// Words that nearly every text has: they find everything, and so nothing. Sorted.
const STOP_WORDS: [&str; 121] = [
    "aan", "al", "alle", "alles", "als", "altijd", "andere", "ben", "bij", "daar", "dan", "dat", "de", "der",
    "deze", "die", "dit", "doch", "doen", "door", "dus", "een", "eens", "en", "er", "ergens", "ga", "gaan",
    "gaat", "geen", "geweest", "had", "heb", "hebben", "hebt", "heeft", "hem", "het", "hier", "hij", "hoe",
    "hoeveel", "hun", "iemand", "iets", "ik", "in", "is", "ja", "je", "jij", "jou", "jouw", "jullie", "kan",
    "komen", "komt", "kon", "kun", "kunnen", "kunt", "laten", "maar", "mag", "me", "meer", "men", "met",
    "mij", "mijn", "moet", "moeten", "na", "naar", "niet", "niets", "nog", "nu", "of", "om", "omdat", "ons",
    "onze", "ook", "op", "over", "reeds", "s", "t", "te", "tegen", "toch", "toen", "tot", "u", "uit", "uw",
    "van", "veel", "voor", "waar", "waarom", "wanneer", "was", "wat", "we", "wel", "welke", "wie", "wij",
    "wil", "word", "worden", "wordt", "zal", "ze", "zich", "zij", "zijn", "zo", "zonder",
];

/// Whether a folded word says nothing by itself.
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// A question made safe: folded words and phrases, and not too many of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// As it was typed, cleaned and cut.
    pub typed: String,
    /// Each once, without stop words unless there is nothing else.
    pub words: Vec<String>,
    /// What stood between quotation marks: these words, one after the other.
    pub phrases: Vec<Vec<String>>,
}

impl Sought {
    /// Reads what was typed. Never fails: what makes no sense is left out.
    pub fn read(typed: &str) -> Self {
        let typed: String = text::line(typed).chars().take(LONGEST_QUERY).collect();
        let typed = typed.trim().to_owned();
        let mut left = MOST_WORDS;
        let (mut loose, mut phrases) = (Vec::new(), Vec::new());
        for (quoted, part) in parts(&typed) {
            let found: Vec<String> = words(part).into_iter().map(|word| word.folded).take(left).collect();
            left -= found.len();
            if quoted && found.len() > 1 {
                phrases.push(found);
            } else {
                for word in found {
                    if !loose.contains(&word) {
                        loose.push(word);
                    }
                }
            }
        }
        if !phrases.is_empty() || loose.iter().any(|word| !is_stop_word(word)) {
            loose.retain(|word| !is_stop_word(word));
        }
        Self { typed, words: loose, phrases }
    }

    /// Nothing was typed that could be found.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{AB}' | '\u{BB}')
}

/// The text in parts, each with whether it stands between quotation marks. One that is not closed is none.
fn parts(text: &str) -> Vec<(bool, &str)> {
    let pieces: Vec<&str> = text.split(is_quote).collect();
    let last = pieces.len() - 1;
    pieces.into_iter().enumerate().map(|(index, piece)| (index % 2 == 1 && index < last, piece)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn a_question_is_its_words_that_say_something() {
        assert_eq!(Sought::read("Waar is het Repair-Café?").words, ["repair", "cafe"]);
        assert_eq!(Sought::read("  wie IS er ").words, ["wie", "is", "er"]);
        assert!(Sought::read("?! -- \u{202E}").is_empty());
    }

    #[test]
    fn quotation_marks_hold_words_together() {
        let sought = Sought::read("“de linde” koffie \"soep");
        assert_eq!(sought.phrases, [["de", "linde"]]);
        assert_eq!(sought.words, ["koffie", "soep"]);
        assert_eq!(Sought::read("\"koffie\"").words, ["koffie"]);
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_bounded_and_has_no_syntax(typed in "\\PC*|[a-z\"*(){}:^+\\-']*( [a-z\"ANDORTNEAR]*)*") {
            let sought = Sought::read(&typed);
            let all: Vec<&String> = sought.words.iter().chain(sought.phrases.iter().flatten()).collect();
            prop_assert!(all.len() <= MOST_WORDS);
            prop_assert!(sought.typed.chars().count() <= LONGEST_QUERY);
            for word in all {
                prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric));
                prop_assert_eq!(&super::super::fold(word), word);
            }
        }
    }
}
