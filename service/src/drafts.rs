//! What a member is writing, kept on the server while they type: several drafts, some of which publish themselves.

use domain::clock::Timestamp;
use domain::id::{DraftId, MemberId, PhotoId, PostId};
use domain::limits;
use domain::permit::Denied;
use domain::posts::PostKind;
use domain::posts::draft::Draft;
use domain::posts::drafts::DraftState;
use domain::posts::policy::may_keep_draft;
use domain::problem::{Fault, Field};
use store::drafts::{DraftRecord, Kept, TypedDraft};

use crate::Error;
use crate::context::Request;
use crate::limits::limit_member;

/// Longer than any valid draft; what is longer is not kept.
const LONGEST: usize = 64 * 1024;

/// A draft in the form.
#[derive(Clone, Debug)]
pub struct Opened {
    pub id: DraftId,
    pub draft: Draft,
    /// When it was kept last; `None` for a new one.
    pub kept_at: Option<Timestamp>,
    pub state: DraftState,
    /// When it publishes itself.
    pub publish_at: Option<Timestamp>,
}

/// A draft on the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: DraftId,
    pub state: DraftState,
    /// May be empty.
    pub title: String,
    pub kind: Option<PostKind>,
    pub updated_at: Timestamp,
    /// When it publishes itself, should have, or has.
    pub publish_at: Option<Timestamp>,
    pub post: Option<PostId>,
}

fn new_id(request: &Request) -> DraftId {
    DraftId::new(request.now, request.services.random.as_ref())
}

/// The key of the draft that a form names. Forms from before there were several name none: they mean the one that the
/// member had then.
pub fn named(request: &Request, concept: &str) -> Option<DraftId> {
    concept.parse().ok().or_else(|| Some(DraftId(request.actor.member_id()?.0)))
}

pub(crate) fn as_json(draft: &Draft) -> Result<String, Error> {
    serde_json::to_string(draft).map_err(|_| Error::Inside("a draft that is no JSON"))
}

pub(crate) fn photos(draft: &Draft) -> Vec<PhotoId> {
    let most = limits::PHOTOS_MAX as usize;
    draft.photos.iter().filter(|photo| !photo.gone).filter_map(|p| p.id.parse().ok()).take(most).collect()
}

fn typed(record: &DraftRecord) -> Draft {
    serde_json::from_str(&record.json).unwrap_or_default()
}

pub(crate) fn accepted(kept: Kept) -> Result<(), Error> {
    match kept {
        Kept::Yes => Ok(()),
        Kept::Full => Err(Error::field(Field::Form, Fault::Full { max: limits::DRAFTS_MAX })),
        Kept::Closed => Err(Error::Conflict),
    }
}

/// Keeps a draft while it is typed.
///
/// # Errors
/// Not signed in, too often, too many drafts, it is no draft any more or publishes itself, or the database.
pub async fn keep(request: &Request, id: DraftId, draft: &Draft) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let json = as_json(draft)?;
    if json.len() > LONGEST {
        return Ok(());
    }
    limit_member(request, &limits::DRAFTS_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    let (photos, most) = (photos(draft), limits::DRAFTS_MAX);
    let typed = TypedDraft { id, json: &json, photos: &photos, at: request.now, most };
    accepted(write.put_draft(&permit, &typed).await?)?;
    write.commit().await?;
    Ok(())
}

/// Makes a draft that somebody can go on with.
///
/// # Errors
/// As for [`keep`].
pub async fn begin(request: &Request, draft: &Draft) -> Result<DraftId, Error> {
    let id = new_id(request);
    keep(request, id, draft).await?;
    Ok(id)
}

/// Counts that a member looks how a text will be.
///
/// # Errors
/// Too often, or the database.
pub async fn may_preview(request: &Request) -> Result<(), Error> {
    limit_member(request, &limits::DRAFTS_PER_MEMBER).await
}

