//! What a member is writing, kept on the server while they type.

use domain::clock::Timestamp;
use domain::limits;
use domain::posts::draft::Draft;
use domain::posts::policy::may_keep_draft;

use crate::Error;
use crate::context::Request;
use crate::limits::limit_member;

/// The one draft of a new post that a member has.
const NEW_POST: &str = "new-post";
/// Longer than any valid draft; what is longer is not kept.
const LONGEST: usize = 64 * 1024;

/// Keeps the draft of a new post.
///
/// # Errors
/// Not signed in, too often, or the database.
pub async fn keep(request: &Request, draft: &Draft) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let json = serde_json::to_string(draft).map_err(|_| Error::Inside("a draft that is no JSON"))?;
    if json.len() > LONGEST {
        return Ok(());
    }
    limit_member(request, &limits::DRAFTS_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    write.put_draft(&permit, NEW_POST, &json, request.now).await?;
    write.commit().await?;
    Ok(())
}

/// Counts that a member looks how a text will be.
///
/// # Errors
/// Too often, or the database.
pub async fn may_preview(request: &Request) -> Result<(), Error> {
    limit_member(request, &limits::DRAFTS_PER_MEMBER).await
}

/// The draft of a new post, if there is one, and when it was kept.
///
/// # Errors
/// The database.
pub async fn find(request: &Request) -> Result<Option<(Draft, Timestamp)>, Error> {
    let Some(member) = request.actor.member_id() else {
        return Ok(None);
    };
    let record = request.tenant.draft(member, NEW_POST).await?;
    Ok(record.and_then(|record| Some((serde_json::from_str(&record.json).ok()?, record.updated_at))))
}

/// Throws the draft of a new post away.
///
/// # Errors
/// Not signed in, or the database.
pub async fn discard(request: &Request) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    let mut write = request.tenant.write().await?;
    write.delete_draft(&permit, NEW_POST).await?;
    write.commit().await?;
    Ok(())
}

/// Throws the draft away inside the transaction that published it.
///
/// # Errors
/// Not signed in, or the database.
pub(crate) async fn discard_in(request: &Request, write: &mut store::Write) -> Result<(), Error> {
    let permit = may_keep_draft(&request.actor, request.platform.id)?;
    write.delete_draft(&permit, NEW_POST).await?;
    Ok(())
}
