//! Until when a post is to be read: changed, or taken away, by who may edit it.

use domain::id::PostId;
use domain::limits::EDITS_PER_MEMBER;
use domain::posts::policy::may_set_last_day;
use domain::posts::{Post, PostStatus};
use domain::problem::{Fault, Field};
use store::Saved;
use store::posts::LastDay;

use super::read::load;
use super::timing::last_day;
use crate::Error;
use crate::context::Request;
use crate::limits::limit_member;

/// A post for the form in which its last day is changed.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn to_set_last_day(request: &Request, id: PostId) -> Result<Post, Error> {
    let (post, facts) = load(request, id).await?;
    may_set_last_day(&request.actor, &facts)?;
    Ok(post)
}

/// Sets the last day, as a version; an empty one takes it away. Whether that changed anything.
///
/// # Errors
/// The policy, no day or one that is over, saved by somebody else meanwhile, too often, not found, or the database.
pub async fn set_last_day(request: &Request, id: PostId, version: i64, typed: &str) -> Result<bool, Error> {
    let (post, facts) = load(request, id).await?;
    let permit = may_set_last_day(&request.actor, &facts)?;
    limit_member(request, &EDITS_PER_MEMBER).await?;
    let until =
        last_day(typed, request.now, request.now).map_err(|fault| Error::field(Field::ExpiresAt, fault))?;
    if until == post.expires_at && post.status == PostStatus::Published {
        return Ok(false);
    }
    let to = LastDay { id, expected_version: version, until, text: &post.text, at: request.now };
    let mut write = request.tenant.write().await?;
    if write.set_last_day(&permit, &to).await? == Saved::Stale {
        return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
    }
    write.audit(request.actor.member_id(), "post.last_day", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(true)
}
