//! Rules and series: what is refused, what is particular, and what holds of all of them.

#![expect(clippy::unwrap_used, reason = "tests")]

use calendar::holidays::{self, Holiday};
use calendar::{ByDay, End, Frequency, Local, NotARule, Rule, Series, words};
use chrono::{NaiveDate, TimeDelta, Weekday};
use domain::locale::Locale;
use proptest::prelude::*;

fn at(text: &str) -> Local {
    calendar::local(text).unwrap()
}

fn rule(text: &str) -> Rule {
    text.parse().unwrap()
}

fn weekly() -> Series {
    Series::repeating(at("2026-12-01T10:00"), 120, rule("FREQ=WEEKLY"))
}

#[test]
fn what_is_no_rule_is_refused_with_the_reason() {
    for (text, why) in [
        ("", NotARule::Malformed),
        ("FREQ=OFTEN", NotARule::Malformed),
        ("FREQ=HOURLY", NotARule::TooOften),
        ("FREQ=DAILY;BYHOUR=1,2,3", NotARule::TooOften),
        ("FREQ=DAILY;INTERVAL=0", NotARule::Malformed),
        ("FREQ=DAILY;INTERVAL=100000", NotARule::Malformed),
        ("FREQ=DAILY;COUNT=99999999999", NotARule::Malformed),
        ("FREQ=DAILY;COUNT=-1", NotARule::Malformed),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101", NotARule::Malformed),
        ("FREQ=DAILY;UNTIL=99990101", NotARule::Malformed),
        ("FREQ=DAILY;FREQ=DAILY", NotARule::Malformed),
        ("FREQ=WEEKLY;BYDAY=2TU", NotARule::NotTogether),
        ("FREQ=WEEKLY;BYMONTHDAY=3", NotARule::NotTogether),
        ("FREQ=MONTHLY;BYWEEKNO=3", NotARule::NotTogether),
        ("FREQ=MONTHLY;BYSETPOS=1", NotARule::NotTogether),
        ("FREQ=MONTHLY;BYMONTHDAY=32", NotARule::Malformed),
        ("FREQ=MONTHLY;BYDAY=é", NotARule::Malformed),
        ("FREQ=DAILY;X-SECRET=1", NotARule::Malformed),
    ] {
        assert_eq!(text.parse::<Rule>(), Err(why), "{text}");
    }
    let long = format!("FREQ=YEARLY;BYYEARDAY={}", vec!["1"; 1_000].join(","));
    assert_eq!(long.parse::<Rule>(), Err(NotARule::TooLong));
}

