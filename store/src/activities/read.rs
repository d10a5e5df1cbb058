//! Reading activities. The window is one range of one index, and brings what is particular along.

use std::collections::BTreeMap;

use domain::activities::{
    Activity, ActivityStatus, ActivitySummary, ActivityText, Audience, OccurrenceChange, SeriesText, Spoken,
    keys_of,
};
use domain::clock::Timestamp;
use domain::geo::Point;
use domain::id::{ActivityId, AreaId, MemberId, SourceId, TopicId};
use domain::posts::scene::Scene;
use domain::sources::ComesFrom;
use uuid::Uuid;

use crate::activities::registration::rules;
use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// What can happen from $2 until before $3, each with its times that are particular and have to do with that time.
const WINDOW: &str = "SELECT a.id, a.topic_id, a.area_ids, a.title, a.excerpt, a.place, a.wheelchair, a.online,
        a.cost, a.audience, a.languages, a.scene, a.starts, a.minutes, a.rule, a.exceptions, a.extra, a.version,
        a.changed_at, a.latitude, a.longitude, c.instead_of, c.starts AS c_starts, c.minutes AS c_minutes, c.cancelled AS c_cancelled,
        c.place AS c_place, c.note AS c_note
    FROM activity a
    LEFT JOIN activity_change c ON c.platform_id = a.platform_id AND c.activity_id = a.id
        AND c.first_at < $3 AND c.last_at >= $2
    WHERE a.platform_id = $1 AND a.status = 'published' AND a.last_at >= $2 AND a.first_at < $3";
pub(super) const ONE: &str = "SELECT a.id, a.status, a.organiser_id, COALESCE(s.name, m.name) AS organiser_name, a.topic_id, a.area_ids, a.title,
        a.excerpt, a.html, a.body, a.place, a.wheelchair, a.online, a.cost, a.audience, a.languages, a.scene,
        a.scene_alt, a.starts, a.minutes, a.rule, a.exceptions, a.extra, a.version, a.created_at, a.changed_at,
        a.removed_by, a.moderated, a.previous_id, a.next_id, a.latitude, a.longitude, a.registration,
        i.source_id, i.url AS source_url
    FROM activity a JOIN member m ON m.platform_id = a.platform_id AND m.id = a.organiser_id
    LEFT JOIN calendar_item i ON i.platform_id = a.platform_id AND i.activity_id = a.id
    LEFT JOIN calendar_source s ON s.platform_id = i.platform_id AND s.id = i.source_id
    WHERE a.platform_id = $1 AND a.id = $2";
pub(super) const CHANGES: &str =
    "SELECT instead_of, starts, minutes, cancelled, place, note FROM activity_change
    WHERE platform_id = $1 AND activity_id = $2 ORDER BY instead_of";

/// What a site map says of what is to come after $2; what ends first comes first.
const ADDRESSES: &str = "SELECT id, changed_at FROM activity
    WHERE platform_id = $1 AND status = 'published' AND last_at >= $2
    ORDER BY last_at LIMIT $3";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn activity_statements() -> [(&'static str, &'static str); 4] {
    [
        ("activities in a window", WINDOW),
        ("particular times of an activity", CHANGES),
        ("addresses of activities", ADDRESSES),
        ("versions of an activity", super::versions::VERSIONS),
    ]
}

#[derive(sqlx::FromRow)]
struct WindowRow {
    id: Uuid,
    topic_id: Option<Uuid>,
    area_ids: String,
    title: String,
    excerpt: String,
    place: String,
    wheelchair: bool,
    online: String,
    cost: String,
    audience: String,
    languages: String,
    scene: Option<String>,
    starts: String,
    minutes: i64,
    rule: String,
    exceptions: String,
    extra: String,
    version: i64,
    changed_at: i64,
    latitude: Option<i64>,
    longitude: Option<i64>,
    instead_of: Option<String>,
    c_starts: Option<String>,
    c_minutes: Option<i64>,
    c_cancelled: Option<bool>,
    c_place: Option<String>,
    c_note: Option<String>,
}

#[derive(sqlx::FromRow)]
pub(super) struct OneRow {
    id: Uuid,
    status: String,
    organiser_id: Uuid,
    organiser_name: String,
    topic_id: Option<Uuid>,
    area_ids: String,
    title: String,
    excerpt: String,
    html: String,
    body: String,
    place: String,
    wheelchair: bool,
    online: String,
    cost: String,
    audience: String,
    languages: String,
    scene: Option<String>,
    scene_alt: String,
    starts: String,
    minutes: i64,
    rule: String,
    exceptions: String,
    extra: String,
    version: i64,
    created_at: i64,
    changed_at: i64,
    removed_by: Option<Uuid>,
    moderated: bool,
    previous_id: Option<Uuid>,
    next_id: Option<Uuid>,
    latitude: Option<i64>,
    longitude: Option<i64>,
    registration: String,
    source_id: Option<Uuid>,
    source_url: Option<String>,
}

pub(super) type ChangeRow = (String, String, i64, bool, String, String);

