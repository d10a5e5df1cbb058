//! How people say a rule, in three languages.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use domain::locale::Locale;

use crate::rule::{ByDay, End, Frequency, Rule};
use crate::{Local, Series};

const DAYS: [[&str; 7]; 3] = [
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
];
#[rustfmt::skip]
const MONTHS: [[&str; 12]; 3] = [
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december"],
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember"],
];
/// First to fifth, and last, next to last.
const NTH: [[&str; 7]; 3] = [
    ["eerste", "tweede", "derde", "vierde", "vijfde", "laatste", "een-na-laatste"],
    ["first", "second", "third", "fourth", "fifth", "last", "next to last"],
    ["ersten", "zweiten", "dritten", "vierten", "fünften", "letzten", "vorletzten"],
];
const WORKING_DAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

const fn row(locale: Locale) -> usize {
    match locale {
        Locale::Nl => 0,
        Locale::En => 1,
        Locale::De => 2,
    }
}

fn pick<const N: usize>(names: &'static [[&'static str; N]; 3], locale: Locale, index: u32) -> &'static str {
    names.get(row(locale)).and_then(|row| row.get(index as usize)).copied().unwrap_or_default()
}

/// "dinsdag".
pub fn weekday(day: Weekday, locale: Locale) -> &'static str {
    pick(&DAYS, locale, day.num_days_from_monday())
}

/// "mei", of month 0 to 11.
pub fn month(month0: u32, locale: Locale) -> &'static str {
    pick(&MONTHS, locale, month0)
}

/// "3 mei 2026".
pub fn date(day: NaiveDate, locale: Locale) -> String {
    let dot = if locale == Locale::De { "." } else { "" };
    format!("{}{dot} {} {}", day.day(), month(day.month0(), locale), day.year())
}

/// "dinsdag 3 mei", with the year where it is another than this one.
pub fn day(day: NaiveDate, today: NaiveDate, locale: Locale) -> String {
    let dot = if locale == Locale::De { "." } else { "" };
    let comma = if locale == Locale::De { "," } else { "" };
    let said = format!(
        "{}{comma} {}{dot} {}",
        weekday(day.weekday(), locale),
        day.day(),
        month(day.month0(), locale)
    );
    if day.year() == today.year() { said } else { format!("{said} {}", day.year()) }
}

/// "mei 2026".
pub fn month_and_year(day: NaiveDate, locale: Locale) -> String {
    format!("{} {}", month(day.month0(), locale), day.year())
}

/// "vandaag", "morgen"; nothing for all other days.
pub fn relative(day: NaiveDate, today: NaiveDate, locale: Locale) -> Option<&'static str> {
    let names = match (day - today).num_days() {
        0 => ["vandaag", "today", "heute"],
        1 => ["morgen", "tomorrow", "morgen"],
        _ => return None,
    };
    names.get(row(locale)).copied()
}

/// "10.00", as clocks are written.
pub fn time(at: Local, locale: Locale) -> String {
    let separator = if locale == Locale::Nl { "%H.%M" } else { "%H:%M" };
    at.format(separator).to_string()
}

/// Whether it is on whole days: other calendars know such things, and they begin and end at midnight.
pub fn is_whole_days(start: Local, end: Local) -> bool {
    start < end && start.time() == NaiveTime::MIN && end.time() == NaiveTime::MIN
}

/// "de hele dag".
pub const fn whole_day(locale: Locale) -> &'static str {
    match locale {
        Locale::Nl => "de hele dag",
        Locale::En => "all day",
        Locale::De => "ganztägig",
    }
}

/// Of several days: until when.
fn until_day(start: Local, end: Local, locale: Locale) -> String {
    if is_whole_days(start, end) {
        let last = end.date().pred_opt().unwrap_or_else(|| end.date());
        if last == start.date() {
            return whole_day(locale).to_owned();
        }
        let last = day(last, start.date(), locale);
        return match locale {
            Locale::Nl => format!("tot en met {last}"),
            Locale::En => format!("until {last}"),
            Locale::De => format!("bis {last}"),
        };
    }
    let (from, to, last) = (time(start, locale), time(end, locale), day(end.date(), start.date(), locale));
    match locale {
        Locale::Nl => format!("om {from} uur, tot {last} om {to} uur"),
        Locale::En => format!("at {from}, until {last} at {to}"),
        Locale::De => format!("um {from} Uhr, bis {last} um {to} Uhr"),
    }
}

/// "van 10.00 tot 12.00 uur".
pub fn hours(start: Local, end: Local, locale: Locale) -> String {
    let (from, to) = (time(start, locale), time(end, locale));
    if is_whole_days(start, end) || end - start > TimeDelta::hours(24) {
        return until_day(start, end, locale);
    }
    if start == end {
        return match locale {
            Locale::Nl => format!("om {from} uur"),
            Locale::En => format!("at {from}"),
            Locale::De => format!("um {from} Uhr"),
        };
    }
    match locale {
        Locale::Nl => format!("van {from} tot {to} uur"),
        Locale::En => format!("from {from} to {to}"),
        Locale::De => format!("von {from} bis {to} Uhr"),
    }
}

