//! `cargo verify`: everything that must hold, each step announced and timed.

use crate::Outcome;
use crate::browser;
use crate::build::{self, Weights};
use crate::checks;
use crate::counts::Counts;
use crate::machine;
use crate::native;
use crate::place::Place;
use crate::postgres::Postgres;
use crate::release;
use crate::run;
use crate::steps::{Report, step};
use crate::tools::{self, Tools};
use crate::wasm::{self, Compiler};

/// What the steps need of the machine.
#[derive(Debug)]
pub struct Ready {
    compiler: Compiler,
    tools: Tools,
}

/// Installs what is missing; every message says what to do when that does not work.
pub fn set_up(place: &Place) -> Outcome<Ready> {
    step("what the machine needs", || {
        machine::need_rust(&[("fmt", "rustfmt"), ("clippy", "clippy")])?;
        machine::need_c_compiler()?;
        machine::need_node()?;
        machine::need("openssl", "openssl")?;
        machine::need("git", "git")?;
        machine::need_browser()?;
        let compiler = wasm::ensure(place)?;
        let tools = tools::ensure(place)?;
        tools::ensure_end2end(place)?;
        println!("   WebAssembly: {}", compiler.name());
        Ok(Ready { compiler, tools })
    })
}

/// A report with the set-up in it: without that nothing else can be said.
fn begin(place: &Place) -> (Report, Option<Ready>) {
    let mut report = Report::new();
    let ready = match set_up(place) {
        Ok(ready) => Some(ready),
        Err(problem) => {
            report.counted("set-up", || Err(problem));
            None
        }
    };
    (report, ready)
}

pub fn everything(place: &Place) -> bool {
    let (mut report, ready) = begin(place);
    let Some(ready) = ready else { return report.finish() };
    lint_steps(place, &ready, &mut report);
    let postgres = report.holds("PostgreSQL starts", Postgres::start);
    if let Some(postgres) = &postgres {
        native_steps(place, postgres, &[], &mut report);
    }
    browser_steps(place, &ready, postgres.as_ref(), &[], &mut report);
    drop(postgres);
    report.finish()
}

pub fn house_checks(place: &Place) -> bool {
    let mut report = Report::new();
    checks::all(place, &mut report);
    report.finish()
}

pub fn lint(place: &Place) -> bool {
    let (mut report, ready) = begin(place);
    if let Some(ready) = ready {
        lint_steps(place, &ready, &mut report);
    }
    report.finish()
}

pub fn tests(place: &Place, extra: &[String]) -> bool {
    let (mut report, ready) = begin(place);
    if ready.is_some()
        && let Some(postgres) = report.holds("PostgreSQL starts", Postgres::start)
    {
        native_steps(place, &postgres, extra, &mut report);
    }
    report.finish()
}

pub fn browser(place: &Place, extra: &[String]) -> bool {
    let (mut report, ready) = begin(place);
    if let Some(ready) = ready {
        let postgres = report.holds("PostgreSQL starts", Postgres::start);
        browser_steps(place, &ready, postgres.as_ref(), extra, &mut report);
    }
    report.finish()
}

fn lint_steps(place: &Place, ready: &Ready, report: &mut Report) {
    report.holds("format", || {
        run::run(machine::cargo(place).args(["fmt", "--all", "--check"]))
            .map_err(|_| "Run: cargo fmt --all".to_owned())
    });
    checks::all(place, report);
    report.holds("clippy, server and tools", || {
        run::run(
            machine::cargo(place)
                .args(["clippy", "--all-targets"])
                .args(native::WORKSPACE)
                .args(["--", "-D", "warnings"]),
        )
    });
    report.holds("clippy, browser", || {
        // The profile of the production build, so that both share what they can.
        run::run(
            ready
                .compiler
                .clippy(place)
                .args(["-p", "frontend", "--lib", "--target", wasm::TARGET, "--profile", "wasm-release"])
                .args(["--", "-D", "warnings"]),
        )
    });
}

fn native_steps(place: &Place, postgres: &Postgres, extra: &[String], report: &mut Report) {
    report.counted("tests on SQLite and PostgreSQL", || native::tests(place, &postgres.address(), extra));
    if extra.is_empty() {
        report.counted("examples in the documentation", || native::examples(place));
    }
}

fn browser_steps(
    place: &Place,
    ready: &Ready,
    postgres: Option<&Postgres>,
    extra: &[String],
    report: &mut Report,
) {
    let built =
        report.holds("production build", || build::production_with(place, &ready.compiler, &ready.tools));
    let Some(built) = built else {
        report.counted("browser tests (not without a build)", || Ok(Counts::one_failed()));
        return;
    };
    report.holds("a first visit stays light", || Weights::of(&built.site)?.within_budget());
    report.holds("the packaged program starts from any folder", || release::try_out(place, &built));
    let Some(postgres) = postgres else { return };
    report.counted("browser tests", || browser::tests(place, &built, &postgres.database("browser")?, extra));
}
