//! Two people changed the same activity at once: what can be combined without asking, and both versions of what cannot.

use std::sync::Arc;

use calendar::{Local, Series, zone};
use domain::activities::draft::{ActivityDraft, TimeDraft};
use domain::activities::policy;
use domain::activities::versions::{ActivityContent, ActivityPart, Meant, TimePart};
use domain::activities::{Activity, OccurrenceChange};
use domain::id::ActivityId;
use domain::merge::{Merge, MergePart, different, merge};
use domain::problem::Problems;

use super::time::typed_time;
use super::write::{draft_of, read_draft};
use super::{NEXT, Scope, Time, load_now, next_times, series_of, text_of, time_draft, time_of};
use crate::Error;
use crate::context::Request;

/// In so many parts a series can have been cut while somebody typed.
const PARTS_MAX: usize = 20;

/// What is not the same in both versions, and who made it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differs<P> {
    pub part: P,
    pub by_me: bool,
    pub by_them: bool,
}

/// Both versions of what two people changed.
#[derive(Clone, Debug)]
pub struct Clash<T, P> {
    /// As it is now; where the series was cut meanwhile, the part that has the time.
    pub activity: Arc<Activity>,
    pub series: Series,
    /// Who was faster; `None` for oneself, in another window.
    pub other: Option<String>,
    /// The name that the time has now.
    pub at: String,
    pub mine: T,
    pub theirs: T,
    pub parts: Vec<Differs<P>>,
    /// The time is none any more: those that one can choose instead.
    pub instead: Vec<Time>,
}

/// What the version says that somebody had before them; of one that is not kept (any more) nothing is known, and
/// everything that differs is asked about.
pub(super) async fn base_of(
    request: &Request,
    activity: &Activity,
    version: i64,
) -> Result<ActivityContent, Error> {
    if version >= activity.version {
        let (text, series) = (activity.text.clone(), activity.series.clone());
        return Ok(ActivityContent { text, series, changes: activity.changes.clone() });
    }
    // A version that removing or putting back made says nothing of its own: the nearest before it counts.
    let versions = request.tenant.activity_revisions(activity.id).await?;
    let found = versions.into_iter().find(|one| one.version <= version);
    Ok(found.map(|found| found.content).unwrap_or_default())
}

/// The name that a time has in a series whose hours may have changed.
pub(super) fn name_now(series: &Series, at: &str) -> Option<Local> {
    let old = calendar::local(at)?;
    let name = if series.has(old) { old } else { old.date().and_time(series.start.time()) };
    series.has(name).then_some(name)
}

/// A version in the fields of the form, from a time on or all of it, and what these fields come to.
fn meant(request: &Request, content: &ActivityContent, from: Option<Local>) -> Meant {
    let Some(series) = series_of(&content.series) else {
        return Meant { content: content.clone(), draft: ActivityDraft::default() };
    };
    let part = from.map_or_else(|| series.clone(), |at| series.from(at));
    let draft = draft_of(request, &content.text, &part);
    let content = said(request, &draft, Some(&part)).unwrap_or_else(|_| ActivityContent {
        text: content.text.clone(),
        series: text_of(&part),
        changes: Vec::new(),
    });
    Meant { draft, content }
}

fn said(
    request: &Request,
    draft: &ActivityDraft,
    kept: Option<&Series>,
) -> Result<ActivityContent, Problems> {
    let (text, series) = read_draft(request, draft, kept)?;
    Ok(ActivityContent { text, series: text_of(&series), changes: Vec::new() })
}

/// What was typed, with what the version was that it was typed on.
fn typed(
    request: &Request,
    base: &ActivityContent,
    at: Option<Local>,
    draft: &ActivityDraft,
) -> Result<(Meant, Meant), Error> {
    let was = meant(request, base, at);
    let kept = series_of(&was.content.series);
    let content = said(request, draft, kept.as_ref())?;
    Ok((was, Meant { draft: draft.clone(), content }))
}

impl Scope {
    fn at(&self) -> Option<Local> {
        match self {
            Self::All => None,
            Self::From(at) => calendar::local(at),
        }
    }

    /// The same of an activity as it is now; `None` when that time is none any more.
    pub(super) fn now(&self, series: &Series) -> Option<Self> {
        match self {
            Self::All => Some(Self::All),
            Self::From(at) => name_now(series, at).map(|at| Self::From(calendar::local_text(at))),
        }
    }
}

