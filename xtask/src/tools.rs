//! Tools from npm: the optimiser for WebAssembly, the minifier for its glue, and the browser tests.

use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::fingerprint;
use crate::machine;
use crate::place::Place;
use crate::run::{self, command};

#[derive(Debug, Clone)]
pub struct Tools {
    pub wasm_opt: PathBuf,
    pub esbuild: PathBuf,
}

/// The bundle's tools, in the cache folder.
pub fn ensure(place: &Place) -> Outcome<Tools> {
    let from = place.root.join("xtask/tools");
    let into = place.cache.join("tools");
    std::fs::create_dir_all(&into).map_err(|e| format!("{} cannot be made: {e}.", into.display()))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        std::fs::copy(from.join(file), into.join(file))
            .map_err(|e| format!("{file} cannot be copied: {e}."))?;
    }
    install(&into, &place.cache.join("log/npm-tools.log"))?;
    let programs = into.join("node_modules/.bin");
    Ok(Tools { wasm_opt: programs.join("wasm-opt"), esbuild: programs.join("esbuild") })
}

/// The browser tests' libraries and the mail server for the tests of mail.
pub fn ensure_end2end(place: &Place) -> Outcome<()> {
    install(&place.end2end(), &place.cache.join("log/npm-end2end.log"))
}

/// `npm ci`, unless exactly this was installed already.
fn install(folder: &Path, log: &Path) -> Outcome<()> {
    let wanted = fingerprint::of(&[folder.join("package.json"), folder.join("package-lock.json")])?;
    let mark = folder.join("node_modules/.noaber");
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    machine::need_node()?;
    println!("   npm ci in {}", folder.display());
    run::quietly(
        command("npm")
            .current_dir(folder)
            // We bring our own browser, and no package has reason to run anything of its own.
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]),
        log,
    )?;
    std::fs::write(&mark, wanted).map_err(|e| format!("{} cannot be written: {e}.", mark.display()))
}
