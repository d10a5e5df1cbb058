//! One event of a file: what it says, and when it is.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike as _};
use chrono_tz::Tz;
use domain::sources::LeftOut;

use super::lines::Line;
use super::zones::{Zones, moment};
use crate::rule::YEARS;
use crate::{Local, zone};

/// An event as its lines.
#[derive(Debug, Default)]
pub(super) struct Raw {
    /// Where it begins.
    pub number: u32,
    pub lines: Vec<Line>,
}

/// A day, or a time by some clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// As it stands there; midnight for a day.
    pub local: Local,
    pub zone: Tz,
    pub day: bool,
}

impl Stamp {
    /// What the clock here says then.
    pub fn here(self) -> Local {
        if self.day || self.zone == Tz::Europe__Amsterdam {
            self.local
        } else {
            zone::on_the_wall(moment(self.local, self.zone))
        }
    }
}

/// An event, understood.
#[derive(Clone, Debug)]
pub(super) struct One {
    pub number: u32,
    pub uid: String,
    pub sequence: i64,
    pub summary: String,
    pub description: String,
    pub location: String,
    pub url: String,
    pub geo: String,
    pub cancelled: bool,
    pub start: Stamp,
    pub minutes: u32,
    /// As it stands there.
    pub rule: Option<String>,
    pub exceptions: Vec<Stamp>,
    pub extra: Vec<Stamp>,
    /// It is one time of another event, which would have been then.
    pub instead_of: Option<Stamp>,
    /// And of all later ones.
    pub and_future: bool,
}

impl Raw {
    fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    fn text(&self, name: &str) -> String {
        self.line(name).map(Line::text).unwrap_or_default()
    }

    /// What it is called, for who has to find it; nothing for what is nobody's business.
    pub fn title(&self) -> String {
        if self.is_private() { String::new() } else { self.text("SUMMARY") }
    }

    fn is_private(&self) -> bool {
        let class = self.text("CLASS").to_ascii_uppercase();
        matches!(class.as_str(), "PRIVATE" | "CONFIDENTIAL")
    }

    /// Understands it.
    pub fn understood(&self, zones: &Zones) -> Result<One, LeftOut> {
        if self.is_private() {
            return Err(LeftOut::Private);
        }
        let start = self.line("DTSTART").ok_or(LeftOut::NoStart)?;
        let start = stamp(start, &start.value, zones)?;
        let rules = self.lines.iter().filter(|line| line.name == "RRULE");
        let rules: Vec<String> = rules.map(|line| line.value.clone()).collect();
        if rules.len() > 1 || self.line("EXRULE").is_some() {
            return Err(LeftOut::Rule);
        }
        let instead_of = self.line("RECURRENCE-ID");
        let and_future = instead_of.and_then(|line| line.parameter("RANGE")).is_some();
        let instead_of = instead_of.map(|line| stamp(line, &line.value, zones)).transpose()?;
        let uid = self.text("UID");
        let summary = self.text("SUMMARY");
        Ok(One {
            number: self.number,
            // Without a name it is known by what it is.
            uid: if uid.trim().is_empty() {
                format!("{} {summary}", start.local)
            } else {
                uid.trim().to_owned()
            },
            sequence: self.text("SEQUENCE").trim().parse().unwrap_or_default(),
            summary,
            description: self.text("DESCRIPTION"),
            location: self.text("LOCATION"),
            url: self.line("URL").map(|line| line.value.trim().to_owned()).unwrap_or_default(),
            geo: self.line("GEO").map(|line| line.value.trim().to_owned()).unwrap_or_default(),
            cancelled: self.text("STATUS").eq_ignore_ascii_case("CANCELLED"),
            minutes: self.minutes(start, zones)?,
            start,
            rule: rules.into_iter().next().filter(|_| instead_of.is_none()),
            exceptions: self.stamps("EXDATE", zones)?,
            extra: if instead_of.is_some() { Vec::new() } else { self.stamps("RDATE", zones)? },
            instead_of,
            and_future,
        })
    }

