//! Comments under posts, and thanks: reading, adding, changing, taking away.

use std::sync::Arc;

use domain::clock::Span;
use domain::comments::draft::{self, CommentDraft};
use domain::comments::mentions::{self, Known};
use domain::comments::policy::{self, CommentFacts};
use domain::comments::{Comment, CommentStatus, Mine};
use domain::id::{CommentId, MemberId, PostId};
use domain::limits::{COMMENTS_PER_MEMBER, THANKS_PER_MEMBER};
use domain::posts::Post;
use domain::posts::policy::PostFacts;
use domain::problem::{Fault, Field};
use store::Saved;
use store::comments::{Added, NewComment};

use crate::context::Request;
use crate::limits::limit_member;
use crate::moderation::{flag_comment, holds_comment};
use crate::posts::load;
use crate::{Error, markdown};

pub use store::comments::ForYou;

/// Comments on one page; a thread may go on on the next.
const PAGE: i64 = 50;
/// The same text by the same person within this time is a double click.
const TWICE: Span = Span::minutes(5);
const FOR_YOU: i64 = 30;
/// Changes that somebody who was away is told at most; the page read anew shows the others.
const MISSED: i64 = 200;

/// One page of a conversation, the same for all its readers.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub comments: Vec<Comment>,
    /// The thread and the key after which it goes on.
    pub next: Option<(CommentId, CommentId)>,
    /// The number of the last change in it.
    pub version: i64,
    pub closed: bool,
}

/// What the reader may do in a conversation.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub mine: Mine,
    pub may_comment: bool,
    pub may_thank: bool,
    pub may_remove_any: bool,
    pub may_close: bool,
}

/// What became of a comment that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub id: CommentId,
    /// It waits for somebody to look at it; until then its writer alone sees it.
    pub held: bool,
}

/// One page of the comments under a post that this reader may see: for everybody alike, or for `with_held_of` with
/// their own that wait. What was taken away stays as an empty place where replies hang on it.
///
/// # Errors
/// The post is not there (for this reader), or the database.
pub async fn conversation(
    request: &Request,
    post: &Post,
    after: Option<(CommentId, CommentId)>,
    with_held_of: Option<MemberId>,
) -> Result<Conversation, Error> {
    let mut comments = request.tenant.conversation(post.id, after, PAGE + 1).await?;
    let more = comments.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        comments.pop();
    }
    let next = comments.last().filter(|_| more).map(|last| (last.thread, last.id));
    let shown = |comment: &Comment| match comment.status {
        CommentStatus::Published => true,
        CommentStatus::Held => Some(comment.author) == with_held_of,
        CommentStatus::Removed | CommentStatus::Hidden => false,
    };
    let answered: Vec<CommentId> = comments
        .iter()
        .filter(|comment| comment.is_reply() && shown(comment))
        .map(|comment| comment.thread)
        .collect();
    comments.retain(|comment| shown(comment) || (!comment.is_reply() && answered.contains(&comment.id)));
    comments.iter_mut().filter(|comment| !shown(comment)).for_each(emptied);
    Ok(Conversation { comments, next, version: post.talk.version, closed: post.talk.closed })
}

/// Leaves nothing in what is not published: only that it was there.
pub fn emptied(comment: &mut Comment) {
    if comment.status != CommentStatus::Published {
        comment.html.clear();
        comment.body.clear();
        comment.author_name.clear();
    }
}

/// What this reader may do under a post, and what they did.
///
/// # Errors
/// The database.
pub async fn part(request: &Request, post: &Post) -> Result<Part, Error> {
    let facts = facts(request, post);
    let actor = &request.actor;
    let known = request.session.as_ref().and_then(|session| session.mine.as_ref());
    let mine = match (actor.member_id(), known) {
        (None, _) => Mine::default(),
        (Some(_), Some((of, mine))) if *of == post.id => mine.clone(),
        (Some(member), _) => request.tenant.my_part(post.id, member).await?,
    };
    Ok(Part {
        mine,
        may_comment: policy::may_comment(actor, &facts, post.talk.closed).is_ok(),
        may_thank: policy::may_thank(actor, &facts).is_ok(),
        may_remove_any: policy::may_remove_any(actor, &facts),
        may_close: policy::may_set_comments(actor, &facts).is_ok(),
    })
}

