//! Servers to measure, and readers who ask them.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use super::{Bench, HOST};
use crate::Outcome;
use crate::demo;
use crate::http::{self, Answer, Connection};
use crate::machine;
use crate::place::Place;
use crate::postgres::{Postgres, free_port};
use crate::run::{self, command};

/// The header with which the program says how many queries an answer took.
const QUERIES: &str = "x-queries";

#[derive(Debug)]
pub struct Server {
    child: Child,
    pub port: u16,
    database: Database,
}

/// Where a server keeps things.
#[derive(Debug)]
enum Database {
    None,
    File(PathBuf),
    Postgres { psql: PathBuf, address: String },
}

pub fn build_bare(place: &Place) -> Outcome<PathBuf> {
    run::run(machine::cargo(place).args(["build", "--release", "-p", "server", "--examples"]))?;
    Ok(place.target().join("release/examples/bare"))
}

impl Server {
    /// On a copy of the data, which the run may change.
    pub fn start(bench: &Bench, data: &Path) -> Outcome<Self> {
        let port = free_port()?;
        let database = bench.folder.join(format!("run-{port}.db"));
        std::fs::copy(data, &database).map_err(|e| format!("{} cannot be copied: {e}.", data.display()))?;
        let address = demo::address(&database);
        Self::serve(bench, port, &address, Database::File(database))
    }

    /// On a database of PostgreSQL that holds data already.
    pub fn start_on(bench: &Bench, postgres: &Postgres, address: String) -> Outcome<Self> {
        let database = Database::Postgres { psql: postgres.psql(), address: address.clone() };
        Self::serve(bench, free_port()?, &address, database)
    }

    /// On a database that is there already, and is not looked into.
    pub fn start_at(bench: &Bench, address: &str) -> Outcome<Self> {
        Self::serve(bench, free_port()?, address, Database::None)
    }

    fn serve(bench: &Bench, port: u16, address: &str, database: Database) -> Outcome<Self> {
        let mut serve = command(&bench.built.program);
        serve
            .arg("serve")
            .current_dir(&bench.folder)
            .env("NOABER_LISTEN", format!("127.0.0.1:{port}"))
            .env("NOABER_DATABASE", address)
            .env("NOABER_SITE", &bench.built.site)
            .env("NOABER_LOG_LEVEL", "error")
            // Only so that many members can sign in from networks of their own.
            .env("NOABER_TRUSTED_PROXIES", "127.0.0.1")
            .env("NOABER_PUBLIC_SCHEME", "http")
            .env("NOABER_PUBLIC_PORT", port.to_string())
            .env("NOABER_DIAGNOSTICS", "true");
        Self::launch(&mut serve, port, database)
    }

    pub fn start_bare(bench: &Bench, body: &Path, encoding: &str) -> Outcome<Self> {
        let port = free_port()?;
        let mut bare = command(&bench.bare);
        bare.arg(port.to_string()).arg(body).arg(encoding);
        Self::launch(&mut bare, port, Database::None)
    }

    fn launch(serve: &mut std::process::Command, port: u16, database: Database) -> Outcome<Self> {
        let child =
            serve.stdout(Stdio::null()).spawn().map_err(|e| format!("A server does not start: {e}."))?;
        let server = Self { child, port, database };
        http::wait_until_ready(port, Duration::from_secs(30))?;
        Ok(server)
    }

    /// The pages that are measured: their names and addresses.
    pub fn pages(&self, visitor: &Reader) -> Outcome<Vec<(String, String)>> {
        let list = "/berichten?soort=nieuws";
        let text = self.plain(visitor, list)?;
        let post = post_address(&text).ok_or("the list shows no post")?;
        Ok(vec![
            ("home".to_owned(), "/".to_owned()),
            ("list with a filter".to_owned(), list.to_owned()),
            ("post".to_owned(), post),
        ])
    }

    fn plain(&self, visitor: &Reader, path: &str) -> Outcome<String> {
        let request = http::get(&visitor.host, path, "Accept: text/html\r\n");
        let answer = Connection::open(self.port).and_then(|mut connection| connection.send(&request));
        answer.map(|answer| answer.text()).map_err(|e| format!("{path} is not answered: {e}."))
    }

