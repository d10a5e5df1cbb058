//! When something is: from the words of the form to a series and back.

use std::collections::BTreeSet;

use calendar::holidays::{self, Holiday};
use calendar::{ByDay, End, Frequency, Local, Rule, Series, zone};
use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use domain::activities::draft::{Repeat, WhenDraft};
use domain::activities::{OccurrenceChange, SeriesText};
use domain::clock::Timestamp;
use domain::limits::{EXCEPTIONS_MAX, LASTS_MAX};
use domain::problem::{Fault, Field, Problems};
use store::activities::{Bounds, TimeChange};

/// As many of the next times as are shown before it is saved.
const PREVIEW: usize = 10;

/// The times that a form would give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    pub series: Series,
    /// The next times, those that are left out among them.
    pub times: Vec<PreviewTime>,
}

/// A time that a form would give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviewTime {
    pub at: Local,
    pub left_out: bool,
    pub holiday: Option<Holiday>,
}

/// A series from what is stored; `None` when that is none.
pub fn series_of(text: &SeriesText) -> Option<Series> {
    let times =
        |text: &str| text.split_whitespace().map(calendar::local).collect::<Option<BTreeSet<Local>>>();
    Some(Series {
        start: calendar::local(&text.start)?,
        minutes: text.minutes,
        rule: if text.rule.is_empty() { None } else { Some(text.rule.parse().ok()?) },
        exceptions: times(&text.exceptions)?,
        extra: times(&text.extra)?,
    })
}

/// A series as it is stored.
pub fn text_of(series: &Series) -> SeriesText {
    let times = |times: &BTreeSet<Local>| {
        times.iter().map(|at| calendar::local_text(*at)).collect::<Vec<_>>().join(" ")
    };
    SeriesText {
        start: calendar::local_text(series.start),
        minutes: series.minutes,
        rule: series.rule.as_ref().map(ToString::to_string).unwrap_or_default(),
        exceptions: times(&series.exceptions),
        extra: times(&series.extra),
    }
}

/// What is typed, as a series. `kept` is the one that is changed, for the rule that stays as it is.
///
/// # Errors
/// Everything that is wrong with it.
pub(super) fn typed_series(when: &WhenDraft, kept: Option<&Series>) -> Result<Series, Problems> {
    let mut problems = Problems::default();
    let (start, minutes) = match times(&when.day, &when.from, &when.to) {
        Ok(times) => times,
        Err(fault) => {
            problems.push(Field::Start, fault);
            (Local::default(), 0)
        }
    };
    if !problems.is_empty() {
        return Err(problems);
    }
    let rule = rule(when, start, kept).unwrap_or_else(|fault| {
        problems.push(Field::Repeat, fault);
        None
    });
    let mut dates = |typed: &[String]| {
        let found: Option<BTreeSet<Local>> = typed
            .iter()
            .filter(|day| !day.trim().is_empty())
            .map(|text| day(text).ok().map(|day| day.and_time(start.time())))
            .collect();
        match found {
            Some(found) if found.len() <= EXCEPTIONS_MAX as usize => found,
            Some(_) => {
                problems.push(Field::Repeat, Fault::TooMany { max: EXCEPTIONS_MAX });
                BTreeSet::new()
            }
            None => {
                problems.push(Field::Repeat, Fault::NotAMoment);
                BTreeSet::new()
            }
        }
    };
    let (exceptions, mut extra) = (dates(&when.skip), dates(&when.more));
    extra.retain(|at| !exceptions.contains(at));
    let series = if rule.is_some() {
        Series { start, minutes, rule, exceptions, extra }.on_its_rule()
    } else {
        extra.remove(&start);
        Some(Series { extra, ..Series::once(start, minutes) })
    };
    match series.filter(|series| series.bounds().is_some()) {
        Some(series) if problems.is_empty() => Ok(series),
        Some(_) => Err(problems),
        None => {
            problems.push(Field::Repeat, Fault::EndsTooSoon);
            Err(problems)
        }
    }
}

fn day(text: &str) -> Result<NaiveDate, Fault> {
    let day = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| Fault::NotAMoment)?;
    if calendar::rule::YEARS.contains(&day.year()) { Ok(day) } else { Err(Fault::NotAMoment) }
}

fn hour(text: &str) -> Result<NaiveTime, Fault> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:00"))
        .or_else(|_| NaiveTime::parse_from_str(text, "%H.%M"))
        .map_err(|_| Fault::NotAMoment)
}

