//! Changing what is said about a calendar: whose it is, where it is read, and where it belongs. What came from it stays
//! under its own address as long as the calendar has it.

use domain::clock::Timestamp;
use domain::id::SourceId;
use domain::limits::EDITS_PER_MEMBER;
use domain::problem::{Fault, Field};
use domain::roles::Place;
use domain::sources::draft::{SourceDraft, SourceText};
use domain::sources::policy::{self, SourceFacts};
use domain::sources::{Mark, Rhythm, Source, Trouble};
use store::Saved;
use store::sources::SourceChange;

use super::follow::{owner, store};
use super::load;
use super::plan::Plan;
use super::write::{limit_readings, read};
use crate::Error;
use crate::context::Request;
use crate::limits::limit_member;

/// How often it is tried anew when it is read while somebody saves.
const TRIES: usize = 3;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// Nothing is stored: its new address could not be read.
    Not(Trouble),
}

/// A calendar in the fields of its form.
pub fn draft_of(request: &Request, source: &Source) -> SourceDraft {
    let platform = &request.platform;
    let area = |id| platform.areas.get(id).map(|area| area.slug.clone());
    let topic = source.topic.and_then(|id| platform.topic(id)).map(|topic| topic.slug.clone());
    SourceDraft {
        name: source.name.clone(),
        address: source.address.clone(),
        topic: topic.unwrap_or_default(),
        areas: source.areas.iter().filter_map(|id| area(*id)).collect(),
        cost: source.cost.clone(),
        rhythm: source.rhythm.key().to_owned(),
    }
}

/// A calendar for the form that changes it.
///
/// # Errors
/// Not there, the policy, or the database.
pub async fn to_change(request: &Request, id: SourceId) -> Result<Source, Error> {
    let (source, facts) = load(request, id).await?;
    policy::may_change(&request.actor, &facts, &facts.place)?;
    Ok(source)
}

/// Saves what is said about it. Where it is read at another address, that is read first.
///
/// # Errors
/// The policy, what is wrong with the draft, changed by somebody else meanwhile, too often, not there, or the database.
pub async fn save(
    request: &Request,
    (id, edition): (SourceId, i64),
    draft: &SourceDraft,
) -> Result<Changed, Error> {
    to_change(request, id).await?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let mut found: Option<(Plan, Mark)> = None;
    for _ in 0..TRIES {
        let (source, facts) = load(request, id).await?;
        policy::may_change(&request.actor, &facts, &facts.place)?;
        let stays_a_file = source.address.is_empty() && draft.address.trim().is_empty();
        let text = draft.check(&request.platform, stays_a_file)?;
        let there = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
        may_go(request, &source, &facts, &there).await?;
        if source.edition != edition {
            return Err(Error::Conflict);
        }
        let moved = text.address != source.address;
        if moved && found.is_none() {
            limit_readings(request, id).await?;
            match read(request, &text, None).await {
                Ok(new) => found = Some(new),
                Err(trouble) => return Ok(Changed::Not(trouble)),
            }
        }
        if write(request, (source, facts), (text, there), found.as_ref().filter(|_| moved)).await? {
            return Ok(Changed::Done);
        }
    }
    Err(Error::Conflict)
}

/// Who changes it answers for the new places, and so does who set it up: it is read on their behalf.
async fn may_go(request: &Request, source: &Source, facts: &SourceFacts, there: &Place) -> Result<(), Error> {
    let moved = SourceFacts { place: there.clone(), ..facts.clone() };
    let by_them = owner(&request.tenant, request.platform.id, source.owner, request.now).await?;
    let fine = policy::may_change(&request.actor, facts, there).is_ok()
        && (*there == facts.place || policy::may_follow(&by_them, &moved).is_ok());
    if fine { Ok(()) } else { Err(Error::field(Field::Areas, Fault::NotYours)) }
}

/// `false` when somebody, or a reading, was faster.
async fn write(
    request: &Request,
    (source, facts): (Source, SourceFacts),
    (text, there): (SourceText, Place),
    found: Option<&(Plan, Mark)>,
) -> Result<bool, Error> {
    let (id, expected) = (source.id, (source.edition, source.version));
    let permit = policy::may_change(&request.actor, &facts, &there)?;
    let taken = if found.is_some() { request.tenant.taken_from(id).await? } else { Vec::new() };
    let now = request.services.clock.now();
    let changed = with(source, &text);
    let due_at = due(&changed.0, changed.1, now);
    let mut write = request.tenant.write().await?;
    let change = SourceChange { id, expected, text: &text, at: now, due_at };
    if write.change_source(&permit, &change).await? == Saved::Stale {
        return Ok(false);
    }
    if let Some((plan, mark)) = found {
        store(&request.services, &mut write, &permit, &changed.0, (plan.clone(), mark, taken), now).await?;
    }
    write.audit(request.actor.member_id(), "calendar.change", Some(id.0), now).await?;
    write.commit().await?;
    Ok(true)
}

/// The source as it will be, and how often it was read until now.
fn with(source: Source, text: &SourceText) -> (Source, Rhythm) {
    let was = source.rhythm;
    let SourceText { name, address, topic, areas, cost, rhythm } = text.clone();
    (Source { name, address, topic, areas, cost, rhythm, ..source }, was)
}

/// When it is read again: as before, sooner when it is to be read more often, and at once after a rest.
fn due(source: &Source, was: Rhythm, now: Timestamp) -> Option<Timestamp> {
    let next = source.due_after(now)?;
    if was == Rhythm::Resting && source.rhythm != was {
        return Some(now);
    }
    Some(match source.state.due_at {
        Some(before) if source.rhythm == was => before,
        Some(before) if source.rhythm.every() < was.every() => before.min(next),
        _ => next,
    })
}
