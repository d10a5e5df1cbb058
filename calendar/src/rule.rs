//! A recurrence rule (RFC 5545, 3.3.10), of days: hours and minutes come from the first time.

use std::fmt::{self, Write as _};
use std::ops::RangeInclusive;

use chrono::{TimeDelta, Weekday};

use crate::{Local, zone};

/// The years in which something can happen.
pub const YEARS: RangeInclusive<i32> = 1900..=2199;
/// Longer text is no rule.
pub const TEXT_MAX: usize = 400;
/// Every so many days, weeks, months or years.
pub const INTERVAL_MAX: u16 = 999;
/// A series that counts ends after at most so many times; who wants more wants no end.
pub const COUNT_MAX: u16 = 1_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

impl Frequency {
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Yearly];

    /// The word in a rule.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

/// When a series stops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum End {
    #[default]
    Never,
    /// After so many times.
    Count(u16),
    /// Nothing begins after this.
    Until(Local),
}

/// A day of the week; `nth` of the month or year (negative: from its end), 0 for every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ByDay {
    pub nth: i8,
    pub day: Weekday,
}

impl ByDay {
    pub const fn every(day: Weekday) -> Self {
        Self { nth: 0, day }
    }
}

/// A rule in which nothing is wrong. Empty lists leave everything in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    pub(crate) frequency: Frequency,
    pub(crate) interval: u16,
    pub(crate) end: End,
    pub(crate) months: Vec<u8>,
    pub(crate) weeks: Vec<i8>,
    pub(crate) year_days: Vec<i16>,
    pub(crate) month_days: Vec<i8>,
    pub(crate) days: Vec<ByDay>,
    pub(crate) positions: Vec<i16>,
    pub(crate) week_start: Weekday,
}

/// The text is no rule, or none that is kept here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotARule {
    TooLong,
    /// A part that is not `NAME=VALUE`, comes twice, or has a value that it cannot have.
    Malformed,
    /// Every hour, minute or second.
    TooOften,
    /// A part that this frequency does not have.
    NotTogether,
}

impl fmt::Display for NotARule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the rule is too long",
            Self::Malformed => "this is no recurrence rule",
            Self::TooOften => "more often than daily",
            Self::NotTogether => "parts of the rule do not go together",
        })
    }
}

impl std::error::Error for NotARule {}

impl Rule {
    /// Every day, week, month or year, without an end.
    pub const fn every(frequency: Frequency, interval: u16) -> Self {
        Self {
            frequency,
            interval: if interval == 0 { 1 } else { interval },
            end: End::Never,
            months: Vec::new(),
            weeks: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// The same on these days of the week; with a number only where months or years come back.
    ///
    /// # Errors
    /// A number where weeks or days come back.
    pub fn on(mut self, days: &[ByDay]) -> Result<Self, NotARule> {
        for day in days {
            if !self.days.contains(day) {
                self.days.push(*day);
            }
        }
        self.checked()
    }

    /// The same on a day of the month; negative from its end.
    ///
    /// # Errors
    /// There is no such day, or it is not months or years that come back.
    pub fn on_month_day(mut self, day: i8) -> Result<Self, NotARule> {
        if day == 0 || day.unsigned_abs() > 31 {
            return Err(NotARule::Malformed);
        }
        self.month_days = vec![day];
        self.checked()
    }

    /// The same until it ends.
    #[must_use]
    pub const fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    pub const fn frequency(&self) -> Frequency {
        self.frequency
    }
    pub const fn interval(&self) -> u16 {
        self.interval
    }
    pub const fn end(&self) -> End {
        self.end
    }
    pub fn days(&self) -> &[ByDay] {
        &self.days
    }
    pub fn month_days(&self) -> &[i8] {
        &self.month_days
    }
    pub fn months(&self) -> &[u8] {
        &self.months
    }
    pub fn positions(&self) -> &[i16] {
        &self.positions
    }

    /// Whether it has nothing but frequency, interval, end, days and days of the month: what an editor in plain words
    /// can show.
    pub fn is_plain(&self) -> bool {
        self.months.is_empty()
            && self.weeks.is_empty()
            && self.year_days.is_empty()
            && self.positions.is_empty()
            && (self.week_start == Weekday::Mon || self.interval == 1)
    }

    /// What RFC 5545 forbids to stand together.
    pub(crate) fn checked(self) -> Result<Self, NotARule> {
        use Frequency as F;
        let numbered = self.days.iter().any(|day| day.nth != 0);
        let wrong = (numbered && (matches!(self.frequency, F::Daily | F::Weekly) || !self.weeks.is_empty()))
            || (!self.month_days.is_empty() && self.frequency == F::Weekly)
            || (!self.year_days.is_empty() && self.frequency != F::Yearly)
            || (!self.weeks.is_empty() && self.frequency != F::Yearly)
            || (!self.positions.is_empty() && !self.has_parts());
        if wrong { Err(NotARule::NotTogether) } else { Ok(self) }
    }

    fn has_parts(&self) -> bool {
        !(self.months.is_empty()
            && self.weeks.is_empty()
            && self.year_days.is_empty()
            && self.month_days.is_empty()
            && self.days.is_empty())
    }
}

pub(crate) const fn day_key(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

/// The rule as calendars write it, without `RRULE:`. The end stands in it as a moment, as RFC 5545 wants it beside a
/// first time with a zone.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, values: &[T]) -> fmt::Result {
            for (index, value) in values.iter().enumerate() {
                if index == 0 {
                    write!(f, ";{name}={value}")?;
                } else {
                    write!(f, ",{value}")?;
                }
            }
            Ok(())
        }
        write!(f, "FREQ={}", self.frequency.key())?;
        if self.interval > 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(f, ";COUNT={count}")?,
            End::Until(at) => write!(f, ";UNTIL={}", zone::utc_text(zone::moment(at)))?,
        }
        list(f, "BYMONTH", &self.months)?;
        list(f, "BYWEEKNO", &self.weeks)?;
        list(f, "BYYEARDAY", &self.year_days)?;
        list(f, "BYMONTHDAY", &self.month_days)?;
        let mut days = Vec::with_capacity(self.days.len());
        for by in &self.days {
            let mut text = String::new();
            if by.nth != 0 {
                write!(text, "{}", by.nth)?;
            }
            text.push_str(day_key(by.day));
            days.push(text);
        }
        list(f, "BYDAY", &days)?;
        list(f, "BYSETPOS", &self.positions)?;
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", day_key(self.week_start))?;
        }
        Ok(())
    }
}

/// The last moment of the day before: what "until" says of a series that is cut before `at`.
pub(crate) fn just_before(at: Local) -> Local {
    at.checked_sub_signed(TimeDelta::minutes(1)).unwrap_or(at)
}
