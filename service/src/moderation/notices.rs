//! Giving notice: kept, brought together by content, told to the platform's people, with a receipt for its sender.

use domain::id::{CaseId, MemberId, NoticeId};
use domain::limits;
use domain::members::email::EmailAddress;
use domain::moderation::notice::{NoticeDraft, ValidNotice, may_give_notice};
use domain::moderation::sieve::Sieve;
use domain::moderation::{CaseOrigin, ContentKind, FOLLOW_FOR, Reference, Snapshot, Subject};
use store::moderation::{NewCase, NewNotice};

use super::content::readable;
use super::letters::{Letters, To};
use super::sieve::{Verdict, sift};
use crate::context::Request;
use crate::limits::{limit, limit_network, within};
use crate::mail::{Message, Note};
use crate::{Error, secrets};

/// A notice that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// As people quote it.
    pub reference: String,
    /// Its own secret page, as a path.
    pub link: String,
}

/// What a notice is about, as its sender sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    pub kind: Option<ContentKind>,
    /// That of a comment is that of its post.
    pub title: String,
}

/// What stands at an address, for the form.
///
/// # Errors
/// The database.
pub async fn reported(request: &Request, address: &str) -> Result<Option<Reported>, Error> {
    let found = readable(request, &Subject::from_path(address)).await?;
    Ok(found.map(|found| Reported { kind: ContentKind::from_key(&found.now.kind), title: found.now.title }))
}

/// The path of a notice's own page.
pub(super) fn follow_link(token: &str) -> String {
    format!("/melding/{token}")
}

pub(super) fn token_hash(token: &str) -> Vec<u8> {
    secrets::hash(&["notice", token])
}

/// Takes a notice in, tells the platform's people, and sends a receipt to who left an address.
///
/// # Errors
/// What is wrong with the form, too often, or the database.
pub async fn give(request: &Request, draft: &NoticeDraft, sieve: &Sieve) -> Result<Given, Error> {
    let valid = draft.check(&request.base_url)?;
    let now = request.now;
    let random = request.services.random.as_ref();
    let id = NoticeId::new(now, random);
    let token = secrets::token(random);
    let given = Given { reference: Reference::from(id).to_string(), link: follow_link(&token) };
    // Members are known; the form without an account is what programs find.
    if !request.is_signed_in() && sift(request, "report", sieve).await? == Verdict::Program {
        return Ok(given);
    }
    limit_network(request, &limits::REPORTS_PER_NETWORK, "report").await?;
    // Too many for a mail each: the notice is kept all the same, and the queue shows it.
    let tell_us = within(limit(request, &limits::REPORT_MAILS, &request.platform.slug).await)?;
    let receipt_to = receiver(request, &valid).await?;

    let subject = Subject::from_path(&valid.address);
    let found = readable(request, &subject).await?;
    // What is not there, or not for this reader, is an address like any other.
    let subject = if found.is_some() { subject } else { Subject::Address(valid.address.clone()) };
    let page = format!("{}{}", request.base_url, valid.address);
    let permit = may_give_notice(&request.actor, request.platform.id);
    let mut write = request.tenant.write().await?;
    let case = write
        .open_case(
            &permit,
            &NewCase {
                id: CaseId::new(now, random),
                origin: CaseOrigin::Notice,
                subject: &subject,
                author: found.as_ref().map(|found| found.author),
                areas: found.as_ref().map_or(&[], |found| &found.areas),
                topic: found.as_ref().and_then(|found| found.topic),
                notices: 1,
                snapshot: &found.as_ref().map(|found| found.now.clone()).unwrap_or_default(),
                at: now,
            },
        )
        .await?;
    write
        .insert_notice(
            &permit,
            &NewNotice {
                id,
                case: case.id,
                email: valid.email.as_ref().map(EmailAddress::as_str),
                locale: request.locale,
                category: valid.category,
                rule: valid.rule,
                address: &valid.address,
                token_hash: &token_hash(&token),
                follow_until: now.plus(FOLLOW_FOR),
                message: &valid.message,
                at: now,
            },
        )
        .await?;
    let mut letters = Letters::new(request, &mut write);
    if tell_us {
        let reply_to = valid.email.as_ref().map_or("", |email| email.as_str());
        let at_desk = format!("{}/beheer/meldingen/{}", request.base_url, case.id);
        let message = Message::ReportForConnector { address: &at_desk, message: &valid.message, reply_to };
        letters.send(&To::platform(request), &message).await?;
    }
    if let Some(to) = receipt_to {
        let address = if valid.address.is_empty() { "" } else { page.as_str() };
        let note = Note::Received { address, reference: &given.reference, link: &given.link };
        letters.send(&to, &Message::Note(note)).await?;
    }
    write.audit(request.actor.member_id(), "notice.give", Some(id.0), now).await?;
    write.commit().await?;
    Ok(given)
}

/// Who gets the receipt: the address that was typed, or else the member's own.
async fn receiver(request: &Request, valid: &ValidNotice) -> Result<Option<To>, Error> {
    let own = request.session.as_ref().filter(|_| request.is_signed_in()).map(|session| &session.member);
    let typed = valid.email.as_ref().map(EmailAddress::as_str);
    if let Some(member) = own.filter(|member| typed.is_none_or(|typed| typed == member.email)) {
        return Ok(Some(To::member(request, member)));
    }
    let Some(email) = typed else { return Ok(None) };
    let key = secrets::limit_key(&["receipt", &request.platform.slug, email]);
    let allowed = within(limit(request, &limits::RECEIPTS_PER_ADDRESS, &key).await)?;
    Ok(allowed.then(|| To::address(request, email, request.locale)))
}

/// Begins a case that nobody gave notice of: something that looks as if somebody should look. `text` is of the post.
pub(super) async fn flag(
    request: &Request,
    write: &mut store::Write,
    origin: CaseOrigin,
    (subject, author): (&Subject, MemberId),
    snapshot: &Snapshot,
    text: &domain::posts::PostText,
) -> Result<(), Error> {
    let permit = may_give_notice(&domain::actor::Actor::visitor(request.platform.id), request.platform.id);
    let new = NewCase {
        id: CaseId::new(request.now, request.services.random.as_ref()),
        origin,
        subject,
        author: Some(author),
        areas: &text.areas,
        topic: text.topic,
        notices: 0,
        snapshot,
        at: request.now,
    };
    write.open_case(&permit, &new).await?;
    Ok(())
}
