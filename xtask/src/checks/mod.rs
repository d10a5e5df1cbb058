//! House checks: what no compiler and no test notices. Each is a function from text to
//! complaints, tested on made-up text, and a few lines that fetch the real text.

mod bundle;
mod licences;
mod locales;
mod sources;
mod traces;

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::machine;
use crate::place::Place;
use crate::run::{self, command};
use crate::steps::Report;

pub fn all(place: &Place, report: &mut Report) {
    report.holds("Cargo.lock fits Cargo.toml", || {
        run::output(machine::cargo(place).args([
            "metadata",
            "--locked",
            "--format-version",
            "1",
            "--no-deps",
        ]))
        .map(|_| ())
    });
    report.holds("the browser's part holds nothing of the server", || bundle::check(place));
    report.holds("one file only writes a text area", || sources::text_areas(place));
    report.holds("few files know that there is a server", || sources::server_only(place));
    report.holds("only the store knows its database", || sources::database(place));
    report.holds("both databases have the same migrations", || sources::migrations(place));
    report.holds("every language has every text", || locales::check(place));
    report.holds("licences", || licences::check(place));
    report.holds("nothing of the maker's machine in the files", || traces::check(place));
}

/// No complaints is good; else all of them, a line each.
fn verdict(complaints: &[String]) -> Outcome<()> {
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n   ")) }
}

/// The files that are in the repository or about to be: not what is ignored.
fn files(place: &Place) -> Outcome<Vec<PathBuf>> {
    let listed = run::output(command("git").current_dir(&place.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let mut files: Vec<PathBuf> =
        listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    files.retain(|file| place.root.join(file).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

/// A file's text, or `None` when it is no text.
fn text(place: &Place, file: &Path) -> Option<String> {
    String::from_utf8(std::fs::read(place.root.join(file)).ok()?).ok()
}

fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}
