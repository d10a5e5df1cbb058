//! Mails about a case: each in its receiver's language, queued in the transaction of what they tell, so that each goes
//! out once when that is stored, and never when it is not.

use domain::id::{CaseId, MailId};
use domain::locale::Locale;
use domain::members::Member;
use domain::moderation::Snapshot;
use store::mail::NewMail;
use store::moderation::NoticeRecord;

use crate::Error;
use crate::context::Request;
use crate::mail::{self, Message};

/// Who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct To {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) locale: Locale,
}

impl To {
    pub(crate) fn platform(request: &Request) -> Self {
        let platform = &request.platform;
        Self { name: platform.name.clone(), address: platform.contact.email.clone(), locale: platform.locale }
    }

    pub(crate) fn member(request: &Request, member: &Member) -> Self {
        Self {
            name: member.name.clone(),
            address: member.email.clone(),
            locale: mail::language_for(Some(member), request.locale, &request.platform),
        }
    }

    /// Somebody without an account, in the language they wrote in.
    pub(super) fn address(request: &Request, address: &str, locale: Locale) -> Self {
        Self::named(request, "", address, locale)
    }

    /// The same with the name that they gave.
    pub(crate) fn named(request: &Request, name: &str, address: &str, locale: Locale) -> Self {
        Self {
            name: name.to_owned(),
            address: address.to_owned(),
            locale: mail::language_for(None, locale, &request.platform),
        }
    }

    pub(crate) const fn locale(&self) -> Locale {
        self.locale
    }
}

/// Who sent a notice and can be reached.
pub(crate) async fn sender(request: &Request, notice: &NoticeRecord) -> Result<Option<To>, Error> {
    if let Some(member) = notice.member
        && let Some(member) = request.tenant.member(member).await?
        && notice.email.as_ref().is_none_or(|email| *email == member.email)
    {
        return Ok(Some(To::member(request, &member)));
    }
    let locale = notice.locale.unwrap_or(request.platform.locale);
    Ok(notice.email.as_ref().map(|email| To::address(request, email, locale)))
}

/// What an author calls their post.
pub(super) fn title(snapshot: &Snapshot) -> &str {
    &snapshot.title
}

/// Where an author finds what was decided, as a path.
pub(super) fn own_link(case: CaseId) -> String {
    format!("/account/bezwaar/{case}")
}

/// Puts mails into the queue of one transaction.
pub(crate) struct Letters<'a> {
    request: &'a Request,
    write: &'a mut store::Write,
}

impl<'a> Letters<'a> {
    pub(crate) fn new(request: &'a Request, write: &'a mut store::Write) -> Self {
        Self { request, write }
    }

    pub(crate) async fn send(&mut self, to: &To, message: &Message<'_>) -> Result<(), Error> {
        self.send_with(to, message, "").await
    }

    /// With an invitation for a calendar (RFC 6047); empty for none.
    pub(crate) async fn send_with(
        &mut self,
        to: &To,
        message: &Message<'_>,
        calendar: &str,
    ) -> Result<(), Error> {
        let request = self.request;
        let mail = mail::compose(message, &request.platform, to.locale, &request.base_url);
        self.write
            .queue_mail(&NewMail {
                id: MailId::new(request.now, request.services.random.as_ref()),
                to_name: &to.name,
                to_address: &to.address,
                subject: &mail.subject,
                text: &mail.text,
                html: &mail.html,
                calendar,
                at: request.now,
            })
            .await?;
        Ok(())
    }
}