/// What was typed on an earlier version, together with what was saved meanwhile.
///
/// # Errors
/// What is wrong with the draft, both changed the same, or the database.
pub(super) async fn combined(
    request: &Request,
    (activity, series): (&Activity, &Series),
    version: i64,
    scope: &Scope,
    draft: &ActivityDraft,
) -> Result<(Scope, ActivityDraft), Error> {
    let base = base_of(request, activity, version).await?;
    let (was, mine) = typed(request, &base, scope.at(), draft)?;
    let now = scope.now(series).ok_or(Error::Conflict)?;
    let current = base_of(request, activity, activity.version).await?;
    let theirs = meant(request, &current, now.at());
    match merge(&was, &theirs, &mine, &ActivityPart::ALL) {
        Merge::Clean(both) => Ok((now, both.draft)),
        Merge::Conflict(_) => Err(Error::Conflict),
    }
}

/// The same of one time alone.
pub(super) async fn combined_time(
    request: &Request,
    (activity, time): (&Activity, &Time),
    (version, at): (i64, &str),
    mine: &OccurrenceChange,
) -> Result<OccurrenceChange, Error> {
    let base = base_of(request, activity, version).await?;
    let was = time_in(&base, at).ok_or(Error::Conflict)?;
    match merge(&as_change(&was), &as_change(time), mine, &TimePart::ALL) {
        Merge::Clean(both) => Ok(both),
        Merge::Conflict(_) => Err(Error::Conflict),
    }
}

fn time_in(content: &ActivityContent, at: &str) -> Option<Time> {
    let series = series_of(&content.series)?;
    let at = calendar::local(at).filter(|at| series.has(*at))?;
    Some(time_of(&content.changes, at, series.minutes))
}

/// A time as what is particular about it.
pub(super) fn as_change(time: &Time) -> OccurrenceChange {
    OccurrenceChange {
        instead_of: calendar::local_text(time.instead_of),
        start: calendar::local_text(time.start),
        minutes: u32::try_from((time.end - time.start).num_minutes()).unwrap_or_default(),
        cancelled: time.cancelled,
        place: time.place.clone(),
        note: time.note.clone(),
    }
}

/// A draft with, of some parts, what a version says: what somebody chose whose page showed both.
///
/// # Errors
/// Not there, the policy, or the database.
pub async fn with_theirs(
    request: &Request,
    (id, version): (ActivityId, i64),
    scope: &Scope,
    mut draft: ActivityDraft,
    theirs: &[String],
) -> Result<ActivityDraft, Error> {
    if !theirs.is_empty() {
        let (activity, facts, _) = load_now(request, id).await?;
        policy::may_edit(&request.actor, &facts)?;
        let version = base_of(request, &activity, version).await?;
        let said = meant(request, &version, scope.at());
        for part in ActivityPart::ALL.into_iter().filter(|part| theirs.iter().any(|key| key == part.key())) {
            part.copy_fields(&said.draft, &mut draft);
        }
    }
    Ok(draft)
}

/// The same of one time alone.
///
/// # Errors
/// As [`with_theirs`].
pub async fn time_with_theirs(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    mut typed: TimeDraft,
    theirs: &[String],
) -> Result<TimeDraft, Error> {
    if !theirs.is_empty() {
        let (activity, facts, _) = load_now(request, id).await?;
        policy::may_edit(&request.actor, &facts)?;
        let version = base_of(request, &activity, version).await?;
        if let Some(said) = time_in(&version, at).as_ref().map(time_draft) {
            for part in TimePart::ALL.into_iter().filter(|part| theirs.iter().any(|key| key == part.key())) {
                match part {
                    TimePart::When => {
                        typed.day.clone_from(&said.day);
                        typed.from.clone_from(&said.from);
                        typed.to.clone_from(&said.to);
                    }
                    TimePart::Place => typed.place.clone_from(&said.place),
                    TimePart::Note => typed.note.clone_from(&said.note),
                }
            }
        }
    }
    Ok(typed)
}

