//! The rounds of registration of an activity: which there are, how they go along when its times change, and what the
//! clock does to them.

use domain::activities::registration::Registration;
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, PlatformId, RegistrationId, RoundId};
use domain::permit::Permit;
use domain::permit::action::{EditActivity, Operate};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::store::Store;
use crate::tenant::{Tenant, Write};

const OF_ACTIVITY: &str = "SELECT o.id, o.occurrence, o.ends_at FROM registration_round o
    WHERE o.platform_id = $1 AND o.activity_id = $2 ORDER BY o.occurrence";
const COUNTS: &str = "SELECT o.occurrence, (SELECT COUNT(*) FROM registration r
        WHERE r.platform_id = o.platform_id AND r.round_id = o.id AND r.state <> 'cancelled'
            AND (r.hold_until IS NULL OR r.hold_until > $3))
    FROM registration_round o WHERE o.platform_id = $1 AND o.activity_id = $2 ORDER BY o.occurrence";
/// Out of the way first, because the name that one gets may be the one that another still has.
const ASIDE: &str = "UPDATE registration_round SET occurrence = '~' || occurrence
    WHERE platform_id = $1 AND activity_id = $2";
/// Those that stay where they are (because they are over).
const BACK: &str = "UPDATE registration_round SET occurrence = SUBSTR(occurrence, 2)
    WHERE platform_id = $1 AND activity_id = $2 AND occurrence LIKE '~%'";
const PUT: &str = "UPDATE registration_round
    SET activity_id = $3, occurrence = $4, starts_at = $5, ends_at = $6,
        reminded = CASE WHEN starts_at = $5 THEN reminded ELSE FALSE END
    WHERE platform_id = $1 AND id = $2";
const FORGET: &str = "DELETE FROM registration_round WHERE platform_id = $1 AND id = $2";
const EXPIRED: &str = "SELECT DISTINCT o.platform_id, o.id, o.activity_id FROM registration r
    JOIN registration_round o ON o.platform_id = r.platform_id AND o.id = r.round_id
    WHERE r.hold_until IS NOT NULL AND r.hold_until <= $1 LIMIT $2";
/// Of a whole series also when its time has passed: then it is looked up which one comes next.
const TO_REMIND: &str = "SELECT platform_id, id, activity_id, occurrence FROM registration_round
    WHERE (reminded = FALSE AND starts_at <= $1 AND starts_at > $2)
        OR (occurrence = '' AND starts_at <= $1 AND ends_at > $2 AND (reminded = FALSE OR starts_at <= $2))
    ORDER BY starts_at LIMIT $3";
/// Holds the row, so that one after the other looks which times are due.
const LOOK: &str = "UPDATE registration_round SET reminded = FALSE
    WHERE platform_id = $1 AND id = $2 AND occurrence = ''";
/// A day counts once; but for a time that has moved by a day or more people are reminded anew.
const CLAIM: &str = "INSERT INTO registration_reminder (platform_id, round_id, day, starts_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (platform_id, round_id, day) DO UPDATE SET starts_at = excluded.starts_at
        WHERE excluded.starts_at - registration_reminder.starts_at >= $5";
const LATER: &str = "UPDATE registration_round SET starts_at = $3 WHERE platform_id = $1 AND id = $2";
const REMINDED: &str = "UPDATE registration_round SET reminded = TRUE
    WHERE platform_id = $1 AND id = $2 AND reminded = FALSE";

/// Those who registered for one time, or for the whole series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    pub id: RoundId,
    pub activity: ActivityId,
    /// Empty for the whole series.
    pub occurrence: String,
}

/// Where a round goes when the times of its activity change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub id: RoundId,
    pub activity: ActivityId,
    pub occurrence: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Tenant {
    /// How many registrations there are for each time of an activity, cancelled ones not counted.
    pub async fn registered(&self, activity: ActivityId, now: Timestamp) -> Result<Vec<(String, u32)>> {
        let rows: Vec<(String, i64)> = read!(self, conn => sqlx::query_as(COUNTS)
            .bind(self.platform().0).bind(activity.0).bind(now.0).fetch_all(conn).await)?;
        let counted = rows.into_iter().map(|(name, n)| (name, u32::try_from(n).unwrap_or_default()));
        Ok(counted.filter(|(_, n)| *n > 0).collect())
    }
}

impl Write {
    /// All rounds of an activity that were not over at `now`, with everybody in them who has not cancelled.
    pub async fn rounds(
        &mut self,
        activity: ActivityId,
        now: Timestamp,
    ) -> Result<Vec<(Round, Vec<Registration>)>> {
        let platform = self.platform().0;
        let rows: Vec<(Uuid, String, i64)> = change!(self, conn => sqlx::query_as(OF_ACTIVITY)
            .bind(platform).bind(activity.0).fetch_all(conn).await)?;
        let mut found = Vec::new();
        for (id, occurrence, _) in rows.into_iter().filter(|(_, _, ends)| *ends >= now.0) {
            let people = self.registered_in(id).await?;
            found.push((Round { id: RoundId(id), activity, occurrence }, people));
        }
        Ok(found)
    }

