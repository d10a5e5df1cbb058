//! How often something happened, shared by all processes.

use domain::clock::{Span, Timestamp};
use domain::id::PlatformId;
use domain::limits::Limit;

use crate::conn::{change_alone, read};
use crate::error::Result;
use crate::store::Store;

/// Counting and reading are one statement: fifty at once are counted fifty times.
const HIT: &str = "INSERT INTO rate_window
        (platform_id, name, key_hash, window_start, ends_at, hits) VALUES ($1, $2, $3, $4, $5, 1)
    ON CONFLICT (platform_id, name, key_hash, window_start)
    DO UPDATE SET hits = rate_window.hits + 1
    RETURNING hits";
const HITS: &str = "SELECT hits FROM rate_window
    WHERE platform_id = $1 AND name = $2 AND key_hash = $3 AND window_start = $4";
const CLAIM: &str = "INSERT INTO periodic (name, ran_at) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at WHERE periodic.ran_at <= $3";

impl Store {
    /// Counts one use of a limit; `false` when it is used up for this window.
    pub async fn hit(&self, platform: PlatformId, limit: &Limit, key: &str, now: Timestamp) -> Result<bool> {
        let start = now.0 - now.0.rem_euclid(limit.per.0.max(1));
        let ends = start.saturating_add(limit.per.0);
        let hits: i64 = change_alone!(self, conn => sqlx::query_scalar(HIT)
            .bind(platform.0).bind(limit.name).bind(key).bind(start).bind(ends)
            .fetch_one(conn).await)?;
        Ok(hits <= limit.times)
    }

    /// Whether a limit is used up for this window, without counting.
    pub async fn used_up(
        &self,
        platform: PlatformId,
        limit: &Limit,
        key: &str,
        now: Timestamp,
    ) -> Result<bool> {
        Ok(self.hits(platform, limit, key, now).await? >= limit.times)
    }

    /// How often a limit was used in this window, without counting.
    pub async fn hits(&self, platform: PlatformId, limit: &Limit, key: &str, now: Timestamp) -> Result<i64> {
        let start = now.0 - now.0.rem_euclid(limit.per.0.max(1));
        let hits: Option<i64> = read!(self, conn => sqlx::query_scalar(HITS)
            .bind(platform.0).bind(limit.name).bind(key).bind(start)
            .fetch_optional(conn).await)?;
        Ok(hits.unwrap_or(0))
    }

    /// Whether this process may do some work now: `true` for exactly one process per period.
    pub async fn claim_periodic(&self, name: &str, now: Timestamp, every: Span) -> Result<bool> {
        let before = now.minus(every).0;
        let claimed = change_alone!(self, conn => sqlx::query(CLAIM)
            .bind(name).bind(now.0).bind(before)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(claimed == 1)
    }
}
