//! Calendars as programs of others write them, written by hand after what they publish, and what is wrong with some.

use calendar::read::{EVENTS_MAX, Held, Item, read};
use calendar::{Local, Series};
use domain::clock::Timestamp;
use domain::geo::Point;
use domain::sources::{LeftOut, Trouble};
use proptest::prelude::*;

/// 26 November 2026.
const NOW: Timestamp = Timestamp(1_795_651_200_000);

fn at(text: &str) -> Local {
    calendar::local(text).expect("a time")
}

/// With the line ends that the standard asks for.
fn held(text: &str) -> Held {
    let file = text.replace('\n', "\r\n");
    let held = read(file.as_bytes(), NOW).expect("a calendar");
    // Without them it is the same.
    assert_eq!(read(text.as_bytes(), NOW), Ok(held.clone()));
    held
}

fn item<'a>(held: &'a Held, summary: &str) -> &'a Item {
    held.items.iter().find(|item| item.summary == summary).unwrap_or_else(|| panic!("{summary}: {held:#?}"))
}

fn times(series: &Series, from: &str, most: usize) -> Vec<String> {
    series.next(at(from), most).into_iter().map(calendar::local_text).collect()
}

fn why(held: &Held) -> Vec<(u32, &str, LeftOut)> {
    held.skips.iter().map(|skip| (skip.line, skip.title.as_str(), skip.why)).collect()
}

/// An event around these lines.
fn event(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:een\nSUMMARY:Iets\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n"
    )
}

#[test]
fn google() {
    let held = held(include_str!("outside/google.ics"));
    assert_eq!(why(&held), [(89, "", LeftOut::Private)], "what is private is not even named");
    assert_eq!(held.items.len(), 4);
    let coffee = item(&held, "Koffie-inloop");
    assert_eq!(coffee.series.minutes, 120);
    assert_eq!(
        times(&coffee.series, "2026-12-15T00:00", 3),
        ["2026-12-15T10:00", "2026-12-22T10:00", "2027-01-05T10:00"]
    );
    assert_eq!(coffee.series.bounds(), Some((at("2026-01-06T10:00"), Some(at("2027-06-29T10:00")))));
    assert_eq!(coffee.location, "Dorpshuis De Linde, Kerkstraat 1, Rietvoorde");
    assert!(coffee.description.starts_with("<p>Koffie en thee"), "an alarm has words of its own");
    assert_eq!(coffee.others.len(), 1);
    let other = &coffee.others[0];
    assert_eq!(
        (other.instead_of, other.start, other.minutes),
        (at("2026-12-08T10:00"), at("2026-12-08T14:00"), 90)
    );
    assert_eq!(other.summary, "Koffie-inloop met Sinterklaas");
    // 18.30 of London is half past seven here.
    assert_eq!(item(&held, "Kerstconcert").series, Series::once(at("2026-12-12T19:30"), 150));
    assert_eq!(item(&held, "De Linde is dicht").series, Series::once(at("2026-12-24T00:00"), 3 * 24 * 60));
    // One time of a series that is not there is something by itself.
    let invited = item(&held, "Uitgenodigd voor één keer");
    assert_eq!(invited.series, Series::once(at("2026-12-15T10:00"), 60));
    assert_eq!(invited.uid, "4alleen-deze-keer@google.com 2026-12-15T09:00");
}

#[test]
fn outlook() {
    let held = held(include_str!("outside/outlook.ics"));
    assert_eq!(why(&held), [(68, "Vergadering elders", LeftOut::Zone)]);
    let talk = item(&held, "Bewonersoverleg");
    assert_eq!(
        times(&talk.series, "2027-06-01T00:00", 2),
        ["2027-06-10T20:00", "2027-07-08T20:00"],
        "in summer too at eight"
    );
    assert_eq!(item(&held, "Spreekuur").series, Series::once(at("2026-12-03T09:00"), 120));
    let coach = item(&held, "Inloop energiecoach");
    assert_eq!((coach.series.start, coach.cancelled), (at("2026-12-04T13:00"), true));
}

