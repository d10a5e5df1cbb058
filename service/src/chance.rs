//! The operating system's randomness.

use domain::chance::Random;

/// The only place that asks the operating system for random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    /// # Panics
    /// When the operating system has no randomness to give: nothing secret can be made then,
    /// and stopping is the only safe answer.
    fn fill(&self, bytes: &mut [u8]) {
        #[expect(clippy::disallowed_methods, reason = "the one place where chance comes in")]
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