/// "elke dinsdag van 10.00 tot 12.00 uur, tot en met 3 mei 2026"; of what happens once nothing.
pub fn series(series: &Series, locale: Locale) -> Option<String> {
    let rule = series.rule.as_ref()?;
    let hours = hours(series.start, series.end_of(series.start), locale);
    Some(format!("{} {hours}{}", days(rule, series.start, locale), end(rule.end, locale)))
}

/// "elke dinsdag", of a rule whose first time is `start`.
pub fn days(rule: &Rule, start: Local, locale: Locale) -> String {
    let said = match rule.frequency {
        Frequency::Daily => daily(rule, locale),
        Frequency::Weekly => weekly(rule, start, locale),
        Frequency::Monthly => monthly(rule, start, locale),
        Frequency::Yearly => yearly(rule, start, locale),
    };
    said.unwrap_or_else(|| own_rhythm(locale).to_owned())
}

/// Of what there are no short words for.
const fn own_rhythm(locale: Locale) -> &'static str {
    match locale {
        Locale::Nl => "in een eigen ritme",
        Locale::En => "in a rhythm of its own",
        Locale::De => "in einem eigenen Rhythmus",
    }
}

fn end(end: End, locale: Locale) -> String {
    match (end, locale) {
        (End::Never, _) => String::new(),
        (End::Count(1), Locale::Nl) => ", 1 keer".to_owned(),
        (End::Count(1), Locale::En) => ", once".to_owned(),
        (End::Count(n), Locale::Nl) => format!(", {n} keer"),
        (End::Count(n), Locale::En) => format!(", {n} times"),
        (End::Count(n), Locale::De) => format!(", {n}-mal"),
        (End::Until(at), Locale::Nl) => format!(", tot en met {}", date(at.date(), locale)),
        (End::Until(at), Locale::En) => format!(", until {}", date(at.date(), locale)),
        (End::Until(at), Locale::De) => format!(", bis einschließlich {}", date(at.date(), locale)),
    }
}

fn daily(rule: &Rule, locale: Locale) -> Option<String> {
    if !rule.is_plain() || !rule.days.is_empty() || !rule.month_days.is_empty() {
        return None;
    }
    Some(match (rule.interval, locale) {
        (1, Locale::Nl) => "elke dag".to_owned(),
        (1, Locale::En) => "every day".to_owned(),
        (1, Locale::De) => "jeden Tag".to_owned(),
        (2, Locale::Nl) => "om de dag".to_owned(),
        (2, Locale::En) => "every other day".to_owned(),
        (2, Locale::De) => "jeden zweiten Tag".to_owned(),
        (n, Locale::Nl) => format!("elke {n} dagen"),
        (n, Locale::En) => format!("every {n} days"),
        (n, Locale::De) => format!("alle {n} Tage"),
    })
}

fn weekly(rule: &Rule, start: Local, locale: Locale) -> Option<String> {
    if !rule.is_plain() {
        return None;
    }
    let mut days: Vec<Weekday> = rule.days.iter().map(|by| by.day).collect();
    if days.is_empty() {
        days.push(start.weekday());
    }
    days.sort_unstable_by_key(Weekday::num_days_from_monday);
    if rule.interval == 1 && days == WORKING_DAYS {
        return Some(
            match locale {
                Locale::Nl => "elke werkdag",
                Locale::En => "every working day",
                Locale::De => "jeden Werktag",
            }
            .to_owned(),
        );
    }
    let each: Vec<String> = days.iter().map(|day| weekday(*day, locale).to_owned()).collect();
    let named = listed(&each, locale);
    Some(match (rule.interval, locale) {
        (1, Locale::Nl) => format!("elke {named}"),
        (1, Locale::En) => format!("every {named}"),
        (1, Locale::De) => format!("jeden {named}"),
        (2, Locale::Nl) => format!("om de week op {named}"),
        (2, Locale::En) => format!("every other week on {named}"),
        (2, Locale::De) => format!("alle zwei Wochen am {named}"),
        (n, Locale::Nl) => format!("elke {n} weken op {named}"),
        (n, Locale::En) => format!("every {n} weeks on {named}"),
        (n, Locale::De) => format!("alle {n} Wochen am {named}"),
    })
}