#[test]
fn icloud() {
    let held = held(include_str!("outside/icloud.ics"));
    assert_eq!(why(&held), []);
    let walk = item(&held, "Zaterdagwandeling");
    assert_eq!(
        times(&walk.series, "2026-12-12T00:00", 3),
        ["2026-12-12T09:30", "2026-12-19T09:30", "2027-01-09T09:30"]
    );
    // Forty, those that are left out among them.
    assert_eq!(walk.series.bounds().expect("times").1, Some(at("2027-06-05T09:30")));
    assert_eq!((walk.geo.as_str(), walk.location.as_str()), ("52.530000;6.120000", "Veerpad 3\nRietvoorde"));
    assert_eq!(walk.url, "https://wandelclub.example/zaterdag");
    assert!(walk.others.len() == 1 && walk.others[0].cancelled);
}

#[test]
fn the_events_calendar_of_wordpress() {
    let held = held(include_str!("outside/events-calendar.ics"));
    assert_eq!(why(&held), []);
    let quiz = item(&held, "Pubquiz &#8220;Weet jij het?&#8221;");
    assert_eq!(quiz.series, Series::once(at("2026-12-05T19:30"), 180));
    assert_eq!(
        quiz.description,
        "Stel een team samen van vier tot zes mensen. Aanmelden kan aan de bar.\n\nKosten: €2,50 per persoon."
    );
    assert_eq!(item(&held, "Kerstmarkt").series, Series::once(at("2026-12-19T00:00"), 24 * 60));
}

#[test]
fn nextcloud() {
    let held = held(include_str!("outside/nextcloud.ics"));
    assert_eq!(why(&held), [(49, "", LeftOut::NotAnEvent)]);
    let garden = item(&held, "Tuinwerkochtend");
    // Clocks in Berlin say what they say here: it stays a rule.
    assert!(garden.series.rule.is_some() && garden.series.is_endless());
    assert_eq!(
        times(&garden.series, "2026-12-01T00:00", 5),
        ["2026-12-05T10:00", "2026-12-19T10:00", "2027-01-02T10:00", "2027-01-16T10:00", "2027-02-06T10:00"]
    );
    // By the clock of London it is an hour later here in summer, and no rule could say so.
    let talk = item(&held, "Online tuinpraat");
    assert!(talk.series.rule.is_none());
    let all = times(&talk.series, "2026-11-01T00:00", 100);
    assert_eq!((all.len(), all[0].as_str()), (22, "2026-12-01T20:00"));
    assert_eq!(
        &all[15..19],
        ["2027-03-16T20:00", "2027-03-23T20:00", "2027-03-30T21:00", "2027-04-06T21:00"]
    );
}

#[test]
fn what_we_write_is_read_as_it_was() {
    let mut series = Series::repeating(
        at("2026-12-01T10:00"),
        90,
        "FREQ=WEEKLY;BYDAY=TU;COUNT=9".parse().expect("a rule"),
    );
    series.exceptions.insert(at("2026-12-15T10:00"));
    series.extra.insert(at("2026-12-18T20:00"));
    let other = calendar::ics::Other {
        instead_of: at("2026-12-08T10:00"),
        start: at("2026-12-09T11:00"),
        minutes: 60,
        cancelled: false,
        summary: "Anders".into(),
        description:
            "Regel één\nregel twee; met, tekens \\ en meer, zodat de regel langer wordt dan hij mag zijn"
                .into(),
        location: "Zaal".into(),
        point: None,
    };
    let mut file = calendar::ics::Calendar::new("Ons");
    file.add(&calendar::ics::Event {
        uid: "een@hier",
        changed: NOW,
        sequence: 3,
        summary: "Koffie & thee",
        description: &other.description,
        location: "Zaal 1",
        point: Point::new(52_530_100, -6_120_000),
        url: "https://hier.example/een",
        categories: &[],
        cancelled: false,
        series: &series,
        others: std::slice::from_ref(&other),
        guest: None,
    });
    let held = read(file.finish().as_bytes(), NOW).expect("a calendar");
    assert_eq!((held.skipped, held.items.len()), (0, 1));
    let item = &held.items[0];
    assert_eq!((&item.series, &item.others[..]), (&series, std::slice::from_ref(&other)));
    assert_eq!((item.uid.as_str(), &item.description), ("een@hier", &other.description));
    assert_eq!(item.geo, "52.5301;-6.12");
}

