//! Mails through a real mail server, read back by a parser that is not ours.

#![expect(clippy::unwrap_used, reason = "also the functions that the tests share are tests")]

mod community;
mod content;
mod retries;
mod secrecy;
mod server;

use std::sync::atomic::AtomicBool;

use serde_json::Value;
use service::mail::{Mailer, Smtp};

fn through(smtp: Smtp) -> Mailer {
    Mailer::Smtp(Box::new(smtp))
}

fn header<'a>(mail: &'a Value, key: &str) -> Vec<&'a str> {
    mail["headers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|header| header["key"] == key)
        .map(|header| header["line"].as_str().unwrap())
        .collect()
}

fn same_lines(received: &Value, sent: &str) -> bool {
    let clean = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    clean(received.as_str().unwrap()) == clean(sent)
}

/// Nobody asks these deliveries to stop.
static GOES_ON: AtomicBool = AtomicBool::new(false);
