//! Reading comments. A conversation is one range of one index: threads in the order in which they began, replies
//! within them.

use domain::comments::mentions::Known;
use domain::comments::{Comment, Mine};
use domain::id::{CommentId, MemberId, PostId};
use domain::moderation::{ContentKind, Snapshot, comment_page};
use uuid::Uuid;

use super::row::{CommentRow, comment};
use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

macro_rules! comment_of {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.post_id, c.thread_id, c.status, c.author_id, m.name AS author_name, c.version,
                c.changed_in, c.created_at, c.edited_at, c.removed_by, c.thanks_count, c.html, c.body
             FROM comment c JOIN member m ON m.platform_id = c.platform_id AND m.id = c.author_id
             WHERE c.platform_id = $1 ",
            $rest
        )
    };
}

const ONE: &str = comment_of!("AND c.id = $2");
const CONVERSATION: &str =
    comment_of!("AND c.post_id = $2 AND (c.thread_id, c.id) > ($3, $4) ORDER BY c.thread_id, c.id LIMIT $5");
const CHANGED: &str = comment_of!("AND c.post_id = $2 AND c.changed_in > $3 ORDER BY c.changed_in LIMIT $4");
/// What of the conversation of a post is a member's, and which kind of thing each is. $1 platform.
macro_rules! mine {
    ($post:literal, $member:literal) => {
        concat!(
            "SELECT CASE WHEN status = 'held' THEN 3 ELSE 0 END AS what, id FROM comment
                 WHERE platform_id = $1 AND author_id = ",
            $member,
            " AND post_id = ",
            $post,
            "
                   AND status IN ('published', 'held')
             UNION ALL SELECT 1, comment_id FROM comment_thanks
                 WHERE platform_id = $1 AND member_id = ",
            $member,
            " AND post_id = ",
            $post,
            "
             UNION ALL SELECT 2, post_id FROM post_thanks
                 WHERE platform_id = $1 AND post_id = ",
            $post,
            " AND member_id = ",
            $member
        )
    };
}

pub(crate) use mine;

const MINE: &str = mine!("$2", "$3");
const PEOPLE: &str = "SELECT DISTINCT m.id, m.name FROM member m JOIN
        (SELECT author_id FROM post WHERE platform_id = $1 AND id = $2
         UNION SELECT author_id FROM comment WHERE platform_id = $1 AND post_id = $2 AND status = 'published') a
        ON a.author_id = m.id
    WHERE m.platform_id = $1 ORDER BY m.name, m.id LIMIT 200";
const FOR_YOU: &str = "SELECT r.reason, c.id, c.post_id, p.title, m.name AS author_name, c.created_at, c.html
    FROM comment_reader r
    JOIN comment c ON c.platform_id = r.platform_id AND c.id = r.comment_id
    JOIN post p ON p.platform_id = c.platform_id AND p.id = c.post_id
    JOIN member m ON m.platform_id = c.platform_id AND m.id = c.author_id
    WHERE r.platform_id = $1 AND r.member_id = $2 AND r.comment_id < $3
      AND c.status = 'published' AND p.status = 'published'
    ORDER BY r.comment_id DESC LIMIT $4";

const NOW: &str = "SELECT c.post_id, p.title, c.body, m.name AS author_name, c.version
    FROM comment c
    JOIN post p ON p.platform_id = c.platform_id AND p.id = c.post_id
    JOIN member m ON m.platform_id = c.platform_id AND m.id = c.author_id
    WHERE c.platform_id = $1 AND c.id = $2 AND c.status IN ('published', 'held')";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn comment_statements() -> [(&'static str, &'static str); 4] {
    [("conversation", CONVERSATION), ("changed comments", CHANGED), ("my part", MINE), ("for you", FOR_YOU)]
}

/// A comment that was meant for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForYou {
    pub comment: CommentId,
    pub post: PostId,
    pub post_title: String,
    pub author_name: String,
    pub at: domain::clock::Timestamp,
    /// Sanitised.
    pub html: String,
    /// They are named in it; else it answers something of theirs.
    pub mentioned: bool,
}

