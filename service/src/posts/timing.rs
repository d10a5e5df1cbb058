//! When a post publishes itself, and until when it is to be read.

use domain::clock::Timestamp;
use domain::limits::{EXPIRY_MAX, PLANNED_MAX};
use domain::posts::draft::Draft;
use domain::problem::{Fault, Field, Problems};

use crate::dates;

/// The moments of a draft, checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// `None`: at once.
    pub publish_at: Option<Timestamp>,
    /// `None`: never.
    pub expires_at: Option<Timestamp>,
}

/// The moments that somebody typed, in the time of the Netherlands.
///
/// # Errors
/// What is wrong with them: a moment that is over, too far ahead, or an hour that the clocks skip.
pub fn timing(draft: &Draft, now: Timestamp) -> Result<Timing, Problems> {
    let mut problems = Problems::default();
    let mut checked = |typed: Result<Option<Timestamp>, Fault>, field| {
        typed.unwrap_or_else(|fault| {
            problems.push(field, fault);
            None
        })
    };
    let publish_at = checked(publish_at(draft, now), Field::PublishAt);
    let expires_at = checked(last_day(&draft.expires_on, publish_at.unwrap_or(now), now), Field::ExpiresAt);
    problems.or(|| Timing { publish_at, expires_at })
}

fn publish_at(draft: &Draft, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let day = draft.publish_on.trim();
    if day.is_empty() {
        return Ok(None);
    }
    let at = dates::moment(day, draft.publish_time.trim())?;
    if at <= now {
        Err(Fault::InThePast)
    } else if at > now.plus(PLANNED_MAX) {
        Err(Fault::TooFarAhead)
    } else {
        Ok(Some(at))
    }
}

/// When the last day that somebody typed is over; `None` when they typed none.
pub(super) fn last_day(typed: &str, begins: Timestamp, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
    let day = typed.trim();
    if day.is_empty() {
        return Ok(None);
    }
    let at = dates::end_of(day)?;
    if at <= now {
        Err(Fault::InThePast)
    } else if at <= begins {
        Err(Fault::EndsTooSoon)
    } else if at > now.plus(EXPIRY_MAX) {
        Err(Fault::TooFarAhead)
    } else {
        Ok(Some(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::clock::Span;

    /// 2026-03-28 12:00 in Amsterdam; the clocks go forward in the night that follows.
    const NOW: Timestamp = Timestamp(1_774_695_600_000);

    fn planned(day: &str, time: &str) -> Result<Timing, Problems> {
        let draft = Draft { publish_on: day.into(), publish_time: time.into(), ..Draft::default() };
        timing(&draft, NOW)
    }

    fn until(day: &str) -> Result<Timing, Problems> {
        timing(&Draft { expires_on: day.into(), ..Draft::default() }, NOW)
    }

    const fn at(millis: i64) -> Timestamp {
        Timestamp(millis)
    }

    #[test]
    fn without_a_day_it_is_published_at_once_and_stays() {
        assert_eq!(planned("", "09:00"), Ok(Timing::default()));
    }

    #[test]
    fn an_hour_is_meant_as_the_clock_on_the_wall_shows_it() {
        // 23:00 in winter time, 09:00 the next morning in summer time: nine hours apart, not ten.
        let evening = planned("2026-03-28", "23:00").expect("a moment").publish_at.expect("planned");
        let morning = planned("2026-03-29", "09:00").expect("a moment").publish_at.expect("planned");
        assert_eq!(evening, NOW.plus(Span::hours(11)));
        assert_eq!(morning, evening.plus(Span::hours(9)));
    }

    #[test]
    fn the_hour_that_the_clocks_skip_is_refused() {
        let refused = |time| planned("2026-03-29", time).expect_err("refused").of(Field::PublishAt);
        assert_eq!(refused("02:00"), Some(Fault::NoSuchHour));
        assert_eq!(refused("02:59"), Some(Fault::NoSuchHour));
        assert!(planned("2026-03-29", "03:00").is_ok() && planned("2026-03-29", "01:59").is_ok());
    }

    #[test]
    fn the_hour_that_comes_twice_is_the_first_of_the_two() {
        // 2026-10-25: 02:30 comes in summer time (00:30 UTC) and again in winter time.
        assert_eq!(planned("2026-10-25", "02:30").expect("a moment").publish_at, Some(at(1_792_888_200_000)));
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for (day, time) in
            [("morgen", "09:00"), ("2026-02-30", "09:00"), ("2026-04-01", "25:00"), ("2026-04-01", "x")]
        {
            assert_eq!(
                planned(day, time).expect_err("refused").of(Field::PublishAt),
                Some(Fault::NotAMoment),
                "{day} {time}"
            );
        }
        let fault = |day| planned(day, "11:59").expect_err("refused").of(Field::PublishAt);
        assert_eq!(fault("2026-03-28"), Some(Fault::InThePast));
        assert_eq!(fault("2027-05-01"), Some(Fault::TooFarAhead));
    }

    #[test]
    fn a_last_day_is_whole_also_when_the_clocks_change_on_it() {
        // The day with 23 hours ends at 22:00 UTC.
        assert_eq!(until("2026-03-29").expect("a day").expires_at, Some(at(1_774_821_600_000)));
        assert_eq!(until("2026-03-27").expect_err("over").of(Field::ExpiresAt), Some(Fault::InThePast));
        assert!(until("2026-03-28").is_ok(), "today is not over");
        let draft = Draft {
            publish_on: "2026-04-02".into(),
            publish_time: "09:00".into(),
            expires_on: "2026-04-01".into(),
            ..Draft::default()
        };
        let fault = timing(&draft, NOW).expect_err("refused").of(Field::ExpiresAt);
        assert_eq!(fault, Some(Fault::EndsTooSoon));
    }
}
