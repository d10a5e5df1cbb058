//! Finding posts and activities.

use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId, PostId, TopicId};
use domain::search::{FoundId, FoundKind, Place};
use uuid::Uuid;

use super::Asked;
use super::expression::questions;
use super::file::moment;
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
        let mut all = rows.into_iter().map(|row| found(row, now)).collect::<Result<Vec<Found>>>()?;
        all.sort_by_key(|found| std::cmp::Reverse((found.place.rank, found.place.moment)));
        Ok(all)
    }
}
