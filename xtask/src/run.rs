//! Starting other programs.

use std::ffi::OsStr;
use std::io::{IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// What `cargo run` tells xtask about xtask. Passed on to another cargo, it makes that
/// build scripts run again that have nothing to do with it.
const OURS: [&str; 7] = [
    "CARGO",
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_PRIMARY_PACKAGE",
    "LD_LIBRARY_PATH",
    "NOABER_CACHE",
    "RUST_RECURSION_COUNT",
];
const OUR_FAMILIES: [&str; 2] = ["CARGO_MANIFEST_", "CARGO_PKG_"];

pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in OURS {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if let Some(text) = name.to_str()
            && OUR_FAMILIES.iter().any(|family| text.starts_with(family))
        {
            command.env_remove(text);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs to the end, its output on ours.
pub fn run(command: &mut Command) -> Outcome<()> {
    let status = command_status(command)?;
    finished(command, status)
}

/// Runs to the end; whether it succeeded.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Runs to the end and gives what it printed.
pub fn output(command: &mut Command) -> Outcome<String> {
    let name = name(command);
    let output =
        command.stderr(Stdio::piped()).output().map_err(|e| format!("{name} does not start: {e}."))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name} failed ({}).\n{}", output.status, said.trim()))
}

/// Runs to the end, its output in a file that is shown only when it fails.
pub fn quietly(command: &mut Command, log: &Path) -> Outcome<()> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
    }
    let file =
        std::fs::File::create(log).map_err(|e| format!("{} cannot be written: {e}.", log.display()))?;
    let copy = file.try_clone().map_err(|e| format!("{} cannot be written: {e}.", log.display()))?;
    let status = command_status(command.stdout(file).stderr(copy))?;
    finished(command, status).map_err(|problem| {
        let text = std::fs::read_to_string(log).unwrap_or_default();
        format!("{}\n{problem} All of it is in {}.", last_lines(&text, 60), log.display())
    })
}

/// Runs to the end, its output on ours as it comes, and gives it too.
pub fn tee(command: &mut Command) -> Outcome<(bool, String)> {
    let name = name(command);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{name} does not start: {e}."))?;
    let errors =
        child.stderr.take().map(|stream| std::thread::spawn(move || pass_on(stream, std::io::stderr())));
    let mut text = child.stdout.take().map(|stream| pass_on(stream, std::io::stdout())).unwrap_or_default();
    if let Some(more) = errors.and_then(|thread| thread.join().ok()) {
        text.push_str(&more);
    }
    let status = child.wait().map_err(|e| format!("{name} was lost: {e}."))?;
    Ok((status.success(), text))
}

/// Runs for at most so long; whether it ended well by then.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let Ok(mut child) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { return false };
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if started.elapsed() < limit => pause(Duration::from_millis(100)),
            _ => {
                stop(&mut child);
                return false;
            }
        }
    }
}

/// Ends a program that we started, and waits until it is gone.
pub fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[expect(
    clippy::disallowed_methods,
    reason = "another program tells nobody when it is ready: we must ask again"
)]
pub fn pause(length: Duration) {
    std::thread::sleep(length);
}

/// Colours for people, none for log files.
pub fn colour() -> &'static str {
    if std::io::stdout().is_terminal() && std::env::var_os("CI").is_none() { "always" } else { "never" }
}

fn pass_on(mut from: impl Read, mut to: impl Write) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 {
            break;
        }
        let _ = to.write_all(&buffer[..count]).and_then(|()| to.flush());
        all.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn command_status(command: &mut Command) -> Outcome<ExitStatus> {
    let name = name(command);
    command.status().map_err(|e| format!("{name} does not start: {e}."))
}

fn finished(command: &Command, status: ExitStatus) -> Outcome<()> {
    if status.success() { Ok(()) } else { Err(format!("{} failed ({status}).", name(command))) }
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().take(4).map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_passed_on_and_kept() {
        let (good, text) =
            tee(command("sh").args(["-c", "echo naar buiten; echo fout >&2; exit 3"])).expect("started");
        assert!(!good);
        assert_eq!(text, "naar buiten\nfout\n");
    }

    #[test]
    fn what_takes_too_long_is_ended() {
        assert!(!succeeds_within(command("sleep").arg("60"), Duration::from_millis(200)));
        assert!(succeeds_within(&mut command("true"), Duration::from_secs(10)));
    }

    #[test]
    fn a_failure_says_which_program_and_what_it_said() {
        let problem =
            output(command("sh").args(["-c", "echo dat ging mis >&2; exit 1"])).expect_err("failed");
        assert!(problem.starts_with("sh -c"), "{problem}");
        assert!(problem.ends_with("dat ging mis"), "{problem}");
    }
}
