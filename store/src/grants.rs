//! The roles that members hold.

use domain::actor::{Grant, Scope};
use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId, OrganisationId, TopicId};
use domain::roles::Role;
use uuid::Uuid;

use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

const OF_MEMBER: &str = "SELECT id, role, scope_kind, area_id, topic_id, organisation_id
    FROM member_grant
    WHERE platform_id = $1 AND member_id = $2
      AND valid_from <= $3 AND (valid_until IS NULL OR valid_until > $3)
    ORDER BY id";

#[derive(sqlx::FromRow)]
struct GrantRow {
    id: Uuid,
    role: String,
    scope_kind: String,
    area_id: Option<Uuid>,
    topic_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
}

/// A grant beside the row of something else, or none.
#[derive(sqlx::FromRow)]
pub(crate) struct HeldGrant {
    grant_id: Option<Uuid>,
    role: Option<String>,
    scope_kind: Option<String>,
    grant_area_id: Option<Uuid>,
    topic_id: Option<Uuid>,
    organisation_id: Option<Uuid>,
}

impl HeldGrant {
    pub(crate) fn read(&self) -> Result<Option<Grant>> {
        let (Some(id), Some(role), Some(scope_kind)) = (self.grant_id, &self.role, &self.scope_kind) else {
            return Ok(None);
        };
        grant(&GrantRow {
            id,
            role: role.clone(),
            scope_kind: scope_kind.clone(),
            area_id: self.grant_area_id,
            topic_id: self.topic_id,
            organisation_id: self.organisation_id,
        })
        .map(Some)
    }
}

impl Tenant {
    /// The grants that hold at `now`.
    pub async fn grants(&self, member: MemberId, now: Timestamp) -> Result<Vec<Grant>> {
        let rows: Vec<GrantRow> = read!(self, conn =>
            sqlx::query_as(OF_MEMBER).bind(self.platform().0).bind(member.0).bind(now.0)
                .fetch_all(conn).await)?;
        rows.iter().map(grant).collect()
    }
}

fn grant(row: &GrantRow) -> Result<Grant> {
    let scope = match row.scope_kind.as_str() {
        "platform" => Some(Scope::Platform),
        "area" => row.area_id.map(|id| Scope::Area(AreaId(id))),
        "topic" => row.topic_id.map(|id| Scope::Topic(TopicId(id))),
        "organisation" => row.organisation_id.map(|id| Scope::Organisation(OrganisationId(id))),
        _ => None,
    };
    Ok(Grant {
        role: known(Role::from_key(&row.role), "member_grant", "role", row.id)?,
        scope: known(scope, "member_grant", "scope_kind", row.id)?,
    })
}

/// The columns of a scope: its kind, and one of three ids.
pub(crate) fn scope_columns(scope: Scope) -> (&'static str, Option<Uuid>, Option<Uuid>, Option<Uuid>) {
    match scope {
        Scope::Platform => ("platform", None, None, None),
        Scope::Area(id) => ("area", Some(id.0), None, None),
        Scope::Topic(id) => ("topic", None, Some(id.0), None),
        Scope::Organisation(id) => ("organisation", None, None, Some(id.0)),
    }
}
