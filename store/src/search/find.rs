//! Finding posts and activities.

use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId, CommentId, MemberId, PostId, TopicId};
use domain::search::{FoundId, FoundKind, Place};
use uuid::Uuid;

use super::expression::{question, questions};
use super::file::moment;
use super::{Asked, CommentsWish, FoundComment};
use crate::conn::{Kind, read};
use crate::dialect::search as sql;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// A search looks at so much, the newest first; who has more before them narrows it.
pub const MOST_FOUND: usize = 500;

/// The choices beside a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    pub kind: Option<FoundKind>,
    /// With all that lies in it.
    pub area: Option<AreaId>,
    pub topic: Option<TopicId>,
    /// Published, or put into the agenda, from this moment on.
    pub from: Option<Timestamp>,
    /// The same before this moment.
    pub until: Option<Timestamp>,
}

/// A post or an activity that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: FoundId,
    /// Where it comes among the others.
    pub place: Place,
    pub kind: FoundKind,
    pub topic: Option<TopicId>,
    /// As who wrote it chose them; empty for the whole platform.
    pub areas: Vec<AreaId>,
    pub published_at: Timestamp,
    /// Nothing of it is to come.
    pub over: bool,
}

impl Found {
    /// All of the words stand in it, where only some had to ([`Asked::some`]).
    pub(super) const fn has_all(&self) -> bool {
        self.place.rank >= rank(4, true)
    }
}

/// Of what fits equally well, what is over comes last.
const fn rank(points: i64, over: bool) -> i64 {
    points * 2 + if over { 0 } else { 1 }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    points: i64,
    moment: i64,
    kind: String,
    topic_id: Option<Uuid>,
    area_ids: String,
    published_at: i64,
    /// Of an activity.
    last_at: Option<i64>,
}

/// A comment among what was found.
#[derive(sqlx::FromRow)]
struct Said {
    post_id: Option<Uuid>,
    title: Option<String>,
    author_name: Option<String>,
    author_id: Option<Uuid>,
    body: Option<String>,
}

#[derive(sqlx::FromRow)]
struct EitherRow {
    #[sqlx(flatten)]
    found: Row,
    #[sqlx(flatten)]
    said: Said,
}

fn said(row: &Row, said: Said) -> Option<FoundComment> {
    Some(FoundComment {
        id: CommentId(row.id),
        post: PostId(said.post_id?),
        post_title: said.title?,
        author: MemberId(said.author_id?),
        author_name: said.author_name?,
        at: Timestamp(row.published_at),
        body: said.body?,
        moment: row.moment,
    })
}

fn found(row: Row, now: Timestamp) -> Result<Found> {
    let kind = known(FoundKind::from_key(&row.kind), "post", "kind", row.id)?;
    let over = row.last_at.is_some_and(|last| last < now.0);
    Ok(Found {
        id: match kind {
            FoundKind::Post(_) => FoundId::Post(PostId(row.id)),
            FoundKind::Activity => FoundId::Activity(ActivityId(row.id)),
        },
        place: Place { rank: rank(row.points, over), moment: row.moment },
        kind,
        over,
        topic: row.topic_id.map(TopicId),
        areas: known(serde_json::from_str(&row.area_ids).ok(), "post", "area_ids", row.id)?,
        published_at: Timestamp(row.published_at),
    })
}

impl Tenant {
    /// What everybody may read and answers the question, the best first; among equals what is over last, and else the
    /// newest first. [`MOST_FOUND`] at most.
    pub async fn find(&self, asked: &Asked, narrowed: &Narrowed, now: Timestamp) -> Result<Vec<Found>> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let platform = self.platform();
        let [base, best, good, fair] = questions(self.kind(), platform, asked, narrowed);
        let from = narrowed.from.map_or(i64::MIN, moment);
        let until = narrowed.until.map_or(i64::MAX, moment);
        let most = i64::try_from(MOST_FOUND).unwrap_or(i64::MAX);
        let text = sql::found(self.kind());
        // The best plan is another for each word: PostgreSQL makes one for this question.
        let kept = self.kind() == Kind::Sqlite;
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(text)
            .bind(platform.0).bind(base).bind(best).bind(good).bind(fair)
            .bind(from).bind(until).bind(most)
            .persistent(kept).fetch_all(conn).await)?;
        best_first(rows, now)
    }

    /// The same, and the newest comments that answer `said`, in one statement.
    pub(super) async fn find_with_comments(
        &self,
        (asked, said_so): (&Asked, &Asked),
        narrowed: &Narrowed,
        most_comments: i64,
        now: Timestamp,
    ) -> Result<(Vec<Found>, Vec<FoundComment>)> {
        if asked.is_empty() || said_so.is_empty() {
            let wish = CommentsWish { before: None, most: most_comments };
            let found = self.find(asked, narrowed, now).await?;
            return Ok((found, self.find_comments(said_so, narrowed, wish).await?));
        }
        let (platform, kind) = (self.platform(), self.kind());
        let [base, best, good, fair] = questions(kind, platform, asked, narrowed);
        let from = narrowed.from.map_or(i64::MIN, moment);
        let until = narrowed.until.map_or(i64::MAX, moment);
        let most = i64::try_from(MOST_FOUND).unwrap_or(i64::MAX);
        let text = sql::found_with_comments(kind);
        let rows: Vec<EitherRow> = read!(self, conn => sqlx::query_as(text)
            .bind(platform.0).bind(base).bind(best).bind(good).bind(fair)
            .bind(from).bind(until).bind(most)
            .bind(question(kind, platform, said_so)).bind(narrowed.kind.map(FoundKind::key))
            .bind(narrowed.topic.map(|id| id.0)).bind(narrowed.area.map(|id| id.0)).bind(most_comments)
            .persistent(kind == Kind::Sqlite).fetch_all(conn).await)?;
        let (comments, rows): (Vec<EitherRow>, Vec<EitherRow>) =
            rows.into_iter().partition(|row| row.said.post_id.is_some());
        let mut comments: Vec<FoundComment> =
            comments.into_iter().filter_map(|row| said(&row.found, row.said)).collect();
        comments.sort_by_key(|comment| std::cmp::Reverse(comment.moment));
        Ok((best_first(rows.into_iter().map(|row| row.found), now)?, comments))
    }
}

fn best_first(rows: impl IntoIterator<Item = Row>, now: Timestamp) -> Result<Vec<Found>> {
    let mut all = rows.into_iter().map(|row| found(row, now)).collect::<Result<Vec<Found>>>()?;
    all.sort_by_key(|found| std::cmp::Reverse((found.place.rank, found.place.moment)));
    Ok(all)
}
