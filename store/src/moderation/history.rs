//! What was decided about a case, and what was said against it: one query.

use domain::clock::Timestamp;
use domain::id::{AppealId, CaseId, DecisionId, MemberId};
use domain::moderation::Party;
use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use uuid::Uuid;

use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// A decision comes once for each objection to it, and once when there is none.
const HISTORY: &str =
    "SELECT d.id, d.kind, d.made_by, m.name AS made_by_name, d.made_at, d.ground, d.rule, d.until_at,
        d.overturned_at, d.facts, a.id AS appeal_id, a.party, a.party_id, a.created_at, a.outcome,
        n.name AS decided_by_name, a.decided_at, a.message, a.reasons
    FROM decision d JOIN member m ON m.platform_id = d.platform_id AND m.id = d.made_by
    LEFT JOIN appeal a ON a.platform_id = d.platform_id AND a.decision_id = d.id
    LEFT JOIN member n ON n.platform_id = a.platform_id AND n.id = a.decided_by
    WHERE d.platform_id = $1 AND d.case_id = $2
    ORDER BY d.made_at, d.id, a.created_at, a.id LIMIT 200";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    pub id: DecisionId,
    pub kind: DecisionKind,
    pub by: MemberId,
    pub by_name: String,
    pub at: Timestamp,
    pub ground: Option<Ground>,
    pub rule: String,
    pub until: Option<Timestamp>,
    pub overturned_at: Option<Timestamp>,
    pub facts: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealRecord {
    pub id: AppealId,
    pub decision: DecisionId,
    pub party: Party,
    pub party_id: Uuid,
    pub at: Timestamp,
    /// `None` while it waits.
    pub outcome: Option<Outcome>,
    pub decided_by_name: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub message: String,
    pub reasons: String,
}

/// The decisions and the objections of a case, each oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    pub decisions: Vec<DecisionRecord>,
    pub appeals: Vec<AppealRecord>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    made_by: Uuid,
    made_by_name: String,
    made_at: i64,
    ground: Option<String>,
    rule: String,
    until_at: Option<i64>,
    overturned_at: Option<i64>,
    facts: String,
    appeal_id: Option<Uuid>,
    party: Option<String>,
    party_id: Option<Uuid>,
    created_at: Option<i64>,
    outcome: Option<String>,
    decided_by_name: Option<String>,
    decided_at: Option<i64>,
    message: Option<String>,
    reasons: Option<String>,
}

fn appeal(row: &mut Row) -> Result<Option<AppealRecord>> {
    let (Some(id), Some(party_id), Some(at)) = (row.appeal_id, row.party_id, row.created_at) else {
        return Ok(None);
    };
    let party = row.party.as_deref().and_then(Party::from_key);
    Ok(Some(AppealRecord {
        id: AppealId(id),
        decision: DecisionId(row.id),
        party: known(party, "appeal", "party", id)?,
        party_id,
        at: Timestamp(at),
        outcome: row.outcome.as_deref().and_then(Outcome::from_key),
        decided_by_name: row.decided_by_name.take(),
        decided_at: row.decided_at.map(Timestamp),
        message: row.message.take().unwrap_or_default(),
        reasons: row.reasons.take().unwrap_or_default(),
    }))
}

fn decision(row: Row) -> Result<DecisionRecord> {
    Ok(DecisionRecord {
        id: DecisionId(row.id),
        kind: known(DecisionKind::from_key(&row.kind), "decision", "kind", row.id)?,
        by: MemberId(row.made_by),
        by_name: row.made_by_name,
        at: Timestamp(row.made_at),
        ground: row.ground.as_deref().and_then(Ground::from_key),
        rule: row.rule,
        until: row.until_at.map(Timestamp),
        overturned_at: row.overturned_at.map(Timestamp),
        facts: row.facts,
    })
}

impl Tenant {
    /// What was decided about a case, and what was said against it.
    pub async fn history_of(&self, case: CaseId) -> Result<History> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(HISTORY)
            .bind(self.platform().0).bind(case.0).fetch_all(conn).await)?;
        let mut history = History::default();
        for mut row in rows {
            history.appeals.extend(appeal(&mut row)?);
            if history.decisions.last().is_none_or(|last| last.id.0 != row.id) {
                history.decisions.push(decision(row)?);
            }
        }
        history.appeals.sort_by_key(|appeal| (appeal.at, appeal.id));
        Ok(history)
    }
}
