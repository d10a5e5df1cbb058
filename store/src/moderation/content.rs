//! What is looked at before, or soon after, everybody can read it.

use domain::clock::Timestamp;
use domain::id::{MemberId, PostId};
use domain::permit::Permit;
use domain::permit::action::{CreatePost, EditPost};

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

/// Only one's own, and only what nobody kept back yet.
const HOLD: &str = "UPDATE post SET status = 'held', moderated = 'held'
    WHERE platform_id = $1 AND id = $2 AND author_id = $3 AND status = 'published'";
const PUBLISHED: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM post
    WHERE platform_id = $1 AND author_id = $2 AND status IN ('published', 'expired', 'archived')
    LIMIT $3) AS few";
const SAME_BODY: &str = "SELECT COUNT(*) FROM post
    WHERE platform_id = $1 AND status = 'published' AND published_at > $2 AND author_id <> $3 AND body = $4";

impl Tenant {
    /// How many posts of somebody everybody can read, counted up to `most`.
    pub async fn count_published(&self, author: MemberId, most: i64) -> Result<i64> {
        read!(self, conn => sqlx::query_scalar(PUBLISHED)
            .bind(self.platform().0).bind(author.0).bind(most).fetch_one(conn).await)
    }

    /// How many posts by others since a moment have exactly this text.
    pub async fn count_same_body(&self, author: MemberId, body: &str, since: Timestamp) -> Result<i64> {
        read!(self, conn => sqlx::query_scalar(SAME_BODY)
            .bind(self.platform().0).bind(since.0).bind(author.0).bind(body).fetch_one(conn).await)
    }
}

impl Write {
    /// Keeps a post of the permit's member back until a moderator has looked; in the transaction that made it.
    pub async fn hold_new_post(&mut self, permit: &Permit<CreatePost>, id: PostId) -> Result<bool> {
        let author = self.actor(permit)?;
        self.hold(author, id).await
    }

    /// The same after its author changed it.
    pub async fn hold_changed_post(&mut self, permit: &Permit<EditPost>, id: PostId) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let author = self.actor(permit)?;
        self.hold(author, id).await
    }

    async fn hold(&mut self, author: MemberId, id: PostId) -> Result<bool> {
        let platform = self.platform().0;
        let held = change!(self, conn => sqlx::query(HOLD)
            .bind(platform).bind(id.0).bind(author.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        self.touch();
        Ok(held == 1)
    }
}
