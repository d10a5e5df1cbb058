//! Publishing an activity, changing all of its times or those from one on, taking it away and putting it back.

use std::collections::BTreeSet;
use std::sync::Arc;

use calendar::Series;
use domain::activities::draft::ActivityDraft;
use domain::activities::policy::{self, ActivityFacts};
use domain::activities::registration::RulesDraft;
use domain::activities::{Activity, ActivityText, Audience, Spoken};
use domain::clock::Span;
use domain::geo::Point;
use domain::id::ActivityId;
use domain::limits::{ACTIVITIES_PER_MEMBER, ACTIVITIES_PER_NEWCOMER, ACTIVITY_AHEAD_MAX, EDITS_PER_MEMBER};
use domain::moderation::newcomers::leads_away;
use domain::permit::Denied;
use domain::posts::scene::Scene;
use domain::problem::{Fault, Field, Problems};
use domain::roles::Place;
use store::Saved;
use store::activities::{ActivityChange, NewActivity, TimeChange};

use super::clash::combined;
use super::registration::{About, Change, follow, gone, is_back};
use super::timing::{bounds, carried, is_over, text_of, typed_series, when_of};
use super::{load, load_now, named};
use crate::context::Request;
use crate::limits::limit_member;
use crate::markdown::{self, Rendered};
use crate::{Error, moderation};

/// How often a change is put together anew when somebody is faster.
pub(super) const TRIES: usize = 4;
/// The same by the same person within this time is a double click.
const TWICE: Span = Span::minutes(5);

/// How far a change reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every time, those that are over too.
    All,
    /// This time, by its name, and the following ones.
    From(String),
}

/// What was typed, with nothing wrong in it.
struct Ready {
    text: ActivityText,
    series: Series,
    rendered: Rendered,
}

/// What a draft says, whoever it is by and whenever it is.
pub(super) fn read_draft(
    request: &Request,
    draft: &ActivityDraft,
    kept: Option<&Series>,
) -> Result<(ActivityText, Series), Problems> {
    match (draft.check(&request.platform), typed_series(&draft.when, kept)) {
        (Ok(text), Ok(series)) => Ok((text, series)),
        (text, series) => {
            let mut problems = text.err().unwrap_or_default();
            problems.0.extend(series.err().unwrap_or_default().0);
            Err(problems)
        }
    }
}

async fn check(request: &Request, draft: &ActivityDraft, kept: Option<&Series>) -> Result<Ready, Error> {
    let (text, series) = read_draft(request, draft, kept)?;
    let mut problems = Problems::default();
    if calendar::zone::moment(series.start) > request.now.plus(ACTIVITY_AHEAD_MAX) {
        problems.push(Field::Start, Fault::TooFarAhead);
    }
    if kept.is_none() && is_over(&series, request.now) {
        problems.push(Field::Start, Fault::InThePast);
    }
    let rendered = markdown::render(&text.body);
    // There is no queue for activities: who is new here writes them without links.
    let links = leads_away(&rendered.html, &request.base_url);
    if (links || !text.online.is_empty()) && moderation::Newcomer::of(request).await?.0 {
        problems.push(if links { Field::Body } else { Field::Online }, Fault::NoLinks);
    }
    if problems.is_empty() { Ok(Ready { text, series, rendered }) } else { Err(problems.into()) }
}

/// Whether what was typed could be published, without doing so.
///
/// # Errors
/// The policy, everything that is wrong with the draft, or the database.
pub async fn check_new(request: &Request, draft: &ActivityDraft) -> Result<(), Error> {
    policy::may_create(&request.actor, request.platform.id)?;
    check(request, draft, None).await.map(|_| ())
}

