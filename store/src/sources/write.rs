//! Writing what is known of calendars of others, and the activities that come from them. A reading begins with its
//! version and ends in the same transaction: all of it counts, or nothing.

use domain::activities::{ActivityText, SeriesText};
use domain::clock::Timestamp;
use domain::id::{ActivityId, MemberId, SourceId};
use domain::permit::Permit;
use domain::permit::action::{ManageSource, Operate, SetUpSource};
use domain::sources::draft::SourceText;
use domain::sources::{Mark, Source, Tally, Trouble};
use uuid::Uuid;

use crate::activities::{Bounds, NewActivity, TimeChange};
use crate::conn::change;
use crate::error::{Error, Result};
use crate::posts::id_list_text;
use crate::search::file_activity;
use crate::tenant::{Saved, Write};

const COUNT: &str =
    "SELECT COUNT(*) FROM calendar_source WHERE platform_id = $1 AND owner_id = $2 AND status = 'active'";
/// The same address, or the same file a moment ago.
const SAME_ONE: &str = "SELECT id FROM calendar_source
    WHERE platform_id = $1 AND owner_id = $2 AND status = 'active' AND address = $3
      AND (address <> '' OR (name = $4 AND created_at > $5))
    LIMIT 1";
const INSERT: &str = "INSERT INTO calendar_source
        (platform_id, id, owner_id, name, address, topic_id, area_ids, cost, status, version, trouble, failures,
         due_at, etag, last_modified, tally, created_at, rhythm)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', 1, '', 0, $9, '', '', '{}', $10, $11)";
const BEGIN: &str = "UPDATE calendar_source SET version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'active'";
const FINISH: &str = "UPDATE calendar_source
    SET read_at = $3, tried_at = $3, trouble = '', failures = 0, due_at = $4, etag = $5, last_modified = $6, tally = $7
    WHERE platform_id = $1 AND id = $2";
const SAME: &str = "UPDATE calendar_source
    SET read_at = $4, tried_at = $4, trouble = '', failures = 0, due_at = $5, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'active'";
const FAIL: &str = "UPDATE calendar_source
    SET tried_at = $4, trouble = $5, failures = failures + 1, due_at = $6, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'active'";
const ITEM: &str = "INSERT INTO calendar_item (platform_id, source_id, uid, activity_id, url, fingerprint)
    VALUES ($1, $2, $3, $4, $5, $6)";
const ITEM_CHANGED: &str = "UPDATE calendar_item SET url = $4, fingerprint = $5
    WHERE platform_id = $1 AND source_id = $2 AND activity_id = $3";
/// What was taken away by hand, or by a moderator, stays away.
const CHANGE: &str = "UPDATE activity
    SET topic_id = $4, area_ids = $5, title = $6, excerpt = $7, html = $8, body = $9, place = $10, online = $11,
        cost = $12, starts = $13, minutes = $14, rule = $15, exceptions = $16, extra = $17, first_at = $18,
        last_at = $19, changed_at = $20, latitude = $21, longitude = $22, status = 'published', removed_at = NULL,
        version = version + 1
    WHERE platform_id = $1 AND id = $3 AND removed_by IS NULL AND NOT moderated AND EXISTS (SELECT 1 FROM calendar_item i
        WHERE i.platform_id = $1 AND i.source_id = $2 AND i.activity_id = activity.id)";
const DROP: &str = "UPDATE activity
    SET status = 'removed', removed_at = $4, changed_at = $4, version = version + 1
    WHERE platform_id = $1 AND id = $3 AND status = 'published' AND EXISTS (SELECT 1 FROM calendar_item i
        WHERE i.platform_id = $1 AND i.source_id = $2 AND i.activity_id = activity.id)";
const REMOVE: &str = "UPDATE calendar_source
    SET status = 'removed', removed_at = $3, removed_by = $4, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'active'";
const REMOVE_ALL: &str = "UPDATE activity
    SET status = 'removed', removed_at = $3, changed_at = $3, version = version + 1
    WHERE platform_id = $1 AND status = 'published' AND last_at >= $3 AND id IN
        (SELECT activity_id FROM calendar_item WHERE platform_id = $1 AND source_id = $2)";
const RESTORE: &str = "UPDATE calendar_source
    SET status = 'active', removed_at = NULL, removed_by = NULL, version = version + 1,
        due_at = CASE WHEN address = '' OR rhythm = 'resting' THEN NULL ELSE $4 END
    WHERE platform_id = $1 AND id = $2 AND status = 'removed' AND removed_at = $3";
