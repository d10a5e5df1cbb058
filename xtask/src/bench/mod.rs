//! `cargo xtask bench`: the release build under load, all in one run on the same cores.
//! Prints a table with the promises beside the figures, and writes bench.json.

mod activities;
mod fan_out;
mod load;
mod people;
mod photos;
mod results;
mod search;
mod servers;
mod steady;
mod writes;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::build::{self, Built, Weights};
use crate::demo;
use crate::fingerprint;
use crate::http::{self, Connection};
use crate::machine;
use crate::place::Place;
use crate::postgres::Postgres;
use crate::run;
use crate::steps::step;
use load::Load;
use results::{Results, percentile};
use servers::{Reader, Server};

pub const HOST: &str = "hallorietvoorde.localhost";
/// Long enough for steady figures, short enough to be run before every change.
const SECONDS: u64 = 8;
/// Requests one after another, for the time a page takes when nobody else asks.
const ALONE: usize = 200;

/// What is measured, in this order, and what it is called where only some of it is asked for.
const PARTS: [&str; 9] =
    ["bytes", "pages", "growth", "steady", "fan-out", "writing", "photos", "agenda", "search"];

/// How long, and what.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    seconds: u64,
    parts: Vec<String>,
}

fn wanted(rest: &[String]) -> Outcome<Wanted> {
    let mut wanted = Wanted { seconds: SECONDS, parts: PARTS.map(str::to_owned).to_vec() };
    for flag in rest {
        if flag == "--quick" {
            wanted.seconds = 2;
        } else if let Some(parts) = flag.strip_prefix("--only=") {
            wanted.parts = parts.split(',').map(str::to_owned).collect();
            if let Some(unknown) = wanted.parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
                return Err(format!(
                    "Nothing that is measured is called {unknown:?}. Choose from {PARTS:?}."
                ));
            }
        } else {
            return Err("cargo xtask bench knows only --quick and --only=PART,PART.".to_owned());
        }
    }
    Ok(wanted)
}

pub fn run(place: &Place, rest: &[String]) -> Outcome<bool> {
    let Wanted { seconds, parts } = wanted(rest)?;
    let built = build::production(place)?;
    let (bare, wrk) = step("tools for measuring", || {
        let wrk = machine::need("wrk", "wrk")?;
        machine::need("sqlite3", "sqlite3")?;
        Ok((servers::build_bare(place)?, wrk))
    })?;
    let folder = place.cache.join("bench");
    std::fs::create_dir_all(&folder).map_err(|e| format!("{} cannot be made: {e}.", folder.display()))?;
    let photo = bare.with_file_name("photo");
    let bench = Bench { built, bare, photo, wrk, folder, seconds, parts };
    let demo = step("data set demo", || bench.data("demo"))?;
    let mature = step("data set mature", || bench.data("mature"))?;

    let mut results = Results::default();
    let measured = bench.everything(&demo, &mature, &mut results);
    print!("\n{}", results.table());
    let file = place.root.join("bench.json");
    std::fs::write(&file, results.json())
        .map_err(|e| format!("{} cannot be written: {e}.", file.display()))?;
    println!("\n{}", file.display());
    measured.map(|()| results.all_hold())
}

#[derive(Debug)]
pub struct Bench {
    built: Built,
    bare: PathBuf,
    /// Makes a photo.
    photo: PathBuf,
    wrk: PathBuf,
    folder: PathBuf,
    seconds: u64,
    /// Of [`PARTS`].
    parts: Vec<String>,
}

impl Bench {
    /// What was measured before something fails is told all the same.
    fn everything(&self, demo: &Path, mature: &Path, results: &mut Results) -> Outcome<()> {
        for part in PARTS.into_iter().filter(|part| self.parts.iter().any(|wanted| wanted == part)) {
            match part {
                "bytes" => step("bytes of a first visit", || self.bytes(results))?,
                "pages" => step("pages under load, mature", || self.pages(mature, results))?,
                "growth" => step("mature against demo", || self.growth(demo, mature, results))?,
                "steady" => {
                    step("60 requests a second with 500 connections open", || self.steady(mature, results))?;
                }
                "fan-out" => step("a comment to 500 open readers", || self.fan_out(mature, results))?,
                "writing" => step("writing", || writes::measure(self, mature, results))?,
                "photos" => step("photos", || photos::measure(self, demo, results))?,
                "agenda" => step("agenda and registering", || activities::measure(self, mature, results))?,
                _ => step("searching, mature", || search::measure(self, mature, results))?,
            }
        }
        Ok(())
    }

