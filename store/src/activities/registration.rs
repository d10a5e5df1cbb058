//! Reading who registered, and the links by which they come back.

use domain::activities::registration::{Registration, Rules, State};
use domain::clock::Timestamp;
use domain::id::{ActivityId, MemberId, RegistrationId};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, o.activity_id, o.occurrence, r.member_id, COALESCE(m.name, r.name) AS name,
                COALESCE(m.email, r.email) AS email, COALESCE(m.locale, r.locale) AS locale, r.guests, r.answers,
                r.state, r.place, r.hold_until, r.came, r.by_organiser, r.reminders, r.sequence, r.version, r.created_at
            FROM registration r
            JOIN registration_round o ON o.platform_id = r.platform_id AND o.id = r.round_id
            LEFT JOIN member m ON m.platform_id = r.platform_id AND m.id = r.member_id
            WHERE r.platform_id = $1 AND ",
            $rest
        )
    };
}

const ONE: &str = select!("r.id = $2");
const OF_MEMBER: &str = select!(
    "o.activity_id = $2 AND o.occurrence = $3 AND r.member_id = $4 AND r.state <> 'cancelled'
        AND (r.hold_until IS NULL OR r.hold_until > $5)"
);
const ALL_OF_MEMBER: &str = select!("r.member_id = $2 AND r.state <> 'cancelled' AND o.ends_at >= $3");
const BY_LINK: &str = select!(
    "r.id = (SELECT registration_id FROM registration_link WHERE platform_id = $1 AND token_hash = $2)
        AND (r.hold_until IS NULL OR r.hold_until > $3)"
);
const OF_ROUND: &str = select!(
    "o.activity_id = $2 AND o.occurrence = $3 AND (r.hold_until IS NULL OR r.hold_until > $4) ORDER BY r.place"
);
const OF_ROUND_ID: &str = select!("r.round_id = $2 AND r.state <> 'cancelled' ORDER BY r.place");
const TAKEN: &str =
    "SELECT CAST(COALESCE(SUM(CASE WHEN r.state = 'seat' THEN r.guests + 1 ELSE 0 END), 0) AS BIGINT),
        CAST(COALESCE(SUM(CASE WHEN r.state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT)
    FROM registration r JOIN registration_round o ON o.platform_id = r.platform_id AND o.id = r.round_id
    WHERE r.platform_id = $1 AND o.activity_id = $2 AND o.occurrence = $3
        AND (r.hold_until IS NULL OR r.hold_until > $4)";
const AHEAD: &str = "SELECT COUNT(*) FROM registration r
    JOIN registration b ON b.platform_id = r.platform_id AND b.round_id = r.round_id AND b.state = 'waiting'
        AND b.place <= r.place AND (b.hold_until IS NULL OR b.hold_until > $3)
    WHERE r.platform_id = $1 AND r.id = $2 AND r.state = 'waiting'";
const LINK: &str =
    "INSERT INTO registration_link (platform_id, token_hash, registration_id) VALUES ($1, $2, $3)";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn registration_statements() -> [(&'static str, &'static str); 3] {
    [
        ("who registered", OF_ROUND),
        ("the registration of a link", BY_LINK),
        ("what a member registered for", ALL_OF_MEMBER),
    ]
}

/// How full a time is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// People who have a seat, guests among them.
    pub taken: u32,
    /// Registrations that wait.
    pub waiting: u32,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    activity_id: Uuid,
    occurrence: String,
    member_id: Option<Uuid>,
    name: String,
    email: String,
    locale: Option<String>,
    guests: i64,
    answers: String,
    state: String,
    place: i64,
    hold_until: Option<i64>,
    came: bool,
    by_organiser: bool,
    reminders: bool,
    sequence: i64,
    version: i64,
    created_at: i64,
}

pub(super) fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// The rules of an activity, as they are stored.
pub(super) fn rules(text: &str, row: Uuid) -> Result<Option<Rules>> {
    if text.is_empty() {
        return Ok(None);
    }
    known(serde_json::from_str(text).ok(), "activity", "registration", row).map(Some)
}

/// The other way round.
pub(super) fn rules_text(rules: Option<&Rules>) -> String {
    rules.and_then(|rules| serde_json::to_string(rules).ok()).unwrap_or_default()
}

fn registration(row: Row) -> Result<Registration> {
    Ok(Registration {
        id: RegistrationId(row.id),
        activity: ActivityId(row.activity_id),
        occurrence: row.occurrence,
        member: row.member_id.map(MemberId),
        name: row.name,
        email: row.email,
        locale: row.locale.as_deref().and_then(|tag| tag.parse().ok()),
        guests: small(row.guests),
        answers: known(serde_json::from_str(&row.answers).ok(), "registration", "answers", row.id)?,
        state: known(State::from_key(&row.state), "registration", "state", row.id)?,
        place: row.place,
        hold_until: row.hold_until.map(Timestamp),
        came: row.came,
        by_organiser: row.by_organiser,
        reminders: row.reminders,
        sequence: row.sequence,
        version: row.version,
        created_at: Timestamp(row.created_at),
    })
}

pub(super) async fn of_member(
    tenant: &Tenant,
    member: MemberId,
    now: Timestamp,
) -> Result<Vec<Registration>> {
    let rows: Vec<Row> = read!(tenant, conn => sqlx::query_as(ALL_OF_MEMBER)
        .bind(tenant.platform().0).bind(member.0).bind(now.0).fetch_all(conn).await)?;
    rows.into_iter().map(registration).collect()
}

impl Tenant {
    /// The registration of a member that is not cancelled.
    pub async fn registration_of(
        &self,
        (activity, occurrence): (ActivityId, &str),
        member: MemberId,
        now: Timestamp,
    ) -> Result<Option<Registration>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(OF_MEMBER)
            .bind(self.platform().0).bind(activity.0).bind(occurrence).bind(member.0).bind(now.0)
            .fetch_optional(conn).await)?;
        row.map(registration).transpose()
    }

    /// One registration, in whatever state.
    pub async fn registration(&self, id: RegistrationId) -> Result<Option<Registration>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(registration).transpose()
    }

    /// The registration that a link leads to; none when it was not confirmed in time.
    pub async fn registration_by_link(
        &self,
        token_hash: &[u8],
        now: Timestamp,
    ) -> Result<Option<Registration>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(BY_LINK)
            .bind(self.platform().0).bind(token_hash).bind(now.0).fetch_optional(conn).await)?;
        row.map(registration).transpose()
    }

    /// Everybody who registered for one time, cancelled ones too, in the order in which they came.
    pub async fn registrations(
        &self,
        activity: ActivityId,
        occurrence: &str,
        now: Timestamp,
    ) -> Result<Vec<Registration>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(OF_ROUND)
            .bind(self.platform().0).bind(activity.0).bind(occurrence).bind(now.0)
            .fetch_all(conn).await)?;
        rows.into_iter().map(registration).collect()
    }

    /// How full one time is: numbers, which is all that others may know.
    pub async fn seats(&self, activity: ActivityId, occurrence: &str, now: Timestamp) -> Result<Seats> {
        let (taken, waiting): (i64, i64) = read!(self, conn => sqlx::query_as(TAKEN)
            .bind(self.platform().0).bind(activity.0).bind(occurrence).bind(now.0)
            .fetch_one(conn).await)?;
        Ok(Seats { taken: small(taken), waiting: small(waiting) })
    }

    /// The number on the waiting list, from 1 on; 0 for who does not wait.
    pub async fn waiting_number(&self, id: RegistrationId, now: Timestamp) -> Result<u32> {
        let ahead: i64 = read!(self, conn => sqlx::query_scalar(AHEAD)
            .bind(self.platform().0).bind(id.0).bind(now.0).fetch_one(conn).await)?;
        Ok(small(ahead))
    }
}

