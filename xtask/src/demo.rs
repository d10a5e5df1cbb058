//! `cargo demo`: from whatever state the machine is in to a community in the browser.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Stdio;

use crate::Outcome;
use crate::build::{self, Built};
use crate::place::Place;
use crate::run::{self, command};
use crate::steps::step;

pub fn run(place: &Place, rest: &[String]) -> Outcome<bool> {
    let fresh = match rest {
        [] => false,
        [flag] if flag == "--fresh" => true,
        [other, ..] => {
            return Err(format!("cargo demo does not know \"{other}\"; only --fresh, to begin anew."));
        }
    };
    let built = build::production(place)?;
    let folder = place.root.join("data");
    let database = folder.join("demo.db");
    step("demo municipality", || {
        std::fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
        if fresh {
            remove(&database)?;
            remove_photos(&database)?;
        }
        if database.exists() {
            println!("   is there already ({}); cargo demo --fresh begins anew", database.display());
            return Ok(());
        }
        seed(&built, "demo", &database)
    })?;
    println!("\n── serving (stop with Ctrl-C)");
    let mut serve = command(&built.program);
    serve
        .arg("serve")
        .env("NOABER_SITE", &built.site)
        .env("NOABER_DATABASE", address(&database))
        .current_dir(&place.root)
        .stdin(Stdio::inherit());
    // We become the server, so that Ctrl-C and the forge's signals reach it and nothing is left behind.
    Err(format!("{} does not start: {}.", built.program.display(), serve.exec()))
}

/// Loads a data set. Half a database is never taken for a whole one: it gets its name at the end.
pub fn seed(built: &Built, set: &str, database: &Path) -> Outcome<()> {
    let part = database.with_extension("part.db");
    remove(&part)?;
    remove_photos(&part)?;
    fill(built, set, &address(&part))?;
    let moved = |from: &Path, to: &Path| {
        std::fs::rename(from, to).map_err(|e| format!("{} cannot be moved: {e}.", from.display()))
    };
    // They are not there when a setting puts them elsewhere.
    if photos(&part).exists() {
        remove_photos(database)?;
        moved(&photos(&part), &photos(database))?;
    }
    for end in ["-wal", "-shm"] {
        if with_end(&part, end).exists() {
            moved(&with_end(&part, end), &with_end(database, end))?;
        }
    }
    moved(&part, database)
}

/// Loads a data set into an empty database.
pub fn fill(built: &Built, set: &str, address: &str) -> Outcome<()> {
    run::run(
        command(&built.program)
            .args(["seed", "--set", set])
            .env("NOABER_SITE", &built.site)
            .env("NOABER_DATABASE", address),
    )
}

pub fn address(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}

fn with_end(database: &Path, end: &str) -> std::path::PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Where the program keeps the photos of this database when no setting says otherwise.
fn photos(database: &Path) -> std::path::PathBuf {
    database.with_extension("photos")
}

fn remove_photos(database: &Path) -> Outcome<()> {
    let folder = photos(database);
    if !folder.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(&folder).map_err(|e| format!("{} cannot be removed: {e}.", folder.display()))
}

fn remove(database: &Path) -> Outcome<()> {
    for end in ["", "-wal", "-shm"] {
        let path = with_end(database, end);
        if path.exists() {
            std::fs::remove_file(&path).map_err(|e| format!("{} cannot be removed: {e}.", path.display()))?;
        }
    }
    Ok(())
}
