//! What happens to registrations by the clock: seats that were not confirmed in time go on to who waits, and who comes
//! is reminded the day before. Every server process looks; locks and claims in the database see to it that each thing
//! happens once.

use domain::activities::ActivityStatus;
use domain::activities::registration::State;
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, PlatformId, RoundId};
use domain::permit::Permit;
use store::activities::Round;

use super::ask::promote;
use super::letters::{About, tell};
use super::time_of_round;
use crate::Error;
use crate::activities::series_of;
use crate::context::{BaseUrl, Request, Services};
use crate::mail::SeatKind;
use calendar::zone;

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
        let name = calendar::local_text(time.instead_of);
        let about = About { only: Some(&name), ..About::of(&stored, &series) };
        let early = request.now.minus(LATELY);
        let coming = people.iter().filter(|one| one.state == State::Seat && one.is_confirmed());
        for one in coming.filter(|one| one.created_at < early) {
            tell(&request, &mut write, &about, one, SeatKind::Reminder).await?;
            told += 1;
        }
    }
    write.commit().await?;
    Ok(told)
}