fn monthly(rule: &Rule, start: Local, locale: Locale) -> Option<String> {
    let last_working_day = rule.positions.as_slice() == [-1]
        && rule.month_days.is_empty()
        && rule.days.len() == WORKING_DAYS.len()
        && WORKING_DAYS.iter().all(|day| rule.days.contains(&ByDay::every(*day)));
    let day = if last_working_day && rule.months.is_empty() {
        match locale {
            Locale::Nl => "laatste werkdag",
            Locale::En => "last working day",
            Locale::De => "letzten Werktag",
        }
        .to_owned()
    } else if rule.is_plain() {
        match (rule.month_days.as_slice(), rule.days.as_slice()) {
            ([], []) => return month_day(rule, i8::try_from(start.day()).ok()?, locale),
            ([one], []) => return month_day(rule, *one, locale),
            ([], [by]) => numbered(*by, locale)?,
            _ => return None,
        }
    } else {
        return None;
    };
    Some(match (rule.interval, locale) {
        (1, Locale::Nl) => format!("elke {day} van de maand"),
        (1, Locale::En) => format!("every {day} of the month"),
        (1, Locale::De) => format!("am {day} jedes Monats"),
        (2, Locale::Nl) => format!("om de maand op de {day}"),
        (2, Locale::En) => format!("every other month on the {day}"),
        (2, Locale::De) => format!("alle zwei Monate am {day}"),
        (n, Locale::Nl) => format!("elke {n} maanden op de {day}"),
        (n, Locale::En) => format!("every {n} months on the {day}"),
        (n, Locale::De) => format!("alle {n} Monate am {day}"),
    })
}

/// "tweede dinsdag".
fn numbered(by: ByDay, locale: Locale) -> Option<String> {
    let index = match by.nth {
        1..=5 => u32::from(by.nth.unsigned_abs()) - 1,
        -1 => 5,
        -2 => 6,
        _ => return None,
    };
    Some(format!("{} {}", pick(&NTH, locale, index), weekday(by.day, locale)))
}

fn month_day(rule: &Rule, day: i8, locale: Locale) -> Option<String> {
    let named = match (day, locale) {
        (1..=31, Locale::Nl) => format!("dag {day}"),
        (1..=31, Locale::En) => format!("day {day}"),
        (1..=31, Locale::De) => format!("{day}. Tag"),
        (-1, Locale::Nl) => "de laatste dag".to_owned(),
        (-1, Locale::En) => "the last day".to_owned(),
        (-1, Locale::De) => "letzten Tag".to_owned(),
        _ => return None,
    };
    Some(match (rule.interval, locale) {
        (1, Locale::Nl) => format!("elke maand op {named}"),
        (1, Locale::En) => format!("every month on {named}"),
        (1, Locale::De) => format!("jeden Monat am {named}"),
        (2, Locale::Nl) => format!("om de maand op {named}"),
        (2, Locale::En) => format!("every other month on {named}"),
        (2, Locale::De) => format!("alle zwei Monate am {named}"),
        (n, Locale::Nl) => format!("elke {n} maanden op {named}"),
        (n, Locale::En) => format!("every {n} months on {named}"),
        (n, Locale::De) => format!("alle {n} Monate am {named}"),
    })
}

fn yearly(rule: &Rule, start: Local, locale: Locale) -> Option<String> {
    if !rule.weeks.is_empty() || !rule.year_days.is_empty() || !rule.positions.is_empty() {
        return None;
    }
    let in_month = match rule.months.as_slice() {
        [] => start.month0(),
        [one] => u32::from(*one).checked_sub(1)?,
        _ => return None,
    };
    let month = month(in_month, locale);
    let day = match (rule.month_days.as_slice(), rule.days.as_slice()) {
        ([], []) => start.day().to_string(),
        ([one], []) if *one > 0 => one.to_string(),
        ([], [by]) if !rule.months.is_empty() => {
            let named = numbered(*by, locale)?;
            let said = match locale {
                Locale::Nl => format!("de {named} van {month}"),
                Locale::En => format!("the {named} of {month}"),
                Locale::De => format!("{named} im {month}"),
            };
            return Some(every_year(rule.interval, &said, locale));
        }
        _ => return None,
    };
    let dot = if locale == Locale::De { "." } else { "" };
    Some(every_year(rule.interval, &format!("{day}{dot} {month}"), locale))
}

fn every_year(interval: u16, said: &str, locale: Locale) -> String {
    match (interval, locale) {
        (1, Locale::Nl) => format!("elk jaar op {said}"),
        (1, Locale::En) => format!("every year on {said}"),
        (1, Locale::De) => format!("jedes Jahr am {said}"),
        (2, Locale::Nl) => format!("om het jaar op {said}"),
        (2, Locale::En) => format!("every other year on {said}"),
        (2, Locale::De) => format!("alle zwei Jahre am {said}"),
        (n, Locale::Nl) => format!("elke {n} jaar op {said}"),
        (n, Locale::En) => format!("every {n} years on {said}"),
        (n, Locale::De) => format!("alle {n} Jahre am {said}"),
    }
}

/// "maandag, dinsdag en vrijdag".
pub fn listed(names: &[String], locale: Locale) -> String {
    let and = match locale {
        Locale::Nl => "en",
        Locale::En => "and",
        Locale::De => "und",
    };
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}
