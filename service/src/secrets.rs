//! Tokens and codes: made of the operating system's randomness, stored only as hashes. And what servers sign.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::chance::Random;
use sha2::{Digest, Sha256};
use store::Store;

use crate::Error;

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

/// A key that all servers of a database have, and nobody else.
#[derive(Clone)]
pub struct SigningKey(Arc<[u8]>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

impl SigningKey {
    /// The key that forms are signed with; made when the first server begins.
    ///
    /// # Errors
    /// The database.
    pub async fn of_forms(store: &Store, random: &dyn Random) -> Result<Self, Error> {
        let mut fresh = [0; 32];
        random.fill(&mut fresh);
        Ok(Self(store.signing_key("form", &fresh).await?.into()))
    }

    /// A signature of these parts, as text.
    pub fn sign(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(hmac(&self.0, &hash(parts)))
    }

    /// Whether `signature` is that of these parts.
    pub fn signed(&self, parts: &[&str], signature: &str) -> bool {
        same(self.sign(parts).as_bytes(), signature.as_bytes())
    }
}

/// HMAC with SHA-256 (RFC 2104).
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 64;
    let mut padded = [0_u8; BLOCK];
    let hashed;
    let key = if key.len() > BLOCK {
        hashed = Sha256::digest(key);
        hashed.as_slice()
    } else {
        key
    };
    padded[..key.len()].copy_from_slice(key);
    let keyed = |mark: u8, message: &[u8]| {
        let mut digest = Sha256::new();
        digest.update(padded.map(|byte| byte ^ mark));
        digest.update(message);
        digest.finalize()
    };
    keyed(0x5c, keyed(0x36, message).as_slice()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemRandom;

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write as _;
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Test cases 2 and 6 of RFC 4231.
    #[test]
    fn a_signature_is_an_hmac() {
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn nobody_signs_with_another_key_or_for_another_purpose() {
        let (one, other) = (SigningKey([1; 32].into()), SigningKey([2; 32].into()));
        let signature = one.sign(&["form", "join"]);
        assert!(one.signed(&["form", "join"], &signature));
        assert!(!other.signed(&["form", "join"], &signature));
        assert!(!one.signed(&["form", "report"], &signature) && !one.signed(&["form", "join"], ""));
    }

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
