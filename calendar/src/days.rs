//! The days of a rule, from any day on: without a count nothing before it is gone through, so that a series of twenty
//! years costs what a new one costs.

use std::collections::VecDeque;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use crate::rule::{ByDay, End, Frequency, Rule, YEARS};

/// A rule with what its first day fills in, as RFC 5545 says: "every month" is on the day of the first time.
struct Whole<'a> {
    rule: &'a Rule,
    start: NaiveDate,
    months: Vec<u8>,
    month_days: Vec<i8>,
    days: Vec<ByDay>,
}

impl<'a> Whole<'a> {
    fn new(rule: &'a Rule, start: NaiveDate) -> Self {
        let mut whole = Self {
            rule,
            start,
            months: rule.months.clone(),
            month_days: rule.month_days.clone(),
            days: rule.days.clone(),
        };
        let chosen = !(rule.weeks.is_empty()
            && rule.year_days.is_empty()
            && rule.month_days.is_empty()
            && rule.days.is_empty());
        if !chosen {
            let day = i8::try_from(start.day()).unwrap_or(1);
            match rule.frequency {
                Frequency::Daily => {}
                Frequency::Weekly => whole.days = vec![ByDay::every(start.weekday())],
                Frequency::Monthly => whole.month_days = vec![day],
                Frequency::Yearly => {
                    whole.month_days = vec![day];
                    if whole.months.is_empty() {
                        whole.months = vec![u8::try_from(start.month()).unwrap_or(1)];
                    }
                }
            }
        }
        whole
    }

    fn step(&self) -> i64 {
        i64::from(self.rule.interval)
    }

    /// The first day of the period in which the series begins.
    fn first_period(&self) -> NaiveDate {
        match self.rule.frequency {
            Frequency::Daily => self.start,
            Frequency::Weekly => week_begins(self.start, self.rule.week_start),
            Frequency::Monthly => self.start.with_day(1).unwrap_or(self.start),
            Frequency::Yearly => NaiveDate::from_ymd_opt(self.start.year(), 1, 1).unwrap_or(self.start),
        }
    }

    /// The number of the period in which `day` lies, or of one shortly before.
    fn number_of(&self, day: NaiveDate) -> i64 {
        let first = self.first_period();
        let gone = match self.rule.frequency {
            Frequency::Daily => (day - first).num_days(),
            Frequency::Weekly => (day - first).num_days().div_euclid(7),
            Frequency::Monthly => months_of(day) - months_of(first),
            Frequency::Yearly => i64::from(day.year() - first.year()),
        };
        gone.div_euclid(self.step()).max(0)
    }

    /// First day and length of a period; `None` beyond the end of the calendar.
    fn period(&self, number: i64) -> Option<(NaiveDate, i64)> {
        let first = self.first_period();
        let ahead = number.checked_mul(self.step())?;
        let (begin, next) = match self.rule.frequency {
            Frequency::Daily => {
                let begin = first.checked_add_signed(TimeDelta::try_days(ahead)?)?;
                (begin, begin.succ_opt()?)
            }
            Frequency::Weekly => {
                let begin = first.checked_add_signed(TimeDelta::try_weeks(ahead)?)?;
                (begin, begin.checked_add_days(Days::new(7))?)
            }
            Frequency::Monthly => {
                let month = months_of(first).checked_add(ahead)?;
                (month_begins(month)?, month_begins(month + 1)?)
            }
            Frequency::Yearly => {
                let year = first.year().checked_add(i32::try_from(ahead).ok()?)?;
                (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?)
            }
        };
        YEARS.contains(&begin.year()).then_some((begin, (next - begin).num_days()))
    }

