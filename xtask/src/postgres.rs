//! A real PostgreSQL for tests and measuring: started in a folder of its own, gone when they are over.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;
use crate::machine;
use crate::run::{self, command};

const PREFIX: &str = "noaber-postgres-";
/// Many tests run at the same time.
const SETTINGS: &str = "-c max_connections=300 -c listen_addresses=127.0.0.1";
/// For what does not need to outlive a power cut.
const CARELESS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off";

#[derive(Debug)]
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Postgres {
    pub fn start() -> Outcome<Self> {
        Self::with(CARELESS)
    }

    /// One that keeps what it says it keeps, as a real one does: for measuring.
    pub fn start_safe() -> Outcome<Self> {
        Self::with("")
    }

    fn with(more: &str) -> Outcome<Self> {
        let programs = programs()?;
        clear_what_was_left(&programs);
        let folder = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
        if machine::is_root() {
            run::run(command("chown").arg("postgres").arg(&folder))?;
        }
        let postgres = Self { programs, folder, port: free_port()? };
        let data = postgres.folder.join("data");
        run::output(
            postgres
                .program("initdb")
                .args([
                    "--auth=trust",
                    "--username=noaber",
                    "--encoding=UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync",
                    "-D",
                ])
                .arg(&data),
        )?;
        let options = format!("-p {} -k {} {SETTINGS} {more}", postgres.port, postgres.folder.display());
        // Without a log file it would keep our output open, and whoever reads that would wait for ever.
        run::quietly(
            postgres
                .program("pg_ctl")
                .args(["-w", "-t", "60", "-o", &options, "-l"])
                .arg(postgres.folder.join("log"))
                .arg("-D")
                .arg(&data)
                .arg("start"),
            &std::env::temp_dir().join(format!("{PREFIX}{}.start", std::process::id())),
        )?;
        println!("   {}", postgres.address());
        Ok(postgres)
    }

    /// A superuser's, so that tests make databases of their own.
    pub fn address(&self) -> String {
        format!("postgres://noaber@127.0.0.1:{}/postgres", self.port)
    }

    /// An empty database of its own, and its address.
    pub fn database(&self, name: &str) -> Outcome<String> {
        let port = self.port.to_string();
        run::output(self.program("createdb").args(["-h", "127.0.0.1", "-p", &port, "-U", "noaber", name]))?;
        Ok(format!("postgres://noaber@127.0.0.1:{port}/{name}"))
    }

    /// The program that asks it.
    pub fn psql(&self) -> PathBuf {
        self.programs.join("psql")
    }

    fn program(&self, name: &str) -> Command {
        as_its_user(&self.programs.join(name), &self.folder)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        stop(&self.programs, &self.folder);
        let _ =
            std::fs::remove_file(std::env::temp_dir().join(format!("{PREFIX}{}.start", std::process::id())));
    }
}

/// For somebody who runs tests one by one.
pub fn until_enter() -> Outcome<()> {
    let postgres = Postgres::start()?;
    println!("\nexport NOABER_TEST_POSTGRES={}\n\nPress Enter to stop it.", postgres.address());
    std::io::stdin()
        .read_line(&mut String::new())
        .map(|_| ())
        .map_err(|e| format!("Nothing can be read: {e}."))
}

fn stop(programs: &Path, folder: &Path) {
    let mut stop = as_its_user(&programs.join("pg_ctl"), folder);
    run::succeeds(stop.args(["-w", "-m", "immediate", "-D"]).arg(folder.join("data")).arg("stop"));
    let _ = std::fs::remove_dir_all(folder);
}

/// Runs that were broken off (Ctrl-C, a killed job) leave theirs running.
fn clear_what_was_left(programs: &Path) {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let owner =
            name.to_str().and_then(|name| name.strip_prefix(PREFIX)).and_then(|pid| pid.parse::<u32>().ok());
        if let Some(pid) = owner
            && Path::new("/proc/self").exists()
            && !Path::new(&format!("/proc/{pid}")).exists()
        {
            stop(programs, &entry.path());
        }
    }
}

/// PostgreSQL refuses to run as root.
fn as_its_user(program: &Path, folder: &Path) -> Command {
    let mut line = if machine::is_root() {
        let mut line = command("runuser");
        line.args(["-u", "postgres", "--"]).arg(program);
        line
    } else {
        command(program)
    };
    line.current_dir(folder).env("LC_ALL", "C.UTF-8");
    line
}

fn programs() -> Outcome<PathBuf> {
    if let Some(found) = newest() {
        return Ok(found);
    }
    if let Some(folder) = machine::find("initdb").and_then(|path| path.parent().map(Path::to_owned)) {
        return Ok(folder);
    }
    machine::install(&["postgresql"])
        .map_err(|problem| format!("PostgreSQL is needed for the tests. {problem}"))?;
    newest().ok_or_else(|| "PostgreSQL was not found in /usr/lib/postgresql: install postgresql.".to_owned())
}

fn newest() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten();
    versions
        .filter_map(|entry| {
            Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, programs)| programs.join("initdb").exists())
        .max()
        .map(|(_, programs)| programs)
}

pub fn free_port() -> Outcome<u16> {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|e| format!("No port is free: {e}."))
}