/// Begin and length of one time, as typed. An end before the beginning is on the next day.
pub(super) fn times(on: &str, from: &str, to: &str) -> Result<(Local, u32), Fault> {
    let start = day(on)?.and_time(hour(from)?);
    if to.trim().is_empty() {
        return Ok((start, 0));
    }
    let minutes = (hour(to)? - start.time()).num_minutes().rem_euclid(24 * 60);
    let minutes = u32::try_from(minutes).unwrap_or_default();
    if minutes <= LASTS_MAX { Ok((start, minutes)) } else { Err(Fault::NotAMoment) }
}

fn rule(when: &WhenDraft, start: Local, kept: Option<&Series>) -> Result<Option<Rule>, Fault> {
    let every = match when.every.trim() {
        "" => 1,
        text => text.parse().ok().filter(|every| (1..=52).contains(every)).ok_or(Fault::NotAMoment)?,
    };
    let repeat = Repeat::from_key(&when.repeat).ok_or(Fault::UnknownChoice)?;
    let weekday = start.weekday();
    let nth = i8::try_from((start.day() - 1) / 7 + 1).unwrap_or(1);
    let on = |frequency, day| Rule::every(frequency, every).on(&[day]);
    let rule = match repeat {
        Repeat::Once => return Ok(None),
        Repeat::Kept => {
            return match kept {
                Some(_) if !when.rule.is_empty() => {
                    when.rule.parse().map(Some).map_err(|_| Fault::UnknownChoice)
                }
                kept => Ok(kept.and_then(|kept| kept.rule.clone())),
            };
        }
        Repeat::Daily => Ok(Rule::every(Frequency::Daily, every)),
        Repeat::Weekly => {
            let mut days = Vec::new();
            for key in when.days.iter().filter(|key| !key.is_empty()) {
                days.push(ByDay::every(weekday_of(key).ok_or(Fault::UnknownChoice)?));
            }
            if days.is_empty() {
                days.push(ByDay::every(weekday));
            }
            days.sort_by_key(|by| by.day.num_days_from_monday());
            Rule::every(Frequency::Weekly, every).on(&days)
        }
        Repeat::MonthDay => {
            let day = i8::try_from(start.day()).unwrap_or(1);
            Rule::every(Frequency::Monthly, every).on_month_day(day)
        }
        // The fifth is the last where there is no other: people who meet then do not skip months.
        Repeat::MonthWeekday if nth == 5 => on(Frequency::Monthly, ByDay { nth: -1, day: weekday }),
        Repeat::MonthWeekday => on(Frequency::Monthly, ByDay { nth, day: weekday }),
        Repeat::MonthLast => on(Frequency::Monthly, ByDay { nth: -1, day: weekday }),
        Repeat::Yearly => Ok(Rule::every(Frequency::Yearly, every)),
    }
    .map_err(|_| Fault::UnknownChoice)?;
    if when.until.trim().is_empty() {
        return Ok(Some(rule));
    }
    let last = day(&when.until)?.and_hms_opt(23, 59, 0).ok_or(Fault::NotAMoment)?;
    if last < start { Err(Fault::EndsTooSoon) } else { Ok(Some(rule.ending(End::Until(last)))) }
}

/// The keys of the days of the week, from Monday on.
pub const DAYS: [(&str, Weekday); 7] = [
    ("mo", Weekday::Mon),
    ("tu", Weekday::Tue),
    ("we", Weekday::Wed),
    ("th", Weekday::Thu),
    ("fr", Weekday::Fri),
    ("sa", Weekday::Sat),
    ("su", Weekday::Sun),
];

fn weekday_of(key: &str) -> Option<Weekday> {
    DAYS.into_iter().find(|(name, _)| *name == key).map(|(_, day)| day)
}