    /// Reads from the database beside the server: a row is a line, or several.
    pub fn rows(&self, query: &str) -> Outcome<Vec<String>> {
        let mut ask = match &self.database {
            Database::None => return Err("This server keeps nothing.".to_owned()),
            Database::File(path) => {
                let mut ask = command("sqlite3");
                ask.arg("-readonly").arg(path);
                ask
            }
            Database::Postgres { psql, address } => {
                let mut ask = command(psql);
                ask.args(["-At", "-d", address, "-c"]);
                ask
            }
        };
        let text = run::output(ask.arg(query))?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    /// The condition that a column is this key (in hexadecimal), as the database writes it.
    pub fn is_key(&self, column: &str, key: &str) -> String {
        match &self.database {
            Database::Postgres { .. } => format!("{column} = '{key}'"),
            Database::None | Database::File(_) => format!("{column} = x'{key}'"),
        }
    }

    pub fn peak_memory_mb(&self) -> Outcome<f64> {
        let path = format!("/proc/{}/status", self.child.id());
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path} cannot be read: {e}."))?;
        text.lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|value| value.split_whitespace().next()?.parse::<f64>().ok())
            .map(|kilobytes| kilobytes / 1024.0)
            .ok_or_else(|| "The system does not say how much memory a program has.".to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        run::stop(&mut self.child);
        if let Database::File(path) = &self.database {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", path.display()));
            }
        }
    }
}

/// The first `/berichten/{id}` in a page: an id has 36 characters.
fn post_address(page: &str) -> Option<String> {
    const START: &str = "href=\"/berichten/";
    page.match_indices(START).find_map(|(at, _)| {
        let id = page[at + START.len()..].split(['"', '?', '#', '/']).next()?;
        (id.len() == 36 && id.bytes().filter(|byte| *byte == b'-').count() == 4)
            .then(|| format!("/berichten/{id}"))
    })
}

/// Somebody with a browser.
#[derive(Debug, Clone)]
pub struct Reader {
    port: u16,
    pub host: String,
    pub cookie: String,
}

impl Reader {
    pub fn visitor(port: u16) -> Self {
        Self { port, host: format!("{HOST}:{port}"), cookie: String::new() }
    }

    pub fn member(port: u16, cookie: String) -> Self {
        Self { cookie, ..Self::visitor(port) }
    }

    pub fn headers(&self) -> Vec<String> {
        let mut headers = vec![
            format!("Host: {}", self.host),
            "Accept: text/html".to_owned(),
            "Accept-Encoding: br, gzip".to_owned(),
        ];
        if !self.cookie.is_empty() {
            headers.push(format!("Cookie: {}", self.cookie));
        }
        headers
    }

    pub fn request(&self, path: &str) -> Vec<u8> {
        let (_, more) = self
            .headers()
            .split_first()
            .map_or_else(Default::default, |(host, more)| (host.clone(), more.join("\r\n")));
        http::get(&self.host, path, &format!("{more}\r\n"))
    }

    pub fn get(&self, path: &str) -> Outcome<Answer> {
        let answer = Connection::open(self.port)
            .and_then(|mut connection| connection.send(&self.request(path)))
            .map_err(|e| format!("{path} is not answered: {e}."))?;
        if answer.status == 200 {
            Ok(answer)
        } else {
            Err(format!("{path} is answered with {}.", answer.status))
        }
    }

    /// How many queries the page takes when no cache has it: that of the first request counts.
    pub fn queries(&self, path: &str) -> Outcome<u32> {
        let answer = self.get(path)?;
        answer
            .header(QUERIES)
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("{path} does not say how many queries it took."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_link_to_a_post_is_found() {
        let page =
            "<a href=\"/berichten/nieuw\"><a href=\"/berichten/0190b2f4-0000-7000-8000-0000000000aa?x\">";
        assert_eq!(post_address(page).as_deref(), Some("/berichten/0190b2f4-0000-7000-8000-0000000000aa"));
        assert_eq!(post_address("<a href=\"/berichten/nieuw\">"), None);
    }

    #[test]
    fn a_member_brings_a_cookie_and_a_visitor_does_not() {
        let text = |reader: Reader| String::from_utf8(reader.request("/")).expect("text");
        assert!(!text(Reader::visitor(1)).contains("Cookie"));
        assert!(text(Reader::member(1, "a=b".to_owned())).contains("Cookie: a=b\r\n"));
    }
}
