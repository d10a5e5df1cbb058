//! What is written is read back by somebody else's parser.

#![expect(clippy::unwrap_used, reason = "tests")]

use calendar::ics::{Calendar, Event, Guest, Method, Other};
use calendar::{Local, Series};
use domain::clock::Timestamp;
use domain::geo::Point;
use icalendar::parser::{read_calendar, unfold};
use proptest::prelude::*;

fn at(text: &str) -> Local {
    calendar::local(text).unwrap()
}

fn event<'a>(series: &'a Series, text: &'a str, others: &'a [Other]) -> Event<'a> {
    Event {
        uid: "0190@hallorietvoorde.example",
        changed: Timestamp(1_790_000_000_000),
        sequence: 3,
        summary: text,
        description: text,
        location: "Buurthuis De Linde, Lindeplein 1",
        point: Point::new(52_530_100, 6_120_000),
        url: "https://hallorietvoorde.example/activiteiten/0190",
        categories: &[],
        cancelled: false,
        series,
        others,
        guest: None,
    }
}

#[test]
fn another_parser_reads_the_series_with_its_rule_and_what_is_particular() {
    let mut series = Series::repeating(at("2026-12-01T10:00"), 120, "FREQ=WEEKLY".parse().unwrap());
    series.exceptions.insert(at("2026-12-29T10:00"));
    series.extra.insert(at("2026-12-30T14:00"));
    let others = [Other {
        instead_of: at("2026-12-08T10:00"),
        start: at("2026-12-08T11:00"),
        minutes: 60,
        cancelled: true,
        summary: "Koffie".to_owned(),
        description: String::new(),
        location: String::new(),
        point: None,
    }];
    let mut calendar = Calendar::new("Agenda; van, HalloRietvoorde");
    calendar.add(&event(&series, "Koffie, thee; en\\of \"taart\"\nTot dan!", &others));
    let text = calendar.finish();
    assert!(text.lines().all(|line| line.len() <= 75));
    assert!(text.split("\r\n").all(|line| !line.contains('\n') && !line.contains('\r')));

    let unfolded = unfold(&text);
    let read = read_calendar(&unfolded).unwrap();
    let names: Vec<&str> = read.components.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["VTIMEZONE", "VEVENT", "VEVENT"]);
    let of = |index: usize, name: &str| {
        let component = read.components.get(index).unwrap();
        component.find_prop(name).map(|found| found.val.as_str().to_owned())
    };
    assert_eq!(of(1, "DTSTART").unwrap(), "20261201T100000");
    assert_eq!(of(1, "DTEND").unwrap(), "20261201T120000");
    assert_eq!(of(1, "RRULE").unwrap(), "FREQ=WEEKLY");
    assert_eq!(of(1, "EXDATE").unwrap(), "20261229T100000");
    assert_eq!(of(1, "RDATE").unwrap(), "20261230T140000");
    assert_eq!(of(1, "STATUS").unwrap(), "CONFIRMED");
    // It takes the escapes away itself: what was written is what is read.
    assert_eq!(of(1, "SUMMARY").unwrap(), "Koffie, thee; en\\of \"taart\"\nTot dan!");
    assert_eq!(of(1, "GEO").unwrap(), "52.5301;6.12");
    assert_eq!(of(2, "GEO"), None);
    assert_eq!(of(2, "RECURRENCE-ID").unwrap(), "20261208T100000");
    assert_eq!(of(2, "DTSTART").unwrap(), "20261208T110000");
    assert_eq!(of(2, "STATUS").unwrap(), "CANCELLED");
    assert_eq!(of(1, "UID"), of(2, "UID"));
    let zone = read.components.iter().find(|one| one.name == "VEVENT").unwrap();
    let start = zone.find_prop("DTSTART").unwrap();
    assert!(start.params.iter().any(|one| {
        one.key == "TZID" && one.val.as_ref().is_some_and(|val| val.as_str() == "Europe/Amsterdam")
    }));
}

#[test]
fn an_end_stands_in_the_rule_as_a_moment() {
    let rule = "FREQ=WEEKLY;UNTIL=20270701T235900".parse().unwrap();
    let series = Series::repeating(at("2026-12-01T10:00"), 0, rule);
    let mut calendar = Calendar::new("x");
    calendar.add(&event(&series, "x", &[]));
    // Summer time: two hours before.
    assert!(calendar.finish().contains("RRULE:FREQ=WEEKLY;UNTIL=20270701T215900Z\r\n"));
}

proptest! {
    /// TRUST 11: what somebody wrote ends no line and begins no property.
    #[test]
    fn no_text_breaks_out_of_its_line(text in "(\\PC|\r|\n|\u{0}|\u{85}){0,200}") {
        let series = Series::once(at("2026-12-01T10:00"), 60);
        let mut calendar = Calendar::new(&text);
        calendar.add(&event(&series, &text, &[]));
        let written = calendar.finish();
        prop_assert!(written.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        let unfolded = unfold(&written);
        let read = read_calendar(&unfolded).unwrap();
        prop_assert_eq!(read.components.len(), 2);
        prop_assert_eq!(written.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
    }
}

#[test]
fn an_invitation_names_its_guest_and_cannot_be_talked_into_more() {
    let series = Series::once(at("2026-12-01T10:00"), 120);
    let guest = Guest {
        name: "Jan \"de\r\nATTENDEE:mailto:iedereen@example.nl\" Boer; x:y",
        email: "jan@example.nl\r\nX: 1",
        host_name: "HalloRietvoorde",
        host_email: "hallo@rietvoorde.example",
    };
    for (method, status) in [(Method::Request, "CONFIRMED"), (Method::Cancel, "CANCELLED")] {
        let mut calendar = Calendar::invitation(method);
        let cancelled = method == Method::Cancel;
        calendar.add(&Event { guest: Some(&guest), cancelled, ..event(&series, "Soep", &[]) });
        let text = calendar.finish();
        let unfolded = unfold(&text);
        let read = read_calendar(&unfolded).unwrap();
        let asks = read.properties.iter().find(|one| one.name.as_str() == "METHOD").unwrap();
        assert_eq!(asks.val.as_str(), method.name());
        let about = read.components.iter().find(|one| one.name.as_str() == "VEVENT").unwrap();
        let of = |name: &str| about.find_prop(name).unwrap();
        assert_eq!(of("STATUS").val.as_str(), status);
        assert_eq!(of("SEQUENCE").val.as_str(), "3");
        assert_eq!(of("ORGANIZER").val.as_str(), "mailto:hallo@rietvoorde.example");
        assert_eq!(of("ATTENDEE").val.as_str(), "mailto:jan@example.nlX:1");
        assert_eq!(about.properties.iter().filter(|one| one.name.as_str() == "ATTENDEE").count(), 1);
    }
}
