//! The second factor: time-based codes (TOTP, RFC 6238) and recovery codes.

use domain::actor::{Actor, SignedIn};
use domain::clock::{Span, Timestamp};
use domain::id::MemberId;
use domain::members::policy::{may_manage_account, may_sign_in};
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

/// The secret that this session may set up. It comes from the session's token, which only its browser has, and its
/// salt, which only the database has: so looking at the page stores nothing, and neither of them alone gives it away.
fn secret_of(request: &Request) -> Result<String, Error> {
    let denied = || Error::Denied(domain::permit::Denied::SignInFirst);
    let token = request.token.as_deref().ok_or_else(denied)?;
    let session = request.session.as_ref().ok_or_else(denied)?;
    let bytes = secrets::hash(&["second-factor", token, &session.salt]);
    Ok(Secret::from(bytes.into_iter().take(20).collect::<Vec<u8>>()).to_base32())
}

/// How many recovery codes somebody has.
const CODES: usize = 8;
/// How long after they were made the codes can be looked at.
const CODES_SHOWN: Span = Span::minutes(15);

/// The recovery codes that belong to a session's token and salt: sixteen letters and digits in groups of four, eighty
/// bits each. So they are stored nowhere but as hashes, and can be shown again until the session is a quarter old.
fn codes_for(token: &str, salt: &str) -> Vec<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    (0..CODES)
        .map(|number| {
            let bytes = secrets::hash(&["recovery-code", token, salt, &number.to_string()]);
            let letters: String = bytes
                .iter()
                .take(16)
                .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
                .map(|letter| char::from(*letter))
                .collect();
            in_groups(&letters)
        })
        .collect()
}

/// The recovery codes that were made in this session just now; none when there are none to show.
///
/// # Errors
/// The database.
pub async fn new_codes(request: &Request) -> Result<Vec<String>, Error> {
    let (Some(session), Some(token)) = (&request.session, request.token.as_deref()) else {
        return Ok(Vec::new());
    };
    if !request.is_signed_in() || request.now >= session.created_at.plus(CODES_SHOWN) {
        return Ok(Vec::new());
    }
    let codes = codes_for(token, &session.salt);
    let member = session.member.id;
    let hash = codes.first().map(|code| recovery_hash(member, code)).unwrap_or_default();
    Ok(if request.tenant.has_recovery_code(member, &hash).await? { codes } else { Vec::new() })
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
    // A second factor that is there must be given first, and switched off; it is not replaced.
    if record.has_totp {
        let signed_in = request.is_signed_in();
        let denied =
            if signed_in { domain::permit::Denied::NotAllowed } else { domain::permit::Denied::SignInFirst };
        return Err(Error::Denied(denied));
    }
    let member = record.member.id;
    let own = Actor {
        platform: request.platform.id,
        signed_in: Some(SignedIn { member, grants: Vec::new(), suspended: false }),
    };
    Ok((member, may_manage_account(&own, request.platform.id)?))
}

/// What to set up in the app, the same for as long as the session lasts. Nothing is stored before a code confirms it.
///
/// # Errors
/// Not signed in.
pub fn begin(request: &Request) -> Result<SetUp, Error> {
    owner(request)?;
    let secret = secret_of(request)?;
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

/// Confirms with the first code. The session gets a new token and has both factors from here on; all others of the
/// same member end. [`new_codes`] shows the recovery codes.
///
/// # Errors
/// Wrong code, too often, not signed in, or the database.
pub async fn confirm(request: &Request, typed: &str) -> Result<CookieChange, Error> {
    let (member, permit) = owner(request)?;
    let record = request.session.as_ref().ok_or(Error::Denied(domain::permit::Denied::SignInFirst))?;
    crate::limits::limit_secrets(request, "factor", &member.to_string()).await?;
    let wrong = || Error::field(Field::Code, Fault::WrongCode);
    let secret = secret_of(request)?;
    let code = code_digits(typed).ok_or_else(wrong)?;
    let step = matching_step(&secret, &code, request.now)?.ok_or_else(wrong)?;
    let mut write = request.tenant.write().await?;
    write.set_totp(&permit, &secret, step).await?;
    write.end_other_sessions(&permit, record.id).await?;
    let fresh = sessions::prove(request, &mut write, record).await?;
    let codes = codes_for(&fresh.token, &fresh.salt);
    let hashes: Vec<Vec<u8>> = codes.iter().map(|code| recovery_hash(member, code)).collect();
    write.set_recovery_codes(&permit, &hashes).await?;
    write.commit().await?;
    Ok(CookieChange::Set(fresh.token))
}

/// Uses up a code of the app, or a recovery code; whether it was right. The caller commits.
///
/// # Errors
/// No second factor to give, or the database.
pub(crate) async fn use_code(
    request: &Request,
    write: &mut store::Write,
    member: MemberId,
    typed: &str,
) -> Result<bool, Error> {
    let stored = request.tenant.secrets(member).await?;
    let secret = stored.and_then(|secrets| secrets.totp_secret).ok_or(Error::NotFound)?;
    let permit = may_sign_in(request.platform.id);
    let Some(code) = code_digits(typed) else {
        let hash = recovery_hash(member, typed);
        return Ok(write.use_recovery_code(&permit, member, &hash, request.now).await?);
    };
    match matching_step(&secret, &code, request.now)? {
        Some(step) => Ok(write.use_totp_step(&permit, member, step).await?),
        None => Ok(false),
    }
}

/// Stops asking for a second factor, for who gives it once more; all other sessions end. Not for roles that need it.
///
/// # Errors
/// Not signed in, not allowed for this role, a wrong code, too many of them, or the database.
pub async fn switch_off(request: &Request, typed: &str) -> Result<(), Error> {
    let permit = may_manage_account(&request.actor, request.platform.id)?;
    let record = request.session.as_ref().ok_or(Error::Denied(domain::permit::Denied::SignInFirst))?;
    if sessions::needs_second_factor(record) {
        return Err(Error::Denied(domain::permit::Denied::NotAllowed));
    }
    let member = record.member.id;
    crate::limits::limit_secrets(request, "factor", &member.to_string()).await?;
    let mut write = request.tenant.write().await?;
    if !use_code(request, &mut write, member, typed).await? {
        return Err(Error::field(Field::Code, Fault::WrongCode));
    }
    write.clear_totp(&permit).await?;
    write.end_other_sessions(&permit, record.id).await?;
    write.commit().await?;
    Ok(())
}

/// Recovery codes have eighty random bits, so a plain hash is enough.
fn recovery_hash(member: MemberId, typed: &str) -> Vec<u8> {
    let plain: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    secrets::hash(&["recovery", &member.to_string(), &plain])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_right_around_its_own_half_minute_only() -> Result<(), Error> {
        let secret = Secret::from(b"12345678901234567890".to_vec()).to_base32();
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
