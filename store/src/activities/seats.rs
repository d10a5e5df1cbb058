//! Giving out seats: one by one, in the order in which people came (TRUST 24).
//!
//! Whoever registers, changes or cancels first holds what the activity says (so that the capacity stays as it is), then
//! the row of the round. So nobody else gives out seats of this round until the transaction ends. Everybody comes onto
//! the waiting list, and from there, in order, to a seat: one way for all.

use domain::activities::registration::{Registration, Rules, State, promoted};
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, RegistrationId, RoundId};
use domain::locale::Locale;
use domain::permit::Permit;
use domain::permit::action::{ChangeRegistration, ManageRegistrations, Register};
use uuid::Uuid;

use super::registration::{rules, small};
use crate::conn::change;
use crate::dialect;
use crate::error::Result;
use crate::tenant::Write;

const NEXT: &str = "INSERT INTO registration_round
        (platform_id, id, activity_id, occurrence, last_place, starts_at, ends_at, reminded)
    VALUES ($1, $2, $3, $4, 1, $5, $6, FALSE)
    ON CONFLICT (platform_id, activity_id, occurrence) DO UPDATE
        SET last_place = registration_round.last_place + 1, starts_at = excluded.starts_at,
            ends_at = excluded.ends_at
    RETURNING id, last_place";
/// Changes nothing, and holds the row until the transaction ends.
const HOLD: &str = "UPDATE registration_round SET last_place = last_place
    WHERE platform_id = $1 AND id = $2 RETURNING activity_id";
const ROUND_OF: &str = "SELECT o.id, o.activity_id FROM registration r
    JOIN registration_round o ON o.platform_id = r.platform_id AND o.id = r.round_id
    WHERE r.platform_id = $1 AND r.id = $2";
const SAME: &str = "SELECT id FROM registration
    WHERE platform_id = $1 AND round_id = $2 AND state <> 'cancelled' AND member_id = $3";
const SAME_ADDRESS: &str = "SELECT id FROM registration
    WHERE platform_id = $1 AND round_id = $2 AND state <> 'cancelled' AND member_id IS NULL AND email = $3";
/// Without an address, the same words a moment ago: a double click.
const SAME_WORDS: &str = "SELECT id FROM registration
    WHERE platform_id = $1 AND round_id = $2 AND state <> 'cancelled' AND by_organiser AND email = '' AND name = $3
        AND guests = $4 AND answers = $5 AND created_at > $6";
const INSERT: &str =
    "INSERT INTO registration (platform_id, id, round_id, member_id, name, email, locale, guests,
        answers, state, place, hold_until, came, sequence, version, created_at, by_organiser)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, FALSE, 0, 1, $12, $13)";
const EXPIRE: &str = "DELETE FROM registration WHERE platform_id = $1 AND round_id = $2 AND hold_until <= $3";
const TAKEN: &str = "SELECT CAST(COALESCE(SUM(guests + 1), 0) AS BIGINT) FROM registration
    WHERE platform_id = $1 AND round_id = $2 AND state = 'seat'";
const WAITING: &str = "SELECT id, guests FROM registration
    WHERE platform_id = $1 AND round_id = $2 AND state = 'waiting' ORDER BY place";
const SEAT: &str = "UPDATE registration SET state = 'seat', version = version + 1
    WHERE platform_id = $1 AND id = $2 AND state = 'waiting'";
const CONFIRM: &str = "UPDATE registration SET hold_until = NULL, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND state <> 'cancelled' AND hold_until > $3";
const CANCEL: &str = "UPDATE registration SET state = 'cancelled', hold_until = NULL, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND state <> 'cancelled'";
const CHANGE: &str = "UPDATE registration SET guests = $4, answers = $5, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND state <> 'cancelled'";

/// By whom somebody comes onto the list.
#[derive(Clone, Copy, Debug)]
enum By {
    Member(Uuid),
    Visitor,
    Organiser,
}

/// The same words about somebody without an address within this time are a double click.
const TWICE: Span = Span::minutes(1);

