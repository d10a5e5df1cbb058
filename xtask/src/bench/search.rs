//! Searching in the large data set, on both databases.

use std::path::Path;
use std::time::Duration;

use super::results::Results;
use super::servers::{Reader, Server};
use super::{Bench, steady};
use crate::Outcome;
use crate::demo;
use crate::http;
use crate::postgres::Postgres;

/// The questions whose relevance is tested, and words that very many posts have.
const QUERIES: &str = include_str!("../../../seed/tests/relevance/queries.tsv");
const COMMON: [&str; 6] = ["buurt", "koffie", "straat", "de buurt", "zaterdag", "mensen in de buurt"];
/// In milliseconds, on SQLite.
const PROMISED: f64 = 30.0;

pub fn measure(bench: &Bench, mature: &Path, results: &mut Results) -> Outcome<()> {
    let server = Server::start(bench, mature)?;
    let visitor = Reader::visitor(server.port);
    let most = questions().map(|path| visitor.queries(&path)).collect::<Outcome<Vec<_>>>()?;
    results.at_most("queries: search", f64::from(most.into_iter().max().unwrap_or(0)), 6.0, "");
    results.at_most("search p99, SQLite, mature", p99(bench, &server)?, PROMISED, "ms");
    drop(server);

    let postgres = Postgres::start()?;
    let address = postgres.database("search")?;
    demo::fill(&bench.built, "mature", &address)?;
    let server = Server::start_at(bench, &address)?;
    results.figure("search p99, PostgreSQL, mature", p99(bench, &server)?, "ms");
    Ok(())
}

/// At sixty requests a second, each another question than the one before. No search is kept in memory.
fn p99(bench: &Bench, server: &Server) -> Outcome<f64> {
    let visitor = Reader::visitor(server.port);
    let requests: Vec<Vec<u8>> = questions().map(|path| visitor.request(&path)).collect();
    steady::measure(server.port, &requests, Duration::from_secs(bench.seconds))
}

fn questions() -> impl Iterator<Item = String> {
    let typed = QUERIES.lines().filter_map(|line| line.split_once('\t')).map(|(question, _)| question);
    typed.chain(COMMON).map(|question| format!("/zoeken?q={}", http::escaped(question)))
}