    /// A data set, made once for each version of the program, and copied for each run.
    fn data(&self, set: &str) -> Outcome<PathBuf> {
        let version = fingerprint::of(std::slice::from_ref(&self.built.program))?;
        let kept = self.folder.join(format!("{set}-{version}.db"));
        if !kept.exists() {
            demo::seed(&self.built, set, &kept)?;
        }
        Ok(kept)
    }

    fn load(&self, port: u16, reader: &Reader, path: &str) -> Outcome<Load> {
        load::measure(&self.wrk, port, &reader.headers(), path, self.seconds)
    }

    fn pages(&self, data: &std::path::Path, results: &mut Results) -> Outcome<()> {
        let server = Server::start(self, data)?;
        let visitor = Reader::visitor(server.port);
        let member = people::sign_in(&server, 1)?.pop().ok_or("nobody could sign in")?;
        let home = compressed(&visitor)?;
        let body = self.folder.join("home.body");
        std::fs::write(&body, &home.body)
            .map_err(|e| format!("{} cannot be written: {e}.", body.display()))?;
        results.bytes("HTML", u64::try_from(home.body.len()).unwrap_or(u64::MAX));
        let bare_server =
            Server::start_bare(self, &body, home.header("content-encoding").unwrap_or("identity"))?;
        let bare_reader = Reader::visitor(bare_server.port);
        let bare = || self.load(bare_server.port, &bare_reader, "/");
        let mut before = bare()?;
        results.load("bare handler, home page's bytes", &before);
        // A machine that others share is not as quick all the time: each page stands between two rounds of the bare
        // handler, and is compared with both.
        let mut beside = |port: u16, reader: &Reader, path: &str| -> Outcome<(Load, f64)> {
            let page = self.load(port, reader, path)?;
            let after = bare()?;
            let around = f64::midpoint(before.rate, after.rate);
            before = after;
            Ok((page, page.rate / around))
        };

        for (name, path) in server.pages(&visitor)? {
            let queries = [&visitor, &member].into_iter().map(|reader| reader.queries(&path));
            let most = queries.collect::<Outcome<Vec<_>>>()?.into_iter().max().unwrap_or(0);
            results.at_most(&format!("queries: {name}"), f64::from(most), 6.0, "");
            for (who, reader, promised) in [("visitor", &visitor, 0.25), ("member", &member, 0.05)] {
                let (load, ratio) = beside(server.port, reader, &path)?;
                results.load(&format!("{name}, {who}"), &load);
                results.at_least(&format!("{name}, {who}, of the bare handler"), ratio, promised, "");
            }
        }
        results.at_most("resident memory at full load", server.peak_memory_mb()?, 120.0, "MB");
        Ok(())
    }

    /// The middle of many single requests by a member, whose pages no cache answers.
    fn growth(&self, demo: &std::path::Path, mature: &std::path::Path, results: &mut Results) -> Outcome<()> {
        let (small, large) = (Server::start(self, demo)?, Server::start(self, mature)?);
        let time = |server: &Server| -> Outcome<Vec<(String, f64)>> {
            let member = people::sign_in(server, 1)?.pop().ok_or("nobody could sign in")?;
            let pages = server.pages(&Reader::visitor(server.port))?;
            pages
                .into_iter()
                .map(|(name, path)| Ok((name, middle_time(server.port, &member, &path)?)))
                .collect()
        };
        for ((name, before), (_, after)) in time(&small)?.into_iter().zip(time(&large)?) {
            results.at_most(&format!("{name}: time in mature, of that in demo"), after / before, 1.3, "");
        }
        Ok(())
    }

