//! A fresh database per test, on both kinds, and a small world to put into it.

mod chance;
mod posts;
mod world;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Options, Store};

pub use chance::Chance;
pub use posts::{PostSpec, a_post, text};
pub use world::{NOW, World, at, map};

/// Writes a test once and runs it on both databases. The body ends in `Ok(())`.
macro_rules! contract {
    ($(#[$doc:meta])* $name:ident, |$db:ident| $body:block) => {
        $(#[$doc])*
        mod $name {
            use super::*;

            async fn check($db: &crate::common::Db) -> store::Result<()> $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                crate::common::Db::sqlite().await.run(async |db| check(db).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(db) = crate::common::Db::postgres().await {
                    db.run(async |db| check(db).await).await;
                }
            }
        }
    };
}
pub(crate) use contract;

/// A database of its own, which goes away with the test that passed.
pub struct Db {
    pub store: Store,
    pub url: String,
    drop: Drop,
}

enum Drop {
    Folder(PathBuf),
    Database { admin: String, name: String },
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// A name that no other test, in no other process, has at this time.
fn unique() -> String {
    format!("noaber_test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed))
}

impl Db {
    /// Made, migrated, empty.
    pub async fn sqlite() -> Self {
        let db = Self::empty_sqlite().await;
        db.store.migrate().await.expect("the migrations run on SQLite");
        db
    }

    pub async fn empty_sqlite() -> Self {
        let folder = std::env::temp_dir().join(unique());
        std::fs::remove_dir_all(&folder).ok();
        let url = format!("sqlite:{}", folder.join("test.db").display());
        Self { store: open(&url).await, url, drop: Drop::Folder(folder) }
    }

    /// Made, migrated, empty; `None` when PostgreSQL is left out on purpose.
    pub async fn postgres() -> Option<Self> {
        let db = Self::empty_postgres().await?;
        db.store.migrate().await.expect("the migrations run on PostgreSQL");
        Some(db)
    }

    pub async fn empty_postgres() -> Option<Self> {
        let Ok(admin) = std::env::var("NOABER_TEST_POSTGRES") else {
            assert!(
                std::env::var("NOABER_SKIP_POSTGRES").is_ok_and(|value| value == "1"),
                "Set NOABER_TEST_POSTGRES to postgres://user@host:port/postgres, or \
                 NOABER_SKIP_POSTGRES=1 to leave PostgreSQL out."
            );
            return None;
        };
        let name = unique();
        command(&admin, &format!("CREATE DATABASE {name}")).await;
        let base = admin.rsplit_once('/').expect("the address ends in a database").0;
        let url = format!("{base}/{name}");
        Some(Self { store: open(&url).await, url, drop: Drop::Database { admin, name } })
    }

    /// Runs the test, and clears up when it passed.
    pub async fn run(self, test: impl AsyncFnOnce(&Self) -> store::Result<()>) {
        if let Err(error) = test(&self).await {
            panic!("{error}");
        }
        self.store.close().await;
        match self.drop {
            Drop::Folder(folder) => std::fs::remove_dir_all(folder).expect("the folder goes away"),
            Drop::Database { admin, name } => {
                command(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }

    /// The same database as another process sees it.
    pub async fn another_process(&self) -> Store {
        open(&self.url).await
    }
}

async fn open(url: &str) -> Store {
    let options = Options { url: url.to_owned(), readers: 4 };
    Store::open(&options).await.expect("the database opens")
}

async fn command(admin: &str, sql: &str) {
    let mut conn = PgConnection::connect(admin).await.expect("PostgreSQL answers");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut conn).await.expect("the command runs");
}