/// One comment as it was typed, for who wrote it.
///
/// # Errors
/// Not there, not theirs, or the database.
pub async fn source(request: &Request, id: CommentId) -> Result<Comment, Error> {
    let (_, facts, comment) = found(request, id).await?;
    policy::may_edit(&request.actor, &facts, &CommentFacts::from(&comment))?;
    Ok(comment)
}

/// Adds a comment; a link by somebody new is looked at first. A second click on the button gives the first one again.
///
/// # Errors
/// The policy, what is wrong with it, too many in an hour, what it answers is gone, or the database.
pub async fn create(request: &Request, post: PostId, draft: &CommentDraft) -> Result<Sent, Error> {
    let (stored, facts) = load(request, post).await?;
    let permit = policy::may_comment(&request.actor, &facts, stored.talk.closed)?;
    let valid = draft.check()?;
    limit_member(request, &COMMENTS_PER_MEMBER).await?;
    let known = request.tenant.people_of(post).await?;
    let mentions = mentions::mentioned(valid.body(), &known);
    let html = rendered(valid.body(), &known);
    let held = holds_comment(request, &html, "").await?;
    let id = CommentId::new(request.now, request.services.random.as_ref());
    let mut write = request.tenant.write().await?;
    let new = NewComment {
        id,
        post,
        post_author: stored.author,
        reply_to: valid.reply_to(),
        mentions: &mentions,
        html: &html,
        body: valid.body(),
        held,
        at: request.now,
        twice_since: request.now.minus(TWICE),
    };
    match write.insert_comment(&permit, &new).await? {
        Added::Done => {}
        Added::Twice(first) => return Ok(Sent { id: first, held }),
        Added::Closed => return Err(Error::field(Field::Form, Fault::NotYours)),
        Added::Gone => return Err(Error::field(Field::Form, Fault::Gone)),
        Added::Waits => return Err(Error::field(Field::Form, Fault::StillWaits)),
    }
    if held {
        flag_comment(request, &mut write, &stored, (id, valid.body(), 1)).await?;
    }
    write.commit().await?;
    request.services.live.wake();
    Ok(Sent { id, held })
}

/// Changes one's own comment, made on `version`.
///
/// # Errors
/// The policy, what is wrong with it, saved in another window meanwhile, or the database.
pub async fn edit(request: &Request, id: CommentId, version: i64, typed: &str) -> Result<PostId, Error> {
    let (post, facts, comment) = found(request, id).await?;
    let permit = policy::may_edit(&request.actor, &facts, &CommentFacts::from(&comment))?;
    let body = draft::body(typed).map_err(|fault| Error::field(Field::Message, fault))?;
    limit_member(request, &COMMENTS_PER_MEMBER).await?;
    if body == comment.body {
        return Ok(post.id);
    }
    let known = request.tenant.people_of(post.id).await?;
    let html = rendered(&body, &known);
    let holds = holds_comment(request, &html, &comment.html).await?;
    let mut write = request.tenant.write().await?;
    let saved = write.update_comment(&permit, (post.id, id), version, (&html, &body), request.now).await?;
    if saved == Saved::Stale {
        return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
    }
    write.note_comment_change(&permit, id, request.now).await?;
    if holds && write.hold_changed_comment(&permit, (post.id, id)).await? {
        flag_comment(request, &mut write, &post, (id, &body, version + 1)).await?;
    }
    write.commit().await?;
    request.services.live.wake();
    Ok(post.id)
}

/// Takes one's own comment away. It can be put back for thirty days. What others wrote is taken away with reasons
/// only (`moderation`).
///
/// # Errors
/// The policy, not found, or the database.
pub async fn remove(request: &Request, id: CommentId) -> Result<PostId, Error> {
    let (post, facts, comment) = found(request, id).await?;
    if request.actor.member_id() != Some(comment.author) && request.is_signed_in() {
        return Err(domain::permit::Denied::NotAllowed.into());
    }
    let permit = policy::may_remove(&request.actor, &facts, &CommentFacts::from(&comment))?;
    let mut write = request.tenant.write().await?;
    if !write.remove_comment(&permit, (post.id, id), request.now).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "comment.remove", Some(id.0), request.now).await?;
    write.commit().await?;
    request.services.live.wake();
    Ok(post.id)
}

