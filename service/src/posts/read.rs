//! Reading posts.

use std::sync::Arc;

use domain::clock::Timestamp;
use domain::id::PostId;
use domain::initiatives::Initiative;
use domain::moderation::Subject;
use domain::moderation::policy::is_in_queue;
use domain::paging::Page;
use domain::photos::Photo;
use domain::posts::filter::{FilterQuery, PostFilter};
use domain::posts::policy::{self, PostFacts};
use domain::posts::proposals::may_propose;
use domain::posts::{Post, PostStatus, PostSummary, Revision};

use crate::context::Request;
use crate::{Error, initiatives, moderation};

const PAGE: i64 = 20;
const HOME: i64 = 6;

/// One page of a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// What stands on top.
    pub pinned: Vec<PostSummary>,
    pub page: Page<PostSummary>,
    /// Whose posts these are; empty when they are everybody's.
    pub author: String,
}

/// A post with what the reader may do with it.
#[derive(Clone, Debug)]
pub struct PostView {
    pub post: Arc<Post>,
    pub photos: Arc<Vec<Photo>>,
    /// What is more to an initiative; nothing for posts of another kind.
    pub initiative: Option<Arc<Initiative>>,
    pub may_edit: bool,
    /// What others wrote is taken away with reasons, through a case.
    pub may_remove: bool,
    pub may_moderate: bool,
    pub may_restore: bool,
    pub may_pin: bool,
    pub may_unpin: bool,
    pub may_extend: bool,
    pub may_set_last_day: bool,
    /// What its author is asked to change; for nobody else.
    pub asked: Option<moderation::Asked>,
    pub may_propose: bool,
    pub may_read_history: bool,
    /// Where it says why the post is kept back; empty for posts that everybody can read.
    pub case_link: String,
}

impl PostView {
    /// Whether the reader may only read it, as everybody may.
    pub fn is_only_read(&self) -> bool {
        let everybody = !self.post.status.awaits_moderator() && self.post.status != PostStatus::Removed;
        everybody
            && !(self.may_edit
                || self.may_remove
                || self.may_moderate
                || self.may_restore
                || self.may_pin
                || self.may_unpin
                || self.may_extend
                || self.may_propose)
    }
}

/// Pinned posts and the newest ones for the home page.
///
/// # Errors
/// The filter names what is not there, or the database.
pub async fn home(request: &Request, query: &FilterQuery) -> Result<Listed, Error> {
    page(request, query, HOME).await
}

/// One page of a list; pinned posts come with the first page only.
///
/// # Errors
/// The filter names what is not there, or the database.
pub async fn list(request: &Request, query: &FilterQuery) -> Result<Listed, Error> {
    page(request, query, PAGE).await
}

async fn page(request: &Request, query: &FilterQuery, size: i64) -> Result<Listed, Error> {
    let filter = query.resolve(&request.platform).map_err(|_| Error::NotFound)?;
    let author = author(request, &filter).await?;
    let mut pinned = request.tenant.pinned_posts(&filter, request.now).await?;
    let on_top: Vec<PostId> = pinned.iter().map(|post| post.id).collect();
    let page = request.tenant.list_posts(&filter, &on_top, request.now, size).await?;
    if filter.after.is_some() {
        pinned.clear();
    }
    Ok(Listed { pinned, page, author })
}

/// The name of the member whose posts a filter leaves; empty when it leaves everybody's.
async fn author(request: &Request, filter: &PostFilter) -> Result<String, Error> {
    match filter.author {
        Some(member) => request.tenant.author_name(member).await?.ok_or(Error::NotFound),
        None => Ok(String::new()),
    }
}

/// The newest posts with the moment of their last change: for site maps.
///
/// # Errors
/// The database.
pub async fn addresses(request: &Request, most: i64) -> Result<Vec<(PostId, Timestamp)>, Error> {
    Ok(request.tenant.post_addresses(most).await?)
}

