//! Background work. Every process runs it; claims in the database see to it that each piece is
//! done by one.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use domain::clock::Span;
use service::activities::registration;
use service::context::Services;
use service::mail::{Mailer, deliver_due, give_up_on_uncertain};
use service::posts::timetable;
use service::sources;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

/// How often the mail queue is looked at: a code should be there while one waits for it.
const EVERY: Duration = Duration::from_secs(1);
/// How often is looked whether a calendar is due.
const FOLLOW_EVERY: Duration = Duration::from_secs(30);
const SWEEP_EVERY: Span = Span::hours(1);
const UNCERTAIN_EVERY: Span = Span::minutes(10);

/// Works until `stop` is dropped. What has begun is finished; once `stopping` is set no other mail is begun.
pub async fn run(
    services: Services,
    mailer: Mailer,
    mut stop: watch::Receiver<()>,
    stopping: Arc<AtomicBool>,
) {
    let mut clock = tokio::time::interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = clock.tick() => {},
            _ = stop.changed() => return,
        }
        once(&services, &mailer, &stopping).await;
    }
}

/// Publishes what is planned and takes off the lists what has expired, at the second, until `stop` is dropped. Apart
/// from the mail, which may take its time.
pub async fn keep_time(
    services: Services,
    base: impl Fn(&str) -> String + Send + Sync,
    mut stop: watch::Receiver<()>,
) {
    let mut clock = tokio::time::interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = clock.tick() => {},
            _ = stop.changed() => return,
        }
        match Box::pin(registration::run(&services, &base)).await {
            Ok(done) if done == registration::Done::default() => {}
            Ok(done) => tracing::info!(?done, "seats were given on, or people reminded"),
            Err(error) => tracing::error!(%error, "registrations cannot be looked at"),
        }
        match Box::pin(timetable::run(&services, &base)).await {
            Ok(done) if done == timetable::Done::default() => {}
            Ok(done) => tracing::info!(?done, "what was planned is done"),
            Err(error) => tracing::error!(%error, "what is planned cannot be looked at"),
        }
    }
}

/// Reads the calendars of others that are due, until `stop` is dropped. Apart from everything else: who is asked may
/// take their time. What is being read then is read again later.
pub async fn follow_calendars(services: Services, mut stop: watch::Receiver<()>) {
    let mut clock = tokio::time::interval(FOLLOW_EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = clock.tick() => {},
            _ = stop.changed() => return,
        }
        loop {
            let read = tokio::select! {
                read = Box::pin(sources::run(&services)) => read,
                _ = stop.changed() => return,
            };
            match read {
                Ok(None) => break,
                Ok(Some(outcome)) => tracing::info!(?outcome, "a calendar was read"),
                Err(error) => {
                    tracing::error!(%error, "a calendar cannot be followed");
                    break;
                }
            }
        }
    }
}

/// One round of everything that is due.
pub async fn once(services: &Services, mailer: &Mailer, stopping: &AtomicBool) {
    if let Err(error) = deliver_due(services, mailer, stopping).await {
        tracing::error!(%error, "mail cannot be delivered");
    }
    if claimed(services, "uncertain-mail", UNCERTAIN_EVERY).await {
        match give_up_on_uncertain(services).await {
            Ok(0) => {}
            Ok(mails) => {
                tracing::warn!(mails, "mails of a process that stopped may or may not have been sent");
            }
            Err(error) => tracing::error!(%error, "uncertain mails cannot be marked"),
        }
    }
    if claimed(services, "sweep", SWEEP_EVERY).await {
        match services.store.sweep(services.clock.now()).await {
            Ok(swept) => tracing::info!(?swept, "what was kept long enough is gone"),
            Err(error) => tracing::error!(%error, "what was kept long enough cannot be deleted"),
        }
        if let Err(error) = service::photos::sweep(services, services.clock.now()).await {
            tracing::error!(%error, "photos without a post cannot be deleted");
        }
    }
}

async fn claimed(services: &Services, name: &str, every: Span) -> bool {
    match services.store.claim_periodic(name, services.clock.now(), every).await {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::error!(%error, name, "periodic work cannot be claimed");
            false
        }
    }
}
