//! Writing iCalendar (RFC 5545): rules rather than thousands of events, with the zone they are meant in.

use std::fmt::Write as _;

use domain::clock::Timestamp;
use domain::geo::Point;

use crate::series::end_of;
use crate::{Local, Series, zone};

/// The changes of the clock since they are where they are now; before that nobody plans anything.
const ZONE: &str = "BEGIN:VTIMEZONE\r
TZID:Europe/Amsterdam\r
BEGIN:DAYLIGHT\r
DTSTART:19810329T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
TZNAME:CEST\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
TZNAME:CET\r
END:STANDARD\r
END:VTIMEZONE\r
";
const PRODUCT: &str = "-//Noaber//Noaber//NL";
/// RFC 5545, 3.1: a line has at most 75 octets.
const LINE: usize = 75;

/// One time that is not as its series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// When it would have begun.
    pub instead_of: Local,
    pub start: Local,
    pub minutes: u32,
    pub cancelled: bool,
    pub summary: String,
    pub description: String,
    pub location: String,
    /// Where that is on the map; not read from others, whose times have their place in words.
    pub point: Option<Point>,
}

/// What happens, once or in a series.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// For ever the same, and nobody else's.
    pub uid: &'a str,
    /// When this was last changed.
    pub changed: Timestamp,
    /// Counts up with every change.
    pub sequence: i64,
    pub summary: &'a str,
    pub description: &'a str,
    pub location: &'a str,
    /// Where that is on the map.
    pub point: Option<Point>,
    pub url: &'a str,
    pub categories: &'a [String],
    pub cancelled: bool,
    pub series: &'a Series,
    /// Only times of the series.
    pub others: &'a [Other],
    /// Whom it is sent to; `None` for what everybody reads.
    pub guest: Option<&'a Guest<'a>>,
}

/// Somebody who is invited, and by whom, as names and mail addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guest<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub host_name: &'a str,
    pub host_email: &'a str,
}

/// What an invitation asks of somebody's calendar (RFC 5546, 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To put it in, or to change it.
    Request,
    /// To take it out.
    Cancel,
}

