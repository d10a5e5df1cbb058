//! Retention: what is kept no longer than it is needed.

use domain::clock::{Span, Timestamp};
use domain::limits::{DRAFT_AFTERWARDS, REGISTRATIONS_KEPT, SOURCE_AFTERWARDS};
use domain::moderation::APPEAL_WITHIN;

use crate::conn::change_alone;
use crate::error::Result;
use crate::store::Store;

/// Removed posts and comments can be put back for this long.
const REMOVED_POSTS: Span = Span::days(30);
const UNTOUCHED_DRAFTS: Span = Span::days(90);
/// Long enough to answer "did my mail go out?".
const SENT_MAIL: Span = Span::days(7);
/// Long enough to answer for what was done with it (DSA, article 24 asks for yearly figures).
const CASES: Span = Span::days(400);
/// What a moderator took away can be put back for as long as its author may object, and a month more.
const KEPT_BACK_POSTS: Span = Span(APPEAL_WITHIN.0 + Span::days(31).0);

const CHALLENGES: &str = "DELETE FROM challenge WHERE expires_at < $1";
const FLASHES: &str = "DELETE FROM flash WHERE expires_at < $1";
const SESSIONS: &str = "DELETE FROM session WHERE ends_at < $1";
const WINDOWS: &str = "DELETE FROM rate_window WHERE ends_at < $1";
const DRAFTS: &str = "DELETE FROM draft WHERE updated_at < $1 AND state <> 'scheduled'";
const FINISHED_DRAFTS: &str =
    "DELETE FROM draft WHERE updated_at < $1 AND state IN ('published', 'discarded')";
/// The row stays, without anything personal, so that it is still known that a mail went out.
const MAIL: &str =
    "UPDATE mail SET text_body = '', html_body = '', calendar = '', to_name = '', to_address = '', subject = ''
    WHERE state IN ('sent', 'failed', 'uncertain') AND created_at < $1 AND to_address <> ''";
/// The row stays where replies hang on it; what was said does not.
const COMMENTS: &str = "UPDATE comment SET html = '', body = ''
    WHERE status = 'removed' AND removed_at < $1 AND body <> ''";
const WORDS_OF_COMMENTS: &str = "DELETE FROM search_comment WHERE (platform_id, comment_id) IN
    (SELECT platform_id, id FROM comment WHERE status = 'removed' AND removed_at < $1 AND body <> '')";
const OLD_CASES: &str = "DELETE FROM moderation_case WHERE created_at < $1";
const ADDRESSES_OF_NOTICES: &str =
    "UPDATE notice SET email = NULL WHERE follow_until < $1 AND email IS NOT NULL";
const SETTLED: &str = "UPDATE moderation_case SET status = 'closed', version = version + 1 WHERE status = 'decided' AND decided_at < $1";
/// Their files go with them, later: see `Store::loose_photos`.
const PHOTOS_OF_POSTS: &str = "UPDATE photo SET post_id = NULL, created_at = 0
    WHERE post_id IS NOT NULL AND EXISTS (SELECT 1 FROM post WHERE post.platform_id = photo.platform_id
        AND post.id = photo.post_id AND post.status = 'removed' AND post.removed_at < $1 AND post.moderated IS NULL)";
const PHOTOS_OF_KEPT_BACK: &str = "UPDATE photo SET post_id = NULL, created_at = 0
    WHERE post_id IS NOT NULL AND EXISTS (SELECT 1 FROM post WHERE post.platform_id = photo.platform_id
        AND post.id = photo.post_id AND post.status = 'removed' AND post.removed_at < $1)";
const POSTS: &str = "DELETE FROM post WHERE status = 'removed' AND removed_at < $1 AND moderated IS NULL";
/// What somebody took away by hand and still is in the calendar of others that it came from has to be remembered: it
/// would come back.
const ACTIVITIES: &str = "DELETE FROM activity WHERE status = 'removed' AND removed_at < $1 AND NOT moderated
    AND (removed_by IS NULL OR NOT EXISTS (SELECT 1 FROM calendar_item i
        WHERE i.platform_id = activity.platform_id AND i.activity_id = activity.id))";
