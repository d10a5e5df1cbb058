//! Changing a post in place, two editors at once, and going back to an earlier version.

use domain::id::PostId;
use domain::limits;
use domain::posts::merge::{Merge, Part, merge};
use domain::posts::policy::{self, PostFacts};
use domain::posts::{Post, PostText, draft};
use domain::problem::{Fault, Field, Problems};
use domain::roles::Place;
use serde::{Deserialize, Serialize};
use store::Saved;
use store::posts::PostChange;

use super::read::load;
use crate::context::Request;
use crate::limits::limit_member;
use crate::{Error, markdown, moderation};

/// An edit as it was typed: the parts that are `Some`, made on version `version`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub version: i64,
    pub title: Option<String>,
    pub body: Option<String>,
    /// Slug; empty for none.
    pub topic: Option<String>,
    /// Slugs; empty for the whole platform.
    pub areas: Option<Vec<String>>,
    pub reason: String,
}

impl Edit {
    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        if self.title.is_some() {
            parts.push(Part::Title);
        }
        if self.body.is_some() {
            parts.push(Part::Body);
        }
        if self.areas.is_some() {
            parts.push(Part::Areas);
        }
        if self.topic.is_some() {
            parts.push(Part::Topic);
        }
        parts
    }

    /// The base text with the typed parts in it.
    pub(super) fn applied(&self, request: &Request, base: &PostText) -> Result<PostText, Problems> {
        let platform = &request.platform;
        let mut problems = Problems::default();
        let mut text = base.clone();
        if let Some(title) = &self.title {
            match draft::title(title) {
                Ok(title) => text.title = title,
                Err(fault) => problems.push(Field::Title, fault),
            }
        }
        if let Some(body) = &self.body {
            match draft::body(body) {
                Ok(body) => text.body = body,
                Err(fault) => problems.push(Field::Body, fault),
            }
        }
        if let Some(slugs) = &self.areas {
            match draft::areas(slugs, platform) {
                Ok(areas) => text.areas = areas,
                Err(fault) => problems.push(Field::Areas, fault),
            }
        }
        if let Some(slug) = &self.topic {
            match draft::topic(slug, platform) {
                Ok(topic) => text.topic = topic,
                Err(fault) => problems.push(Field::Topic, fault),
            }
        }
        problems.or(|| text)
    }
}

/// How an edit ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    Saved {
        version: i64,
    },
    /// Nothing was different from what is stored.
    Unchanged,
}

/// Saves an edit. When somebody else saved another part meanwhile both changes stay; when it was
/// the same part the editor is asked ([`Error::Conflict`]).
///
/// # Errors
/// The policy (for the old place and the new one), what is wrong with the input, a conflict, or the database.
pub async fn edit(request: &Request, id: PostId, edit: &Edit) -> Result<EditOutcome, Error> {
    limit_member(request, &limits::EDITS_PER_MEMBER).await?;
    // The row may change between reading and writing; then the merge is made again.
    for _ in 0..4 {
        let (post, facts) = load(request, id).await?;
        policy::may_edit(&request.actor, &facts)?;
        let reason = draft::reason(&edit.reason).map_err(|f| Error::field(Field::Reason, f))?;
        let base = base_of(request, &post, edit.version).await?;
        let mine = edit.applied(request, &base)?;
        let text = match merge(&base, &post.text, &mine, &edit.parts()) {
            Merge::Clean(text) => text,
            Merge::Conflict(_) => return Err(Error::Conflict),
        };
        if text == post.text {
            return Ok(EditOutcome::Unchanged);
        }
        if let Some(version) = save(request, &post, &text, &reason).await? {
            return Ok(EditOutcome::Saved { version });
        }
    }
    Err(Error::Conflict)
}

/// The text of the version that the editor had before them.
pub(super) async fn base_of(request: &Request, post: &Post, version: i64) -> Result<PostText, Error> {
    if version == post.version {
        return Ok(post.text.clone());
    }
    if version > post.version {
        return Err(Error::Conflict);
    }
    let revision = request.tenant.revision(post.id, version).await?;
    // A version that pinning or removing made has no text of its own: the nearest before it counts.
    match revision {
        Some(revision) => Ok(revision.text),
        None => request
            .tenant
            .revisions(post.id)
            .await?
            .into_iter()
            .find(|revision| revision.version <= version)
            .map(|revision| revision.text)
            .ok_or(Error::NotFound),
    }
}

/// Writes `text` on top of `post`; `None` when somebody was faster.
async fn save(request: &Request, post: &Post, text: &PostText, reason: &str) -> Result<Option<i64>, Error> {
    let newcomer = moderation::Newcomer::of(request).await?;
    let mut write = request.tenant.write().await?;
    let version = save_in(request, &mut write, (newcomer, post), text, reason).await?;
    if version.is_some() {
        write.commit().await?;
    }
    Ok(version)
}

/// The same within a transaction, by who may edit the post and put it where the text says.
pub(super) async fn save_in(
    request: &Request,
    write: &mut store::Write,
    (newcomer, post): (moderation::Newcomer, &Post),
    text: &PostText,
    reason: &str,
) -> Result<Option<i64>, Error> {
    let tree = &request.platform.areas;
    let facts = PostFacts::of(post, request.platform.id, tree);
    let permit = policy::may_edit(&request.actor, &facts)?;
    let there = Place::new(request.platform.id, tree, &text.areas, text.topic);
    if !policy::may_move(&request.actor, &facts, &there) {
        return Err(Error::field(Field::Areas, Fault::NotYours));
    }
    let moved = PostFacts { place: there, ..facts.clone() };
    let unpin = moved.place != facts.place
        && post.pinned_until.is_some()
        && policy::may_pin(&request.actor, &moved).is_err();
    let rendered = markdown::render(&text.body);
    let change = PostChange {
        id: post.id,
        expected_version: post.version,
        text,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        reason,
        at: request.now,
        unpin,
        tree,
    };
    match write.update_post(&permit, &change).await? {
        Saved::Done { version } => {
            moderation::hold_changed(request, write, &permit, (newcomer, post), text, &rendered.html).await?;
            write.note_change(&permit, post.id, request.now).await?;
            Ok(Some(version))
        }
        Saved::Stale => Ok(None),
    }
}

/// What an editor needs to choose between two versions: the post as it is now, and who changed it meanwhile; `None`
/// when that was themselves, in another window.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn conflict(request: &Request, id: PostId) -> Result<(Post, Option<String>), Error> {
    let (post, facts) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    let newest = request.tenant.revisions(id).await?.into_iter().next();
    let (editor, name) = newest.map_or_else(
        || (post.author, post.author_name.clone()),
        |newest| (newest.editor, newest.editor_name),
    );
    let other = (request.actor.member_id() != Some(editor)).then_some(name);
    Ok((post, other))
}

/// Brings an earlier version back as a new one; nothing is lost.
///
/// # Errors
/// The policy, not found, somebody saved meanwhile, or the database.
pub async fn restore_revision(
    request: &Request,
    id: PostId,
    version: i64,
    expected_version: i64,
    reason: &str,
) -> Result<(), Error> {
    limit_member(request, &limits::EDITS_PER_MEMBER).await?;
    let (post, facts) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    if post.version != expected_version {
        return Err(Error::Conflict);
    }
    let revision = request.tenant.revision(id, version).await?.ok_or(Error::NotFound)?;
    if revision.text == post.text {
        return Ok(());
    }
    save(request, &post, &revision.text, reason).await?.map(|_| ()).ok_or(Error::Conflict)
}
