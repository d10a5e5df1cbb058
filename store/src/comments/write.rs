//! Adding, changing and removing comments.

use domain::clock::Timestamp;
use domain::comments::CommentStatus;
use domain::id::{CaseId, CommentId, MemberId, PostId};
use domain::permit::Permit;
use domain::permit::action::{
    DecideCase, EditComment, RemoveComment, RestoreComment, SetComments, WriteComment,
};
use uuid::Uuid;

use crate::conn::change;
use crate::error::{Error, Result};
use crate::search::{FiledComment, file_comments, forget_comment};
use crate::tenant::{Saved, Write};

/// Counts the change, and holds the conversation until the end of the transaction: changes get their numbers in the
/// order in which they become visible. $3 is how many comments more, $4 how many thanks, $5 how many changes.
const COUNT: &str = "INSERT INTO conversation (platform_id, post_id, comments, thanks, version)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (platform_id, post_id) DO UPDATE
    SET comments = conversation.comments + $3, thanks = conversation.thanks + $4,
        version = conversation.version + $5
    RETURNING version, closed";
const SAME_SINCE: &str = "SELECT id FROM comment
    WHERE platform_id = $1 AND author_id = $2 AND post_id = $3 AND created_at > $4 AND body = $5
      AND status IN ('published', 'held')
    ORDER BY id LIMIT 1";
/// What everybody can read; and of $4 what waits, to tell them so.
const THREAD: &str = "SELECT c.thread_id, t.author_id, c.status FROM comment c
    JOIN comment t ON t.platform_id = c.platform_id AND t.id = c.thread_id
    WHERE c.platform_id = $1 AND c.id = $2 AND c.post_id = $3
      AND (c.status = 'published' OR (c.status = 'held' AND c.author_id = $4))";
const INSERT: &str = "INSERT INTO comment
        (platform_id, id, post_id, thread_id, author_id, status, version, changed_in, created_at, html, body, held)
    VALUES ($1, $2, $3, $4, $5, $10, 1, $6, $7, $8, $9, $11)";
const READER: &str = "INSERT INTO comment_reader (platform_id, member_id, comment_id, reason)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const UPDATE: &str = "UPDATE comment
    SET html = $4, body = $5, edited_at = $6, version = version + 1,
        changed_in = CASE WHEN status = 'held' THEN changed_in ELSE $7 END
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status IN ('published', 'held')
    RETURNING created_at";
/// Only one's own, and only what everybody could read.
const HOLD: &str = "UPDATE comment SET status = 'held', held = TRUE
    WHERE platform_id = $1 AND id = $2 AND author_id = $3 AND status = 'published'";
/// The comment that a case is about: for everybody.
const RELEASE: &str =
    "UPDATE comment SET status = 'published', held = FALSE, changed_in = $4, version = version + 1
    WHERE platform_id = $1 AND post_id = $3 AND status = 'held'
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'comment')";
/// What its author took away meanwhile stays away; they can put it back now.
const RELEASE_REMOVED: &str = "UPDATE comment SET held = FALSE
    WHERE platform_id = $1 AND post_id = $3 AND held
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'comment')";
const REMOVE: &str = "UPDATE comment
    SET status = 'removed', removed_at = $3, removed_by = $4, changed_in = $5, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'published'";
/// The mark stays when its author takes it away, and goes when a moderator has looked.
const REMOVE_HELD: &str = "UPDATE comment
    SET status = 'removed', removed_at = $3, removed_by = $4, version = version + 1,
        held = CASE WHEN author_id = $4 THEN held ELSE FALSE END
    WHERE platform_id = $1 AND id = $2 AND status = 'held'";
const RESTORE: &str = "UPDATE comment
    SET status = 'published', removed_at = NULL, removed_by = NULL, changed_in = $4, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'removed' AND removed_by = $3 AND body <> '' AND NOT held";
const RESTORE_HELD: &str = "UPDATE comment
    SET status = 'held', removed_at = NULL, removed_by = NULL, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'removed' AND removed_by = $3 AND body <> '' AND held";
const SET_CLOSED: &str = "INSERT INTO conversation (platform_id, post_id, closed, version)
    VALUES ($1, $2, $3, 1)
    ON CONFLICT (platform_id, post_id) DO UPDATE SET closed = $3, version = conversation.version + 1";

/// A comment about to be published.
#[derive(Clone, Copy, Debug)]
pub struct NewComment<'a> {
    pub id: CommentId,
    pub post: PostId,
    /// Who wrote the post: the comment is for them.
    pub post_author: MemberId,
    /// The comment it answers, which may be a reply itself: the thread is the same.
    pub reply_to: Option<CommentId>,
    /// Members who are named in it.
    pub mentions: &'a [MemberId],
    /// Sanitised.
    pub html: &'a str,
    pub body: &'a str,
    /// It waits for somebody to look at it: only its author sees it.
    pub held: bool,
    pub at: Timestamp,
    /// The same text by the same member after this moment is a double click.
    pub twice_since: Timestamp,
}

