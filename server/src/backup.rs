//! Copies of the database, and the way back. `SQLite` copies itself while it is in use; for
//! `PostgreSQL` its own tools are called, which belong to the same machine.

mod postgres;

use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use store::{Kind, Options, Store};

use crate::config::Config;
use crate::failure::{Failure, While as _};
use crate::startup;

/// The first bytes of every `SQLite` file.
const SQLITE_MARK: &[u8; 16] = b"SQLite format 3\0";

/// Writes a copy of the database to a new file.
///
/// # Errors
/// The file is there already, or cannot be written whole.
pub async fn back_up(config: &Config, to: &Path) -> Result<(), Failure> {
    if to.exists() {
        return Err(Failure(format!("{} is there already; a backup never replaces a file.", to.display())));
    }
    // Only a whole copy gets the name that was asked for.
    let part = beside(to, "part");
    let _ = fs::remove_file(&part);
    let written = match Kind::of(config) {
        Kind::Sqlite => {
            // As it is: a backup changes nothing in what it copies.
            let options = Options { url: config.database.clone(), readers: 1 };
            let store = Store::open_existing(&options).await.during("The database cannot be opened")?;
            let written = store.backup(&part).await.during("The backup could not be written");
            store.close().await;
            written
        }
        Kind::Postgres => postgres::dump(&config.database, &part).await,
    };
    let kept = written.and_then(|()| keep(&part, to));
    if kept.is_err() {
        let _ = fs::remove_file(&part);
    }
    kept?;
    println!("The backup is in {}.", to.display());
    Ok(())
}

/// Puts a copy back.
///
/// # Errors
/// The copy is none, or the database holds something and `force` was not said.
pub async fn restore(config: &Config, from: &Path, force: bool) -> Result<(), Failure> {
    if !from.is_file() {
        return Err(Failure(format!("{} is not a file.", from.display())));
    }
    match Kind::of(config) {
        Kind::Sqlite => restore_sqlite(config, from, force).await?,
        Kind::Postgres => {
            refuse_if(!force && is_full(config).await?)?;
            postgres::restore(&config.database, from).await?;
        }
    }
    let store = startup::open(config).await?;
    sound(&store).await?;
    let communities = store.platform_ids().await.during("The database cannot be read")?.len();
    store.close().await;
    println!("The backup is back: {communities} communities.");
    Ok(())
}

async fn restore_sqlite(config: &Config, from: &Path, force: bool) -> Result<(), Failure> {
    let mut mark = [0; 16];
    let read = File::open(from).and_then(|mut file| file.read_exact(&mut mark));
    if read.is_err() || &mark != SQLITE_MARK {
        return Err(Failure(format!("{} is not a backup of an SQLite database.", from.display())));
    }
    let target = sqlite_path(&config.database);
    // With --force it is not even opened: it may be what is broken.
    refuse_if(!force && target.exists() && is_full(config).await?)?;
    // The copy is looked over, and brought up to date, before it takes the place of anything.
    let part = beside(&target, "restoring");
    remove_database(&part)?;
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).during(format_args!("{} cannot be made", folder.display()))?;
    }
    fs::copy(from, &part).during(format_args!("{} cannot be copied", from.display()))?;
    let looked_over = look_over(&part).await;
    if looked_over.is_err() {
        remove_database(&part)?;
    }
    looked_over?;
    remove_database(&target)?;
    keep(&part, &target)
}

async fn look_over(file: &Path) -> Result<(), Failure> {
    let options = Options { url: format!("sqlite:{}", file.display()), readers: 1 };
    let store = Store::open(&options).await.during("The backup cannot be opened")?;
    let sound = match store.migrate().await.during("The backup cannot be brought up to date") {
        Ok(()) => sound(&store).await,
        Err(failure) => Err(failure),
    };
    store.close().await;
    sound
}

async fn sound(store: &Store) -> Result<(), Failure> {
    let faults = store.integrity_check().await.during("The database cannot be checked")?;
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Failure(format!("The backup is damaged: {}.", faults.join("; "))))
    }
}

/// Whether the database that is about to be replaced holds anything.
async fn is_full(config: &Config) -> Result<bool, Failure> {
    let options = Options { url: config.database.clone(), readers: 1 };
    let store = Store::open(&options).await.during("The database cannot be opened")?;
    let full = store.holds_communities().await;
    store.close().await;
    Ok(full)
}

fn refuse_if(full: bool) -> Result<(), Failure> {
    if full {
        return Err(Failure::new(
            "The database holds communities. Stop the site and say --force to replace them with the backup.",
        ));
    }
    Ok(())
}

/// Gives a file that is complete on the disk its name.
fn keep(part: &Path, to: &Path) -> Result<(), Failure> {
    // Names, addresses and what people wrote: for the owner of the file alone.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let _ = fs::set_permissions(part, fs::Permissions::from_mode(0o600));
    }
    let moved = File::open(part).and_then(|file| file.sync_all()).and_then(|()| fs::rename(part, to));
    moved.during(format_args!("{} cannot be written", to.display()))?;
    // The name itself must survive a power cut too. Not every file system can promise it.
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Removes a database with the files that `SQLite` keeps beside it.
fn remove_database(file: &Path) -> Result<(), Failure> {
    for end in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(PathBuf::from(&name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure(format!(
                    "{} cannot be removed: {error}.",
                    PathBuf::from(name).display()
                )));
            }
            _ => {}
        }
    }
    Ok(())
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}

fn sqlite_path(database: &str) -> PathBuf {
    let path = database.strip_prefix("sqlite:").unwrap_or(database);
    PathBuf::from(path.strip_prefix("//").unwrap_or(path))
}

trait KindOf {
    fn of(config: &Config) -> Kind;
}

impl KindOf for Kind {
    fn of(config: &Config) -> Kind {
        if config.database.starts_with("sqlite:") { Kind::Sqlite } else { Kind::Postgres }
    }
}
