//! From the events of a file to what happens: the changed times of a series go with it, and times by other clocks
//! become times by the clock here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, TimeDelta, Timelike as _};
use domain::limits::{LASTS_MAX, SKIPS_MAX, SOURCE_LASTS_MAX};
use domain::sources::{LeftOut, Skip};

use super::Item;
use super::event::{One, Stamp};
use super::zones::{Zones, moment, on_the_wall};
use crate::ics::Other;
use crate::rule::{End, NotARule, Rule, YEARS};
use crate::{Local, Series, zone};

/// Days of a series by another clock that are looked ahead: it is read again before they are over.
const AHEAD: u64 = 400;
/// And back.
const BACK: u64 = 40;
/// Times of such a series, exceptions and changed times of any.
const TIMES_MAX: usize = 400;
const EXCEPTIONS_MAX: usize = 1_000;
/// Characters of a title in the list of what was left out.
const TITLE: usize = 80;

/// What was left out, of which only the first ones are named.
#[derive(Debug, Default)]
pub(super) struct Skips {
    pub named: Vec<Skip>,
    pub count: u32,
}

impl Skips {
    /// Whether what comes next is still named.
    pub const fn is_naming(&self) -> bool {
        self.named.len() < SKIPS_MAX as usize
    }

    pub fn push(&mut self, line: u32, title: &str, why: LeftOut) {
        self.count += 1;
        if self.is_naming() {
            let title = domain::text::line(title).chars().take(TITLE).collect();
            self.named.push(Skip { line, title, why });
        }
    }
}

/// Everything under one name.
#[derive(Debug, Default)]
struct Group {
    whole: Option<One>,
    /// By when they would have been.
    times: Vec<One>,
}

/// Puts together what belongs together. `now` says in which time a series by another clock is looked through.
pub(super) fn joined(found: Vec<One>, zones: &mut Zones, now: Local, skips: &mut Skips) -> Vec<Item> {
    let mut order: Vec<String> = Vec::new();
    let mut groups: HashMap<String, Group> = HashMap::new();
    for one in found {
        let group = groups.entry(one.uid.clone()).or_insert_with(|| {
            order.push(one.uid.clone());
            Group::default()
        });
        if one.instead_of.is_some() {
            group.times.push(one);
            continue;
        }
        match &group.whole {
            Some(there) if there.sequence > one.sequence => {
                skips.push(one.number, &one.summary, LeftOut::Twice);
            }
            Some(there) => {
                // A newer version of the same is what versions are for; the same version twice is a mistake.
                if there.sequence == one.sequence {
                    skips.push(there.number, &there.summary, LeftOut::Twice);
                }
                group.whole = Some(one);
            }
            None => group.whole = Some(one),
        }
    }
    let mut items = Vec::new();
    for uid in order {
        let Some(group) = groups.remove(&uid) else { continue };
        of_group(group, zones, now, skips, &mut items);
    }
    items
}

fn of_group(group: Group, zones: &mut Zones, now: Local, skips: &mut Skips, items: &mut Vec<Item>) {
    let mut whole = group.whole.and_then(|one| match item(&one, zones, now) {
        Ok(item) => Some(item),
        Err(why) => {
            skips.push(one.number, &one.summary, why);
            None
        }
    });
    // Of two versions of one time the later one counts.
    let mut times: BTreeMap<Local, One> = BTreeMap::new();
    for one in group.times {
        let Some(name) = one.instead_of else { continue };
        if one.and_future {
            skips.push(one.number, &one.summary, LeftOut::AndFuture);
            continue;
        }
        let name = match &whole {
            Some(item) if name.day => name.local.date().and_time(item.series.start.time()),
            _ => name.here(),
        };
        if times.get(&name).is_none_or(|there| there.sequence <= one.sequence) {
            times.insert(name, one);
        }
    }
    for (name, one) in times {
        let of_series = whole.as_mut().filter(|item| item.series.has(name));
        match of_series {
            Some(item) if item.others.len() >= TIMES_MAX => {
                skips.push(one.number, &one.summary, LeftOut::TooParticular);
            }
            Some(_) if one.minutes > LASTS_MAX => skips.push(one.number, &one.summary, LeftOut::LastsTooLong),
            Some(item) => item.others.push(Other {
                instead_of: name,
                start: one.start.here(),
                minutes: one.minutes,
                cancelled: one.cancelled,
                summary: one.summary,
                description: one.description,
                location: one.location,
                point: None,
            }),
            // What never was does not have to be cancelled.
            None if one.cancelled => {}
            None => {
                let mut alone = one.clone();
                alone.uid = format!("{} {}", one.uid, crate::local_text(name));
                match item(&alone, zones, now) {
                    Ok(item) => items.push(item),
                    Err(why) => skips.push(one.number, &one.summary, why),
                }
            }
        }
    }
    items.extend(whole);
}

