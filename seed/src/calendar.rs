//! As much of the calendar as demo texts need: which day it is, and what people call it.
//!
//! Days are counted in UTC. An hour more or less does not matter here, and `chrono-tz` would
//! be much weight for it.

use domain::clock::{Span, Timestamp};

use crate::random::Seeded;

pub const DAY: i64 = Span::days(1).0;
const HOUR: i64 = Span::hours(1).0;
const WEEKDAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
/// How many of a hundred posts are written in each hour, from 6 o'clock (UTC) on: at
/// breakfast, after lunch, and above all in the evening.
const BUSY_HOURS: [usize; 16] = [3, 6, 8, 8, 7, 6, 6, 5, 5, 6, 6, 6, 8, 9, 7, 4];

/// Day (1–31) and month (1–12) of a moment, after Howard Hinnant's `civil_from_days`.
pub fn day_and_month(at: Timestamp) -> (i64, i64) {
    let days = at.0.div_euclid(DAY) + 719_468;
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    (day, if shifted < 10 { shifted + 3 } else { shifted - 9 })
}

/// The year of a moment: the days of 400 years are always as many.
pub fn year(at: Timestamp) -> i64 {
    let days = at.0.div_euclid(86_400_000) + 719_468;
    let of_era = days.rem_euclid(146_097);
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let year = years + days.div_euclid(146_097) * 400;
    // There years begin in March.
    if month(at) <= 2 { year + 1 } else { year }
}

pub fn month(at: Timestamp) -> i64 {
    day_and_month(at).1
}

/// "zaterdag 14 maart": the first such day at least three days after `at`. `weekday` is the
/// word's first two letters.
pub fn coming(weekday: &str, at: Timestamp) -> Option<String> {
    let wanted = WEEKDAYS.iter().position(|name| name.starts_with(weekday))?;
    (3..10).find_map(|ahead| {
        let then = at.plus(Span::days(ahead));
        // 1 January 1970 was a Thursday.
        let index = usize::try_from((then.0.div_euclid(DAY) + 3).rem_euclid(7)).ok()?;
        let (day, month) = day_and_month(then);
        let month = MONTHS.get(usize::try_from(month - 1).ok()?)?;
        (index == wanted).then(|| format!("{} {day} {month}", WEEKDAYS[index]))
    })
}

/// A moment on the same day at which people are awake and write.
pub fn daytime(day: Timestamp, random: &Seeded) -> Timestamp {
    let hour = 6 + i64::try_from(random.weighted(&BUSY_HOURS)).unwrap_or_default();
    Timestamp(day.0.div_euclid(DAY) * DAY + hour * HOUR + random.span(HOUR))
}

/// The months of a season by its English name; empty for an unknown one.
pub fn season(name: &str) -> &'static [i64] {
    match name {
        "winter" => &[12, 1, 2],
        "spring" => &[3, 4, 5],
        "summer" => &[6, 7, 8],
        "autumn" => &[9, 10, 11],
        _ => &[],
    }
}

/// The last day up to and including `at` that lies in one of these months; any, when there are none.
pub fn back_to(months: &[i64], at: Timestamp) -> Timestamp {
    (0..366)
        .map(|days| at.minus(Span::days(days)))
        .find(|day| months.is_empty() || months.contains(&month(*day)))
        .unwrap_or(at)
}

/// "35m", "2h", "3d" or "3d8h".
pub fn span(text: &str) -> Option<Span> {
    let mut total = 0_i64;
    let mut digits = String::new();
    for c in text.trim().chars() {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let number: i64 = digits.parse().ok()?;
        digits.clear();
        total += match c {
            'm' => Span::minutes(number),
            'h' => Span::hours(number),
            'd' => Span::days(number),
            _ => return None,
        }
        .0;
    }
    (digits.is_empty() && total > 0).then_some(Span(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thursday 12 March 2026, 9.00 UTC.
    const MARCH: Timestamp = Timestamp(1_773_306_000_000);

    #[test]
    fn a_coming_saturday_is_far_enough_ahead_to_plan_for() {
        assert_eq!(day_and_month(MARCH), (12, 3));
        assert_eq!(coming("za", MARCH).as_deref(), Some("zaterdag 21 maart"));
        assert_eq!(coming("zo", MARCH).as_deref(), Some("zondag 15 maart"));
    }

    #[test]
    fn leap_days_exist() {
        assert_eq!(day_and_month(Timestamp(1_709_164_800_000)), (29, 2));
        assert_eq!(day_and_month(Timestamp(0)), (1, 1));
    }

    #[test]
    fn snow_falls_in_winter() {
        assert!(season("winter").contains(&month(back_to(season("winter"), MARCH))));
        assert_eq!(back_to(&[], MARCH), MARCH);
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        assert_eq!(span("35m"), Some(Span::minutes(35)));
        assert_eq!(span("3d8h"), Some(Span::hours(80)));
        assert_eq!(span("3"), None);
        assert_eq!(span("x"), None);
    }
}
