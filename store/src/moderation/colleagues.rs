//! Who holds a role with which somebody can decide about an objection.

use domain::actor::Grant;
use domain::clock::Timestamp;
use domain::id::{CaseId, MemberId};
use uuid::Uuid;

use crate::conn::read;
use crate::error::Result;
use crate::grants::HeldGrant;
use crate::tenant::Tenant;

macro_rules! held_by_the_active {
    () => {
        "g.role IN ('connector', 'municipal_admin', 'operator')
      AND g.valid_from <= $2 AND (g.valid_until IS NULL OR g.valid_until > $2) AND m.suspended = FALSE
      AND NOT EXISTS (SELECT 1 FROM suspension s WHERE s.platform_id = g.platform_id AND s.member_id = g.member_id
        AND s.starts_at <= $2 AND s.ends_at > $2 AND s.lifted_at IS NULL)"
    };
}

/// Of one case, or of every one that somebody objected in.
const OF_APPEALED: &str = concat!(
    "SELECT c.id AS case_id, g.member_id, g.id AS grant_id, g.role, g.scope_kind, g.area_id AS grant_area_id,
        g.topic_id, g.organisation_id,
        (SELECT COUNT(*) FROM notice n WHERE n.platform_id = c.platform_id AND n.case_id = c.id
           AND n.member_id = g.member_id) AS notices
    FROM moderation_case c
    JOIN member_grant g ON g.platform_id = c.platform_id
    JOIN member m ON m.platform_id = g.platform_id AND m.id = g.member_id
    WHERE c.platform_id = $1 AND c.status = 'appealed' AND ($3 IS NULL OR c.id = $3) AND ",
    held_by_the_active!(),
    " ORDER BY c.id, g.id LIMIT 4000"
);
const ALL: &str = concat!(
    "SELECT g.member_id, g.id AS grant_id, g.role, g.scope_kind, g.area_id AS grant_area_id, g.topic_id,
        g.organisation_id
    FROM member_grant g
    JOIN member m ON m.platform_id = g.platform_id AND m.id = g.member_id
    WHERE g.platform_id = $1 AND ",
    held_by_the_active!(),
    " ORDER BY g.id LIMIT 4000"
);

/// Somebody with a role, beside a case that somebody objected in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub case: CaseId,
    pub member: MemberId,
    pub grant: Grant,
    /// They gave notice of what the case is about.
    pub gave_notice: bool,
}

#[derive(sqlx::FromRow)]
struct BesideCase {
    case_id: Uuid,
    member_id: Uuid,
    notices: i64,
    #[sqlx(flatten)]
    grant: HeldGrant,
}

#[derive(sqlx::FromRow)]
struct Held {
    member_id: Uuid,
    #[sqlx(flatten)]
    grant: HeldGrant,
}

impl Tenant {
    /// Who could look again at `case`, or at each case that somebody objected in; whoever is suspended cannot.
    pub async fn colleagues(&self, case: Option<CaseId>, now: Timestamp) -> Result<Vec<Colleague>> {
        let rows: Vec<BesideCase> = read!(self, conn => sqlx::query_as(OF_APPEALED)
            .bind(self.platform().0).bind(now.0).bind(case.map(|id| id.0)).fetch_all(conn).await)?;
        let mut found = Vec::new();
        for row in rows {
            if let Some(grant) = row.grant.read()? {
                let (case, member) = (CaseId(row.case_id), MemberId(row.member_id));
                found.push(Colleague { case, member, grant, gave_notice: row.notices > 0 });
            }
        }
        Ok(found)
    }

    /// Everybody with a role that can decide about objections.
    pub async fn role_holders(&self, now: Timestamp) -> Result<Vec<(MemberId, Grant)>> {
        let rows: Vec<Held> = read!(self, conn => sqlx::query_as(ALL)
            .bind(self.platform().0).bind(now.0).fetch_all(conn).await)?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(row.grant.read()?.map(|grant| (MemberId(row.member_id), grant)));
        }
        Ok(found)
    }
}