#[test]
fn one_bad_event_keeps_no_other_out_and_says_what_is_wrong() {
    let start = "DTSTART:20261201T100000";
    for (lines, left_out) in [
        ("DESCRIPTION:zonder begin".to_owned(), LeftOut::NoStart),
        ("DTSTART:20261301T100000".to_owned(), LeftOut::NotAMoment),
        ("DTSTART:morgen".to_owned(), LeftOut::NotAMoment),
        ("DTSTART:99991231T100000".to_owned(), LeftOut::NotAMoment),
        (format!("{start}\nDTEND:20261201T090000"), LeftOut::EndsTooSoon),
        (format!("{start}\nDTEND:20281201T090000"), LeftOut::LastsTooLong),
        (format!("{start}\nDURATION:P9D\nRRULE:FREQ=DAILY"), LeftOut::LastsTooLong),
        (format!("{start}\nDURATION:nooit"), LeftOut::NotAMoment),
        (format!("{start}\nRRULE:FREQ=SOMS"), LeftOut::Rule),
        (format!("{start}\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY"), LeftOut::Rule),
        (format!("{start}\nRRULE:FREQ=SECONDLY"), LeftOut::TooOften),
        (format!("{start}\nRRULE:FREQ=DAILY;BYHOUR=9,10"), LeftOut::TooOften),
        (format!("{start}\nEXDATE:{}", ["20261202T100000"; 1_001].join(",")), LeftOut::TooParticular),
        (format!("{start}\nRDATE:{}", ["20261202T100000"; 401].join(",")), LeftOut::TooParticular),
        (format!("{start}\nEXDATE:20261201T100000"), LeftOut::Never),
        ("DTSTART;TZID=Nergens/Niets:20261201T100000".to_owned(), LeftOut::Zone),
    ] {
        let good = "BEGIN:VEVENT\nUID:goed\nSUMMARY:Goed\nDTSTART:20261201T100000\nEND:VEVENT\nEND:VCALENDAR";
        let text = event(&lines).replace("END:VCALENDAR", good);
        let held = held(&text);
        assert_eq!(why(&held), [(3, "Iets", left_out)], "{lines}");
        assert_eq!(held.items.len(), 1, "{lines}");
    }
    let untitled = event(start).replace("SUMMARY:Iets", "SUMMARY: \u{200b}");
    assert_eq!(held(&untitled).skips[0].why, LeftOut::NoTitle);
}

#[test]
fn what_programs_add_to_a_rule_without_need_is_left_away() {
    for (rule, is) in [
        ("freq=weekly;byday=tu;byhour=10;byminute=0;bysecond=0", "FREQ=WEEKLY;BYDAY=TU"),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z;X-SOMS=1;", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;UNTIL=20261231", "FREQ=WEEKLY;UNTIL=20261231T225900Z"),
    ] {
        let held = held(&event(&format!("DTSTART:20261201T100000\nRRULE:{rule}")));
        assert_eq!(held.items[0].series.rule.as_ref().expect("a rule").to_string(), is);
    }
}

#[test]
fn the_first_time_counts_also_where_the_rule_has_it_not() {
    let held = held(&event("DTSTART:20261202T100000\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3"));
    assert_eq!(
        times(&held.items[0].series, "2026-01-01T00:00", 9),
        ["2026-12-02T10:00", "2026-12-08T10:00", "2026-12-15T10:00"]
    );
}

#[test]
fn of_two_versions_the_newer_counts_and_of_two_equals_one_is_named() {
    let again = |sequence: u32, summary: &str| {
        let more = format!("SEQUENCE:{sequence}\nDTSTART:20261201T100000");
        let one = event(&more).replace("SUMMARY:Iets", &format!("SUMMARY:{summary}"));
        one.split_once("VERSION:2.0\n").expect("a head").1.replace("END:VCALENDAR\n", "")
    };
    let file = |events: &[String]| format!("BEGIN:VCALENDAR\n{}END:VCALENDAR\n", events.concat());
    let newer = held(&file(&[again(1, "Oud"), again(2, "Nieuw")]));
    assert_eq!((newer.items[0].summary.as_str(), newer.skipped), ("Nieuw", 0));
    let twice = held(&file(&[again(1, "Een"), again(1, "Twee")]));
    assert_eq!((twice.items.len(), twice.skips[0].why), (1, LeftOut::Twice));
}

