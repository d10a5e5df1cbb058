//! Mails that wait, go out, or have gone.

use domain::clock::Timestamp;
use domain::id::{MailId, PlatformId};
use uuid::Uuid;

use crate::conn::{change, change_alone, read};
use crate::dialect;
use crate::error::{Result, known};
use crate::store::Store;
use crate::tenant::{Tenant, Write};

const INSERT: &str = "INSERT INTO mail
        (id, platform_id, state, created_at, due_at, to_name, to_address, subject, text_body, html_body,
         calendar)
    VALUES ($1, $2, 'queued', $3, $3, $4, $5, $6, $7, $8, $9)";
const RECENT: &str = "SELECT id, to_name, to_address, subject, text_body, html_body, state, created_at
    FROM mail WHERE platform_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
const SENT: &str = "UPDATE mail SET state = 'sent', ended_at = $2, error_kind = NULL
    WHERE id = $1 AND state = 'sending'";
const RETRY: &str = "UPDATE mail SET state = 'queued', due_at = $2, error_kind = $3
    WHERE id = $1 AND state = 'sending'";
const FAILED: &str = "UPDATE mail SET state = 'failed', ended_at = $2, error_kind = $3
    WHERE id = $1 AND state = 'sending'";
/// The process that was sending it is gone, and whether it arrived is not known.
const UNCERTAIN: &str = "UPDATE mail SET state = 'uncertain', ended_at = $1
    WHERE state = 'sending' AND started_at < $1";

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    Queued,
    Sending,
    Sent,
    Failed,
    /// The process died while sending: never sent again.
    Uncertain,
}

impl MailState {
    fn from_key(key: &str) -> Option<Self> {
        match key {
            "queued" => Some(Self::Queued),
            "sending" => Some(Self::Sending),
            "sent" => Some(Self::Sent),
            "failed" => Some(Self::Failed),
            "uncertain" => Some(Self::Uncertain),
            _ => None,
        }
    }
}

/// A mail to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewMail<'a> {
    pub id: MailId,
    /// May be empty.
    pub to_name: &'a str,
    pub to_address: &'a str,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// An invitation for their calendar (RFC 6047); empty for none.
    pub calendar: &'a str,
    pub at: Timestamp,
}

/// A mail that this process claimed: nobody else sends it.
#[derive(Clone, Debug)]
pub struct QueuedMail {
    pub id: MailId,
    pub platform: PlatformId,
    /// How many times it was tried, this time included.
    pub attempts: i64,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub calendar: String,
}

/// A mail on the demo's outbox page.
#[derive(Clone, Debug)]
pub struct MailRecord {
    pub id: MailId,
    pub to_name: String,
    pub to_address: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub state: MailState,
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct RecordRow {
    id: Uuid,
    to_name: String,
    to_address: String,
    subject: String,
    text_body: String,
    html_body: String,
    state: String,
    created_at: i64,
}

#[derive(sqlx::FromRow)]
struct QueuedRow {
    id: Uuid,
    platform_id: Uuid,
    attempts: i64,
    to_name: String,
    to_address: String,
    subject: String,
    text_body: String,
    html_body: String,
    calendar: String,
}

impl From<QueuedRow> for QueuedMail {
    fn from(row: QueuedRow) -> Self {
        Self {
            id: MailId(row.id),
            platform: PlatformId(row.platform_id),
            attempts: row.attempts,
            to_name: row.to_name,
            to_address: row.to_address,
            subject: row.subject,
            text: row.text_body,
            html: row.html_body,
            calendar: row.calendar,
        }
    }
}

impl Tenant {
    /// The newest mails of this platform.
    pub async fn recent_mail(&self, limit: i64) -> Result<Vec<MailRecord>> {
        let rows: Vec<RecordRow> = read!(self, conn => sqlx::query_as(RECENT)
            .bind(self.platform().0).bind(limit).fetch_all(conn).await)?;
        rows.into_iter()
            .map(|row| {
                Ok(MailRecord {
                    state: known(MailState::from_key(&row.state), "mail", "state", row.id)?,
                    id: MailId(row.id),
                    to_name: row.to_name,
                    to_address: row.to_address,
                    subject: row.subject,
                    text: row.text_body,
                    html: row.html_body,
                    created_at: Timestamp(row.created_at),
                })
            })
            .collect()
    }
}

impl Write {
    /// Queues a mail in this transaction: it goes out if and only if the rest happened.
    pub async fn queue_mail(&mut self, new: &NewMail<'_>) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(INSERT)
            .bind(new.id.0).bind(platform).bind(new.at.0).bind(new.to_name).bind(new.to_address)
            .bind(new.subject).bind(new.text).bind(new.html).bind(new.calendar)
            .execute(conn).await.map(|_| ()))
    }
}

impl Store {
    /// Claims mails that are due, of all platforms. What is claimed is sent by this process or never.
    pub async fn claim_mail(&self, now: Timestamp, limit: i64) -> Result<Vec<QueuedMail>> {
        let sql = dialect::claim_mail(self.kind());
        let rows: Vec<QueuedRow> = change_alone!(self, conn => sqlx::query_as(sql)
            .bind(now.0).bind(limit).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(QueuedMail::from).collect())
    }

    pub async fn mail_sent(&self, id: MailId, now: Timestamp) -> Result<()> {
        change_alone!(self, conn => sqlx::query(SENT)
            .bind(id.0).bind(now.0).execute(conn).await.map(|_| ()))
    }

    /// It did not go out for sure; try again at `due_at`.
    pub async fn mail_retry(&self, id: MailId, due_at: Timestamp, error_kind: &str) -> Result<()> {
        change_alone!(self, conn => sqlx::query(RETRY)
            .bind(id.0).bind(due_at.0).bind(error_kind).execute(conn).await.map(|_| ()))
    }

    /// It will never go out.
    pub async fn mail_failed(&self, id: MailId, error_kind: &str, now: Timestamp) -> Result<()> {
        change_alone!(self, conn => sqlx::query(FAILED)
            .bind(id.0).bind(now.0).bind(error_kind).execute(conn).await.map(|_| ()))
    }

    /// Gives up on what has been *sending* since before `before`; says how many.
    pub async fn mail_uncertain_since(&self, before: Timestamp) -> Result<u64> {
        change_alone!(self, conn => sqlx::query(UNCERTAIN)
            .bind(before.0).execute(conn).await.map(|done| done.rows_affected()))
    }
}
