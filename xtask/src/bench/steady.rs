//! Sixty requests a second over five hundred open connections.

use std::time::{Duration, Instant};

use super::results::percentile;
use crate::Outcome;
use crate::http::Connection;
use crate::run::pause;

const CONNECTIONS: usize = 500;
const PER_SECOND: u32 = 60;

/// After how many milliseconds all but one in a hundred were answered.
///
/// A request counts from the moment it was due, so that one slow answer does not hide those behind it.
pub fn measure(port: u16, requests: &[Vec<u8>], length: Duration) -> Outcome<f64> {
    let failed = |e: std::io::Error| format!("A request was not answered: {e}.");
    let open = (0..CONNECTIONS).map(|_| Connection::open(port)).collect::<Result<Vec<_>, _>>();
    let mut connections = open.map_err(failed)?;
    let due_every = Duration::from_secs(1) / PER_SECOND;
    let mut times = Vec::new();
    let started = Instant::now();
    let mut due = started;
    for (index, request) in requests.iter().cycle().enumerate() {
        if due.duration_since(started) >= length {
            break;
        }
        pause(due.saturating_duration_since(Instant::now()));
        let answer = connections[index % CONNECTIONS].send(request).map_err(failed)?;
        if answer.status != 200 {
            return Err(format!("A page was answered with {}.", answer.status));
        }
        times.push(due.elapsed().as_secs_f64() * 1000.0);
        due += due_every;
    }
    percentile(&mut times, 99)
}
