//! Signed-in browsers.

use std::fmt::Write as _;

use domain::actor::Grant;
use domain::clock::Timestamp;
use domain::comments::Mine;
use domain::id::{MemberId, PostId, SessionId};
use domain::members::Member;
use domain::members::sign_in::SessionStage;
use domain::permit::Permit;
use domain::permit::action::{ManageAccount, SignIn};
use uuid::Uuid;

use crate::comments::listed_mine;
use crate::conn::{change, read};
use crate::dialect::sessions::by_token;
use crate::error::{Result, known};
use crate::grants::HeldGrant;
use crate::members::MemberRow;
use crate::moderation::{AskedOf, Waiting};
use crate::tenant::{Tenant, Write};

const OF_MEMBER: &str = "SELECT id, label, created_at, seen_at FROM session
    WHERE platform_id = $1 AND member_id = $2 AND stage <> 'half_way' AND ends_at > $3
    ORDER BY seen_at DESC, id DESC";
const INSERT: &str = "INSERT INTO session
        (platform_id, id, member_id, token_hash, stage, label, created_at, seen_at, ends_at, salt)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)";
const SEEN: &str = "UPDATE session SET seen_at = $4, ends_at = $5
    WHERE platform_id = $1 AND member_id = $2 AND id = $3";
const END_OWN: &str = "DELETE FROM session WHERE platform_id = $1 AND member_id = $2 AND id = $3";
const END_OTHERS: &str = "DELETE FROM session WHERE platform_id = $1 AND member_id = $2 AND id <> $3";
const END_ONE: &str = "DELETE FROM session WHERE platform_id = $1 AND id = $2";

/// A session with its member, and what they may.
#[derive(Clone, Debug)]
pub struct SessionRecord {
    pub id: SessionId,
    /// Random, and never shown: what is made from it needs both the database and the browser's token.
    pub salt: String,
    pub member: Member,
    pub stage: SessionStage,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub ends_at: Timestamp,
    /// Those that hold now.
    pub grants: Vec<Grant>,
    pub has_totp: bool,
    pub has_password: bool,
    /// The cases that wait for a moderator, where that was asked for and they have a role; two hundred at most.
    pub waiting: Vec<Waiting>,
    /// What they are asked to change; `None` where that was not asked for.
    pub asked: Option<Vec<AskedOf>>,
    /// What of the conversation of a post is theirs, where that was asked for.
    pub mine: Option<(PostId, Mine)>,
}

/// What comes with a session, for the page that needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What waits at the desks, and what its member is asked to change.
    pub waiting: bool,
    /// What of the conversation of this post is theirs.
    pub part_in: Option<PostId>,
}

/// Whose session is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionQuestion {
    pub token_hash: Vec<u8>,
    pub beside: Beside,
}

/// A session on the list of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    pub id: SessionId,
    /// The browser in a few words.
    pub label: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub member: MemberId,
    pub token_hash: &'a [u8],
    /// See [`SessionRecord::salt`].
    pub salt: &'a str,
    pub stage: SessionStage,
    pub label: &'a str,
    pub at: Timestamp,
    pub ends_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    number: i64,
    session_id: Uuid,
    salt: String,
    stage: String,
    session_created_at: i64,
    seen_at: i64,
    ends_at: i64,
    has_password: bool,
    has_totp: bool,
    waiting: Option<String>,
    asked: Option<String>,
    mine: Option<String>,
    #[sqlx(flatten)]
    member: MemberRow,
    #[sqlx(flatten)]
    grant: HeldGrant,
}

