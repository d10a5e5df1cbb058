//! Two databases behind one enum, and the macros that write each statement once.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Postgres, Sqlite, Transaction};

use crate::error::{Error, Result};

/// Where the database is, and how many connections read from it.
#[derive(Clone)]
pub struct Options {
    /// `sqlite:PATH` (relative or absolute) or `postgres://…`.
    pub url: String,
    /// Connections that read. `0` chooses: 8 for `SQLite`, 16 (which also write) for `PostgreSQL`.
    pub readers: u32,
}

impl std::fmt::Debug for Options {
    /// Without the address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options").field("readers", &self.readers).finish_non_exhaustive()
    }
}

/// Which database this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    Sqlite(SqlitePools),
    Postgres(PgPool),
}

/// `SQLite` allows one writer at a time: a pool of one makes writers queue here, in order, instead
/// of waiting on each other's locks. Readers never wait for it (write-ahead log).
#[derive(Clone, Debug)]
pub(crate) struct SqlitePools {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    pub(crate) path: PathBuf,
}

/// One transaction on either database. Dropped without a commit it is rolled back.
#[derive(Debug)]
pub(crate) enum Txn {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// How long a request waits for a connection before the answer is "too busy".
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long a `SQLite` connection waits for another process that writes.
const BUSY: Duration = Duration::from_secs(5);

impl Pools {
    pub(crate) async fn open(options: &Options) -> Result<Self> {
        if let Some(path) = options.url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            Ok(Self::Sqlite(open_sqlite(path, options.readers).await?))
        } else if options.url.starts_with("postgres://") || options.url.starts_with("postgresql://") {
            Ok(Self::Postgres(open_postgres(options).await?))
        } else {
            Err(Error::Address("it begins with sqlite: or postgres://"))
        }
    }

    pub(crate) async fn begin(&self) -> Result<Txn> {
        Ok(match self {
            // IMMEDIATE: the write lock is taken now, so that no later statement can fail for it.
            Self::Sqlite(pools) => Txn::Sqlite(pools.writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Txn::Postgres(pool.begin().await?),
        })
    }
}

impl Txn {
    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(txn) => txn.commit().await?,
            Self::Postgres(txn) => txn.commit().await?,
        }
        Ok(())
    }
}

/// Durable at every commit (TRUST 23), and references always checked.
pub(crate) fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .synchronous(SqliteSynchronous::Full)
        .statement_cache_capacity(256)
        // Each connection has its own; the operating system keeps the pages of the file for all (mmap).
        .pragma("cache_size", "-4000")
        .pragma("mmap_size", "268435456")
        .pragma("temp_store", "memory")
}

async fn open_sqlite(path: &str, readers: u32) -> Result<SqlitePools> {
    if path.is_empty() || path.starts_with(":memory:") || path.contains('?') {
        return Err(Error::Address("sqlite: needs the path of a file"));
    }
    let path = PathBuf::from(path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let writing = sqlite_options(&path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .pragma("journal_size_limit", "67108864")
        .optimize_on_close(true, 400);
    let writer = sqlite_pool(1).connect_with(writing).await?;
    let reading = sqlite_options(&path).read_only(true);
    let readers = if readers == 0 { 8 } else { readers };
    let readers = sqlite_pool(readers).connect_with(reading).await?;
    Ok(SqlitePools { writer, readers, path })
}

/// Connections to a file do not go stale: they live for ever and keep their prepared statements.
fn sqlite_pool(size: u32) -> SqlitePoolOptions {
    PoolOptions::new()
        .max_connections(size)
        .min_connections(1)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

async fn open_postgres(options: &Options) -> Result<PgPool> {
    let connect = PgConnectOptions::from_str(&options.url)
        .map_err(|_| Error::Address("this is no PostgreSQL address"))?
        .application_name("noaber")
        // A statement that hangs must not hold its connection, and the readers behind it, for ever.
        .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")])
        .statement_cache_capacity(256);
    let size = if options.readers == 0 { 16 } else { options.readers };
    Ok(PoolOptions::new().max_connections(size).acquire_timeout(ACQUIRE).connect_with(connect).await?)
}

/// Runs the body on a connection of either database: it is expanded once per driver, so that one
/// SQL text serves both. `$on` is a [`crate::Tenant`] or a [`crate::Store`]; the body ends in a
/// `Result<T, sqlx::Error>`, and so does the whole, as [`Result<T>`].
macro_rules! read {
    ($on:expr, $conn:ident => $body:expr) => {{
        $on.count();
        match $on.pools() {
            $crate::conn::Pools::Sqlite(pools) => match pools.readers.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::SqliteConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
            $crate::conn::Pools::Postgres(pool) => match pool.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::PgConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::error::Error::from)
    }};
}

/// The same for one statement that changes something outside of any larger transaction.
macro_rules! change_alone {
    ($on:expr, $conn:ident => $body:expr) => {{
        $on.count();
        match $on.pools() {
            $crate::conn::Pools::Sqlite(pools) => match pools.writer.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::SqliteConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
            $crate::conn::Pools::Postgres(pool) => match pool.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::PgConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::error::Error::from)
    }};
}

/// The same inside the transaction of a [`crate::Write`]. After a failure it cannot be committed:
/// `PostgreSQL` would quietly roll back and report success.
macro_rules! change {
    ($write:expr, $conn:ident => $body:expr) => {{
        $write.count();
        let outcome = match $write.txn() {
            $crate::conn::Txn::Sqlite(txn) => {
                let $conn: &mut sqlx::SqliteConnection = txn;
                $body
            }
            $crate::conn::Txn::Postgres(txn) => {
                let $conn: &mut sqlx::PgConnection = txn;
                $body
            }
        };
        outcome.map_err(|error: sqlx::Error| $write.broke(error))
    }};
}

pub(crate) use {change, change_alone, read};
