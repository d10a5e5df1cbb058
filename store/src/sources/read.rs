//! Reading what is known of calendars of others, and claiming those that are due.

use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId, MemberId, PlatformId, SourceId, TopicId};
use domain::sources::{Mark, Rhythm, Source, SourceStatus, State, Taken, Tally, Trouble};
use uuid::Uuid;

use crate::conn::{change_alone, read};
use crate::error::{Result, known};
use crate::store::Store;
use crate::tenant::Tenant;

macro_rules! source {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.owner_id, m.name AS owner_name, s.name, s.address, s.topic_id, s.area_ids, s.cost,
                s.rhythm, s.status, s.version, s.edition, s.read_at, s.tried_at, s.trouble, s.failures, s.due_at, s.etag,
                s.last_modified, s.tally, s.created_at, s.removed_at
             FROM calendar_source s JOIN member m ON m.platform_id = s.platform_id AND m.id = s.owner_id
             WHERE s.platform_id = $1 ",
            $rest
        )
    };
}

const ONE: &str = source!("AND s.id = $2");
const ALL: &str = source!("AND s.status = 'active'");
const TAKEN: &str = "SELECT i.uid, i.activity_id, i.fingerprint, a.status, a.removed_by, a.last_at
    FROM calendar_item i JOIN activity a ON a.platform_id = i.platform_id AND a.id = i.activity_id
    WHERE i.platform_id = $1 AND i.source_id = $2";
/// Whoever is second finds that it is not due any more.
const CLAIM: &str = "UPDATE calendar_source SET due_at = $2
    WHERE status = 'active' AND due_at <= $1 AND (platform_id, id) IN
        (SELECT platform_id, id FROM calendar_source WHERE status = 'active' AND due_at <= $1
         ORDER BY due_at LIMIT 1)
    RETURNING platform_id, id";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn source_statements() -> [(&'static str, &'static str); 2] {
    [("calendars of others", ALL), ("what was taken from one", TAKEN)]
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    owner_id: Uuid,
    owner_name: String,
    name: String,
    address: String,
    topic_id: Option<Uuid>,
    area_ids: String,
    cost: String,
    rhythm: String,
    status: String,
    version: i64,
    edition: i64,
    read_at: Option<i64>,
    tried_at: Option<i64>,
    trouble: String,
    failures: i64,
    due_at: Option<i64>,
    etag: String,
    last_modified: String,
    tally: String,
    created_at: i64,
    removed_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct TakenRow {
    uid: String,
    activity_id: Uuid,
    fingerprint: String,
    status: String,
    removed_by: Option<Uuid>,
    last_at: i64,
}

fn source(row: Row) -> Result<Source> {
    let areas: Option<Vec<AreaId>> = serde_json::from_str(&row.area_ids).ok();
    let tally: Option<Tally> = serde_json::from_str(&row.tally).ok();
    let trouble: Option<Option<Trouble>> = match row.trouble.as_str() {
        "" => Some(None),
        text => serde_json::from_str(text).ok(),
    };
    Ok(Source {
        id: SourceId(row.id),
        owner: MemberId(row.owner_id),
        owner_name: row.owner_name,
        name: row.name,
        address: row.address,
        topic: row.topic_id.map(TopicId),
        areas: known(areas, "calendar_source", "area_ids", row.id)?,
        cost: row.cost,
        status: known(SourceStatus::from_key(&row.status), "calendar_source", "status", row.id)?,
        rhythm: known(Rhythm::from_key(&row.rhythm), "calendar_source", "rhythm", row.id)?,
        version: row.version,
        edition: row.edition,
        state: State {
            read_at: row.read_at.map(Timestamp),
            tried_at: row.tried_at.map(Timestamp),
            trouble: known(trouble, "calendar_source", "trouble", row.id)?,
            failures: u32::try_from(row.failures).unwrap_or_default(),
            due_at: row.due_at.map(Timestamp),
            mark: Mark { tag: row.etag, modified: row.last_modified },
            tally: known(tally, "calendar_source", "tally", row.id)?,
        },
        created_at: Timestamp(row.created_at),
        removed_at: row.removed_at.map(Timestamp),
    })
}

impl Tenant {
    /// One calendar, removed or not: the policy decides who may see it.
    pub async fn source(&self, id: SourceId) -> Result<Option<Source>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(source).transpose()
    }

    /// All that are followed, in no order.
    pub async fn sources(&self) -> Result<Vec<Source>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(ALL)
            .bind(self.platform().0).fetch_all(conn).await)?;
        rows.into_iter().map(source).collect()
    }

    /// What was ever taken over from one, as it is now.
    pub async fn taken_from(&self, id: SourceId) -> Result<Vec<Taken>> {
        let rows: Vec<TakenRow> = read!(self, conn => sqlx::query_as(TAKEN)
            .bind(self.platform().0).bind(id.0).fetch_all(conn).await)?;
        let taken = |row: TakenRow| {
            let published = row.status == "published";
            Taken {
                uid: row.uid,
                activity: ActivityId(row.activity_id),
                fingerprint: row.fingerprint,
                published,
                by_hand: !published && row.removed_by.is_some(),
                last_at: Timestamp(row.last_at),
            }
        };
        Ok(rows.into_iter().map(taken).collect())
    }
}

impl Store {
    /// A calendar that is due, which is this process's alone until `until`.
    pub async fn claim_source(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<(PlatformId, SourceId)>> {
        let row: Option<(Uuid, Uuid)> = change_alone!(self, conn => sqlx::query_as(CLAIM)
            .bind(now.0).bind(until.0).fetch_optional(conn).await)?;
        Ok(row.map(|(platform, id)| (PlatformId(platform), SourceId(id))))
    }
}
