//! Tests that run on this machine, without a browser.

use std::path::Path;

use crate::Outcome;
use crate::counts::{self, Counts};
use crate::machine;
use crate::place::Place;
use crate::run;

/// All but `frontend`: it switches the browser's half of Leptos on, and a test program has only one Leptos.
pub const WORKSPACE: [&str; 3] = ["--workspace", "--exclude", "frontend"];

/// Unit, property, contract and server tests, on SQLite and on the PostgreSQL at this address.
pub fn tests(place: &Place, postgres: &str, extra: &[String]) -> Outcome<Counts> {
    let nextest = run::succeeds(machine::cargo(place).args(["nextest", "--version"]));
    let mut cargo = machine::cargo(place);
    cargo.env("NOABER_TEST_POSTGRES", postgres);
    if nextest {
        cargo.args([
            "nextest",
            "run",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--final-status-level",
            "fail",
        ]);
    } else {
        cargo.args(["test", "--no-fail-fast", "--lib", "--bins", "--tests"]);
    }
    let (good, text) = run::tee(cargo.args(WORKSPACE).args(extra))?;
    let counts = if nextest { counts::of_nextest(&text) } else { counts::of_cargo_test(&text) };
    Ok(counts.with_end(good))
}

/// Examples in the documentation, of the crates that have any: compiling them costs seconds each.
pub fn examples(place: &Place) -> Outcome<Counts> {
    let mut sum = Counts::default();
    for package in ["domain", "store", "service"] {
        if has_examples(&place.root.join(package).join("src")) {
            let (good, text) = run::tee(machine::cargo(place).args(["test", "--doc", "-p", package]))?;
            sum = sum.plus(counts::of_cargo_test(&text).with_end(good));
        }
    }
    Ok(sum)
}

fn has_examples(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().map(|entry| entry.path()).any(|path| {
        if path.is_dir() {
            return has_examples(&path);
        }
        std::fs::read_to_string(&path)
            .is_ok_and(|text| text.lines().map(str::trim).any(|line| line == "/// ```" || line == "//! ```"))
    })
}
