//! What pages get from the server, as a text that is small in the page and cheap to read.
//!
//! The values are Postcard (their parts one after another, without names), and the bytes are letters: those that
//! may stand in a script as they are stay, all others become a letter of Latin Extended. So the text survives the
//! page's script untouched, words in it are the same as in the page (which compresses well), and the browser's
//! program needs no JSON: a fifth of it was that.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The first of the 256 letters that stand for bytes.
const LETTERS: u32 = 0x100;

/// A value on its way; read where it is shown.
pub struct Packed<T> {
    text: Arc<str>,
    /// What it was made of: the page that the server makes of it need not read it.
    #[cfg(feature = "ssr")]
    value: Option<Arc<T>>,
    what: PhantomData<fn() -> T>,
}

impl<T> std::fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Packed({} bytes)", self.text.len())
    }
}

impl<T> Packed<T> {
    pub fn into_text(self) -> Arc<str> {
        self.text
    }
}

#[cfg(feature = "ssr")]
impl<T> Packed<T> {
    /// What was packed before, with the value that it was made of.
    pub fn shared(text: Arc<str>, value: Arc<T>) -> Self {
        Self { text, value: Some(value), what: PhantomData }
    }

    pub fn into_parts(self) -> (Arc<str>, Option<Arc<T>>) {
        (self.text, self.value)
    }
}

/// A value that has arrived. On the server others may have the same one, and only what takes it apart costs a copy.
#[cfg(feature = "ssr")]
#[derive(Debug)]
pub struct Read<T>(pub(crate) Arc<T>);
#[cfg(not(feature = "ssr"))]
#[derive(Debug)]
pub struct Read<T>(pub(crate) T);

impl<T> std::ops::Deref for Read<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone> Read<T> {
    #[cfg(feature = "ssr")]
    pub fn into_inner(self) -> T {
        Arc::unwrap_or_clone(self.0)
    }

    #[cfg(not(feature = "ssr"))]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Serialize> From<T> for Packed<T> {
    fn from(value: T) -> Self {
        Self {
            text: pack(&value).into(),
            #[cfg(feature = "ssr")]
            value: Some(Arc::new(value)),
            what: PhantomData,
        }
    }
}

impl<T> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(to)
    }
}

impl<'de, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self {
            text: String::deserialize(from)?.into(),
            #[cfg(feature = "ssr")]
            value: None,
            what: PhantomData,
        })
    }
}

/// Whether the byte may stand in a script, an attribute and a string as it is.
const fn stays(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'&' | b'\'' | b'<' | b'>' | b'\\')
}

/// The value as text. Everything that pages use can be written, so nothing can go wrong.
pub fn pack<T: Serialize>(value: &T) -> String {
    letters(&postcard::to_allocvec(value).unwrap_or_default())
}

/// The value that the text was made of; `None` when it is of something else.
pub fn unpack<T: DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = bytes(text)?;
    let (value, rest) = postcard::take_from_bytes(&bytes).ok()?;
    rest.is_empty().then_some(value)
}

fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
    let mut rest = bytes;
    // Most bytes stay: they go over in runs.
    while !rest.is_empty() {
        let run = rest.iter().position(|byte| !stays(*byte)).unwrap_or(rest.len());
        let (as_they_are, after) = rest.split_at(run);
        text.push_str(std::str::from_utf8(as_they_are).unwrap_or_default());
        rest = after;
        if let Some((byte, after)) = rest.split_first() {
            text.extend(char::from_u32(LETTERS + u32::from(*byte)));
            rest = after;
        }
    }
    text
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    // As in [`letters`].
    loop {
        let run = rest.bytes().position(|byte| !stays(byte)).unwrap_or(rest.len());
        let (as_they_are, after) = rest.split_at_checked(run)?;
        bytes.extend_from_slice(as_they_are.as_bytes());
        let mut letters = after.chars();
        let Some(letter) = letters.next() else { return Some(bytes) };
        bytes.push(u8::try_from(u32::from(letter).checked_sub(LETTERS)?).ok()?);
        rest = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_and_none_has_a_meaning_in_a_script() {
        let all: Vec<u8> = (0..=255).collect();
        let text = letters(&all);
        assert_eq!(bytes(&text), Some(all));
        assert!(!text.contains(['<', '>', '&', '"', '\'', '\\']));
        // Leptos writes it with `{:?}` into a script: that must change nothing.
        assert_eq!(format!("{text:?}"), format!("\"{text}\""));
    }

    #[test]
    fn a_value_comes_back_and_words_can_be_read_in_between() {
        let value = (7_i64, Some("</script> Café \u{1f6b2}".to_owned()), vec![true, false]);
        let text = pack(&value);
        assert!(text.contains("script") && text.contains("Caf"), "{text}");
        assert_eq!(unpack(&text), Some(value));
    }

    #[test]
    fn what_was_not_packed_here_is_refused() {
        assert_eq!(unpack::<String>("\u{2603}"), None);
        assert_eq!(unpack::<u8>(&pack(&(1_u8, 2_u8))), None);
        assert_eq!(unpack::<String>(""), None);
    }
}
