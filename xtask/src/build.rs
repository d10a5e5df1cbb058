//! The production build: the program, and the site that it serves.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::Outcome;
use crate::fingerprint;
use crate::machine;
use crate::native;
use crate::place::Place;
use crate::run;
use crate::steps::step;
use crate::tools::{self, Tools};
use crate::wasm::{self, Compiler};

const NAME: &str = "noaber";
/// Made for this many sets of inputs; older ones are cleared away.
const KEPT_SITES: usize = 3;
/// The bundler's word for "made, but heavier than promised".
const TOO_HEAVY: i32 = 3;

#[derive(Debug, Clone)]
pub struct Built {
    pub program: PathBuf,
    pub site: PathBuf,
}

/// Everything, from whatever state the machine is in.
pub fn production(place: &Place) -> Outcome<Built> {
    let (compiler, tools) = step("tools for the build", || {
        machine::need_rust(&[])?;
        machine::need_c_compiler()?;
        Ok((wasm::ensure(place)?, tools::ensure(place)?))
    })?;
    production_with(place, &compiler, &tools)
}

/// The browser's part compiles beside the server's: its last minute occupies only one core.
pub fn production_with(place: &Place, compiler: &Compiler, tools: &Tools) -> Outcome<Built> {
    let (program, wasm) = step("program and browser part", || {
        std::thread::scope(|scope| {
            let browser = scope.spawn(|| timed("browser part", || frontend(place, compiler)));
            let program = timed("program", || server(place));
            let wasm = browser.join().map_err(|_| "The build of the browser part broke off.".to_owned())?;
            Ok((program?, wasm?))
        })
    })?;
    let site = step("site: bundle, optimise, compress", || site(place, tools, &wasm))?;
    Ok(Built { program, site })
}

fn timed<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let started = Instant::now();
    let result = work();
    println!("   {name}: {:.1} s", started.elapsed().as_secs_f64());
    result
}

fn server(place: &Place) -> Outcome<PathBuf> {
    run::run(machine::cargo(place).args(["build", "--release", "-p", "server"]))
        .map_err(|problem| format!("The program does not compile: {problem}"))?;
    Ok(place.target().join("release").join(NAME))
}

fn frontend(place: &Place, compiler: &Compiler) -> Outcome<PathBuf> {
    run::quietly(
        compiler.cargo(place).args(["rustc", "-p", "frontend", "--lib", "--crate-type", "cdylib"]).args([
            "--target",
            wasm::TARGET,
            "--profile",
            "wasm-release",
        ]),
        &place.cache.join("log/browser-part.log"),
    )
    .map_err(|problem| format!("The browser part does not compile: {problem}"))?;
    Ok(place.browser_target().join(wasm::TARGET).join("wasm-release/frontend.wasm"))
}

/// Bundles into a folder named after its inputs, so that nothing is made twice
/// and a server that still runs keeps the site it started with.
fn site(place: &Place, tools: &Tools, wasm: &Path) -> Outcome<PathBuf> {
    let mut inputs = vec![wasm.to_owned()];
    for input in ["style", "public", "bundle/Cargo.toml", "bundle/src", "xtask/tools/package-lock.json"] {
        inputs.push(place.root.join(input));
    }
    let sites = place.cache.join("site");
    let site = sites.join(fingerprint::of(&inputs)?);
    if site.join("hash.txt").exists() {
        println!("   nothing changed");
        return Ok(site);
    }
    // The whole workspace with the profile of the tests, so that it shares what they compile.
    run::run(machine::cargo(place).arg("build").args(native::WORKSPACE).args(["--bin", "bundle"]))
        .map_err(|problem| format!("The bundler does not compile: {problem}"))?;
    std::fs::create_dir_all(&sites).map_err(|e| format!("{} cannot be made: {e}.", sites.display()))?;
    let mut bundle = run::command(place.target().join("debug/bundle"));
    bundle
        .current_dir(&place.root)
        .args(["--name", NAME, "--style", "style/main.css", "--public", "public"])
        .arg("--wasm")
        .arg(wasm)
        .arg("--site")
        .arg(&site)
        .arg("--wasm-opt")
        .arg(&tools.wasm_opt)
        .arg("--esbuild")
        .arg(&tools.esbuild);
    let status = bundle.status().map_err(|e| format!("The bundler does not start: {e}."))?;
    if !status.success() && status.code() != Some(TOO_HEAVY) {
        return Err(format!("The bundler failed ({status})."));
    }
    prune(&sites, KEPT_SITES);
    Ok(site)
}

/// What the bundler wrote down about one file of the site.
#[derive(Debug, PartialEq, Eq)]
pub struct Weight {
    pub address: String,
    pub first_visit: bool,
    pub raw: u64,
    pub wire: u64,
}

/// The promise, what a first visit weighs, and every file.
#[derive(Debug, PartialEq, Eq)]
pub struct Weights {
    pub budget: u64,
    pub files: Vec<Weight>,
}

impl Weights {
    pub fn of(site: &Path) -> Outcome<Self> {
        let path = site.join(".weights");
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{} cannot be read: {e}.", path.display()))?;
        Self::parse(&text).ok_or_else(|| format!("{} is not what the bundler writes.", path.display()))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let budget = lines.next()?.strip_prefix("budget ")?.parse().ok()?;
        let files = lines.map(|line| {
            let mut words = line.splitn(4, ' ');
            let first_visit = words.next()? == "first";
            let raw = words.next()?.parse().ok()?;
            let wire = words.next()?.parse().ok()?;
            Some(Weight { address: words.next()?.to_owned(), first_visit, raw, wire })
        });
        Some(Self { budget, files: files.collect::<Option<_>>()? })
    }

    pub fn first_visit(&self) -> u64 {
        self.files.iter().filter(|file| file.first_visit).map(|file| file.wire).sum()
    }

    /// Says what a first visit weighs; too much is an error.
    pub fn within_budget(&self) -> Outcome<()> {
        let said = format!("a first visit weighs {} of {} bytes", self.first_visit(), self.budget);
        if self.first_visit() > self.budget {
            return Err(format!("Too heavy: {said}."));
        }
        println!("   {said}");
        Ok(())
    }
}

fn prune(folder: &Path, keep: usize) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut found: Vec<_> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().and_then(|data| data.modified()).ok()?, entry.path())))
        .collect();
    found.sort();
    let surplus = found.len().saturating_sub(keep);
    for (_, path) in found.into_iter().take(surplus) {
        let _ = std::fs::remove_dir_all(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_as_the_bundler_writes_them() {
        let weights =
            Weights::parse("budget 340000\nfirst 9 4 pkg/a b.js\nlater 7 7 icons.svg\n").expect("readable");
        assert_eq!(weights.first_visit(), 4);
        assert_eq!(weights.files[0].address, "pkg/a b.js");
        assert!(weights.within_budget().is_ok());
        assert!(Weights { budget: 3, ..weights }.within_budget().is_err());
        assert_eq!(Weights::parse("something else"), None);
    }
}
