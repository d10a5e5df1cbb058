//! Thanks: one per person, however often and however fast they click (TRUST 1).

use domain::id::{CommentId, PostId};
use domain::permit::Permit;
use domain::permit::action::Thank;

use crate::conn::change;
use crate::error::Result;
use crate::tenant::Write;

pub(super) const THANK_POST: &str = "INSERT INTO post_thanks (platform_id, post_id, member_id)
    VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const UNTHANK_POST: &str =
    "DELETE FROM post_thanks WHERE platform_id = $1 AND post_id = $2 AND member_id = $3";
pub(super) const THANK_COMMENT: &str =
    "INSERT INTO comment_thanks (platform_id, comment_id, post_id, member_id)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const UNTHANK_COMMENT: &str = "DELETE FROM comment_thanks
    WHERE platform_id = $1 AND comment_id = $2 AND post_id = $3 AND member_id = $4";
pub(super) const COUNT_COMMENT: &str = "UPDATE comment SET thanks_count = thanks_count + $3, changed_in = $4
    WHERE platform_id = $1 AND id = $2";

impl Write {
    /// Says thanks for a post, or takes it back; `false` when that was so already.
    pub async fn thank_post(&mut self, permit: &Permit<Thank>, post: PostId, thanks: bool) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let statement = if thanks { THANK_POST } else { UNTHANK_POST };
        let changed = change!(self, conn => sqlx::query(statement)
            .bind(platform).bind(post.0).bind(by.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.count_change(post, 0, if thanks { 1 } else { -1 }).await?;
            self.touch();
        }
        Ok(changed > 0)
    }

    /// The same for a comment of that post.
    pub async fn thank_comment(
        &mut self,
        permit: &Permit<Thank>,
        (post, id): (PostId, CommentId),
        thanks: bool,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let statement = if thanks { THANK_COMMENT } else { UNTHANK_COMMENT };
        let changed = change!(self, conn => sqlx::query(statement)
            .bind(platform).bind(id.0).bind(post.0).bind(by.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            let (changed_in, _) = self.count_change(post, 0, 0).await?;
            let more = if thanks { 1_i64 } else { -1 };
            change!(self, conn => sqlx::query(COUNT_COMMENT)
                .bind(platform).bind(id.0).bind(more).bind(changed_in)
                .execute(conn).await.map(|_| ()))?;
            self.touch();
        }
        Ok(changed > 0)
    }
}
