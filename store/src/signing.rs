//! The keys that all servers of a database sign with.

use crate::conn::{change_alone, read};
use crate::error::{Error, Result};
use crate::store::Store;

const KEY: &str = "SELECT secret FROM signing_key WHERE purpose = $1";
const KEEP: &str =
    "INSERT INTO signing_key (purpose, secret) VALUES ($1, $2) ON CONFLICT (purpose) DO NOTHING";

impl Store {
    /// The key for a purpose. Where there is none yet, `fresh` becomes it: of several servers that begin together, one
    /// is the first, and all get its key.
    pub async fn signing_key(&self, purpose: &str, fresh: &[u8]) -> Result<Vec<u8>> {
        if let Some(key) = self.kept_key(purpose).await? {
            return Ok(key);
        }
        change_alone!(self, conn => sqlx::query(KEEP)
            .bind(purpose).bind(fresh).execute(conn).await.map(|_| ()))?;
        self.kept_key(purpose).await?.ok_or(Error::Broken)
    }

    async fn kept_key(&self, purpose: &str) -> Result<Option<Vec<u8>>> {
        read!(self, conn => sqlx::query_scalar(KEY).bind(purpose).fetch_optional(conn).await)
    }
}
