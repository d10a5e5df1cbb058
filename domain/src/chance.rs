//! Chance comes from outside, so that every test is repeatable.

/// A source of random bytes. In production it is the operating system's
/// (`service::chance::SystemRandom`), in tests a seeded one.
pub trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}
