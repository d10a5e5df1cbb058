//! What a decision does to a comment.

use domain::comments::Comment;
use domain::comments::policy::{CommentFacts, may_remove, restore_on_appeal};
use domain::id::CaseId;
use domain::moderation::Subject;
use domain::permit::Permit;
use domain::permit::action::{DecideAppeal, DecideCase};
use domain::posts::policy::PostFacts;

use crate::Error;
use crate::context::Request;

/// A comment that a case is about, with the facts that decide about it.
#[derive(Debug)]
pub(super) struct Reached {
    comment: Comment,
    post: PostFacts,
}

/// The comment, in whatever state; `None` when the case is about something else, or it is gone.
pub(super) async fn reach(request: &Request, subject: &Subject) -> Result<Option<Reached>, Error> {
    let Subject::Comment(id) = subject else { return Ok(None) };
    let Some(comment) = request.tenant.comment(*id).await? else { return Ok(None) };
    let Some(post) = request.tenant.post(comment.post).await? else { return Ok(None) };
    let post = PostFacts::of(&post, request.platform.id, &request.platform.areas);
    Ok(Some(Reached { comment, post }))
}

impl Reached {
    /// Everybody may read it, if it waited for that.
    pub(super) async fn release(
        self,
        write: &mut store::Write,
        permit: &Permit<DecideCase>,
        case: CaseId,
    ) -> Result<(), Error> {
        write.release_comment(permit, case, self.comment.post).await?;
        Ok(())
    }

    /// Takes it away, unless it is gone already.
    pub(super) async fn remove(self, request: &Request, write: &mut store::Write) -> Result<(), Error> {
        let facts = CommentFacts::from(&self.comment);
        if let Ok(permit) = may_remove(&request.actor, &self.post, &facts) {
            write.remove_comment(&permit, (self.comment.post, self.comment.id), request.now).await?;
        }
        Ok(())
    }

    /// Puts back what a moderator took away; what its author took away stays away.
    pub(super) async fn put_back(
        self,
        write: &mut store::Write,
        permit: &Permit<DecideAppeal>,
    ) -> Result<(), Error> {
        let permit = restore_on_appeal(permit, &CommentFacts::from(&self.comment));
        if let Some(by) = self.comment.removed_by.filter(|by| *by != self.comment.author) {
            write.restore_comment(&permit, (self.comment.post, self.comment.id), by).await?;
        }
        Ok(())
    }
}
