//! A series: a first time, a rule, and what is particular. Expanded when it is read, within a window; a series without
//! an end never stops.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::clock::Timestamp;

use crate::days::DaysOf;
use crate::rule::{End, Rule, YEARS, just_before};
use crate::{Local, zone};

/// How far ahead the next times are looked for.
const AHEAD: u64 = 60 * 366;

/// When something happens, by the clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The first time, when nothing is left out.
    pub start: Local,
    /// How long it lasts, by the clock on the wall.
    pub minutes: u32,
    /// `None`: once.
    pub rule: Option<Rule>,
    /// Times of the rule that are none.
    pub exceptions: BTreeSet<Local>,
    /// Times beside the rule.
    pub extra: BTreeSet<Local>,
}

impl Series {
    pub const fn once(start: Local, minutes: u32) -> Self {
        Self { start, minutes, rule: None, exceptions: BTreeSet::new(), extra: BTreeSet::new() }
    }

    pub const fn repeating(start: Local, minutes: u32, rule: Rule) -> Self {
        Self { start, minutes, rule: Some(rule), exceptions: BTreeSet::new(), extra: BTreeSet::new() }
    }

    /// The same series, beginning at the first time that its rule really has: other calendars count the first time
    /// whether the rule has it or not. `None` when the rule has no time at all.
    pub fn on_its_rule(mut self) -> Option<Self> {
        let Some(rule) = &self.rule else { return Some(self) };
        // A count counts from the first time of the rule, wherever that is.
        let first = DaysOf::new(rule, self.start.date(), self.start.date(), horizon(self.start.date()))
            .map(|day| day.and_time(self.start.time()))
            .find(|at| *at >= self.start && is_before_end(rule, *at))?;
        self.start = first;
        Some(self)
    }

    /// The times that begin from `from` until before `to`, in order, each once.
    pub fn between(&self, from: Local, to: Local) -> Vec<Local> {
        let mut times: BTreeSet<Local> = self.extra.range(from..to.max(from)).copied().collect();
        match &self.rule {
            None if from <= self.start && self.start < to => {
                times.insert(self.start);
            }
            None => {}
            Some(rule) => times.extend(
                DaysOf::new(rule, self.start.date(), from.date(), to.date())
                    .map(|day| day.and_time(self.start.time()))
                    .filter(|at| from <= *at && *at < to && is_before_end(rule, *at)),
            ),
        }
        times.into_iter().filter(|at| !self.exceptions.contains(at)).collect()
    }

    /// The first `most` times that begin at `from` or later.
    pub fn next(&self, from: Local, most: usize) -> Vec<Local> {
        let by_rule: Vec<Local> = match &self.rule {
            None => Some(self.start).into_iter().filter(|at| *at >= from && self.holds(*at)).collect(),
            Some(rule) => {
                let day = from.date().max(self.start.date());
                DaysOf::new(rule, self.start.date(), day, horizon(day))
                    .map(|day| day.and_time(self.start.time()))
                    .filter(|at| *at >= from && is_before_end(rule, *at) && self.holds(*at))
                    .take(most)
                    .collect()
            }
        };
        let mut times: BTreeSet<Local> = by_rule.into_iter().collect();
        times.extend(self.extra.range(from..).filter(|at| self.holds(**at)).take(most));
        times.into_iter().take(most).collect()
    }

    /// The last time before `before`; `None` when it has not begun by then. Looks back two years.
    pub fn last_before(&self, before: Local) -> Option<Local> {
        let from = before.checked_sub_days(Days::new(2 * 366))?;
        self.between(from, before).pop()
    }

    /// Whether it happens at exactly this time.
    pub fn has(&self, at: Local) -> bool {
        at.checked_add_signed(TimeDelta::minutes(1)).is_some_and(|next| self.between(at, next).contains(&at))
    }

    fn holds(&self, at: Local) -> bool {
        !self.exceptions.contains(&at)
    }

    /// Whether it goes on for ever.
    pub fn is_endless(&self) -> bool {
        self.rule.as_ref().is_some_and(|rule| rule.end == End::Never)
    }

    /// The first and the last time; no last one when it goes on for ever, neither when it never happens.
    pub fn bounds(&self) -> Option<(Local, Option<Local>)> {
        let first = self.next(Local::MIN.max(self.earliest()), 1).pop()?;
        if self.is_endless() {
            return Some((first, None));
        }
        let end = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).map(zone::midnight)?;
        Some((first, self.between(first, end).pop()))
    }

    fn earliest(&self) -> Local {
        self.extra.first().copied().map_or(self.start, |extra| extra.min(self.start))
    }

    /// The part before `at`, when there is any.
    pub fn before(&self, at: Local) -> Option<Self> {
        let mut part = self.clone();
        if let Some(rule) = &mut part.rule {
            // A count becomes a last time: the same times, and no arithmetic.
            rule.end = End::Until(just_before(at));
        }
        part.extra.retain(|time| *time < at);
        part.exceptions.retain(|time| *time < at);
        if part.rule.is_none() && part.start >= at {
            part.start = part.extra.pop_first()?;
        }
        let any = part.bounds().is_some() && (part.rule.is_some() || part.start < at);
        any.then_some(part)
    }

    /// The part from `at` on, one of its times.
    #[must_use]
    pub fn from(&self, at: Local) -> Self {
        let mut part = self.clone();
        if let Some(rule) = &mut part.rule
            && let End::Count(count) = rule.end
        {
            let gone = DaysOf::new(rule, self.start.date(), self.start.date(), at.date())
                .filter(|day| day.and_time(self.start.time()) < at)
                .count();
            let gone = u16::try_from(gone).unwrap_or(count);
            rule.end = End::Count(count.saturating_sub(gone).max(1));
        }
        part.extra.retain(|time| *time >= at);
        part.exceptions.retain(|time| *time >= at);
        // An extra time is none of the rule: the rule goes on at its own next time.
        part.start = match &self.rule {
            Some(_) => Self { extra: BTreeSet::new(), ..self.clone() }.next(at, 1).pop().unwrap_or(at),
            None => at,
        };
        part
    }

    /// How many times there are from `at` on; `None` when it goes on for ever.
    pub fn count_from(&self, at: Local) -> Option<usize> {
        let end = NaiveDate::from_ymd_opt(*YEARS.end(), 12, 31).map(zone::midnight)?;
        (!self.is_endless()).then(|| self.between(at, end).len())
    }

    /// When a time that begins at `at` ends.
    pub fn end_of(&self, at: Local) -> Local {
        end_of(at, self.minutes)
    }
}

/// The end of what begins at `at` and lasts `minutes` by the clock on the wall.
pub fn end_of(at: Local, minutes: u32) -> Local {
    at.checked_add_signed(TimeDelta::minutes(i64::from(minutes))).unwrap_or(at)
}

/// From when to when something is, as moments. Where the clocks change within it, it never ends before it begins.
pub fn moments(at: Local, minutes: u32) -> (Timestamp, Timestamp) {
    let begin = zone::moment(at);
    (begin, zone::moment(end_of(at, minutes)).max(begin))
}

fn is_before_end(rule: &Rule, at: Local) -> bool {
    match rule.end {
        End::Until(last) => at <= last,
        End::Never | End::Count(_) => true,
    }
}

fn horizon(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(AHEAD)).unwrap_or(day)
}
