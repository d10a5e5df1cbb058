//! Signing in and becoming a member: a mail with a link and a code, or a password.
//!
//! Whether an address is known is never told to who asks, only to who reads its mail (TRUST 21).

mod ask;

use domain::clock::Span;
use domain::id::{ChallengeId, MemberId};
use domain::limits::{self, Limit};
use domain::members::draft::ValidSignUp;
use domain::members::email::EmailAddress;
use domain::members::policy::may_sign_in;
use domain::members::sign_in::{SessionStage, code_digits, safe_return};
use domain::problem::{Fault, Field};
use store::challenges::{Challenge, ChallengePurpose};
use store::members::{InsertMember, NewMember};

use crate::context::Request;
use crate::sessions::{self, CookieChange};
use crate::{Error, passwords, secrets};

pub use ask::{ask, ask_to_join};

/// What comes after the right code, link or password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub cookie: CookieChange,
    /// A second factor is still to be given or set up.
    pub half_way: bool,
    /// Where the person was going.
    pub return_to: String,
    /// A new member was made.
    pub welcome: bool,
}

/// Counts a use of a limit.
///
/// # Errors
/// [`Error::TooOften`] when it is used up, or the database.
pub(crate) async fn limit(request: &Request, limit: &Limit, key: &str) -> Result<(), Error> {
    let allowed = request.services.store.hit(request.platform.id, limit, key, request.now).await?;
    if allowed {
        Ok(())
    } else {
        let minutes = (limit.per.0 / Span::minutes(1).0).max(1);
        Err(Error::TooOften { minutes: u32::try_from(minutes).unwrap_or(60) })
    }
}

async fn limit_secrets(request: &Request, account: &str) -> Result<(), Error> {
    let platform = request.platform.slug.as_str();
    let by_network = secrets::limit_key(&["secret", platform, &request.network]);
    limit(request, &limits::SECRETS_PER_NETWORK, &by_network).await?;
    let by_account = secrets::limit_key(&["secret", platform, account]);
    limit(request, &limits::SECRETS_PER_ACCOUNT, &by_account).await
}

fn code_hash(id: ChallengeId, code: &str) -> Vec<u8> {
    secrets::hash(&["code", &id.to_string(), code])
}

fn link_hash(token: &str) -> Vec<u8> {
    secrets::hash(&["link", token])
}

/// The six digits from the mail.
///
/// # Errors
/// Wrong, expired, used, too often, or the database.
pub async fn enter_code(request: &Request, id: ChallengeId, typed: &str) -> Result<Entered, Error> {
    let wrong = || Error::field(Field::Code, Fault::WrongCode);
    let code = code_digits(typed).ok_or_else(wrong)?;
    limit_secrets(request, &id.to_string()).await?;
    let expired = || Error::field(Field::Code, Fault::CodeExpired);
    let Some(challenge) = request.tenant.challenge(id).await? else {
        return Err(expired());
    };
    if challenge.consumed || request.now >= challenge.expires_at {
        return Err(expired());
    }
    let permit = may_sign_in(request.platform.id);
    let mut write = request.tenant.write().await?;
    let attempts = write.count_attempt(&permit, id).await?;
    write.commit().await?;
    if attempts > limits::CODE_ATTEMPTS {
        return Err(expired());
    }
    if challenge.purpose == ChallengePurpose::Unknown
        || !secrets::same(&challenge.code_hash, &code_hash(id, &code))
    {
        return Err(wrong());
    }
    enter(request, &challenge).await
}

/// Whether the link in a mail still works. Looking changes nothing: mail scanners open every link.
///
/// # Errors
/// The database.
pub async fn link_works(request: &Request, token: &str) -> Result<bool, Error> {
    let found = request.tenant.challenge_by_token(&link_hash(token)).await?;
    Ok(found.is_some_and(|challenge| {
        !challenge.consumed
            && request.now < challenge.expires_at
            && challenge.purpose != ChallengePurpose::Unknown
    }))
}

/// The button behind the link in the mail.
///
/// # Errors
/// Expired, used, or the database.
pub async fn enter_link(request: &Request, token: &str) -> Result<Entered, Error> {
    let expired = || Error::field(Field::Code, Fault::CodeExpired);
    let found = request.tenant.challenge_by_token(&link_hash(token)).await?;
    let challenge =
        found.filter(|challenge| challenge.purpose != ChallengePurpose::Unknown).ok_or_else(expired)?;
    enter(request, &challenge).await
}

async fn enter(request: &Request, challenge: &Challenge) -> Result<Entered, Error> {
    let expired = || Error::field(Field::Code, Fault::CodeExpired);
    let permit = may_sign_in(request.platform.id);
    let mut write = request.tenant.write().await?;
    if !write.consume_challenge(&permit, challenge.id, request.now).await? {
        return Err(expired());
    }
    let (member, welcome) = match (&challenge.sign_up, challenge.member) {
        (Some(sign_up), _) => (join(request, &mut write, sign_up).await?, true),
        (None, Some(member)) => (member, false),
        (None, None) => return Err(expired()),
    };
    let mut entered = first_factor_given(request, &mut write, member, &challenge.return_to).await?;
    entered.welcome = welcome;
    write.commit().await?;
    Ok(entered)
}

