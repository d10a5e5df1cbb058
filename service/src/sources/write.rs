//! Letting the agenda follow a calendar, reading it again, and letting go of it.

use std::sync::Arc;

use domain::actor::Actor;
use domain::clock::{Span, Timestamp};
use domain::id::{MemberId, SourceId};
use domain::limits::{READINGS_PER_SOURCE, SOURCES_MAX, SOURCES_PER_MEMBER};
use domain::permit::Permit;
use domain::permit::action::SetUpSource;
use domain::platform::Platform;
use domain::problem::{Fault, Field};
use domain::roles::Place;
use domain::sources::draft::{SourceDraft, SourceText};
use domain::sources::policy::{self, SourceFacts};
use domain::sources::{Mark, Source, SourceStatus, State, Trouble};
use store::Saved;
use store::sources::NewSource;

use super::fetch::{Got, fetch};
use super::follow::{Follower, Outcome, owner, planned, store};
use super::{load, plan::Plan};
use crate::Error;
use crate::context::{Request, Services};
use crate::limits::{limit, limit_member};
use crate::secrets;

/// The same by the same person within this time is a double click.
const TWICE: Span = Span::minutes(5);

/// What became of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    Followed(SourceId),
    /// Nothing is stored: it could not be read.
    Not(Trouble),
}

/// Lets the agenda follow a calendar that can be read. A second click gives the first one again.
///
/// # Errors
/// The policy, what is wrong with the draft, too many, too often, or the database.
pub async fn create(request: &Request, draft: &SourceDraft, file: Option<Vec<u8>>) -> Result<Made, Error> {
    policy::may_begin(&request.actor, request.platform.id)?;
    let text = draft.check(&request.platform, file.is_some())?;
    let place = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
    let permit = policy::may_set_up(&request.actor, &place)
        .map_err(|_| Error::field(Field::Areas, Fault::NotYours))?;
    limit_member(request, &SOURCES_PER_MEMBER).await?;
    let (plan, mark) = match read(request, &text, file).await {
        Ok(found) => found,
        Err(trouble) => return Ok(Made::Not(trouble)),
    };
    let session = request.session.as_ref().ok_or(Error::Denied(domain::permit::Denied::SignInFirst))?;
    let owner = (session.member.id, session.member.name.as_str());
    let services = &request.services;
    let platform = &request.platform;
    begin(services, platform, (&request.actor, owner), &permit, (&text, plan, &mark)).await
}

/// Follows a calendar that was read, on behalf of its owner.
async fn begin(
    services: &Services,
    platform: &Platform,
    (actor, owner): (&Actor, (MemberId, &str)),
    permit: &Permit<SetUpSource>,
    (text, plan, mark): (&SourceText, Plan, &Mark),
) -> Result<Made, Error> {
    let now = services.clock.now();
    let source = new_source(services, owner, text, now);
    let mut write = services.store.on(platform.id).write().await?;
    let there = write.count_sources(permit).await?;
    if let Some(first) = write.same_source(permit, text, now.minus(TWICE)).await? {
        return Ok(Made::Followed(first));
    }
    if there >= SOURCES_MAX {
        return Err(Error::field(Field::Form, Fault::Full { max: SOURCES_MAX }));
    }
    let due_at = source.due_after(now);
    write.insert_source(permit, &NewSource { id: source.id, text, at: now, due_at }).await?;
    let facts = SourceFacts::of(&source, platform.id, &platform.areas);
    let follow = policy::may_follow(actor, &facts)?;
    if write.begin_reading(&follow, (source.id, source.version)).await? == Saved::Stale {
        return Err(Error::Inside("a calendar that is not there"));
    }
    store(services, &mut write, &follow, &source, (plan, mark, Vec::new()), now).await?;
    write.audit(Some(source.owner), "calendar.follow", Some(source.id.0), now).await?;
    write.commit().await?;
    Ok(Made::Followed(source.id))
}

