//! Reading posts. Every list is one range of one index: which one depends on the filter, and
//! `tests/query_plan.rs` watches it.

use domain::clock::Timestamp;
use domain::id::{MemberId, PostId};
use domain::paging::{Cursor, Page};
use domain::posts::filter::PostFilter;
use domain::posts::{Post, PostSummary};

use super::row::{PostRow, SummaryRow, post, summary};
use crate::conn::read;
use crate::error::Result;
use crate::tenant::Tenant;

/// Later than any post: where a list begins.
const BEGINNING: Cursor = Cursor { at: Timestamp(i64::MAX), id: PostId(uuid::Uuid::max()) };
/// As many as stay in sight above a list.
const SKIPPED: usize = 6;
const PINNED_AT_MOST: i64 = 6;

/// The columns of a card, and who wrote it; who pinned it only while the pin lasts ($2 is now).
macro_rules! summary_of {
    ($from:literal, $rest:literal) => {
        summary_of!("", $from, $rest)
    };
    ($more:literal, $from:literal, $rest:literal) => {
        concat!(
            "SELECT p.id, p.kind, p.title, p.excerpt, p.topic_id, p.area_ids, p.scene, p.scene_alt,
                m.name AS author_name, p.on_behalf_of, p.official, p.published_at, p.edited_at,
                b.name AS pinned_by_name, COALESCE(t.comments, 0) AS comments, COALESCE(t.thanks, 0) AS thanks,
                f.id AS cover_id, f.focal_x AS cover_x, f.focal_y AS cover_y, f.width AS cover_width",
            $more,
            " FROM ",
            $from,
            " JOIN member m ON m.platform_id = p.platform_id AND m.id = p.author_id
              LEFT JOIN conversation t ON t.platform_id = p.platform_id AND t.post_id = p.id
              LEFT JOIN photo f ON f.platform_id = p.platform_id AND f.post_id = p.id AND f.position = 0
              LEFT JOIN member b ON b.platform_id = p.platform_id AND b.id = p.pinned_by
                AND p.pinned_until > $2
              WHERE p.platform_id = $1 AND p.status = 'published' ",
            $rest
        )
    };
}

pub(crate) use summary_of;

/// The columns of a whole post.
macro_rules! post_of {
    ($from:literal, $rest:literal) => {
        concat!(
            "SELECT p.id, p.status, p.kind, p.topic_id, p.author_id, m.name AS author_name,
                p.on_behalf_of, p.official, p.version, p.published_at, p.edited_at, p.pinned_until,
                b.name AS pinned_by_name, p.pinned_by, p.removed_by, p.expires_at, p.area_ids, p.scene, p.scene_alt, p.title,
                p.excerpt, p.html, p.body, COALESCE(t.comments, 0) AS comments,
                COALESCE(t.version, 0) AS talk_version, COALESCE(t.thanks, 0) AS thanks,
                COALESCE(t.closed, FALSE) AS closed FROM ",
            $from,
            " JOIN member m ON m.platform_id = p.platform_id AND m.id = p.author_id
              LEFT JOIN conversation t ON t.platform_id = p.platform_id AND t.post_id = p.id
              LEFT JOIN member b ON b.platform_id = p.platform_id AND b.id = p.pinned_by
              WHERE p.platform_id = $1 ",
            $rest
        )
    };
}

