//! Publishing a post, at once or at a moment that its author chose.

use domain::clock::{Span, Timestamp};
use domain::id::{DraftId, PostId};
use domain::limits::{DRAFTS_MAX, POSTS_PER_MEMBER, POSTS_PER_NEWCOMER};
use domain::permit::Permit;
use domain::permit::action::CreatePost;
use domain::posts::draft::{Draft, ValidPost};
use domain::posts::drafts::DraftState;
use domain::posts::policy::{self, may_keep_draft};
use domain::posts::{PostKind, PostStatus};
use domain::problem::{Fault, Field};
use domain::roles::{Capability, Place, holds_somewhere};
use store::Write;
use store::drafts::{Before, DraftRecord, TypedDraft};
use store::posts::{NewPost, Publishing};

use super::timing::{Timing, timing};
use crate::context::Request;
use crate::{Error, drafts, markdown, moderation};

/// The same text by the same person within this time is a double click.
const TWICE: Span = Span::minutes(5);

/// What became of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It stands there, or waits until a moderator has looked.
    Published { id: PostId, held: bool },
    /// It publishes itself.
    Scheduled(DraftId),
}

/// A draft that may be published, by who asks.
struct Ready {
    valid: ValidPost,
    permit: Permit<CreatePost>,
    place: Place,
    timing: Timing,
}

/// Publishes a post, or plans it, and its draft is no draft any more. The same draft sent again, and a second click on
/// the button, give the first post again.
///
/// # Errors
/// The policy, what is wrong with the draft, too many in an hour, or the database.
pub async fn create(request: &Request, draft: &Draft, id: DraftId) -> Result<Written, Error> {
    let ready = check(request, draft)?;
    let record = drafts::own(request, id).await?;
    let json = drafts::as_json(draft)?;
    if let Some(post) = record.as_ref().and_then(|record| is_this(record, &json)) {
        return again(request, post).await;
    }
    if let Some(at) = ready.timing.publish_at {
        plan(request, draft, (id, &json), at).await?;
        return Ok(Written::Scheduled(id));
    }
    let keep = may_keep_draft(&request.actor, request.platform.id)?;
    let before = if record.is_some() { Before::Kept } else { Before::Nothing };
    let planned = record.is_some_and(|record| record.state == DraftState::Scheduled);
    let newcomer = moderation::Newcomer::of(request).await?;
    let busy = holds_somewhere(&request.actor, Capability::EditContent);
    let most = if newcomer.0 { POSTS_PER_NEWCOMER } else { POSTS_PER_MEMBER };
    let rendered = markdown::render(&ready.valid.text().body);
    let look = moderation::look_at_new(request, newcomer, ready.valid.text(), &rendered.html).await?;

    let text = ready.valid.text();
    let (since, twice) = (request.now.minus(most.per), request.now.minus(TWICE));
    let begun = request.tenant.begin_post(&ready.permit, since, twice, (&text.title, &text.body)).await?;
    let Publishing { mut write, lately, same } = begun;
    if let Some(first) = same {
        // It may be about to last only now: nobody hears of it before.
        write.commit().await?;
        return again(request, first).await;
    }
    // What would publish itself is taken out of its hands first.
    if planned && !write.withdraw_draft(&keep, id, request.now).await? {
        return Err(Error::Conflict);
    }
    if !busy && lately >= most.times {
        return Err(Error::field(Field::Form, Fault::TooOften { minutes: 60 }));
    }
    let post = store(request, &mut write, &ready, &rendered, request.now).await?;
    look.at(request, &mut write, &ready.permit, post, ready.valid.text()).await?;
    let typed = TypedDraft { id, json: &json, photos: &[], at: request.now, most: DRAFTS_MAX };
    write.close_draft_and_commit(&keep, &typed, post, before).await?;
    Ok(Written::Published { id: post, held: look == moderation::Look::Hold })
}

/// What was published before.
async fn again(request: &Request, id: PostId) -> Result<Written, Error> {
    let held = request.tenant.post(id).await?.is_some_and(|post| post.status == PostStatus::Held);
    Ok(Written::Published { id, held })
}

