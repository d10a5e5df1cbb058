//! Counts over a period, for everybody to read (Digital Services Act, article 24).

use domain::clock::{Span, Timestamp};
use domain::moderation::decision::{DecisionKind, Outcome};

use crate::conn::read;
use crate::error::Result;
use crate::tenant::Tenant;

const NOTICES: &str = "SELECT CAST(COALESCE(SUM(notices), 0) AS BIGINT) FROM moderation_case
    WHERE platform_id = $1 AND created_at >= $2 AND created_at < $3";
/// How long each took, for the one in the middle: `PostgreSQL` could say so by itself, `SQLite` could not.
const DECISIONS: &str = "SELECT d.kind, d.made_at - c.created_at FROM decision d
    JOIN moderation_case c ON c.platform_id = d.platform_id AND c.id = d.case_id
    WHERE d.platform_id = $1 AND d.made_at >= $2 AND d.made_at < $3
    ORDER BY d.made_at LIMIT 20000";
const APPEALS: &str = "SELECT COALESCE(outcome, ''), COUNT(*) FROM appeal
    WHERE platform_id = $1 AND created_at >= $2 AND created_at < $3 GROUP BY outcome";

/// What happened in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub notices: i64,
    pub decisions: Vec<(DecisionKind, i64)>,
    /// From the beginning of a case to its decision, the one in the middle.
    pub median: Option<Span>,
    pub appeals: i64,
    pub overturned: i64,
}

impl Tenant {
    /// What happened from one moment up to another.
    pub async fn moderation_figures(&self, from: Timestamp, to: Timestamp) -> Result<Figures> {
        let platform = self.platform().0;
        let notices: i64 = read!(self, conn => sqlx::query_scalar(NOTICES)
            .bind(platform).bind(from.0).bind(to.0).fetch_one(conn).await)?;
        let decisions: Vec<(String, i64)> = read!(self, conn => sqlx::query_as(DECISIONS)
            .bind(platform).bind(from.0).bind(to.0).fetch_all(conn).await)?;
        let appeals: Vec<(String, i64)> = read!(self, conn => sqlx::query_as(APPEALS)
            .bind(platform).bind(from.0).bind(to.0).fetch_all(conn).await)?;
        let mut counted = Vec::new();
        for kind in DecisionKind::ALL {
            let count = decisions.iter().filter(|(key, _)| key == kind.key()).count();
            counted.push((*kind, i64::try_from(count).unwrap_or(i64::MAX)));
        }
        let mut took: Vec<i64> = decisions.iter().map(|(_, took)| *took).collect();
        took.sort_unstable();
        Ok(Figures {
            notices,
            decisions: counted,
            median: took.get(took.len() / 2).copied().map(Span),
            appeals: appeals.iter().map(|(_, count)| count).sum(),
            overturned: appeals
                .iter()
                .filter(|(key, _)| Outcome::from_key(key) == Some(Outcome::Overturned))
                .map(|(_, count)| count)
                .sum(),
        })
    }
}
