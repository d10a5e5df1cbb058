//! Chance that repeats itself: the same seed gives the same site.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::chance::Random;

/// Marsaglia's xorshift64* (2003, with Vigna's multiplier of 2014). Good enough to spread demo
/// content; never for secrets.
#[derive(Debug)]
pub struct Seeded(AtomicU64);

impl Seeded {
    pub const fn new(seed: u64) -> Self {
        // Zero is the one state that the generator never leaves.
        let state = seed ^ 0x9e37_79b9_7f4a_7c15;
        Self(AtomicU64::new(if state == 0 { 1 } else { state }))
    }

    fn next(&self) -> u64 {
        let mut x = self.0.load(Ordering::Relaxed);
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        self.0.store(x, Ordering::Relaxed);
        x.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number from 0 up to, not including, `end`; 0 when `end` is 0.
    pub fn below(&self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from((self.next() >> 11) % end).unwrap_or_default()
    }

    /// The same for spans of time.
    pub fn span(&self, end: i64) -> i64 {
        let end = end.max(1).unsigned_abs();
        i64::try_from((self.next() >> 11) % end).unwrap_or_default()
    }

    /// True in `percent` of a hundred cases.
    pub fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// An index in which the low ones are far more likely: a few write much, most write little.
    pub fn mostly_low(&self, end: usize) -> usize {
        self.below(end).min(self.below(end)).min(self.below(end))
    }

    /// An index chosen by its weight.
    pub fn weighted(&self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    pub fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let random = self.next().to_le_bytes();
            chunk.copy_from_slice(&random[..chunk.len()]);
        }
    }
}

/// A shuffled stack of cards: everything comes by once before anything comes by again.
#[derive(Debug, Default)]
pub struct Deck {
    left: Vec<usize>,
}

impl Deck {
    /// The next of `size` cards.
    pub fn draw(&mut self, size: usize, random: &Seeded) -> usize {
        if self.left.is_empty() {
            self.left = (0..size).collect();
            random.shuffle(&mut self.left);
        }
        self.left.pop().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let bytes = |seed| {
            let mut bytes = [0; 20];
            Seeded::new(seed).fill(&mut bytes);
            bytes
        };
        assert_eq!(bytes(7), bytes(7));
        assert_ne!(bytes(7), bytes(8));
    }

    #[test]
    fn a_deck_shows_every_card_before_it_repeats_one() {
        let random = Seeded::new(1);
        let mut deck = Deck::default();
        let mut drawn: Vec<usize> = (0..5).map(|_| deck.draw(5, &random)).collect();
        drawn.sort_unstable();
        assert_eq!(drawn, [0, 1, 2, 3, 4]);
    }
}
