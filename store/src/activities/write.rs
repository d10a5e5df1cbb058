//! Writing activities. Every change names the version it was made on, and counts it up.

use domain::activities::{ActivityText, Audience, OccurrenceChange, SeriesText, Spoken, keys_text};
use domain::clock::Timestamp;
use domain::id::{ActivityId, MemberId};
use domain::permit::Permit;
use domain::permit::action::{CreateActivity, EditActivity, Operate, RemoveActivity};
use domain::posts::scene::Scene;
use uuid::Uuid;

use crate::activities::registration::rules_text;
use crate::activities::versions::keep_version;
use crate::conn::change;
use crate::error::Result;
use crate::posts::id_list_text;
use crate::search::file_activity;
use crate::tenant::{Saved, Write};

const INSERT: &str = "INSERT INTO activity
        (platform_id, id, status, organiser_id, topic_id, area_ids, title, excerpt, html, body, place, wheelchair,
         online, cost, audience, languages, scene, scene_alt, starts, minutes, rule, exceptions, extra, first_at,
         last_at, version, created_at, changed_at, previous_id, latitude, longitude, registration)
    VALUES ($1, $2, 'published', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22, $23, $24, 1, $25, $25, $26, $27, $28, $29)";
const UPDATE: &str = "UPDATE activity
    SET topic_id = $4, area_ids = $5, title = $6, excerpt = $7, html = $8, body = $9, place = $10,
        wheelchair = $11, online = $12, cost = $13, audience = $14, languages = $15, scene = $16, scene_alt = $17,
        starts = $18, minutes = $19, rule = $20, exceptions = $21, extra = $22, first_at = $23, last_at = $24,
        changed_at = $25, next_id = COALESCE($26, next_id), latitude = $27, longitude = $28,
        registration = $29, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'published'";
const BOUNDS: &str = "UPDATE activity
    SET first_at = $4, last_at = $5, changed_at = $6, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'published'";
const FORGET_CHANGES: &str = "DELETE FROM activity_change WHERE platform_id = $1 AND activity_id = $2";
const FORGET_CHANGE: &str =
    "DELETE FROM activity_change WHERE platform_id = $1 AND activity_id = $2 AND instead_of = $3";
const CHANGE: &str = "INSERT INTO activity_change
        (platform_id, activity_id, instead_of, starts, minutes, cancelled, place, note, first_at, last_at, changed_by,
         changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const REMOVE: &str = "UPDATE activity
    SET status = 'removed', removed_at = $3, removed_by = $4, changed_at = $3, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'published'";
const RESTORE: &str = "UPDATE activity
    SET status = 'published', removed_at = NULL, removed_by = NULL, moderated = FALSE, changed_at = $3, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'removed'
      AND (removed_by = $4 OR (removed_by IS NULL AND $4 IS NULL))";
const SAME_SINCE: &str = "SELECT id FROM activity
    WHERE platform_id = $1 AND organiser_id = $2 AND created_at > $3 AND title = $4 AND body = $5 AND starts = $6
      AND status = 'published'
    ORDER BY created_at LIMIT 1";

/// Nothing of it begins before, and nothing ends after; the end is the largest number for what goes on for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub first: Timestamp,
    pub last: Timestamp,
}

/// An activity about to be published.
#[derive(Clone, Copy, Debug)]
pub struct NewActivity<'a> {
    pub id: ActivityId,
    pub text: &'a ActivityText,
    /// Sanitised.
    pub html: &'a str,
    pub excerpt: &'a str,
    pub series: &'a SeriesText,
    pub bounds: Bounds,
    pub at: Timestamp,
    /// From which one it goes on.
    pub previous: Option<ActivityId>,
    pub changes: &'a [TimeChange],
}

/// An activity changed, on a version; all that is particular about its times is written anew.
#[derive(Clone, Copy, Debug)]
pub struct ActivityChange<'a> {
    pub id: ActivityId,
    pub expected_version: i64,
    pub text: &'a ActivityText,
    /// Sanitised.
    pub html: &'a str,
    pub excerpt: &'a str,
    pub series: &'a SeriesText,
    pub bounds: Bounds,
    pub at: Timestamp,
    /// As which it goes on; `None` leaves that as it is.
    pub next: Option<ActivityId>,
    pub changes: &'a [TimeChange],
}

