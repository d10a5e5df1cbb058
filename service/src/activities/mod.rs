//! Activities: the agenda of a time, one activity with its times, what other calendars read, and how all of it changes.

mod agenda;
mod clash;
mod feed;
pub mod registration;
mod time;
mod timing;
mod versions;
mod write;

use std::sync::Arc;

use calendar::{Local, Series, zone};
use domain::activities::policy::{self, ActivityFacts};
use domain::activities::{Activity, ActivityStatus, OccurrenceChange};
use domain::clock::Timestamp;
use domain::id::ActivityId;
use domain::moderation::Subject;
use domain::moderation::policy::is_in_queue;

use crate::context::Request;
use crate::{Error, moderation};

pub use agenda::{Agenda, Occurrence, Shown, View, agenda, soon};
pub use clash::{Clash, Differs, clash, clash_of_time, time_with_theirs, with_theirs};
pub use feed::{addresses, of_activity, subscription};
pub use time::{cancel, change_time, time_draft};
pub(crate) use timing::time_change;
pub use timing::{DAYS, Preview, PreviewTime, bounds, preview, series_of, text_of, when_of};
pub use versions::{restore_version, versions};
pub use write::{Scope, check_new, create, draft_of, is_registered_for, remove, restore, save};

/// As many of the next times as a page shows.
const NEXT: usize = 10;

/// One time of an activity, with what is particular about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// When it would have been, which is its name.
    pub instead_of: Local,
    pub start: Local,
    pub end: Local,
    pub cancelled: bool,
    /// Of this time alone; empty for that of the activity.
    pub place: String,
    pub note: String,
}

/// An activity with what the reader may do with it.
#[derive(Clone, Debug)]
pub struct ActivityView {
    pub activity: Arc<Activity>,
    pub series: Series,
    /// The time that was asked for, or the next one, or the last one of what is over.
    pub time: Option<Time>,
    /// The next times, that one among them when it is to come.
    pub next: Vec<Time>,
    /// Nothing of it is to come.
    pub over: bool,
    pub may_edit: bool,
    /// Who organises it; moderators begin a case, so that reasons are given.
    pub may_remove: bool,
    pub may_moderate: bool,
    pub may_restore: bool,
    /// What a moderator asks of the reader, who organises it.
    pub asked: Option<moderation::Asked>,
    /// Where it says why it is not there; may be empty.
    pub case_link: String,
}

/// What a change to one time, to this and the following ones, and to all of them means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    pub time: Time,
    /// From this time on; `None` without an end.
    pub following: Option<usize>,
    /// In all; `None` without an end.
    pub all: Option<usize>,
    /// This is the first one: "this and following" is all.
    pub is_first: bool,
    /// How many have something particular.
    pub particular: usize,
}

/// An activity as it is stored, from memory when it is there: whoever calls this decides who may read it.
async fn stored(request: &Request, id: ActivityId) -> Result<Arc<Activity>, Error> {
    let stored = Box::pin(async { request.tenant.activity(id).await?.ok_or(Error::NotFound) });
    request.services.memory.or_make(request.kept_as(format!("stored activity {id}")), stored).await
}

/// The same for who may read it, with what decides about it and when it is.
async fn load(request: &Request, id: ActivityId) -> Result<(Arc<Activity>, ActivityFacts, Series), Error> {
    readable(request, stored(request, id).await?)
}

/// The same as the database has it at this moment.
async fn load_now(
    request: &Request,
    id: ActivityId,
) -> Result<(Arc<Activity>, ActivityFacts, Series), Error> {
    let activity = request.tenant.activity(id).await?.ok_or(Error::NotFound)?;
    readable(request, Arc::new(activity))
}

fn readable(
    request: &Request,
    activity: Arc<Activity>,
) -> Result<(Arc<Activity>, ActivityFacts, Series), Error> {
    let facts = ActivityFacts::of(&activity, request.platform.id, &request.platform.areas);
    if !policy::may_read(&request.actor, &facts) {
        return Err(Error::NotFound);
    }
    let series = series_of(&activity.series).ok_or(Error::Inside("the series of an activity"))?;
    Ok((activity, facts, series))
}

/// An activity for who may read it, at one of its times when the address names one.
///
/// # Errors
/// Not there, not for this reader (which looks the same), it has no such time, or the database.
pub async fn activity(request: &Request, id: ActivityId, at: &str) -> Result<ActivityView, Error> {
    let mut view = at_a_time(request, id, at).await?;
    let subject = Subject::Activity(id);
    if view.activity.status == ActivityStatus::Removed {
        view.case_link = moderation::about(request, &subject).await?.unwrap_or_default();
    } else if request.actor.member_id() == Some(view.activity.organiser) {
        view.asked = moderation::asked(request, &subject).await?;
    }
    Ok(view)
}

