//! From the words of a form to a series and back, and what a window makes of what is particular.

use calendar::{Local, Series};
use domain::activities::draft::WhenDraft;
use domain::activities::{ActivitySummary, OccurrenceChange, SeriesText};
use domain::clock::Timestamp;
use domain::geo::{CommunityMap, KnownPlace, Point};
use domain::id::ActivityId;
use domain::problem::{Fault, Field};

use super::agenda::expanded;
use super::timing::{carried, series_of, text_of, typed_series, when_of};

fn at(text: &str) -> Local {
    calendar::local(text).expect("a time")
}

fn when(repeat: &str) -> WhenDraft {
    WhenDraft {
        day: "2026-12-29".into(),
        from: "22:30".into(),
        to: "00:30".into(),
        repeat: repeat.into(),
        ..WhenDraft::default()
    }
}

#[test]
fn the_words_of_the_form_become_a_rule_and_come_back_as_the_same_words() {
    for (repeat, rule) in [
        ("once", ""),
        ("daily", "FREQ=DAILY"),
        ("weekly", "FREQ=WEEKLY;BYDAY=TU"),
        ("month_day", "FREQ=MONTHLY;BYMONTHDAY=29"),
        // The fifth Tuesday is the last one: nobody wants to skip months.
        ("month_weekday", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("month_last", "FREQ=MONTHLY;BYDAY=-1TU"),
        ("yearly", "FREQ=YEARLY"),
    ] {
        let series = typed_series(&when(repeat), None).expect("a series");
        assert_eq!((text_of(&series).rule.as_str(), series.minutes), (rule, 120), "{repeat}");
        assert_eq!(series_of(&text_of(&series)).as_ref(), Some(&series));
        // What the form shows of it gives the same again.
        assert_eq!(typed_series(&when_of(&series), None).as_ref(), Ok(&series), "{repeat}");
    }
}

#[test]
fn days_that_are_left_out_or_added_are_at_the_hour_of_the_series() {
    let typed = WhenDraft {
        every: "2".into(),
        days: vec!["th".into(), "tu".into()],
        until: "2027-03-01".into(),
        skip: vec!["2026-12-31".into(), String::new()],
        more: vec!["2027-01-02".into()],
        ..when("weekly")
    };
    let series = typed_series(&typed, None).expect("a series");
    let times = series.next(at("2026-12-01T00:00"), 4);
    assert_eq!(
        times,
        ["2026-12-29T22:30", "2027-01-02T22:30", "2027-01-12T22:30", "2027-01-14T22:30"].map(at)
    );
    assert_eq!(typed_series(&when_of(&series), None), Ok(series));
}

#[test]
fn a_rule_without_words_stays_as_it_is() {
    let kept = Series::repeating(
        at("2026-12-01T10:00"),
        60,
        "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=9".parse().expect("a rule"),
    );
    let shown = when_of(&kept);
    assert_eq!(shown.repeat, "kept");
    assert_eq!(typed_series(&shown, Some(&kept)), Ok(kept));
}

#[test]
fn what_makes_no_series_says_where() {
    for (change, field, fault) in [
        ((|w| w.day = "nooit".into()) as fn(&mut WhenDraft), Field::Start, Fault::NotAMoment),
        (|w| w.from = "24:30".into(), Field::Start, Fault::NotAMoment),
        (|w| w.every = "0".into(), Field::Repeat, Fault::NotAMoment),
        (|w| w.days = vec!["xx".into()], Field::Repeat, Fault::UnknownChoice),
        (|w| w.until = "2026-12-01".into(), Field::Repeat, Fault::EndsTooSoon),
        (|w| w.skip = vec!["2026-12-29".into(); 500], Field::Repeat, Fault::EndsTooSoon),
    ] {
        let mut typed = WhenDraft { until: "2026-12-30".into(), ..when("weekly") };
        change(&mut typed);
        let problems = typed_series(&typed, None).expect_err("no series");
        assert_eq!((problems.0[0].field, problems.0[0].fault), (field, fault));
    }
}

fn change(name: &str, start: &str, cancelled: bool) -> OccurrenceChange {
    OccurrenceChange {
        instead_of: name.into(),
        start: start.into(),
        minutes: 60,
        cancelled,
        place: String::new(),
        note: String::new(),
    }
}

fn weekly(changes: Vec<OccurrenceChange>) -> ActivitySummary {
    ActivitySummary {
        id: ActivityId(Default::default()),
        title: "Koffie".into(),
        excerpt: String::new(),
        topic: None,
        areas: Vec::new(),
        place: "De Linde".into(),
        point: None,
        wheelchair: false,
        online: String::new(),
        cost: String::new(),
        audience: Vec::new(),
        languages: Vec::new(),
        scene: None,
        version: 1,
        changed_at: Timestamp(0),
        series: SeriesText {
            start: "2026-12-01T23:30".into(),
            minutes: 60,
            rule: "FREQ=WEEKLY".into(),
            ..SeriesText::default()
        },
        changes,
    }
}

#[test]
fn what_is_moved_is_where_it_is_and_not_where_it_would_have_been() {
    let moved = change("2026-12-08T23:30", "2026-12-17T10:00", false);
    let starts = |from: &str, to: &str| -> Vec<String> {
        expanded(vec![weekly(vec![moved.clone()])], at(from), at(to), None)
            .into_iter()
            .map(|one| calendar::local_text(one.start))
            .collect()
    };
    assert!(starts("2026-12-08T00:00", "2026-12-09T00:00").is_empty());
    assert_eq!(starts("2026-12-17T00:00", "2026-12-18T00:00"), ["2026-12-17T10:00"]);
    // What goes on after midnight is on the next day too.
    assert_eq!(starts("2026-12-16T00:00", "2026-12-17T00:00"), ["2026-12-15T23:30"]);
    assert!(starts("2026-11-01T00:00", "2026-12-01T00:00").is_empty());
}

#[test]
fn a_time_elsewhere_is_on_the_map_where_the_community_knows_the_place() {
    let here = Point::new(52_530_000, 5_120_000);
    let there = Point::new(52_531_000, 5_121_000);
    let (corner, other) = (Point::new(52_500_000, 5_100_000), Point::new(52_600_000, 5_200_000));
    let map = CommunityMap {
        picture: String::new(),
        south_west: corner.expect("a point"),
        north_east: other.expect("a point"),
        places: vec![KnownPlace {
            slug: "klomp".into(),
            name: "De Klomp".into(),
            address: "Dorpsstraat 1".into(),
            point: there.expect("a point"),
        }],
    };
    for (place, point) in [
        ("", here),
        ("De Klomp, Dorpsstraat 1", there),
        ("de klomp", there),
        ("De Klomp, zaal 2", there),
        ("De Klompen", None),
        ("Bij de buren", None),
    ] {
        let name = "2026-12-08T23:30";
        let elsewhere = OccurrenceChange { place: place.into(), ..change(name, name, false) };
        let activity = ActivitySummary { point: here, ..weekly(vec![elsewhere]) };
        let times = expanded(vec![activity], at("2026-12-08T00:00"), at("2026-12-09T00:00"), Some(&map));
        assert_eq!(times.first().map(|one| one.point), Some(point), "{place}");
    }
}

#[test]
fn what_is_particular_stays_on_its_day_when_the_hour_changes() {
    let from = series_of(&weekly(Vec::new()).series).expect("a series");
    let to = Series { start: at("2026-12-01T10:00"), minutes: 90, ..from.clone() };
    let changes = [
        change("2026-12-08T23:30", "2026-12-08T23:30", true),
        change("2026-12-15T23:30", "2026-12-16T09:00", false),
    ];
    let carried = carried(&changes, &from, &to);
    let names: Vec<(&str, &str, u32)> = carried
        .iter()
        .map(|one| (one.change.instead_of.as_str(), one.change.start.as_str(), one.change.minutes))
        .collect();
    assert_eq!(
        names,
        [("2026-12-08T10:00", "2026-12-08T10:00", 90), ("2026-12-15T10:00", "2026-12-16T09:00", 60)]
    );
    // On another day of the week nothing of it is left.
    let other = Series { start: at("2026-12-02T10:00"), ..to.clone() };
    assert!(super::timing::carried(&changes, &from, &other).is_empty());
}