const KEPT_BACK_ACTIVITIES: &str = "DELETE FROM activity WHERE status = 'removed' AND removed_at < $1
    AND (removed_by IS NULL OR NOT EXISTS (SELECT 1 FROM calendar_item i
        WHERE i.platform_id = activity.platform_id AND i.activity_id = activity.id))";
/// What came from it and is over stays.
const SOURCES: &str = "DELETE FROM calendar_source WHERE status = 'removed' AND removed_at < $1";
/// Who registered, with their answers and links.
const ROUNDS: &str = "DELETE FROM registration_round WHERE ends_at < $1";
const KEPT_BACK: &str = "DELETE FROM post WHERE status = 'removed' AND removed_at < $1";

/// How many of each went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub challenges: u64,
    pub flashes: u64,
    pub sessions: u64,
    pub windows: u64,
    pub drafts: u64,
    pub mails: u64,
    pub posts: u64,
    pub comments: u64,
    pub activities: u64,
    /// Calendars of others.
    pub sources: u64,
    /// Times of activities of which nobody knows any more who registered.
    pub rounds: u64,
    /// Cases with their notices and decisions.
    pub cases: u64,
    /// Mail addresses of who gave notice, when there is nothing more to tell them.
    pub addresses: u64,
    /// Cases to which nobody can object any more.
    pub settled: u64,
}

impl Store {
    /// Deletes what is past its time, on all platforms.
    pub async fn sweep(&self, now: Timestamp) -> Result<Swept> {
        self.delete(PHOTOS_OF_POSTS, now.minus(REMOVED_POSTS)).await?;
        self.delete(PHOTOS_OF_KEPT_BACK, now.minus(KEPT_BACK_POSTS)).await?;
        let posts = self.delete(POSTS, now.minus(REMOVED_POSTS)).await?
            + self.delete(KEPT_BACK, now.minus(KEPT_BACK_POSTS)).await?;
        let activities = self.delete(ACTIVITIES, now.minus(REMOVED_POSTS)).await?
            + self.delete(KEPT_BACK_ACTIVITIES, now.minus(KEPT_BACK_POSTS)).await?;
        if posts + activities > 0 {
            self.forget_words().await?;
        }
        self.delete(WORDS_OF_COMMENTS, now.minus(REMOVED_POSTS)).await?;
        Ok(Swept {
            challenges: self.delete(CHALLENGES, now).await?,
            flashes: self.delete(FLASHES, now).await?,
            sessions: self.delete(SESSIONS, now).await?,
            windows: self.delete(WINDOWS, now).await?,
            drafts: self.delete(DRAFTS, now.minus(UNTOUCHED_DRAFTS)).await?
                + self.delete(FINISHED_DRAFTS, now.minus(DRAFT_AFTERWARDS)).await?,
            mails: self.delete(MAIL, now.minus(SENT_MAIL)).await?,
            comments: self.delete(COMMENTS, now.minus(REMOVED_POSTS)).await?,
            posts,
            activities,
            sources: self.delete(SOURCES, now.minus(SOURCE_AFTERWARDS)).await?,
            rounds: self.delete(ROUNDS, now.minus(REGISTRATIONS_KEPT)).await?,
            cases: self.delete(OLD_CASES, now.minus(CASES)).await?,
            addresses: self.delete(ADDRESSES_OF_NOTICES, now).await?,
            settled: self.delete(SETTLED, now.minus(APPEAL_WITHIN)).await?,
        })
    }

    async fn delete(&self, sql: &'static str, before: Timestamp) -> Result<u64> {
        change_alone!(self, conn => sqlx::query(sql)
            .bind(before.0).execute(conn).await.map(|done| done.rows_affected()))
    }
}
