//! `cargo xtask release`: one folder with all that a server needs.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use crate::Outcome;
use crate::build::{self, Built, Weights};
use crate::demo;
use crate::http::{self, Connection};
use crate::place::Place;
use crate::postgres::free_port;
use crate::run::{self, command};
use crate::steps::step;

/// What goes along beside the program and its site, and whether a release can do without.
const BESIDE: [(&str, bool); 3] =
    [("deploy/noaber.example.toml", true), ("deploy/noaber.service", true), ("LICENSE", false)];

/// What a community of one's own begins with.
const EXAMPLE: &str = "deploy/community.example";

pub fn run(place: &Place) -> Outcome<()> {
    let built = build::production(place)?;
    let folder = place.root.join("dist").join(format!("noaber-{}", version(place)?));
    step("a first visit stays light", || Weights::of(&built.site)?.within_budget())?;
    step("package", || package(place, &built, &folder))?;
    step("starts from any folder", || start_elsewhere(&folder))?;
    println!("\n{}", folder.display());
    Ok(())
}

/// Packages into a folder that goes away again, and starts what is in it.
pub fn try_out(place: &Place, built: &Built) -> Outcome<()> {
    let folder = place.cache.join("package");
    package(place, built, &folder)?;
    let result = start_elsewhere(&folder);
    let _ = std::fs::remove_dir_all(&folder);
    result
}

fn package(place: &Place, built: &Built, folder: &Path) -> Outcome<()> {
    let failed = |e: std::io::Error| format!("{} cannot be written: {e}.", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(failed)?;
    }
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::copy(&built.program, folder.join("noaber")).map_err(failed)?;
    copy(&built.site, &folder.join("site")).map_err(failed)?;
    std::fs::copy(built.site.join("hash.txt"), folder.join("hash.txt")).map_err(failed)?;
    for (file, needed) in BESIDE {
        let from = place.root.join(file);
        let name = from.file_name().map(PathBuf::from).unwrap_or_default();
        if from.exists() {
            std::fs::copy(&from, folder.join(name)).map_err(failed)?;
        } else if needed {
            return Err(format!("{file} is missing."));
        }
    }
    copy(&place.root.join(EXAMPLE), &folder.join("community.example")).map_err(failed)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// From the root folder, on an empty database, without a word about where its site is.
fn start_elsewhere(folder: &Path) -> Outcome<()> {
    let port = free_port()?;
    let database = std::env::temp_dir().join(format!("noaber-package-{}.db", std::process::id()));
    let mut server = command(folder.join("noaber"))
        .arg("serve")
        .current_dir("/")
        .env_remove("NOABER_SITE")
        .env("NOABER_LISTEN", format!("127.0.0.1:{port}"))
        .env("NOABER_DATABASE", demo::address(&database))
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("The packaged program does not start: {e}."))?;
    let result =
        http::wait_until_ready(port, Duration::from_secs(30)).and_then(|()| serves_its_site(folder, port));
    run::stop(&mut server);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    result
}

fn serves_its_site(folder: &Path, port: u16) -> Outcome<()> {
    for file in Weights::of(&folder.join("site"))?.files {
        let request = http::get(
            "localhost",
            &format!("/{}", file.address),
            "Accept-Encoding: br\r\nConnection: close\r\n",
        );
        let answer = Connection::open(port)
            .and_then(|mut connection| connection.send(&request))
            .map_err(|e| format!("/{} is not served: {e}.", file.address))?;
        let length = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
        if answer.status != 200 || length != file.wire {
            return Err(format!(
                "/{} is answered with {} and {length} bytes instead of {}.",
                file.address, answer.status, file.wire
            ));
        }
    }
    Ok(())
}

/// From the one place where it is written.
fn version(place: &Place) -> Outcome<String> {
    let text = std::fs::read_to_string(place.root.join("Cargo.toml"))
        .map_err(|e| format!("Cargo.toml cannot be read: {e}."))?;
    text.lines()
        .find_map(|line| line.strip_prefix("version = "))
        .map(|value| value.trim().trim_matches('"').to_owned())
        .ok_or_else(|| "Cargo.toml names no version.".to_owned())
}