/// The questions as the statement reads them. Bytes are in hexadecimal digits: nothing in here needs to be escaped.
fn in_json(questions: &[SessionQuestion]) -> String {
    let mut text = String::with_capacity(questions.len() * 128);
    for SessionQuestion { token_hash, beside } in questions {
        text.push_str(if text.is_empty() { "[[\"" } else { ",[\"" });
        for byte in token_hash {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = write!(text, "\",{},", beside.waiting);
        let _ = match beside.part_in {
            Some(post) => write!(text, "\"{}\"]", post.0.simple()),
            None => write!(text, "null]"),
        };
    }
    text.push_str(if text.is_empty() { "[]" } else { "]" });
    text
}

impl SessionRecord {
    /// Made of a row for each role.
    fn of(rows: Vec<SessionRow>, Beside { waiting, part_in }: Beside) -> Result<Option<Self>> {
        let grants = rows.iter().filter_map(|row| row.grant.read().transpose()).collect::<Result<_>>()?;
        let Some(row) = rows.into_iter().next() else { return Ok(None) };
        Ok(Some(Self {
            id: SessionId(row.session_id),
            salt: row.salt,
            stage: known(SessionStage::from_key(&row.stage), "session", "stage", row.session_id)?,
            member: Member::from(row.member),
            created_at: Timestamp(row.session_created_at),
            seen_at: Timestamp(row.seen_at),
            ends_at: Timestamp(row.ends_at),
            grants,
            has_totp: row.has_totp,
            has_password: row.has_password,
            waiting: Waiting::listed(row.waiting.as_deref())?,
            asked: if waiting { Some(AskedOf::listed(row.asked.as_deref())?) } else { None },
            mine: match part_in {
                Some(post) => Some((post, listed_mine(row.mine.as_deref())?)),
                None => None,
            },
        }))
    }
}

impl Tenant {
    /// The session with this token, unless it has ended.
    pub async fn session(&self, token_hash: &[u8], now: Timestamp) -> Result<Option<SessionRecord>> {
        let question = SessionQuestion { token_hash: token_hash.to_vec(), beside: Beside::default() };
        Ok(self.sessions_with(&[question], now).await?.pop().flatten())
    }

    /// For each question its session with what a page needs of its reader, unless it has ended: in one statement.
    pub async fn sessions_with(
        &self,
        questions: &[SessionQuestion],
        now: Timestamp,
    ) -> Result<Vec<Option<SessionRecord>>> {
        let (text, asked) = (by_token(self.kind()), in_json(questions));
        let rows: Vec<SessionRow> = read!(self, conn => sqlx::query_as(text)
            .bind(self.platform().0).bind(&asked).bind(now.0).fetch_all(conn).await)?;
        let mut rows = rows.into_iter().peekable();
        (0..)
            .zip(questions)
            .map(|(number, question)| {
                let own = std::iter::from_fn(|| rows.next_if(|row| row.number == number));
                SessionRecord::of(own.collect(), question.beside)
            })
            .collect()
    }

    /// A member's complete sessions, the most recently used first.
    pub async fn sessions_of(&self, member: MemberId, now: Timestamp) -> Result<Vec<SessionInfo>> {
        let rows: Vec<(Uuid, String, i64, i64)> = read!(self, conn => sqlx::query_as(OF_MEMBER)
            .bind(self.platform().0).bind(member.0).bind(now.0).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(id, label, created_at, seen_at)| SessionInfo {
                id: SessionId(id),
                label,
                created_at: Timestamp(created_at),
                seen_at: Timestamp(seen_at),
            })
            .collect())
    }
}

impl Write {
    pub async fn insert_session(&mut self, permit: &Permit<SignIn>, new: &NewSession<'_>) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.member.0).bind(new.token_hash)
            .bind(new.stage.key()).bind(new.label).bind(new.at.0).bind(new.ends_at.0).bind(new.salt)
            .execute(conn).await.map(|_| ()))
    }

    /// Notes that a session was used.
    pub async fn seen(
        &mut self,
        permit: &Permit<ManageAccount>,
        id: SessionId,
        at: Timestamp,
        ends_at: Timestamp,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(SEEN)
            .bind(platform).bind(member.0).bind(id.0).bind(at.0).bind(ends_at.0)
            .execute(conn).await.map(|_| ()))
    }

    /// Ends one of one's own sessions; `false` when it is not there or not one's own.
    pub async fn end_session(&mut self, permit: &Permit<ManageAccount>, id: SessionId) -> Result<bool> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        let ended = change!(self, conn => sqlx::query(END_OWN)
            .bind(platform).bind(member.0).bind(id.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(ended == 1)
    }

    /// Ends all of one's own sessions but one; says how many.
    pub async fn end_other_sessions(
        &mut self,
        permit: &Permit<ManageAccount>,
        keep: SessionId,
    ) -> Result<u64> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(END_OTHERS)
            .bind(platform).bind(member.0).bind(keep.0)
            .execute(conn).await.map(|done| done.rows_affected()))
    }

    /// Ends the session of the browser that asks, which proved that it knows its token.
    pub async fn end_session_by_id(&mut self, permit: &Permit<SignIn>, id: SessionId) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(END_ONE)
            .bind(platform).bind(id.0).execute(conn).await.map(|_| ()))
    }
}
