//! Cleaning what people type, without changing what they mean.

/// Characters that can hide or turn text around, and control characters (TRUST 9).
///
/// The fillers of Hangul are letters to Unicode and nothing to the eye: a name made of them is
/// an empty one. The joiners U+200C and U+200D stay, because Persian and emoji need them.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
        | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        || (c.is_control() && c != '\n' && c != '\t')
        // What Unicode gives no meaning and XML does not allow.
        || u32::from(c) & 0xFFFE == 0xFFFE
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

/// The text without hidden characters, for what came about after cleaning (entities in Markdown).
pub fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().any(is_hidden) {
        text.chars().filter(|c| !is_hidden(*c)).collect::<String>().into()
    } else {
        text.into()
    }
}

/// Whether there is anything to see: white space, joiners, variation selectors and the empty
/// braille cell are nothing by themselves.
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !c.is_whitespace()
            && !is_hidden(c)
            && !matches!(c,
                '\u{200C}' | '\u{200D}' | '\u{2800}' | '\u{FE00}'..='\u{FE0F}'
                | '\u{E0100}'..='\u{E01EF}')
    })
}

/// One line: hidden characters gone, white space folded, ends trimmed.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text
        .split(|c: char| c.is_whitespace())
        .map(|word| word.chars().filter(|c| !is_hidden(*c)).collect::<String>())
        .filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

/// Several lines: hidden characters gone, line ends as `\n`, trailing space gone, at most
/// two empty lines in a row.
pub fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.split('\n') {
        let line: String = line.chars().filter(|c| !is_hidden(*c)).collect();
        let line = line.trim_end();
        if line.is_empty() {
            empty += 1;
            if empty > 2 {
                continue;
            }
        } else {
            empty = 0;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.trim_matches('\n').to_owned()
}

/// Length in characters.
pub fn length(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// One or two letters to show where there is no photograph: "Fatma Aydin" gives "FA".
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_that_runs_backwards_is_straightened() {
        assert_eq!(line(" Jan\u{202E}\u{0000}  de\tWit\n"), "Jan de Wit");
        assert_eq!(lines("a\r\nb  \n\n\n\n\nc\n"), "a\nb\n\n\nc");
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Fatma Aydin"), "FA");
        assert_eq!(initials("Jan de Wit"), "JW");
        assert_eq!(initials("ölaf"), "Ö");
        assert_eq!(initials("  "), "");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC*|[ \\n\\t\u{202E}a-z]*") {
            prop_assert_eq!(line(&line(&text)), line(&text));
            prop_assert_eq!(lines(&lines(&text)), lines(&text));
        }
    }
}