/// A series in the words of the form.
pub fn when_of(series: &Series) -> WhenDraft {
    let days = |times: &BTreeSet<Local>| times.iter().map(|at| at.date().to_string()).collect();
    let start = series.start;
    let mut when = WhenDraft {
        day: start.date().to_string(),
        from: start.format("%H:%M").to_string(),
        skip: days(&series.exceptions),
        more: days(&series.extra),
        repeat: Repeat::Once.key().to_owned(),
        ..WhenDraft::default()
    };
    if series.minutes > 0 {
        when.to = series.end_of(start).format("%H:%M").to_string();
    }
    let Some(rule) = &series.rule else { return when };
    when.every = if rule.interval() > 1 { rule.interval().to_string() } else { String::new() };
    when.until = match rule.end() {
        End::Until(last) => last.date().to_string(),
        End::Never | End::Count(_) => String::new(),
    };
    let nth = i8::try_from((start.day() - 1) / 7 + 1).unwrap_or(1);
    let here = i8::try_from(start.day()).unwrap_or(1);
    // A count has no field: it stays as it is.
    let counts = matches!(rule.end(), End::Count(_));
    let repeat = match (rule.frequency(), rule.month_days(), rule.days()) {
        _ if !rule.is_plain() || counts || rule.interval() > 52 => Repeat::Kept,
        (Frequency::Daily, [], []) => Repeat::Daily,
        (Frequency::Weekly, [], days) => {
            when.days = days
                .iter()
                .filter_map(|by| DAYS.iter().find(|(_, day)| *day == by.day))
                .map(|(key, _)| (*key).to_owned())
                .collect();
            Repeat::Weekly
        }
        (Frequency::Monthly, [], []) => Repeat::MonthDay,
        (Frequency::Monthly, [day], []) if *day == here => Repeat::MonthDay,
        (Frequency::Monthly, [], [by]) if by.nth == -1 => Repeat::MonthLast,
        (Frequency::Monthly, [], [by]) if by.nth == nth => Repeat::MonthWeekday,
        (Frequency::Yearly, [], []) => Repeat::Yearly,
        _ => Repeat::Kept,
    };
    repeat.key().clone_into(&mut when.repeat);
    if repeat == Repeat::Kept {
        when.rule = rule.to_string();
    }
    when
}

/// The next times of what is typed, with the holidays among them.
///
/// # Errors
/// Everything that is wrong with what is typed about the times.
pub fn preview(when: &WhenDraft, kept: Option<&Series>, now: Timestamp) -> Result<Preview, Problems> {
    let series = typed_series(when, kept)?;
    let whole = Series { exceptions: BTreeSet::new(), ..series.clone() };
    let from = zone::midnight(zone::on_the_wall(now).date());
    let times = whole
        .next(from, PREVIEW)
        .into_iter()
        .map(|at| PreviewTime {
            at,
            left_out: series.exceptions.contains(&at),
            holiday: holidays::on(at.date()),
        })
        .collect();
    Ok(Preview { series, times })
}

/// Between which moments a series with its particular times can happen.
pub fn bounds(series: &Series, changes: &[TimeChange]) -> Bounds {
    let own = series.bounds().map_or((series.start, Some(series.start)), |bounds| bounds);
    let first = zone::moment(own.0);
    let last = own.1.map_or(Timestamp(i64::MAX), |last| calendar::series::moments(last, series.minutes).1);
    Bounds {
        first: changes.iter().map(|one| one.bounds.first).fold(first, Timestamp::min),
        last: changes.iter().map(|one| one.bounds.last).fold(last, Timestamp::max),
    }
}

/// A particular time with the moments that it has to do with; `None` when its times are none.
pub(crate) fn time_change(change: OccurrenceChange, minutes: u32) -> Option<TimeChange> {
    let was = calendar::series::moments(calendar::local(&change.instead_of)?, minutes);
    let is = calendar::series::moments(calendar::local(&change.start)?, change.minutes);
    Some(TimeChange { change, bounds: Bounds { first: was.0.min(is.0), last: was.1.max(is.1) } })
}

/// The particular times of `from`, on the same days of `to`; those of days that are none any more are left behind.
pub(super) fn carried(changes: &[OccurrenceChange], from: &Series, to: &Series) -> Vec<TimeChange> {
    let mut carried: Vec<TimeChange> = Vec::new();
    for change in changes {
        let Some(old) = calendar::local(&change.instead_of) else { continue };
        let name = if to.has(old) { old } else { old.date().and_time(to.start.time()) };
        if !to.has(name) || carried.iter().any(|one| one.change.instead_of == calendar::local_text(name)) {
            continue;
        }
        let moved = change.start != change.instead_of || change.minutes != from.minutes;
        let mut change = change.clone();
        change.instead_of = calendar::local_text(name);
        if !moved {
            change.start.clone_from(&change.instead_of);
            change.minutes = to.minutes;
        }
        carried.extend(time_change(change, to.minutes));
    }
    carried
}

/// From when on something is too long ago to be planned.
pub(super) fn is_over(series: &Series, now: Timestamp) -> bool {
    let last = bounds(series, &[]).last;
    last < now
}

/// The end of a day, and so the beginning of the next.
pub(super) fn next_day(day: NaiveDate) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(1)).unwrap_or(day)
}
