//! The program for the browser: bindings, optimisation and the glue script.

use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::args::Args;

pub struct Browser {
    pub script: String,
    pub program: Vec<u8>,
}

/// The features that the compiler uses for this target; the optimiser must not use others.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Taking the control flow apart first lets the second round find more (one per cent). Nothing is kept in the first
/// kilobyte of memory: the stack ends there, and the linker puts the data behind it.
const PASSES: [&str; 5] = ["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz"];

pub fn generate(args: &Args, scratch: &Path) -> Result<Browser, String> {
    Bindgen::new()
        .input_path(&args.wasm)
        .out_name(&args.name)
        .typescript(false)
        .demangle(args.debug)
        .keep_debug(args.debug)
        .remove_name_section(!args.debug)
        .remove_producers_section(!args.debug)
        .omit_default_module_path(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(scratch))
        .map_err(|e| format!("wasm-bindgen refuses {}: {e:#}", args.wasm.display()))?;

    let mut program = scratch.join(format!("{}_bg.wasm", args.name));
    let mut script = scratch.join(format!("{}.js", args.name));
    if !args.debug {
        if let Some(tool) = &args.wasm_opt {
            program = optimise(tool, &program)?;
        }
        if let Some(tool) = &args.esbuild {
            script = minify(tool, &script)?;
        }
    }
    if scratch.join("snippets").exists() && (args.debug || args.esbuild.is_none()) {
        return Err("a library brings its own JavaScript: give --esbuild to put it in the bundle".to_owned());
    }
    Ok(Browser {
        script: std::fs::read_to_string(&script)
            .map_err(|e| format!("cannot read {}: {e}", script.display()))?,
        program: std::fs::read(&program).map_err(|e| format!("cannot read {}: {e}", program.display()))?,
    })
}

fn optimise(tool: &Path, input: &Path) -> Result<PathBuf, String> {
    let output = input.with_extension("opt.wasm");
    run(Command::new(tool).args(PASSES).args(FEATURES).arg(input).arg("-o").arg(&output))?;
    Ok(output)
}

fn minify(tool: &Path, input: &Path) -> Result<PathBuf, String> {
    let output = input.with_extension("min.js");
    run(Command::new(tool)
        .arg(input)
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", output.display())))?;
    Ok(output)
}

fn run(command: &mut Command) -> Result<(), String> {
    let tool = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|e| format!("cannot start {tool}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{tool} failed ({status})")) }
}
