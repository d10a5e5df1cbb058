//! Tokens and codes: made of the operating system's randomness, stored only as hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::chance::Random;
use sha2::{Digest, Sha256};

/// 256 random bits as text for a cookie or a link.
pub fn token(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Six digits, each equally likely (rejection sampling).
pub fn six_digits(random: &dyn Random) -> String {
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0; 4];
        random.fill(&mut bytes);
        let number = u32::from_le_bytes(bytes);
        if number < FAIR {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// SHA-256: enough for tokens of 256 random bits. Codes are bound to their challenge and
/// limited to five guesses, so that a slow hash would add nothing.
pub fn hash(parts: &[&str]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_vec()
}

/// Equal, in a time that does not depend on where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    use subtle::ConstantTimeEq;
    a.ct_eq(b).into()
}

/// A key for a limit: says nothing about the address it stands for.
pub fn limit_key(parts: &[&str]) -> String {
    URL_SAFE_NO_PAD.encode(hash(parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemRandom;

    #[test]
    fn codes_have_six_digits_and_tokens_differ() {
        for _ in 0..200 {
            let code = six_digits(&SystemRandom);
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
        }
        assert_ne!(token(&SystemRandom), token(&SystemRandom));
    }

    #[test]
    fn the_parts_of_a_hash_do_not_run_into_each_other() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
