//! Every saved version of a post.

use domain::clock::Timestamp;
use domain::id::{MemberId, PostId};
use domain::posts::{LastDayChange, PostText, Revision};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

const OF_POST: &str = "SELECT r.version, r.content, r.editor_id, m.name AS editor_name, r.saved_at,
        r.reason, b.name AS proposed_by, r.last_day
    FROM post_revision r
    JOIN member m ON m.platform_id = r.platform_id AND m.id = r.editor_id
    LEFT JOIN proposal o ON o.platform_id = r.platform_id AND o.post_id = r.post_id AND o.accepted_version = r.version
    LEFT JOIN member b ON b.platform_id = o.platform_id AND b.id = o.member_id
    WHERE r.platform_id = $1 AND r.post_id = $2 ORDER BY r.version DESC LIMIT 200";
const ONE: &str = "SELECT r.version, r.content, r.editor_id, m.name AS editor_name, r.saved_at,
        r.reason, b.name AS proposed_by, r.last_day
    FROM post_revision r
    JOIN member m ON m.platform_id = r.platform_id AND m.id = r.editor_id
    LEFT JOIN proposal o ON o.platform_id = r.platform_id AND o.post_id = r.post_id AND o.accepted_version = r.version
    LEFT JOIN member b ON b.platform_id = o.platform_id AND b.id = o.member_id
    WHERE r.platform_id = $1 AND r.post_id = $2 AND r.version = $3";
const INSERT: &str = "INSERT INTO post_revision
        (platform_id, post_id, version, editor_id, saved_at, reason, content)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const SET_LAST_DAY: &str = "UPDATE post_revision SET last_day = $4
    WHERE platform_id = $1 AND post_id = $2 AND version = $3";

/// Stands for: it ends no more.
const NO_LAST_DAY: i64 = 0;

#[derive(sqlx::FromRow)]
struct RevisionRow {
    version: i64,
    content: String,
    editor_id: Uuid,
    editor_name: String,
    saved_at: i64,
    reason: String,
    proposed_by: Option<String>,
    last_day: Option<i64>,
}

fn revision(row: RevisionRow) -> Result<Revision> {
    let text = serde_json::from_str(&row.content).ok();
    Ok(Revision {
        text: known(text, "post_revision", "content", row.version)?,
        version: row.version,
        editor: MemberId(row.editor_id),
        editor_name: row.editor_name,
        at: Timestamp(row.saved_at),
        reason: row.reason,
        proposed_by: row.proposed_by,
        last_day: row.last_day.map(|at| match at {
            NO_LAST_DAY => LastDayChange::Taken,
            at => LastDayChange::Until(Timestamp(at)),
        }),
    })
}

impl Tenant {
    /// The versions of a post, newest first; at most two hundred.
    pub async fn revisions(&self, post: PostId) -> Result<Vec<Revision>> {
        let rows: Vec<RevisionRow> = read!(self, conn => sqlx::query_as(OF_POST)
            .bind(self.platform().0).bind(post.0).fetch_all(conn).await)?;
        rows.into_iter().map(revision).collect()
    }

    pub async fn revision(&self, post: PostId, version: i64) -> Result<Option<Revision>> {
        let row: Option<RevisionRow> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(post.0).bind(version).fetch_optional(conn).await)?;
        row.map(revision).transpose()
    }
}

/// Keeps a version.
pub(crate) async fn insert_revision(
    write: &mut Write,
    post: PostId,
    version: i64,
    text: &PostText,
    editor: MemberId,
    at: Timestamp,
    reason: &str,
) -> Result<()> {
    let platform = write.platform().0;
    let content = known(serde_json::to_string(text).ok(), "post_revision", "content", post)?;
    change!(write, conn => sqlx::query(INSERT)
        .bind(platform).bind(post.0).bind(version).bind(editor.0).bind(at.0).bind(reason)
        .bind(content).execute(conn).await.map(|_| ()))
}

/// Notes that a version is about the last day.
pub(crate) async fn note_last_day(
    write: &mut Write,
    post: PostId,
    version: i64,
    until: Option<Timestamp>,
) -> Result<()> {
    let platform = write.platform().0;
    change!(write, conn => sqlx::query(SET_LAST_DAY)
        .bind(platform).bind(post.0).bind(version).bind(until.map_or(NO_LAST_DAY, |at| at.0))
        .execute(conn).await.map(|_| ()))
}
