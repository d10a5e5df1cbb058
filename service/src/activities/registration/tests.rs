//! When one can register, and where people go when times change.

use calendar::ics::Method;
use calendar::{Local, Series};
use domain::activities::ActivityText;
use domain::activities::registration::{Registration, Rules, State};
use domain::clock::Timestamp;
use domain::id::{ActivityId, RegistrationId};
use uuid::Uuid;

use super::follow::Change;
use super::letters::{About, method};
use super::{Open, open};
use crate::activities::Time;
use crate::mail::SeatKind;

fn at(text: &str) -> Local {
    calendar::local(text).expect("a time")
}

fn time(start: &str) -> Time {
    Time {
        instead_of: at(start),
        start: at(start),
        end: at(start),
        cancelled: false,
        place: String::new(),
        note: String::new(),
    }
}

#[test]
fn one_can_register_until_the_hour_that_the_organiser_says() {
    let rules = Rules { closes_hours: 24, ..Rules::default() };
    let evening = time("2026-12-02T20:00");
    let says = |now: &str| open(&rules, Some(&evening), at(now));
    let until = Some(at("2026-12-01T20:00"));
    assert_eq!(says("2026-12-01T19:59"), (Open::Yes, until));
    assert_eq!(says("2026-12-01T20:00"), (Open::Closed, until));
    assert_eq!(says("2026-12-02T20:00"), (Open::Over, until));
    let off = Time { cancelled: true, ..evening };
    assert_eq!(open(&rules, Some(&off), at("2026-12-01T10:00")), (Open::CalledOff, None));
    assert_eq!(open(&rules, None, at("2026-12-01T10:00")), (Open::Over, None));
}

#[test]
fn people_go_where_their_time_goes() {
    let text = ActivityText::default();
    let (old, new) = (ActivityId(Uuid::from_u128(1)), ActivityId(Uuid::from_u128(2)));
    let weekly = |start: &str| Series::repeating(at(start), 60, "FREQ=WEEKLY".parse().expect("a rule"));
    let about = |id, series| About::with(id, &text, "", (series, &[]));
    let (before, later) = (weekly("2026-12-01T10:00"), weekly("2026-12-15T14:00"));
    let stays = before.before(at("2026-12-15T10:00")).expect("two times");
    // In September 2026, before all of it.
    let now = Timestamp(1_790_000_000_000);
    let cut = Change {
        before: about(old, &before),
        after: about(old, &stays),
        later: Some(("2026-12-15T10:00", about(new, &later))),
    };
    let way = |change: &Change<'_>, round: &str| change.way(round, now).map(|(to, name)| (to.id, name));
    assert_eq!(way(&cut, "2026-12-08T10:00"), Some((old, "2026-12-08T10:00".to_owned())));
    assert_eq!(
        way(&cut, "2026-12-15T10:00"),
        Some((new, "2026-12-15T14:00".to_owned())),
        "the first of them"
    );
    assert_eq!(way(&cut, "2026-12-22T10:00"), Some((new, "2026-12-22T14:00".to_owned())), "another hour");
    assert_eq!(way(&cut, ""), Some((old, String::new())), "for all of them: with what comes first");
    let after = calendar::zone::moment(at("2026-12-09T10:00"));
    assert_eq!(cut.way("", after).map(|(to, _)| to.id), Some(new), "and then with what is left");

    let monthly =
        Series::repeating(at("2026-12-01T10:00"), 60, "FREQ=MONTHLY;BYDAY=1TU".parse().expect("a rule"));
    let fewer = Change { before: about(old, &before), after: about(old, &monthly), later: None };
    assert_eq!(way(&fewer, "2026-12-01T10:00"), Some((old, "2026-12-01T10:00".to_owned())));
    assert_eq!(way(&fewer, "2026-12-08T10:00"), None, "that day is none any more");
}

#[test]
fn a_calendar_hears_only_of_seats_that_are_somebody_s() {
    let of = |state, hold_until| Registration {
        id: RegistrationId(Uuid::from_u128(3)),
        activity: ActivityId(Uuid::from_u128(1)),
        occurrence: String::new(),
        member: None,
        name: "Sam".into(),
        email: "sam@example.org".into(),
        locale: None,
        guests: 0,
        answers: Vec::new(),
        state,
        place: 1,
        hold_until,
        came: false,
        by_organiser: false,
        reminders: true,
        sequence: 0,
        version: 1,
        created_at: Timestamp(1),
    };
    let (seat, waits) = (of(State::Seat, None), of(State::Waiting, None));
    let held = of(State::Seat, Some(Timestamp(2)));
    let cancelled = SeatKind::Cancelled { by_organiser: false };
    assert_eq!(method(SeatKind::Seat, &seat, false), Some(Method::Request));
    assert_eq!(method(cancelled, &seat, false), Some(Method::Cancel));
    assert_eq!(method(SeatKind::CalledOff, &seat, false), Some(Method::Cancel));
    assert_eq!(method(SeatKind::CalledOff, &seat, true), Some(Method::Request), "the other times go on");
    for one in [&waits, &held] {
        for kind in [cancelled, SeatKind::CalledOff, SeatKind::Changed] {
            assert_eq!(method(kind, one, false), None, "{kind:?}");
        }
    }
}