/// The newest posts without regard to pins, whole, and the name of the member whose they are (empty for
/// everybody's): for feeds.
///
/// # Errors
/// The filter names what is not there, or the database.
pub async fn list_recent(
    request: &Request,
    query: &FilterQuery,
    most: i64,
) -> Result<(Vec<Post>, String), Error> {
    let filter = PostFilter { after: None, ..query.resolve(&request.platform).map_err(|_| Error::NotFound)? };
    let author = author(request, &filter).await?;
    Ok((request.tenant.recent_posts(&filter, most).await?, author))
}

/// A post as it is stored, from memory when it is there: whoever calls this decides who may read it.
pub(super) async fn stored(request: &Request, id: PostId) -> Result<Arc<Post>, Error> {
    let stored = Box::pin(async { request.tenant.post(id).await?.ok_or(Error::NotFound) });
    request.services.memory.or_make(request.kept_as(format!("stored post {id}")), stored).await
}

/// The post alone, kept for all, when this reader may see it.
pub(crate) async fn readable(request: &Request, id: PostId) -> Result<Arc<Post>, Error> {
    let post = stored(request, id).await?;
    let facts = PostFacts::of(&post, request.platform.id, &request.platform.areas);
    if policy::may_read(&request.actor, &facts) { Ok(post) } else { Err(Error::NotFound) }
}

/// A post for who may read it.
///
/// # Errors
/// Not there, not for this reader (which looks the same), or the database.
pub async fn post(request: &Request, id: PostId) -> Result<PostView, Error> {
    let post = stored(request, id).await?;
    let facts = PostFacts::of(&post, request.platform.id, &request.platform.areas);
    let actor = &request.actor;
    if !policy::may_read(actor, &facts) {
        return Err(Error::NotFound);
    }
    let kept_back = post.status.awaits_moderator() || post.status == PostStatus::Removed;
    let case_link = if kept_back {
        moderation::about(request, &Subject::Post(id)).await?.unwrap_or_default()
    } else {
        String::new()
    };
    let own = actor.member_id() == Some(post.author);
    let asked = if own && post.status == PostStatus::Published {
        moderation::asked(request, &Subject::Post(id)).await?
    } else {
        None
    };
    let (initiative, photos) = if let Some(both) = initiatives::of_post(request, &post).await? {
        (Some(Arc::clone(&both.0)), Arc::clone(&both.1))
    } else {
        let photos = Box::pin(request.tenant.photos_of(id));
        let key = request.kept_as(format!("photos of {id}"));
        (None, request.services.memory.or_make(key, photos).await?)
    };
    Ok(PostView {
        photos,
        initiative,
        case_link,
        may_edit: policy::may_edit(actor, &facts).is_ok(),
        may_remove: actor.member_id() == Some(post.author) && policy::may_remove(actor, &facts).is_ok(),
        may_moderate: post.status != PostStatus::Removed
            && is_in_queue(actor, &facts.place, Some(post.author)),
        may_restore: policy::may_restore(actor, &facts).is_ok(),
        may_pin: policy::may_pin(actor, &facts).is_ok(),
        may_unpin: policy::may_unpin(actor, &facts).is_ok(),
        may_extend: policy::may_extend(actor, &facts).is_ok(),
        may_set_last_day: policy::may_set_last_day(actor, &facts).is_ok(),
        asked,
        may_propose: may_propose(actor, &facts).is_ok(),
        may_read_history: policy::may_read_history(actor, &facts),
        post,
    })
}

/// The post with the facts that decide about it, when this reader may see it.
pub(crate) async fn load(request: &Request, id: PostId) -> Result<(Post, PostFacts), Error> {
    let post = request.tenant.post(id).await?.ok_or(Error::NotFound)?;
    let facts = PostFacts::of(&post, request.platform.id, &request.platform.areas);
    if policy::may_read(&request.actor, &facts) { Ok((post, facts)) } else { Err(Error::NotFound) }
}

/// A post and its versions, newest first, for who may edit it.
///
/// # Errors
/// Not there, not allowed, or the database.
pub async fn revisions(request: &Request, id: PostId) -> Result<(Post, Vec<Revision>), Error> {
    let (post, facts) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    let revisions = request.tenant.revisions(id).await?;
    Ok((post, revisions))
}
