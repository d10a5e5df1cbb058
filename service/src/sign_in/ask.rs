//! Asking for a mail with a link and a code.

use domain::clock::Span;
use domain::id::{ChallengeId, MailId};
use domain::limits;
use domain::members::Member;
use domain::members::draft::{SignUpDraft, ValidSignUp};
use domain::members::email::EmailAddress;
use domain::members::policy::may_sign_in;
use domain::members::sign_in::{CHALLENGE_LASTS, safe_return};
use domain::moderation::sieve::Sieve;
use domain::problem::Field;
use store::challenges::{ChallengePurpose, NewChallenge};
use store::mail::NewMail;

use super::{code_hash, link_hash};
use crate::context::Request;
use crate::limits::{limit, limit_network};
use crate::mail::{self, Message};
use crate::{Error, moderation, secrets};

async fn limit_mail(request: &Request, address: &EmailAddress) -> Result<(), Error> {
    let platform = request.platform.slug.as_str();
    limit_network(request, &limits::MAILS_PER_NETWORK, "mail").await?;
    let from_here = secrets::limit_key(&["mail", platform, address.as_str(), &request.network]);
    limit(request, &limits::MAILS_PER_ADDRESS, &from_here).await?;
    let in_all = secrets::limit_key(&["mail", platform, address.as_str()]);
    limit(request, &limits::MAILS_PER_ADDRESS_IN_ALL, &in_all).await?;
    limit(request, &limits::MAILS_PER_PLATFORM, platform).await
}

/// Sends a link and a code to the address, when there is an account; otherwise a friendly mail
/// that there is none. The answer is the same.
///
/// # Errors
/// Not an address, too often, or the database.
pub async fn ask(request: &Request, typed: &str, return_to: &str) -> Result<ChallengeId, Error> {
    let address = EmailAddress::parse(typed).map_err(|f| Error::field(Field::Email, f))?;
    limit_mail(request, &address).await?;
    let known = request.tenant.member_by_email(address.as_str()).await?;
    let wish = match &known {
        Some(member) => Wish::SignIn(member),
        None => Wish::Unknown,
    };
    challenge(request, &address, wish, safe_return(return_to)).await
}

/// Begins a membership: the account is made when the address proves right.
///
/// # Errors
/// What is wrong with the form, too often, or the database.
pub async fn ask_to_join(
    request: &Request,
    draft: &SignUpDraft,
    return_to: &str,
    sieve: &Sieve,
) -> Result<ChallengeId, Error> {
    let valid = draft.check(&request.platform)?;
    if moderation::sift(request, "join", sieve).await? == moderation::Verdict::Program {
        // It gets the same page as everybody, with a code that no mail brings.
        let mut bytes = [0; 16];
        request.services.random.fill(&mut bytes);
        return Ok(ChallengeId::unguessable(bytes));
    }
    limit_mail(request, &valid.email).await?;
    let known = request.tenant.member_by_email(valid.email.as_str()).await?;
    let address = valid.email.clone();
    let wish = match &known {
        Some(member) => Wish::JoinAgain(member),
        None => Wish::Join(&valid),
    };
    challenge(request, &address, wish, safe_return(return_to)).await
}

enum Wish<'a> {
    SignIn(&'a Member),
    Join(&'a ValidSignUp),
    JoinAgain(&'a Member),
    Unknown,
}

async fn challenge(
    request: &Request,
    address: &EmailAddress,
    wish: Wish<'_>,
    return_to: &str,
) -> Result<ChallengeId, Error> {
    let random = request.services.random.as_ref();
    let now = request.now;
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    let id = ChallengeId::unguessable(bytes);
    let token = secrets::token(random);
    let code = secrets::six_digits(random);
    let link = format!("{}/aanmelden/link/{token}", request.base_url);
    let minutes = CHALLENGE_LASTS.0 / Span::minutes(1).0;
    let sign_up_link = format!("{}/lid-worden", request.base_url);
    let (purpose, member, sign_up, message, name) = match &wish {
        Wish::SignIn(member) => (
            ChallengePurpose::SignIn,
            Some(member.id),
            None,
            Message::SignIn { code: &code, link: &link, name: &member.name, minutes },
            member.name.as_str(),
        ),
        Wish::JoinAgain(member) => (
            ChallengePurpose::SignIn,
            Some(member.id),
            None,
            Message::AlreadyMember { code: &code, link: &link, name: &member.name },
            member.name.as_str(),
        ),
        Wish::Join(valid) => (
            ChallengePurpose::SignUp,
            None,
            Some(*valid),
            Message::SignUp { code: &code, link: &link, name: &valid.name, minutes },
            valid.name.as_str(),
        ),
        Wish::Unknown => {
            (ChallengePurpose::Unknown, None, None, Message::NoAccount { sign_up_link: &sign_up_link }, "")
        }
    };
    let receiver = match &wish {
        Wish::SignIn(member) | Wish::JoinAgain(member) => Some(*member),
        Wish::Join(_) | Wish::Unknown => None,
    };
    let locale = mail::language_for(receiver, request.locale, &request.platform);
    let mail = mail::compose(&message, &request.platform, locale, &request.base_url);
    let mut write = request.tenant.write().await?;
    write
        .insert_challenge(
            &may_sign_in(request.platform.id),
            &NewChallenge {
                id,
                purpose,
                member,
                address_key: &secrets::limit_key(&["code", &request.platform.slug, address.as_str()]),
                sign_up,
                code_hash: &code_hash(id, &code),
                token_hash: &link_hash(&token),
                return_to,
                at: now,
                expires_at: now.plus(CHALLENGE_LASTS),
            },
        )
        .await?;
    write
        .queue_mail(&NewMail {
            id: MailId::new(now, random),
            to_name: name,
            to_address: address.as_str(),
            subject: &mail.subject,
            text: &mail.text,
            html: &mail.html,
            calendar: "",
            at: now,
        })
        .await?;
    write.commit().await?;
    Ok(id)
}
