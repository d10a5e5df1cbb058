//! Notices about content: stored, and mailed to the platform's contact.

use domain::id::{MailId, ReportId};
use domain::limits;
use domain::reports::{ReportDraft, may_report};
use store::mail::NewMail;
use store::reports::NewReport;

use crate::context::Request;
use crate::limits::{limit, limit_network};
use crate::mail::{self, Message};
use crate::{Error, secrets};

/// Whether a limit still had room; what else went wrong stays an error.
fn within(counted: Result<(), Error>) -> Result<bool, Error> {
    match counted {
        Ok(()) => Ok(true),
        Err(Error::TooOften { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes a notice in, tells the platform's people, and sends a receipt to who left an address.
///
/// # Errors
/// What is wrong with the form, too often, or the database.
pub async fn give(request: &Request, draft: &ReportDraft) -> Result<(), Error> {
    let valid = draft.check(&request.base_url)?;
    limit_network(request, &limits::REPORTS_PER_NETWORK, "report").await?;
    // Too many for a mail each: the notice is kept all the same, and the queue shows it.
    let tell_us = within(limit(request, &limits::REPORT_MAILS, &request.platform.slug).await)?;
    let receipt_to = match &valid.email {
        Some(email) => {
            let key = secrets::limit_key(&["receipt", &request.platform.slug, email.as_str()]);
            within(limit(request, &limits::RECEIPTS_PER_ADDRESS, &key).await)?.then_some(email)
        }
        None => None,
    };
    let permit = may_report(&request.actor, request.platform.id);
    let random = request.services.random.as_ref();
    let now = request.now;
    let platform = &request.platform;
    let reply_to = valid.email.as_ref().map_or("", |email| email.as_str());
    let page = format!("{}{}", request.base_url, valid.address);
    let for_us = mail::compose(
        &Message::ReportForConnector { address: &page, message: &valid.message, reply_to },
        platform,
        platform.locale,
        &request.base_url,
    );
    let mut write = request.tenant.write().await?;
    write
        .insert_report(
            &permit,
            &NewReport {
                id: ReportId::new(now, random),
                address: &valid.address,
                message: &valid.message,
                email: valid.email.as_ref().map(domain::members::email::EmailAddress::as_str),
                at: now,
            },
        )
        .await?;
    if tell_us {
        write
            .queue_mail(&NewMail {
                id: MailId::new(now, random),
                to_name: &platform.name,
                to_address: &platform.contact.email,
                subject: &for_us.subject,
                text: &for_us.text,
                html: &for_us.html,
                at: now,
            })
            .await?;
    }
    if let Some(email) = receipt_to {
        let receipt = mail::compose(
            &Message::ReportReceived { address: &page },
            platform,
            request.locale,
            &request.base_url,
        );
        write
            .queue_mail(&NewMail {
                id: MailId::new(now, random),
                to_name: "",
                to_address: email.as_str(),
                subject: &receipt.subject,
                text: &receipt.text,
                html: &receipt.html,
                at: now,
            })
            .await?;
    }
    write.commit().await?;
    Ok(())
}