/// Publishes an activity. A second click gives the first one again.
///
/// # Errors
/// The policy, what is wrong with the draft, too many in an hour, or the database.
pub async fn create(request: &Request, draft: &ActivityDraft) -> Result<ActivityId, Error> {
    let permit = policy::may_create(&request.actor, request.platform.id)?;
    let Ready { text, series, rendered } = check(request, draft, None).await?;
    let newcomer = moderation::Newcomer::of(request).await?.0;
    limit_member(request, if newcomer { &ACTIVITIES_PER_NEWCOMER } else { &ACTIVITIES_PER_MEMBER }).await?;
    let stored = text_of(&series);
    let id = ActivityId::new(request.now, request.services.random.as_ref());
    let mut write = request.tenant.write().await?;
    let same = (text.title.as_str(), text.body.as_str(), stored.start.as_str());
    if let Some(first) = write.same_activity_since(&permit, same, request.now.minus(TWICE)).await? {
        return Ok(first);
    }
    let new = NewActivity {
        id,
        text: &text,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        series: &stored,
        bounds: bounds(&series, &[]),
        at: request.now,
        previous: None,
        changes: &[],
    };
    write.insert_activity(&permit, &new).await?;
    write.audit(request.actor.member_id(), "activity.create", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(id)
}

/// Where a series is cut in two.
struct Cut {
    at: calendar::Local,
    /// What stays as it is.
    before: Series,
    /// Of the first time that goes on as another activity.
    name: String,
}

fn cut(activity: &Activity, series: &Series, scope: &Scope) -> Result<Option<Cut>, Error> {
    let Scope::From(at) = scope else { return Ok(None) };
    let at = named(&activity.changes, series, at)?.instead_of;
    // From the first one on is all of them.
    Ok(series.before(at).map(|before| Cut { at, before, name: calendar::local_text(at) }))
}

/// Saves a change to all times, or to one and the following ones; gives the activity that has what was typed, which
/// is a new one where the series was cut. When somebody else saved something else of it meanwhile both changes stay;
/// when it was the same the editor is asked ([`Error::Conflict`]).
///
/// # Errors
/// The policy (for the old place and the new one), what is wrong with the draft, a conflict, too often, not found, or
/// the database.
pub async fn save(
    request: &Request,
    (id, version): (ActivityId, i64),
    scope: &Scope,
    draft: &ActivityDraft,
) -> Result<ActivityId, Error> {
    let mut found = load(request, id).await?;
    policy::may_edit(&request.actor, &found.1)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    // The row may change between reading and writing; then both are put together again.
    for _ in 0..TRIES {
        if found.0.version == version {
            if let Some(saved) = save_on(request, &found, scope, draft).await? {
                return Ok(saved);
            }
        } else {
            let (scope, draft) =
                Box::pin(combined(request, (&found.0, &found.2), version, scope, draft)).await?;
            if let Some(saved) = save_on(request, &found, &scope, &draft).await? {
                return Ok(saved);
            }
        }
        found = load_now(request, id).await?;
    }
    Err(Error::Conflict)
}

/// Writes it on top of the activity as it was read; `None` when somebody was faster.
async fn save_on(
    request: &Request,
    (activity, facts, series): &(Arc<Activity>, ActivityFacts, Series),
    scope: &Scope,
    draft: &ActivityDraft,
) -> Result<Option<ActivityId>, Error> {
    let (id, version) = (activity.id, activity.version);
    let permit = policy::may_edit(&request.actor, facts)?;
    let cut = cut(activity, series, scope)?;
    let kept = cut.as_ref().map_or_else(|| series.clone(), |cut| series.from(cut.at));
    let Ready { mut text, series: to, rendered } = check(request, draft, Some(&kept)).await?;
    keep_whole(request, activity, &mut text).await?;
    let there = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
    if !policy::may_move(&request.actor, facts, &there) {
        return Err(Error::field(Field::Areas, Fault::NotYours));
    }
    let mut write = request.tenant.write().await?;
    let by = request.actor.member_id();
    let mut saved = id;
    let plain = |changes: &[TimeChange]| changes.iter().map(|one| one.change.clone()).collect::<Vec<_>>();
    let (now_changes, later_changes);
    let done = if let Some(Cut { at, before, name }) = &cut {
        if to.start < *at {
            return Err(Error::field(Field::Start, Fault::EndsTooSoon));
        }
        let (earlier, later): (Vec<_>, Vec<_>) =
            activity.changes.iter().cloned().partition(|change| change.instead_of < *name);
        let (earlier, later) = (carried(&earlier, series, before), carried(&later, series, &to));
        saved = ActivityId::new(request.now, request.services.random.as_ref());
        let new = NewActivity {
            id: saved,
            text: &text,
            html: &rendered.html,
            excerpt: &rendered.excerpt,
            series: &text_of(&to),
            bounds: bounds(&to, &later),
            at: request.now,
            previous: Some(id),
            changes: &later,
        };
        (now_changes, later_changes) = (plain(&earlier), plain(&later));
        write.continue_activity(&permit, activity.organiser, &new).await?;
        let change = ActivityChange {
            id,
            expected_version: version,
            text: &activity.text,
            html: &activity.html,
            excerpt: &activity.excerpt,
            series: &text_of(before),
            bounds: bounds(before, &earlier),
            at: request.now,
            next: Some(saved),
            changes: &earlier,
        };
        write.update_activity(&permit, &change).await?
    } else {
        let changes = carried(&activity.changes, series, &to);
        (now_changes, later_changes) = (plain(&changes), Vec::new());
        let change = ActivityChange {
            id,
            expected_version: version,
            text: &text,
            html: &rendered.html,
            excerpt: &rendered.excerpt,
            series: &text_of(&to),
            bounds: bounds(&to, &changes),
            at: request.now,
            next: None,
            changes: &changes,
        };
        write.update_activity(&permit, &change).await?
    };
    if done == Saved::Stale {
        return Ok(None);
    }
    let before = About::of(activity, series);
    let new = |id, series, changes| About::with(id, &text, &rendered.excerpt, (series, changes));
    let change = match &cut {
        Some(cut) => Change {
            before,
            after: About { series: &cut.before, changes: &now_changes, ..before },
            later: Some((&cut.name, new(saved, &to, &later_changes[..]))),
        },
        None => Change { before, after: new(id, &to, &now_changes[..]), later: None },
    };
    Box::pin(follow(request, &mut write, &permit, &change)).await?;
    write.note_activity_change(&permit, id, request.now).await?;
    write.audit(by, "activity.edit", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(Some(saved))
}

/// Whether anybody registered, so that for what (one time, or all together) stays as it is.
///
/// # Errors
/// The database.
pub async fn is_registered_for(request: &Request, id: ActivityId) -> Result<bool, Error> {
    Ok(!request.tenant.registered(id, request.now).await?.is_empty())
}

/// For one time or for all together: nobody who registered loses what they registered for.
pub(super) async fn keep_whole(
    request: &Request,
    activity: &Activity,
    text: &mut ActivityText,
) -> Result<(), Error> {
    if let (Some(was), Some(is)) = (&activity.text.registration, &mut text.registration)
        && was.whole_series != is.whole_series
        && is_registered_for(request, activity.id).await?
    {
        is.whole_series = was.whole_series;
    }
    Ok(())
}

/// An activity in the fields of its form, with its times or those from one of them on.
pub fn draft_of(request: &Request, text: &ActivityText, series: &Series) -> ActivityDraft {
    let slug_of = |id| request.platform.areas.get(id).map(|area| area.slug.clone());
    let mut series = series.clone();
    // Times at another hour have no field.
    let hour = series.start.time();
    let same_hour =
        |times: &BTreeSet<calendar::Local>| times.iter().filter(|at| at.time() == hour).copied().collect();
    series.extra = same_hour(&series.extra);
    series.exceptions = same_hour(&series.exceptions);
    let (latitude, longitude) = text.point.map(Point::degrees).unwrap_or_default();
    ActivityDraft {
        title: text.title.clone(),
        body: text.body.clone(),
        topic: text
            .topic
            .and_then(|id| request.platform.topic(id))
            .map(|topic| topic.slug.clone())
            .unwrap_or_default(),
        areas: text.areas.iter().filter_map(|id| slug_of(*id)).collect(),
        place: text.place.clone(),
        known: String::new(),
        latitude,
        longitude,
        wheelchair: text.wheelchair,
        online: text.online.clone(),
        cost: text.cost.clone(),
        audience: text.audience.iter().copied().map(Audience::key).map(str::to_owned).collect(),
        languages: text.languages.iter().copied().map(Spoken::key).map(str::to_owned).collect(),
        scene: text.scene.map(Scene::key).unwrap_or_default().to_owned(),
        scene_alt: text.scene_alt.clone(),
        when: when_of(&series),
        registration: RulesDraft::of(text.registration.as_ref()),
    }
}

/// Takes away what one organises oneself. It can be put back for thirty days. What others organise goes through a case
/// ([`moderation::begin`]): they are owed the reasons (Digital Services Act, article 17).
///
/// # Errors
/// The policy, not one's own, not found, or the database.
pub async fn remove(request: &Request, id: ActivityId) -> Result<(), Error> {
    let (activity, facts, series) = load(request, id).await?;
    let permit = policy::may_remove(&request.actor, &facts)?;
    if request.actor.member_id() != Some(facts.organiser) {
        return Err(Error::Denied(Denied::NotAllowed));
    }
    let mut write = request.tenant.write().await?;
    if !write.remove_activity(&permit, id, request.now).await? {
        return Err(Error::NotFound);
    }
    Box::pin(gone(request, &mut write, &About::of(&activity, &series))).await?;
    write.audit(request.actor.member_id(), "activity.remove", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Puts a removed activity back.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn restore(request: &Request, id: ActivityId) -> Result<(), Error> {
    let (activity, facts, series) = load(request, id).await?;
    let permit = policy::may_restore(&request.actor, &facts)?;
    let mut write = request.tenant.write().await?;
    if !write.restore_activity(&permit, id, facts.removed_by, request.now).await? {
        return Err(Error::NotFound);
    }
    Box::pin(is_back(request, &mut write, &About::of(&activity, &series))).await?;
    write.audit(request.actor.member_id(), "activity.restore", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}