    /// Rounds go where their times went; those that went nowhere are forgotten with all who are in them.
    pub async fn move_rounds(
        &mut self,
        permit: &Permit<EditActivity>,
        activity: ActivityId,
        moved: &[Moved],
        gone: &[RoundId],
    ) -> Result<()> {
        self.allow_for(permit, activity.0)?;
        let platform = self.platform().0;
        if moved.is_empty() && gone.is_empty() {
            return Ok(());
        }
        for id in gone {
            change!(self, conn => sqlx::query(FORGET)
                .bind(platform).bind(id.0).execute(conn).await.map(|_| ()))?;
        }
        change!(self, conn => sqlx::query(ASIDE)
            .bind(platform).bind(activity.0).execute(conn).await.map(|_| ()))?;
        for to in moved {
            change!(self, conn => sqlx::query(PUT)
                .bind(platform).bind(to.id.0).bind(to.activity.0).bind(&to.occurrence)
                .bind(to.starts_at.0).bind(to.ends_at.0)
                .execute(conn).await.map(|_| ()))?;
        }
        change!(self, conn => sqlx::query(BACK)
            .bind(platform).bind(activity.0).execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(())
    }

    /// Gives what is free in a round to who waits, after its activity changed; says who got a seat.
    pub async fn settle_round(
        &mut self,
        permit: &Permit<EditActivity>,
        (activity, round): (ActivityId, RoundId),
        now: Timestamp,
    ) -> Result<Vec<RegistrationId>> {
        self.allow(permit)?;
        self.settle(round.0, activity, now).await
    }

    /// The same by the clock, when a hold has run out.
    pub async fn settle_round_by_clock(
        &mut self,
        permit: &Permit<Operate>,
        (activity, round): (ActivityId, RoundId),
        now: Timestamp,
    ) -> Result<Vec<RegistrationId>> {
        self.allow(permit)?;
        self.settle(round.0, activity, now).await
    }

    /// Whoever gets `Some` writes the mails of the day before; nobody else does, on no other server.
    pub async fn claim_reminder(
        &mut self,
        permit: &Permit<Operate>,
        round: RoundId,
    ) -> Result<Option<Vec<Registration>>> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let claimed = change!(self, conn => sqlx::query(REMINDED)
            .bind(platform).bind(round.0).execute(conn).await.map(|done| done.rows_affected()))?;
        if claimed == 0 { Ok(None) } else { self.registered_in(round.0).await.map(Some) }
    }
}

impl Write {
    /// Holds a round of a whole series while its reminders are written, and says who is in it; `None` when it is gone.
    pub async fn hold_for_reminders(
        &mut self,
        permit: &Permit<Operate>,
        round: RoundId,
    ) -> Result<Option<Vec<Registration>>> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let held = change!(self, conn => sqlx::query(LOOK)
            .bind(platform).bind(round.0).execute(conn).await.map(|done| done.rows_affected()))?;
        if held == 0 { Ok(None) } else { self.registered_in(round.0).await.map(Some) }
    }

    /// Whoever gets `true` writes the mails of the day before this time; nobody else does, on no other server. `day` is
    /// that of its name; of one that moved by less than `moved` since people were reminded they are not again.
    pub async fn claim_time(
        &mut self,
        permit: &Permit<Operate>,
        round: RoundId,
        (day, starts_at): (&str, Timestamp),
        moved: Span,
    ) -> Result<bool> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let claimed = change!(self, conn => sqlx::query(CLAIM)
            .bind(platform).bind(round.0).bind(day).bind(starts_at.0).bind(moved.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(claimed > 0)
    }

    /// When the next time of a whole series begins that people are to be reminded of; `None` when there is none.
    pub async fn remind_later(
        &mut self,
        permit: &Permit<Operate>,
        round: RoundId,
        starts_at: Option<Timestamp>,
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let starts_at = starts_at.map_or(i64::MAX, |at| at.0);
        change!(self, conn => sqlx::query(LATER)
            .bind(platform).bind(round.0).bind(starts_at).execute(conn).await.map(|_| ()))
    }
}

impl Store {
    /// Rounds in which a hold has run out, of all platforms.
    pub async fn rounds_with_expired_holds(
        &self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<(PlatformId, ActivityId, RoundId)>> {
        let rows: Vec<(Uuid, Uuid, Uuid)> = read!(self, conn => sqlx::query_as(EXPIRED)
            .bind(now.0).bind(limit).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(platform, id, activity)| (PlatformId(platform), ActivityId(activity), RoundId(id)))
            .collect())
    }

    /// Rounds that begin after `now` and until `until`, and of which nobody was reminded yet; of a whole series those of
    /// which a time is due, or which have to look for their next one.
    pub async fn rounds_to_remind(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<(PlatformId, Round)>> {
        let rows: Vec<(Uuid, Uuid, Uuid, String)> = read!(self, conn => sqlx::query_as(TO_REMIND)
            .bind(until.0).bind(now.0).bind(limit).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(platform, id, activity, occurrence)| {
                let round = Round { id: RoundId(id), activity: ActivityId(activity), occurrence };
                (PlatformId(platform), round)
            })
            .collect())
    }
}
