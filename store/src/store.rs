//! The whole database: opening, migrating, and finding platforms.

use domain::id::PlatformId;
use sqlx::migrate::Migrator;
use uuid::Uuid;

use sqlx::Connection as _;

use crate::conn::{Kind, Options, Pools, read};
use crate::error::{Error, Result};
use crate::platforms::Versions;
use crate::tenant::Tenant;

const PATIENT: &str = "SET statement_timeout = 0";
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

const BY_HOST: &str = "SELECT platform_id FROM platform_host WHERE host = $1";
const BY_SLUG: &str = "SELECT id FROM platform WHERE slug = $1";
const IDS: &str = "SELECT id FROM platform ORDER BY slug";
const HOSTS: &str = "SELECT host, platform_id FROM platform_host ORDER BY position, host";
const VERSIONS: &str = "SELECT id, content_version, config_version FROM platform";
const MIGRATED_TO: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";

/// The database. Cheap to clone: clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Pools,
}

impl Store {
    /// Opens the database; makes the file (and its folder) when it is `SQLite` and not there yet.
    pub async fn open(options: &Options) -> Result<Self> {
        Ok(Self { pools: Pools::open(options).await? })
    }

    /// The same, but only when the database is there: a path that was mistyped makes no new one.
    pub async fn open_existing(options: &Options) -> Result<Self> {
        if let Some(path) = options.url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if !std::path::Path::new(path).is_file() {
                return Err(Error::Missing(path.to_owned()));
            }
        }
        Self::open(options).await
    }

    /// Whether a community is in it, whatever its version; `false` also when there is no schema yet.
    pub async fn holds_communities(&self) -> bool {
        self.platform_ids().await.is_ok_and(|ids| !ids.is_empty())
    }

    /// Brings the schema up to date, and what search finds posts by. Safe when two processes start at once: the second waits for
    /// the first (a lock of `PostgreSQL`, an exclusive transaction of `SQLite`).
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite(pools) => {
                let mut held = pools.writer.alone().await?;
                let mut txn = held.conn().begin_with("BEGIN EXCLUSIVE").await?;
                SQLITE.run_direct(None, &mut *txn, false).await?;
                txn.commit().await?;
            }
            Pools::Postgres(pool) => {
                let mut conn = pool.acquire().await?.detach();
                // A change to a large table takes its time.
                sqlx::query(PATIENT).execute(&mut conn).await?;
                POSTGRES.run(&mut conn).await?;
                conn.close().await?;
            }
        }
        let filed = self.file_posts().await?;
        if filed > 0 {
            tracing::info!(filed, "posts are filed for search");
        }
        let filed = self.file_activities().await?;
        if filed > 0 {
            tracing::info!(filed, "activities are filed for search");
        }
        let filed = self.file_all_comments().await?;
        if filed > 0 {
            tracing::info!(filed, "comments are filed for search");
        }
        Ok(())
    }

    /// Whether requests can be served: connected, and migrated at least as far as this program.
    pub async fn check_ready(&self) -> Result<()> {
        let wanted = match self.kind() {
            Kind::Sqlite => &SQLITE,
            Kind::Postgres => &POSTGRES,
        };
        let wanted = wanted.iter().map(|step| step.version).max().unwrap_or(0);
        let found: Result<Option<i64>> =
            read!(self, conn => sqlx::query_scalar(MIGRATED_TO).fetch_one(conn).await);
        match found {
            Ok(Some(version)) if version >= wanted => Ok(()),
            Err(error @ Error::Unavailable(_)) => Err(error),
            _ => Err(Error::NotMigrated { wanted }),
        }
    }

    pub const fn kind(&self) -> Kind {
        match self.pools {
            Pools::Sqlite(_) => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }

    /// Waits for what is running and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// The platform that answers at this host name (in lower case, without a port).
    pub async fn platform_by_host(&self, host: &str) -> Result<Option<PlatformId>> {
        let id: Option<Uuid> = read!(self, conn =>
            sqlx::query_scalar(BY_HOST).bind(host).fetch_optional(conn).await)?;
        Ok(id.map(PlatformId))
    }

    pub async fn platform_by_slug(&self, slug: &str) -> Result<Option<PlatformId>> {
        let id: Option<Uuid> = read!(self, conn =>
            sqlx::query_scalar(BY_SLUG).bind(slug).fetch_optional(conn).await)?;
        Ok(id.map(PlatformId))
    }

    /// All platforms, by slug.
    pub async fn platform_ids(&self) -> Result<Vec<PlatformId>> {
        let ids: Vec<Uuid> = read!(self, conn => sqlx::query_scalar(IDS).fetch_all(conn).await)?;
        Ok(ids.into_iter().map(PlatformId).collect())
    }

    /// All host names with their platforms; the first of a platform is its own, that mails and links name.
    pub async fn hosts(&self) -> Result<Vec<(String, PlatformId)>> {
        let rows: Vec<(String, Uuid)> = read!(self, conn => sqlx::query_as(HOSTS).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(host, id)| (host, PlatformId(id))).collect())
    }

    /// The versions of all platforms, in one statement: what a process polls to keep its memory fresh.
    pub async fn versions(&self) -> Result<Vec<(PlatformId, Versions)>> {
        let rows: Vec<(Uuid, i64, i64)> =
            read!(self, conn => sqlx::query_as(VERSIONS).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(id, content, config)| (PlatformId(id), Versions { content, config }))
            .collect())
    }

    /// A handle on one platform. Make one per request: it counts the statements.
    pub fn on(&self, platform: PlatformId) -> Tenant {
        Tenant::new(self.pools.clone(), platform)
    }

    pub(crate) const fn pools(&self) -> &Pools {
        &self.pools
    }

    /// What is not bound to a platform is not counted; the macros ask for it all the same.
    #[expect(clippy::unused_self, reason = "the same call as on a Tenant")]
    pub(crate) const fn count(&self) {}
}