/// A comment as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct CommentEntry<'a> {
    pub id: CommentId,
    /// The comment that began the thread: itself, or one that is there.
    pub thread: CommentId,
    pub author: MemberId,
    /// Sanitised.
    pub html: &'a str,
    pub body: &'a str,
    pub at: Timestamp,
}

impl CommentEntry<'_> {
    pub(super) const fn filed(&self) -> FiledComment<'_> {
        FiledComment { id: self.id, at: self.at, body: self.body }
    }
}

/// What became of a new comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Done,
    /// The same was added a moment ago, as this one.
    Twice(CommentId),
    /// The conversation was closed meanwhile.
    Closed,
    /// What it answers is not there any more.
    Gone,
    /// What it answers is their own, and still waits for somebody to look at it.
    Waits,
}

/// Where a comment goes.
enum Thread {
    /// Into the one that this comment began, which is by somebody, or is the new one itself.
    In(CommentId, Option<MemberId>),
    Gone,
    Waits,
}

impl Write {
    /// Adds a comment. Only after [`Added::Done`] there is something to commit.
    pub async fn insert_comment(
        &mut self,
        permit: &Permit<WriteComment>,
        new: &NewComment<'_>,
    ) -> Result<Added> {
        self.allow_for(permit, new.post.0)?;
        let author = self.actor(permit)?;
        let platform = self.platform().0;
        let (changed_in, closed) = self.count_change(new.post, i64::from(!new.held), 0).await?;
        if closed {
            return Ok(Added::Closed);
        }
        let same: Option<Uuid> = change!(self, conn => sqlx::query_scalar(SAME_SINCE)
            .bind(platform).bind(author.0).bind(new.post.0).bind(new.twice_since.0).bind(new.body)
            .fetch_optional(conn).await)?;
        if let Some(first) = same {
            return Ok(Added::Twice(CommentId(first)));
        }
        let (thread, began_by) = match self.thread_of(new, author).await? {
            Thread::In(thread, began_by) => (thread, began_by),
            Thread::Gone => return Ok(Added::Gone),
            Thread::Waits => return Ok(Added::Waits),
        };
        let entry = CommentEntry { id: new.id, thread, author, html: new.html, body: new.body, at: new.at };
        self.insert_entry(new.post, &entry, (!new.held).then_some(changed_in)).await?;
        file_comments(self, &[entry.filed()]).await?;
        let answered = began_by.into_iter().chain([new.post_author]);
        self.tell_readers((new.id, author), new.mentions, answered).await?;
        self.touch();
        Ok(Added::Done)
    }

