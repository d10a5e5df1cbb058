//! Posts that are to be read until a day: when it is over they leave every list, and stay where they are.

use domain::clock::Timestamp;
use domain::id::{PlatformId, PostId};
use domain::permit::Permit;
use domain::permit::action::{ExtendPost, Operate};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::store::Store;
use crate::tenant::Write;

const DUE: &str = "SELECT DISTINCT platform_id FROM post
    WHERE status = 'published' AND expires_at IS NOT NULL AND expires_at <= $1";
const EXPIRE: &str = "UPDATE post SET status = 'expired', version = version + 1
    WHERE platform_id = $1 AND status = 'published' AND expires_at IS NOT NULL AND expires_at <= $2";
const EXTEND: &str = "UPDATE post SET status = 'published', expires_at = $3, version = version + 1
    WHERE platform_id = $1 AND id = $2
      AND (status = 'expired' OR (status = 'published' AND expires_at IS NOT NULL))";

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

    /// Lets a post be read until another moment, also when it has expired; `false` when it neither expires nor has.
    pub async fn extend_post(
        &mut self,
        permit: &Permit<ExtendPost>,
        id: PostId,
        until: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let extended = change!(self, conn => sqlx::query(EXTEND)
            .bind(platform).bind(id.0).bind(until.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if extended > 0 {
            self.touch();
        }
        Ok(extended > 0)
    }
}