// $2 now, $3 and $4 the cursor, $5 how many, $6 to $11 what stands on top already; then the parts of the filter.
const ALL: &str = summary_of!(
    "post p",
    "AND p.id NOT IN ($6, $7, $8, $9, $10, $11) AND (p.published_at, p.id) < ($3, $4)
     ORDER BY p.published_at DESC, p.id DESC LIMIT $5"
);
const BY_TOPIC: &str = summary_of!(
    "post p",
    "AND p.id NOT IN ($6, $7, $8, $9, $10, $11) AND (p.published_at, p.id) < ($3, $4)
     AND p.topic_id = $12 AND ($13 IS NULL OR p.kind = $13)
     ORDER BY p.published_at DESC, p.id DESC LIMIT $5"
);
const BY_KIND: &str = summary_of!(
    "post p",
    "AND p.id NOT IN ($6, $7, $8, $9, $10, $11) AND (p.published_at, p.id) < ($3, $4)
     AND p.kind = $12
     ORDER BY p.published_at DESC, p.id DESC LIMIT $5"
);
const BY_AREA: &str = summary_of!(
    "post_area a JOIN post p ON p.platform_id = a.platform_id AND p.id = a.post_id",
    "AND a.platform_id = $1 AND a.area_id = $12
     AND a.post_id NOT IN ($6, $7, $8, $9, $10, $11)
     AND (a.published_at, a.post_id) < ($3, $4)
     AND ($13 IS NULL OR p.topic_id = $13) AND ($14 IS NULL OR p.kind = $14)
     ORDER BY a.published_at DESC, a.post_id DESC LIMIT $5"
);
/// What somebody wrote in their own name.
const BY_AUTHOR: &str = summary_of!(
    "post p",
    "AND p.id NOT IN ($6, $7, $8, $9, $10, $11) AND (p.published_at, p.id) < ($3, $4)
     AND p.author_id = $12 AND p.on_behalf_of IS NULL
     AND ($13 IS NULL OR p.topic_id = $13) AND ($14 IS NULL OR p.kind = $14)
     AND ($15 IS NULL OR EXISTS (SELECT 1 FROM post_area a
          WHERE a.platform_id = p.platform_id AND a.post_id = p.id AND a.area_id = $15))
     ORDER BY p.published_at DESC, p.id DESC LIMIT $5"
);
/// Few rows and a partial index: the filter is applied to what is found. On top for everybody is what is for everybody;
/// what is for some areas is on top there.
const PINNED: &str = summary_of!(
    "post p",
    "AND p.pinned_until IS NOT NULL AND p.pinned_until > $2
     AND ($3 IS NULL OR p.topic_id = $3) AND ($4 IS NULL OR p.kind = $4)
     AND ($5 IS NOT NULL OR p.area_ids = '[]')
     AND ($5 IS NULL OR EXISTS (SELECT 1 FROM post_area a
          WHERE a.platform_id = p.platform_id AND a.post_id = p.id AND a.area_id = $5))
     AND ($7 IS NULL OR (p.author_id = $7 AND p.on_behalf_of IS NULL))
     ORDER BY p.published_at DESC, p.id DESC LIMIT $6"
);
/// What a site map says of a post.
const ADDRESSES: &str = "SELECT id, COALESCE(edited_at, published_at) FROM post
    WHERE platform_id = $1 AND status = 'published'
    ORDER BY published_at DESC, id DESC LIMIT $2";
const ONE: &str = post_of!("post p", "AND p.id = $2");
const RECENT: &str = post_of!(
    "post p",
    "AND p.status = 'published'
     ORDER BY p.published_at DESC, p.id DESC LIMIT $2"
);
const RECENT_BY_TOPIC: &str = post_of!(
    "post p",
    "AND p.status = 'published' AND p.topic_id = $3 AND ($4 IS NULL OR p.kind = $4)
     ORDER BY p.published_at DESC, p.id DESC LIMIT $2"
);
const RECENT_BY_KIND: &str = post_of!(
    "post p",
    "AND p.status = 'published' AND p.kind = $3
     ORDER BY p.published_at DESC, p.id DESC LIMIT $2"
);
const RECENT_BY_AREA: &str = post_of!(
    "post_area a JOIN post p ON p.platform_id = a.platform_id AND p.id = a.post_id",
    "AND a.platform_id = $1 AND p.status = 'published' AND a.area_id = $3
     AND ($4 IS NULL OR p.topic_id = $4) AND ($5 IS NULL OR p.kind = $5)
     ORDER BY a.published_at DESC, a.post_id DESC LIMIT $2"
);
const RECENT_BY_AUTHOR: &str = post_of!(
    "post p",
    "AND p.status = 'published' AND p.author_id = $3 AND p.on_behalf_of IS NULL
     AND ($4 IS NULL OR p.topic_id = $4) AND ($5 IS NULL OR p.kind = $5)
     AND ($6 IS NULL OR EXISTS (SELECT 1 FROM post_area a
          WHERE a.platform_id = p.platform_id AND a.post_id = p.id AND a.area_id = $6))
     ORDER BY p.published_at DESC, p.id DESC LIMIT $2"
);
/// Somebody of whom there is something to read.
const AUTHOR: &str = "SELECT m.name FROM member m WHERE m.platform_id = $1 AND m.id = $2
    AND EXISTS (SELECT 1 FROM post p WHERE p.platform_id = m.platform_id AND p.author_id = m.id
        AND p.status = 'published' AND p.on_behalf_of IS NULL)";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn list_statements() -> [(&'static str, &'static str); 12] {
    [
        ("all", ALL),
        ("by topic", BY_TOPIC),
        ("by kind", BY_KIND),
        ("by area", BY_AREA),
        ("by author", BY_AUTHOR),
        ("pinned", PINNED),
        ("addresses", ADDRESSES),
        ("recent", RECENT),
        ("recent by topic", RECENT_BY_TOPIC),
        ("recent by kind", RECENT_BY_KIND),
        ("recent by area", RECENT_BY_AREA),
        ("recent by author", RECENT_BY_AUTHOR),
    ]
}

