//! What keeps programs out of forms that need no account, without puzzles for people: a field that nobody sees, a
//! moment that nobody types faster than, and, only for a network that sends very much, work for its browsers (ADR 0015).

use serde::{Deserialize, Serialize};

use crate::clock::{Span, Timestamp};

/// Nobody fills in a form faster.
pub const FASTEST: Span = Span::seconds(3);
/// A form that was open longer is asked to be sent once more: what was signed for it is not good for ever.
pub const LONGEST: Span = Span::hours(24);
/// Begins of a SHA-256 hash that must be zero, in bits: some 30 thousand tries, a second on an old telephone.
pub const BITS_MIN: u32 = 15;
/// As much as a patient person still waits for.
pub const BITS_MAX: u32 = 19;

/// The fields that come with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sieve {
    /// Out of sight for people. Who fills it in is none.
    #[serde(default)]
    pub website: String,
    /// When the form was made, signed by the server that made it.
    #[serde(default)]
    pub since: String,
    /// The solution of the form's puzzle, where it had one.
    #[serde(default)]
    pub proof: String,
}

impl Sieve {
    pub fn is_a_program(&self) -> bool {
        !self.website.trim().is_empty()
    }
}

/// How long a form was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Sooner than anybody can type.
    TooShort,
    LongEnough,
    TooLong,
}

/// How long a form was open that was made at `made`. A moment that is still to come is that of another server's clock.
pub fn open_for(made: Timestamp, now: Timestamp) -> Open {
    let passed = now.0.saturating_sub(made.0);
    if passed < FASTEST.0 {
        Open::TooShort
    } else if passed > LONGEST.0 {
        Open::TooLong
    } else {
        Open::LongEnough
    }
}

/// Work for a browser: find a `proof` so that SHA-256 of `challenge`, a dot and `proof` begins with `bits` zeros.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Puzzle {
    pub challenge: String,
    pub bits: u32,
}

/// How hard it is after so many forms from one network: it doubles with every ten.
pub fn bits(forms: i64) -> u32 {
    let more = u32::try_from(forms.max(0) / 10).unwrap_or(BITS_MAX);
    BITS_MIN.saturating_add(more).min(BITS_MAX)
}

/// Whether a hash begins with so many zeros.
pub fn begins_with_zeros(hash: &[u8], bits: u32) -> bool {
    let mut left = bits;
    for byte in hash {
        if left == 0 {
            return true;
        }
        if byte.leading_zeros() < left.min(8) {
            return false;
        }
        left -= left.min(8);
    }
    left == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_are_counted_across_bytes() {
        assert!(begins_with_zeros(&[0, 0b0000_0001], 15));
        assert!(!begins_with_zeros(&[0, 0b0000_0010], 15));
        assert!(begins_with_zeros(&[0xff], 0) && !begins_with_zeros(&[0], 9));
    }

    #[test]
    fn it_gets_harder_but_never_too_hard() {
        assert_eq!((bits(0), bits(9), bits(10), bits(1_000_000)), (15, 15, 16, 19));
    }

    #[test]
    fn a_form_is_open_for_three_seconds_to_a_day() {
        let now = Timestamp(100_000_000);
        let since = |ago: i64| open_for(Timestamp(now.0 - ago), now);
        assert_eq!([-1, 0, 2_999].map(since), [Open::TooShort; 3]);
        assert_eq!([3_000, 60_000, 86_400_000].map(since), [Open::LongEnough; 3]);
        assert_eq!([86_400_001, i64::MAX / 2].map(since), [Open::TooLong; 2]);
    }
}
