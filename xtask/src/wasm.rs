//! A compiler for WebAssembly: rustup's, or else Debian's with a standard library that we build from its sources.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::fingerprint;
use crate::machine;
use crate::place::Place;
use crate::run::{self, command};

pub const TARGET: &str = "wasm32-unknown-unknown";
const DEBIAN: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_CLIPPY: &str = "/usr/bin/cargo-clippy";

#[derive(Debug, Clone)]
pub enum Compiler {
    /// The toolchain that builds everything else knows the target.
    Own,
    /// Debian's, with our own folder for the target's standard library.
    Debian { sysroot: PathBuf, linker: PathBuf },
}

/// Finds a compiler, or installs one. `NOABER_TEST_WASM=debian` leaves rustup aside.
pub fn ensure(place: &Place) -> Outcome<Compiler> {
    let debian_only = std::env::var("NOABER_TEST_WASM").is_ok_and(|given| given == "debian");
    if !debian_only && own_knows_the_target() {
        return Ok(Compiler::Own);
    }
    if let Some(compiler) = ready_from_debian(place) {
        return Ok(compiler);
    }
    if !debian_only && machine::find("rustup").is_some() {
        println!("   rustup target add {TARGET}");
        let mut add = command("rustup");
        add.args(["target", "add", TARGET]);
        if run::succeeds_within(&mut add, Duration::from_mins(4)) && own_knows_the_target() {
            return Ok(Compiler::Own);
        }
        println!("   rustup could not; trying Debian's compiler");
    }
    from_debian(place).map_err(|problem| {
        format!("{problem}\nThe compiler cannot make WebAssembly. Run: rustup target add {TARGET}")
    })
}

impl Compiler {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Own => "rustup's compiler",
            Self::Debian { .. } => "Debian's compiler",
        }
    }

    /// A cargo for the target. The caller adds the command and its arguments.
    pub fn cargo(&self, place: &Place) -> Command {
        self.configured(place, "cargo", DEBIAN_CARGO)
    }

    /// The same for `clippy`, which is another program at Debian's.
    pub fn clippy(&self, place: &Place) -> Command {
        let mut clippy = self.configured(place, "cargo", DEBIAN_CLIPPY);
        if matches!(self, Self::Debian { .. }) {
            clippy.env("CARGO", DEBIAN_CARGO);
        }
        clippy.arg("clippy");
        clippy
    }

    fn configured(&self, place: &Place, own: &str, debian: &str) -> Command {
        let mut cargo = match self {
            Self::Own => command(own),
            Self::Debian { sysroot, linker } => {
                let mut cargo = command(debian);
                cargo
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .env(
                        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                        format!("--sysroot {}", sysroot.display()),
                    );
                cargo
            }
        };
        cargo
            .current_dir(&place.root)
            .env("CARGO_TARGET_DIR", place.browser_target())
            .env("CARGO_TERM_COLOR", run::colour());
        cargo
    }
}

fn own_knows_the_target() -> bool {
    run::output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| has_std(Path::new(folder.trim())))
}

fn has_std(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-")
                && Path::new(name.as_ref()).extension().is_some_and(|end| end == "rlib")
        })
    })
}

/// The folder bears the compiler's version, so that an upgrade of Debian's makes a new one.
fn sysroot(place: &Place) -> Outcome<PathBuf> {
    let version = run::output(command(DEBIAN_RUSTC).arg("-vV"))?;
    Ok(place.cache.join(format!("wasm-std-{}", fingerprint::of_text(&version))))
}

fn libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

fn ready_from_debian(place: &Place) -> Option<Compiler> {
    let tools = [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_CLIPPY];
    if !tools.iter().all(|tool| Path::new(tool).exists()) {
        return None;
    }
    let (sysroot, linker) = (sysroot(place).ok()?, linker()?);
    has_std(&libraries(&sysroot)).then_some(Compiler::Debian { sysroot, linker })
}

fn linker() -> Option<PathBuf> {
    ["wasm-ld-22", "wasm-ld"].iter().find_map(|name| machine::find(name))
}

fn from_debian(place: &Place) -> Outcome<Compiler> {
    let there = [DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_CLIPPY, "/usr/lib/rustlib/src/rust/library/std"];
    if linker().is_none() || !there.iter().all(|path| Path::new(path).exists()) {
        machine::install(&DEBIAN)?;
    }
    let linker = linker().ok_or("wasm-ld is missing: install lld-22.")?;
    let sysroot = sysroot(place)?;
    println!("   building the standard library for the browser from Debian's sources (about a minute)");
    build_std(place, &sysroot)?;
    Ok(Compiler::Debian { sysroot, linker })
}

/// Builds an empty crate together with the standard library, and keeps the libraries.
fn build_std(place: &Place, sysroot: &Path) -> Outcome<()> {
    let work = place.cache.join("wasm-std-build");
    let failed = |e: std::io::Error| format!("{} cannot be used: {e}.", work.display());
    std::fs::create_dir_all(work.join("src")).map_err(failed)?;
    let manifest = "[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n";
    std::fs::write(work.join("Cargo.toml"), manifest).map_err(failed)?;
    std::fs::write(work.join("src/lib.rs"), "#![no_std]\n").map_err(failed)?;
    run::quietly(
        command(DEBIAN_CARGO)
            .current_dir(&work)
            .env("RUSTC", DEBIAN_RUSTC)
            // The compiler is stable; building the standard library with it is not.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "z")
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("CARGO_TARGET_DIR", work.join("target"))
            .args(["build", "--release", "--target", TARGET])
            .args(["-Zbuild-std=std,panic_abort,panic_unwind,proc_macro,test"])
            .args(["-Zbuild-std-features=optimize_for_size,panic-unwind"]),
        &place.cache.join("log/wasm-std.log"),
    )?;
    let into = libraries(sysroot);
    std::fs::create_dir_all(&into).map_err(failed)?;
    let made = work.join("target").join(TARGET).join("release/deps");
    for entry in std::fs::read_dir(made).map_err(failed)?.flatten() {
        let name = entry.file_name();
        let library = Path::new(&name).extension().is_some_and(|end| end == "rlib");
        if library && !name.to_string_lossy().starts_with("libnothing") {
            std::fs::copy(entry.path(), into.join(&name)).map_err(failed)?;
        }
    }
    std::fs::remove_dir_all(&work).map_err(failed)
}