    /// Without a number it is held: readers are not told of it.
    pub(super) async fn insert_entry(
        &mut self,
        post: PostId,
        entry: &CommentEntry<'_>,
        changed_in: Option<i64>,
    ) -> Result<()> {
        let platform = self.platform().0;
        let held = changed_in.is_none();
        let status = if held { CommentStatus::Held } else { CommentStatus::Published };
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(entry.id.0).bind(post.0).bind(entry.thread.0).bind(entry.author.0)
            .bind(changed_in.unwrap_or(0)).bind(entry.at.0).bind(entry.html).bind(entry.body)
            .bind(status.key()).bind(held)
            .execute(conn).await.map(|_| ()))
    }

    /// Whose page tells of a comment, each once: not that of who wrote it.
    pub(super) async fn tell_readers(
        &mut self,
        (comment, author): (CommentId, MemberId),
        named: &[MemberId],
        answered: impl IntoIterator<Item = MemberId, IntoIter: Send>,
    ) -> Result<()> {
        let platform = self.platform().0;
        let named = named.iter().map(|member| (*member, "mention"));
        let answered = answered.into_iter().map(|member| (member, "answer"));
        for (member, reason) in named.chain(answered).filter(|(member, _)| *member != author) {
            change!(self, conn => sqlx::query(READER)
                .bind(platform).bind(member.0).bind(comment.0).bind(reason)
                .execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    async fn thread_of(&mut self, new: &NewComment<'_>, author: MemberId) -> Result<Thread> {
        let Some(reply_to) = new.reply_to else { return Ok(Thread::In(new.id, None)) };
        let platform = self.platform().0;
        let found: Option<(Uuid, Uuid, String)> = change!(self, conn => sqlx::query_as(THREAD)
            .bind(platform).bind(reply_to.0).bind(new.post.0).bind(author.0).fetch_optional(conn).await)?;
        Ok(match found {
            None => Thread::Gone,
            Some((_, _, status)) if status == CommentStatus::Held.key() => Thread::Waits,
            Some((thread, began_by, _)) => Thread::In(CommentId(thread), Some(MemberId(began_by))),
        })
    }

    /// Saves a text as a new version, unless somebody was faster.
    pub async fn update_comment(
        &mut self,
        permit: &Permit<EditComment>,
        (post, id): (PostId, CommentId),
        expected_version: i64,
        (html, body): (&str, &str),
        at: Timestamp,
    ) -> Result<Saved> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let (changed_in, _) = self.count_change(post, 0, 0).await?;
        let written: Option<i64> = change!(self, conn => sqlx::query_scalar(UPDATE)
            .bind(platform).bind(id.0).bind(expected_version).bind(html).bind(body).bind(at.0)
            .bind(changed_in).fetch_optional(conn).await)?;
        let Some(written) = written else { return Ok(Saved::Stale) };
        forget_comment(self, id).await?;
        file_comments(self, &[FiledComment { id, at: Timestamp(written), body }]).await?;
        self.touch();
        Ok(Saved::Done { version: expected_version + 1 })
    }

    /// Keeps a comment of the permit's member back until a moderator has looked; in the transaction that changed it.
    /// `false` when it was kept back already.
    pub async fn hold_changed_comment(
        &mut self,
        permit: &Permit<EditComment>,
        (post, id): (PostId, CommentId),
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let author = self.actor(permit)?;
        let platform = self.platform().0;
        let held = change!(self, conn => sqlx::query(HOLD)
            .bind(platform).bind(id.0).bind(author.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if held > 0 {
            // Readers are told of the change that it was held with.
            self.count_changes(post, -1, 0, 0).await?;
            self.touch();
        }
        Ok(held > 0)
    }

    /// Lets go of the held comment that a case is about; whether everybody can read it now.
    pub async fn release_comment(
        &mut self,
        permit: &Permit<DecideCase>,
        case: CaseId,
        post: PostId,
    ) -> Result<bool> {
        self.allow_for(permit, case.0)?;
        let platform = self.platform().0;
        let (changed_in, _) = self.count_change(post, 0, 0).await?;
        let released = change!(self, conn => sqlx::query(RELEASE)
            .bind(platform).bind(case.0).bind(post.0).bind(changed_in)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if released > 0 {
            self.count_changes(post, 1, 0, 0).await?;
            self.touch();
        } else {
            change!(self, conn => sqlx::query(RELEASE_REMOVED)
                .bind(platform).bind(case.0).bind(post.0)
                .execute(conn).await.map(|_| ()))?;
        }
        Ok(released > 0)
    }

    /// Takes a comment away; `false` when it was gone already, and then there is nothing to commit.
    pub async fn remove_comment(
        &mut self,
        permit: &Permit<RemoveComment>,
        (post, id): (PostId, CommentId),
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let (changed_in, _) = self.count_change(post, 0, 0).await?;
        let mut changed = change!(self, conn => sqlx::query(REMOVE)
            .bind(platform).bind(id.0).bind(at.0).bind(by.0).bind(changed_in)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.count_changes(post, -1, 0, 0).await?;
        } else {
            changed = change!(self, conn => sqlx::query(REMOVE_HELD)
                .bind(platform).bind(id.0).bind(at.0).bind(by.0)
                .execute(conn).await.map(|done| done.rows_affected()))?;
        }
        self.touch();
        Ok(changed > 0)
    }

    /// Puts back a comment that `removed_by` took away, held if it was; `false` when it was not removed, or by somebody else
    /// meanwhile, or so long ago that its text is gone; and then there is nothing to commit.
    pub async fn restore_comment(
        &mut self,
        permit: &Permit<RestoreComment>,
        (post, id): (PostId, CommentId),
        removed_by: MemberId,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let (changed_in, _) = self.count_change(post, 0, 0).await?;
        let mut changed = change!(self, conn => sqlx::query(RESTORE)
            .bind(platform).bind(id.0).bind(removed_by.0).bind(changed_in)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.count_changes(post, 1, 0, 0).await?;
        } else {
            changed = change!(self, conn => sqlx::query(RESTORE_HELD)
                .bind(platform).bind(id.0).bind(removed_by.0)
                .execute(conn).await.map(|done| done.rows_affected()))?;
        }
        self.touch();
        Ok(changed > 0)
    }

    /// Ends the conversation under a post, or opens it again.
    pub async fn set_comments_closed(
        &mut self,
        permit: &Permit<SetComments>,
        post: PostId,
        closed: bool,
    ) -> Result<()> {
        self.allow_for(permit, post.0)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(SET_CLOSED)
            .bind(platform).bind(post.0).bind(closed).execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(())
    }

    /// The number of a change to a conversation, and whether the conversation is closed.
    pub(super) async fn count_change(
        &mut self,
        post: PostId,
        comments: i64,
        thanks: i64,
    ) -> Result<(i64, bool)> {
        self.count_changes(post, comments, thanks, 1).await
    }

    /// The same for so many changes together; the number is that of the last.
    pub(super) async fn count_changes(
        &mut self,
        post: PostId,
        comments: i64,
        thanks: i64,
        changes: i64,
    ) -> Result<(i64, bool)> {
        let platform = self.platform().0;
        let counted: Option<(i64, bool)> = change!(self, conn => sqlx::query_as(COUNT)
            .bind(platform).bind(post.0).bind(comments).bind(thanks).bind(changes)
            .fetch_optional(conn).await)?;
        counted.ok_or(Error::Broken)
    }
}
