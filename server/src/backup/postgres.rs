//! `pg_dump`, `pg_restore` and `psql`.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use axum::http::Uri;
use tokio::process::Command;

use crate::failure::Failure;

/// Writes the whole database in `PostgreSQL`'s own format, as of one moment.
pub async fn dump(database: &str, to: &Path) -> Result<(), Failure> {
    let mut command = tool("pg_dump", database)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges", "--file"]).arg(to);
    run("pg_dump", command).await
}

/// What is emptied before a dump is put back: tables of a later version would stay behind otherwise, and stop the
/// next migration.
const EMPTY: &str = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;";

/// Puts a dump back: all of it, or nothing.
pub async fn restore(database: &str, from: &Path) -> Result<(), Failure> {
    // As a script first: only when the whole dump could be read is anything touched.
    let script = Script::new()?;
    let mut read = tool("pg_restore", database)?;
    read.args(["--no-owner", "--no-privileges", "--exit-on-error", "--file"]).arg(&script.0).arg(from);
    run("pg_restore", read).await?;
    let mut write = tool("psql", database)?;
    write
        .args(["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1"])
        .args(["--command", EMPTY, "--file"])
        .arg(&script.0);
    run("psql", write).await
}

/// A file for its owner alone, gone when it is not needed any more.
struct Script(PathBuf);

impl Script {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("noaber-restore-{}.sql", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        options
            .open(&path)
            .map_err(|error| Failure(format!("{} cannot be written: {error}.", path.display())))?;
        Ok(Self(path))
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A tool that knows where the database is. Through the environment: the password must
/// not stand in the list of processes.
fn tool(name: &str, database: &str) -> Result<Command, Failure> {
    let place = Place::of(database)?;
    let mut command = Command::new(name);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    command.env("PGDATABASE", &place.name);
    for (variable, value) in place.rest {
        command.env(variable, value);
    }
    Ok(command)
}

async fn run(name: &str, mut command: Command) -> Result<(), Failure> {
    let output = command.output().await.map_err(|error| {
        Failure(format!("{name} cannot be started ({error}). It is in the package postgresql-client."))
    })?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stderr);
    Err(Failure(format!("{name} failed: {}", told.trim())))
}

/// Where a database is, in the variables of `PostgreSQL`'s tools.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    name: String,
    rest: Vec<(&'static str, String)>,
}

impl Place {
    fn of(address: &str) -> Result<Self, Failure> {
        let wrong = || Failure::new("The address of the database is not postgres://USER:PASSWORD@HOST/NAME.");
        // The HTTP library reads this kind of address too, once there is a host in it.
        let address = address.replacen("@/", "@localhost/", 1).replacen(":///", "://localhost/", 1);
        let uri: Uri = address.parse().map_err(|_| wrong())?;
        let authority = uri.authority().ok_or_else(wrong)?;
        let mut rest = vec![("PGHOST", authority.host().trim_matches(['[', ']']).to_owned())];
        if let Some(port) = authority.port_u16() {
            rest.push(("PGPORT", port.to_string()));
        }
        if let Some((login, _)) = authority.as_str().rsplit_once('@') {
            let (user, password) =
                login.split_once(':').map_or((login, None), |(user, word)| (user, Some(word)));
            rest.push(("PGUSER", decoded(user).ok_or_else(wrong)?));
            if let Some(password) = password {
                rest.push(("PGPASSWORD", decoded(password).ok_or_else(wrong)?));
            }
        }
        for pair in uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').ok_or_else(wrong)?;
            let variable = match key {
                "host" => "PGHOST",
                "port" => "PGPORT",
                "user" => "PGUSER",
                "password" => "PGPASSWORD",
                "sslmode" | "ssl-mode" => "PGSSLMODE",
                "sslrootcert" | "ssl-root-cert" => "PGSSLROOTCERT",
                "application_name" => "PGAPPNAME",
                other => {
                    return Err(Failure(format!(
                        "The part {other} of the database's address is not known here."
                    )));
                }
            };
            rest.retain(|(known, _)| *known != variable);
            rest.push((variable, decoded(value).ok_or_else(wrong)?));
        }
        let name =
            decoded(uri.path().trim_start_matches('/')).filter(|name| !name.is_empty()).ok_or_else(wrong)?;
        Ok(Self { name, rest })
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(address: &str) -> Vec<(&'static str, String)> {
        let Place { name, mut rest } = Place::of(address).expect("an address");
        rest.push(("PGDATABASE", name));
        rest
    }

    #[test]
    fn the_parts_of_an_address_become_variables() {
        let found = variables("postgres://no%40ber:ge%3Aheim@db.example.org:5433/noaber?sslmode=require");
        for (name, value) in [
            ("PGHOST", "db.example.org"),
            ("PGPORT", "5433"),
            ("PGUSER", "no@ber"),
            ("PGPASSWORD", "ge:heim"),
            ("PGSSLMODE", "require"),
            ("PGDATABASE", "noaber"),
        ] {
            assert!(found.contains(&(name, value.to_owned())), "{name} in {found:?}");
        }
    }

    #[test]
    fn a_socket_is_a_host() {
        let found = variables("postgres://noaber@/noaber?host=/var/run/postgresql");
        assert!(found.contains(&("PGHOST", "/var/run/postgresql".to_owned())), "{found:?}");
        assert_eq!(found.iter().filter(|(name, _)| *name == "PGHOST").count(), 1);
    }

    #[test]
    fn an_address_that_is_not_understood_is_not_guessed_at() {
        assert!(Place::of("postgres://noaber@db/").is_err());
        assert!(Place::of("postgres://noaber@db/noaber?options=-c").is_err());
    }
}
