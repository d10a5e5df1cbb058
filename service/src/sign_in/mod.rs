//! Signing in and becoming a member: a mail with a link and a code, or a password.
//!
//! Whether an address is known is never told to who asks, only to who reads its mail (TRUST 21).

mod ask;

use domain::id::{ChallengeId, MailId, MemberId};
use domain::limits;
use domain::members::Member;
use domain::members::draft::ValidSignUp;
use domain::members::email::EmailAddress;
use domain::members::policy::may_sign_in;
use domain::members::sign_in::{SessionStage, code_digits, safe_return};
use domain::problem::{Fault, Field};
use store::challenges::{Challenge, ChallengePurpose};
use store::mail::NewMail;
use store::members::{InsertMember, NewMember};

use crate::context::Request;
use crate::limits::limit_secrets;
use crate::mail::{self, Message};
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
    limit_secrets(request, "code", &id.to_string()).await?;
    let expired = || Error::field(Field::Code, Fault::CodeExpired);
    let Some(challenge) = request.tenant.challenge(id).await? else {
        return Err(expired());
    };
    if challenge.consumed || request.now >= challenge.expires_at {
        return Err(expired());
    }
    // Each mail allows five tries, but somebody may ask for many mails. Their links go on working.
    let wrong_codes = &limits::WRONG_CODES_PER_ADDRESS;
    let store = &request.services.store;
    if store.used_up(request.platform.id, wrong_codes, &challenge.address_key, request.now).await? {
        return Err(Error::field(Field::Code, Fault::UseTheLink));
    }
    let permit = may_sign_in(request.platform.id);
    let mut write = request.tenant.write().await?;
    let attempts = write.count_attempt(&permit, id).await?;
    write.commit().await?;
    if attempts > limits::CODE_ATTEMPTS {
        return Err(Error::field(Field::Code, Fault::UseTheLink));
    }
    if challenge.purpose == ChallengePurpose::Unknown
        || !secrets::same(&challenge.code_hash, &code_hash(id, &code))
    {
        store.hit(request.platform.id, wrong_codes, &challenge.address_key, request.now).await?;
        return Err(wrong());
    }
    enter(request, &challenge).await
}

/// For whom the link in a mail still works: the address, all but a few letters of it hidden, so that nobody signs in
/// as somebody else by a link that was put before them. Looking changes nothing: mail scanners open every link.
///
/// # Errors
/// The database.
pub async fn link_works(request: &Request, token: &str) -> Result<Option<String>, Error> {
    let found = request.tenant.challenge_by_token(&link_hash(token)).await?;
    let Some(challenge) = found.filter(|challenge| {
        !challenge.consumed
            && request.now < challenge.expires_at
            && challenge.purpose != ChallengePurpose::Unknown
    }) else {
        return Ok(None);
    };
    let address = match (&challenge.sign_up, challenge.member) {
        (Some(sign_up), _) => Some(sign_up.email.as_str().to_owned()),
        (None, Some(member)) => request.tenant.member(member).await?.map(|member| member.email),
        (None, None) => None,
    };
    Ok(address.map(|address| masked(&address)))
}

/// `f…@example.org`: enough to know one's own, too little to learn another's.
fn masked(address: &str) -> String {
    let (name, host) = address.rsplit_once('@').unwrap_or((address, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}…@{host}")
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
    // What is read is read before the transaction begins: it holds the one connection that this request gets.
    let known = match (&challenge.sign_up, challenge.member) {
        // Two mails may have been asked for and both links used: the first made the account.
        (Some(sign_up), _) => {
            request.tenant.member_by_email(sign_up.email.as_str()).await?.map(|member| member.id)
        }
        (None, Some(member)) => Some(member),
        (None, None) => return Err(expired()),
    };
    let step = match known {
        Some(member) => NextStep::of(request, member).await?,
        None => NextStep::default(),
    };
    let mut write = request.tenant.write().await?;
    if !write.consume_challenge(&permit, challenge.id, request.now).await? {
        return Err(expired());
    }
    let (member, welcome) = match (known, &challenge.sign_up) {
        (Some(member), _) => (member, false),
        (None, Some(sign_up)) => (join(request, &mut write, sign_up).await?, true),
        (None, None) => return Err(expired()),
    };
    let mut entered = first_factor_given(request, &mut write, member, step, &challenge.return_to).await?;
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
        // Two links at the very same moment: this one is used once more, and finds the account.
        InsertMember::EmailTaken => Err(Error::Conflict),
    }
}