/// Publishes a draft whose moment has come; who asks is its author. `None` when another process did, or its author
/// changed it meanwhile. Says whether a moderator looks first.
///
/// # Errors
/// The policy (roles end, accounts are suspended), what is wrong with the draft by now, or the database.
pub(crate) async fn publish_planned(
    request: &Request,
    record: &DraftRecord,
) -> Result<Option<(PostId, bool)>, Error> {
    let Some(at) = record.publish_at else { return Ok(None) };
    let draft: Draft = serde_json::from_str(&record.json).map_err(|_| Error::Inside("a draft"))?;
    // Its moment was checked when it was planned; it is over now.
    let ready = check(request, &Draft { publish_on: String::new(), publish_time: String::new(), ..draft })?;
    let keep = may_keep_draft(&request.actor, request.platform.id)?;
    let newcomer = moderation::Newcomer::of(request).await?;
    let rendered = markdown::render(&ready.valid.text().body);
    let look = moderation::look_at_new(request, newcomer, ready.valid.text(), &rendered.html).await?;
    let mut write = request.tenant.write().await?;
    if !write.claim_draft(&keep, record.id, at, request.now).await? {
        return Ok(None);
    }
    // Whoever waits until then finds it at that time, also when the machine was off for a while.
    let post = store(request, &mut write, &ready, &rendered, at).await?;
    look.at(request, &mut write, &ready.permit, post, ready.valid.text()).await?;
    write.claimed_draft(&keep, record.id, post).await?;
    write.audit(request.actor.member_id(), "post.planned", Some(post.0), request.now).await?;
    super::timetable::tell_published(request, &mut write, ready.valid.text(), post, look).await?;
    write.commit().await?;
    Ok(Some((post, look == moderation::Look::Hold)))
}

/// Everything that decides whether a draft may be published by who asks.
fn check(request: &Request, draft: &Draft) -> Result<Ready, Error> {
    // Ask first whether somebody may write at all: a visitor gets "sign in", not a list of faults.
    let whole = Place::whole(request.platform.id);
    policy::may_create(&request.actor, Default::default(), &whole)?;
    let valid = match (draft.check(&request.platform), timing(draft, request.now)) {
        (Ok(valid), Ok(timing)) => (valid, timing),
        (Ok(_), Err(problems)) => return Err(problems.into()),
        (Err(mut problems), timing) => {
            problems.0.extend(timing.err().unwrap_or_default().0);
            return Err(problems.into());
        }
    };
    let (valid, timing) = valid;
    let text = valid.text();
    let place = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
    let permit = policy::may_create(&request.actor, text.kind, &place)
        .map_err(|_| Error::field(Field::Kind, Fault::NotYours))?;
    // The made-up communities have albums of before there were photos.
    if text.kind == PostKind::PhotoAlbum && valid.photos().is_empty() {
        return Err(Error::field(Field::Photos, Fault::Required));
    }
    if valid.on_behalf_of().is_some() && !policy::may_write_for_others(&request.actor, &place) {
        return Err(Error::field(Field::OnBehalfOf, Fault::NotYours));
    }
    Ok(Ready { valid, permit, place, timing })
}

/// The post that this draft became, when it was sent like this before.
fn is_this(record: &DraftRecord, json: &str) -> Option<PostId> {
    record.post.filter(|_| record.state == DraftState::Published && record.json == json)
}

async fn plan(
    request: &Request,
    draft: &Draft,
    (id, json): (DraftId, &str),
    at: Timestamp,
) -> Result<(), Error> {
    let keep = may_keep_draft(&request.actor, request.platform.id)?;
    let photos = drafts::photos(draft);
    let typed = TypedDraft { id, json, photos: &photos, at: request.now, most: DRAFTS_MAX };
    let mut write = request.tenant.write().await?;
    drafts::accepted(write.schedule_draft(&keep, &typed, at).await?)?;
    write.commit().await?;
    Ok(())
}

/// The post with its photos.
async fn store(
    request: &Request,
    write: &mut Write,
    ready: &Ready,
    rendered: &markdown::Rendered,
    at: Timestamp,
) -> Result<PostId, Error> {
    let Ready { valid, permit, place, timing } = ready;
    let id = PostId::new(request.now, request.services.random.as_ref());
    let new = NewPost {
        id,
        text: valid.text(),
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        on_behalf_of: valid.on_behalf_of(),
        official: policy::is_official(&request.actor, place),
        at,
        expires_at: timing.expires_at,
        tree: &request.platform.areas,
    };
    write.insert_post(permit, &new).await?;
    if !write.place_photos(permit, id, valid.photos(), request.now).await? {
        return Err(Error::field(Field::Photos, Fault::Gone));
    }
    if valid.on_behalf_of().is_some() {
        write.audit(request.actor.member_id(), "post.consent", Some(id.0), request.now).await?;
    }
    Ok(id)
}
