//! Reading a rule from its text. Bounded: a text that is longer than any sensible rule is none (TRUST 12).

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use domain::clock::Timestamp;

use crate::rule::{ByDay, COUNT_MAX, End, Frequency, INTERVAL_MAX, NotARule, Rule, TEXT_MAX};
use crate::zone;

impl FromStr for Rule {
    type Err = NotARule;

    fn from_str(text: &str) -> Result<Self, NotARule> {
        if text.len() > TEXT_MAX {
            return Err(NotARule::TooLong);
        }
        let text = text.trim();
        let text = text.strip_prefix("RRULE:").unwrap_or(text);
        let mut seen: Vec<&str> = Vec::new();
        let mut rule = Self::every(Frequency::Daily, 1);
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(NotARule::Malformed)?;
            if seen.contains(&name) {
                return Err(NotARule::Malformed);
            }
            seen.push(name);
            read(&mut rule, name, value)?;
        }
        if !seen.contains(&"FREQ") || (seen.contains(&"COUNT") && seen.contains(&"UNTIL")) {
            return Err(NotARule::Malformed);
        }
        rule.checked()
    }
}

fn read(rule: &mut Rule, name: &str, value: &str) -> Result<(), NotARule> {
    match name {
        "FREQ" => rule.frequency = frequency(value)?,
        "INTERVAL" => rule.interval = number(value, 1, INTERVAL_MAX)?,
        "COUNT" => rule.end = End::Count(number(value, 1, COUNT_MAX)?),
        "UNTIL" => rule.end = End::Until(until(value)?),
        "BYMONTH" => rule.months = list(value, |one| number(one, 1, 12))?,
        "BYWEEKNO" => rule.weeks = list(value, |one| around_zero(one, 53))?,
        "BYYEARDAY" => rule.year_days = list(value, |one| around_zero(one, 366))?,
        "BYMONTHDAY" => rule.month_days = list(value, |one| around_zero(one, 31))?,
        "BYDAY" => rule.days = list(value, by_day)?,
        "BYSETPOS" => rule.positions = list(value, |one| around_zero(one, 366))?,
        "WKST" => rule.week_start = weekday(value)?,
        "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(NotARule::TooOften),
        _ => return Err(NotARule::Malformed),
    }
    Ok(())
}

fn frequency(value: &str) -> Result<Frequency, NotARule> {
    match value {
        "HOURLY" | "MINUTELY" | "SECONDLY" => Err(NotARule::TooOften),
        _ => Frequency::ALL.into_iter().find(|one| one.key() == value).ok_or(NotARule::Malformed),
    }
}

/// Digits alone: no sign, no space.
fn number<T: FromStr + PartialOrd>(text: &str, least: T, most: T) -> Result<T, NotARule> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value: T = text.parse().map_err(|_| NotARule::Malformed)?;
    if digits && value >= least && value <= most { Ok(value) } else { Err(NotARule::Malformed) }
}

/// From -most to most, without 0.
fn around_zero<T: TryFrom<i32>>(text: &str, most: i32) -> Result<T, NotARule> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    let size: i32 = number(bare, 1, most)?;
    let value = if text.starts_with('-') { -size } else { size };
    T::try_from(value).map_err(|_| NotARule::Malformed)
}

fn list<T: PartialEq>(value: &str, one: impl Fn(&str) -> Result<T, NotARule>) -> Result<Vec<T>, NotARule> {
    let mut found = Vec::new();
    for part in value.split(',') {
        let value = one(part)?;
        if !found.contains(&value) {
            found.push(value);
        }
    }
    Ok(found)
}

fn weekday(text: &str) -> Result<Weekday, NotARule> {
    Ok(match text {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return Err(NotARule::Malformed),
    })
}

fn by_day(text: &str) -> Result<ByDay, NotARule> {
    let cut =
        text.len().checked_sub(2).filter(|cut| text.is_char_boundary(*cut)).ok_or(NotARule::Malformed)?;
    let (nth, day) = text.split_at(cut);
    let nth = if nth.is_empty() { 0 } else { around_zero(nth, 53)? };
    Ok(ByDay { nth, day: weekday(day)? })
}

/// A day (all of it), a time on the wall, or a moment.
fn until(text: &str) -> Result<NaiveDateTime, NotARule> {
    let last = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
    let found = if text.len() == 8 {
        NaiveDate::parse_from_str(text, "%Y%m%d").map(|day| day.and_time(last))
    } else if let Some(moment) = text.strip_suffix('Z') {
        NaiveDateTime::parse_from_str(moment, "%Y%m%dT%H%M%S")
            .map(|at| zone::on_the_wall(Timestamp(at.and_utc().timestamp_millis())))
    } else {
        NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S")
    };
    let at = found.map_err(|_| NotARule::Malformed)?;
    if crate::rule::YEARS.contains(&chrono::Datelike::year(&at)) { Ok(at) } else { Err(NotARule::Malformed) }
}
