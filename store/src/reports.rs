//! Notices about content.

use domain::clock::Timestamp;
use domain::id::ReportId;
use domain::permit::Permit;
use domain::permit::action::Report;

use crate::conn::{change, read};
use crate::error::Result;
use crate::tenant::{Tenant, Write};

const INSERT: &str = "INSERT INTO report
        (platform_id, id, member_id, address, email, created_at, message)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const COUNT: &str = "SELECT COUNT(*) FROM report WHERE platform_id = $1";

#[derive(Clone, Copy, Debug)]
pub struct NewReport<'a> {
    pub id: ReportId,
    /// A path on this site, or empty.
    pub address: &'a str,
    pub message: &'a str,
    pub email: Option<&'a str>,
    pub at: Timestamp,
}

impl Tenant {
    /// How many notices there are.
    pub async fn count_reports(&self) -> Result<i64> {
        read!(self, conn => sqlx::query_scalar(COUNT)
            .bind(self.platform().0).fetch_one(conn).await)
    }
}

impl Write {
    pub async fn insert_report(&mut self, permit: &Permit<Report>, new: &NewReport<'_>) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let by = permit.by().map(|member| member.0);
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(by).bind(new.address).bind(new.email)
            .bind(new.at.0).bind(new.message)
            .execute(conn).await.map(|_| ()))
    }
}