/// Exactly those that went with it.
const RESTORE_ALL: &str = "UPDATE activity
    SET status = 'published', removed_at = NULL, changed_at = $4, version = version + 1
    WHERE platform_id = $1 AND status = 'removed' AND removed_by IS NULL AND NOT moderated AND removed_at = $3 AND id IN
        (SELECT activity_id FROM calendar_item WHERE platform_id = $1 AND source_id = $2)";

/// A calendar that is to be followed from now on.
#[derive(Clone, Copy, Debug)]
pub struct NewSource<'a> {
    pub id: SourceId,
    pub text: &'a SourceText,
    pub at: Timestamp,
    /// When it is read again; `None` for a file.
    pub due_at: Option<Timestamp>,
}

/// A reading that went well.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    pub at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub mark: &'a Mark,
    pub tally: &'a Tally,
}

/// An event of a calendar, as an activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    pub uid: String,
    pub url: String,
    pub fingerprint: String,
    pub text: ActivityText,
    /// Sanitised.
    pub html: String,
    pub excerpt: String,
    pub series: SeriesText,
    pub bounds: Bounds,
    pub changes: Vec<TimeChange>,
}

impl Write {
    /// How many calendars the permit's member lets the agenda follow; others who ask this of them wait.
    pub async fn count_sources(&mut self, permit: &Permit<SetUpSource>) -> Result<u32> {
        let owner = self.actor(permit)?;
        self.lock_member(owner).await?;
        let platform = self.platform().0;
        let count: i64 = change!(self, conn => sqlx::query_scalar(COUNT)
            .bind(platform).bind(owner.0).fetch_one(conn).await)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// The same calendar of the same member: a double click, not a second one.
    pub async fn same_source(
        &mut self,
        permit: &Permit<SetUpSource>,
        text: &SourceText,
        since: Timestamp,
    ) -> Result<Option<SourceId>> {
        let owner = self.actor(permit)?;
        let platform = self.platform().0;
        let id: Option<Uuid> = change!(self, conn => sqlx::query_scalar(SAME_ONE)
            .bind(platform).bind(owner.0).bind(&text.address).bind(&text.name).bind(since.0)
            .fetch_optional(conn).await)?;
        Ok(id.map(SourceId))
    }

    /// Follows a calendar, which is the permit's member's.
    pub async fn insert_source(&mut self, permit: &Permit<SetUpSource>, new: &NewSource<'_>) -> Result<()> {
        let owner = self.actor(permit)?;
        self.insert_source_row(owner, new).await
    }

    /// Fills a database.
    pub async fn insert_source_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        owner: MemberId,
        new: &NewSource<'_>,
    ) -> Result<()> {
        self.allow(permit)?;
        self.insert_source_row(owner, new).await
    }

