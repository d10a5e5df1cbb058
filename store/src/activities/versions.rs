//! Every saved version of an activity.

use domain::activities::versions::{ActivityContent, ActivityRevision};
use domain::clock::Timestamp;
use domain::id::{ActivityId, MemberId};

use uuid::Uuid;

use super::read::{CHANGES, ChangeRow, ONE, OneRow, whole};
use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

const COUNT: &str = "SELECT COUNT(*) FROM activity_revision WHERE platform_id = $1 AND activity_id = $2";
const INSERT: &str = "INSERT INTO activity_revision
        (platform_id, activity_id, version, editor_id, saved_at, content)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
pub(super) const VERSIONS: &str = "SELECT r.version, r.content, r.editor_id, m.name, r.saved_at
    FROM activity_revision r
    JOIN member m ON m.platform_id = r.platform_id AND m.id = r.editor_id
    WHERE r.platform_id = $1 AND r.activity_id = $2 ORDER BY r.version DESC LIMIT 200";

/// Keeps the activity as it is now. `by` is who made it so; without, it is one from before versions were kept, which is
/// kept before it changes.
pub(super) async fn keep_version(
    write: &mut Write,
    id: ActivityId,
    by: Option<(MemberId, Timestamp)>,
) -> Result<()> {
    let platform = write.platform().0;
    if by.is_none() {
        let kept: i64 = change!(write, conn => sqlx::query_scalar(COUNT)
            .bind(platform).bind(id.0).fetch_one(conn).await)?;
        if kept > 0 {
            return Ok(());
        }
    }
    let row: Option<OneRow> = change!(write, conn => sqlx::query_as(ONE)
        .bind(platform).bind(id.0).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(()) };
    let changes: Vec<ChangeRow> = change!(write, conn => sqlx::query_as(CHANGES)
        .bind(platform).bind(id.0).fetch_all(conn).await)?;
    let activity = whole(row, changes)?;
    let (editor, at) = by.unwrap_or((activity.organiser, activity.changed_at));
    let version = activity.version;
    let content = ActivityContent { text: activity.text, series: activity.series, changes: activity.changes };
    let content = known(serde_json::to_string(&content).ok(), "activity_revision", "content", id)?;
    change!(write, conn => sqlx::query(INSERT)
        .bind(platform).bind(id.0).bind(version).bind(editor.0).bind(at.0).bind(content)
        .execute(conn).await.map(|_| ()))
}

impl Tenant {
    /// The versions of an activity, newest first; at most two hundred.
    pub async fn activity_revisions(&self, id: ActivityId) -> Result<Vec<ActivityRevision>> {
        let rows: Vec<(i64, String, Uuid, String, i64)> = read!(self, conn => sqlx::query_as(VERSIONS)
            .bind(self.platform().0).bind(id.0).fetch_all(conn).await)?;
        rows.into_iter()
            .map(|(version, content, editor, editor_name, at)| {
                let content = serde_json::from_str(&content).ok();
                Ok(ActivityRevision {
                    version,
                    content: known(content, "activity_revision", "content", version)?,
                    editor: MemberId(editor),
                    editor_name,
                    at: Timestamp(at),
                })
            })
            .collect()
    }
}
