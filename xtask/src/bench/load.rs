//! As many requests as the server can answer, through wrk.

use std::path::Path;

use crate::Outcome;
use crate::run::{self, command};

const CONNECTIONS: &str = "64";

/// Requests per second, and after how many milliseconds half and all but one in a hundred were answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Load {
    pub rate: f64,
    pub p50: f64,
    pub p99: f64,
}

pub fn measure(wrk: &Path, port: u16, headers: &[String], path: &str, seconds: u64) -> Outcome<Load> {
    let address = format!("http://127.0.0.1:{port}{path}");
    let wrk_for = |length: u64| {
        let mut wrk = command(wrk);
        wrk.args(["-t1", "-c", CONNECTIONS, "--latency", "-d", &format!("{length}s")]);
        for header in headers {
            wrk.args(["-H", header]);
        }
        wrk.arg(&address);
        wrk
    };
    // A first round warms caches, connections and branch predictors alike for all.
    run::output(&mut wrk_for(1))?;
    let text = run::output(&mut wrk_for(seconds))?;
    parse(&text).map_err(|problem| format!("{path}: {problem}\n{text}"))
}

fn parse(text: &str) -> Outcome<Load> {
    if let Some(line) = text.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        return Err(format!("not every request was answered ({})", line.trim()));
    }
    let after = |start: &str| text.lines().find_map(|line| line.trim().strip_prefix(start)).map(str::trim);
    let rate = after("Requests/sec:").and_then(|value| value.parse().ok());
    let p50 = after("50%").and_then(milliseconds);
    let p99 = after("99%").and_then(milliseconds);
    match (rate, p50, p99) {
        (Some(rate), Some(p50), Some(p99)) => Ok(Load { rate, p50, p99 }),
        _ => Err("wrk said something else than expected".to_owned()),
    }
}

fn milliseconds(text: &str) -> Option<f64> {
    for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1000.0), ("m", 60_000.0)] {
        if let Some(number) = text.strip_suffix(unit) {
            return number.trim().parse::<f64>().ok().map(|number| number * factor);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "Running 8s test @ http://127.0.0.1:1/\n  1 threads and 64 connections\n  Latency Distribution\n     \
                        50%  850.00us\n     75%    1.10ms\n     90%    2.00ms\n     99%    1.20s \n  9 requests in 8.00s\nRequests/sec:  41234.56\n";

    #[test]
    fn the_words_of_wrk_are_read() {
        let load = parse(SAID).expect("figures");
        assert!((load.rate - 41234.56).abs() < 0.001);
        assert!((load.p50 - 0.85).abs() < 0.001);
        assert!((load.p99 - 1200.0).abs() < 0.001);
    }

    #[test]
    fn a_run_with_errors_gives_no_figures() {
        assert!(parse(&format!("{SAID}  Non-2xx or 3xx responses: 7\n")).is_err());
        assert!(parse("").is_err());
    }
}