/// The activity that has a time now, which can be the one as which it goes on. Without a time, or when it is none any
/// more, the last one that has times to come.
async fn now_of(
    request: &Request,
    id: ActivityId,
    at: Option<&str>,
) -> Result<(Arc<Activity>, Series, Option<Local>), Error> {
    let wall = zone::on_the_wall(request.now);
    let mut found = None;
    let mut next = Some(id);
    for _ in 0..PARTS_MAX {
        let Some(id) = next else { break };
        let (activity, facts, series) = match load_now(request, id).await {
            Err(Error::NotFound) if found.is_some() => break,
            other => other?,
        };
        policy::may_edit(&request.actor, &facts)?;
        next = activity.next;
        let Some(wanted) = at else { return Ok((activity, series, None)) };
        if let Some(name) = name_now(&series, wanted) {
            return Ok((activity, series, Some(name)));
        }
        if found.is_none() || !next_times(&activity.changes, &series, wall, 1).is_empty() {
            found = Some((activity, series));
        }
    }
    found.map(|(activity, series)| (activity, series, None)).ok_or(Error::NotFound)
}

/// Who saved last; `None` for oneself.
async fn other(request: &Request, activity: &Activity) -> Result<Option<String>, Error> {
    let newest = request.tenant.activity_revisions(activity.id).await?.into_iter().next();
    let (editor, name) = newest.map_or_else(
        || (activity.organiser, activity.organiser_name.clone()),
        |newest| (newest.editor, newest.editor_name),
    );
    Ok((request.actor.member_id() != Some(editor)).then_some(name))
}

fn differing<T, P: MergePart<T>>(parts: &[P], was: &T, theirs: &T, mine: &T) -> Vec<Differs<P>> {
    let differs = |part: P| Differs { part, by_me: !part.same(was, mine), by_them: !part.same(was, theirs) };
    different(parts, mine, theirs).into_iter().map(differs).collect()
}

/// Both versions of a change to all times, or to one and the following ones.
///
/// # Errors
/// Not there, the policy, what is wrong with the draft, or the database.
pub async fn clash(
    request: &Request,
    (id, version): (ActivityId, i64),
    scope: &Scope,
    draft: &ActivityDraft,
) -> Result<Clash<Meant, ActivityPart>, Error> {
    let wanted = match scope {
        Scope::All => None,
        Scope::From(at) => Some(at.as_str()),
    };
    let (activity, series, mut name) = now_of(request, id, wanted).await?;
    let (first, ..) = load_now(request, id).await?;
    let base = base_of(request, &first, version).await?;
    let (was, mine) = typed(request, &base, scope.at(), draft)?;
    let gone = wanted.is_some() && name.is_none();
    let instead = if gone { times_to_come(request, &activity, &series) } else { Vec::new() };
    name = name.or_else(|| instead.first().map(|time| time.instead_of));
    let current = base_of(request, &activity, activity.version).await?;
    let theirs = meant(request, &current, name);
    Ok(Clash {
        other: other(request, &activity).await?,
        at: name.map(calendar::local_text).unwrap_or_default(),
        parts: differing(&ActivityPart::ALL, &was, &theirs, &mine),
        activity,
        series,
        mine,
        theirs,
        instead,
    })
}

/// Both versions of a change to one time alone.
///
/// # Errors
/// As [`clash`]; and nothing of it is to come any more.
pub async fn clash_of_time(
    request: &Request,
    (id, version): (ActivityId, i64),
    at: &str,
    draft: &TimeDraft,
) -> Result<Clash<OccurrenceChange, TimePart>, Error> {
    let (activity, series, name) = now_of(request, id, Some(at)).await?;
    let (first, ..) = load_now(request, id).await?;
    let base = base_of(request, &first, version).await?;
    let instead = if name.is_none() { times_to_come(request, &activity, &series) } else { Vec::new() };
    let name = name.or_else(|| instead.first().map(|time| time.instead_of)).ok_or(Error::NotFound)?;
    let time = time_of(&activity.changes, name, series.minutes);
    let theirs = as_change(&time);
    let mine = typed_time(&time, draft)?;
    let was = time_in(&base, at).map_or_else(|| theirs.clone(), |was| as_change(&was));
    Ok(Clash {
        other: other(request, &activity).await?,
        at: calendar::local_text(name),
        parts: differing(&TimePart::ALL, &was, &theirs, &mine),
        activity,
        series,
        mine,
        theirs,
        instead,
    })
}

fn times_to_come(request: &Request, activity: &Activity, series: &Series) -> Vec<Time> {
    next_times(&activity.changes, series, zone::on_the_wall(request.now), NEXT)
}