/// What is particular about one time, with the moments that it has to do with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeChange {
    pub change: OccurrenceChange,
    pub bounds: Bounds,
}

impl Write {
    /// Publishes an activity as its first version, organised by the permit's member.
    pub async fn insert_activity(
        &mut self,
        permit: &Permit<CreateActivity>,
        new: &NewActivity<'_>,
    ) -> Result<()> {
        let organiser = self.actor(permit)?;
        self.insert_activity_row(organiser, organiser, new).await
    }

    /// The second part of an activity that is cut in two: its organiser stays who they are.
    pub async fn continue_activity(
        &mut self,
        permit: &Permit<EditActivity>,
        organiser: MemberId,
        new: &NewActivity<'_>,
    ) -> Result<()> {
        let by = self.actor(permit)?;
        let first = new.previous.map(|id| id.0).unwrap_or_default();
        self.allow_for(permit, first)?;
        self.insert_activity_row(organiser, by, new).await
    }

    /// Fills a database.
    pub async fn insert_activity_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        organiser: MemberId,
        new: &NewActivity<'_>,
    ) -> Result<()> {
        self.allow(permit)?;
        self.insert_activity_row(organiser, organiser, new).await
    }

    pub(crate) async fn insert_activity_row(
        &mut self,
        organiser: MemberId,
        by: MemberId,
        new: &NewActivity<'_>,
    ) -> Result<()> {
        let platform = self.platform().0;
        let (text, series) = (new.text, new.series);
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(organiser.0).bind(text.topic.map(|id| id.0))
            .bind(id_list_text(&text.areas)).bind(&text.title).bind(new.excerpt).bind(new.html).bind(&text.body)
            .bind(&text.place).bind(text.wheelchair).bind(&text.online).bind(&text.cost)
            .bind(keys_text(&text.audience, Audience::key)).bind(keys_text(&text.languages, Spoken::key))
            .bind(text.scene.map(Scene::key)).bind(&text.scene_alt)
            .bind(&series.start).bind(i64::from(series.minutes)).bind(&series.rule).bind(&series.exceptions)
            .bind(&series.extra).bind(new.bounds.first.0).bind(new.bounds.last.0).bind(new.at.0)
            .bind(new.previous.map(|id| id.0))
            .bind(text.point.map(|point| i64::from(point.latitude)))
            .bind(text.point.map(|point| i64::from(point.longitude)))
            .bind(rules_text(text.registration.as_ref()))
            .execute(conn).await.map(|_| ()))?;
        for one in new.changes {
            self.insert_change(new.id, one, by, new.at).await?;
        }
        file_activity(self, new.id).await?;
        keep_version(self, new.id, Some((by, new.at))).await?;
        self.touch();
        Ok(())
    }

    /// The same by the same member after `since`: a double click, not a second activity.
    pub async fn same_activity_since(
        &mut self,
        permit: &Permit<CreateActivity>,
        (title, body, start): (&str, &str, &str),
        since: Timestamp,
    ) -> Result<Option<ActivityId>> {
        let organiser = self.actor(permit)?;
        self.lock_member(organiser).await?;
        let platform = self.platform().0;
        let id: Option<Uuid> = change!(self, conn => sqlx::query_scalar(SAME_SINCE)
            .bind(platform).bind(organiser.0).bind(since.0).bind(title).bind(body).bind(start)
            .fetch_optional(conn).await)?;
        Ok(id.map(ActivityId))
    }

    /// Saves an activity, unless somebody was faster.
    pub async fn update_activity(
        &mut self,
        permit: &Permit<EditActivity>,
        to: &ActivityChange<'_>,
    ) -> Result<Saved> {
        self.allow_for(permit, to.id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let (text, series) = (to.text, to.series);
        keep_version(self, to.id, None).await?;
        let changed = change!(self, conn => sqlx::query(UPDATE)
            .bind(platform).bind(to.id.0).bind(to.expected_version).bind(text.topic.map(|id| id.0))
            .bind(id_list_text(&text.areas)).bind(&text.title).bind(to.excerpt).bind(to.html).bind(&text.body)
            .bind(&text.place).bind(text.wheelchair).bind(&text.online).bind(&text.cost)
            .bind(keys_text(&text.audience, Audience::key)).bind(keys_text(&text.languages, Spoken::key))
            .bind(text.scene.map(Scene::key)).bind(&text.scene_alt)
            .bind(&series.start).bind(i64::from(series.minutes)).bind(&series.rule).bind(&series.exceptions)
            .bind(&series.extra).bind(to.bounds.first.0).bind(to.bounds.last.0).bind(to.at.0)
            .bind(to.next.map(|id| id.0))
            .bind(text.point.map(|point| i64::from(point.latitude)))
            .bind(text.point.map(|point| i64::from(point.longitude)))
            .bind(rules_text(text.registration.as_ref()))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        self.rewrite_changes(to.id, to.changes, by, to.at).await?;
        file_activity(self, to.id).await?;
        keep_version(self, to.id, Some((by, to.at))).await?;
        self.touch();
        Ok(Saved::Done { version: to.expected_version + 1 })
    }

    /// All that is particular about the times of an activity, anew.
    pub(crate) async fn rewrite_changes(
        &mut self,
        id: ActivityId,
        changes: &[TimeChange],
        by: MemberId,
        at: Timestamp,
    ) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(FORGET_CHANGES)
            .bind(platform).bind(id.0).execute(conn).await.map(|_| ()))?;
        for one in changes {
            self.insert_change(id, one, by, at).await?;
        }
        Ok(())
    }

    /// Saves what is particular about one time, or (with `None`) that nothing is; `bounds` are those of the whole
    /// activity afterwards.
    pub async fn change_time(
        &mut self,
        permit: &Permit<EditActivity>,
        (id, expected_version): (ActivityId, i64),
        (instead_of, to): (&str, Option<&TimeChange>),
        bounds: Bounds,
        at: Timestamp,
    ) -> Result<Saved> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        keep_version(self, id, None).await?;
        let changed = change!(self, conn => sqlx::query(BOUNDS)
            .bind(platform).bind(id.0).bind(expected_version).bind(bounds.first.0).bind(bounds.last.0).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        change!(self, conn => sqlx::query(FORGET_CHANGE)
            .bind(platform).bind(id.0).bind(instead_of).execute(conn).await.map(|_| ()))?;
        if let Some(one) = to {
            self.insert_change(id, one, by, at).await?;
        }
        keep_version(self, id, Some((by, at))).await?;
        self.touch();
        Ok(Saved::Done { version: expected_version + 1 })
    }

    async fn insert_change(
        &mut self,
        id: ActivityId,
        one: &TimeChange,
        by: MemberId,
        at: Timestamp,
    ) -> Result<()> {
        let platform = self.platform().0;
        let TimeChange { change: to, bounds } = one;
        change!(self, conn => sqlx::query(CHANGE)
            .bind(platform).bind(id.0).bind(&to.instead_of).bind(&to.start).bind(i64::from(to.minutes))
            .bind(to.cancelled).bind(&to.place).bind(&to.note).bind(bounds.first.0).bind(bounds.last.0)
            .bind(by.0).bind(at.0)
            .execute(conn).await.map(|_| ()))
    }

    /// Takes an activity away; `false` when it was gone already.
    pub async fn remove_activity(
        &mut self,
        permit: &Permit<RemoveActivity>,
        id: ActivityId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(REMOVE)
            .bind(platform).bind(id.0).bind(at.0).bind(by.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.touch();
        }
        Ok(changed > 0)
    }

    /// Puts back an activity that `removed_by` removed; `false` when it was not removed, or by somebody else meanwhile.
    pub async fn restore_activity(
        &mut self,
        permit: &Permit<RemoveActivity>,
        id: ActivityId,
        removed_by: Option<MemberId>,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(RESTORE)
            .bind(platform).bind(id.0).bind(at.0).bind(removed_by.map(|member| member.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.touch();
        }
        Ok(changed > 0)
    }
}
