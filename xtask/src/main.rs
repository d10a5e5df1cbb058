//! The commands of this repository. `cargo demo` and `cargo verify` are the two of the README;
//! `cargo xtask` lists the others. Only the standard library, so that it is there in seconds.

mod bench;
mod browser;
mod build;
mod checkout;
mod checks;
mod counts;
mod demo;
mod fingerprint;
mod http;
mod json;
mod machine;
mod native;
mod place;
mod postgres;
mod release;
mod run;
mod steps;
mod tools;
mod verify;
mod wasm;

use std::process::ExitCode;

use place::Place;

/// What went wrong, as a sentence for the person at the keyboard.
type Outcome<T> = Result<T, String>;

const USAGE: &str = "\
cargo demo [--fresh]      sets everything up, builds, loads the demo municipality and serves it
cargo verify              everything that must hold: format, lints, house checks, tests, browser

cargo xtask setup         only installs what is missing
cargo xtask build         the production build: the program and its site
cargo xtask checks        only the house checks
cargo xtask lint          format, clippy for server and browser, house checks
cargo xtask test [ARG…]   tests on SQLite and a PostgreSQL of their own; arguments go to the runner
cargo xtask postgres      a PostgreSQL for tests in an editor, until Enter is pressed
cargo xtask e2e [ARG…]    production build and browser tests; arguments go to Playwright
cargo xtask release       a folder in dist/ with all that a server needs
cargo xtask bench         measures the release build and writes a table and bench.json

Artefacts are kept in the folder that NOABER_CACHE names, else in ~/.cache/noaber.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    match dispatch(&command, &rest) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, rest: &[String]) -> Outcome<bool> {
    let place = Place::find()?;
    checkout::take_over(&place);
    match command {
        "demo" => demo::run(&place, rest),
        "verify" => Ok(verify::everything(&place)),
        "checks" => Ok(verify::house_checks(&place)),
        "lint" => Ok(verify::lint(&place)),
        "test" => Ok(verify::tests(&place, rest)),
        "e2e" => Ok(verify::browser(&place, rest)),
        "postgres" => postgres::until_enter().map(|()| true),
        "setup" => verify::set_up(&place).map(|_| true),
        "build" => {
            let built = build::production(&place)?;
            println!("\n{}\n{}", built.program.display(), built.site.display());
            Ok(true)
        }
        "release" => release::run(&place).map(|()| true),
        "bench" => bench::run(&place, rest),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(true)
        }
        other => Err(format!("There is no command \"{other}\".\n\n{USAGE}")),
    }
}
