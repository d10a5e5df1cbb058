//! Forms that could not be accepted yet.

use domain::clock::Timestamp;
use domain::id::FlashId;
use domain::permit::Permit;
use domain::permit::action::KeepFlash;

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

const BY_ID: &str = "SELECT form, content FROM flash
    WHERE platform_id = $1 AND id = $2 AND expires_at > $3";
const INSERT: &str = "INSERT INTO flash (platform_id, id, form, expires_at, content)
    VALUES ($1, $2, $3, $4, $5)";

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Which form.
    pub form: String,
    pub json: String,
}

impl Tenant {
    pub async fn flash(&self, id: FlashId, now: Timestamp) -> Result<Option<Flash>> {
        let row: Option<(String, String)> = read!(self, conn => sqlx::query_as(BY_ID)
            .bind(self.platform().0).bind(id.0).bind(now.0).fetch_optional(conn).await)?;
        Ok(row.map(|(form, json)| Flash { form, json }))
    }
}

impl Write {
    pub async fn insert_flash(
        &mut self,
        permit: &Permit<KeepFlash>,
        id: FlashId,
        form: &str,
        json: &str,
        expires_at: Timestamp,
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(id.0).bind(form).bind(expires_at.0).bind(json)
            .execute(conn).await.map(|_| ()))
    }
}
