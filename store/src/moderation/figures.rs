//! What happened in a period, for the yearly figures (Digital Services Act, article 24).

use domain::clock::{Span, Timestamp};
use domain::moderation::decision::{DecisionKind, Outcome};

use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

const NOTICES: &str = "SELECT created_at, notices FROM moderation_case
    WHERE platform_id = $1 AND created_at >= $2 AND notices > 0 ORDER BY created_at LIMIT 50000";
/// How long each took, for the one in the middle: `PostgreSQL` could say so by itself, `SQLite` could not.
const DECISIONS: &str = "SELECT d.kind, d.made_at, d.made_at - c.created_at FROM decision d
    JOIN moderation_case c ON c.platform_id = d.platform_id AND c.id = d.case_id
    WHERE d.platform_id = $1 AND d.made_at >= $2
    ORDER BY d.made_at LIMIT 50000";
const APPEALS: &str = "SELECT COALESCE(outcome, ''), created_at FROM appeal
    WHERE platform_id = $1 AND created_at >= $2 ORDER BY created_at LIMIT 50000";

/// What happened, each with its moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// How many notices came together in a case that began then.
    pub notices: Vec<(Timestamp, i64)>,
    /// Decisions, and how long each took from the beginning of its case.
    pub decisions: Vec<(DecisionKind, Timestamp, Span)>,
    /// Objections; `None` while nobody decided about them.
    pub appeals: Vec<(Option<Outcome>, Timestamp)>,
}

impl Tenant {
    /// What happened since a moment.
    pub async fn moderation_since(&self, since: Timestamp) -> Result<Happened> {
        let platform = self.platform().0;
        let notices: Vec<(i64, i64)> = read!(self, conn => sqlx::query_as(NOTICES)
            .bind(platform).bind(since.0).fetch_all(conn).await)?;
        let decisions: Vec<(String, i64, i64)> = read!(self, conn => sqlx::query_as(DECISIONS)
            .bind(platform).bind(since.0).fetch_all(conn).await)?;
        let appeals: Vec<(String, i64)> = read!(self, conn => sqlx::query_as(APPEALS)
            .bind(platform).bind(since.0).fetch_all(conn).await)?;
        Ok(Happened {
            notices: notices.into_iter().map(|(at, count)| (Timestamp(at), count)).collect(),
            decisions: decisions
                .into_iter()
                .map(|(key, at, took)| {
                    let kind = known(DecisionKind::from_key(&key), "decision", "kind", &key)?;
                    Ok((kind, Timestamp(at), Span(took)))
                })
                .collect::<Result<_>>()?,
            appeals: appeals.into_iter().map(|(key, at)| (Outcome::from_key(&key), Timestamp(at))).collect(),
        })
    }
}