/// Puts a removed comment back.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn restore(request: &Request, id: CommentId) -> Result<PostId, Error> {
    let (post, facts, comment) = found(request, id).await?;
    let permit = policy::may_restore(&request.actor, &facts, &CommentFacts::from(&comment))?;
    let removed_by = comment.removed_by.ok_or(Error::NotFound)?;
    let mut write = request.tenant.write().await?;
    if !write.restore_comment(&permit, (post.id, id), removed_by).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "comment.restore", Some(id.0), request.now).await?;
    write.commit().await?;
    request.services.live.wake();
    Ok(post.id)
}

/// Ends the conversation under a post, or opens it again.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn set_closed(request: &Request, post: PostId, closed: bool) -> Result<(), Error> {
    let (_, facts) = load(request, post).await?;
    let permit = policy::may_set_comments(&request.actor, &facts)?;
    let mut write = request.tenant.write().await?;
    write.set_comments_closed(&permit, post, closed).await?;
    let action = if closed { "comments.close" } else { "comments.open" };
    write.audit(request.actor.member_id(), action, Some(post.0), request.now).await?;
    write.commit().await?;
    Ok(())
}

/// Says thanks for a post, or takes it back. Saying it twice is saying it once.
///
/// # Errors
/// The policy, not found, too often, or the database.
pub async fn thank_post(request: &Request, post: PostId, thanks: bool) -> Result<(), Error> {
    let (_, facts) = load(request, post).await?;
    let permit = policy::may_thank(&request.actor, &facts)?;
    limit_member(request, &THANKS_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    if write.thank_post(&permit, post, thanks).await? {
        write.commit().await?;
    }
    Ok(())
}

/// The same for a comment; gives the post it stands under.
///
/// # Errors
/// As for a post.
pub async fn thank_comment(request: &Request, id: CommentId, thanks: bool) -> Result<PostId, Error> {
    let (post, facts, comment) = found(request, id).await?;
    let permit = policy::may_thank_for(&request.actor, &facts, &CommentFacts::from(&comment))?;
    limit_member(request, &THANKS_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    if write.thank_comment(&permit, (post.id, id), thanks).await? {
        write.commit().await?;
        request.services.live.wake();
    }
    Ok(post.id)
}

/// Comments that answer the reader or name them, newest first, before `before`; and where they go on.
///
/// # Errors
/// Not signed in, or the database.
pub async fn for_you(
    request: &Request,
    before: Option<CommentId>,
) -> Result<(Vec<ForYou>, Option<CommentId>), Error> {
    let member = request.actor.member_id().ok_or(domain::permit::Denied::SignInFirst)?;
    let mut found = request.tenant.comments_for(member, before, FOR_YOU + 1).await?;
    let more = found.len() > usize::try_from(FOR_YOU).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|last| last.comment);
    Ok((found, next))
}

/// What changed under a post after the change number `since`; what of it may be seen, [`emptied`] leaves.
///
/// # Errors
/// The post is not there (for this reader), or the database.
pub async fn changes(request: &Request, post: PostId, since: i64) -> Result<Vec<Comment>, Error> {
    load(request, post).await?;
    Ok(request.tenant.changed_comments(post, since, MISSED).await?)
}

fn facts(request: &Request, post: &Post) -> PostFacts {
    PostFacts::of(post, request.platform.id, &request.platform.areas)
}

/// A comment with the post it stands under, when this reader may see that.
async fn found(request: &Request, id: CommentId) -> Result<(Post, PostFacts, Comment), Error> {
    let comment = request.tenant.comment(id).await?.ok_or(Error::NotFound)?;
    let (post, facts) = load(request, comment.post).await?;
    Ok((post, facts, comment))
}

/// As sanitised HTML, with the names in it standing out.
fn rendered(body: &str, known: &[Known]) -> String {
    markdown::render(&mentions::marked(body, known)).html
}

/// The post of a page, kept for all who only read it.
///
/// # Errors
/// Not there, not for this reader, or the database.
pub async fn post_of(request: &Request, id: PostId) -> Result<Arc<Post>, Error> {
    crate::posts::readable(request, id).await
}
