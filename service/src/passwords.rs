//! Passwords with argon2id (RFC 9106), at OWASP's recommended cost.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::chance::Random;
use std::time::Duration;
use tokio::sync::Semaphore;

use crate::Error;
use crate::context::PasswordCost;

/// Hashing takes 19 MiB and a core: no more at once than this, however many ask (TRUST 21).
static SEATS: Semaphore = Semaphore::const_new(2);
/// Who waits longer than this for a seat is asked to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs the hasher on a thread of its own, when there is a seat.
async fn seated<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let seat =
        tokio::time::timeout(PATIENCE, SEATS.acquire()).await.map_err(|_| Error::TooOften { minutes: 1 })?;
    let _seat = seat.map_err(|_| Error::Inside("argon2 seats"))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Inside("argon2 thread"))?
}

fn hasher(cost: PasswordCost) -> Result<Argon2<'static>, Error> {
    let params = match cost {
        PasswordCost::Full => Params::new(19 * 1024, 2, 1, None),
        PasswordCost::Test => Params::new(Params::MIN_M_COST, 1, 1, None),
    }
    .map_err(|_| Error::Inside("argon2 parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a password; takes some tens of milliseconds, on a thread of its own.
///
/// # Errors
/// Too many at once, or the hasher failed, which only happens when there is no memory.
pub async fn hash(password: String, cost: PasswordCost, random: &dyn Random) -> Result<String, Error> {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    seated(move || {
        hasher(cost)?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash| hash.to_string())
            .map_err(|_| Error::Inside("argon2"))
    })
    .await
}

/// Whether the password fits the hash. Without a hash the same work is done in vain, so that
/// the time does not tell whether an account has a password.
///
/// # Errors
/// Too many at once, the hasher failed, or what is stored is no hash.
pub async fn verify(
    password: String,
    stored: Option<String>,
    cost: PasswordCost,
    random: &dyn Random,
) -> Result<bool, Error> {
    let Some(stored) = stored else {
        hash(password, cost, random).await?;
        return Ok(false);
    };
    seated(move || {
        let parsed = PasswordHash::new(&stored).map_err(|_| Error::Inside("stored password hash"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemRandom;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only() -> Result<(), Error> {
        let cost = PasswordCost::Test;
        let stored = hash("de kat op de brug".into(), cost, &SystemRandom).await?;
        assert!(stored.starts_with("$argon2id$"));
        let fits = |typed: &str| verify(typed.into(), Some(stored.clone()), cost, &SystemRandom);
        assert!(fits("de kat op de brug").await?);
        assert!(!fits("de kat op de bru").await?);
        assert!(!verify("x".into(), None, cost, &SystemRandom).await?);
        Ok(())
    }
}