impl Write {
    /// The same as this transaction sees it.
    pub async fn registration_now(&mut self, id: RegistrationId) -> Result<Option<Registration>> {
        let platform = self.platform().0;
        let row: Option<Row> = change!(self, conn => sqlx::query_as(ONE)
            .bind(platform).bind(id.0).fetch_optional(conn).await)?;
        row.map(registration).transpose()
    }

    /// The number on the waiting list as this transaction sees it, in which nobody's hold has run out.
    pub async fn waiting_number_now(&mut self, id: RegistrationId) -> Result<u32> {
        let platform = self.platform().0;
        let ahead: i64 = change!(self, conn => sqlx::query_scalar(AHEAD)
            .bind(platform).bind(id.0).bind(0_i64).fetch_one(conn).await)?;
        Ok(small(ahead))
    }

    /// Everybody in a round who has not cancelled.
    pub(super) async fn registered_in(&mut self, round: Uuid) -> Result<Vec<Registration>> {
        let platform = self.platform().0;
        let rows: Vec<Row> = change!(self, conn => sqlx::query_as(OF_ROUND_ID)
            .bind(platform).bind(round).fetch_all(conn).await)?;
        rows.into_iter().map(registration).collect()
    }

    /// One more link that leads to a registration, for a mail that is written in this transaction.
    pub async fn link_to_registration(&mut self, id: RegistrationId, token_hash: &[u8]) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(LINK)
            .bind(platform).bind(token_hash).bind(id.0).execute(conn).await.map(|_| ()))
    }
}
