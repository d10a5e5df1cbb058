//! Who may do what with a post. The page hides and the server refuses with these functions.

use super::{Post, PostKind, PostStatus};
use crate::actor::Actor;
use crate::area::AreaTree;
use crate::id::PlatformId;
use crate::permit::action::{CreatePost, EditPost, ExtendPost, KeepDraft, PinPost, RemovePost, RestorePost};
use crate::permit::{Denied, Permit};
use crate::roles::{Capability, Place, holds, holds_somewhere, holds_throughout};

/// The parts of a post that decide about it.
#[derive(Clone, Debug)]
pub struct PostFacts {
    pub id: crate::id::PostId,
    pub author: crate::id::MemberId,
    pub status: PostStatus,
    pub removed_by: Option<crate::id::MemberId>,
    pub pinned_by: Option<crate::id::MemberId>,
    /// It carries the badge of an official sender.
    pub official: bool,
    /// It is told in the name of somebody who is not online.
    pub on_behalf: bool,
    /// There is a day after which it is not on lists any more.
    pub expires: bool,
    pub place: Place,
}

impl PostFacts {
    pub fn of(post: &Post, platform: PlatformId, tree: &AreaTree) -> Self {
        Self {
            id: post.id,
            author: post.author,
            status: post.status,
            removed_by: post.removed_by,
            pinned_by: post.pinned_by,
            official: post.official || post.text.kind == PostKind::Announcement,
            on_behalf: post.on_behalf_of.is_some(),
            expires: post.expires_at.is_some(),
            place: Place::new(platform, tree, &post.text.areas, post.text.topic),
        }
    }
}

fn denied(actor: &Actor) -> Denied {
    if actor.signed_in.is_none() { Denied::SignInFirst } else { Denied::NotAllowed }
}

fn is_author(actor: &Actor, post: &PostFacts) -> bool {
    actor.platform == post.place.platform && actor.is_active() && actor.member_id() == Some(post.author)
}

/// Their own, also while they are suspended: who is told why something is hidden must be able to see it.
fn is_own(actor: &Actor, post: &PostFacts) -> bool {
    actor.platform == post.place.platform && actor.member_id() == Some(post.author)
}

/// Published posts are for everyone; what waits for a moderator is for its author and them. A removed post shows only to who may put it back, and
/// to nobody as a draft but its author.
pub fn may_read(actor: &Actor, post: &PostFacts) -> bool {
    if actor.platform != post.place.platform {
        return false;
    }
    match post.status {
        PostStatus::Published | PostStatus::Expired | PostStatus::Archived => true,
        PostStatus::Draft => is_author(actor, post),
        PostStatus::Removed => may_restore(actor, post).is_ok(),
        PostStatus::Hidden | PostStatus::Held => {
            is_own(actor, post) || holds(actor, Capability::Moderate, &post.place)
        }
    }
}

/// Whether the badge of an official sender goes with what this person writes there.
pub fn is_official(actor: &Actor, place: &Place) -> bool {
    holds_throughout(actor, Capability::SendOfficially, place)
}

/// Every member may publish; announcements are for official senders, and only to areas
/// that are all theirs.
///
/// # Errors
/// Not signed in, suspended, of another platform, or not an official sender.
pub fn may_create(actor: &Actor, kind: PostKind, place: &Place) -> Result<Permit<CreatePost>, Denied> {
    let allowed = actor.platform == place.platform
        && actor.is_active()
        && (kind != PostKind::Announcement || is_official(actor, place));
    permit_if(allowed, actor, place.platform, None)
}

/// Whether the form should offer this kind at all.
pub fn may_offer(actor: &Actor, kind: PostKind) -> bool {
    actor.is_active()
        && (kind != PostKind::Announcement || holds_somewhere(actor, Capability::SendOfficially))
}

/// Whether somebody may write in the name of a person who is not online, in every one of
/// the place's areas.
pub fn may_write_for_others(actor: &Actor, place: &Place) -> bool {
    holds_throughout(actor, Capability::PostOnBehalf, place)
}

