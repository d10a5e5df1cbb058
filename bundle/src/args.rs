//! The command line.

use std::path::PathBuf;

pub const USAGE: &str = "\
usage: bundle --wasm FILE --site FOLDER --name NAME [--style FILE] [--public FOLDER]
              [--wasm-opt FILE] [--esbuild FILE] [--budget KB] [--debug]";

/// What a first visit may weigh, in thousands of bytes after Brotli, so that it never grows unnoticed.
/// The promise is 350, less seven for the page itself and five for the texts in the reader's language,
/// which the server makes (ADR 0007; the bench measures all of it).
const FIRST_VISIT_KB: u32 = 342;

#[derive(Debug)]
pub struct Args {
    pub wasm: PathBuf,
    pub site: PathBuf,
    pub name: String,
    pub style: PathBuf,
    pub public: PathBuf,
    pub wasm_opt: Option<PathBuf>,
    pub esbuild: Option<PathBuf>,
    pub budget_kb: u32,
    pub debug: bool,
}

impl Args {
    pub fn read(given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut given = given;
        let mut wasm = None;
        let mut site = None;
        let mut args = Self {
            wasm: PathBuf::new(),
            site: PathBuf::new(),
            name: "noaber".to_owned(),
            style: PathBuf::from("style/main.css"),
            public: PathBuf::from("public"),
            wasm_opt: None,
            esbuild: None,
            budget_kb: FIRST_VISIT_KB,
            debug: false,
        };
        while let Some(flag) = given.next() {
            if flag == "--debug" {
                args.debug = true;
                continue;
            }
            let value = given.next().ok_or_else(|| format!("{flag} needs a value"))?;
            match flag.as_str() {
                "--wasm" => wasm = Some(PathBuf::from(value)),
                "--site" => site = Some(PathBuf::from(value)),
                "--name" => args.name = value,
                "--style" => args.style = PathBuf::from(value),
                "--public" => args.public = PathBuf::from(value),
                "--wasm-opt" => args.wasm_opt = Some(PathBuf::from(value)),
                "--esbuild" => args.esbuild = Some(PathBuf::from(value)),
                "--budget" => {
                    args.budget_kb = value.parse().map_err(|_| format!("{value} is no whole number"))?;
                }
                other => return Err(format!("unknown option {other}")),
            }
        }
        args.wasm = wasm.ok_or("--wasm is missing")?;
        args.site = site.ok_or("--site is missing")?;
        Ok(args)
    }

    /// How hard to compress: a developer who waits gets a quick answer.
    pub fn level(&self) -> u32 {
        if self.debug { 4 } else { 11 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Args, String> {
        Args::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_two_needed_options_are_enough() {
        let args = read("--wasm a.wasm --site out").expect("complete");
        assert_eq!(args.name, "noaber");
        assert_eq!(args.budget_kb, FIRST_VISIT_KB);
        assert_eq!(args.level(), 11);
    }

    #[test]
    fn a_missing_or_unknown_option_is_named() {
        assert_eq!(read("--wasm a.wasm").expect_err("no site"), "--site is missing");
        assert_eq!(read("--wasm").expect_err("no value"), "--wasm needs a value");
        assert_eq!(read("--what x").expect_err("unknown"), "unknown option --what");
    }
}