/// The draft that an address names, as far as it can be written on; without one what was typed last, or a new one.
///
/// # Errors
/// Not signed in, or the database.
pub async fn open(request: &Request, concept: &str) -> Result<Opened, Error> {
    let member = request.actor.member_id().ok_or(Denied::SignInFirst)?;
    let wanted: Option<DraftId> = concept.parse().ok();
    let found = match wanted {
        Some(id) => request.tenant.draft(member, id).await?,
        None if concept.is_empty() => request.tenant.newest_draft(member).await?,
        None => None,
    };
    let closed = found.as_ref().is_some_and(|record| !record.state.is_going_on());
    Ok(match found.filter(|record| record.state.is_going_on()) {
        Some(record) => Opened {
            id: record.id,
            draft: typed(&record),
            kept_at: Some(record.updated_at),
            state: record.state,
            publish_at: record.publish_at,
        },
        None => Opened {
            id: wanted.filter(|_| !closed).unwrap_or_else(|| new_id(request)),
            draft: Draft::default(),
            kept_at: None,
            state: DraftState::Open,
            publish_at: None,
        },
    })
}

/// One's own drafts, the last changed first, with what became of them lately.
///
/// # Errors
/// Not signed in, or the database.
pub async fn list(request: &Request) -> Result<Vec<Listed>, Error> {
    let member = request.actor.member_id().ok_or(Denied::SignInFirst)?;
    let found = request.tenant.drafts(member).await?;
    Ok(found
        .into_iter()
        // What somebody published with the button they know of.
        .filter(|record| record.state != DraftState::Published || record.publish_at.is_some())
        .map(|record| {
            let draft = typed(&record);
            Listed {
                id: record.id,
                state: record.state,
                title: domain::text::line(&draft.title),
                kind: PostKind::from_key(&draft.kind),
                updated_at: record.updated_at,
                publish_at: record.publish_at,
                post: record.post,
            }
        })
        .collect())
}

/// Throws a draft away. It can be taken back for a week.
///
/// # Errors
/// Not signed in, not there, or the database.
pub async fn discard(request: &Request, id: DraftId) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let mut write = request.tenant.write().await?;
    if !write.discard_draft(&permit, id, request.now).await? {
        return Err(Error::NotFound);
    }
    write.commit().await?;
    Ok(())
}

/// Takes back a draft that was thrown away.
///
/// # Errors
/// Not signed in, not there, too many others, or the database.
pub async fn restore(request: &Request, id: DraftId) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let mut write = request.tenant.write().await?;
    match write.restore_draft(&permit, id, limits::DRAFTS_MAX, request.now).await? {
        Kept::Closed => return Err(Error::NotFound),
        other => accepted(other)?,
    }
    write.commit().await?;
    Ok(())
}

/// A draft does not publish itself any more, and has no moment in it.
///
/// # Errors
/// Not signed in, it does not publish itself (any more), or the database.
pub async fn withdraw(request: &Request, id: DraftId) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let record = own(request, id).await?.ok_or(Error::NotFound)?;
    let draft = Draft { publish_on: String::new(), publish_time: String::new(), ..typed(&record) };
    let json = as_json(&draft)?;
    let (photos, most) = (photos(&draft), limits::DRAFTS_MAX);
    let mut write = request.tenant.write().await?;
    if !write.withdraw_draft(&permit, id, request.now).await? {
        return Err(Error::NotFound);
    }
    let typed = TypedDraft { id, json: &json, photos: &photos, at: request.now, most };
    accepted(write.put_draft(&permit, &typed).await?)?;
    write.commit().await?;
    Ok(())
}

/// A draft of the member who asks, whatever became of it.
pub(crate) async fn own(request: &Request, id: DraftId) -> Result<Option<DraftRecord>, Error> {
    let member: MemberId = request.actor.member_id().ok_or(Denied::SignInFirst)?;
    Ok(request.tenant.draft(member, id).await?)
}
