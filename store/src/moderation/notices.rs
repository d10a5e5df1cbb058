//! What people wrote when they gave notice, and the links they follow it with.

use domain::clock::Timestamp;
use domain::id::{CaseId, MemberId, NoticeId};
use domain::locale::Locale;
use domain::moderation::Category;
use domain::permit::Permit;
use domain::permit::action::{DecideCase, GiveNotice};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Tenant, Write};

const INSERT: &str = "INSERT INTO notice
        (platform_id, id, case_id, member_id, email, locale, category, rule, address, follow_until, created_at,
         message)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const LINK: &str = "INSERT INTO notice_link (platform_id, token_hash, notice_id) VALUES ($1, $2, $3)";
const OF_CASE: &str =
    "SELECT id, case_id, member_id, email, locale, category, rule, address, created_at, message
    FROM notice WHERE platform_id = $1 AND case_id = $2 ORDER BY created_at, id LIMIT 200";
const BY_TOKEN: &str =
    "SELECT n.id, n.case_id, n.member_id, n.email, n.locale, n.category, n.rule, n.address,
        n.created_at, n.message
    FROM notice_link l JOIN notice n ON n.platform_id = l.platform_id AND n.id = l.notice_id
    WHERE l.platform_id = $1 AND l.token_hash = $2 AND n.follow_until > $3";
const COUNT: &str = "SELECT COUNT(*) FROM notice WHERE platform_id = $1";

#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    pub id: NoticeId,
    pub case: CaseId,
    pub email: Option<&'a str>,
    /// What its sender reads.
    pub locale: Locale,
    pub category: Category,
    /// Number of a house rule.
    pub rule: Option<u8>,
    /// A path on this site, or empty.
    pub address: &'a str,
    pub token_hash: &'a [u8],
    pub follow_until: Timestamp,
    pub message: &'a str,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    pub id: NoticeId,
    pub case: CaseId,
    pub member: Option<MemberId>,
    pub email: Option<String>,
    pub locale: Option<Locale>,
    pub category: Category,
    pub rule: Option<i64>,
    pub address: String,
    pub message: String,
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct NoticeRow {
    id: Uuid,
    case_id: Uuid,
    member_id: Option<Uuid>,
    email: Option<String>,
    locale: String,
    category: String,
    rule: Option<i64>,
    address: String,
    created_at: i64,
    message: String,
}

fn record(row: NoticeRow) -> Result<NoticeRecord> {
    Ok(NoticeRecord {
        id: NoticeId(row.id),
        case: CaseId(row.case_id),
        member: row.member_id.map(MemberId),
        email: row.email,
        locale: row.locale.parse().ok(),
        category: known(Category::from_key(&row.category), "notice", "category", row.id)?,
        rule: row.rule,
        address: row.address,
        message: row.message,
        at: Timestamp(row.created_at),
    })
}

impl Tenant {
    /// How many notices there are.
    pub async fn count_notices(&self) -> Result<i64> {
        read!(self, conn => sqlx::query_scalar(COUNT)
            .bind(self.platform().0).fetch_one(conn).await)
    }

    /// The notices of a case, oldest first, two hundred at most.
    pub async fn notices_of(&self, case: CaseId) -> Result<Vec<NoticeRecord>> {
        let rows: Vec<NoticeRow> = read!(self, conn => sqlx::query_as(OF_CASE)
            .bind(self.platform().0).bind(case.0).fetch_all(conn).await)?;
        rows.into_iter().map(record).collect()
    }

    /// The notice with this link, while the link works.
    pub async fn notice_by_token(&self, hash: &[u8], now: Timestamp) -> Result<Option<NoticeRecord>> {
        let row: Option<NoticeRow> = read!(self, conn => sqlx::query_as(BY_TOKEN)
            .bind(self.platform().0).bind(hash).bind(now.0).fetch_optional(conn).await)?;
        row.map(record).transpose()
    }
}

impl Write {
    pub async fn insert_notice(&mut self, permit: &Permit<GiveNotice>, new: &NewNotice<'_>) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let by = permit.by().map(|member| member.0);
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.case.0).bind(by).bind(new.email)
            .bind(new.locale.tag()).bind(new.category.key()).bind(new.rule.map(i64::from)).bind(new.address)
            .bind(new.follow_until.0).bind(new.at.0).bind(new.message)
            .execute(conn).await.map(|_| ()))?;
        self.insert_link(new.id, new.token_hash).await
    }

    /// One more link for who gave notice, for a mail that tells what was decided.
    pub async fn link_notice(
        &mut self,
        permit: &Permit<DecideCase>,
        case: CaseId,
        notice: NoticeId,
        token_hash: &[u8],
    ) -> Result<()> {
        self.allow_for(permit, case.0)?;
        self.insert_link(notice, token_hash).await
    }

    async fn insert_link(&mut self, notice: NoticeId, token_hash: &[u8]) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(LINK).bind(platform).bind(token_hash).bind(notice.0)
            .execute(conn).await.map(|_| ()))
    }
}