impl Tenant {
    /// Published posts, newest first, without those that stand on top already (six at most are skipped).
    pub async fn list_posts(
        &self,
        filter: &PostFilter,
        on_top: &[PostId],
        now: Timestamp,
        limit: i64,
    ) -> Result<Page<PostSummary>> {
        let platform = self.platform().0;
        let after = filter.after.unwrap_or(BEGINNING);
        let (at, id, more) = (after.at.0, after.id.0, limit + 1);
        let mut skip = [uuid::Uuid::nil(); SKIPPED];
        for (place, post) in skip.iter_mut().zip(on_top) {
            *place = post.0;
        }
        let [s1, s2, s3, s4, s5, s6] = skip;
        let topic = filter.topic.map(|topic| topic.0);
        let kind = filter.kind.map(domain::posts::PostKind::key);
        let area = filter.area.map(|area| area.0);
        macro_rules! rows {
            ($text:expr $(, $part:expr)*) => {
                read!(self, conn => sqlx::query_as($text)
                    .bind(platform).bind(now.0).bind(at).bind(id).bind(more)
                    .bind(s1).bind(s2).bind(s3).bind(s4).bind(s5).bind(s6)
                    $(.bind($part))*
                    .fetch_all(conn).await)
            };
        }
        let rows: Vec<SummaryRow> = match (filter.author, area, topic, kind) {
            (Some(author), ..) => rows!(BY_AUTHOR, author.0, topic, kind, area)?,
            (None, Some(area), ..) => rows!(BY_AREA, area, topic, kind)?,
            (None, None, Some(topic), kind) => rows!(BY_TOPIC, topic, kind)?,
            (None, None, None, Some(kind)) => rows!(BY_KIND, kind)?,
            (None, None, None, None) => rows!(ALL)?,
        };
        page(rows, limit)
    }

    /// Published posts that are kept on top, newest first; at most six.
    pub async fn pinned_posts(&self, filter: &PostFilter, now: Timestamp) -> Result<Vec<PostSummary>> {
        let topic = filter.topic.map(|topic| topic.0);
        let kind = filter.kind.map(domain::posts::PostKind::key);
        let area = filter.area.map(|area| area.0);
        let rows: Vec<SummaryRow> = read!(self, conn => sqlx::query_as(PINNED)
            .bind(self.platform().0).bind(now.0).bind(topic).bind(kind).bind(area)
            .bind(PINNED_AT_MOST).bind(filter.author.map(|author| author.0)).fetch_all(conn).await)?;
        rows.into_iter().map(summary).collect()
    }

    /// The name of a member who published something in their own name; `None` for everybody else.
    pub async fn author_name(&self, member: MemberId) -> Result<Option<String>> {
        read!(self, conn => sqlx::query_scalar(AUTHOR)
            .bind(self.platform().0).bind(member.0).fetch_optional(conn).await)
    }

    /// The newest published posts with the moment of their last change: for site maps.
    pub async fn post_addresses(&self, limit: i64) -> Result<Vec<(PostId, Timestamp)>> {
        let rows: Vec<(uuid::Uuid, i64)> = read!(self, conn => sqlx::query_as(ADDRESSES)
            .bind(self.platform().0).bind(limit).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(id, at)| (PostId(id), Timestamp(at))).collect())
    }

    /// One post, in whatever state: the policy decides who may see it.
    pub async fn post(&self, id: PostId) -> Result<Option<Post>> {
        let row: Option<PostRow> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(post).transpose()
    }

    /// Whole published posts, newest first, whether on top or not: for feeds.
    pub async fn recent_posts(&self, filter: &PostFilter, limit: i64) -> Result<Vec<Post>> {
        let platform = self.platform().0;
        let topic = filter.topic.map(|topic| topic.0);
        let kind = filter.kind.map(domain::posts::PostKind::key);
        let area = filter.area.map(|area| area.0);
        let rows: Vec<PostRow> = match (filter.author, area, topic, kind) {
            (Some(author), ..) => read!(self, conn => sqlx::query_as(RECENT_BY_AUTHOR)
                .bind(platform).bind(limit).bind(author.0).bind(topic).bind(kind).bind(area)
                .fetch_all(conn).await)?,
            (None, Some(area), ..) => read!(self, conn => sqlx::query_as(RECENT_BY_AREA)
                .bind(platform).bind(limit).bind(area).bind(topic).bind(kind)
                .fetch_all(conn).await)?,
            (None, None, Some(topic), kind) => read!(self, conn => sqlx::query_as(RECENT_BY_TOPIC)
                .bind(platform).bind(limit).bind(topic).bind(kind).fetch_all(conn).await)?,
            (None, None, None, Some(kind)) => read!(self, conn => sqlx::query_as(RECENT_BY_KIND)
                .bind(platform).bind(limit).bind(kind).fetch_all(conn).await)?,
            (None, None, None, None) => read!(self, conn => sqlx::query_as(RECENT)
                .bind(platform).bind(limit).fetch_all(conn).await)?,
        };
        rows.into_iter().map(post).collect()
    }
}

/// One more was read than is shown, to know whether there is more.
fn page(mut rows: Vec<SummaryRow>, limit: i64) -> Result<Page<PostSummary>> {
    let size = usize::try_from(limit).unwrap_or(0);
    let more = rows.len() > size;
    rows.truncate(size);
    let items = rows.into_iter().map(summary).collect::<Result<Vec<PostSummary>>>()?;
    let next = items.last().filter(|_| more).map(|last| Cursor { at: last.published_at, id: last.id });
    Ok(Page { items, next })
}