/// The same without what moderators have to do with it.
///
/// # Errors
/// As [`activity`].
pub async fn at_a_time(request: &Request, id: ActivityId, at: &str) -> Result<ActivityView, Error> {
    let (activity, facts, series) = load(request, id).await?;
    let now = zone::on_the_wall(request.now);
    let next = next_times(&activity.changes, &series, now, NEXT);
    let over = next.is_empty();
    let time =
        if at.is_empty() {
            next.iter().find(|time| !time.cancelled).or_else(|| next.first()).cloned().or_else(|| {
                series.last_before(now).map(|last| time_of(&activity.changes, last, series.minutes))
            })
        } else {
            Some(named(&activity.changes, &series, at)?)
        };
    let actor = &request.actor;
    let own = actor.member_id() == Some(activity.organiser);
    let removed = activity.status == ActivityStatus::Removed;
    Ok(ActivityView {
        asked: None,
        case_link: String::new(),
        may_edit: policy::may_edit(actor, &facts).is_ok(),
        may_remove: own && policy::may_remove(actor, &facts).is_ok(),
        may_moderate: !removed && is_in_queue(actor, &facts.place, Some(activity.organiser)),
        may_restore: policy::may_restore(actor, &facts).is_ok(),
        activity,
        series,
        time,
        next,
        over,
    })
}

/// What changing one of its times, this and the following ones, or all of them would mean.
///
/// # Errors
/// Not there, the policy, it has no such time, or the database.
pub async fn reach(
    request: &Request,
    id: ActivityId,
    at: &str,
) -> Result<(Arc<Activity>, Series, Reach), Error> {
    let (activity, facts, series) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    let time = if at.is_empty() {
        let now = zone::on_the_wall(request.now);
        let next = next_times(&activity.changes, &series, now, 1).pop();
        next.unwrap_or_else(|| time_of(&activity.changes, series.start, series.minutes))
    } else {
        named(&activity.changes, &series, at)?
    };
    let first = series.bounds().map_or(series.start, |(first, _)| first);
    let reach = Reach {
        following: series.count_from(time.instead_of),
        all: series.count_from(first),
        is_first: time.instead_of <= first,
        particular: activity.changes.len(),
        time,
    };
    Ok((activity, series, reach))
}

/// One of its times by its name.
fn named(changes: &[OccurrenceChange], series: &Series, at: &str) -> Result<Time, Error> {
    let at = calendar::local(at).filter(|at| series.has(*at)).ok_or(Error::NotFound)?;
    Ok(time_of(changes, at, series.minutes))
}

/// A time of a series, as it is.
fn time_of(changes: &[OccurrenceChange], instead_of: Local, minutes: u32) -> Time {
    let name = calendar::local_text(instead_of);
    let change = changes.iter().find(|change| change.instead_of == name);
    let start = change.and_then(|change| calendar::local(&change.start)).unwrap_or(instead_of);
    let minutes = change.map_or(minutes, |change| change.minutes);
    Time {
        instead_of,
        start,
        end: calendar::series::end_of(start, minutes),
        cancelled: change.is_some_and(|change| change.cancelled),
        place: change.map(|change| change.place.clone()).unwrap_or_default(),
        note: change.map(|change| change.note.clone()).unwrap_or_default(),
    }
}

/// The next time that is not cancelled, of something that was read with its times to come.
pub(crate) fn next_time(changes: &[OccurrenceChange], series: &Series, now: Timestamp) -> Option<Time> {
    let next = next_times(changes, series, zone::on_the_wall(now), NEXT);
    next.into_iter().find(|time| !time.cancelled)
}

/// The times that are not over at `now`, in the order in which they are.
fn next_times(changes: &[OccurrenceChange], series: &Series, now: Local, most: usize) -> Vec<Time> {
    let earlier = chrono::TimeDelta::minutes(i64::from(series.minutes));
    let from = now.checked_sub_signed(earlier).unwrap_or(now);
    // What was moved from before to now or later is found by its change.
    let moved = changes.iter().filter_map(|change| calendar::local(&change.instead_of));
    let mut names: Vec<Local> = moved.filter(|at| *at < from && series.has(*at)).collect();
    names.extend(series.next(from, most + changes.len().min(60)));
    let mut times: Vec<Time> = names.into_iter().map(|at| time_of(changes, at, series.minutes)).collect();
    times.retain(|time| time.end > now || (time.end == time.start && time.start >= now));
    times.sort_by_key(|time| (time.start, time.instead_of));
    times.truncate(most);
    times
}

#[cfg(test)]
mod tests;