/// Somebody who registers; the member is that of the permit.
#[derive(Clone, Copy, Debug)]
pub struct NewRegistration<'a> {
    pub id: RegistrationId,
    /// Of the round, when this is its first registration.
    pub round: RoundId,
    pub activity: ActivityId,
    /// The version on which the time was looked up.
    pub seen: i64,
    pub occurrence: &'a str,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Name and address of who has no account; empty for members.
    pub name: &'a str,
    pub email: &'a str,
    pub locale: Option<Locale>,
    pub guests: u32,
    pub answers: &'a [String],
    /// `None` where nothing is to be confirmed.
    pub hold_until: Option<Timestamp>,
    pub at: Timestamp,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Seat,
    Waiting,
    /// They registered before; nothing is changed, and there is nothing to commit.
    Already(RegistrationId),
    /// One cannot register for it (any more), or there will never be room for so many.
    Closed,
    /// The activity was changed meanwhile: its times may be others.
    Changed,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is so now, and these got a seat by it.
    Done(Vec<RegistrationId>),
    /// There is no room for so many; nothing was changed.
    Full,
    /// It was changed meanwhile, or is gone; nothing was changed.
    Stale,
}

fn answers_text(answers: &[String]) -> String {
    serde_json::to_string(answers).unwrap_or_else(|_| "[]".to_owned())
}

impl Write {
    /// The rules of an activity with its version, which stay as they are until this transaction ends; `None` when one
    /// cannot register.
    async fn hold_activity(&mut self, activity: ActivityId) -> Result<Option<(Rules, i64)>> {
        let platform = self.platform().0;
        let sql = dialect::hold_rules(self.kind());
        let found: Option<(String, i64)> = change!(self, conn => sqlx::query_as(sql)
            .bind(platform).bind(activity.0).fetch_optional(conn).await)?;
        let Some((text, version)) = found else { return Ok(None) };
        Ok(rules(&text, activity.0)?.map(|rules| (rules, version)))
    }

    async fn hold_rules(&mut self, activity: ActivityId) -> Result<Option<Rules>> {
        Ok(self.hold_activity(activity).await?.map(|(rules, _)| rules))
    }

    /// Registers the permit's member, or the address. Those who got a seat by it (others too, when a hold had run out)
    /// come along.
    pub async fn register(
        &mut self,
        permit: &Permit<Register>,
        new: &NewRegistration<'_>,
    ) -> Result<(Asked, Vec<RegistrationId>)> {
        self.allow_for(permit, new.activity.0)?;
        self.enter(permit.by().map_or(By::Visitor, |member| By::Member(member.0)), new).await
    }

    /// Puts somebody on the list by hand, who may have no address. They take their turn as everybody does.
    pub async fn put_on_list(
        &mut self,
        permit: &Permit<ManageRegistrations>,
        new: &NewRegistration<'_>,
    ) -> Result<(Asked, Vec<RegistrationId>)> {
        self.allow_for(permit, new.activity.0)?;
        self.enter(By::Organiser, new).await
    }

