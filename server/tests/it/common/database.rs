//! Databases with the demo content, a new one for each test.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use store::{Options, Store};

use super::NOW;

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A database that is removed with its last user.
pub struct Database {
    address: String,
    folder: Option<PathBuf>,
    postgres: Option<(String, String)>,
}

impl Database {
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The demo on `SQLite`. Made once per build of this test program; each test gets a copy.
    pub fn demo() -> Arc<Self> {
        let folder = folder();
        let file = folder.join("noaber.db");
        std::fs::copy(template(), &file).expect("a copy");
        Arc::new(Self { address: format!("sqlite:{}", file.display()), folder: Some(folder), postgres: None })
    }

    /// An empty `SQLite` file's address.
    pub fn empty() -> Arc<Self> {
        let folder = folder();
        let file = folder.join("noaber.db");
        Arc::new(Self { address: format!("sqlite:{}", file.display()), folder: Some(folder), postgres: None })
    }

    /// The demo on the `PostgreSQL` that `NOABER_TEST_POSTGRES` names. `None` when that test is to
    /// be left out, which somebody must say.
    pub async fn demo_on_postgres() -> Option<Arc<Self>> {
        let database = Self::empty_on_postgres()?;
        seed_at(database.address()).await;
        Some(database)
    }

    pub fn empty_on_postgres() -> Option<Arc<Self>> {
        let server = std::env::var("NOABER_TEST_POSTGRES").ok();
        assert!(
            server.is_some() || std::env::var_os("NOABER_SKIP_POSTGRES").is_some(),
            "NOABER_TEST_POSTGRES must name a PostgreSQL (postgres://USER@HOST:PORT/postgres); \
             NOABER_SKIP_POSTGRES=1 leaves its tests out"
        );
        let server = server?;
        let name = format!("noaber_server_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        psql(&server, &format!("CREATE DATABASE {name}"));
        let (start, _) = server.rsplit_once('/').expect("the name of a database");
        Some(Arc::new(Self {
            address: format!("{start}/{name}"),
            folder: None,
            postgres: Some((server, name)),
        }))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if let Some((server, name)) = &self.postgres {
            psql(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn psql(server: &str, sql: &str) {
    let output = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", server, "--command", sql])
        .output()
        .expect("psql, from the package postgresql-client");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A new folder for one test.
pub fn folder() -> PathBuf {
    let name = format!("noaber-server-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    let folder = std::env::temp_dir().join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A database file with the demo content. Seeding takes a second or two: test runners that
/// start a process per test would pay for it every time.
fn template() -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let program = std::env::current_exe().expect("a program");
    let age = program.metadata().and_then(|data| data.modified()).expect("a date");
    let age = age.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_millis();
    let stem = program.file_stem().expect("a name").to_string_lossy().into_owned();
    let file = std::env::temp_dir().join(format!("noaber-demo-{stem}-{age}.db"));
    if !file.exists() {
        make_template(&file);
    }
    file
}

fn make_template(file: &Path) {
    let folder = folder();
    let part = folder.join("noaber.db");
    let address = format!("sqlite:{}", part.display());
    // A runtime of its own: tests run inside one.
    let made = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(seed_at(&address));
    });
    made.join().expect("a template");
    std::fs::rename(&part, file).or_else(|_| std::fs::copy(&part, file).map(|_| ())).expect("a template");
    let _ = std::fs::remove_dir_all(folder);
}

pub async fn seed_at(address: &str) {
    let store = Store::open(&Options { url: address.to_owned(), readers: 1 }).await.expect("a database");
    store.migrate().await.expect("migrated");
    let render = |markdown: &str| {
        let rendered = service::markdown::render(markdown);
        seed::Rendered { html: rendered.html, excerpt: rendered.excerpt }
    };
    seed::seed(&store, seed::DataSet::Demo, NOW, render, seed::undeveloped).await.expect("seeded");
    store.close().await;
}
