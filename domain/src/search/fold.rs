//! Words as they are compared: small letters without accents, so that "cafe" finds "Café".

/// Longer words are cut: nobody searches for more, and an index must not grow with nonsense.
pub const LONGEST_WORD: usize = 48;

/// A word of a text, with where it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// In bytes of the text it came from.
    pub start: usize,
    pub end: usize,
    pub folded: String,
}

/// Letters that are written with an accent or as one sign, as they are typed without.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// Accents that stand as signs of their own after their letter.
const fn is_accent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02BC}' | '`' | '\u{00B4}')
}

fn push_folded(c: char, out: &mut String) {
    for small in c.to_lowercase() {
        match plain(small) {
            Some(text) => out.push_str(text),
            None if small.is_alphanumeric() && !is_accent(small) => out.push(small),
            None => {}
        }
    }
}

/// A text in small letters and without accents; what is neither letter nor digit is gone.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_folded(c, &mut out));
    out
}

/// The words of a text, in its order. "Foto's" is the word "foto", "auto'tje" is "autotje", and
/// "repair-café" is two words (see [`joined_words`]).
pub fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut folded = String::new();
        push_folded(c, &mut folded);
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let after = at + next.len_utf8();
            let goes_on = next.is_alphanumeric() || is_accent(next);
            if !(goes_on || is_apostrophe(next) && starts_with_letter(text, after)) {
                break;
            }
            chars.next();
            if goes_on {
                push_folded(next, &mut folded);
            } else if is_plural_s(text, after) {
                // It belongs to the word, but says nothing.
                chars.next();
                end = after + 1;
                break;
            }
            end = after;
        }
        if folded.chars().count() > LONGEST_WORD {
            folded = folded.chars().take(LONGEST_WORD).collect();
        }
        if !folded.is_empty() {
            found.push(Word { start, end, folded });
        }
    }
    found
}

fn starts_with_letter(text: &str, at: usize) -> bool {
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// The "s" of "foto's": the last letter of its word.
fn is_plural_s(text: &str, at: usize) -> bool {
    let mut rest = text.get(at..).unwrap_or_default().chars();
    matches!(rest.next(), Some('s' | 'S'))
        && !rest.next().is_some_and(|c| c.is_alphanumeric() || is_accent(c) || is_apostrophe(c))
}

/// Words with a hyphen between them, as one: "repair-café" as "repaircafe". People write them either way.
pub fn joined_words(text: &str) -> Vec<String> {
    let words = words(text);
    let hyphen = |a: &Word, b: &Word| matches!(text.get(a.end..b.start), Some("-" | "\u{2010}" | "\u{2011}"));
    words
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] if hyphen(a, b) => Some(format!("{}{}", a.folded, b.folded)),
            _ => None,
        })
        .filter(|word| word.chars().count() <= LONGEST_WORD)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn accents_ligatures_and_capitals_make_no_difference() {
        assert_eq!(
            folded("CAFÉ cafe\u{301} Ĳssel ĳs ﬁets Straße Ørsted œuvre"),
            ["cafe", "cafe", "ijssel", "ijs", "fiets", "strasse", "orsted", "oeuvre"]
        );
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn apostrophes_belong_to_their_word_and_the_s_after_one_goes() {
        assert_eq!(
            folded("foto's Jan’s auto'tje 's avonds d'r hond'"),
            ["foto", "jan", "autotje", "s", "avonds", "dr", "hond"]
        );
    }

    #[test]
    fn hyphens_part_words_that_are_also_found_as_one() {
        assert_eq!(folded("repair-café, A-B"), ["repair", "cafe", "a", "b"]);
        assert_eq!(joined_words("repair-café om 10 - 12 uur"), ["repaircafe"]);
    }

    #[test]
    fn other_scripts_are_words_too() {
        assert_eq!(folded("Ласкаво просимо! مرحبا"), ["ласкаво", "просимо", "مرحبا"]);
    }

    proptest! {
        #[test]
        fn words_are_letters_and_digits_and_stand_where_they_say(text in "\\PC*|[a-z'\u{301}é\\- ]*") {
            let mut last = 0;
            for word in words(&text) {
                prop_assert!(word.start >= last && word.end > word.start);
                prop_assert!(text.get(word.start..word.end).is_some());
                prop_assert!(word.folded.chars().all(char::is_alphanumeric), "{:?}", word);
                prop_assert!(word.folded.chars().count() <= LONGEST_WORD);
                last = word.end;
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