#[test]
fn what_is_no_whole_calendar_is_not_read_at_all() {
    let whole = event("DTSTART:20261201T100000");
    for (text, trouble) in [
        (String::new(), Trouble::NotACalendar),
        ("<!DOCTYPE html>\n<html></html>".into(), Trouble::NotACalendar),
        ("{\"error\":1}".into(), Trouble::NotACalendar),
        ("BEGIN:VCARD\nEND:VCARD".into(), Trouble::NotACalendar),
        (whole.replace("END:VCALENDAR\n", ""), Trouble::CutOff),
        (whole[..whole.len() / 2].into(), Trouble::CutOff),
        (whole.replace("END:VEVENT\n", ""), Trouble::Broken { line: 7 }),
        (whole.replace("BEGIN:VEVENT", "BEGIN:VCALENDAR"), Trouble::Broken { line: 3 }),
        (format!("{whole}BEGIN:VEVENT\nEND:VEVENT\n"), Trouble::Broken { line: 9 }),
        (format!("BEGIN:VCALENDAR\n{}", "BEGIN:X\n".repeat(100_000)), Trouble::Broken { line: 9 }),
        (format!("BEGIN:VCALENDAR\n{}", " x".repeat(2_000_000)), Trouble::TooLarge),
    ] {
        assert_eq!(read(text.as_bytes(), NOW), Err(trouble), "{}", &text[..text.len().min(200)]);
    }
    let one = "BEGIN:VEVENT\nUID:{n}\nSUMMARY:x\nDTSTART:20261201\nEND:VEVENT\n";
    let many = |count: usize| {
        let events = (0..count).map(|n| one.replace("{n}", &n.to_string())).collect::<Vec<_>>().concat();
        format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    };
    assert_eq!(read(many(EVENTS_MAX).as_bytes(), NOW).expect("a calendar").items.len(), EVENTS_MAX);
    assert_eq!(read(many(EVENTS_MAX + 1).as_bytes(), NOW), Err(Trouble::TooMany));
}

