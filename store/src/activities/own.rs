//! What a member goes to, and the secret address under which their own calendar reads it.

use domain::activities::registration::Registration;
use domain::clock::Timestamp;
use domain::id::MemberId;
use domain::permit::Permit;
use domain::permit::action::ManageAccount;
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

const PUT: &str = "INSERT INTO member_calendar (platform_id, member_id, token_hash, created_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (platform_id, member_id) DO UPDATE
        SET token_hash = excluded.token_hash, created_at = excluded.created_at";
const END: &str = "DELETE FROM member_calendar WHERE platform_id = $1 AND member_id = $2";
const SINCE: &str = "SELECT created_at FROM member_calendar WHERE platform_id = $1 AND member_id = $2";
const OWNER: &str = "SELECT c.member_id FROM member_calendar c
    JOIN member m ON m.platform_id = c.platform_id AND m.id = c.member_id
    WHERE c.platform_id = $1 AND c.token_hash = $2 AND NOT m.suspended";

impl Tenant {
    /// What a member registered for and has not cancelled, that is not over at `now`.
    pub async fn registrations_of_member(
        &self,
        member: MemberId,
        now: Timestamp,
    ) -> Result<Vec<Registration>> {
        super::registration::of_member(self, member, now).await
    }

    /// Since when a member's own calendar has its address; `None` when it has none.
    pub async fn calendar_since(&self, member: MemberId) -> Result<Option<Timestamp>> {
        let at: Option<i64> = read!(self, conn => sqlx::query_scalar(SINCE)
            .bind(self.platform().0).bind(member.0).fetch_optional(conn).await)?;
        Ok(at.map(Timestamp))
    }

    /// Whose calendar is at an address.
    pub async fn calendar_owner(&self, token_hash: &[u8]) -> Result<Option<MemberId>> {
        let id: Option<Uuid> = read!(self, conn => sqlx::query_scalar(OWNER)
            .bind(self.platform().0).bind(token_hash).fetch_optional(conn).await)?;
        Ok(id.map(MemberId))
    }
}

impl Write {
    /// Gives one's own calendar an address; the one from before leads nowhere any more.
    pub async fn set_calendar(
        &mut self,
        permit: &Permit<ManageAccount>,
        token_hash: &[u8],
        at: Timestamp,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(PUT)
            .bind(platform).bind(member.0).bind(token_hash).bind(at.0).execute(conn).await.map(|_| ()))
    }

    /// Takes the address away.
    pub async fn end_calendar(&mut self, permit: &Permit<ManageAccount>) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(END)
            .bind(platform).bind(member.0).execute(conn).await.map(|_| ()))
    }
}
