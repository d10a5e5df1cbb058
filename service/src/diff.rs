//! What changed, word by word.

use domain::diff::{Change, Piece};
use similar::{ChangeTag, TextDiff};

/// The way from `old` to `new`, in runs of words. Bounded to a fifth of a second of work, after
/// which larger blocks are reported as replaced.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let diff =
        TextDiff::configure().timeout(std::time::Duration::from_millis(200)).diff_unicode_words(old, new);
    let mut pieces: Vec<Piece> = Vec::new();
    for change in diff.iter_all_changes() {
        let fate = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Insert => Change::Added,
            ChangeTag::Delete => Change::Removed,
        };
        match pieces.last_mut() {
            Some(last) if last.change == fate => last.text.push_str(change.value()),
            _ => pieces.push(Piece { change: fate, text: change.value().to_owned() }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_can_be_read_back_from_the_pieces() {
        let (old, new) = ("De kat zit op de brug.", "De grijze kat zat op de brug!");
        let pieces = words(old, new);
        let read = |without: Change| -> String {
            pieces.iter().filter(|piece| piece.change != without).map(|piece| piece.text.as_str()).collect()
        };
        assert_eq!(read(Change::Added), old);
        assert_eq!(read(Change::Removed), new);
    }
}
