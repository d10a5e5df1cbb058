//! What happens to registrations by the clock: seats that were not confirmed in time go on to who waits, and who comes
//! is reminded the day before. Every server process looks; locks and claims in the database see to it that each thing
//! happens once.

use calendar::{Series, zone};
use domain::activities::registration::{Registration, State};
use domain::activities::{Activity, ActivityStatus};
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, PlatformId, RoundId};
use domain::permit::Permit;
use store::Write;
use store::activities::Round;

use super::ask::promote;
use super::letters::{About, tell};
use super::time_of_round;
use crate::Error;
use crate::activities::{NEXT, Time, next_times, series_of};
use crate::context::{BaseUrl, Request, Services};
use crate::mail::SeatKind;

/// How many rounds are looked at in one go.
const AT_ONCE: i64 = 50;
/// How long before it begins people are reminded.
const AHEAD: Span = Span::hours(24);
/// Who registered this shortly before needs no reminder.
const LATELY: Span = Span::hours(12);

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Seats that went on to who waits.
    pub promoted: usize,
    pub reminded: usize,
}

/// Does what is due now.
///
/// # Errors
/// The database. One round that fails keeps no other from it.
pub async fn run(services: &Services, base: BaseUrl<'_>) -> Result<Done, Error> {
    let now = services.clock.now();
    let mut done = Done::default();
    for (platform, activity, round) in services.store.rounds_with_expired_holds(now, AT_ONCE).await? {
        match Box::pin(settle(services, base, (platform, activity, round), now)).await {
            Ok(seated) => done.promoted += seated,
            Err(error) => crate::error::log(&error),
        }
    }
    for (platform, round) in services.store.rounds_to_remind(now, now.plus(AHEAD), AT_ONCE).await? {
        match Box::pin(remind(services, base, platform, &round)).await {
            Ok(told) => done.reminded += told,
            Err(error) => crate::error::log(&error),
        }
    }
    Ok(done)
}

async fn settle(
    services: &Services,
    base: BaseUrl<'_>,
    (platform, activity, round): (PlatformId, ActivityId, RoundId),
    now: Timestamp,
) -> Result<usize, Error> {
    let Some(request) = Request::by_the_clock(services, base, platform).await? else { return Ok(0) };
    let permit = Permit::for_the_platform_itself(platform);
    let mut write = request.tenant.write().await?;
    let seated = write.settle_round_by_clock(&permit, (activity, round), now).await?;
    if !seated.is_empty()
        && let Some(stored) = request.tenant.activity(activity).await?
        && let Some(series) = series_of(&stored.series)
    {
        promote(&request, &mut write, &About::of(&stored, &series), &seated).await?;
    }
    write.commit().await?;
    Ok(seated.len())
}

async fn remind(
    services: &Services,
    base: BaseUrl<'_>,
    platform: PlatformId,
    round: &Round,
) -> Result<usize, Error> {
    let Some(request) = Request::by_the_clock(services, base, platform).await? else { return Ok(0) };
    if round.occurrence.is_empty() {
        return Box::pin(remind_of_series(&request, round)).await;
    }
    let permit = Permit::for_the_platform_itself(platform);
    let Some(stored) = request.tenant.activity(round.activity).await? else { return Ok(0) };
    let series = series_of(&stored.series).ok_or(Error::Inside("the series of an activity"))?;
    let mut write = request.tenant.write().await?;
    let Some(people) = write.claim_reminder(&permit, round.id).await? else { return Ok(0) };
    let now = zone::on_the_wall(request.now);
    let time = time_of_round(&stored.changes, &series, &round.occurrence, now);
    let time = time.filter(|time| !time.cancelled && stored.status == ActivityStatus::Published);
    let mut told = 0;
    if let Some(time) = time {
        told = tell_who_comes(&request, &mut write, (&stored, &series, &time), &people).await?;
    }
    write.commit().await?;
    Ok(told)
}

/// Who registered for a whole series is reminded before each of its times: those that take place, when they do.
async fn remind_of_series(request: &Request, round: &Round) -> Result<usize, Error> {
    let permit = Permit::for_the_platform_itself(request.platform.id);
    let mut write = request.tenant.write().await?;
    let Some(people) = write.hold_for_reminders(&permit, round.id).await? else { return Ok(0) };
    // Read with the round held: whoever changes its times waits, or is done.
    let Some(stored) = request.tenant.activity(round.activity).await? else { return Ok(0) };
    let series = series_of(&stored.series).ok_or(Error::Inside("the series of an activity"))?;
    let until = request.now.plus(AHEAD);
    let next = next_times(&stored.changes, &series, zone::on_the_wall(request.now), NEXT);
    // Where all of these are called off, there may be others after them.
    let look_again = next.last().filter(|_| next.len() == NEXT).map(|last| zone::moment(last.start));
    let times = next.iter().filter(|time| !time.cancelled).map(|time| (time, zone::moment(time.start)));
    let times: Vec<_> = times.filter(|(_, begins)| *begins > request.now).collect();
    let mut told = 0;
    for (time, begins) in times.iter().filter(|(_, begins)| *begins <= until) {
        if stored.status != ActivityStatus::Published {
            continue;
        }
        let day = time.instead_of.date().to_string();
        if write.claim_time(&permit, round.id, (&day, *begins), AHEAD).await? {
            told += tell_who_comes(request, &mut write, (&stored, &series, time), &people).await?;
        }
    }
    let later = times.iter().map(|(_, begins)| *begins).find(|begins| *begins > until);
    let later = later.or(look_again.map(|at| at.max(until.plus(Span(1)))));
    write.remind_later(&permit, round.id, later).await?;
    write.commit().await?;
    Ok(told)
}

async fn tell_who_comes(
    request: &Request,
    write: &mut Write,
    (activity, series, time): (&Activity, &Series, &Time),
    people: &[Registration],
) -> Result<usize, Error> {
    let name = calendar::local_text(time.instead_of);
    let about = About { only: Some(&name), ..About::of(activity, series) };
    let early = request.now.minus(LATELY);
    let mut told = 0;
    let coming = people.iter().filter(|one| one.state == State::Seat && one.is_confirmed() && one.reminders);
    for one in coming.filter(|one| one.created_at < early && one.has_address()) {
        tell(request, write, &about, one, SeatKind::Reminder).await?;
        told += 1;
    }
    Ok(told)
}
