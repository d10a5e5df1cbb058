//! Filing comments under their words, and finding them.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::Timestamp;
use domain::id::{CommentId, MemberId, PostId};
use domain::search::FoundKind;
use uuid::Uuid;

use super::expression::{platform_word, question};
use super::file::{BATCH, PER_MILLISECOND, TRIES, column, document, json, moment, stems_of};
use super::{Asked, Narrowed};
use crate::conn::{Kind, change, read};
use crate::dialect::search as sql;
use crate::error::Result;
use crate::store::Store;
use crate::tenant::{Tenant, Write};

/// As that of posts: what is filed by older rules is filed anew.
const RULES: i64 = 2;
const FORGET: &str = "DELETE FROM search_comment WHERE platform_id = $1 AND comment_id = $2";

/// A comment as it is filed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FiledComment<'a> {
    pub(crate) id: CommentId,
    pub(crate) at: Timestamp,
    pub(crate) body: &'a str,
}

/// Which of the comments that were found.
#[derive(Clone, Copy, Debug)]
pub struct CommentsWish {
    /// Older than the last of the page before ([`FoundComment::moment`]).
    pub before: Option<i64>,
    pub most: i64,
}

/// A comment that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundComment {
    pub id: CommentId,
    pub post: PostId,
    pub post_title: String,
    pub author: MemberId,
    pub author_name: String,
    pub at: Timestamp,
    /// Markdown.
    pub body: String,
    /// When it was written, unlike that of any other.
    pub moment: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    post_id: Uuid,
    title: String,
    author_id: Uuid,
    author_name: String,
    created_at: i64,
    body: String,
    moment: i64,
}

/// A comment is not found any more by the words that it had.
pub(crate) async fn forget_comment(write: &mut Write, id: CommentId) -> Result<()> {
    let platform = write.platform().0;
    change!(write, conn => sqlx::query(FORGET).bind(platform).bind(id.0).execute(conn).await.map(|_| ()))
}

/// Files comments that are not filed. Whatever writes the text of a comment calls this in the same transaction; its
/// status needs nothing.
pub(crate) async fn file_comments(write: &mut Write, comments: &[FiledComment<'_>]) -> Result<()> {
    let platform = write.platform();
    let kind = write.kind();
    let scope = platform_word(platform);
    let mut unread = BTreeMap::new();
    let mut left: Vec<(&FiledComment<'_>, String)> = comments
        .iter()
        .map(|comment| {
            let stems = stems_of(comment.body, &mut unread);
            let text = match kind {
                Kind::Sqlite => column(&stems),
                Kind::Postgres => document(std::slice::from_ref(&scope), &stems_of("", &mut unread), &stems),
            };
            (comment, text)
        })
        .collect();
    for later in 0..i64::from(TRIES) {
        if left.is_empty() {
            break;
        }
        let at = |comment: &FiledComment<'_>| {
            // The end of a key is random.
            let bytes = comment.id.0.as_bytes();
            let start = i64::from(u16::from_be_bytes([bytes[14], bytes[15]]));
            moment(comment.at).saturating_add((start + later) % PER_MILLISECOND)
        };
        let text = |text: &String| if kind == Kind::Postgres { text.clone() } else { String::new() };
        let rows: Vec<(i64, String, String)> = left
            .iter()
            .map(|(comment, words)| (at(comment), comment.id.0.simple().to_string(), text(words)))
            .collect();
        let rows = json(&rows)?;
        let statement = sql::insert_comments(kind);
        let filed: Vec<Uuid> = change!(write, conn => sqlx::query_scalar(statement)
            .bind(platform.0).bind(RULES).bind(rows).fetch_all(conn).await)?;
        let filed: BTreeSet<Uuid> = filed.into_iter().collect();
        let (done, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(comment, _)| filed.contains(&comment.id.0));
        left = rest;
        if kind == Kind::Sqlite && !done.is_empty() {
            let rows: Vec<(i64, String)> =
                done.into_iter().map(|(comment, words)| (at(comment), words)).collect();
            let rows = json(&rows)?;
            let scope = scope.clone();
            change!(write, conn => sqlx::query(sql::INSERT_COMMENT_TEXTS)
                .bind(scope).bind(rows).execute(conn).await.map(|_| ()))?;
        }
    }
    Ok(())
}

impl Store {
    /// Files every comment that is not filed, or by older rules; says how many those were.
    pub(crate) async fn file_all_comments(&self) -> Result<u64> {
        let mut filed = 0;
        for platform in self.platform_ids().await? {
            let tenant = self.on(platform);
            let mut last = Uuid::nil();
            loop {
                let comments = tenant.file_some_comments(last).await?;
                filed += comments.0;
                match comments.1 {
                    Some(to) => last = to,
                    None => break,
                }
            }
        }
        Ok(filed)
    }
}

impl Tenant {
    async fn file_some_comments(&self, after: Uuid) -> Result<(u64, Option<Uuid>)> {
        let platform = self.platform().0;
        let mut write = self.write().await?;
        let rows: Vec<(Uuid, i64, String)> = change!(write, conn => sqlx::query_as(sql::UNFILED_COMMENTS)
            .bind(platform).bind(after).bind(RULES).bind(BATCH).fetch_all(conn).await)?;
        for (id, ..) in &rows {
            forget_comment(&mut write, CommentId(*id)).await?;
        }
        let comments: Vec<FiledComment<'_>> = rows
            .iter()
            .map(|(id, at, body)| FiledComment { id: CommentId(*id), at: Timestamp(*at), body })
            .collect();
        file_comments(&mut write, &comments).await?;
        write.commit().await?;
        Ok((rows.len() as u64, rows.last().map(|row| row.0)))
    }

    /// The newest comments that everybody may read and that have all of the words, under posts that the choices leave.
    pub(super) async fn find_comments(
        &self,
        asked: &Asked,
        narrowed: &Narrowed,
        wish: CommentsWish,
    ) -> Result<Vec<FoundComment>> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let platform = self.platform();
        let question = question(self.kind(), platform, asked);
        let from = narrowed.from.map_or(i64::MIN, moment);
        let until = narrowed.until.map_or(i64::MAX, moment).min(wish.before.unwrap_or(i64::MAX));
        let text = sql::found_comments(self.kind());
        // As for posts.
        let kept = self.kind() == Kind::Sqlite;
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(text)
            .bind(platform.0).bind(question).bind(from).bind(until)
            .bind(narrowed.kind.map(FoundKind::key)).bind(narrowed.topic.map(|id| id.0))
            .bind(narrowed.area.map(|id| id.0)).bind(wish.most)
            .persistent(kept).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|row| FoundComment {
                id: CommentId(row.id),
                post: PostId(row.post_id),
                post_title: row.title,
                author: MemberId(row.author_id),
                author_name: row.author_name,
                at: Timestamp(row.created_at),
                body: row.body,
                moment: row.moment,
            })
            .collect())
    }
}
