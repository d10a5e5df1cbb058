//! Dates as people say them, made on the server: they travel to the browser as text.

use calendar::words;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Europe::Amsterdam;
use chrono_tz::Tz;
use domain::clock::Timestamp;
use domain::locale::Locale;
use domain::problem::Fault;

/// A moment in three spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// For `<time datetime>` (ISO 8601 with the offset).
    pub iso: String,
    /// "2 uur geleden", "gisteren", "3 mei 2024".
    pub text: String,
    /// "zondag 3 mei 2026 om 10.05 uur".
    pub exact: String,
}

fn local(at: Timestamp) -> DateTime<Tz> {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&Amsterdam)
}

/// How long ago `at` was, seen from `now`.
pub fn ago(at: Timestamp, now: Timestamp, locale: Locale) -> Spoken {
    let then = local(at);
    Spoken {
        iso: then.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        text: ago_text(at, now, locale),
        exact: exact(&then, locale),
    }
}

/// A day without the hour: "3 mei 2026".
pub fn day(at: Timestamp, locale: Locale) -> String {
    date(&local(at), locale)
}

/// The year in Amsterdam.
pub fn year(at: Timestamp) -> i32 {
    local(at).year()
}

/// When a year begins in Amsterdam.
pub fn begins(year: i32) -> Timestamp {
    let first =
        chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
    Timestamp(first.and_local_timezone(Amsterdam).earliest().map_or(0, |at| at.timestamp_millis()))
}

/// The moment that somebody means by a day (`2026-12-01`) and an hour of the clock on the wall (`09:30`). Without an hour
/// it is nine in the morning. Of an hour that comes twice, when the clocks go back, the first is meant.
///
/// # Errors
/// It is neither, or the clocks go forward over it.
pub fn moment(day: &str, time: &str) -> Result<Timestamp, Fault> {
    let time = if time.is_empty() { "09:00" } else { time };
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Fault::NotAMoment)?;
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
        .map_err(|_| Fault::NotAMoment)?;
    let at = day.and_time(time).and_local_timezone(Amsterdam).earliest().ok_or(Fault::NoSuchHour)?;
    Ok(Timestamp(at.timestamp_millis()))
}

/// When a day is over.
///
/// # Errors
/// It is none.
pub fn end_of(day: &str) -> Result<Timestamp, Fault> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| Fault::NotAMoment)?;
    let next = day.checked_add_days(Days::new(1)).ok_or(Fault::NotAMoment)?;
    let midnight = next.and_time(NaiveTime::MIN).and_local_timezone(Amsterdam).earliest();
    Ok(Timestamp(midnight.ok_or(Fault::NotAMoment)?.timestamp_millis()))
}

/// The last day before a moment: "tot en met 3 mei 2026".
pub fn last_day_before(at: Timestamp, locale: Locale) -> String {
    day(Timestamp(at.0.saturating_sub(1)), locale)
}

/// The last day before a moment, as a form holds it: "2026-05-03".
pub fn last_day_in_form(at: Timestamp) -> String {
    local(Timestamp(at.0.saturating_sub(1))).format("%Y-%m-%d").to_string()
}

/// A moment that is to come: "zondag 3 mei 2026 om 10.05 uur".
pub fn exactly(at: Timestamp, locale: Locale) -> String {
    exact(&local(at), locale)
}

fn ago_text(at: Timestamp, now: Timestamp, locale: Locale) -> String {
    let then = local(at);
    let today = local(now);
    let minutes = now.0.saturating_sub(at.0) / 60_000;
    let yesterday = today.date_naive().checked_sub_days(Days::new(1));
    if minutes < 1 {
        return match locale {
            Locale::Nl => "zojuist",
            Locale::En => "just now",
            Locale::De => "gerade eben",
        }
        .to_owned();
    }
    if minutes < 60 {
        return count(minutes, locale, ["minuut", "minuten", "minute", "minutes", "Minute", "Minuten"]);
    }
    if then.date_naive() == today.date_naive() || minutes < 6 * 60 {
        return count(minutes / 60, locale, ["uur", "uur", "hour", "hours", "Stunde", "Stunden"]);
    }
    if Some(then.date_naive()) == yesterday {
        return match locale {
            Locale::Nl => "gisteren",
            Locale::En => "yesterday",
            Locale::De => "gestern",
        }
        .to_owned();
    }
    if minutes < 6 * 24 * 60 {
        return weekday(&then, locale).to_owned();
    }
    if then.year() == today.year() {
        return match locale {
            Locale::De => format!("{}. {}", then.day(), month(&then, locale)),
            _ => format!("{} {}", then.day(), month(&then, locale)),
        };
    }
    date(&then, locale)
}

