//! Reading calendars of others (RFC 5545). They are written by many programs, some of them badly: an event that cannot
//! be understood is left out and named, and all others are read. A file that is cut off is not read at all, because
//! what is missing from it would seem to be gone. Bounded in bytes, events and times (TRUST 12, ADR 0024).

mod event;
mod join;
mod lines;
mod zones;

use domain::clock::Timestamp;
use domain::sources::{LeftOut, Skip, Trouble};

use crate::ics::Other;
use crate::{Series, zone};
use event::Raw;
use join::Skips;
use lines::Line;
use zones::{Described, Zones};

/// Larger is no calendar of a neighbourhood.
pub const BYTES_MAX: usize = 2 * 1024 * 1024;
pub const EVENTS_MAX: usize = 2_000;
/// One within the other.
const DEEPEST: usize = 8;

/// Something that happens, once or in a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name for programs: the same at every reading, and no other's in this file.
    pub uid: String,
    /// The line on which it begins.
    pub number: u32,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: String,
    /// Latitude and longitude in degrees, `52.5;6.1`; may be empty.
    pub geo: String,
    pub cancelled: bool,
    pub series: Series,
    /// Only times of the series.
    pub others: Vec<Other>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub items: Vec<Item>,
    /// The first things that were left out, by line.
    pub skips: Vec<Skip>,
    /// How many there were.
    pub skipped: u32,
}

/// Reads a file.
///
/// # Errors
/// It is too large, no calendar, or not whole.
pub fn read(bytes: &[u8], now: Timestamp) -> Result<Held, Trouble> {
    if bytes.len() > BYTES_MAX {
        return Err(Trouble::TooLarge);
    }
    let mut file = File::default();
    for (number, text) in lines::unfolded(bytes) {
        file.take(number, &text)?;
    }
    if !file.begun {
        return Err(Trouble::NotACalendar);
    }
    if !file.within.is_empty() {
        return Err(Trouble::CutOff);
    }
    let File { raws, described, mut skips, .. } = file;
    let mut zones = Zones::new(&described);
    let mut found = Vec::with_capacity(raws.len());
    for raw in raws {
        match raw.understood(&zones) {
            Ok(one) => found.push(one),
            Err(why) => skips.push(raw.number, &raw.title(), why),
        }
    }
    let items = join::joined(found, &mut zones, zone::on_the_wall(now), &mut skips);
    let Skips { mut named, count } = skips;
    named.sort_by_key(|skip| skip.line);
    Ok(Held { items, skips: named, skipped: count })
}

/// A file that is being read.
#[derive(Debug, Default)]
struct File {
    begun: bool,
    /// What has begun and not ended.
    within: Vec<String>,
    raws: Vec<Raw>,
    described: Vec<Described>,
    skips: Skips,
}

impl File {
    fn take(&mut self, number: u32, text: &str) -> Result<(), Trouble> {
        let line = Line::parse(text);
        let marks = line.as_ref().filter(|line| matches!(line.name.as_str(), "BEGIN" | "END"));
        if !self.begun && marks.is_none_or(|line| !line.value.trim().eq_ignore_ascii_case("VCALENDAR")) {
            return Err(Trouble::NotACalendar);
        }
        match (marks, line.as_ref()) {
            (Some(mark), _) if mark.name == "BEGIN" => {
                self.begin(number, mark.value.trim().to_ascii_uppercase())
            }
            (Some(mark), _) => self.end(number, &mark.value.trim().to_ascii_uppercase()),
            (None, Some(line)) => {
                self.line(line);
                Ok(())
            }
            (None, None) => {
                self.no_line(number);
                Ok(())
            }
        }
    }

    fn begin(&mut self, number: u32, what: String) -> Result<(), Trouble> {
        let outside = self.within.is_empty();
        if self.within.len() >= DEEPEST || outside != (what == "VCALENDAR") {
            return Err(Trouble::Broken { line: number });
        }
        self.begun = true;
        match (self.within.len(), what.as_str()) {
            (1, "VEVENT") if self.raws.len() >= EVENTS_MAX => return Err(Trouble::TooMany),
            (1, "VEVENT") => self.raws.push(Raw { number, ..Raw::default() }),
            (1, "VTODO" | "VJOURNAL") => self.skips.push(number, "", LeftOut::NotAnEvent),
            (1, "VTIMEZONE") => self.described.push(Described::default()),
            _ => {}
        }
        self.within.push(what);
        Ok(())
    }

    fn end(&mut self, number: u32, what: &str) -> Result<(), Trouble> {
        if self.within.pop().is_some_and(|begun| begun == what) {
            Ok(())
        } else {
            Err(Trouble::Broken { line: number })
        }
    }

    fn line(&mut self, line: &Line) {
        let within: Vec<&str> = self.within.iter().map(String::as_str).collect();
        match within.as_slice() {
            [_, "VEVENT"] => {
                if let Some(raw) = self.raws.last_mut() {
                    raw.lines.push(line.clone());
                }
            }
            [_, "VTIMEZONE"] => {
                let Some(zone) = self.described.last_mut() else { return };
                match line.name.as_str() {
                    "TZID" => line.value.trim().clone_into(&mut zone.name),
                    "X-LIC-LOCATION" => line.value.trim().clone_into(&mut zone.place),
                    _ => {}
                }
            }
            // The last one that is described is the one that holds now.
            [_, "VTIMEZONE", season] if line.name == "TZOFFSETTO" => {
                let Some(zone) = self.described.last_mut() else { return };
                let minutes = offset(line.value.trim());
                match *season {
                    "STANDARD" => zone.winter = minutes.or(zone.winter),
                    "DAYLIGHT" => zone.summer = minutes.or(zone.summer),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Something that is no line: that of a long text, mostly, which was folded badly.
    fn no_line(&mut self, number: u32) {
        if self.within.len() == 2
            && self.within[1] == "VEVENT"
            && let Some(raw) = self.raws.last()
        {
            let title = if self.skips.is_naming() { raw.title() } else { String::new() };
            self.skips.push(number, &title, LeftOut::Line);
        }
    }
}

/// Minutes of `+0100`.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let two = |from: usize| digits.get(from..from + 2)?.parse::<i32>().ok().filter(|number| *number < 60);
    Some(sign * (two(0)? * 60 + two(2)?))
}
