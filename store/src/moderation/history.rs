//! What was decided about a case, and what was said against it: one query.

use domain::clock::Timestamp;
use domain::id::{AppealId, CaseId, DecisionId, MemberId};
use domain::moderation::Party;
use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use uuid::Uuid;

use super::cases::{CaseRecord, CaseRow, case_columns, record};
use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// A decision comes once for each objection to it, and once when there is none.
const WITH_CASE: &str = concat!(
    case_columns!(),
    ", d.id AS decision_id, d.kind, d.made_by, m.name AS made_by_name, d.made_at, d.ground, d.rule, d.until_at,
        d.overturned_at, d.facts, a.id AS appeal_id, a.party, a.party_id, a.created_at AS appeal_at,
        a.outcome AS appeal_outcome, n.name AS answered_by_name, a.decided_at AS answered_at, a.message, a.reasons
    FROM moderation_case c
    LEFT JOIN decision d ON d.platform_id = c.platform_id AND d.case_id = c.id
    LEFT JOIN member m ON m.platform_id = d.platform_id AND m.id = d.made_by
    LEFT JOIN appeal a ON a.platform_id = d.platform_id AND a.decision_id = d.id
    LEFT JOIN member n ON n.platform_id = a.platform_id AND n.id = a.decided_by
    WHERE c.platform_id = $1 AND c.id = $2
    ORDER BY d.made_at, d.id, a.created_at, a.id LIMIT 200"
);

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
    #[sqlx(flatten)]
    case: CaseRow,
    #[sqlx(flatten)]
    told: ToldRow,
}

#[derive(sqlx::FromRow)]
struct ToldRow {
    decision_id: Option<Uuid>,
    kind: Option<String>,
    made_by: Option<Uuid>,
    made_by_name: Option<String>,
    made_at: Option<i64>,
    ground: Option<String>,
    rule: Option<String>,
    until_at: Option<i64>,
    overturned_at: Option<i64>,
    facts: Option<String>,
    appeal_id: Option<Uuid>,
    party: Option<String>,
    party_id: Option<Uuid>,
    appeal_at: Option<i64>,
    appeal_outcome: Option<String>,
    answered_by_name: Option<String>,
    answered_at: Option<i64>,
    message: Option<String>,
    reasons: Option<String>,
}

fn appeal(row: &mut ToldRow) -> Result<Option<AppealRecord>> {
    let (Some(id), Some(decision), Some(party_id), Some(at)) =
        (row.appeal_id, row.decision_id, row.party_id, row.appeal_at)
    else {
        return Ok(None);
    };
    let party = row.party.as_deref().and_then(Party::from_key);
    Ok(Some(AppealRecord {
        id: AppealId(id),
        decision: DecisionId(decision),
        party: known(party, "appeal", "party", id)?,
        party_id,
        at: Timestamp(at),
        outcome: row.appeal_outcome.as_deref().and_then(Outcome::from_key),
        decided_by_name: row.answered_by_name.take(),
        decided_at: row.answered_at.map(Timestamp),
        message: row.message.take().unwrap_or_default(),
        reasons: row.reasons.take().unwrap_or_default(),
    }))
}

fn decision(row: ToldRow) -> Result<Option<DecisionRecord>> {
    let (Some(id), Some(by), Some(at)) = (row.decision_id, row.made_by, row.made_at) else { return Ok(None) };
    let kind = row.kind.as_deref().and_then(DecisionKind::from_key);
    Ok(Some(DecisionRecord {
        id: DecisionId(id),
        kind: known(kind, "decision", "kind", id)?,
        by: MemberId(by),
        by_name: row.made_by_name.unwrap_or_default(),
        at: Timestamp(at),
        ground: row.ground.as_deref().and_then(Ground::from_key),
        rule: row.rule.unwrap_or_default(),
        until: row.until_at.map(Timestamp),
        overturned_at: row.overturned_at.map(Timestamp),
        facts: row.facts.unwrap_or_default(),
    }))
}

impl Tenant {
    /// A case with what was decided about it, and what was said against that.
    pub async fn case_with_history(&self, case: CaseId) -> Result<Option<(CaseRecord, History)>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(WITH_CASE)
            .bind(self.platform().0).bind(case.0).fetch_all(conn).await)?;
        let (mut history, mut found) = (History::default(), None);
        for Row { case, mut told } in rows {
            history.appeals.extend(appeal(&mut told)?);
            if history.decisions.last().map(|last| last.id.0) != told.decision_id {
                history.decisions.extend(decision(told)?);
            }
            if found.is_none() {
                found = Some(record(case)?);
            }
        }
        history.appeals.sort_by_key(|appeal| (appeal.at, appeal.id));
        Ok(found.map(|case| (case, history)))
    }
}
