//! From rows to comments.

use domain::clock::Timestamp;
use domain::comments::{Comment, CommentStatus};
use domain::id::{CommentId, MemberId, PostId};
use uuid::Uuid;

use crate::error::{Result, known};

#[derive(sqlx::FromRow)]
pub(super) struct CommentRow {
    id: Uuid,
    post_id: Uuid,
    thread_id: Uuid,
    status: String,
    author_id: Uuid,
    author_name: String,
    version: i64,
    changed_in: i64,
    created_at: i64,
    edited_at: Option<i64>,
    removed_by: Option<Uuid>,
    thanks_count: i64,
    html: String,
    body: String,
}

pub(super) fn comment(row: CommentRow) -> Result<Comment> {
    Ok(Comment {
        id: CommentId(row.id),
        post: PostId(row.post_id),
        thread: CommentId(row.thread_id),
        status: known(CommentStatus::from_key(&row.status), "comment", "status", row.id)?,
        author: MemberId(row.author_id),
        author_name: row.author_name,
        version: row.version,
        changed_in: row.changed_in,
        at: Timestamp(row.created_at),
        edited_at: row.edited_at.map(Timestamp),
        removed_by: row.removed_by.map(MemberId),
        thanks: row.thanks_count,
        html: row.html,
        body: row.body,
    })
}
