//! For the benchmark: how many milliseconds ten thousand rules take, expanded over one month.

use std::hint::black_box;
use std::time::Instant;

use calendar::Series;

const RULES: [&str; 10] = [
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1SA",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=YEARLY;BYMONTH=9;BYDAY=4SA",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=WEEKLY;BYDAY=SA;UNTIL=20301231",
];

fn main() {
    let at = |text: &str| calendar::local(text).expect("a time");
    let series: Vec<Series> = (0..10_000)
        .map(|number: usize| {
            let start = at(&format!("20{:02}-{:02}-03T10:00", 20 + number % 6, 1 + number % 12));
            Series::repeating(start, 90, RULES[number % RULES.len()].parse().expect("a rule"))
        })
        .collect();
    let (from, to) = (at("2026-12-01T00:00"), at("2027-01-01T00:00"));
    let started = Instant::now();
    let found: usize = series.iter().map(|one| black_box(one.between(from, to)).len()).sum();
    let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
    assert!(found > 10_000, "rules that give nothing are no measure");
    println!("{milliseconds:.1}");
}
