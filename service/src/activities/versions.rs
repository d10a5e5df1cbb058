//! What an activity was before: its versions, and going back to one.

use std::sync::Arc;

use domain::activities::policy;
use domain::activities::versions::ActivityRevision;
use domain::activities::{Activity, ActivityText};
use domain::id::ActivityId;
use domain::limits::EDITS_PER_MEMBER;
use domain::problem::{Fault, Field};
use domain::roles::Place;
use store::Saved;
use store::activities::{ActivityChange, TimeChange};

use super::load;
use super::registration::{About, Change, follow};
use super::timing::{bounds, series_of, time_change};
use super::write::keep_whole;
use crate::context::Request;
use crate::limits::limit_member;
use crate::{Error, markdown};

/// An activity and its versions, newest first, for who may edit it.
///
/// # Errors
/// Not there, not allowed, or the database.
pub async fn versions(
    request: &Request,
    id: ActivityId,
) -> Result<(Arc<Activity>, Vec<ActivityRevision>), Error> {
    let (activity, facts, _) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    let versions = request.tenant.activity_revisions(id).await?;
    Ok((activity, versions))
}

/// Brings an earlier version back as a new one; nothing is lost. Where the activity goes on as another, its times stay
/// as they are: those of that version belong to both now.
///
/// # Errors
/// The policy, not found, too often, somebody saved meanwhile, or the database.
pub async fn restore_version(
    request: &Request,
    id: ActivityId,
    version: i64,
    expected_version: i64,
) -> Result<(), Error> {
    let (activity, facts, was) = load(request, id).await?;
    let permit = policy::may_edit(&request.actor, &facts)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    if activity.version != expected_version {
        return Err(Error::Conflict);
    }
    let versions = request.tenant.activity_revisions(id).await?;
    let found = versions.into_iter().find(|found| found.version == version).ok_or(Error::NotFound)?;
    let mut text = still_there(request, found.content.text);
    keep_whole(request, &activity, &mut text).await?;
    let there = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
    if !policy::may_move(&request.actor, &facts, &there) {
        return Err(Error::field(Field::Areas, Fault::NotYours));
    }
    let (stored, changes) = if activity.next.is_none() {
        (found.content.series, found.content.changes)
    } else {
        (activity.series.clone(), activity.changes.clone())
    };
    let series = series_of(&stored).ok_or(Error::Inside("the series of a version"))?;
    let changes: Vec<TimeChange> =
        changes.into_iter().filter_map(|change| time_change(change, series.minutes)).collect();
    let rendered = markdown::render(&text.body);
    let change = ActivityChange {
        id,
        expected_version,
        text: &text,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        series: &stored,
        bounds: bounds(&series, &changes),
        at: request.now,
        next: None,
        changes: &changes,
    };
    let mut write = request.tenant.write().await?;
    if write.update_activity(&permit, &change).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    let now_changes: Vec<_> = changes.iter().map(|one| one.change.clone()).collect();
    let followed = Change {
        before: About::of(&activity, &was),
        after: About::with(id, &text, &rendered.excerpt, (&series, &now_changes)),
        later: None,
    };
    Box::pin(follow(request, &mut write, &permit, &followed)).await?;
    write.note_activity_change(&permit, id, request.now).await?;
    write.audit(request.actor.member_id(), "activity.restore-version", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Without the topic and the areas that the community does not have any more.
fn still_there(request: &Request, text: ActivityText) -> ActivityText {
    let platform = &request.platform;
    ActivityText {
        topic: text.topic.filter(|topic| platform.topic(*topic).is_some()),
        areas: text.areas.iter().copied().filter(|area| platform.areas.get(*area).is_some()).collect(),
        ..text
    }
}
