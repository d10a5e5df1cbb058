//! What members are writing.

use domain::clock::Timestamp;
use domain::id::MemberId;
use domain::permit::Permit;
use domain::permit::action::KeepDraft;

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

const BY_KEY: &str = "SELECT content, updated_at FROM draft
    WHERE platform_id = $1 AND member_id = $2 AND draft_key = $3";
const PUT: &str = "INSERT INTO draft (platform_id, member_id, draft_key, updated_at, content)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (platform_id, member_id, draft_key)
    DO UPDATE SET updated_at = excluded.updated_at, content = excluded.content";
const DELETE: &str = "DELETE FROM draft WHERE platform_id = $1 AND member_id = $2 AND draft_key = $3";

/// A draft as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    pub json: String,
    pub updated_at: Timestamp,
}

impl Tenant {
    pub async fn draft(&self, member: MemberId, key: &str) -> Result<Option<DraftRecord>> {
        let row: Option<(String, i64)> = read!(self, conn => sqlx::query_as(BY_KEY)
            .bind(self.platform().0).bind(member.0).bind(key).fetch_optional(conn).await)?;
        Ok(row.map(|(json, at)| DraftRecord { json, updated_at: Timestamp(at) }))
    }
}

impl Write {
    pub async fn put_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        key: &str,
        json: &str,
        at: Timestamp,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(PUT)
            .bind(platform).bind(member.0).bind(key).bind(at.0).bind(json)
            .execute(conn).await.map(|_| ()))
    }

    pub async fn delete_draft(&mut self, permit: &Permit<KeepDraft>, key: &str) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(DELETE)
            .bind(platform).bind(member.0).bind(key).execute(conn).await.map(|_| ()))
    }
}
