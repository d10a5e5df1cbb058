//! Posts that are to be read until a day: when it is over they leave every list, and stay where they are.

use domain::clock::Timestamp;
use domain::id::{PlatformId, PostId};
use domain::permit::Permit;
use domain::permit::action::{ExtendPost, Operate};
use domain::posts::PostText;
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::revisions::{insert_revision, note_last_day};
use crate::store::Store;
use crate::tenant::{Saved, Write};

const DUE: &str = "SELECT DISTINCT platform_id FROM post
    WHERE status = 'published' AND expires_at IS NOT NULL AND expires_at <= $1";
const EXPIRE: &str = "UPDATE post SET status = 'expired', version = version + 1
    WHERE platform_id = $1 AND status = 'published' AND expires_at IS NOT NULL AND expires_at <= $2";
const SET: &str = "UPDATE post SET status = 'published', expires_at = $4, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status IN ('published', 'expired')";

/// Until when a post is to be read from now on.
#[derive(Clone, Copy, Debug)]
pub struct LastDay<'a> {
    pub id: PostId,
    /// The version that was before whoever says so.
    pub expected_version: i64,
    /// `None`: it ends no more.
    pub until: Option<Timestamp>,
    /// Its text, which stays as it is.
    pub text: &'a PostText,
    pub at: Timestamp,
}

impl Store {
    /// Platforms with a post that has expired and is still on lists.
    pub async fn with_expired_posts(&self, now: Timestamp) -> Result<Vec<PlatformId>> {
        let rows: Vec<Uuid> = read!(self, conn => sqlx::query_scalar(DUE).bind(now.0).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(PlatformId).collect())
    }
}

impl Write {
    /// Takes the platform's posts off every list whose day is over; says how many.
    pub async fn expire_posts(&mut self, permit: &Permit<Operate>, now: Timestamp) -> Result<u64> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let expired = change!(self, conn => sqlx::query(EXPIRE)
            .bind(platform).bind(now.0).execute(conn).await.map(|done| done.rows_affected()))?;
        if expired > 0 {
            self.touch();
        }
        Ok(expired)
    }

    /// Saves another last day, or none, as a version, unless somebody was faster. What had expired is there again.
    pub async fn set_last_day(&mut self, permit: &Permit<ExtendPost>, to: &LastDay<'_>) -> Result<Saved> {
        self.allow_for(permit, to.id.0)?;
        let editor = self.actor(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(SET)
            .bind(platform).bind(to.id.0).bind(to.expected_version).bind(to.until.map(|at| at.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        let version = to.expected_version + 1;
        insert_revision(self, to.id, version, to.text, editor, to.at, "").await?;
        note_last_day(self, to.id, version, to.until).await?;
        self.touch();
        Ok(Saved::Done { version })
    }
}
