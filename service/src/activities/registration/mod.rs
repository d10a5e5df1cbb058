//! Registering for activities: for one time, or for a whole series at once (ADR 0022).
//!
//! Everybody registers, members with one click and others with a mail that they confirm. Who organises it sees the
//! list. Whatever changes seats tells those concerned in the same transaction.

mod ask;
mod clock;
mod door;
mod follow;
mod letters;
mod mine;
mod own;
mod people;

use calendar::{Local, Series, zone};
use chrono::TimeDelta;
use domain::activities::policy;
use domain::activities::registration::{Registration, Rules, State};
use domain::activities::{ActivityStatus, OccurrenceChange};
use domain::clock::Timestamp;
use store::activities::Seats;

use super::{ActivityView, Time, named, next_times, time_of};
use crate::Error;
use crate::context::Request;

pub use ask::{Registered, register};
pub use clock::{Done, run};
pub use door::{PutOn, change_for, put_on_list};
pub(super) use follow::{Change, follow, follow_time, gone, is_back};
pub(crate) use follow::{back_by_case, gone_by_case};
pub(super) use letters::About;
pub use mine::{Going, calendar_of, calendar_since, end_calendar, going, new_calendar};
pub use own::{
    Own, by_link, cancel, cancel_by_link, change, change_by_link, confirm, own, set_reminders,
    set_reminders_by_link,
};
pub use people::{People, Sheet, cancel_for, check_in, export, message_to_all, people};

/// Whether one can register now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    Yes,
    /// It is too late.
    Closed,
    /// It has begun, or nothing of it is to come.
    Over,
    /// That time is cancelled.
    CalledOff,
}

/// How it stands with registering for what a page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registering {
    pub rules: Rules,
    /// The name of the round: that of the time, or empty for the whole series.
    pub round: String,
    pub seats: Seats,
    pub open: Open,
    /// Until when one can register.
    pub until: Option<Local>,
    /// The reader's own.
    pub mine: Option<Mine>,
    /// The reader sees who comes.
    pub may_manage: bool,
}

/// Somebody's registration as they see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    pub registration: Registration,
    /// On the waiting list, from 1 on; 0 for who does not wait.
    pub number: u32,
}

/// When one can register for a time until, and whether that is still so.
fn open(rules: &Rules, time: Option<&Time>, now: Local) -> (Open, Option<Local>) {
    let Some(time) = time else { return (Open::Over, None) };
    if time.cancelled {
        return (Open::CalledOff, None);
    }
    let earlier = TimeDelta::hours(i64::from(rules.closes_hours));
    let until = time.start.checked_sub_signed(earlier).unwrap_or(time.start);
    let open = if time.start <= now {
        Open::Over
    } else if until <= now {
        Open::Closed
    } else {
        Open::Yes
    };
    (open, Some(until))
}

/// The time that a round is about: its own, or the next one of the series that takes place.
fn time_of_round(changes: &[OccurrenceChange], series: &Series, round: &str, now: Local) -> Option<Time> {
    if round.is_empty() {
        let next = next_times(changes, series, now, super::NEXT);
        next.iter().find(|time| !time.cancelled && time.start > now).or_else(|| next.first()).cloned()
    } else {
        named(changes, series, round).ok()
    }
}

/// From when to when a round is: one time, or the next and the last one of a series.
fn span(changes: &[OccurrenceChange], series: &Series, round: &str, time: &Time) -> (Timestamp, Timestamp) {
    let (begins, ends) = (zone::moment(time.start), zone::moment(time.end));
    if !round.is_empty() {
        return (begins, ends);
    }
    match series.bounds() {
        Some((_, Some(last))) => {
            let last = time_of(changes, last, series.minutes);
            (begins, ends.max(zone::moment(last.end)))
        }
        _ => (begins, Timestamp(i64::MAX)),
    }
}

/// The reader's own registration for what a page shows.
///
/// # Errors
/// The database.
pub async fn mine(request: &Request, view: &ActivityView) -> Result<Option<Mine>, Error> {
    let (Some(member), Some(rules), Some(time)) =
        (request.actor.member_id(), &view.activity.text.registration, &view.time)
    else {
        return Ok(None);
    };
    let name = calendar::local_text(time.instead_of);
    let what = (view.activity.id, rules.round(&name));
    match request.tenant.registration_of(what, member, request.now).await? {
        Some(registration) => Ok(Some(with_number(request, registration).await?)),
        None => Ok(None),
    }
}

/// How it stands with registering for what a page shows; `None` where people just come.
///
/// # Errors
/// The database.
pub async fn registering(
    request: &Request,
    view: &ActivityView,
    mine: Option<Mine>,
) -> Result<Option<Registering>, Error> {
    let activity = &view.activity;
    let Some(rules) = activity.text.registration.clone() else { return Ok(None) };
    let Some(shown) = view.time.as_ref().filter(|_| activity.status == ActivityStatus::Published) else {
        return Ok(None);
    };
    let now = zone::on_the_wall(request.now);
    let name = calendar::local_text(shown.instead_of);
    let round = rules.round(&name).to_owned();
    let time = time_of_round(&activity.changes, &view.series, &round, now);
    let (open, until) = open(&rules, time.as_ref(), now);
    let seats = request.tenant.seats(activity.id, &round, request.now).await?;
    let facts = super::ActivityFacts::of(activity, request.platform.id, &request.platform.areas);
    let may_manage = policy::may_manage_registrations(&request.actor, &facts).is_ok();
    Ok(Some(Registering { rules, round, seats, open, until, mine, may_manage }))
}

async fn with_number(request: &Request, registration: Registration) -> Result<Mine, Error> {
    let number = if registration.state == State::Waiting {
        request.tenant.waiting_number(registration.id, request.now).await?
    } else {
        0
    };
    Ok(Mine { registration, number })
}

#[cfg(test)]
mod tests;