/// The author (of an official message: for as long as they are an official sender there), and connectors of any of
/// the post's areas: what they correct stands in their area too, and every version is kept. Moving a post asks
/// [`may_move`] as well. What waits for a moderator can be changed too: that is what it waits for.
///
/// # Errors
/// Anyone else, and everyone when the post is neither published nor waiting for a moderator.
pub fn may_edit(actor: &Actor, post: &PostFacts) -> Result<Permit<EditPost>, Denied> {
    let own = is_author(actor, post) && (!post.official || is_official(actor, &post.place));
    let open = post.status == PostStatus::Published || post.status.awaits_moderator();
    let allowed = open && (own || holds(actor, Capability::EditContent, &post.place));
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Whether who may edit the post may also put it there instead. An official message, or one in somebody else's
/// name, reaches no further than its sender could have sent it; authors move their own posts as they like; connectors
/// add only areas of their own, and take away what they want.
pub fn may_move(actor: &Actor, post: &PostFacts, there: &Place) -> bool {
    if *there == post.place {
        return true;
    }
    let author = is_author(actor, post);
    if post.official || post.on_behalf {
        let official = !post.official || is_official(actor, there);
        return official && (!post.on_behalf || (author && may_write_for_others(actor, there)));
    }
    if author {
        return true;
    }
    if there.areas.is_empty() {
        return post.place.areas.is_empty() || holds(actor, Capability::EditContent, there);
    }
    there.areas.iter().filter(|line| !post.place.areas.contains(line)).all(|line| {
        let added = Place { areas: vec![line.clone()], ..there.clone() };
        holds(actor, Capability::EditContent, &added)
    })
}

/// The author, and connectors of the place. Not a draft: what is removed may be read by
/// connectors, and a draft is nobody's but its author's (TRUST 14).
///
/// # Errors
/// Anyone else, and everyone when it is gone already or was never published.
pub fn may_remove(actor: &Actor, post: &PostFacts) -> Result<Permit<RemovePost>, Denied> {
    let allowed = !matches!(post.status, PostStatus::Removed | PostStatus::Draft)
        && (is_author(actor, post) || holds(actor, Capability::RemoveContent, &post.place));
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Who removed it may put it back, and so may connectors of the place. An author cannot
/// undo what a connector did.
///
/// # Errors
/// Anyone else, and everyone when it is not removed.
pub fn may_restore(actor: &Actor, post: &PostFacts) -> Result<Permit<RestorePost>, Denied> {
    let removed_it = is_author(actor, post) && post.removed_by == actor.member_id();
    let allowed = post.status == PostStatus::Removed
        && (removed_it || holds(actor, Capability::RemoveContent, &post.place));
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Connectors of every one of its areas: a pin takes one of the few places on top of each list.
///
/// # Errors
/// Anyone else, and everyone when the post is not published.
pub fn may_pin(actor: &Actor, post: &PostFacts) -> Result<Permit<PinPost>, Denied> {
    let allowed =
        post.status == PostStatus::Published && holds_throughout(actor, Capability::Pin, &post.place);
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Who pinned it may let go of it, wherever it has gone meanwhile; and so may who could pin it there.
///
/// # Errors
/// Anyone else, and everyone when the post is not published.
pub fn may_unpin(actor: &Actor, post: &PostFacts) -> Result<Permit<PinPost>, Denied> {
    let own = actor.platform == post.place.platform
        && actor.is_active()
        && post.pinned_by.is_some()
        && post.pinned_by == actor.member_id();
    if own && post.status == PostStatus::Published {
        return permit_if(true, actor, post.place.platform, Some(post.id.0));
    }
    may_pin(actor, post)
}

/// Who may edit it while it is published may let it be read for longer, also when it has expired; official messages
/// only who could send them.
///
/// # Errors
/// Anyone else, and everyone when it neither expires nor has.
pub fn may_extend(actor: &Actor, post: &PostFacts) -> Result<Permit<ExtendPost>, Denied> {
    let expires =
        post.status == PostStatus::Expired || (post.status == PostStatus::Published && post.expires);
    let as_published = PostFacts { status: PostStatus::Published, ..post.clone() };
    let allowed = expires && may_edit(actor, &as_published).is_ok();
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Who may edit it while it is published says until when it is to be read, also when that is over, and whether it ends
/// at all.
///
/// # Errors
/// Anyone else, and everyone when it is neither published nor expired.
pub fn may_set_last_day(actor: &Actor, post: &PostFacts) -> Result<Permit<ExtendPost>, Denied> {
    let is_there = matches!(post.status, PostStatus::Published | PostStatus::Expired);
    let as_published = PostFacts { status: PostStatus::Published, ..post.clone() };
    let allowed = is_there && may_edit(actor, &as_published).is_ok();
    permit_if(allowed, actor, post.place.platform, Some(post.id.0))
}

/// Every member keeps their own drafts.
///
/// # Errors
/// Not signed in, suspended, or of another platform.
pub fn may_keep_draft(actor: &Actor, platform: PlatformId) -> Result<Permit<KeepDraft>, Denied> {
    permit_if(
        actor.platform == platform && actor.is_active(),
        actor,
        platform,
        actor.member_id().map(|member| member.0),
    )
}

/// Everyone who may read a post may read its earlier versions when they may edit it; the
/// neighbours see only that it was edited.
pub fn may_read_history(actor: &Actor, post: &PostFacts) -> bool {
    may_edit(actor, post).is_ok()
}

fn permit_if<A>(
    allowed: bool,
    actor: &Actor,
    platform: PlatformId,
    subject: Option<uuid::Uuid>,
) -> Result<Permit<A>, Denied> {
    if allowed { Ok(Permit::granted(platform, actor.member_id(), subject)) } else { Err(denied(actor)) }
}