fn read_mine(rows: Vec<(i32, Uuid)>) -> Mine {
    let mut mine = Mine::default();
    for (what, id) in rows {
        match what {
            0 => mine.written.push(CommentId(id)),
            1 => mine.thanked.push(CommentId(id)),
            3 => {
                mine.written.push(CommentId(id));
                mine.held.push(CommentId(id));
            }
            _ => mine.thanked_post = true,
        }
    }
    mine
}

/// What stands beside a session (`dialect::sessions`).
pub(crate) fn listed_mine(json: Option<&str>) -> Result<Mine> {
    let Some(json) = json else { return Ok(Mine::default()) };
    known(serde_json::from_str(json).ok(), "comment", "the list", "a part").map(read_mine)
}

impl Tenant {
    /// One comment, in whatever state: the policy decides who may see it.
    pub async fn comment(&self, id: CommentId) -> Result<Option<Comment>> {
        let row: Option<CommentRow> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(comment).transpose()
    }

    /// One comment that is there as a case keeps it, with the title of its post.
    pub async fn comment_now(&self, id: CommentId) -> Result<Option<Snapshot>> {
        let row: Option<(Uuid, String, String, String, i64)> = read!(self, conn => sqlx::query_as(NOW)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        Ok(row.map(|(post, title, body, author_name, version)| Snapshot {
            kind: ContentKind::Comment.key().to_owned(),
            title,
            body,
            author_name,
            page: comment_page(PostId(post), id),
            version,
        }))
    }

    /// The comments of a post after `after` (its thread and its key), in reading order and in whatever state; at
    /// most `limit`.
    pub async fn conversation(
        &self,
        post: PostId,
        after: Option<(CommentId, CommentId)>,
        limit: i64,
    ) -> Result<Vec<Comment>> {
        let (thread, id) = after.map_or((Uuid::nil(), Uuid::nil()), |(thread, id)| (thread.0, id.0));
        let rows: Vec<CommentRow> = read!(self, conn => sqlx::query_as(CONVERSATION)
            .bind(self.platform().0).bind(post.0).bind(thread).bind(id).bind(limit)
            .fetch_all(conn).await)?;
        rows.into_iter().map(comment).collect()
    }

    /// The comments of a post that changed after the change number `since`, in the order of their changes.
    pub async fn changed_comments(&self, post: PostId, since: i64, limit: i64) -> Result<Vec<Comment>> {
        let rows: Vec<CommentRow> = read!(self, conn => sqlx::query_as(CHANGED)
            .bind(self.platform().0).bind(post.0).bind(since).bind(limit)
            .fetch_all(conn).await)?;
        rows.into_iter().map(comment).collect()
    }

    /// What of the conversation is this member's.
    pub async fn my_part(&self, post: PostId, member: MemberId) -> Result<Mine> {
        let rows: Vec<(i32, Uuid)> = read!(self, conn => sqlx::query_as(MINE)
            .bind(self.platform().0).bind(post.0).bind(member.0).fetch_all(conn).await)?;
        Ok(read_mine(rows))
    }

    /// Who takes part in the conversation, the post's author among them; two hundred at most.
    pub async fn people_of(&self, post: PostId) -> Result<Vec<Known>> {
        let rows: Vec<(Uuid, String)> = read!(self, conn => sqlx::query_as(PEOPLE)
            .bind(self.platform().0).bind(post.0).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(id, name)| Known { id: MemberId(id), name }).collect())
    }

    /// Comments that answer something of this member's or name them, newest first, before `before`.
    pub async fn comments_for(
        &self,
        member: MemberId,
        before: Option<CommentId>,
        limit: i64,
    ) -> Result<Vec<ForYou>> {
        let before = before.map_or(Uuid::max(), |id| id.0);
        let rows: Vec<(String, Uuid, Uuid, String, String, i64, String)> = read!(self, conn =>
            sqlx::query_as(FOR_YOU).bind(self.platform().0).bind(member.0).bind(before).bind(limit)
                .fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(reason, comment, post, post_title, author_name, at, html)| ForYou {
                comment: CommentId(comment),
                post: PostId(post),
                post_title,
                author_name,
                at: domain::clock::Timestamp(at),
                html,
                mentioned: reason == "mention",
            })
            .collect())
    }
}
