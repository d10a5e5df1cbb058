//! Days that come back: recurrence rules (RFC 5545), in which zone they are meant, how people say them, the holidays
//! that fall on them, and how other calendars write and read them. Nothing here knows of a database or a page (ADR 0021).

mod days;
pub mod holidays;
pub mod ics;
mod parse;
pub mod read;
pub mod rule;
pub mod series;
pub mod words;
pub mod zone;

pub use chrono::Weekday;
pub use rule::{ByDay, End, Frequency, NotARule, Rule};
pub use series::Series;

/// A day and an hour of the clock on the wall.
pub type Local = chrono::NaiveDateTime;

/// A day.
pub type Date = chrono::NaiveDate;

/// How a [`Local`] is stored and stands in addresses.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// Which day of the week it is.
pub fn weekday_of(day: Date) -> Weekday {
    chrono::Datelike::weekday(&day)
}

/// `2026-12-01T10:00`.
pub fn local_text(at: Local) -> String {
    at.format(LOCAL).to_string()
}

/// `2026-12-01T10:00`, and nothing else. `None` for all that is no such text, or lies outside of what a calendar
/// here reaches.
pub fn local(text: &str) -> Option<Local> {
    let at = Local::parse_from_str(text, LOCAL).ok()?;
    (text.len() == 16 && rule::YEARS.contains(&chrono::Datelike::year(&at))).then_some(at)
}