/// Follows the calendar in a file as a member would who sends it, with the roles that they have: for the program, when
/// it fills a database.
///
/// # Errors
/// No such community or member, their policy, what is wrong with the draft, or the database.
pub async fn follow_file(
    services: &Services,
    (slug, email): (&str, &str),
    draft: &SourceDraft,
    file: Vec<u8>,
) -> Result<Made, Error> {
    let now = services.clock.now();
    let id = services.store.platform_by_slug(slug).await?.ok_or(Error::NotFound)?;
    let tenant = services.store.on(id);
    let (platform, _) = tenant.load_platform(now).await?.ok_or(Error::NotFound)?;
    let member = tenant.member_by_email(email).await?.ok_or(Error::NotFound)?;
    let actor = owner(&tenant, id, member.id, now).await?;
    let text = draft.check(&platform, true)?;
    let permit = policy::may_set_up(&actor, &Place::new(id, &platform.areas, &text.areas, text.topic))?;
    let platform = Arc::new(platform);
    let plan = match planned(file, text.clone(), Arc::clone(&platform), now).await {
        Ok(plan) => plan,
        Err(trouble) => return Ok(Made::Not(trouble)),
    };
    let owner = (member.id, member.name.as_str());
    begin(services, &platform, (&actor, owner), &permit, (&text, plan, &Mark::default())).await
}

pub(super) async fn read(
    request: &Request,
    text: &SourceText,
    file: Option<Vec<u8>>,
) -> Result<(Plan, Mark), Trouble> {
    let (bytes, mark) = match file {
        Some(bytes) => (bytes, Mark::default()),
        None => match fetch(&request.services.settings.reach, &text.address, &Mark::default()).await? {
            Got::New { bytes, mark } => (bytes, mark),
            Got::Same => return Err(Trouble::Answer(304)),
        },
    };
    let plan = planned(bytes, text.clone(), Arc::clone(&request.platform), request.now).await?;
    Ok((plan, mark))
}

fn new_source(
    services: &Services,
    (owner, name): (MemberId, &str),
    text: &SourceText,
    now: Timestamp,
) -> Source {
    Source {
        id: SourceId::new(now, services.random.as_ref()),
        owner,
        owner_name: name.to_owned(),
        name: text.name.clone(),
        address: text.address.clone(),
        topic: text.topic,
        areas: text.areas.clone(),
        cost: text.cost.clone(),
        rhythm: text.rhythm,
        status: SourceStatus::Active,
        version: 1,
        edition: 1,
        state: State::default(),
        created_at: now,
        removed_at: None,
    }
}

pub(super) async fn limit_readings(request: &Request, id: SourceId) -> Result<(), Error> {
    let key = secrets::limit_key(&[READINGS_PER_SOURCE.name, &id.to_string()]);
    limit(request, &READINGS_PER_SOURCE, &key).await
}

/// Reads a calendar at its address, now.
///
/// # Errors
/// The policy, too often, not there, or the database. That it could not be read is none: it stands on its page.
pub async fn read_now(request: &Request, id: SourceId) -> Result<Outcome, Error> {
    let (source, facts) = load(request, id).await?;
    policy::may_manage(&request.actor, &facts)?;
    if source.address.is_empty() {
        return Err(Error::NotFound);
    }
    limit_readings(request, id).await?;
    follower(request, source).read(None).await
}

/// Reads a newer file instead of the one that was sent before.
///
/// # Errors
/// As [`read_now`].
pub async fn send_again(request: &Request, id: SourceId, file: Vec<u8>) -> Result<Outcome, Error> {
    let (source, facts) = load(request, id).await?;
    policy::may_manage(&request.actor, &facts)?;
    if !source.address.is_empty() {
        return Err(Error::NotFound);
    }
    limit_readings(request, id).await?;
    follower(request, source).read(Some(file)).await
}

fn follower(request: &Request, source: Source) -> Follower<'_> {
    Follower {
        services: &request.services,
        tenant: request.tenant.clone(),
        platform: Arc::clone(&request.platform),
        source,
    }
}

/// Follows a calendar no more; what is to come of it goes. It can be brought back for thirty days.
///
/// # Errors
/// The policy, not there, or the database.
pub async fn remove(request: &Request, id: SourceId) -> Result<(), Error> {
    let (_, facts) = load(request, id).await?;
    let permit = policy::may_manage(&request.actor, &facts)?;
    let mut write = request.tenant.write().await?;
    if !write.remove_source(&permit, id, request.now).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "calendar.remove", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Follows a calendar again, with what went when it was removed.
///
/// # Errors
/// The policy, not there, or the database.
pub async fn restore(request: &Request, id: SourceId) -> Result<(), Error> {
    let (source, facts) = load(request, id).await?;
    let permit = policy::may_restore(&request.actor, &facts)?;
    let removed_at = source.removed_at.ok_or(Error::NotFound)?;
    let mut write = request.tenant.write().await?;
    if !write.restore_source(&permit, id, removed_at, request.now).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "calendar.restore", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}
