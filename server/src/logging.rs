//! Logs for operators. They hold no personal data: of a request only the method, the route's
//! pattern, the status, the time it took and the platform; never an address, a query or a network.

use std::io::IsTerminal as _;
use std::time::Duration;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt};

use crate::config::{Log, LogFormat};

/// The target of the line about each request.
pub const REQUEST: &str = "noaber::request";

/// Starts logging to standard output. Does nothing the second time.
pub fn start(log: Log) {
    // What libraries have to say below a warning is about connections and statements, and may
    // hold what somebody typed.
    let libraries = log.level.min(LevelFilter::WARN);
    let mut targets = Targets::new().with_default(libraries);
    for own in ["noaber", "server", "service", "store", "app", "seed"] {
        targets = targets.with_target(own, log.level);
    }
    // sqlx repeats slow statements with their text.
    let targets = targets.with_target("sqlx", LevelFilter::ERROR);
    let lines = match log.format {
        LogFormat::Text => fmt::layer().with_target(false).with_ansi(std::io::stdout().is_terminal()).boxed(),
        LogFormat::Json => fmt::layer().json().flatten_event(true).with_current_span(false).boxed(),
    };
    let started = tracing_subscriber::registry().with(lines.with_filter(targets)).try_init();
    if started.is_ok() {
        say_where_a_panic_was();
    }
}

/// A panic's own message may repeat what a reader typed; where it happened is enough.
fn say_where_a_panic_was() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(target: "noaber", place, "a part of the program stopped unexpectedly");
    }));
}

/// One line about one request.
#[derive(Clone, Copy, Debug)]
pub struct RequestLine<'a> {
    pub method: &'a str,
    /// The pattern (`/berichten/{id}`), never the address itself.
    pub route: &'a str,
    pub status: u16,
    pub took: Duration,
    pub platform: &'a str,
    /// Answered from memory: worth a line only when somebody is looking for something.
    pub from_memory: bool,
}

impl RequestLine<'_> {
    pub fn write(&self) {
        let Self { method, route, status, platform, .. } = *self;
        let ms = self.took.as_secs_f64() * 1000.0;
        let ms = (ms * 100.0).round() / 100.0;
        if status >= 500 {
            tracing::error!(target: REQUEST, method, route, status, ms, platform, "request");
        } else if self.from_memory {
            tracing::debug!(target: REQUEST, method, route, status, ms, platform, "request");
        } else {
            tracing::info!(target: REQUEST, method, route, status, ms, platform, "request");
        }
    }
}
