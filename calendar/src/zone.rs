//! The zone in which the communities live: from the clock on the wall to a moment, and back.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Europe::Amsterdam;
use domain::clock::Timestamp;

use crate::Local;

/// Its name, as calendars know it.
pub const NAME: &str = "Europe/Amsterdam";

/// The moment that a time on the wall means. Of an hour that comes twice, when the clocks go back, the first is meant;
/// an hour that the clocks skip is counted from before the change, so that 02.30 is 03.30 (RFC 5545, 3.3.5).
pub fn moment(at: Local) -> Timestamp {
    let zone = Amsterdam;
    let found = zone.from_local_datetime(&at).earliest().or_else(|| {
        let before = zone.from_local_datetime(&at.checked_sub_signed(TimeDelta::hours(3))?).earliest()?;
        before.checked_add_signed(TimeDelta::hours(3))
    });
    Timestamp(found.map_or_else(|| at.and_utc().timestamp_millis(), |at| at.timestamp_millis()))
}

/// What the clock on the wall says at a moment.
pub fn on_the_wall(at: Timestamp) -> Local {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().with_timezone(&Amsterdam).naive_local()
}

/// When a day begins.
pub fn midnight(day: NaiveDate) -> Local {
    day.and_time(NaiveTime::MIN)
}

/// A moment as other calendars read it: `20261201T090000Z`.
pub fn utc_text(at: Timestamp) -> String {
    DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default().format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> String {
        utc_text(moment(crate::local(text).unwrap()))
    }

    #[test]
    fn an_hour_that_is_skipped_is_an_hour_later_and_one_that_comes_twice_is_the_first() {
        assert_eq!(at("2026-03-29T01:59"), "20260329T005900Z");
        assert_eq!(at("2026-03-29T02:30"), "20260329T013000Z");
        assert_eq!(at("2026-03-29T03:30"), "20260329T013000Z");
        assert_eq!(at("2026-10-25T02:30"), "20261025T003000Z");
        assert_eq!(at("2026-10-25T03:00"), "20261025T020000Z");
    }

    #[test]
    fn the_ends_of_time_are_no_panic() {
        for at in [i64::MIN, -1, i64::MAX] {
            let _ = on_the_wall(Timestamp(at));
        }
        assert_eq!(
            on_the_wall(moment(crate::local("2026-07-01T10:00").unwrap())).to_string(),
            "2026-07-01 10:00:00"
        );
    }
}
