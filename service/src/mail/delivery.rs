//! From the queue to the mail server, each mail at most once.
//!
//! A mail is claimed (`sending`) in a transaction of its own before the server hears of it, and
//! recorded afterwards. When the program stops in between, or the server does not answer after it got
//! the text, the mail stays claimed, is marked uncertain later, and is never sent again: a
//! person can ask for a new code, but cannot un-read a second mail (TRUST 22).

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use domain::clock::{Span, Timestamp};
use domain::id::PlatformId;
use store::mail::QueuedMail;

use super::smtp::{Outcome, Parcel, Smtp};
use crate::Error;
use crate::context::Services;

/// How mail leaves.
#[derive(Debug)]
pub enum Mailer {
    /// Through a mail server.
    Smtp(Box<Smtp>),
    /// Not at all: the demo's outbox page shows it. Counts as sent.
    Outbox,
    /// Another process sends it; the queue is left alone.
    Off,
}

/// How long to wait after the first, second … attempt that failed for now. Greylisting asks for
/// minutes; a mail server that is down comes back within hours. After the last there is no other.
const WAITS: [Span; 5] =
    [Span::minutes(1), Span::minutes(5), Span::minutes(15), Span::minutes(60), Span::minutes(240)];

/// A claimed mail without a recorded outcome after this long belongs to a process that is gone:
/// far more than all steps of one conversation may take together.
const CLAIM_LASTS: Span = Span::minutes(60);

/// At most this many mails in one run, so that a program that is asked to stop soon can.
const PER_RUN: usize = 200;

/// Sends what is due, four at a time; gives the number of mails that left. Wait for it to end rather than dropping
/// it: a mail that is being sent when it is dropped counts as uncertain. Once `stop` is set no other is begun.
///
/// # Errors
/// The database. A mail server that does not work is no error: its mails wait.
pub async fn deliver_due(services: &Services, mailer: &Mailer, stop: &AtomicBool) -> Result<usize, Error> {
    if matches!(mailer, Mailer::Off) {
        return Ok(0);
    }
    let run = Run {
        services,
        mailer,
        senders: Mutex::default(),
        claimed: AtomicUsize::new(0),
        sent: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
        stop,
    };
    match mailer {
        Mailer::Smtp(_) => {
            // join, not try_join: a conversation that is going on is always finished and recorded.
            let worker = || Box::pin(run.work());
            let (a, b, c, d) = tokio::join!(worker(), worker(), worker(), worker());
            a.and(b).and(c).and(d)?;
        }
        Mailer::Outbox | Mailer::Off => run.work().await?,
    }
    Ok(run.sent.into_inner())
}

/// Marks the mails of processes that died while sending as uncertain; gives their number.
///
/// # Errors
/// The database.
pub async fn give_up_on_uncertain(services: &Services) -> Result<u64, Error> {
    let before = services.clock.now().minus(CLAIM_LASTS);
    Ok(services.store.mail_uncertain_since(before).await?)
}

/// The community a mail comes from.
#[derive(Clone, Debug, Default)]
struct Sender {
    name: String,
    reply_to: String,
}

struct Run<'a> {
    services: &'a Services,
    mailer: &'a Mailer,
    senders: Mutex<HashMap<PlatformId, Sender>>,
    claimed: AtomicUsize,
    sent: AtomicUsize,
    /// The mail server cannot be used, or the database failed: leave the rest in the queue.
    stopped: AtomicBool,
    /// The program was asked to stop.
    stop: &'a AtomicBool,
}

impl Run<'_> {
    async fn work(&self) -> Result<(), Error> {
        let result = self.send_until_done().await;
        if result.is_err() {
            self.stopped.store(true, Ordering::Relaxed);
        }
        result
    }

    async fn send_until_done(&self) -> Result<(), Error> {
        while !self.stopped.load(Ordering::Relaxed)
            && !self.stop.load(Ordering::Relaxed)
            && self.claimed.fetch_add(1, Ordering::Relaxed) < PER_RUN
        {
            // One at a time: a crash then leaves at most one mail per conversation uncertain.
            let Some(mail) = self.services.store.claim_mail(self.now(), 1).await?.pop() else {
                return Ok(());
            };
            let outcome = self.send(&mail).await?;
            self.record(&mail, outcome).await?;
        }
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    async fn send(&self, mail: &QueuedMail) -> Result<Outcome, Error> {
        let Mailer::Smtp(smtp) = self.mailer else {
            return Ok(Outcome::Sent);
        };
        let sender = self.sender(mail.platform).await?;
        let parcel = Parcel {
            id: mail.id,
            at: self.now(),
            from_name: &sender.name,
            from_address: &self.services.settings.mail_from,
            reply_to: &sender.reply_to,
            to_name: &mail.to_name,
            to_address: &mail.to_address,
            subject: &mail.subject,
            text: &mail.text,
            html: &mail.html,
            calendar: &mail.calendar,
        };
        Ok(smtp.send(&parcel).await)
    }

    /// The name and the address for answers, read once per platform and run.
    async fn sender(&self, platform: PlatformId) -> Result<Sender, Error> {
        if let Some(known) =
            self.senders.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&platform)
        {
            return Ok(known.clone());
        }
        let found = self.services.store.on(platform).load_platform(self.now()).await?;
        let sender = found
            .map(|(platform, _)| Sender { name: platform.name, reply_to: platform.contact.email })
            .unwrap_or_default();
        self.senders
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(platform, sender.clone());
        Ok(sender)
    }

    async fn record(&self, mail: &QueuedMail, outcome: Outcome) -> Result<(), Error> {
        let store = &self.services.store;
        match outcome {
            Outcome::Sent => {
                store.mail_sent(mail.id, self.now()).await?;
                self.sent.fetch_add(1, Ordering::Relaxed);
            }
            Outcome::Refused(reason) => {
                tracing::warn!(mail = %mail.id, %reason, "the mail server refused a mail");
                store.mail_failed(mail.id, &reason, self.now()).await?;
            }
            Outcome::Later(reason) => self.try_later(mail, &reason).await?,
            Outcome::Unreachable(reason) => {
                // The others would fare the same; they keep their attempts and their place.
                self.stopped.store(true, Ordering::Relaxed);
                self.try_later(mail, &reason).await?;
            }
            Outcome::Unknown(reason) => {
                tracing::error!(mail = %mail.id, %reason, "a mail may or may not have been sent; it is not sent again");
            }
        }
        Ok(())
    }

    async fn try_later(&self, mail: &QueuedMail, reason: &str) -> Result<(), Error> {
        let attempts = mail.attempts;
        let store = &self.services.store;
        let now = self.now();
        if let Some(wait) = wait_after(attempts) {
            tracing::info!(mail = %mail.id, reason, attempts, "a mail will be tried again");
            store.mail_retry(mail.id, now.plus(wait), reason).await?;
        } else {
            tracing::warn!(mail = %mail.id, reason, attempts, "a mail could not be sent");
            store.mail_failed(mail.id, reason, now).await?;
        }
        Ok(())
    }
}

/// How long to wait after this many attempts; `None` when it was the last.
fn wait_after(attempts: i64) -> Option<Span> {
    let index = usize::try_from(attempts - 1).ok()?;
    WAITS.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_six_times_over_five_hours_and_a_bit() {
        let waits: Vec<i64> = (1..=5).filter_map(wait_after).map(|span| span.0 / 60_000).collect();
        assert_eq!(waits, [1, 5, 15, 60, 240]);
        assert_eq!(wait_after(6), None);
        assert_eq!(wait_after(0), None);
    }
}
