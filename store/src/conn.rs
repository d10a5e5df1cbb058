//! Two databases behind one enum; the macros that write each statement once are in `statements.rs`.

mod statements;
mod transaction;
mod writer;

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use deadpool::unmanaged::{Object, Pool};
use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Postgres, SqliteConnection, Transaction};
use uuid::Uuid;

use crate::error::{Error, Result};

pub(crate) use statements::{Together, change, change_alone, change_together, read, together};
pub(crate) use transaction::{Closing, Opening, SqliteTxn, closing, opening};
pub(crate) use writer::Writer;

/// Where the database is, and how many connections read from it.
#[derive(Clone)]
pub struct Options {
    /// `sqlite:PATH` (relative or absolute) or `postgres://…`.
    pub url: String,
    /// Connections that read. `0` chooses: two for each core of the machine, eight at least, for `SQLite`; 16 (which
    /// also write) for `PostgreSQL`.
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

/// Readers never wait for the one writer (write-ahead log).
///
/// These are not pools of `sqlx`, which ask every connection that comes back whether it still lives, on its own thread:
/// that is as much work as a small query.
#[derive(Clone)]
pub(crate) struct SqlitePools {
    pub(crate) writer: Writer,
    pub(crate) readers: Connections,
    pub(crate) path: PathBuf,
}

impl std::fmt::Debug for SqlitePools {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqlitePools").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Connections to a file. They do not go stale: they live for ever and keep their prepared statements.
#[derive(Clone)]
pub(crate) struct Connections(Pool<SqliteConnection>);

impl Connections {
    /// The next one that is free, in the order of asking.
    pub(crate) async fn acquire(&self) -> std::result::Result<Object<SqliteConnection>, sqlx::Error> {
        // Nothing is free while somebody waits.
        if let Ok(held) = self.0.try_get() {
            return Ok(held);
        }
        match tokio::time::timeout(ACQUIRE, self.0.get()).await {
            Ok(held) => held.map_err(|_| sqlx::Error::PoolClosed),
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    /// Waits for those that are at work, and closes all.
    pub(crate) async fn close(&self) {
        while self.0.status().size > 0 {
            let Ok(held) = self.0.get().await else { break };
            close(Object::take(held)).await;
        }
        self.0.close();
    }
}

async fn close(conn: SqliteConnection) {
    if let Err(error) = conn.close().await {
        tracing::warn!(%error, "a connection to the database does not close");
    }
}

/// How much the numbers of a platform count up, at the end of a transaction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bump {
    pub(crate) platform: Uuid,
    pub(crate) content: i64,
    pub(crate) config: i64,
}

/// $1 is the platform.
macro_rules! bump {
    ($content:literal, $config:literal) => {
        concat!(
            "UPDATE platform SET content_version = content_version + ",
            $content,
            ", config_version = config_version + ",
            $config,
            " WHERE id = $1"
        )
    };
}

pub(crate) use bump;

impl Bump {
    fn bound<'q, DB>(self, query: Query<'q, DB, DB::Arguments>) -> Query<'q, DB, DB::Arguments>
    where
        DB: sqlx::Database,
        Uuid: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
        i64: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
    {
        query.bind(self.platform).bind(self.content).bind(self.config)
    }
}

/// One transaction on either database. Dropped without a commit it is rolled back.
#[derive(Debug)]
pub(crate) enum Txn {
    Sqlite(SqliteTxn),
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
            Self::Sqlite(pools) => Txn::Sqlite(SqliteTxn::begin(&pools.writer).await?),
            Self::Postgres(pool) => Txn::Postgres(pool.begin().await?),
        })
    }

    /// The same, but on `SQLite` the first statement begins it ([`Opening`]).
    pub(crate) async fn begin_with_first(&self) -> Result<Txn> {
        match self {
            Self::Sqlite(pools) => Ok(Txn::Sqlite(SqliteTxn::lent(&pools.writer).await?)),
            Self::Postgres(_) => self.begin().await,
        }
    }
}

impl Txn {
    /// What to say for `opening`.
    pub(crate) const fn opening(&self, opening: Opening) -> &'static str {
        match self {
            Self::Sqlite(txn) => txn.opening(opening),
            Self::Postgres(_) => opening.inside,
        }
    }

    /// After a failed statement nothing more is said in it. `PostgreSQL` sees to that by itself.
    pub(crate) const fn refuse(&mut self) {
        if let Self::Sqlite(txn) = self {
            txn.refuse();
        }
    }

    /// The platform's row is locked only now, at the very end, so that writers hardly wait for each other on
    /// `PostgreSQL`.
    pub(crate) async fn commit(self, last: Option<Bump>) -> Result<()> {
        match self {
            Self::Sqlite(txn) => txn.commit(last).await?,
            Self::Postgres(mut txn) => {
                if let Some(bump) = last {
                    bump.bound(sqlx::query(bump!("$2", "$3"))).execute(&mut *txn).await?;
                }
                txn.commit().await?;
            }
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
        // Each connection has its own; the operating system keeps the pages of the file for all. Without mmap: each
        // connection would map the file anew, and count its pages as memory of this program once more.
        .pragma("cache_size", "-4000")
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
        // Sixteen times as many pages as usual: those that every post changes are written back that much more seldom.
        .pragma("wal_autocheckpoint", "16000")
        // There is one writer, and what it writes to is spread over all lists and words.
        .pragma("cache_size", "-16000")
        .optimize_on_close(true, 400);
    let writer = Writer::new(writing.connect().await?);
    let reading = sqlite_options(&path).read_only(true);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let readers = usize::try_from(readers).ok().filter(|count| *count > 0).unwrap_or(8.max(2 * cores));
    let readers = connections(readers, &reading).await?;
    Ok(SqlitePools { writer, readers, path })
}

async fn connections(count: usize, options: &SqliteConnectOptions) -> Result<Connections> {
    let mut open = Vec::with_capacity(count);
    for _ in 0..count {
        open.push(options.connect().await?);
    }
    Ok(Connections(Pool::from(open)))
}

async fn open_postgres(options: &Options) -> Result<PgPool> {
    let connect = PgConnectOptions::from_str(&options.url)
        .map_err(|_| Error::Address("this is no PostgreSQL address"))?
        .application_name("noaber")
        // A statement that hangs must not hold its connection, and the readers behind it, for ever.
        .options([("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")])
        // What is asked for is in memory or on a disk without arms: looking something up is hardly dearer than reading on.
        .options([("random_page_cost", "1.1")])
        .statement_cache_capacity(256);
    let size = if options.readers == 0 { 16 } else { options.readers };
    Ok(PoolOptions::new().max_connections(size).acquire_timeout(ACQUIRE).connect_with(connect).await?)
}
