//! Passwords: optional, long rather than complicated (NIST SP 800-63B, 5.1.1.2).

use crate::limits;
use crate::problem::Fault;
use crate::text;

/// The beginnings of what everyone tries first, in Dutch and English.
const COMMON: [&str; 24] = [
    "wachtwoord",
    "password",
    "welkom",
    "welcome",
    "123456",
    "qwerty",
    "azerty",
    "iloveyou",
    "letmein",
    "geheim",
    "admin",
    "zomer20",
    "winter20",
    "lente20",
    "herfst20",
    "ajax",
    "feyenoord",
    "abc123",
    "111111",
    "000000",
    "hallo",
    "nederland",
    "buurt",
    "sunshine",
];

/// Checks a new password. `about` are the words it must not be made of (name, address).
///
/// # Errors
/// Too short, too long, or too easy to guess.
pub fn check(password: &str, about: &[&str]) -> Result<(), Fault> {
    let is = text::length(password);
    if is == 0 {
        return Err(Fault::Required);
    }
    if is < limits::PASSWORD_MIN {
        return Err(Fault::TooShort { min: limits::PASSWORD_MIN });
    }
    if is > limits::PASSWORD_MAX {
        return Err(Fault::TooLong { max: limits::PASSWORD_MAX, is });
    }
    let lower = password.to_lowercase();
    let distinct = {
        let mut chars: Vec<char> = lower.chars().collect();
        chars.sort_unstable();
        chars.dedup();
        chars.len()
    };
    let rest = |word: &str| lower.replace(word, "").chars().count();
    // Up to five characters more: "-1990" is what people add.
    let made_of = |word: &str| word.chars().count() >= 4 && lower.contains(word) && rest(word) <= 5;
    let easy = distinct < 5
        || COMMON.iter().any(|word| made_of(word))
        || about.iter().any(|word| made_of(&word.to_lowercase()));
    if easy { Err(Fault::EasyPassword) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_a_good_password() {
        assert_eq!(check("de kat zit op de brug", &["Joke"]), Ok(()));
    }

    #[test]
    fn what_everyone_tries_first_is_refused() {
        for easy in ["wachtwoord1", "Password123", "aaaaaaaaaaaa", "1234567890", "fatma-1990", "welkom12345"]
        {
            let found = check(easy, &["Fatma"]);
            assert!(matches!(found, Err(Fault::EasyPassword)), "{easy}: {found:?}");
        }
        assert!(matches!(check("kort", &[]), Err(Fault::TooShort { .. })));
    }
}
