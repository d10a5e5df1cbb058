//! Words that look alike: how typing errors are forgiven.

use std::collections::BTreeSet;

/// As many typing errors as a word of this many letters may have.
pub const fn errors_in(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=6 => 1,
        7..=11 => 2,
        _ => 3,
    }
}

/// The threes of letters in a folded word, with where it begins and ends as a letter of its own: those of "fiets" are
/// "_fi", "fie", "iet", "ets" and "ts_". Each once, in their order.
pub fn trigrams(word: &str) -> Vec<String> {
    let letters: Vec<char> = std::iter::once('_').chain(word.chars()).chain(std::iter::once('_')).collect();
    let found: BTreeSet<String> = letters.windows(3).map(|three| three.iter().collect()).collect();
    found.into_iter().collect()
}

/// The threes under which a word is kept, to be found by who mistypes it. None for a number: another number is of no
/// help.
pub fn spelling(word: &str) -> Vec<String> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) { Vec::new() } else { trigrams(word) }
}

/// How many letters are too many, missing, wrong, or two of them turned round, at most `most`; `None` when more
/// (Damerau and Levenshtein, each part changed once).
pub fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut two_before = vec![0; b.len() + 1];
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut now = vec![row + 1; b.len() + 1];
        for (column, right) in b.iter().enumerate() {
            let mut best = (before[column] + usize::from(left != right))
                .min(before[column + 1] + 1)
                .min(now[column] + 1);
            if row > 0 && column > 0 && *left == b[column - 1] && a[row - 1] == *right {
                best = best.min(two_before[column - 1] + 1);
            }
            now[column + 1] = best;
        }
        two_before = std::mem::replace(&mut before, now);
    }
    before.last().copied().filter(|found| *found <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typing_errors_are_counted() {
        for (a, b, errors) in [
            ("fietsn", "fietsen", 1),
            ("feist", "fiest", 1),
            ("buurtverbindr", "buurtverbinder", 1),
            ("kofie", "koffie", 1),
            ("linde", "linde", 0),
            ("lidne", "linden", 2),
        ] {
            assert_eq!(distance(a, b, 3), Some(errors), "{a} {b}");
        }
        assert_eq!(distance("fiets", "koffie", 2), None);
    }

    #[test]
    fn trigrams_know_where_a_word_begins() {
        assert_eq!(trigrams("fiets"), ["_fi", "ets", "fie", "iet", "ts_"]);
        assert_eq!(trigrams("é"), ["_é_"]);
        assert_eq!(trigrams(""), Vec::<String>::new());
        assert_eq!(spelling("fiets"), trigrams("fiets"));
        assert_eq!(spelling("a12"), trigrams("a12"));
        assert_eq!(spelling("2026"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn the_distance_is_the_same_both_ways(a in "[abc]{0,7}", b in "[abc]{0,7}") {
            prop_assert_eq!(distance(&a, &b, 9), distance(&b, &a, 9));
            prop_assert_eq!(distance(&a, &b, 9) == Some(0), a == b);
        }
    }
}
