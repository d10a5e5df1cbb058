//! Taking a post away, putting it back, keeping it on top.

use domain::clock::Span;
use domain::id::PostId;
use domain::limits::EXTENDED_BY;
use domain::permit::Denied;
use domain::posts::policy;

use super::read::load;
use store::Saved;
use store::posts::LastDay;

use crate::Error;
use crate::context::Request;

/// How long a pinned post stays on top.
const PINNED: Span = Span::days(14);

/// Takes one's own post away. It can be put back for thirty days. What others wrote goes through a case
/// ([`crate::moderation::begin`]): they are owed the reasons (Digital Services Act, article 17).
///
/// # Errors
/// The policy, not one's own, not found, or the database.
pub async fn remove(request: &Request, id: PostId) -> Result<(), Error> {
    let (_, facts) = load(request, id).await?;
    let permit = policy::may_remove(&request.actor, &facts)?;
    if request.actor.member_id() != Some(facts.author) {
        return Err(Error::Denied(Denied::NotAllowed));
    }
    let mut write = request.tenant.write().await?;
    let done = write.remove_post(&permit, id, None, request.now).await?;
    if !done {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "post.remove", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(())
}

/// Puts a removed post back.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn restore(request: &Request, id: PostId) -> Result<(), Error> {
    let (_, facts) = load(request, id).await?;
    let permit = policy::may_restore(&request.actor, &facts)?;
    let mut write = request.tenant.write().await?;
    if !write.restore_post(&permit, id, facts.removed_by).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "post.restore", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(())
}

/// Keeps a post on top for two weeks, or lets go of it.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn pin(request: &Request, id: PostId, on_top: bool) -> Result<(), Error> {
    let (_, facts) = load(request, id).await?;
    let permit = if on_top {
        policy::may_pin(&request.actor, &facts)?
    } else {
        policy::may_unpin(&request.actor, &facts)?
    };
    let until = on_top.then(|| request.now.plus(PINNED));
    let mut write = request.tenant.write().await?;
    if !write.pin_post(&permit, id, until).await? {
        return Err(Error::NotFound);
    }
    let action = if on_top { "post.pin" } else { "post.unpin" };
    write.audit(request.actor.member_id(), action, Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(())
}

/// Lets a post that expires be read for a month longer, from now or from its last day, whichever is later; as a
/// version.
///
/// # Errors
/// The policy, not found, it does not expire, somebody was faster, or the database.
pub async fn extend(request: &Request, id: PostId) -> Result<(), Error> {
    let (post, facts) = load(request, id).await?;
    let permit = policy::may_extend(&request.actor, &facts)?;
    let from = post.expires_at.filter(|at| *at > request.now).unwrap_or(request.now);
    let mut write = request.tenant.write().await?;
    let to = LastDay {
        id,
        expected_version: post.version,
        until: Some(from.plus(EXTENDED_BY)),
        text: &post.text,
        at: request.now,
    };
    if write.set_last_day(&permit, &to).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    write.audit(request.actor.member_id(), "post.extend", Some(id.0), request.now).await?;
    write.commit().await?;
    Ok(())
}
