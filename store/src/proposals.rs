//! Changes to posts that somebody proposes.

use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId, PostId, ProposalId, TopicId};
use domain::permit::Permit;
use domain::permit::action::{DecideProposal, ProposeEdit};
use domain::posts::proposals::{Proposal, ProposalStatus, Proposed};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

macro_rules! proposal_of {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.post_id, r.member_id, m.name AS member_name, r.status, r.base_version, r.created_at,
                r.why, r.decided_at, r.reasons, r.content
             FROM proposal r JOIN member m ON m.platform_id = r.platform_id AND m.id = r.member_id
             WHERE r.platform_id = $1 ",
            $rest
        )
    };
}

const ONE: &str = proposal_of!("AND r.id = $2");
const OPEN: &str = proposal_of!(
    "AND r.status = 'open' AND (r.created_at, r.id) > ($2, $3) ORDER BY r.created_at, r.id LIMIT $4"
);
/// Where a proposal waits, as its post stands now.
const WAITING: &str = "SELECT p.area_ids, p.topic_id FROM proposal r
    JOIN post p ON p.platform_id = r.platform_id AND p.id = r.post_id
    WHERE r.platform_id = $1 AND r.status = 'open' LIMIT $2";
const OWN: &str = proposal_of!("AND r.member_id = $2 ORDER BY r.created_at DESC LIMIT 100");
const INSERT: &str = "INSERT INTO proposal
        (platform_id, id, post_id, member_id, status, base_version, created_at, why, reasons, content)
    VALUES ($1, $2, $3, $4, 'open', $5, $6, $7, '', $8)";
const DECIDE: &str = "UPDATE proposal
    SET status = $3, decided_by = $4, decided_at = $5, reasons = $6, accepted_version = $7
    WHERE platform_id = $1 AND id = $2 AND status = 'open'";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn proposal_statements() -> [(&'static str, &'static str); 3] {
    [("open proposals", OPEN), ("waiting proposals", WAITING), ("own proposals", OWN)]
}

/// A change that somebody proposes now.
#[derive(Clone, Copy, Debug)]
pub struct NewProposal<'a> {
    pub id: ProposalId,
    pub post: PostId,
    pub base_version: i64,
    pub proposed: &'a Proposed,
    /// May be empty.
    pub why: &'a str,
    pub at: Timestamp,
}

/// What is decided about a proposal.
#[derive(Clone, Copy, Debug)]
pub struct ProposalEnd<'a> {
    pub status: ProposalStatus,
    /// May be empty.
    pub reasons: &'a str,
    /// The version of the post that was made of it.
    pub version: Option<i64>,
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    post_id: Uuid,
    member_id: Uuid,
    member_name: String,
    status: String,
    base_version: i64,
    created_at: i64,
    why: String,
    decided_at: Option<i64>,
    reasons: String,
    content: String,
}

fn proposal(row: Row) -> Result<Proposal> {
    Ok(Proposal {
        id: ProposalId(row.id),
        post: PostId(row.post_id),
        by: MemberId(row.member_id),
        by_name: row.member_name,
        status: known(ProposalStatus::from_key(&row.status), "proposal", "status", row.id)?,
        base_version: row.base_version,
        at: Timestamp(row.created_at),
        why: row.why,
        decided_at: row.decided_at.map(Timestamp),
        reasons: row.reasons,
        proposed: known(serde_json::from_str(&row.content).ok(), "proposal", "content", row.id)?,
    })
}

impl Tenant {
    pub async fn proposal(&self, id: ProposalId) -> Result<Option<Proposal>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(proposal).transpose()
    }

    /// Proposals that nobody has decided about, the oldest first, after one of them.
    pub async fn open_proposals(
        &self,
        after: Option<(Timestamp, ProposalId)>,
        limit: i64,
    ) -> Result<Vec<Proposal>> {
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |(at, id)| (at.0, id.0));
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(OPEN)
            .bind(self.platform().0).bind(at).bind(id).bind(limit).fetch_all(conn).await)?;
        rows.into_iter().map(proposal).collect()
    }
}

impl Tenant {
    /// Where what waits for a decision stands, at most so many.
    pub async fn waiting_proposals(&self, most: i64) -> Result<Vec<(Vec<AreaId>, Option<TopicId>)>> {
        let rows: Vec<(String, Option<Uuid>)> = read!(self, conn => sqlx::query_as(WAITING)
            .bind(self.platform().0).bind(most).fetch_all(conn).await)?;
        rows.into_iter()
            .map(|(areas, topic)| {
                let areas = known(serde_json::from_str(&areas).ok(), "post", "area_ids", "of a proposal")?;
                Ok((areas, topic.map(TopicId)))
            })
            .collect()
    }

    /// What somebody proposed, newest first.
    pub async fn proposals_of(&self, member: MemberId) -> Result<Vec<Proposal>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(OWN)
            .bind(self.platform().0).bind(member.0).fetch_all(conn).await)?;
        rows.into_iter().map(proposal).collect()
    }
}

impl Write {
    pub async fn insert_proposal(
        &mut self,
        permit: &Permit<ProposeEdit>,
        new: &NewProposal<'_>,
    ) -> Result<()> {
        self.allow_for(permit, new.post.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let content = known(serde_json::to_string(new.proposed).ok(), "proposal", "content", new.id)?;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.post.0).bind(by.0).bind(new.base_version)
            .bind(new.at.0).bind(new.why).bind(content).execute(conn).await.map(|_| ()))
    }

    /// Ends a proposal; `false` when somebody else did so already.
    pub async fn decide_proposal(
        &mut self,
        permit: &Permit<DecideProposal>,
        id: ProposalId,
        end: &ProposalEnd<'_>,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(DECIDE)
            .bind(platform).bind(id.0).bind(end.status.key()).bind(by.0).bind(end.at.0)
            .bind(end.reasons).bind(end.version)
            .execute(conn).await.map(|done| done.rows_affected() > 0))
    }
}