fn minutes(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

/// What is stored was checked; what no map shows is left out.
fn point(latitude: Option<i64>, longitude: Option<i64>) -> Option<Point> {
    Point::new(i32::try_from(latitude?).ok()?, i32::try_from(longitude?).ok()?)
}

fn areas(text: &str, row: Uuid) -> Result<Vec<AreaId>> {
    known(serde_json::from_str(text).ok(), "activity", "area_ids", row)
}

fn change((instead_of, start, lasts, cancelled, place, note): ChangeRow) -> OccurrenceChange {
    OccurrenceChange { instead_of, start, minutes: minutes(lasts), cancelled, place, note }
}

fn summary(row: WindowRow) -> Result<ActivitySummary> {
    Ok(ActivitySummary {
        id: ActivityId(row.id),
        areas: areas(&row.area_ids, row.id)?,
        title: row.title,
        excerpt: row.excerpt,
        topic: row.topic_id.map(TopicId),
        place: row.place,
        point: point(row.latitude, row.longitude),
        wheelchair: row.wheelchair,
        online: row.online,
        cost: row.cost,
        audience: keys_of(&row.audience, Audience::from_key),
        languages: keys_of(&row.languages, Spoken::from_key),
        scene: row.scene.as_deref().and_then(Scene::from_key),
        version: row.version,
        changed_at: Timestamp(row.changed_at),
        series: SeriesText {
            start: row.starts,
            minutes: minutes(row.minutes),
            rule: row.rule,
            exceptions: row.exceptions,
            extra: row.extra,
        },
        changes: Vec::new(),
    })
}

/// An activity from its row and those of its particular times.
pub(super) fn whole(row: OneRow, changes: Vec<ChangeRow>) -> Result<Activity> {
    // What comes from a calendar of others is organised by those.
    let source = row.source_id.map(|source| ComesFrom {
        id: SourceId(source),
        name: row.organiser_name.clone(),
        url: row.source_url.unwrap_or_default(),
    });
    Ok(Activity {
        id: ActivityId(row.id),
        source,
        text: ActivityText {
            areas: areas(&row.area_ids, row.id)?,
            title: row.title,
            body: row.body,
            topic: row.topic_id.map(TopicId),
            place: row.place,
            point: point(row.latitude, row.longitude),
            wheelchair: row.wheelchair,
            online: row.online,
            cost: row.cost,
            audience: keys_of(&row.audience, Audience::from_key),
            languages: keys_of(&row.languages, Spoken::from_key),
            scene: row.scene.as_deref().and_then(Scene::from_key),
            scene_alt: row.scene_alt,
            registration: rules(&row.registration, row.id)?,
        },
        html: row.html,
        excerpt: row.excerpt,
        series: SeriesText {
            start: row.starts,
            minutes: minutes(row.minutes),
            rule: row.rule,
            exceptions: row.exceptions,
            extra: row.extra,
        },
        changes: changes.into_iter().map(change).collect(),
        status: known(ActivityStatus::from_key(&row.status), "activity", "status", row.id)?,
        organiser: MemberId(row.organiser_id),
        organiser_name: row.organiser_name,
        version: row.version,
        created_at: Timestamp(row.created_at),
        changed_at: Timestamp(row.changed_at),
        removed_by: row.removed_by.map(MemberId),
        moderated: row.moderated,
        previous: row.previous_id.map(ActivityId),
        next: row.next_id.map(ActivityId),
    })
}

impl Tenant {
    /// Published activities that can happen from `from` until before `to`, by key: those that began earlier and are
    /// not over are among them. Whether they do happen then, their series says.
    pub async fn activities_in(&self, from: Timestamp, to: Timestamp) -> Result<Vec<ActivitySummary>> {
        let rows: Vec<WindowRow> = read!(self, conn => sqlx::query_as(WINDOW)
            .bind(self.platform().0).bind(from.0).bind(to.0).fetch_all(conn).await)?;
        let mut found: BTreeMap<Uuid, ActivitySummary> = BTreeMap::new();
        for mut row in rows {
            let particular = match (row.instead_of.take(), row.c_starts.take()) {
                (Some(instead_of), Some(start)) => Some(OccurrenceChange {
                    instead_of,
                    start,
                    minutes: minutes(row.c_minutes.unwrap_or_default()),
                    cancelled: row.c_cancelled.unwrap_or_default(),
                    place: row.c_place.take().unwrap_or_default(),
                    note: row.c_note.take().unwrap_or_default(),
                }),
                _ => None,
            };
            let id = row.id;
            let activity = match found.entry(id) {
                std::collections::btree_map::Entry::Occupied(there) => there.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => free.insert(summary(row)?),
            };
            activity.changes.extend(particular);
        }
        Ok(found.into_values().collect())
    }

    /// Published activities that are not over, with the moment of their last change: for site maps.
    pub async fn activity_addresses(
        &self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<(ActivityId, Timestamp)>> {
        let rows: Vec<(Uuid, i64)> = read!(self, conn => sqlx::query_as(ADDRESSES)
            .bind(self.platform().0).bind(now.0).bind(limit).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(id, at)| (ActivityId(id), Timestamp(at))).collect())
    }

    /// One activity with all that is particular, in whatever state: the policy decides who may see it.
    pub async fn activity(&self, id: ActivityId) -> Result<Option<Activity>> {
        let row: Option<OneRow> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        let Some(row) = row else { return Ok(None) };
        let changes: Vec<ChangeRow> = read!(self, conn => sqlx::query_as(CHANGES)
            .bind(self.platform().0).bind(id.0).fetch_all(conn).await)?;
        whole(row, changes).map(Some)
    }
}