fn count(n: i64, locale: Locale, words: [&str; 6]) -> String {
    let [nl_one, nl_more, en_one, en_more, de_one, de_more] = words;
    let pick = |one, more| if n == 1 { one } else { more };
    match locale {
        Locale::Nl => format!("{n} {} geleden", pick(nl_one, nl_more)),
        Locale::En => format!("{n} {} ago", pick(en_one, en_more)),
        Locale::De => format!("vor {n} {}", pick(de_one, de_more)),
    }
}

fn date(at: &DateTime<Tz>, locale: Locale) -> String {
    words::date(at.date_naive(), locale)
}

fn exact(at: &DateTime<Tz>, locale: Locale) -> String {
    let day = weekday(at, locale);
    let date = date(at, locale);
    let (hour, minute) = (at.hour(), at.minute());
    match locale {
        Locale::Nl => format!("{day} {date} om {hour}.{minute:02} uur"),
        Locale::En => format!("{day} {date} at {hour:02}:{minute:02}"),
        Locale::De => format!("{day}, {date} um {hour:02}:{minute:02} Uhr"),
    }
}

fn weekday(at: &DateTime<Tz>, locale: Locale) -> &'static str {
    words::weekday(at.weekday(), locale)
}

fn month(at: &DateTime<Tz>, locale: Locale) -> &'static str {
    words::month(at.month0(), locale)
}

/// The part of the day in Amsterdam, for a greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    Night,
    Morning,
    Afternoon,
    Evening,
}

pub fn part_of_day(now: Timestamp) -> PartOfDay {
    match local(now).hour() {
        0..6 => PartOfDay::Night,
        6..12 => PartOfDay::Morning,
        12..18 => PartOfDay::Afternoon,
        _ => PartOfDay::Evening,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::Span;

    /// 2026-03-29 12:00 in Amsterdam, the day summer time begins.
    const NOON: Timestamp = Timestamp(1_774_778_400_000);

    #[test]
    fn what_was_lately_is_said_as_people_say_it() {
        let said = |span| ago(NOON.minus(span), NOON, Locale::Nl).text;
        assert_eq!(said(Span::seconds(5)), "zojuist");
        assert_eq!(said(Span::minutes(1)), "1 minuut geleden");
        assert_eq!(said(Span::minutes(59)), "59 minuten geleden");
        assert_eq!(said(Span::hours(2)), "2 uur geleden");
        assert_eq!(said(Span::hours(24)), "gisteren");
        assert_eq!(said(Span::days(3)), "donderdag");
        assert_eq!(said(Span::days(30)), "27 februari");
        assert_eq!(said(Span::days(400)), "22 februari 2025");
    }

    #[test]
    fn the_exact_time_follows_summer_time() {
        let before = ago(NOON.minus(Span::hours(24)), NOON, Locale::Nl);
        assert_eq!(before.exact, "zaterdag 28 maart 2026 om 11.00 uur");
        assert_eq!(before.iso, "2026-03-28T11:00:00+01:00");
        let now = ago(NOON, NOON, Locale::De);
        assert_eq!(now.exact, "Sonntag, 29. März 2026 um 12:00 Uhr");
        assert_eq!(ago(NOON, NOON, Locale::En).exact, "Sunday 29 March 2026 at 12:00");
    }

    #[test]
    fn a_date_before_time_began_or_after_it_ends_is_no_panic() {
        for at in [i64::MIN, i64::MAX, -1] {
            assert!(!ago(Timestamp(at), NOON, Locale::Nl).text.is_empty());
        }
    }
}