    /// The days of one period, in order.
    fn days_of(&self, begin: NaiveDate, length: i64) -> Vec<NaiveDate> {
        let all = begin.iter_days().take(usize::try_from(length).unwrap_or_default());
        let days: Vec<NaiveDate> = all.filter(|day| self.holds(*day)).collect();
        if self.rule.positions.is_empty() {
            return days;
        }
        let mut chosen: Vec<NaiveDate> = self
            .rule
            .positions
            .iter()
            .filter_map(|position| {
                let size = usize::from(position.unsigned_abs());
                let index = if *position > 0 { size.checked_sub(1) } else { days.len().checked_sub(size) };
                index.and_then(|index| days.get(index)).copied()
            })
            .collect();
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    fn holds(&self, day: NaiveDate) -> bool {
        let rule = self.rule;
        any_or_all(&self.months, |month| u32::from(*month) == day.month())
            && any_or_all(&rule.weeks, |week| is_week(day, *week, rule.week_start))
            && any_or_all(&rule.year_days, |number| {
                is_nth(day.ordinal(), year_length(day.year()), i32::from(*number))
            })
            && any_or_all(&self.month_days, |number| is_nth(day.day(), month_length(day), i32::from(*number)))
            && any_or_all(&self.days, |by| self.is_by_day(day, *by))
    }

    fn is_by_day(&self, day: NaiveDate, by: ByDay) -> bool {
        if day.weekday() != by.day {
            return false;
        }
        if by.nth == 0 {
            return true;
        }
        // Of the month, and of the year only where no month is named.
        let whole_year = self.rule.frequency == Frequency::Yearly && self.rule.months.is_empty();
        let (place, length) = if whole_year {
            (day.ordinal(), year_length(day.year()))
        } else {
            (day.day(), month_length(day))
        };
        let week = if by.nth > 0 { (place - 1) / 7 } else { (length - place) / 7 };
        week + 1 == u32::from(by.nth.unsigned_abs())
    }
}

fn any_or_all<T>(list: &[T], holds: impl FnMut(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(holds)
}

/// Whether the `place`th of `length` is number `nth`, counted from the end when that is negative.
fn is_nth(place: u32, length: u32, nth: i32) -> bool {
    let place = i64::from(place);
    i64::from(nth) == place || i64::from(nth) == place - i64::from(length) - 1
}

fn month_length(day: NaiveDate) -> u32 {
    u32::from(day.num_days_in_month())
}

fn year_length(year: i32) -> u32 {
    if NaiveDate::from_ymd_opt(year, 2, 29).is_some() { 366 } else { 365 }
}

fn months_of(day: NaiveDate) -> i64 {
    i64::from(day.year()) * 12 + i64::from(day.month0())
}

fn month_begins(month: i64) -> Option<NaiveDate> {
    let year = i32::try_from(month.div_euclid(12)).ok()?;
    NaiveDate::from_ymd_opt(year, u32::try_from(month.rem_euclid(12)).ok()? + 1, 1)
}

fn week_begins(day: NaiveDate, week_start: Weekday) -> NaiveDate {
    let back = day.weekday().days_since(week_start);
    day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day)
}

/// Where week 1 of a year begins: the first week with four days of that year in it.
fn weeks_begin(year: i32, week_start: Weekday) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 4).map(|day| week_begins(day, week_start))
}

fn is_week(day: NaiveDate, week: i8, week_start: Weekday) -> bool {
    let number = |year| Some((day - weeks_begin(year, week_start)?).num_days().div_euclid(7));
    let weeks =
        |year| Some((weeks_begin(year + 1, week_start)? - weeks_begin(year, week_start)?).num_days() / 7);
    let found = (|| {
        let year = day.year();
        let of = [year + 1, year, year - 1].into_iter().find(|year| number(*year).is_some_and(|n| n >= 0))?;
        Some((number(of)? + 1, weeks(of)?))
    })();
    found.is_some_and(|(number, weeks)| i64::from(week) == number || i64::from(week) == number - weeks - 1)
}

/// The days of a rule, in order, from a day on.
pub(crate) struct DaysOf<'a> {
    whole: Whole<'a>,
    number: i64,
    ready: VecDeque<NaiveDate>,
    from: NaiveDate,
    /// Nothing is looked for beyond this.
    to: NaiveDate,
    left: u32,
}

impl<'a> DaysOf<'a> {
    /// From `from` to `to`, both included, of a series that begins on `start`.
    pub(crate) fn new(rule: &'a Rule, start: NaiveDate, from: NaiveDate, to: NaiveDate) -> Self {
        let whole = Whole::new(rule, start);
        let (number, left) = match rule.end {
            // Who counts begins at the beginning.
            End::Count(count) => (0, u32::from(count)),
            End::Never | End::Until(_) => (whole.number_of(from.max(start)), u32::MAX),
        };
        let to = match rule.end {
            End::Until(last) => to.min(last.date()),
            End::Never | End::Count(_) => to,
        };
        Self { whole, number, ready: VecDeque::new(), from, to, left }
    }
}

impl Iterator for DaysOf<'_> {
    type Item = NaiveDate;

    fn next(&mut self) -> Option<NaiveDate> {
        loop {
            while let Some(day) = self.ready.pop_front() {
                if day < self.whole.start {
                    continue;
                }
                if self.left == 0 || day > self.to {
                    self.left = 0;
                    return None;
                }
                self.left -= 1;
                if day >= self.from {
                    return Some(day);
                }
            }
            let (begin, length) = self.whole.period(self.number).filter(|_| self.left > 0)?;
            if begin > self.to {
                return None;
            }
            self.number += 1;
            self.ready.extend(self.whole.days_of(begin, length));
        }
    }
}
