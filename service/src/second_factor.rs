//! The second factor: time-based codes (TOTP, RFC 6238) and recovery codes.

use domain::actor::{Actor, SignedIn};
use domain::chance::Random;
use domain::clock::Timestamp;
use domain::id::MemberId;
use domain::members::policy::may_manage_account;
use domain::members::sign_in::code_digits;
use domain::permit::Permit;
use domain::permit::action::ManageAccount;
use domain::problem::{Fault, Field};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::context::Request;
use crate::sessions::{self, CookieChange};
use crate::{Error, secrets};

/// SHA-1, six digits, thirty seconds, one step of patience: what every authenticator app speaks.
fn totp(secret: &str, account: &str, issuer: &str) -> Result<Totp, Error> {
    let bytes = Secret::try_from_base32(secret).map_err(|_| Error::Inside("stored totp secret"))?;
    let without_colon = |text: &str| text.replace(':', " ");
    Builder::new()
        .with_secret(bytes)
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(1)
        .with_step_duration(30)
        .with_account_name(without_colon(account))
        .with_issuer(Some(without_colon(issuer)))
        .build()
        .map_err(|_| Error::Inside("totp"))
}

fn seconds(now: Timestamp) -> u64 {
    u64::try_from(now.0 / 1000).unwrap_or_default()
}

/// The time step for which this code is right: now, just before or just after.
///
/// # Errors
/// The stored secret is no secret.
pub fn matching_step(secret: &str, code: &str, now: Timestamp) -> Result<Option<i64>, Error> {
    let step = totp(secret, "", "")?.check(code, seconds(now));
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code that is right now: for the demo's own page only.
///
/// # Errors
/// The secret is no secret.
pub fn code_now(secret: &str, now: Timestamp) -> Result<String, Error> {
    Ok(totp(secret, "", "")?.generate(seconds(now)).to_string())
}

fn new_secret(random: &dyn Random) -> String {
    let mut bytes = [0; 20];
    random.fill(&mut bytes);
    Secret::from(bytes.to_vec()).to_base32()
}

/// Sixteen letters and digits in groups of four: eighty random bits.
fn recovery_code(random: &dyn Random) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let letters: String = bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect();
    in_groups(&letters)
}

fn in_groups(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// What an authenticator app needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    /// Base 32, in groups of four, to type over.
    pub secret: String,
    /// For a link on the telephone itself, and for the QR code.
    pub url: String,
}

/// The member who is setting up: signed in, or half-way because the role asks for it.
fn owner(request: &Request) -> Result<(MemberId, Permit<ManageAccount>), Error> {
    let record = request.session.as_ref().ok_or(Error::Denied(domain::permit::Denied::SignInFirst))?;
    // Half-way with a second factor already there: it must be given first, not replaced.
    if !request.is_signed_in() && record.has_totp {
        return Err(Error::Denied(domain::permit::Denied::SignInFirst));
    }
    let member = record.member.id;
    let own = Actor {
        platform: request.platform.id,
        signed_in: Some(SignedIn { member, grants: Vec::new(), suspended: false }),
    };
    Ok((member, may_manage_account(&own, request.platform.id)?))
}

/// Begins to set up: the same secret again while it is not confirmed.
///
/// # Errors
/// Not signed in, or the database.
pub async fn begin(request: &Request) -> Result<SetUp, Error> {
    let (member, permit) = owner(request)?;
    let pending = request.tenant.secrets(member).await?.and_then(|secrets| secrets.totp_pending);
    let secret = if let Some(secret) = pending {
        secret
    } else {
        let secret = new_secret(request.services.random.as_ref());
        let mut write = request.tenant.write().await?;
        write.set_totp_pending(&permit, &secret).await?;
        write.commit().await?;
        secret
    };
    let account = request.session.as_ref().map_or("", |record| record.member.email.as_str());
    let url = totp(&secret, account, &request.platform.name)?
        .to_url()
        .map_err(|_| Error::Inside("totp address"))?;
    Ok(SetUp { secret: in_groups(&secret), url })
}

/// A QR code of an address, as SVG without style attributes (the content security policy
/// forbids them).
pub fn qr(address: &str) -> String {
    qrcode::QrCode::new(address.as_bytes()).map_or_else(
        |_| String::new(),
        |code| {
            code.render::<qrcode::render::svg::Color<'_>>()
                .min_dimensions(220, 220)
                .quiet_zone(true)
                .build()
                .replace("<?xml version=\"1.0\" standalone=\"yes\"?>", "")
        },
    )
}

/// Confirms with the first code and gives eight recovery codes, which are shown once. A half-way
/// session is complete from here on.
///
/// # Errors
/// Wrong code, not begun, not signed in, or the database.
pub async fn confirm(request: &Request, typed: &str) -> Result<(Vec<String>, Option<CookieChange>), Error> {
    let (member, permit) = owner(request)?;
    let wrong = || Error::field(Field::Code, Fault::WrongCode);
    let pending = request
        .tenant
        .secrets(member)
        .await?
        .and_then(|secrets| secrets.totp_pending)
        .ok_or(Error::NotFound)?;
    let code = code_digits(typed).ok_or_else(wrong)?;
    let step = matching_step(&pending, &code, request.now)?.ok_or_else(wrong)?;
    let codes: Vec<String> = (0..8).map(|_| recovery_code(request.services.random.as_ref())).collect();
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(member, code)).collect();
    let mut write = request.tenant.write().await?;
    if !write.confirm_totp(&permit, step).await? {
        return Err(Error::NotFound);
    }
    write.set_recovery_codes(&permit, &hashes).await?;
    let cookie = match &request.session {
        Some(record) if !request.is_signed_in() => {
            Some(sessions::complete(request, &mut write, record).await?)
        }
        _ => None,
    };
    write.commit().await?;
    Ok((codes, cookie))
}

/// Stops asking for a second factor; not for roles that need it.
///
/// # Errors
/// Not signed in, not allowed for this role, or the database.
pub async fn switch_off(request: &Request) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    let needed = request.session.as_ref().is_none_or(|record| sessions::needs_second_factor(record));
    if needed {
        return Err(Error::Denied(domain::permit::Denied::NotAllowed));
    }
    let mut write = request.tenant.write().await?;
    write.clear_totp(&permit).await?;
    write.commit().await?;
    Ok(())
}

/// Recovery codes have eighty random bits, so a plain hash is enough.
pub(crate) fn recovery_hash(member: MemberId, typed: &str) -> Vec<u8> {
    let plain: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    secrets::hash(&["recovery", &member.to_string(), &plain])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::SystemRandom;
    use domain::clock::Span;

    #[test]
    fn a_code_is_right_around_its_own_half_minute_only() -> Result<(), Error> {
        let secret = new_secret(&SystemRandom);
        let now = Timestamp(1_790_000_000_000);
        let code = code_now(&secret, now)?;
        assert!(matching_step(&secret, &code, now)?.is_some());
        assert!(matching_step(&secret, &code, now.plus(Span::seconds(30)))?.is_some());
        assert!(matching_step(&secret, &code, now.plus(Span::minutes(2)))?.is_none());
        Ok(())
    }

    #[test]
    fn codes_equal_those_of_the_rfc() -> Result<(), Error> {
        // RFC 6238, appendix B: the secret "12345678901234567890" at 59 seconds gives …287082.
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
        assert_eq!(code_now(&secret, Timestamp(59_000))?, "287082");
        Ok(())
    }
}
