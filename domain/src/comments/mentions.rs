//! `@Name` in a comment: only people of the same conversation can be named, so that nobody can find out by trying
//! who has an account.

use crate::id::MemberId;

/// Somebody who can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub id: MemberId,
    pub name: String,
}

/// A piece of a comment: text, or somebody's name with the at sign before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Mention(MemberId, &'a str),
}

/// Cuts a comment at the names in it. The longest name that fits counts: "@Jan de Vries" is not "@Jan".
/// All pieces one after the other are the text again.
pub fn pieces<'a>(body: &'a str, people: &[Known]) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut from = 0;
    while let Some(at) = body.get(from..).and_then(|rest| rest.find('@')).map(|at| at + from) {
        let rest = body.get(at + 1..).unwrap_or_default();
        let before = body.get(..at).and_then(|text| text.chars().next_back());
        let named = if before.is_some_and(char::is_alphanumeric) {
            // An e-mail address.
            None
        } else {
            people
                .iter()
                .filter_map(|person| Some((person, starts_with(rest, &person.name)?)))
                .max_by_key(|(_, length)| *length)
        };
        match named {
            Some((person, length)) => {
                if at > begin {
                    found.push(Piece::Text(&body[begin..at]));
                }
                let end = at + 1 + length;
                found.push(Piece::Mention(person.id, &body[at..end]));
                begin = end;
                from = end;
            }
            None => from = at + 1,
        }
    }
    if begin < body.len() {
        found.push(Piece::Text(&body[begin..]));
    }
    found
}

/// The text as Markdown in which the names stand out.
pub fn marked(body: &str, people: &[Known]) -> String {
    let mut text = String::with_capacity(body.len());
    for piece in pieces(body, people) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Mention(_, name) => {
                text.push_str("**");
                // A name is letters; what else somebody put into theirs has no meaning here.
                for letter in name.chars() {
                    if letter.is_ascii_punctuation() && letter != '@' {
                        text.push('\\');
                    }
                    text.push(letter);
                }
                text.push_str("**");
            }
        }
    }
    text
}

/// Who is named, each once, in the order of the text.
pub fn mentioned(body: &str, people: &[Known]) -> Vec<MemberId> {
    let mut found = Vec::new();
    for piece in pieces(body, people) {
        if let Piece::Mention(id, _) = piece
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// How many bytes of `text` spell `name` (capitals do not matter), when a word ends there.
fn starts_with(text: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    match letters.next() {
        None => Some(text.len()),
        Some((end, next)) => (!next.is_alphanumeric()).then_some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn people(names: &[&str]) -> Vec<Known> {
        (1..)
            .zip(names)
            .map(|(n, name)| Known { id: MemberId(Uuid::from_u128(n)), name: (*name).to_owned() })
            .collect()
    }

    fn named(body: &str, names: &[&str]) -> Vec<String> {
        let people = people(names);
        mentioned(body, &people)
            .into_iter()
            .filter_map(|id| people.iter().find(|person| person.id == id))
            .map(|person| person.name.clone())
            .collect()
    }

    #[test]
    fn the_longest_name_counts_and_capitals_do_not() {
        let names = ["Jan", "Jan de Vries", "Aïcha El Amrani"];
        assert_eq!(
            named("Dag @jan de vries, en @AÏCHA EL AMRANI!", &names),
            ["Jan de Vries", "Aïcha El Amrani"]
        );
        assert_eq!(named("@Jan, kom je ook? @Jan!", &names), ["Jan"]);
    }

    #[test]
    fn a_part_of_a_word_and_an_address_are_nobody() {
        assert!(named("@Janneke en piet@Jan en @Piet", &["Jan"]).is_empty());
    }

    #[test]
    fn names_stand_out_and_what_is_in_them_has_no_meaning() {
        let people = people(&["Jan", "A*b"]);
        assert_eq!(marked("Dag @Jan en @a*b, *hoi*", &people), "Dag **@Jan** en **@a\\*b**, *hoi*");
        assert_eq!(marked("Dag @Piet", &people), "Dag @Piet");
    }

    #[test]
    fn strangers_cannot_be_named() {
        assert!(named("@Fatma", &[]).is_empty());
        assert!(named("@", &["", "Jan"]).is_empty());
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(body in "[@a-cJÏ é\u{1f6b2}\n]{0,40}", names in prop::collection::vec("[a-cJÏ]{0,4}( [a-c]{1,2})?", 0..4)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let people = people(&names);
            let text: String = pieces(&body, &people)
                .into_iter()
                .map(|piece| match piece { Piece::Text(text) | Piece::Mention(_, text) => text })
                .collect();
            prop_assert_eq!(text, body);
        }
    }
}
