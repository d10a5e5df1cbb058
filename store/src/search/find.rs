//! Finding posts.

use domain::clock::Timestamp;
use domain::id::{AreaId, PostId, TopicId};
use domain::posts::{PostKind, PostSummary};
use domain::search::Place;
use uuid::Uuid;

use super::Asked;
use super::expression::questions;
use super::file::moment;
use crate::conn::{Kind, read};
use crate::dialect::search as sql;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// A search looks at so many posts, the newest first; who has more before them narrows it.
pub const MOST_FOUND: usize = 500;

/// The choices beside a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    pub kind: Option<PostKind>,
    /// With all that lies in it.
    pub area: Option<AreaId>,
    pub topic: Option<TopicId>,
    /// Published from this moment on.
    pub from: Option<Timestamp>,
    /// Published before this moment.
    pub until: Option<Timestamp>,
}

/// A post that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: PostId,
    /// Where it comes among the others.
    pub place: Place,
    pub kind: PostKind,
    pub topic: Option<TopicId>,
    /// As its author chose them; empty for the whole platform.
    pub areas: Vec<AreaId>,
    pub published_at: Timestamp,
}

impl Found {
    /// All of the words stand in it, where only some had to ([`Asked::some`]).
    pub(super) const fn has_all(&self) -> bool {
        self.place.rank >= 4
    }
}

/// What is shown of a post that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub summary: PostSummary,
    /// Markdown.
    pub body: String,
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
}

fn found(row: Row) -> Result<Found> {
    Ok(Found {
        id: PostId(row.id),
        place: Place { rank: row.points, moment: row.moment },
        kind: known(PostKind::from_key(&row.kind), "post", "kind", row.id)?,
        topic: row.topic_id.map(TopicId),
        areas: known(serde_json::from_str(&row.area_ids).ok(), "post", "area_ids", row.id)?,
        published_at: Timestamp(row.published_at),
    })
}

impl Tenant {
    /// What everybody may read and answers the question, the best first and the newest first among equals;
    /// [`MOST_FOUND`] at most.
    pub async fn find_posts(&self, asked: &Asked, narrowed: &Narrowed) -> Result<Vec<Found>> {
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
        rows.into_iter().map(found).collect()
    }
}