#[test]
fn a_rule_that_never_holds_ends_by_itself() {
    let never = Series::repeating(at("2026-01-01T10:00"), 60, rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"));
    assert_eq!(never.next(at("2026-01-01T00:00"), 10), []);
    assert_eq!(never.bounds(), None);
    assert_eq!(never.on_its_rule(), None);
}

#[test]
fn exceptions_are_left_out_and_extra_times_are_put_in() {
    let mut series = weekly();
    series.exceptions.insert(at("2026-12-08T10:00"));
    series.extra.insert(at("2026-12-09T14:00"));
    // An extra time that the rule has too is one time.
    series.extra.insert(at("2026-12-15T10:00"));
    let times: Vec<String> =
        series.next(at("2026-12-01T00:00"), 4).into_iter().map(calendar::local_text).collect();
    assert_eq!(times, ["2026-12-01T10:00", "2026-12-09T14:00", "2026-12-15T10:00", "2026-12-22T10:00"]);
    assert!(!series.has(at("2026-12-08T10:00")));
    assert!(series.has(at("2026-12-09T14:00")));
    assert!(!series.has(at("2026-12-09T14:01")));
}

#[test]
fn a_count_counts_what_is_left_out() {
    // RFC 5545, 3.8.5.1: the exception takes a time away, the count is of the rule.
    let mut series = Series::repeating(at("2026-12-01T10:00"), 0, rule("FREQ=DAILY;COUNT=3"));
    series.exceptions.insert(at("2026-12-02T10:00"));
    assert_eq!(series.next(at("2026-01-01T00:00"), 10).len(), 2);
    assert_eq!(series.bounds(), Some((at("2026-12-01T10:00"), Some(at("2026-12-03T10:00")))));
}

#[test]
fn a_series_can_be_cut_in_two_and_nothing_is_lost() {
    for text in [
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=20",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=20;BYDAY=TU,TH",
        "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20281231",
    ] {
        let mut whole = Series::repeating(at("2026-12-01T10:00"), 60, rule(text));
        whole.extra.insert(at("2027-01-01T12:00"));
        let all = whole.next(at("2026-01-01T00:00"), 30);
        for cut in all.iter().skip(1).take(8) {
            let (before, after) = (whole.before(*cut).unwrap(), whole.from(*cut));
            let mut both = before.next(at("2026-01-01T00:00"), 30);
            both.extend(after.next(at("2026-01-01T00:00"), 30));
            both.truncate(all.len());
            assert_eq!(both, all, "{text} at {cut}");
        }
        assert_eq!(whole.before(*all.first().unwrap()), None);
    }
}

#[test]
fn a_series_begins_on_a_day_of_its_rule() {
    // Typed on a Thursday, and every Tuesday.
    let typed = Series::repeating(at("2026-11-26T10:00"), 60, rule("FREQ=WEEKLY;BYDAY=TU;COUNT=2"));
    let series = typed.on_its_rule().unwrap();
    assert_eq!(series.start, at("2026-12-01T10:00"));
    assert_eq!(series.bounds(), Some((at("2026-12-01T10:00"), Some(at("2026-12-08T10:00")))));
}

/// What python-dateutil has its own way with (`oracle/make.py`): weeks are those of ISO 8601, and positions count in
/// whole weeks.
#[test]
fn there_is_a_week_53_only_in_years_that_have_one() {
    let weeks = Series::repeating(at("2020-12-28T10:00"), 60, rule("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA"));
    let days: Vec<String> =
        weeks.next(at("2020-01-01T00:00"), 3).into_iter().map(calendar::local_text).collect();
    assert_eq!(days, ["2021-01-02T10:00", "2027-01-02T10:00", "2033-01-01T10:00"]);
    let second = Series::repeating(at("2020-05-16T10:00"), 60, rule("FREQ=WEEKLY;BYDAY=SA,TH;BYSETPOS=2"));
    assert_eq!(second.next(at("2020-01-01T00:00"), 1), [at("2020-05-16T10:00")]);
}

#[test]
fn people_read_a_rule_in_their_own_words() {
    let start = at("2026-12-01T10:00");
    for (text, nl, en, de) in [
        ("FREQ=DAILY", "elke dag", "every day", "jeden Tag"),
        ("FREQ=WEEKLY", "elke dinsdag", "every Tuesday", "jeden Dienstag"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,TU",
            "om de week op dinsdag en donderdag",
            "every other week on Tuesday and Thursday",
            "alle zwei Wochen am Dienstag und Donnerstag",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "elke werkdag", "every working day", "jeden Werktag"),
        (
            "FREQ=MONTHLY;BYDAY=2TU",
            "elke tweede dinsdag van de maand",
            "every second Tuesday of the month",
            "am zweiten Dienstag jedes Monats",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1SA",
            "elke laatste zaterdag van de maand",
            "every last Saturday of the month",
            "am letzten Samstag jedes Monats",
        ),
        ("FREQ=MONTHLY", "elke maand op dag 1", "every month on day 1", "jeden Monat am 1. Tag"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "elke laatste werkdag van de maand",
            "every last working day of the month",
            "am letzten Werktag jedes Monats",
        ),
        ("FREQ=YEARLY", "elk jaar op 1 december", "every year on 1 December", "jedes Jahr am 1. Dezember"),
        (
            "FREQ=YEARLY;BYMONTH=5;BYDAY=4SA",
            "elk jaar op de vierde zaterdag van mei",
            "every year on the fourth Saturday of May",
            "jedes Jahr am vierten Samstag im Mai",
        ),
        (
            "FREQ=YEARLY;BYYEARDAY=100",
            "in een eigen ritme",
            "in a rhythm of its own",
            "in einem eigenen Rhythmus",
        ),
    ] {
        for (locale, said) in [(Locale::Nl, nl), (Locale::En, en), (Locale::De, de)] {
            assert_eq!(words::days(&rule(text), start, locale), said, "{text}");
        }
    }
    let until = Series::repeating(start, 120, rule("FREQ=WEEKLY;UNTIL=20270503"));
    assert_eq!(
        words::series(&until, Locale::Nl).unwrap(),
        "elke dinsdag van 10.00 tot 12.00 uur, tot en met 3 mei 2027"
    );
    assert_eq!(words::series(&Series::once(start, 60), Locale::Nl), None);
}

#[test]
fn holidays_are_where_they_are() {
    let on = |y, m, d| holidays::on(NaiveDate::from_ymd_opt(y, m, d).unwrap());
    assert_eq!(on(2026, 4, 5), Some(Holiday::Easter));
    assert_eq!(on(2026, 4, 3), Some(Holiday::GoodFriday));
    assert_eq!(on(2026, 4, 6), Some(Holiday::EasterMonday));
    assert_eq!(on(2026, 5, 14), Some(Holiday::Ascension));
    assert_eq!(on(2026, 5, 24), Some(Holiday::Pentecost));
    assert_eq!(on(2026, 5, 25), Some(Holiday::PentecostMonday));
    assert_eq!(on(2024, 3, 31), Some(Holiday::Easter));
    assert_eq!(on(2038, 4, 25), Some(Holiday::Easter));
    assert_eq!(on(2026, 4, 27), Some(Holiday::KingsDay));
    // On a Sunday it is the day before.
    assert_eq!(on(2031, 4, 26), Some(Holiday::KingsDay));
    assert_eq!(on(2031, 4, 27), None);
    assert_eq!(on(2026, 12, 26), Some(Holiday::SecondChristmas));
    assert_eq!(on(2026, 12, 27), None);
}

fn some_rule() -> impl Strategy<Value = Rule> {
    let frequency = prop::sample::select(Frequency::ALL.to_vec());
    let end = prop_oneof![
        Just(End::Never),
        (1_u16..80).prop_map(End::Count),
        (0_i64..8_000).prop_map(|days| End::Until(at("2020-01-01T10:00") + TimeDelta::days(days))),
    ];
    let days = prop::collection::vec((0_u8..7, -5_i8..=5), 0..4);
    (frequency, 1_u16..6, end, days).prop_map(|(frequency, interval, end, days)| {
        let numbered = matches!(frequency, Frequency::Monthly | Frequency::Yearly);
        let days: Vec<ByDay> = days
            .into_iter()
            .map(|(day, nth)| ByDay {
                nth: if numbered { nth } else { 0 },
                day: Weekday::try_from(day).unwrap(),
            })
            .collect();
        Rule::every(frequency, interval).on(&days).unwrap().ending(end)
    })
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "\\PC{0,60}") {
        let _ = text.parse::<Rule>();
        let _ = calendar::local(&text);
    }

    #[test]
    fn what_is_written_is_read_as_the_same(rule in some_rule()) {
        let text = rule.to_string();
        let read: Rule = text.parse().unwrap();
        prop_assert_eq!(read.to_string(), text);
    }

    /// Windows beside each other have together what one window over both has: nothing is lost where they meet.
    #[test]
    fn a_window_is_the_sum_of_its_parts(rule in some_rule(), skip in 0_i64..6_000, cut in 0_i64..400) {
        let series = Series::repeating(at("2020-02-29T10:00"), 60, rule);
        let from = at("2020-01-01T10:00") + TimeDelta::days(skip);
        let (middle, to) = (from + TimeDelta::days(cut), from + TimeDelta::days(400));
        let mut parts = series.between(from, middle);
        parts.extend(series.between(middle, to));
        let whole = series.between(from, to);
        prop_assert!(whole.is_sorted());
        prop_assert_eq!(&parts, &whole);
        // And each of them is found by itself, and as the next one.
        for time in &whole {
            prop_assert!(series.has(*time));
            prop_assert_eq!(series.next(*time, 1), vec![*time]);
        }
    }

    #[test]
    fn words_are_there_for_every_rule(rule in some_rule()) {
        for locale in Locale::ALL {
            prop_assert!(!words::days(&rule, at("2020-02-29T10:00"), locale).is_empty());
        }
    }
}