    async fn insert_source_row(&mut self, owner: MemberId, new: &NewSource<'_>) -> Result<()> {
        let platform = self.platform().0;
        let text = new.text;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(owner.0).bind(&text.name).bind(&text.address)
            .bind(text.topic.map(|id| id.0)).bind(id_list_text(&text.areas)).bind(&text.cost)
            .bind(new.due_at.map(|at| at.0)).bind(new.at.0).bind(text.rhythm.key())
            .execute(conn).await.map(|_| ()))
    }

    /// Begins to store what was read; [`Saved::Stale`] when somebody else did meanwhile, or it is gone.
    pub async fn begin_reading(
        &mut self,
        permit: &Permit<ManageSource>,
        (id, expected_version): (SourceId, i64),
    ) -> Result<Saved> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(BEGIN)
            .bind(platform).bind(id.0).bind(expected_version)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(saved(changed, expected_version))
    }

    /// Says that it was read.
    pub async fn finish_reading(
        &mut self,
        permit: &Permit<ManageSource>,
        id: SourceId,
        reading: &Reading<'_>,
    ) -> Result<()> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let tally = json(reading.tally)?;
        change!(self, conn => sqlx::query(FINISH)
            .bind(platform).bind(id.0).bind(reading.at.0).bind(reading.due_at.map(|at| at.0))
            .bind(&reading.mark.tag).bind(&reading.mark.modified).bind(tally)
            .execute(conn).await.map(|_| ()))
    }

    /// Says that it is still what it was.
    pub async fn source_is_the_same(
        &mut self,
        permit: &Permit<ManageSource>,
        (id, expected_version): (SourceId, i64),
        at: Timestamp,
        due_at: Option<Timestamp>,
    ) -> Result<Saved> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(SAME)
            .bind(platform).bind(id.0).bind(expected_version).bind(at.0)
            .bind(due_at.map(|at| at.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(saved(changed, expected_version))
    }

    /// Says that it could not be read; the platform itself says so, also of an owner who may not any more.
    pub async fn source_failed(
        &mut self,
        permit: &Permit<Operate>,
        (id, expected_version): (SourceId, i64),
        trouble: Trouble,
        at: Timestamp,
        due_at: Option<Timestamp>,
    ) -> Result<Saved> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let trouble = json(&trouble)?;
        let changed = change!(self, conn => sqlx::query(FAIL)
            .bind(platform).bind(id.0).bind(expected_version).bind(at.0).bind(trouble)
            .bind(due_at.map(|at| at.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(saved(changed, expected_version))
    }

    /// Puts an event in the agenda, organised by who set the calendar up.
    pub async fn import_activity(
        &mut self,
        permit: &Permit<ManageSource>,
        source: &Source,
        activity: ActivityId,
        imported: &Imported,
        at: Timestamp,
    ) -> Result<()> {
        self.allow_for(permit, source.id.0)?;
        let new = NewActivity {
            id: activity,
            text: &imported.text,
            html: &imported.html,
            excerpt: &imported.excerpt,
            series: &imported.series,
            bounds: imported.bounds,
            at,
            previous: None,
            changes: &imported.changes,
        };
        self.insert_activity_row(source.owner, source.owner, &new).await?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(ITEM)
            .bind(platform).bind(source.id.0).bind(&imported.uid).bind(activity.0).bind(&imported.url)
            .bind(&imported.fingerprint)
            .execute(conn).await.map(|_| ()))
    }

    /// Changes what came from an event, and brings it back when the calendar had it not for a while; `false` when
    /// somebody took it away by hand meanwhile.
    pub async fn change_imported(
        &mut self,
        permit: &Permit<ManageSource>,
        source: &Source,
        activity: ActivityId,
        to: &Imported,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, source.id.0)?;
        let platform = self.platform().0;
        let (text, series) = (&to.text, &to.series);
        let changed = change!(self, conn => sqlx::query(CHANGE)
            .bind(platform).bind(source.id.0).bind(activity.0).bind(text.topic.map(|id| id.0))
            .bind(id_list_text(&text.areas)).bind(&text.title).bind(&to.excerpt).bind(&to.html).bind(&text.body)
            .bind(&text.place).bind(&text.online).bind(&text.cost)
            .bind(&series.start).bind(i64::from(series.minutes)).bind(&series.rule).bind(&series.exceptions)
            .bind(&series.extra).bind(to.bounds.first.0).bind(to.bounds.last.0).bind(at.0)
            .bind(text.point.map(|point| i64::from(point.latitude)))
            .bind(text.point.map(|point| i64::from(point.longitude)))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        change!(self, conn => sqlx::query(ITEM_CHANGED)
            .bind(platform).bind(source.id.0).bind(activity.0).bind(&to.url).bind(&to.fingerprint)
            .execute(conn).await.map(|_| ()))?;
        self.rewrite_changes(activity, &to.changes, source.owner, at).await?;
        file_activity(self, activity).await?;
        self.touch();
        Ok(true)
    }

    /// Takes away what is in the calendar no more.
    pub async fn drop_imported(
        &mut self,
        permit: &Permit<ManageSource>,
        source: SourceId,
        activity: ActivityId,
        at: Timestamp,
    ) -> Result<()> {
        self.allow_for(permit, source.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(DROP)
            .bind(platform).bind(source.0).bind(activity.0).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.touch();
        }
        Ok(())
    }

    /// Follows a calendar no more, and takes away what is to come of it; `false` when it was gone already.
    pub async fn remove_source(
        &mut self,
        permit: &Permit<ManageSource>,
        id: SourceId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(REMOVE)
            .bind(platform).bind(id.0).bind(at.0).bind(by.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        change!(self, conn => sqlx::query(REMOVE_ALL)
            .bind(platform).bind(id.0).bind(at.0).execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(true)
    }

    /// Follows it again, with what went when it was removed at `removed_at`; `false` when it was not.
    pub async fn restore_source(
        &mut self,
        permit: &Permit<ManageSource>,
        id: SourceId,
        removed_at: Timestamp,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(RESTORE)
            .bind(platform).bind(id.0).bind(removed_at.0).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(false);
        }
        change!(self, conn => sqlx::query(RESTORE_ALL)
            .bind(platform).bind(id.0).bind(removed_at.0).bind(at.0).execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(true)
    }
}

const fn saved(changed: u64, expected_version: i64) -> Saved {
    if changed == 0 { Saved::Stale } else { Saved::Done { version: expected_version + 1 } }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::Inconsistent {
        table: "calendar_source",
        column: "tally",
        row: String::new(),
    })
}
