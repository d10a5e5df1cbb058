//! What must be on the machine, and how to get it there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::Outcome;
use crate::run::{self, command};

/// Where chromium and its relatives live, when `NOABER_TEST_CHROMIUM` does not say. The first is the same engine without
/// windows, in which a page opens in half the time.
const BROWSERS: [&str; 8] = [
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/local/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const OLDEST_NODE: u32 = 20;
/// What sqlx needs.
const OLDEST_RUST: u32 = 94;

/// The full path of a program on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// The program, installed when it is missing and this machine has apt-get.
pub fn need(program: &str, package: &str) -> Outcome<PathBuf> {
    if let Some(path) = find(program) {
        return Ok(path);
    }
    install(&[package])?;
    find(program).ok_or_else(|| format!("{program} is missing: install {package}."))
}

/// Installs Debian packages, as root or through a sudo that does not ask.
pub fn install(packages: &[&str]) -> Outcome<()> {
    static UPDATED: AtomicBool = AtomicBool::new(false);
    let words = packages.join(" ");
    let advice = format!("Install these packages and try again: {words}");
    if find("apt-get").is_none() {
        return Err(format!("{advice} (this machine has no apt-get, so it must be done by hand)."));
    }
    let mut prefix = Vec::new();
    if !is_root() {
        if !run::succeeds(command("sudo").args(["-n", "true"])) {
            return Err(format!("{advice}: sudo apt-get install {words}"));
        }
        prefix.extend(["sudo", "-n"]);
    }
    println!("   installing {words}");
    let apt = |arguments: &[&str]| {
        let mut line = prefix.clone();
        line.extend([
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-o",
            "DPkg::Lock::Timeout=300",
            "-qq",
        ]);
        line.extend(arguments);
        let mut apt = command(line[0]);
        apt.args(&line[1..]);
        apt
    };
    if !UPDATED.swap(true, Ordering::Relaxed) {
        run::output(&mut apt(&["update"])).map_err(|problem| format!("{problem}\n{advice}."))?;
    }
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    run::output(&mut apt(&arguments)).map(|_| ()).map_err(|problem| format!("{problem}\n{advice}."))
}

pub fn is_root() -> bool {
    run::output(command("id").arg("-u")).is_ok_and(|text| text.trim() == "0")
}

/// A Rust that is new enough, with what the steps need of it.
pub fn need_rust(components: &[(&str, &str)]) -> Outcome<()> {
    let version = run::output(command("rustc").arg("-V"))
        .map_err(|_| "Rust is missing: install it with rustup (https://rustup.rs).".to_owned())?;
    if minor_version(&version).is_none_or(|minor| minor < OLDEST_RUST) {
        return Err(format!(
            "{} is too old: Noaber needs Rust 1.{OLDEST_RUST}. Run: rustup update stable",
            version.trim()
        ));
    }
    for (subcommand, component) in components {
        let there = || run::succeeds(command("cargo").args([subcommand, "--version"]));
        if !there() {
            run::succeeds_within(
                command("rustup").args(["component", "add", component]),
                Duration::from_mins(2),
            );
        }
        if !there() {
            return Err(format!("cargo {subcommand} is missing: run rustup component add {component}."));
        }
    }
    Ok(())
}

/// A compiler for the C in SQLite and in the cryptography.
pub fn need_c_compiler() -> Outcome<()> {
    need("cc", "build-essential").map(|_| ())
}

pub fn need_node() -> Outcome<()> {
    let advice = format!(
        "Node.js {OLDEST_NODE} or newer is needed, with npm: install it (https://nodejs.org) and try again."
    );
    let version = run::output(command("node").arg("--version")).map_err(|_| advice.clone())?;
    let major =
        version.trim().trim_start_matches('v').split('.').next().and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(format!("Node.js {} is too old. {advice}", version.trim()));
    }
    if find("npm").is_none() {
        return Err(advice);
    }
    Ok(())
}

pub fn need_browser() -> Outcome<PathBuf> {
    if let Some(given) = std::env::var_os("NOABER_TEST_CHROMIUM") {
        return Ok(PathBuf::from(given));
    }
    let there = || BROWSERS.iter().map(Path::new).find(|path| path.exists()).map(Path::to_owned);
    if let Some(path) = there() {
        return Ok(path);
    }
    install(&["chromium-headless-shell", "fonts-liberation"])
        .or_else(|_| install(&["chromium", "fonts-liberation"]))
        .map_err(|problem| format!("A browser is needed for the tests: Chromium or Chrome. {problem}"))?;
    there().ok_or_else(|| {
        "No Chromium or Chrome was found: say with NOABER_TEST_CHROMIUM where it is.".to_owned()
    })
}

/// The cargo of this machine, always with the same folder and the same settings,
/// so that no step undoes the work of another.
pub fn cargo(place: &crate::Place) -> Command {
    let mut cargo = command("cargo");
    cargo
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", place.target())
        .env("CARGO_TERM_COLOR", run::colour());
    cargo
}

fn minor_version(text: &str) -> Option<u32> {
    text.strip_prefix("rustc 1.")?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_rust_is_read_from_its_own_words() {
        assert_eq!(minor_version("rustc 1.95.0 (59807616e 2026-04-14)"), Some(95));
        assert_eq!(minor_version("something else"), None);
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-here").is_none());
    }
}