    /// How long it lasts, by the clock on the wall.
    fn minutes(&self, start: Stamp, zones: &Zones) -> Result<u32, LeftOut> {
        if let Some(line) = self.line("DTEND") {
            let end = stamp(line, &line.value, zones)?;
            let minutes = (end.here() - start.here()).num_minutes();
            // "Until the same day" is that day for programs that count days as people do.
            let minutes = if start.day && minutes == 0 { 24 * 60 } else { minutes };
            return u32::try_from(minutes).map_err(|_| LeftOut::EndsTooSoon);
        }
        match self.line("DURATION") {
            Some(line) => duration(&line.value).ok_or(LeftOut::NotAMoment),
            None => Ok(if start.day { 24 * 60 } else { 0 }),
        }
    }

    /// All times of all lines with this name.
    fn stamps(&self, name: &str, zones: &Zones) -> Result<Vec<Stamp>, LeftOut> {
        let mut found = Vec::new();
        for line in self.lines.iter().filter(|line| line.name == name) {
            for value in line.value.split(',').filter(|value| !value.trim().is_empty()) {
                // A period begins when it begins; how long it lasts is that of the event.
                found.push(stamp(line, value.split('/').next().unwrap_or_default(), zones)?);
            }
        }
        Ok(found)
    }
}

fn stamp(line: &Line, value: &str, zones: &Zones) -> Result<Stamp, LeftOut> {
    let value = value.trim();
    let (text, utc) = match value.strip_suffix(['Z', 'z']) {
        Some(text) => (text, true),
        None => (value, false),
    };
    let day = |text: &str| NaiveDate::parse_from_str(text, "%Y%m%d").ok().map(zone::midnight);
    let time = |text: &str| {
        let at = NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S");
        at.or_else(|_| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M")).ok()
    };
    let is_day = text.len() == 8;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T');
    let local = if !digits {
        None
    } else if is_day {
        day(text)
    } else {
        time(text)
    };
    let local = local
        .and_then(|at| at.with_second(0))
        .filter(|at| YEARS.contains(&chrono::Datelike::year(at)))
        .ok_or(LeftOut::NotAMoment)?;
    let zone = match line.parameter("TZID") {
        _ if utc => Tz::UTC,
        Some(name) if !is_day => zones.find(name).ok_or(LeftOut::Zone)?,
        // By the clock of who looks, which is the one here.
        _ => Tz::Europe__Amsterdam,
    };
    Ok(Stamp { local, zone, day: is_day })
}

/// Minutes of a duration: `P1D`, `PT1H30M`, `P2W` (RFC 5545, 3.3.6). Seconds do not count.
fn duration(text: &str) -> Option<u32> {
    let text = text.trim().to_ascii_uppercase();
    let rest = text.strip_prefix('+').unwrap_or(&text).strip_prefix('P')?;
    let (mut minutes, mut number, mut in_hours) = (0_i64, String::new(), false);
    for c in rest.chars() {
        match c {
            '0'..='9' if number.len() < 7 => number.push(c),
            'T' if number.is_empty() => in_hours = true,
            'W' | 'D' | 'H' | 'M' | 'S' => {
                let each = match (c, in_hours) {
                    ('W', false) => 7 * 24 * 60,
                    ('D', false) => 24 * 60,
                    ('H', true) => 60,
                    ('M', true) => 1,
                    ('S', true) => 0,
                    _ => return None,
                };
                minutes += number.parse::<i64>().ok()? * each;
                number.clear();
            }
            _ => return None,
        }
    }
    if number.is_empty() && TimeDelta::try_minutes(minutes).is_some() {
        u32::try_from(minutes).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_minutes() {
        for (text, minutes) in [
            ("PT1H30M", Some(90)),
            ("P1D", Some(1_440)),
            ("P1DT2H", Some(1_560)),
            ("P2W", Some(20_160)),
            ("PT90S", Some(0)),
            ("+PT5M", Some(5)),
            ("-PT5M", None),
            ("PT5", None),
            ("P5H", None),
            ("PT99999999M", None),
            ("", None),
        ] {
            assert_eq!(duration(text), minutes, "{text}");
        }
    }
}
