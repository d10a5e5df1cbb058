//! What only the program's own commands do: making platforms, changing and filling them.

use domain::actor::Scope;
use domain::area::Area;
use domain::clock::Timestamp;
use domain::geo::CommunityMap;
use domain::id::{GrantId, MemberId, PlatformId, PostId};
use domain::locale::Locale;
use domain::permit::Permit;
use domain::permit::action::Operate;
use domain::platform::{Contact, LaunchState, Topic};
use domain::roles::Role;
use uuid::Uuid;

use crate::conn::change;
use crate::dialect;
use crate::error::{Result, known};
use crate::grants::scope_columns;
use crate::members::NewMember;
use crate::posts::{NewPost, insert_row};
use crate::tenant::Write;

const PLATFORM: &str = "INSERT INTO platform
        (id, slug, name, place, tagline, theme, locale, locales, launch, contact, demo,
         house_rules, about, map)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
const UPDATE_PLATFORM: &str = "UPDATE platform
    SET name = $2, place = $3, tagline = $4, theme = $5, locale = $6, locales = $7, launch = $8, contact = $9,
        house_rules = $10, about = $11, map = $12
    WHERE id = $1";
const FORGET_HOSTS: &str = "DELETE FROM platform_host WHERE platform_id = $1";
const HOST: &str = "INSERT INTO platform_host (host, platform_id, position)
    VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM platform_host WHERE platform_id = $2))";
/// One that is there keeps its key, and with it everything that is filed under it.
const AREA: &str = "INSERT INTO area (platform_id, id, parent_id, kind, slug, name, position)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (platform_id, slug) DO UPDATE
    SET parent_id = excluded.parent_id, kind = excluded.kind, name = excluded.name, position = excluded.position";
const TOPIC: &str = "INSERT INTO topic (platform_id, id, slug, name, position)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (platform_id, slug) DO UPDATE SET name = excluded.name, position = excluded.position";
const MEMBER: &str = "INSERT INTO member
        (platform_id, id, name, email, area_id, locale, created_at, about, demo)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const GRANT: &str = "INSERT INTO member_grant
        (platform_id, id, member_id, role, scope_kind, area_id, topic_id, organisation_id,
         granted_by, valid_from, valid_until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const REVOKE: &str = "UPDATE member_grant SET valid_until = $4
    WHERE platform_id = $1 AND member_id = $2 AND role = $3 AND (valid_until IS NULL OR valid_until > $4)";
const SECRETS: &str = "INSERT INTO credential (platform_id, member_id, password_hash, totp_secret)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (platform_id, member_id)
    DO UPDATE SET password_hash = excluded.password_hash, totp_secret = excluded.totp_secret";
const PAST: &str = "UPDATE post SET edited_at = $3, pinned_until = $4, pinned_by = $5
    WHERE platform_id = $1 AND id = $2";
const AUDIT: &str = "INSERT INTO audit_log (platform_id, member_id, action, subject_id, at)
    VALUES ($1, $2, $3, $4, $5)";

/// A community about to exist.
#[derive(Clone, Copy, Debug)]
pub struct NewPlatform<'a> {
    pub id: PlatformId,
    pub slug: &'a str,
    pub name: &'a str,
    pub place: &'a str,
    pub tagline: &'a str,
    pub theme: &'a str,
    pub locale: Locale,
    pub locales: &'a [Locale],
    pub launch: LaunchState,
    pub contact: &'a Contact,
    pub house_rules: &'a str,
    pub about: &'a str,
    pub map: Option<&'a CommunityMap>,
    /// In lower case, without a port.
    pub hosts: &'a [String],
    pub demo: bool,
}

/// A role about to be given.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    pub id: GrantId,
    pub member: MemberId,
    pub role: Role,
    pub scope: Scope,
    pub by: Option<MemberId>,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// What already happened to a post that is brought in.
#[derive(Clone, Copy, Debug, Default)]
pub struct PostPast {
    pub edited_at: Option<Timestamp>,
    pub pinned_until: Option<Timestamp>,
    pub pinned_by: Option<MemberId>,
}

/// The map of a community as it is stored: JSON, or nothing.
fn map_text(map: Option<&CommunityMap>) -> Option<String> {
    map.map_or_else(|| Some(String::new()), |map| serde_json::to_string(map).ok())
}

impl Write {
    /// Says that this transaction will fill tables: what `PostgreSQL` planned while they were empty would read them whole
    /// for every row.
    pub async fn expect_much(&mut self, permit: &Permit<Operate>) -> Result<()> {
        self.allow(permit)?;
        let Some(sql) = dialect::plan_anew(self.kind()) else { return Ok(()) };
        change!(self, conn => sqlx::query(sql).execute(conn).await.map(|_| ()))
    }

    /// Makes the platform of this handle.
    pub async fn create_platform(&mut self, permit: &Permit<Operate>, new: &NewPlatform<'_>) -> Result<()> {
        self.allow(permit)?;
        let id = self.platform().0;
        let locales = known(serde_json::to_string(new.locales).ok(), "platform", "locales", id)?;
        let contact = known(serde_json::to_string(new.contact).ok(), "platform", "contact", id)?;
        let map = known(map_text(new.map), "platform", "map", id)?;
        change!(self, conn => sqlx::query(PLATFORM)
            .bind(id).bind(new.slug).bind(new.name).bind(new.place).bind(new.tagline)
            .bind(new.theme).bind(new.locale.tag()).bind(locales).bind(new.launch.key())
            .bind(contact).bind(new.demo).bind(new.house_rules).bind(new.about).bind(map)
            .execute(conn).await.map(|_| ()))?;
        for host in new.hosts {
            change!(self, conn => sqlx::query(HOST).bind(host).bind(id)
                .execute(conn).await.map(|_| ()))?;
        }
        Ok(())
    }