    async fn enter(&mut self, by: By, new: &NewRegistration<'_>) -> Result<(Asked, Vec<RegistrationId>)> {
        let platform = self.platform().0;
        let nothing = |asked| Ok((asked, Vec::new()));
        let Some((rules, version)) = self.hold_activity(new.activity).await? else {
            return nothing(Asked::Closed);
        };
        if version != new.seen {
            return nothing(Asked::Changed);
        }
        if new.guests > rules.guests || rules.capacity.is_some_and(|most| new.guests + 1 > most) {
            return nothing(Asked::Closed);
        }
        let (round, place): (Uuid, i64) = change!(self, conn => sqlx::query_as(NEXT)
            .bind(platform).bind(new.round.0).bind(new.activity.0).bind(new.occurrence)
            .bind(new.starts_at.0).bind(new.ends_at.0).fetch_one(conn).await)?;
        self.expire_holds(round, new.at).await?;
        let answers = answers_text(new.answers);
        let same: Option<Uuid> = match by {
            By::Member(member) => change!(self, conn => sqlx::query_scalar(SAME)
                .bind(platform).bind(round).bind(member).fetch_optional(conn).await)?,
            By::Organiser if new.email.is_empty() => change!(self, conn => sqlx::query_scalar(SAME_WORDS)
                .bind(platform).bind(round).bind(new.name).bind(i64::from(new.guests)).bind(&answers)
                .bind(new.at.minus(TWICE).0).fetch_optional(conn).await)?,
            By::Visitor | By::Organiser => change!(self, conn => sqlx::query_scalar(SAME_ADDRESS)
                .bind(platform).bind(round).bind(new.email).fetch_optional(conn).await)?,
        };
        if let Some(same) = same {
            return nothing(Asked::Already(RegistrationId(same)));
        }
        let member = if let By::Member(member) = by { Some(member) } else { None };
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(round).bind(member).bind(new.name).bind(new.email)
            .bind(new.locale.map(Locale::tag)).bind(i64::from(new.guests)).bind(&answers)
            .bind(place).bind(new.hold_until.map(|until| until.0)).bind(new.at.0)
            .bind(matches!(by, By::Organiser))
            .execute(conn).await.map(|_| ()))?;
        let mut seated = self.give_seats(round, rules.capacity).await?;
        let before = seated.len();
        seated.retain(|id| *id != new.id);
        let asked = if seated.len() < before { Asked::Seat } else { Asked::Waiting };
        self.touch();
        Ok((asked, seated))
    }

    async fn expire_holds(&mut self, round: Uuid, now: Timestamp) -> Result<u64> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(EXPIRE)
            .bind(platform).bind(round).bind(now.0).execute(conn).await.map(|done| done.rows_affected()))
    }

    /// Who waits gets what is free; says who did. Only with the round held.
    async fn give_seats(&mut self, round: Uuid, capacity: Option<u32>) -> Result<Vec<RegistrationId>> {
        let platform = self.platform().0;
        let taken: i64 = change!(self, conn => sqlx::query_scalar(TAKEN)
            .bind(platform).bind(round).fetch_one(conn).await)?;
        let taken = small(taken);
        if capacity.is_some_and(|capacity| capacity <= taken) {
            return Ok(Vec::new());
        }
        let waiting: Vec<(Uuid, i64)> = change!(self, conn => sqlx::query_as(WAITING)
            .bind(platform).bind(round).fetch_all(conn).await)?;
        let waiting: Vec<(Uuid, u32)> =
            waiting.into_iter().map(|(id, guests)| (id, small(guests) + 1)).collect();
        let seated = promoted(capacity, taken, &waiting);
        for id in &seated {
            change!(self, conn => sqlx::query(SEAT)
                .bind(platform).bind(*id).execute(conn).await.map(|_| ()))?;
        }
        Ok(seated.into_iter().map(RegistrationId).collect())
    }

    /// Holds the round of a registration, and what its activity says, in the order in which everybody does.
    async fn hold_round_of(&mut self, id: RegistrationId) -> Result<Option<(Uuid, Option<Rules>)>> {
        let platform = self.platform().0;
        let found: Option<(Uuid, Uuid)> = change!(self, conn => sqlx::query_as(ROUND_OF)
            .bind(platform).bind(id.0).fetch_optional(conn).await)?;
        let Some((round, activity)) = found else { return Ok(None) };
        let rules = self.hold_rules(ActivityId(activity)).await?;
        // It may have gone with the following times to another activity meanwhile; what that says is for later.
        let held: Option<Uuid> = change!(self, conn => sqlx::query_scalar(HOLD)
            .bind(platform).bind(round).fetch_optional(conn).await)?;
        Ok(held.map(|now| (round, rules.filter(|_| now == activity))))
    }

    /// Gives the seats of a round that are free to who waits, after the holds that have run out; says who got one.
    pub(super) async fn settle(
        &mut self,
        round: Uuid,
        activity: ActivityId,
        now: Timestamp,
    ) -> Result<Vec<RegistrationId>> {
        let platform = self.platform().0;
        let rules = self.hold_rules(activity).await?;
        let held: Option<Uuid> = change!(self, conn => sqlx::query_scalar(HOLD)
            .bind(platform).bind(round).fetch_optional(conn).await)?;
        if held.is_none() {
            return Ok(Vec::new());
        }
        let expired = self.expire_holds(round, now).await?;
        // Of what was removed, nobody gets a seat; the holds run out all the same.
        let seated = match rules {
            Some(rules) => self.give_seats(round, rules.capacity).await?,
            None => Vec::new(),
        };
        if expired > 0 || !seated.is_empty() {
            self.touch();
        }
        Ok(seated)
    }

    /// The address is confirmed; `None` when it is too late or was cancelled, and the registration as it is when it
    /// was confirmed before.
    pub async fn confirm_registration(
        &mut self,
        permit: &Permit<ChangeRegistration>,
        id: RegistrationId,
        now: Timestamp,
    ) -> Result<Option<(Registration, bool)>> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        if self.hold_round_of(id).await?.is_none() {
            return Ok(None);
        }
        let changed = change!(self, conn => sqlx::query(CONFIRM)
            .bind(platform).bind(id.0).bind(now.0).execute(conn).await.map(|done| done.rows_affected()))?;
        let found = self.registration_now(id).await?;
        Ok(found
            .filter(|one| one.is_confirmed() && one.state != State::Cancelled)
            .map(|one| (one, changed > 0)))
    }

    /// Cancels; who waits gets the seats.
    pub async fn cancel_registration(
        &mut self,
        permit: &Permit<ChangeRegistration>,
        id: RegistrationId,
        now: Timestamp,
    ) -> Result<Outcome> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let Some((round, rules)) = self.hold_round_of(id).await? else { return Ok(Outcome::Stale) };
        let changed = change!(self, conn => sqlx::query(CANCEL)
            .bind(platform).bind(id.0).execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Outcome::Stale);
        }
        self.touch();
        self.expire_holds(round, now).await?;
        let Some(rules) = rules else { return Ok(Outcome::Done(Vec::new())) };
        Ok(Outcome::Done(self.give_seats(round, rules.capacity).await?))
    }

    /// Changes how many guests come and what is answered. More people get a seat only when they all fit and nobody
    /// waits who came earlier.
    pub async fn change_registration(
        &mut self,
        permit: &Permit<ChangeRegistration>,
        (id, expected_version): (RegistrationId, i64),
        guests: u32,
        answers: &[String],
        now: Timestamp,
    ) -> Result<Outcome> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let Some((round, Some(rules))) = self.hold_round_of(id).await? else { return Ok(Outcome::Stale) };
        self.expire_holds(round, now).await?;
        let mut seated = self.give_seats(round, rules.capacity).await?;
        let Some(is) = self.registration_now(id).await? else { return Ok(Outcome::Stale) };
        if guests > is.guests {
            let most = rules.capacity.unwrap_or(u32::MAX);
            if guests > rules.guests || guests >= most {
                return Ok(Outcome::Full);
            }
            let taken: i64 = change!(self, conn => sqlx::query_scalar(TAKEN)
                .bind(platform).bind(round).fetch_one(conn).await)?;
            let waiting: Vec<(Uuid, i64)> = change!(self, conn => sqlx::query_as(WAITING)
                .bind(platform).bind(round).fetch_all(conn).await)?;
            let more = guests - is.guests;
            let others_wait = waiting.iter().any(|(_, guests)| small(*guests) < most);
            if is.state == State::Seat && (others_wait || small(taken).saturating_add(more) > most) {
                return Ok(Outcome::Full);
            }
        }
        let changed = change!(self, conn => sqlx::query(CHANGE)
            .bind(platform).bind(id.0).bind(expected_version).bind(i64::from(guests)).bind(answers_text(answers))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Outcome::Stale);
        }
        self.touch();
        seated.extend(self.give_seats(round, rules.capacity).await?);
        Ok(Outcome::Done(seated))
    }
}
