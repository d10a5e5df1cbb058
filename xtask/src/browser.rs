//! Tests in a real browser, against the production build.

use crate::Outcome;
use crate::build::Built;
use crate::counts::{self, Counts};
use crate::machine;
use crate::place::Place;
use crate::postgres::free_port;
use crate::run::{self, command};

/// The tests start the servers themselves (see end2end/global-setup.ts); we say where everything is.
pub fn tests(place: &Place, built: &Built, postgres: &str, extra: &[String]) -> Outcome<Counts> {
    let chromium = machine::need_browser()?;
    let folder = place.end2end();
    let mut playwright = command("npx");
    playwright
        .current_dir(&folder)
        .args(["--no-install", "playwright", "test"])
        .args(extra)
        .env("NOABER_TEST_CHROMIUM", chromium)
        .env("NOABER_TEST_PROGRAM", &built.program)
        .env("NOABER_TEST_SITE", &built.site)
        .env("NOABER_TEST_PORT", free_port()?.to_string())
        .env("NOABER_TEST_POSTGRES", postgres)
        .env("FORCE_COLOR", "0")
        .env("PLAYWRIGHT_FORCE_TTY", "0");
    let (good, text) = run::tee(&mut playwright)?;
    Ok(counts::of_playwright(&text).with_end(good))
}