    /// Changes the platform of this handle, all but its slug; `new.hosts` are all that it has from now on.
    pub async fn update_platform(&mut self, permit: &Permit<Operate>, new: &NewPlatform<'_>) -> Result<()> {
        self.allow(permit)?;
        let id = self.platform().0;
        let locales = known(serde_json::to_string(new.locales).ok(), "platform", "locales", id)?;
        let contact = known(serde_json::to_string(new.contact).ok(), "platform", "contact", id)?;
        let map = known(map_text(new.map), "platform", "map", id)?;
        change!(self, conn => sqlx::query(UPDATE_PLATFORM)
            .bind(id).bind(new.name).bind(new.place).bind(new.tagline).bind(new.theme)
            .bind(new.locale.tag()).bind(locales).bind(new.launch.key()).bind(contact)
            .bind(new.house_rules).bind(new.about).bind(map)
            .execute(conn).await.map(|_| ()))?;
        change!(self, conn => sqlx::query(FORGET_HOSTS).bind(id).execute(conn).await.map(|_| ()))?;
        for host in new.hosts {
            change!(self, conn => sqlx::query(HOST).bind(host).bind(id)
                .execute(conn).await.map(|_| ()))?;
        }
        self.touch();
        self.touch_config();
        Ok(())
    }

    /// Adds an area, or changes the one with this slug.
    pub async fn insert_area(&mut self, permit: &Permit<Operate>, area: &Area, position: i64) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(AREA)
            .bind(platform).bind(area.id.0).bind(area.parent.map(|id| id.0)).bind(area.kind.key())
            .bind(&area.slug).bind(&area.name).bind(position)
            .execute(conn).await.map(|_| ()))?;
        self.touch_config();
        Ok(())
    }

    /// Adds a topic, or changes the one with this slug.
    pub async fn insert_topic(
        &mut self,
        permit: &Permit<Operate>,
        topic: &Topic,
        position: i64,
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(TOPIC)
            .bind(platform).bind(topic.id.0).bind(&topic.slug).bind(&topic.name).bind(position)
            .execute(conn).await.map(|_| ()))?;
        self.touch_config();
        Ok(())
    }

    /// Makes an account without a mail; `new.at` is when it was made.
    pub async fn insert_member_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        new: &NewMember<'_>,
        about: &str,
        demo: bool,
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(MEMBER)
            .bind(platform).bind(new.id.0).bind(new.name).bind(new.email)
            .bind(new.area.map(|id| id.0)).bind(new.locale.map(Locale::tag)).bind(new.at.0)
            .bind(about).bind(demo)
            .execute(conn).await.map(|_| ()))
    }

    /// Gives a role.
    pub async fn grant(&mut self, permit: &Permit<Operate>, new: &NewGrant) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let (kind, area, topic, organisation) = scope_columns(new.scope);
        change!(self, conn => sqlx::query(GRANT)
            .bind(platform).bind(new.id.0).bind(new.member.0).bind(new.role.key()).bind(kind)
            .bind(area).bind(topic).bind(organisation).bind(new.by.map(|id| id.0))
            .bind(new.from.0).bind(new.until.map(|at| at.0))
            .execute(conn).await.map(|_| ()))?;
        self.touch_config();
        Ok(())
    }

    /// Ends a role of a member, wherever it holds; says how many grants that were.
    pub async fn revoke(
        &mut self,
        permit: &Permit<Operate>,
        member: MemberId,
        role: Role,
        at: Timestamp,
    ) -> Result<u64> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let ended = change!(self, conn => sqlx::query(REVOKE)
            .bind(platform).bind(member.0).bind(role.key()).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        self.touch_config();
        Ok(ended)
    }

    pub async fn set_secrets_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        member: MemberId,
        password_hash: Option<&str>,
        totp_secret: Option<&str>,
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(SECRETS)
            .bind(platform).bind(member.0).bind(password_hash).bind(totp_secret)
            .execute(conn).await.map(|_| ()))
    }

    /// Publishes a post of somebody, with what already happened to it.
    pub async fn insert_post_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        author: MemberId,
        new: &NewPost<'_>,
        past: &PostPast,
    ) -> Result<()> {
        self.allow(permit)?;
        insert_row(self, author, new).await?;
        if past.edited_at.is_none() && past.pinned_until.is_none() {
            return Ok(());
        }
        self.set_past(new.id, past).await
    }

    async fn set_past(&mut self, id: PostId, past: &PostPast) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(PAST)
            .bind(platform).bind(id.0).bind(past.edited_at.map(|at| at.0))
            .bind(past.pinned_until.map(|at| at.0)).bind(past.pinned_by.map(|id| id.0))
            .execute(conn).await.map(|_| ()))
    }

    /// Notes who did what to what; no names, no texts.
    pub async fn audit(
        &mut self,
        by: Option<MemberId>,
        action: &str,
        subject: Option<Uuid>,
        at: Timestamp,
    ) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(AUDIT)
            .bind(platform).bind(by.map(|id| id.0)).bind(action).bind(subject).bind(at.0)
            .execute(conn).await.map(|_| ()))
    }
}
