//! What a page shows of what a search found: one statement for posts and activities together.

use domain::activities::{OccurrenceChange, SeriesText};
use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId};
use domain::posts::PostSummary;
use domain::search::{FoundId, FoundKind};

use crate::conn::read;
use crate::error::{Result, known};
use crate::posts::{SummaryRow, summary, summary_of};
use crate::tenant::Tenant;

const CARDS_AT_MOST: usize = 20;

/// A page of what a search found. $2 now, $3 to $22 what. An activity comes once for each of its times to come that is
/// not as the others, and once when there is none.
pub(super) const CARDS: &str = concat!(
    summary_of!(
        ", p.body, NULL AS place, NULL AS starts, NULL AS minutes, NULL AS rule, NULL AS exceptions, NULL AS extra,
         NULL AS instead_of, NULL AS c_starts, NULL AS c_minutes, NULL AS c_cancelled, NULL AS c_place",
        "post p",
        "AND p.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"
    ),
    " UNION ALL
    SELECT a.id, 'activity', a.title, a.excerpt, a.topic_id, a.area_ids, a.scene, a.scene_alt, m.name, NULL, FALSE,
        a.created_at, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, a.body, a.place, a.starts, a.minutes, a.rule,
        a.exceptions, a.extra, c.instead_of, c.starts, c.minutes, c.cancelled, c.place
    FROM activity a
    JOIN member m ON m.platform_id = a.platform_id AND m.id = a.organiser_id
    LEFT JOIN activity_change c ON c.platform_id = a.platform_id AND c.activity_id = a.id AND c.last_at >= $2
    WHERE a.platform_id = $1 AND a.status = 'published'
      AND a.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"
);

/// What is shown of something that was found. Texts are Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Card {
    Post { summary: PostSummary, body: String },
    Activity(ActivityCard),
}

/// An activity that was found, with those of its times to come that are not as the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityCard {
    pub id: ActivityId,
    pub title: String,
    /// Markdown.
    pub body: String,
    pub areas: Vec<AreaId>,
    pub place: String,
    pub series: SeriesText,
    pub changes: Vec<OccurrenceChange>,
}

impl Card {
    pub const fn id(&self) -> FoundId {
        match self {
            Self::Post { summary, .. } => FoundId::Post(summary.id),
            Self::Activity(activity) => FoundId::Activity(activity.id),
        }
    }

    pub fn title(&self) -> &str {
        match self {
            Self::Post { summary, .. } => &summary.title,
            Self::Activity(activity) => &activity.title,
        }
    }

    pub fn body(&self) -> &str {
        match self {
            Self::Post { body, .. } => body,
            Self::Activity(activity) => &activity.body,
        }
    }
}

#[derive(sqlx::FromRow)]
struct CardRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    body: String,
    place: Option<String>,
    starts: Option<String>,
    minutes: Option<i64>,
    rule: Option<String>,
    exceptions: Option<String>,
    extra: Option<String>,
    instead_of: Option<String>,
    c_starts: Option<String>,
    c_minutes: Option<i64>,
    c_cancelled: Option<bool>,
    c_place: Option<String>,
}

fn minutes(stored: Option<i64>) -> u32 {
    stored.and_then(|minutes| u32::try_from(minutes).ok()).unwrap_or_default()
}

fn particular(row: &mut CardRow) -> Option<OccurrenceChange> {
    Some(OccurrenceChange {
        instead_of: row.instead_of.take()?,
        start: row.c_starts.take()?,
        minutes: minutes(row.c_minutes),
        cancelled: row.c_cancelled.unwrap_or_default(),
        place: row.c_place.take().unwrap_or_default(),
        note: String::new(),
    })
}

fn activity(row: CardRow, changes: Vec<OccurrenceChange>) -> Result<ActivityCard> {
    let found = row.summary;
    Ok(ActivityCard {
        id: ActivityId(found.id),
        areas: known(serde_json::from_str(&found.area_ids).ok(), "activity", "area_ids", found.id)?,
        title: found.title,
        body: row.body,
        place: row.place.unwrap_or_default(),
        series: SeriesText {
            start: row.starts.unwrap_or_default(),
            minutes: minutes(row.minutes),
            rule: row.rule.unwrap_or_default(),
            exceptions: row.exceptions.unwrap_or_default(),
            extra: row.extra.unwrap_or_default(),
        },
        changes,
    })
}

impl Tenant {
    /// What of these (twenty at most) everybody may read, with their texts; in no order.
    pub async fn search_cards(&self, found: &[FoundId], now: Timestamp) -> Result<Vec<Card>> {
        let mut ids = [uuid::Uuid::nil(); CARDS_AT_MOST];
        for (place, one) in ids.iter_mut().zip(found) {
            *place = one.key();
        }
        let platform = self.platform().0;
        let rows: Vec<CardRow> = read!(self, conn => {
            let mut query = sqlx::query_as(CARDS).bind(platform).bind(now.0);
            for id in ids {
                query = query.bind(id);
            }
            query.fetch_all(conn).await
        })?;
        let mut cards: Vec<Card> = Vec::new();
        for mut row in rows {
            let change = particular(&mut row);
            if row.summary.kind != FoundKind::Activity.key() {
                cards.push(Card::Post { summary: summary(row.summary)?, body: row.body });
                continue;
            }
            let known = cards.iter_mut().find_map(|card| match card {
                Card::Activity(activity) if activity.id.0 == row.summary.id => Some(activity),
                _ => None,
            });
            match known {
                Some(activity) => activity.changes.extend(change),
                None => cards.push(Card::Activity(activity(row, change.into_iter().collect())?)),
            }
        }
        Ok(cards)
    }
}
