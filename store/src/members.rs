//! Accounts.

use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId};
use domain::locale::Locale;
use domain::members::Member;
use domain::permit::Permit;
use domain::permit::action::{ManageAccount, SignIn};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::grants::HeldGrant;
use crate::tenant::{Saved, Tenant, Write};

const BY_ID: &str = "SELECT id, name, email, area_id, about, locale, suspended, created_at, version
    FROM member WHERE platform_id = $1 AND id = $2";
const BY_EMAIL: &str = "SELECT id, name, email, area_id, about, locale, suspended, created_at, version
    FROM member WHERE platform_id = $1 AND email = $2";
const DEMO: &str =
    "SELECT m.id, m.name, m.email, m.area_id, m.about, m.locale, m.suspended, m.created_at, m.version,
        c.totp_secret,
        g.id AS grant_id, g.role, g.scope_kind, g.area_id AS grant_area_id, g.topic_id, g.organisation_id
    FROM member m
    LEFT JOIN credential c ON c.platform_id = m.platform_id AND c.member_id = m.id
    LEFT JOIN member_grant g ON g.platform_id = m.platform_id AND g.member_id = m.id
        AND g.valid_from <= $2 AND (g.valid_until IS NULL OR g.valid_until > $2)
    WHERE m.platform_id = $1 AND m.demo = TRUE
    ORDER BY m.created_at, m.id, g.id";
/// An address that is taken already changes nothing: the first account stays.
const INSERT: &str = "INSERT INTO member
        (platform_id, id, name, email, area_id, locale, created_at, about)
    VALUES ($1, $2, $3, $4, $5, $6, $7, '')
    ON CONFLICT (platform_id, email) DO NOTHING";
const UPDATE: &str = "UPDATE member
    SET name = $4, area_id = $5, about = $6, locale = $7, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3";

#[derive(sqlx::FromRow)]
pub(crate) struct MemberRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) area_id: Option<Uuid>,
    pub(crate) about: String,
    pub(crate) locale: Option<String>,
    pub(crate) suspended: bool,
    pub(crate) created_at: i64,
    pub(crate) version: i64,
}

#[derive(sqlx::FromRow)]
struct DemoRow {
    #[sqlx(flatten)]
    member: MemberRow,
    totp_secret: Option<String>,
    #[sqlx(flatten)]
    grant: HeldGrant,
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: MemberId(row.id),
            name: row.name,
            email: row.email,
            area: row.area_id.map(AreaId),
            about: row.about,
            locale: row.locale.and_then(|tag| tag.parse().ok()),
            suspended: row.suspended,
            created_at: Timestamp(row.created_at),
            version: row.version,
        }
    }
}

/// A new account.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    pub id: MemberId,
    pub name: &'a str,
    /// In lower case.
    pub email: &'a str,
    pub area: Option<AreaId>,
    pub locale: Option<Locale>,
    pub at: Timestamp,
}

/// How making an account ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsertMember {
    Done,
    /// Somebody has this address on this platform already; nothing changed.
    EmailTaken,
}

impl Tenant {
    pub async fn member(&self, id: MemberId) -> Result<Option<Member>> {
        let row: Option<MemberRow> = read!(self, conn =>
            sqlx::query_as(BY_ID).bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        Ok(row.map(Member::from))
    }

    /// By the address in lower case.
    pub async fn member_by_email(&self, email: &str) -> Result<Option<Member>> {
        let row: Option<MemberRow> = read!(self, conn =>
            sqlx::query_as(BY_EMAIL).bind(self.platform().0).bind(email)
                .fetch_optional(conn).await)?;
        Ok(row.map(Member::from))
    }

    /// The demo accounts with their grants.
    pub async fn members_for_demo(&self, now: Timestamp) -> Result<Vec<(Member, Vec<domain::actor::Grant>)>> {
        let found = self.demo_accounts(now).await?;
        Ok(found.into_iter().map(|(member, grants, _)| (member, grants)).collect())
    }

    /// The demo accounts with their grants, and the keys of their second factors, which are public.
    pub async fn demo_accounts(
        &self,
        now: Timestamp,
    ) -> Result<Vec<(Member, Vec<domain::actor::Grant>, Option<String>)>> {
        let rows: Vec<DemoRow> = read!(self, conn =>
            sqlx::query_as(DEMO).bind(self.platform().0).bind(now.0).fetch_all(conn).await)?;
        let mut found: Vec<(Member, Vec<domain::actor::Grant>, Option<String>)> = Vec::new();
        for DemoRow { member, totp_secret, grant } in rows {
            let grant = grant.read()?;
            match found.last_mut() {
                Some((known, grants, _)) if known.id.0 == member.id => grants.extend(grant),
                _ => found.push((Member::from(member), grant.into_iter().collect(), totp_secret)),
            }
        }
        Ok(found)
    }
}

impl Write {
    /// Makes an account for an address that proved right.
    pub async fn insert_member(
        &mut self,
        permit: &Permit<SignIn>,
        new: &NewMember<'_>,
    ) -> Result<InsertMember> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let made = change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.name).bind(new.email)
            .bind(new.area.map(|id| id.0)).bind(new.locale.map(Locale::tag)).bind(new.at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(if made == 1 { InsertMember::Done } else { InsertMember::EmailTaken })
    }

    /// Changes one's own profile.
    pub async fn update_member(
        &mut self,
        permit: &Permit<ManageAccount>,
        expected_version: i64,
        name: &str,
        area: Option<AreaId>,
        about: &str,
        locale: Option<Locale>,
    ) -> Result<Saved> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(UPDATE)
            .bind(platform).bind(member.0).bind(expected_version).bind(name)
            .bind(area.map(|id| id.0)).bind(about).bind(locale.map(Locale::tag))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        // Names stand on pages, and those of connectors on every page.
        self.touch();
        self.touch_config();
        Ok(Saved::Done { version: expected_version + 1 })
    }
}