/// Each is nearly two million bytes; what is gone through again and again would take hours.
#[test]
fn no_file_keeps_the_server_busy() {
    let start = "DTSTART:20000101T100000";
    for (lines, repeated) in [
        ("", "geen regel\n"),
        ("", "X-A:b\ngeen regel\n"),
        ("", "DESCRIPTION;A=\"\";B=\"\":x\n"),
        ("", "EXDATE:20000102T100000\n"),
        ("DESCRIPTION:x", "\n  y"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "X-A:b\n"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1000", "RDATE:20000102\n"),
    ] {
        let text = event(&format!("{start}\n{lines}\n{}", repeated.repeat(1_900_000 / repeated.len())));
        let held = read(text.as_bytes(), NOW).expect("a calendar");
        assert!(held.skips.len() <= 50, "{repeated}");
    }
    // As many series as there may be, each with a rule that is looked for in vain, and as many changed times.
    let rules =
        ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1000", "FREQ=YEARLY;BYYEARDAY=366;BYDAY=SU;COUNT=1000"];
    for rule in rules {
        let series =
            |n: usize| format!("BEGIN:VEVENT\nUID:{n}\nSUMMARY:x\n{start}\nRRULE:{rule}\nEND:VEVENT\n");
        let all = (0..200).map(series).collect::<Vec<_>>().concat();
        read(format!("BEGIN:VCALENDAR\n{all}END:VCALENDAR\n").as_bytes(), NOW).expect("a calendar");
        let time = |n: usize| {
            format!(
                "BEGIN:VEVENT\nUID:0\nSUMMARY:x\nRECURRENCE-ID:2{:03}0101T100000\n{start}\nEND:VEVENT\n",
                n % 199
            )
        };
        let times = (0..200).map(time).collect::<Vec<_>>().concat();
        read(format!("BEGIN:VCALENDAR\n{}{times}END:VCALENDAR\n", series(0)).as_bytes(), NOW)
            .expect("a calendar");
    }
}

#[test]
fn a_line_that_is_none_is_named_and_the_event_is_read() {
    let text = event("DTSTART:20261201T100000\nDESCRIPTION:eerste regel\nen de tweede zonder inspringen");
    let held = held(&text);
    assert_eq!(why(&held), [(8, "Iets", LeftOut::Line)]);
    assert_eq!(held.items[0].description, "eerste regel");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever comes, there is an answer.
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, NOW);
        let mut file = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:20261201\n".to_vec();
        file.extend_from_slice(&bytes);
        file.extend_from_slice(b"\nEND:VEVENT\nEND:VCALENDAR\n");
        let _ = read(&file, NOW);
    }

    /// Lines of real calendars in any order, with any values.
    #[test]
    fn no_lines_make_it_panic(lines in prop::collection::vec(
        ("(DTSTART|DTEND|DURATION|RRULE|EXDATE|RDATE|RECURRENCE-ID|UID|SEQUENCE|STATUS|CLASS)",
         "(;TZID=(Europe/Berlin|UTC|America/New_York|x)|;VALUE=DATE|)",
         "(20261201T100000Z?|20261201|99991231T000000|19000101|FREQ=(DAILY|YEARLY);(COUNT=[0-9]{1,4}|BYMONTHDAY=3[01]|BYSETPOS=-1;BYDAY=MO)|P[0-9]{1,6}D|PT[0-9]{1,9}M|[0-9T,/]{0,40})"),
        0..12,
    )) {
        let body: String = lines
            .iter()
            .flat_map(|(name, with, value)| [name.as_str(), with, ":", value, "\n"])
            .collect();
        if let Ok(held) = read(event(body.trim_end()).as_bytes(), NOW) {
            // Nothing is lost in silence.
            prop_assert_eq!(held.items.len() + held.skipped as usize, 1);
            for item in &held.items {
                prop_assert!(item.series.bounds().is_some());
                prop_assert!(item.others.iter().all(|other| item.series.has(other.instead_of)));
            }
        }
    }

    /// What is folded anywhere is read as what is not.
    #[test]
    fn folding_changes_nothing(text in "[a-zé€ ,;]{1,80}", width in 1_usize..20) {
        let plain = event(&format!("DTSTART:20261201\nDESCRIPTION:{text}"));
        let bytes: Vec<u8> = plain
            .split_inclusive('\n')
            .flat_map(|line| line.as_bytes().chunks(width).collect::<Vec<_>>().join(&b"\r\n\t"[..]))
            .collect();
        prop_assert_eq!(
            read(&bytes, NOW).map(|held| held.items.into_iter().map(|item| item.description).collect::<Vec<_>>()),
            read(plain.as_bytes(), NOW).map(|held| held.items.into_iter().map(|item| item.description).collect())
        );
    }
}

#[test]
fn whole_days_and_several_days_are_said_as_people_say_them() {
    use calendar::words::hours;
    use domain::locale::Locale;
    for (start, end, nl, de) in [
        ("2026-12-24T00:00", "2026-12-25T00:00", "de hele dag", "ganztägig"),
        (
            "2026-12-24T00:00",
            "2026-12-27T00:00",
            "tot en met zaterdag 26 december",
            "bis Samstag, 26. Dezember",
        ),
        (
            "2026-12-31T20:00",
            "2027-01-02T12:00",
            "om 20.00 uur, tot zaterdag 2 januari 2027 om 12.00 uur",
            "um 20:00 Uhr, bis Samstag, 2. Januar 2027 um 12:00 Uhr",
        ),
        ("2026-12-24T20:00", "2026-12-25T20:00", "van 20.00 tot 20.00 uur", "von 20:00 bis 20:00 Uhr"),
        ("2026-12-24T00:00", "2026-12-24T00:00", "om 00.00 uur", "um 00:00 Uhr"),
    ] {
        assert_eq!(hours(at(start), at(end), Locale::Nl), nl);
        assert_eq!(hours(at(start), at(end), Locale::De), de);
    }
}
