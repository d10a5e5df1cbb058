//! Members beyond the written ones.

use std::collections::BTreeSet;

use crate::content::Words;
use crate::random::Seeded;

/// Somebody invented.
#[derive(Debug)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub about: String,
}

/// Gives everybody a name, and an address that nobody else has.
#[derive(Debug)]
pub struct People<'a> {
    words: &'a Words,
    taken: BTreeSet<String>,
}

impl<'a> People<'a> {
    pub const fn new(words: &'a Words, taken: BTreeSet<String>) -> Self {
        Self { words, taken }
    }

    pub fn next(&mut self, random: &Seeded) -> Person {
        let pick = |from: &'a [String]| from[random.below(from.len())].as_str();
        let (first, last) = (pick(&self.words.first), pick(&self.words.last));
        let local = ascii(&format!("{first}.{last}"));
        let mut email = format!("{local}@example.org");
        let mut number = 2;
        while !self.taken.insert(email.clone()) {
            email = format!("{local}.{number}@example.org");
            number += 1;
        }
        let about = if random.chance(30) { pick(&self.words.about) } else { "" };
        Person { name: format!("{first} {last}"), email, about: about.to_owned() }
    }
}

/// A name as the local part of an address.
fn ascii(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'a'..='z' | '.' => Some(c),
            ' ' => Some('.'),
            'ç' => Some('c'),
            'ë' | 'é' => Some('e'),
            'ï' | 'ı' => Some('i'),
            'ö' => Some('o'),
            'ü' => Some('u'),
            'ş' => Some('s'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address_that_any_mail_server_takes() {
        assert_eq!(ascii("Gülay van den Öztürk"), "gulay.van.den.ozturk");
    }
}
