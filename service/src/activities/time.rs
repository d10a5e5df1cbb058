//! One time of an activity alone: moved, elsewhere, with words of its own, or not at all.

use domain::activities::OccurrenceChange;
use domain::activities::draft::{TimeDraft, line};
use domain::activities::policy;
use domain::id::ActivityId;
use domain::limits::EDITS_PER_MEMBER;
use domain::problem::{Fault, Field, Problems};
use store::Saved;
use store::activities::TimeChange;

use super::registration::{About, follow_time};
use super::timing::{bounds, time_change, times};
use super::{Time, load, named};
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

/// Changes one time. What is as in the series again is not particular any more.
///
/// # Errors
/// The policy, what is wrong with it, saved by somebody else meanwhile, too often, not found, or the database.
pub async fn change_time(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    typed: &TimeDraft,
) -> Result<(), Error> {
    let to = |time: &Time| -> Result<OccurrenceChange, Error> {
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
        Ok(problems.or(|| OccurrenceChange { instead_of, start, minutes, cancelled, place, note })?)
    };
    store(request, (id, version), at, "activity.time", to).await
}

/// Says that one time is cancelled, or that it is not after all.
///
/// # Errors
/// As [`change_time`].
pub async fn cancel(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    cancelled: bool,
) -> Result<(), Error> {
    let to = |time: &Time| {
        let minutes = (time.end - time.start).num_minutes();
        Ok(OccurrenceChange {
            instead_of: calendar::local_text(time.instead_of),
            start: calendar::local_text(time.start),
            minutes: u32::try_from(minutes).unwrap_or_default(),
            cancelled,
            place: time.place.clone(),
            note: time.note.clone(),
        })
    };
    store(request, (id, version), at, "activity.cancel", to).await
}

async fn store(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    action: &'static str,
    to: impl FnOnce(&Time) -> Result<OccurrenceChange, Error>,
) -> Result<(), Error> {
    let (activity, facts, series) = load(request, id).await?;
    let permit = policy::may_edit(&request.actor, &facts)?;
    let time = named(&activity.changes, &series, at)?;
    let change = to(&time)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
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
    let reach = bounds(&series, &all);
    let done = write.change_time(&permit, (id, version), (&name, to.as_ref()), reach, request.now).await?;
    if done == Saved::Stale {
        return Err(Error::Conflict);
    }
    let changes: Vec<OccurrenceChange> = all.into_iter().map(|one| one.change).collect();
    let was = About::of(&activity, &series);
    let is = About { changes: &changes, ..was };
    Box::pin(follow_time(request, &mut write, &permit, (&was, &is), &name)).await?;
    write.note_activity_change(&permit, id, request.now).await?;
    write.audit(request.actor.member_id(), action, Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}