fn item(one: &One, zones: &mut Zones, now: Local) -> Result<Item, LeftOut> {
    if !domain::text::is_visible(&one.summary) {
        return Err(LeftOut::NoTitle);
    }
    let repeats = one.rule.is_some() || !one.extra.is_empty();
    let most = if repeats { LASTS_MAX } else { SOURCE_LASTS_MAX * 24 * 60 };
    if one.minutes > most {
        return Err(LeftOut::LastsTooLong);
    }
    if one.exceptions.len() > EXCEPTIONS_MAX || one.extra.len() > TIMES_MAX {
        return Err(LeftOut::TooParticular);
    }
    let series = series(one, zones, now)?;
    if series.bounds().is_none() {
        return Err(LeftOut::Never);
    }
    Ok(Item {
        uid: one.uid.clone(),
        number: one.number,
        summary: one.summary.clone(),
        description: one.description.clone(),
        location: one.location.clone(),
        url: one.url.clone(),
        geo: one.geo.clone(),
        cancelled: one.cancelled,
        series,
        others: Vec::new(),
    })
}

fn series(one: &One, zones: &mut Zones, now: Local) -> Result<Series, LeftOut> {
    let start = one.start.here();
    let extra: BTreeSet<Local> = one.extra.iter().map(|at| at.here()).collect();
    let mut series = match &one.rule {
        None => Series::once(start, one.minutes),
        Some(text) => {
            let rule = rule(text, one.start)?;
            if one.start.day || zones.is_as_here(one.start.zone) {
                on_rule(start, one.minutes, rule)
            } else {
                by_another_clock(one, rule, now)
            }
        }
    };
    series.extra.extend(extra);
    if series.rule.is_none() {
        series.extra.remove(&series.start);
    }
    let hour = series.start.time();
    let left_out =
        one.exceptions.iter().map(|at| if at.day { at.local.date().and_time(hour) } else { at.here() });
    series.exceptions = among(&series, left_out.collect());
    Ok(series)
}

/// Those that are times of the series, looked through once.
fn among(series: &Series, mut times: BTreeSet<Local>) -> BTreeSet<Local> {
    let after = |at: Local| at.checked_add_signed(TimeDelta::minutes(1)).unwrap_or(at);
    if let (Some(first), Some(last)) = (times.first().copied(), times.last().copied()) {
        let there = series.between(first, after(last));
        times.retain(|at| there.binary_search(at).is_ok());
    }
    times
}

/// Other calendars count the first time whether the rule has it or not.
fn on_rule(start: Local, minutes: u32, rule: Rule) -> Series {
    let whole = Series::repeating(start, minutes, rule.clone());
    if whole.has(start) {
        return whole;
    }
    let left = match rule.end {
        End::Count(count) if count > 1 => Some(rule.ending(End::Count(count - 1))),
        End::Count(_) => None,
        End::Never | End::Until(_) => Some(rule),
    };
    match left.and_then(|rule| Series::repeating(start, minutes, rule).on_its_rule()) {
        Some(mut series) => {
            series.extra.insert(start);
            series
        }
        None => Series::once(start, minutes),
    }
}

/// A rule by another clock is none by the one here, where it would be another hour for some weeks or half of the year:
/// its times are written out, as far as anybody plans.
fn by_another_clock(one: &One, rule: Rule, now: Local) -> Series {
    let there = one.start.zone;
    let day = |at: Local| zone::midnight(at.date());
    // From the beginning of a month, so that what is written out is the same for a while.
    let month = |at: Local| chrono::Datelike::with_day(&day(at), 1).unwrap_or(at);
    let from = now.checked_sub_days(Days::new(BACK)).map_or(now, month);
    let to = now.checked_add_days(Days::new(AHEAD)).map_or(now, month);
    let whole = on_rule(one.start.local, one.minutes, rule);
    let mut times = whole.between(from, to).into_iter().take(TIMES_MAX);
    let here = |at: Local| zone::on_the_wall(moment(at, there));
    let first = times.next().or_else(|| whole.last_before(from)).unwrap_or(one.start.local);
    let mut series = Series::once(here(first), one.minutes);
    series.extra = times.map(here).collect();
    series
}

/// The rule, without what says nothing.
fn rule(text: &str, start: Stamp) -> Result<Rule, LeftOut> {
    let text = text.trim().to_ascii_uppercase();
    let hour = start.local.hour().to_string();
    let minute = start.local.minute().to_string();
    let number = |value: &str| value.parse::<u32>().map(|number| number.to_string()).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    for part in text.split(';').filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("BYHOUR", value)) if number(value) == hour => {}
            Some(("BYMINUTE", value)) if number(value) == minute => {}
            Some(("BYSECOND", value)) if number(value) == "0" => {}
            Some((name, _)) if name.starts_with("X-") => {}
            Some(("UNTIL", value)) => parts.extend(until(value, start).map(|value| format!("UNTIL={value}"))),
            _ => parts.push(part.to_owned()),
        }
    }
    parts.join(";").parse().map_err(|error| match error {
        NotARule::TooOften => LeftOut::TooOften,
        NotARule::TooLong | NotARule::Malformed | NotARule::NotTogether => LeftOut::Rule,
    })
}

/// The end of a rule by the clock of its first time; `None` for an end that nobody lives to see.
fn until(value: &str, start: Stamp) -> Option<String> {
    let year = value.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    if year > *YEARS.end() {
        return None;
    }
    let Some(text) = value.strip_suffix('Z') else { return Some(value.to_owned()) };
    let Ok(at) = Local::parse_from_str(text, "%Y%m%dT%H%M%S") else { return Some(value.to_owned()) };
    let at = on_the_wall(moment(at, chrono_tz::Tz::UTC), start.zone);
    Some(at.format("%Y%m%dT%H%M%S").to_string())
}
