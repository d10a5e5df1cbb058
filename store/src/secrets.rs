//! Password hashes and second factors. They never travel with a member.

use domain::clock::Timestamp;
use domain::id::MemberId;
use domain::permit::Permit;
use domain::permit::action::{ManageAccount, SignIn};

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

const OF_MEMBER: &str = "SELECT password_hash, totp_secret, totp_last_step
    FROM credential WHERE platform_id = $1 AND member_id = $2";
const SET_PASSWORD: &str = "INSERT INTO credential
        (platform_id, member_id, password_hash, password_set_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (platform_id, member_id)
    DO UPDATE SET password_hash = excluded.password_hash,
        password_set_at = excluded.password_set_at";
const SET_TOTP: &str = "INSERT INTO credential (platform_id, member_id, totp_secret, totp_last_step)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (platform_id, member_id)
    DO UPDATE SET totp_secret = excluded.totp_secret, totp_last_step = excluded.totp_last_step";
const CLEAR: &str = "UPDATE credential
    SET totp_secret = NULL, totp_last_step = 0
    WHERE platform_id = $1 AND member_id = $2";
/// A code counts once (RFC 6238, 5.2): two at the same time change one row between them.
const USE_STEP: &str = "UPDATE credential SET totp_last_step = $3
    WHERE platform_id = $1 AND member_id = $2 AND totp_secret IS NOT NULL AND totp_last_step < $3";
const FORGET_CODES: &str = "DELETE FROM recovery_code WHERE platform_id = $1 AND member_id = $2";
const ADD_CODE: &str = "INSERT INTO recovery_code (platform_id, member_id, code_hash) VALUES ($1, $2, $3)";
const USE_CODE: &str = "UPDATE recovery_code SET used_at = $4
    WHERE platform_id = $1 AND member_id = $2 AND code_hash = $3 AND used_at IS NULL";
const HAS_CODE: &str = "SELECT COUNT(*) FROM recovery_code
    WHERE platform_id = $1 AND member_id = $2 AND code_hash = $3 AND used_at IS NULL";

/// What proves that somebody is who they say, apart from their mail.
#[derive(Clone, sqlx::FromRow)]
pub struct Secrets {
    pub password_hash: Option<String>,
    /// Base 32.
    pub totp_secret: Option<String>,
    pub totp_last_step: i64,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl Tenant {
    pub async fn secrets(&self, member: MemberId) -> Result<Option<Secrets>> {
        read!(self, conn => sqlx::query_as(OF_MEMBER)
            .bind(self.platform().0).bind(member.0).fetch_optional(conn).await)
    }
}

impl Tenant {
    /// Whether this is a recovery code of the member that was not used yet.
    pub async fn has_recovery_code(&self, member: MemberId, hash: &[u8]) -> Result<bool> {
        let count: i64 = read!(self, conn => sqlx::query_scalar(HAS_CODE)
            .bind(self.platform().0).bind(member.0).bind(hash).fetch_one(conn).await)?;
        Ok(count > 0)
    }
}

impl Write {
    /// Sets or (with `None`) removes one's own password.
    pub async fn set_password(
        &mut self,
        permit: &Permit<ManageAccount>,
        hash: Option<&str>,
        at: Timestamp,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(SET_PASSWORD)
            .bind(platform).bind(member.0).bind(hash).bind(at.0)
            .execute(conn).await.map(|_| ()))
    }

    /// Sets one's second factor. The step of the code that confirmed it is used up.
    pub async fn set_totp(&mut self, permit: &Permit<ManageAccount>, secret: &str, step: i64) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(SET_TOTP)
            .bind(platform).bind(member.0).bind(secret).bind(step)
            .execute(conn).await.map(|_| ()))
    }

    /// Stops asking for a second factor; its recovery codes go too.
    pub async fn clear_totp(&mut self, permit: &Permit<ManageAccount>) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(CLEAR)
            .bind(platform).bind(member.0).execute(conn).await.map(|_| ()))?;
        self.forget_codes(member).await
    }

    /// Uses up a time step; `false` when it or a later one was used before.
    pub async fn use_totp_step(
        &mut self,
        permit: &Permit<SignIn>,
        member: MemberId,
        step: i64,
    ) -> Result<bool> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(USE_STEP)
            .bind(platform).bind(member.0).bind(step)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }

    /// Replaces one's recovery codes.
    pub async fn set_recovery_codes(
        &mut self,
        permit: &Permit<ManageAccount>,
        hashes: &[Vec<u8>],
    ) -> Result<()> {
        let member = self.owner(permit)?;
        self.forget_codes(member).await?;
        let platform = self.platform().0;
        for hash in hashes {
            change!(self, conn => sqlx::query(ADD_CODE)
                .bind(platform).bind(member.0).bind(hash.as_slice())
                .execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    async fn forget_codes(&mut self, member: MemberId) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(FORGET_CODES)
            .bind(platform).bind(member.0).execute(conn).await.map(|_| ()))
    }

    /// Uses up a recovery code; `false` when it is not one, or was used before.
    pub async fn use_recovery_code(
        &mut self,
        permit: &Permit<SignIn>,
        member: MemberId,
        hash: &[u8],
        now: Timestamp,
    ) -> Result<bool> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(USE_CODE)
            .bind(platform).bind(member.0).bind(hash).bind(now.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }
}
