//! Looking after the database itself: copies and checks.

use std::path::Path;

use sqlx::Row;

use crate::conn::{Pools, read};
use crate::error::{Error, Result};
use crate::store::Store;

const COUNT: &str = "SELECT COUNT(*) FROM platform";

impl Store {
    /// Writes a consistent copy to a new file while others read and write.
    pub async fn backup(&self, to: &Path) -> Result<()> {
        let Pools::Sqlite(pools) = self.pools() else {
            return Err(Error::Unsupported("use pg_dump for PostgreSQL"));
        };
        let path = to.to_string_lossy().into_owned();
        let mut held = pools.readers.acquire().await?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&mut *held).await?;
        // SQLite leaves the copy to the operating system; a backup must survive a power cut too.
        std::fs::OpenOptions::new().write(true).open(to)?.sync_all()?;
        Ok(())
    }

    /// After much was written at one go: `PostgreSQL` looks at what there is, to plan by, and not some minutes later.
    /// `SQLite` does so when it is closed.
    pub async fn analyse(&self) -> Result<()> {
        if let Pools::Postgres(pool) = self.pools() {
            sqlx::query("ANALYZE").execute(pool).await?;
        }
        Ok(())
    }

    /// What is wrong inside; empty when all is well.
    pub async fn integrity_check(&self) -> Result<Vec<String>> {
        let mut faults = Vec::new();
        if let Pools::Sqlite(pools) = self.pools() {
            let mut held = pools.readers.acquire().await?;
            let lines: Vec<String> =
                sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *held).await?;
            faults.extend(lines.into_iter().filter(|line| line != "ok"));
            let dangling = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *held).await?;
            for row in dangling.iter().take(20) {
                let table: String = row.try_get(0)?;
                faults.push(format!("a row of {table} points at nothing"));
            }
        }
        self.check_ready().await?;
        let _: i64 = read!(self, conn => sqlx::query_scalar(COUNT).fetch_one(conn).await)?;
        Ok(faults)
    }

    /// The file of an `SQLite` database.
    pub fn file(&self) -> Option<&Path> {
        match self.pools() {
            Pools::Sqlite(pools) => Some(&pools.path),
            Pools::Postgres(_) => None,
        }
    }
}
