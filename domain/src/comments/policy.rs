//! Who may do what with comments and thanks. The page hides and the server refuses with these functions.

use super::{Comment, CommentStatus};
use crate::actor::Actor;
use crate::id::{CommentId, MemberId};
use crate::permit::action::{
    DecideAppeal, EditComment, RemoveComment, RestoreComment, SetComments, Thank, WriteComment,
};
use crate::permit::{Denied, Permit};
use crate::posts::PostStatus;
use crate::posts::policy::PostFacts;
use crate::roles::{Capability, holds};

/// The parts of a comment that decide about it.
#[derive(Clone, Copy, Debug)]
pub struct CommentFacts {
    pub id: CommentId,
    pub author: MemberId,
    pub status: CommentStatus,
    pub removed_by: Option<MemberId>,
}

impl From<&Comment> for CommentFacts {
    fn from(comment: &Comment) -> Self {
        Self {
            id: comment.id,
            author: comment.author,
            status: comment.status,
            removed_by: comment.removed_by,
        }
    }
}

fn permit_if<A>(
    allowed: bool,
    actor: &Actor,
    post: &PostFacts,
    subject: uuid::Uuid,
) -> Result<Permit<A>, Denied> {
    if allowed && is_here(actor, post) {
        Ok(Permit::granted(post.place.platform, actor.member_id(), Some(subject)))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

fn is_here(actor: &Actor, post: &PostFacts) -> bool {
    actor.platform == post.place.platform && actor.is_active()
}

/// Every member, under a published post of which the conversation is open.
///
/// # Errors
/// Not signed in, suspended, of another platform, or the conversation is closed.
pub fn may_comment(actor: &Actor, post: &PostFacts, closed: bool) -> Result<Permit<WriteComment>, Denied> {
    permit_if(post.status == PostStatus::Published && !closed, actor, post, post.id.0)
}

/// Who wrote it: others take a comment away, and do not put words into somebody's mouth.
///
/// # Errors
/// Anyone else, and everyone when it is gone, or its post is not published.
pub fn may_edit(
    actor: &Actor,
    post: &PostFacts,
    comment: &CommentFacts,
) -> Result<Permit<EditComment>, Denied> {
    let allowed = post.status == PostStatus::Published
        && comment.status.is_there()
        && actor.member_id() == Some(comment.author);
    permit_if(allowed, actor, post, comment.id.0)
}

/// Who wrote it, and connectors of the post's place.
///
/// # Errors
/// Anyone else, and everyone when it is gone already.
pub fn may_remove(
    actor: &Actor,
    post: &PostFacts,
    comment: &CommentFacts,
) -> Result<Permit<RemoveComment>, Denied> {
    let own = actor.member_id() == Some(comment.author);
    let allowed = comment.status.is_there() && (own || may_remove_any(actor, post));
    permit_if(allowed, actor, post, comment.id.0)
}

/// Whether somebody may take away the comments of others here.
pub fn may_remove_any(actor: &Actor, post: &PostFacts) -> bool {
    is_here(actor, post) && holds(actor, Capability::RemoveContent, &post.place)
}

/// Who removed it may put it back, and so may connectors of the place. An author cannot undo what a connector did.
///
/// # Errors
/// Anyone else, and everyone when it is not removed.
pub fn may_restore(
    actor: &Actor,
    post: &PostFacts,
    comment: &CommentFacts,
) -> Result<Permit<RestoreComment>, Denied> {
    let removed_it = actor.member_id() == Some(comment.author) && comment.removed_by == Some(comment.author);
    let allowed = comment.status == CommentStatus::Removed && (removed_it || may_remove_any(actor, post));
    permit_if(allowed, actor, post, comment.id.0)
}

/// Whoever decides that an objection is right puts back what was taken away, whatever else they may do.
pub fn restore_on_appeal(permit: &Permit<DecideAppeal>, comment: &CommentFacts) -> Permit<RestoreComment> {
    Permit::granted(permit.platform(), permit.by(), Some(comment.id.0))
}

/// Every member, for what others published.
///
/// # Errors
/// Not signed in, suspended, of another platform, one's own post, or one that is not published.
pub fn may_thank(actor: &Actor, post: &PostFacts) -> Result<Permit<Thank>, Denied> {
    let others = actor.member_id() != Some(post.author);
    permit_if(post.status == PostStatus::Published && others, actor, post, post.id.0)
}

/// The same for a comment.
///
/// # Errors
/// As for a post.
pub fn may_thank_for(
    actor: &Actor,
    post: &PostFacts,
    comment: &CommentFacts,
) -> Result<Permit<Thank>, Denied> {
    let allowed = post.status == PostStatus::Published
        && comment.status == CommentStatus::Published
        && actor.member_id() != Some(comment.author);
    permit_if(allowed, actor, post, comment.id.0)
}

/// The author of the post, and connectors of its place, end a conversation or open it again.
///
/// # Errors
/// Anyone else, and everyone when the post is not published.
pub fn may_set_comments(actor: &Actor, post: &PostFacts) -> Result<Permit<SetComments>, Denied> {
    let own = actor.member_id() == Some(post.author);
    let allowed =
        post.status == PostStatus::Published && (own || holds(actor, Capability::EditContent, &post.place));
    permit_if(allowed, actor, post, post.id.0)
}