    fn steady(&self, data: &std::path::Path, results: &mut Results) -> Outcome<()> {
        let server = Server::start(self, data)?;
        let member = people::sign_in(&server, 1)?.pop().ok_or("nobody could sign in")?;
        let visitor = Reader::visitor(server.port);
        let pages: Vec<Vec<u8>> = server
            .pages(&visitor)?
            .iter()
            .flat_map(|(_, path)| [visitor.request(path), member.request(path)])
            .collect();
        let p99 = steady::measure(server.port, &pages, Duration::from_secs(self.seconds))?;
        results.at_most("p99 at 60 requests/s, 500 connections", p99, 50.0, "ms");
        Ok(())
    }

    /// On both databases. What is told does not grow with the data, so the small set does on PostgreSQL.
    fn fan_out(&self, data: &std::path::Path, results: &mut Results) -> Outcome<()> {
        fan_out::measure(&Server::start(self, data)?, "SQLite", results)?;
        let postgres = Postgres::start_safe()?;
        let address = postgres.database("fan_out")?;
        demo::fill(&self.built, "demo", &address)?;
        fan_out::measure(&Server::start_on(self, &postgres, address)?, "PostgreSQL", results)
    }

    fn bytes(&self, results: &mut Results) -> Outcome<()> {
        let weights = Weights::of(&self.built.site)?;
        for (name, end) in [("CSS", ".css"), ("JS", ".js"), ("WASM", ".wasm"), ("fonts", ".woff2")] {
            let sum = weights
                .files
                .iter()
                .filter(|file| file.first_visit && file.address.ends_with(end))
                .map(|file| file.wire);
            results.bytes(name, sum.sum());
        }
        results.first_visit();
        Ok(())
    }
}

/// Home as visitors get it: from memory, and compressed soon after the second time.
fn compressed(visitor: &Reader) -> Outcome<http::Answer> {
    const TRIES: usize = 200;
    for _ in 0..TRIES {
        let home = visitor.get("/")?;
        if home.header("content-encoding").is_some() {
            return Ok(home);
        }
        run::pause(Duration::from_millis(10));
    }
    Err("home does not get compressed".to_owned())
}

fn middle_time(port: u16, reader: &Reader, path: &str) -> Outcome<f64> {
    let failed = |e: std::io::Error| format!("{path} is not answered: {e}.");
    let mut connection = Connection::open(port).map_err(failed)?;
    let request = reader.request(path);
    let mut times = Vec::with_capacity(ALONE);
    for _ in 0..ALONE {
        let started = Instant::now();
        let answer = connection.send(&request).map_err(failed)?;
        times.push(started.elapsed().as_secs_f64());
        if answer.status != 200 {
            return Err(format!("{path} is answered with {}.", answer.status));
        }
    }
    percentile(&mut times, 50)
}

/// A form as a browser sends it.
fn form(port: u16, path: &str, cookie: &str, network: &str, fields: &[(&str, &str)]) -> Vec<u8> {
    let body = fields
        .iter()
        .map(|(name, value)| format!("{}={}", http::escaped(name), http::escaped(value)))
        .collect::<Vec<_>>()
        .join("&");
    format!(
        "POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nOrigin: http://{HOST}:{port}\r\nAccept: text/html\r\n\
         X-Forwarded-For: {network}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_alone_can_be_measured_and_an_unknown_one_is_said() {
        let asked = |flags: &[&str]| wanted(&flags.iter().map(|flag| (*flag).to_owned()).collect::<Vec<_>>());
        assert_eq!(asked(&[]).map(|all| all.parts.len()), Ok(PARTS.len()));
        let some = asked(&["--quick", "--only=search,pages"]).expect("known");
        assert_eq!((some.seconds, some.parts), (2, vec!["search".to_owned(), "pages".to_owned()]));
        assert!(asked(&["--only=pagina"]).is_err_and(|said| said.contains("pagina")));
        assert!(asked(&["--fast"]).is_err());
    }
}
