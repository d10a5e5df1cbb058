//! Turns what the compiler made for the browser into what the server serves:
//! WebAssembly with its glue, one style sheet and the public files, each under
//! a name that changes with its content, with compressed copies beside them.

mod args;
mod files;
mod report;
mod style;
mod wasm;

use std::path::Path;
use std::process::ExitCode;

use args::Args;
use files::{Kind, Site};

fn main() -> ExitCode {
    let args = match Args::read(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(problem) => {
            eprintln!("bundle: {problem}\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&args) {
        Ok(within_budget) if within_budget => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(3),
        Err(problem) => {
            eprintln!("bundle: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// The style sheet of quiet pages, which is no part of a first visit.
const QUIET: &str = "quiet.css";

/// Builds in a folder beside the target and swaps at the end, so that a server
/// that starts halfway never finds half a site.
fn run(args: &Args) -> Result<bool, String> {
    let part = args.site.with_extension(format!("part-{}", std::process::id()));
    files::empty_folder(&part)?;
    let mut site = Site::new(&part, args.level());

    let scratch = part.join("scratch");
    files::empty_folder(&scratch)?;
    let browser = wasm::generate(args, &scratch)?;
    site.add_hashed("js", &args.name, Kind::Script, browser.script.as_bytes())?;
    site.add_hashed("wasm", &args.name, Kind::Program, &browser.program)?;
    std::fs::remove_dir_all(&scratch).map_err(|e| format!("cannot clear {}: {e}", scratch.display()))?;

    if args.style.exists() {
        let css = style::name_fonts(&style::bundle(&args.style, !args.debug)?, &args.public)?;
        site.add_hashed("css", &args.name, Kind::Style, css.as_bytes())?;
        let quiet = args.style.with_file_name(QUIET);
        if quiet.exists() {
            let css = style::bundle(&quiet, !args.debug)?;
            site.add_named(QUIET, css.as_bytes())?;
        }
    }
    if args.public.is_dir() {
        site.add_public(&args.public, Path::new(""))?;
    }
    site.write_hashes()?;
    let summary = report::Summary::of(&site.entries, args.budget_kb);
    std::fs::write(part.join(".weights"), summary.lines())
        .map_err(|e| format!("cannot write the weights: {e}"))?;

    if args.site.exists() {
        std::fs::remove_dir_all(&args.site)
            .map_err(|e| format!("cannot replace {}: {e}", args.site.display()))?;
    }
    std::fs::rename(&part, &args.site)
        .map_err(|e| format!("cannot move the site to {}: {e}", args.site.display()))?;

    print!("{}", summary.table());
    Ok(args.debug || summary.within_budget())
}
