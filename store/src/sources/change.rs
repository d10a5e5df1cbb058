//! Changing what people say about a calendar of others. What came from it goes along, under its own address.

use domain::clock::Timestamp;
use domain::id::{ActivityId, SourceId};
use domain::permit::Permit;
use domain::permit::action::ManageSource;
use domain::sources::draft::SourceText;
use uuid::Uuid;

use crate::conn::change;
use crate::error::Result;
use crate::posts::id_list_text;
use crate::search::file_activity;
use crate::tenant::{Saved, Write};

/// What its server said belongs to the address. A reading that goes on meanwhile finds another version.
const CHANGE: &str = "UPDATE calendar_source
    SET etag = CASE WHEN address = $6 THEN etag ELSE '' END,
        last_modified = CASE WHEN address = $6 THEN last_modified ELSE '' END,
        name = $5, address = $6, topic_id = $7, area_ids = $8, cost = $9, rhythm = $10, due_at = $11,
        version = version + 1, edition = edition + 1
    WHERE platform_id = $1 AND id = $2 AND edition = $3 AND version = $4 AND status = 'active'";
/// Those that are elsewhere, or cost something else.
const UNLIKE: &str = "SELECT a.id FROM activity a
    JOIN calendar_item i ON i.platform_id = a.platform_id AND i.activity_id = a.id
    WHERE a.platform_id = $1 AND i.source_id = $2
        AND (a.topic_id IS DISTINCT FROM $3 OR a.area_ids <> $4 OR a.cost <> $5)";
const FOLLOW: &str = "UPDATE activity
    SET topic_id = $3, area_ids = $4, cost = $5, changed_at = $6, version = version + 1
    WHERE platform_id = $1 AND id = $2";

/// A change to what people say about a calendar.
#[derive(Clone, Copy, Debug)]
pub struct SourceChange<'a> {
    pub id: SourceId,
    /// On which words of people it was made, and on which reading.
    pub expected: (i64, i64),
    pub text: &'a SourceText,
    pub at: Timestamp,
    pub due_at: Option<Timestamp>,
}

impl Write {
    /// Says something else of a calendar, and puts what came from it where that is; [`Saved::Stale`] when somebody
    /// changed it meanwhile, it was read, or it is gone. Gives the version after it.
    pub async fn change_source(
        &mut self,
        permit: &Permit<ManageSource>,
        change: &SourceChange<'_>,
    ) -> Result<Saved> {
        self.allow_for(permit, change.id.0)?;
        let platform = self.platform().0;
        let SourceChange { id, expected: (edition, version), text, at, due_at } = *change;
        let (topic, areas) = (text.topic.map(|id| id.0), id_list_text(&text.areas));
        let changed = change!(self, conn => sqlx::query(CHANGE)
            .bind(platform).bind(id.0).bind(edition).bind(version).bind(&text.name).bind(&text.address)
            .bind(topic).bind(&areas).bind(&text.cost).bind(text.rhythm.key()).bind(due_at.map(|at| at.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        let unlike: Vec<Uuid> = change!(self, conn => sqlx::query_scalar(UNLIKE)
            .bind(platform).bind(id.0).bind(topic).bind(&areas).bind(&text.cost)
            .fetch_all(conn).await)?;
        for one in unlike {
            change!(self, conn => sqlx::query(FOLLOW)
                .bind(platform).bind(one).bind(topic).bind(&areas).bind(&text.cost).bind(at.0)
                .execute(conn).await.map(|_| ()))?;
            file_activity(self, ActivityId(one)).await?;
        }
        self.touch();
        Ok(Saved::Done { version: version + 1 })
    }
}
