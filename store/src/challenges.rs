//! Attempts to sign in or to become a member, waiting for the code or the link from a mail.

use domain::clock::Timestamp;
use domain::id::{ChallengeId, MemberId};
use domain::members::draft::ValidSignUp;
use domain::permit::Permit;
use domain::permit::action::SignIn;
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

const BY_ID: &str = "SELECT id, purpose, member_id, address_key, sign_up, code_hash, token_hash, return_to,
        created_at, expires_at, attempts, consumed_at
    FROM challenge WHERE platform_id = $1 AND id = $2";
const BY_TOKEN: &str =
    "SELECT id, purpose, member_id, address_key, sign_up, code_hash, token_hash, return_to,
        created_at, expires_at, attempts, consumed_at
    FROM challenge WHERE platform_id = $1 AND token_hash = $2";
const INSERT: &str = "INSERT INTO challenge
        (platform_id, id, purpose, member_id, sign_up, code_hash, token_hash, return_to,
         created_at, expires_at, address_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const COUNT: &str = "UPDATE challenge SET attempts = attempts + 1
    WHERE platform_id = $1 AND id = $2 RETURNING attempts";
/// Exactly once, however many ask at the same moment.
const CONSUME: &str = "UPDATE challenge SET consumed_at = $3
    WHERE platform_id = $1 AND id = $2
      AND consumed_at IS NULL AND expires_at > $3";

/// What the mail was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengePurpose {
    SignIn,
    SignUp,
    /// Nobody has this address: the row is there so that the answer is the same.
    Unknown,
}

impl ChallengePurpose {
    const fn key(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignUp => "sign_up",
            Self::Unknown => "unknown",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::SignIn, Self::SignUp, Self::Unknown].into_iter().find(|purpose| purpose.key() == key)
    }
}

/// A stored attempt.
#[derive(Clone, Debug)]
pub struct Challenge {
    pub id: ChallengeId,
    pub purpose: ChallengePurpose,
    pub member: Option<MemberId>,
    /// Stands for the address in limits.
    pub address_key: String,
    pub sign_up: Option<ValidSignUp>,
    pub code_hash: Vec<u8>,
    pub token_hash: Vec<u8>,
    pub return_to: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub attempts: i64,
    pub consumed: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct NewChallenge<'a> {
    pub id: ChallengeId,
    pub purpose: ChallengePurpose,
    pub member: Option<MemberId>,
    /// Stands for the address in limits; says nothing about it.
    pub address_key: &'a str,
    pub sign_up: Option<&'a ValidSignUp>,
    pub code_hash: &'a [u8],
    pub token_hash: &'a [u8],
    pub return_to: &'a str,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct ChallengeRow {
    id: Uuid,
    purpose: String,
    member_id: Option<Uuid>,
    address_key: String,
    sign_up: Option<String>,
    code_hash: Vec<u8>,
    token_hash: Vec<u8>,
    return_to: String,
    created_at: i64,
    expires_at: i64,
    attempts: i64,
    consumed_at: Option<i64>,
}

impl Tenant {
    pub async fn challenge(&self, id: ChallengeId) -> Result<Option<Challenge>> {
        let row: Option<ChallengeRow> = read!(self, conn => sqlx::query_as(BY_ID)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(challenge).transpose()
    }

    pub async fn challenge_by_token(&self, token_hash: &[u8]) -> Result<Option<Challenge>> {
        let row: Option<ChallengeRow> = read!(self, conn => sqlx::query_as(BY_TOKEN)
            .bind(self.platform().0).bind(token_hash).fetch_optional(conn).await)?;
        row.map(challenge).transpose()
    }
}

fn challenge(row: ChallengeRow) -> Result<Challenge> {
    let sign_up = match &row.sign_up {
        Some(json) => Some(known(serde_json::from_str(json).ok(), "challenge", "sign_up", row.id)?),
        None => None,
    };
    Ok(Challenge {
        id: ChallengeId(row.id),
        purpose: known(ChallengePurpose::from_key(&row.purpose), "challenge", "purpose", row.id)?,
        member: row.member_id.map(MemberId),
        address_key: row.address_key,
        sign_up,
        code_hash: row.code_hash,
        token_hash: row.token_hash,
        return_to: row.return_to,
        created_at: Timestamp(row.created_at),
        expires_at: Timestamp(row.expires_at),
        attempts: row.attempts,
        consumed: row.consumed_at.is_some(),
    })
}

impl Write {
    pub async fn insert_challenge(&mut self, permit: &Permit<SignIn>, new: &NewChallenge<'_>) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let sign_up = new.sign_up.map(serde_json::to_string).transpose().ok();
        let sign_up = known(sign_up, "challenge", "sign_up", new.id)?;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.purpose.key()).bind(new.member.map(|id| id.0))
            .bind(sign_up.as_deref()).bind(new.code_hash).bind(new.token_hash).bind(new.return_to)
            .bind(new.at.0).bind(new.expires_at.0).bind(new.address_key)
            .execute(conn).await.map(|_| ()))
    }

    /// Counts an attempt and says how many there were. Commit it before looking at the code, or a wrong
    /// one counts for nothing.
    pub async fn count_attempt(&mut self, permit: &Permit<SignIn>, id: ChallengeId) -> Result<i64> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let attempts: Option<i64> = change!(self, conn => sqlx::query_scalar(COUNT)
            .bind(platform).bind(id.0).fetch_optional(conn).await)?;
        Ok(attempts.unwrap_or(i64::MAX))
    }

    /// Uses the challenge up; `false` when it was used before or has expired. Whoever lets somebody in by a code counts
    /// the attempts first; the link, which nobody can guess, goes on working.
    pub async fn consume_challenge(
        &mut self,
        permit: &Permit<SignIn>,
        id: ChallengeId,
        now: Timestamp,
    ) -> Result<bool> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(CONSUME)
            .bind(platform).bind(id.0).bind(now.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed == 1)
    }
}