impl Method {
    /// As RFC 5546 writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A calendar that is being written.
#[derive(Debug)]
pub struct Calendar {
    out: String,
}

impl Calendar {
    /// A calendar with a name; a program that subscribes to it looks again after some hours.
    pub fn new(name: &str) -> Self {
        let mut calendar = Self { out: String::new() };
        calendar.plain("BEGIN", "VCALENDAR");
        calendar.plain("VERSION", "2.0");
        calendar.plain("PRODID", PRODUCT);
        calendar.plain("CALSCALE", "GREGORIAN");
        calendar.plain("METHOD", "PUBLISH");
        calendar.text("NAME", name);
        calendar.text("X-WR-CALNAME", name);
        calendar.plain("X-WR-TIMEZONE", zone::NAME);
        calendar.plain("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
        calendar.plain("X-PUBLISHED-TTL", "PT6H");
        calendar.out.push_str(ZONE);
        calendar
    }

    /// An invitation for one person's calendar.
    pub fn invitation(method: Method) -> Self {
        let mut calendar = Self { out: String::new() };
        calendar.plain("BEGIN", "VCALENDAR");
        calendar.plain("VERSION", "2.0");
        calendar.plain("PRODID", PRODUCT);
        calendar.plain("CALSCALE", "GREGORIAN");
        calendar.plain("METHOD", method.name());
        calendar.out.push_str(ZONE);
        calendar
    }

    /// Adds an activity with all its times.
    pub fn add(&mut self, event: &Event<'_>) {
        let series = event.series;
        self.begin(event);
        self.times(series.start, series.minutes);
        if let Some(rule) = &series.rule {
            self.plain("RRULE", &rule.to_string());
        }
        for at in &series.exceptions {
            self.local("EXDATE", *at);
        }
        for at in &series.extra {
            self.local("RDATE", *at);
        }
        self.about(event.summary, event.description, (event.location, event.point));
        self.end(event, event.cancelled);
        for other in event.others {
            self.begin(event);
            self.local("RECURRENCE-ID", other.instead_of);
            self.times(other.start, other.minutes);
            self.about(&other.summary, &other.description, (&other.location, other.point));
            self.end(event, event.cancelled || other.cancelled);
        }
    }

    /// Adds one time of an activity alone, as an event of its own.
    pub fn add_one(&mut self, event: &Event<'_>, one: &Other) {
        self.begin(event);
        self.times(one.start, one.minutes);
        self.about(&one.summary, &one.description, (&one.location, one.point));
        self.end(event, event.cancelled || one.cancelled);
    }

    /// The whole text.
    pub fn finish(mut self) -> String {
        self.plain("END", "VCALENDAR");
        self.out
    }

    fn begin(&mut self, event: &Event<'_>) {
        let changed = zone::utc_text(event.changed);
        self.plain("BEGIN", "VEVENT");
        self.text("UID", event.uid);
        self.plain("DTSTAMP", &changed);
        self.plain("LAST-MODIFIED", &changed);
        self.plain("SEQUENCE", &event.sequence.to_string());
    }

    fn times(&mut self, start: Local, minutes: u32) {
        self.local("DTSTART", start);
        if minutes > 0 {
            self.local("DTEND", end_of(start, minutes));
        }
    }

    fn about(&mut self, summary: &str, description: &str, (location, point): (&str, Option<Point>)) {
        self.text("SUMMARY", summary);
        self.text("DESCRIPTION", description);
        self.text("LOCATION", location);
        // RFC 5545, 3.8.1.6: a semicolon, which is no text and has no escape.
        if let Some((latitude, longitude)) = point.map(Point::degrees) {
            self.plain("GEO", &format!("{latitude};{longitude}"));
        }
    }

    fn end(&mut self, event: &Event<'_>, cancelled: bool) {
        if let Some(guest) = event.guest {
            self.person("ORGANIZER", guest.host_name, guest.host_email);
            // They said so themselves: nobody is asked for an answer.
            self.person(
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE",
                guest.name,
                guest.email,
            );
        }
        self.plain("URL", event.url);
        if !event.categories.is_empty() {
            let names: Vec<String> = event.categories.iter().map(|name| escaped(name)).collect();
            self.plain("CATEGORIES", &names.join(","));
        }
        self.plain("STATUS", if cancelled { "CANCELLED" } else { "CONFIRMED" });
        self.plain("TRANSP", if cancelled { "TRANSPARENT" } else { "OPAQUE" });
        self.plain("END", "VEVENT");
    }

    fn local(&mut self, name: &str, at: Local) {
        self.plain(&format!("{name};TZID={}", zone::NAME), &at.format("%Y%m%dT%H%M%S").to_string());
    }

    /// A person (RFC 5545, 3.3.3). What a quoted parameter cannot hold is left out of the name.
    fn person(&mut self, what: &str, name: &str, email: &str) {
        let name: String = name.chars().filter(|c| *c != '"' && !c.is_control()).collect();
        let email: String = email.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let named = if name.is_empty() { String::new() } else { format!(";CN=\"{name}\"") };
        self.plain(&format!("{what}{named}"), &format!("mailto:{email}"));
    }

    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.plain(name, &escaped(value));
        }
    }

    /// A line, folded: never within a character, so that programs that join bytes and those that join characters
    /// read the same.
    fn plain(&mut self, name: &str, value: &str) {
        let mut length = 0;
        let line = format!("{name}:{value}");
        for c in line.chars().filter(|c| !c.is_control() || *c == '\t') {
            if length + c.len_utf8() > LINE {
                self.out.push_str("\r\n ");
                length = 1;
            }
            self.out.push(c);
            length += c.len_utf8();
        }
        self.out.push_str("\r\n");
    }
}

/// A text with what has a meaning in iCalendar written so that it has none (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{c}");
            }
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out
}
