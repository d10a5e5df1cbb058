//! Reading drafts.

use domain::clock::Timestamp;
use domain::id::{DraftId, MemberId, PlatformId, PostId};
use domain::posts::drafts::DraftState;
use uuid::Uuid;

use crate::conn::read;
use crate::error::{Result, known};
use crate::store::Store;
use crate::tenant::Tenant;

macro_rules! draft_of {
    ($rest:literal) => {
        concat!(
            "SELECT id, state, updated_at, publish_at, post_id, content FROM draft
             WHERE platform_id = $1 AND member_id = $2 ",
            $rest
        )
    };
}

const ONE: &str = draft_of!("AND id = $3");
const NEWEST: &str = draft_of!("AND state = 'open' ORDER BY updated_at DESC LIMIT 1");
const OF_MEMBER: &str = draft_of!("AND state <> 'discarded' ORDER BY updated_at DESC LIMIT 100");
const DUE: &str = "SELECT platform_id, member_id, id FROM draft
    WHERE state = 'scheduled' AND publish_at <= $1 ORDER BY publish_at LIMIT $2";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn draft_statements() -> [(&'static str, &'static str); 3] {
    [("newest draft", NEWEST), ("drafts of a member", OF_MEMBER), ("drafts that are due", DUE)]
}

/// A draft as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRecord {
    pub id: DraftId,
    pub state: DraftState,
    pub json: String,
    pub updated_at: Timestamp,
    /// When it publishes itself, should have, or has.
    pub publish_at: Option<Timestamp>,
    /// What became of it.
    pub post: Option<PostId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    state: String,
    updated_at: i64,
    publish_at: Option<i64>,
    post_id: Option<Uuid>,
    content: String,
}

fn draft(row: Row) -> Result<DraftRecord> {
    Ok(DraftRecord {
        id: DraftId(row.id),
        state: known(DraftState::from_key(&row.state), "draft", "state", row.id)?,
        json: row.content,
        updated_at: Timestamp(row.updated_at),
        publish_at: row.publish_at.map(Timestamp),
        post: row.post_id.map(PostId),
    })
}

impl Tenant {
    /// One draft of a member, whatever became of it.
    pub async fn draft(&self, member: MemberId, id: DraftId) -> Result<Option<DraftRecord>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(member.0).bind(id.0).fetch_optional(conn).await)?;
        row.map(draft).transpose()
    }

    /// What a member was writing last.
    pub async fn newest_draft(&self, member: MemberId) -> Result<Option<DraftRecord>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(NEWEST)
            .bind(self.platform().0).bind(member.0).fetch_optional(conn).await)?;
        row.map(draft).transpose()
    }

    /// A member's drafts, with what became of them lately, the last changed first; not those thrown away.
    pub async fn drafts(&self, member: MemberId) -> Result<Vec<DraftRecord>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(OF_MEMBER)
            .bind(self.platform().0).bind(member.0).fetch_all(conn).await)?;
        rows.into_iter().map(draft).collect()
    }
}

impl Store {
    /// Drafts of all platforms whose moment has come, the earliest first.
    pub async fn due_drafts(
        &self,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<(PlatformId, MemberId, DraftId)>> {
        let rows: Vec<(Uuid, Uuid, Uuid)> = read!(self, conn => sqlx::query_as(DUE)
            .bind(now.0).bind(most).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(platform, member, id)| (PlatformId(platform), MemberId(member), DraftId(id)))
            .collect())
    }
}
