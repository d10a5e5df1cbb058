//! The photos of a post that is there already.

use domain::id::PostId;
use domain::limits::EDITS_PER_MEMBER;
use domain::photos::{Album, Photo};
use domain::posts::{Post, PostKind, policy};
use domain::problem::{Fault, Field};
use store::Saved;
use store::posts::PostChange;

use crate::context::Request;
use crate::limits::limit_member;
use crate::posts::load;
use crate::{Error, markdown};

/// The name under which the form of a post's photos is kept.
pub fn album_form(id: PostId) -> String {
    format!("album {id}")
}

/// A post and its photos, for who may change them.
///
/// # Errors
/// Not there, not allowed, or the database.
pub async fn album(request: &Request, id: PostId) -> Result<(Post, Vec<Photo>), Error> {
    let (post, facts) = load(request, id).await?;
    policy::may_edit(&request.actor, &facts)?;
    let photos = request.tenant.photos_of(id).await?;
    Ok((post, photos))
}

/// Changes the photos of a post: their order, what is said of them, which there are. It is a new version of the post,
/// with the same text.
///
/// # Errors
/// The policy, what is wrong with what was typed, somebody changed the post meanwhile, or the database.
pub async fn arrange(request: &Request, id: PostId, typed: &Album) -> Result<(), Error> {
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let (post, facts) = load(request, id).await?;
    let permit = policy::may_edit(&request.actor, &facts)?;
    let valid = typed.check()?;
    if post.text.kind == PostKind::PhotoAlbum && valid.photos.is_empty() {
        return Err(Error::field(Field::Photos, Fault::Required));
    }
    if post.version != typed.version {
        return Err(Error::Conflict);
    }
    let html = markdown::render(&post.text.body).html;
    let mut write = request.tenant.write().await?;
    let change = PostChange {
        id,
        expected_version: post.version,
        text: &post.text,
        html: &html,
        excerpt: &post.excerpt,
        reason: &valid.reason,
        at: request.now,
        unpin: false,
        tree: &request.platform.areas,
    };
    if write.update_post(&permit, &change).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    if !write.arrange_photos(&permit, id, &valid.photos, &valid.gone, request.now).await? {
        return Err(Error::field(Field::Photos, Fault::Gone));
    }
    write.note_change(&permit, id, request.now).await?;
    write.commit().await?;
    Ok(())
}
