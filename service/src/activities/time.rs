//! One time of an activity alone: moved, elsewhere, with words of its own, or not at all.

use std::sync::Arc;

use calendar::Series;
use domain::activities::draft::{TimeDraft, line};
use domain::activities::policy::{self, ActivityFacts};
use domain::activities::{Activity, OccurrenceChange};
use domain::id::ActivityId;
use domain::limits::EDITS_PER_MEMBER;
use domain::problem::{Fault, Field, Problems};
use store::Saved;
use store::activities::TimeChange;

use super::clash::{as_change, combined_time, name_now};
use super::registration::{About, follow_time};
use super::timing::{bounds, time_change, times};
use super::write::TRIES;
use super::{Time, load, load_now, named, time_of};
use crate::Error;
use crate::context::Request;
use crate::limits::limit_member;

/// A time in the fields of its form.
pub fn time_draft(time: &Time) -> TimeDraft {
    TimeDraft {
        day: time.start.date().to_string(),
        from: time.start.format("%H:%M").to_string(),
        to: if time.end > time.start { time.end.format("%H:%M").to_string() } else { String::new() },
        place: time.place.clone(),
        note: time.note.clone(),
    }
}

/// What was typed about a time.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn typed_time(time: &Time, typed: &TimeDraft) -> Result<OccurrenceChange, Problems> {
    let mut problems = Problems::default();
    let (start, minutes) = times(&typed.day, &typed.from, &typed.to).unwrap_or_else(|fault| {
        problems.push(Field::Start, fault);
        (time.start, 0)
    });
    let mut checked = |text: &str, field| {
        line(text).unwrap_or_else(|fault| {
            problems.push(field, fault);
            String::new()
        })
    };
    let (place, note) = (checked(&typed.place, Field::Place), checked(&typed.note, Field::Message));
    let instead_of = calendar::local_text(time.instead_of);
    let start = calendar::local_text(start);
    let cancelled = time.cancelled;
    problems.or(|| OccurrenceChange { instead_of, start, minutes, cancelled, place, note })
}

/// Changes one time. What is as in the series again is not particular any more. When somebody else saved something else
/// of it meanwhile both changes stay; when it was the same the editor is asked ([`Error::Conflict`]).
///
/// # Errors
/// The policy, what is wrong with it, a conflict, too often, not found, or the database.
pub async fn change_time(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    typed: &TimeDraft,
) -> Result<(), Error> {
    let mut found = load(request, id).await?;
    policy::may_edit(&request.actor, &found.1)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    // The row may change between reading and writing; then both are put together again.
    for _ in 0..TRIES {
        let (activity, _, series) = &found;
        let change = if activity.version == version {
            typed_time(&named(&activity.changes, series, at)?, typed)?
        } else {
            let name = name_now(series, at).ok_or(Error::Conflict)?;
            let time = time_of(&activity.changes, name, series.minutes);
            let mine = typed_time(&time, typed)?;
            combined_time(request, (activity, &time), (version, at), &mine).await?
        };
        if store(request, &found, change, "activity.time").await? == Saved::Stale {
            found = load_now(request, id).await?;
        } else {
            return Ok(());
        }
    }
    Err(Error::Conflict)
}

/// Says that one time is cancelled, or that it is not after all.
///
/// # Errors
/// The policy, saved by somebody else meanwhile, too often, not found, or the database.
pub async fn cancel(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    cancelled: bool,
) -> Result<(), Error> {
    let found = load(request, id).await?;
    let (activity, facts, series) = &found;
    policy::may_edit(&request.actor, facts)?;
    let time = named(&activity.changes, series, at)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let change = OccurrenceChange { cancelled, ..as_change(&time) };
    if activity.version != version || store(request, &found, change, "activity.cancel").await? == Saved::Stale
    {
        return Err(Error::Conflict);
    }
    Ok(())
}

/// Writes it on top of the activity as it was read.
async fn store(
    request: &Request,
    (activity, facts, series): &(Arc<Activity>, ActivityFacts, Series),
    change: OccurrenceChange,
    action: &'static str,
) -> Result<Saved, Error> {
    let (id, version) = (activity.id, activity.version);
    let permit = policy::may_edit(&request.actor, facts)?;
    let name = change.instead_of.clone();
    let plain = !change.cancelled
        && change.start == name
        && change.minutes == series.minutes
        && change.place.is_empty()
        && change.note.is_empty();
    let wrong = || Error::field(Field::Start, Fault::NotAMoment);
    let others = activity.changes.iter().filter(|one| one.instead_of != name).cloned();
    let mut all: Vec<TimeChange> = others.filter_map(|one| time_change(one, series.minutes)).collect();
    let to = if plain { None } else { Some(time_change(change, series.minutes).ok_or_else(wrong)?) };
    all.extend(to.clone());
    let mut write = request.tenant.write().await?;
    let reach = bounds(series, &all);
    let done = write.change_time(&permit, (id, version), (&name, to.as_ref()), reach, request.now).await?;
    if done == Saved::Stale {
        return Ok(done);
    }
    let changes: Vec<OccurrenceChange> = all.into_iter().map(|one| one.change).collect();
    let was = About::of(activity, series);
    let is = About { changes: &changes, ..was };
    Box::pin(follow_time(request, &mut write, &permit, (&was, &is), &name)).await?;
    write.note_activity_change(&permit, id, request.now).await?;
    write.audit(request.actor.member_id(), action, Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(done)
}