/// What comes after the first factor for a member.
#[derive(Clone, Copy, Debug, Default)]
struct NextStep {
    staff: bool,
    half_way: bool,
}

impl NextStep {
    async fn of(request: &Request, member: MemberId) -> Result<Self, Error> {
        let grants = request.tenant.grants(member, request.now).await?;
        let staff = grants.iter().any(|grant| grant.role.needs_second_factor());
        let secrets = request.tenant.secrets(member).await?;
        let has_totp = secrets.is_some_and(|secrets| secrets.totp_secret.is_some());
        Ok(Self { staff, half_way: staff || has_totp })
    }
}

/// Begins the session: half-way when a second factor is asked for or must be set up.
async fn first_factor_given(
    request: &Request,
    write: &mut store::Write,
    member: MemberId,
    NextStep { staff, half_way }: NextStep,
    return_to: &str,
) -> Result<Entered, Error> {
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
    limit_secrets(request, "password", address.as_str()).await?;
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
            let known = request.tenant.sessions_of(member.id, request.now).await?;
            let is_new = !known.iter().any(|session| session.label == request.label);
            let step = NextStep::of(request, member.id).await?;
            let mut write = request.tenant.write().await?;
            let entered =
                first_factor_given(request, &mut write, member.id, step, safe_return(return_to)).await?;
            if is_new {
                tell_of_new_sign_in(request, &mut write, &member).await?;
            }
            write.commit().await?;
            Ok(entered)
        }
        _ => Err(wrong()),
    }
}

/// A password alone shows its owner nothing: a mail tells of a browser that was not there before.
async fn tell_of_new_sign_in(
    request: &Request,
    write: &mut store::Write,
    member: &Member,
) -> Result<(), Error> {
    let locale = mail::language_for(Some(member), request.locale, &request.platform);
    let message = Message::NewSignIn { name: &member.name, label: &request.label, sessions_link: "/account" };
    let mail = mail::compose(&message, &request.platform, locale, &request.base_url);
    let new = NewMail {
        id: MailId::new(request.now, request.services.random.as_ref()),
        to_name: &member.name,
        to_address: &member.email,
        subject: &mail.subject,
        text: &mail.text,
        html: &mail.html,
        calendar: "",
        at: request.now,
    };
    Ok(write.queue_mail(&new).await?)
}

/// The second factor of a half-way session, or a recovery code.
///
/// # Errors
/// No half-way session, wrong, used before, too often, or the database.
pub async fn enter_second_factor(request: &Request, typed: &str) -> Result<CookieChange, Error> {
    let record = half_way(request)?;
    let member = record.member.id;
    limit_secrets(request, "factor", &member.to_string()).await?;
    let mut write = request.tenant.write().await?;
    if !crate::second_factor::use_code(request, &mut write, member, typed).await? {
        return Err(Error::field(Field::Code, Fault::WrongCode));
    }
    let fresh = sessions::prove(request, &mut write, &record).await?;
    write.commit().await?;
    Ok(CookieChange::Set(fresh.token))
}

/// The session that waits for its second factor.
pub(crate) fn half_way(request: &Request) -> Result<std::sync::Arc<store::sessions::SessionRecord>, Error> {
    request
        .session
        .clone()
        .filter(|_| !request.is_signed_in())
        .ok_or(Error::Denied(domain::permit::Denied::SignInFirst))
}