async fn join(request: &Request, write: &mut store::Write, sign_up: &ValidSignUp) -> Result<MemberId, Error> {
    let id = MemberId::new(request.now, request.services.random.as_ref());
    let new = NewMember {
        id,
        name: &sign_up.name,
        email: sign_up.email.as_str(),
        area: sign_up.area,
        locale: Some(request.locale),
        at: request.now,
    };
    match write.insert_member(&may_sign_in(request.platform.id), &new).await? {
        InsertMember::Done => Ok(id),
        // Two mails were asked for and both links used: the first made the account.
        InsertMember::EmailTaken => request
            .tenant
            .member_by_email(sign_up.email.as_str())
            .await?
            .map(|member| member.id)
            .ok_or(Error::Inside("an address that is taken by nobody")),
    }
}

/// Begins the session: half-way when a second factor is asked for or must be set up.
async fn first_factor_given(
    request: &Request,
    write: &mut store::Write,
    member: MemberId,
    return_to: &str,
) -> Result<Entered, Error> {
    let grants = request.tenant.grants(member, request.now).await?;
    let staff = grants.iter().any(|grant| grant.role.needs_second_factor());
    let has_totp = request.tenant.secrets(member).await?.is_some_and(|secrets| secrets.totp_secret.is_some());
    let half_way = staff || has_totp;
    let stage = if half_way { SessionStage::HalfWay } else { SessionStage::Complete };
    let cookie = sessions::begin(request, write, member, stage, staff).await?;
    Ok(Entered { cookie, half_way, return_to: safe_return(return_to).to_owned(), welcome: false })
}

/// Address and password, for who set one.
///
/// # Errors
/// Wrong (without saying which of the two), too often, or the database.
pub async fn enter_password(
    request: &Request,
    typed_address: &str,
    password: &str,
    return_to: &str,
) -> Result<Entered, Error> {
    let address = EmailAddress::parse(typed_address).map_err(|f| Error::field(Field::Email, f))?;
    if password.is_empty() {
        return Err(Error::field(Field::Password, Fault::Required));
    }
    let wrong = || Error::field(Field::Password, Fault::WrongPassword);
    if password.len() > limits::PASSWORD_MAX as usize * 4 {
        return Err(wrong());
    }
    limit_secrets(request, address.as_str()).await?;
    let member = request.tenant.member_by_email(address.as_str()).await?;
    let stored = match &member {
        Some(member) => request.tenant.secrets(member.id).await?.and_then(|secrets| secrets.password_hash),
        None => None,
    };
    let cost = request.services.settings.password_cost;
    let random = request.services.random.as_ref();
    let fits = passwords::verify(password.to_owned(), stored, cost, random).await?;
    match member {
        Some(member) if fits => {
            let mut write = request.tenant.write().await?;
            let entered = first_factor_given(request, &mut write, member.id, safe_return(return_to)).await?;
            write.commit().await?;
            Ok(entered)
        }
        _ => Err(wrong()),
    }
}

/// The second factor of a half-way session, or a recovery code.
///
/// # Errors
/// No half-way session, wrong, used before, too often, or the database.
pub async fn enter_second_factor(request: &Request, typed: &str) -> Result<CookieChange, Error> {
    let record = half_way(request)?;
    let member = record.member.id;
    limit_secrets(request, &member.to_string()).await?;
    let wrong = || Error::field(Field::Code, Fault::WrongCode);
    let secrets_of = request.tenant.secrets(member).await?;
    let secret = secrets_of.and_then(|secrets| secrets.totp_secret).ok_or(Error::NotFound)?;
    let permit = may_sign_in(request.platform.id);
    let mut write = request.tenant.write().await?;
    let good = if let Some(code) = code_digits(typed) {
        match crate::second_factor::matching_step(&secret, &code, request.now)? {
            Some(step) => write.use_totp_step(&permit, member, step).await?,
            None => false,
        }
    } else {
        let hash = crate::second_factor::recovery_hash(member, typed);
        write.use_recovery_code(&permit, member, &hash, request.now).await?
    };
    if !good {
        return Err(wrong());
    }
    let cookie = sessions::complete(request, &mut write, &record).await?;
    write.commit().await?;
    Ok(cookie)
}

/// The session that waits for its second factor.
pub(crate) fn half_way(request: &Request) -> Result<std::sync::Arc<store::sessions::SessionRecord>, Error> {
    request
        .session
        .clone()
        .filter(|_| !request.is_signed_in())
        .ok_or(Error::Denied(domain::permit::Denied::SignInFirst))
}
