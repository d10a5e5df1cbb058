//! The figures, with what was promised beside them.

use std::fmt::Write as _;

use super::load::Load;
use crate::Outcome;
use crate::json::quoted;

const FIRST_VISIT: f64 = 350_000.0;

#[derive(Debug, Default)]
pub struct Results {
    rows: Vec<Row>,
    bytes: u64,
}

#[derive(Debug)]
struct Row {
    name: String,
    value: f64,
    unit: &'static str,
    promise: Option<Promise>,
}

#[derive(Debug, Clone, Copy)]
enum Promise {
    AtLeast(f64),
    AtMost(f64),
}

impl Row {
    fn holds(&self) -> bool {
        match self.promise {
            Some(Promise::AtLeast(least)) => self.value >= least,
            Some(Promise::AtMost(most)) => self.value <= most,
            None => true,
        }
    }
}

impl Results {
    pub fn figure(&mut self, name: &str, value: f64, unit: &'static str) {
        self.rows.push(Row { name: name.to_owned(), value, unit, promise: None });
    }

    pub fn at_least(&mut self, name: &str, value: f64, least: f64, unit: &'static str) {
        self.rows.push(Row { name: name.to_owned(), value, unit, promise: Some(Promise::AtLeast(least)) });
    }

    pub fn at_most(&mut self, name: &str, value: f64, most: f64, unit: &'static str) {
        self.rows.push(Row { name: name.to_owned(), value, unit, promise: Some(Promise::AtMost(most)) });
    }

    pub fn load(&mut self, name: &str, load: &Load) {
        self.figure(name, load.rate, "requests/s");
        self.figure(&format!("{name}, p50"), load.p50, "ms");
        self.figure(&format!("{name}, p99"), load.p99, "ms");
    }

    pub fn bytes(&mut self, kind: &str, bytes: u64) {
        self.bytes += bytes;
        self.figure(&format!("first visit: {kind}"), as_number(bytes), "bytes");
    }

    pub fn first_visit(&mut self) {
        self.at_most("first visit: everything", as_number(self.bytes), FIRST_VISIT, "bytes");
    }

    pub fn all_hold(&self) -> bool {
        self.rows.iter().all(Row::holds)
    }

    pub fn table(&self) -> String {
        let mut text = format!("{:<58}{:>12} {:<12}{}\n", "figure", "value", "", "promised");
        for row in &self.rows {
            let promise = match row.promise {
                None => String::new(),
                Some(Promise::AtLeast(least)) => format!("at least {}", short(least)),
                Some(Promise::AtMost(most)) => format!("at most {}", short(most)),
            };
            let verdict = if row.holds() { "" } else { "  NOT KEPT" };
            let _ =
                writeln!(text, "{:<58}{:>12} {:<12}{promise}{verdict}", row.name, short(row.value), row.unit);
        }
        text
    }

    pub fn json(&self) -> String {
        let rows: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let promise = match row.promise {
                    None => String::new(),
                    Some(Promise::AtLeast(least)) => format!(", \"at_least\": {least}"),
                    Some(Promise::AtMost(most)) => format!(", \"at_most\": {most}"),
                };
                let (name, unit) = (quoted(&row.name), quoted(row.unit));
                format!(
                    "  {{\"name\": {name}, \"value\": {:.3}, \"unit\": {unit}{promise}, \"kept\": {}}}",
                    row.value,
                    row.holds()
                )
            })
            .collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }
}

/// The time that so many of a hundred do not exceed.
pub fn percentile(times: &mut [f64], of_a_hundred: usize) -> Outcome<f64> {
    times.sort_by(f64::total_cmp);
    let beyond = times.len() * (100 - of_a_hundred.min(100)) / 100;
    times.get(times.len().saturating_sub(1 + beyond)).copied().ok_or_else(|| "Nothing was asked.".to_owned())
}

fn as_number(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX))
}

fn short(value: f64) -> String {
    match value {
        100.0.. => format!("{value:.0}"),
        1.0.. => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;

    #[test]
    fn a_promise_that_is_not_kept_is_said() {
        let mut results = Results::default();
        results.at_least("fast", 900.0, 1000.0, "per s");
        results.at_most("small", 5.0, 6.0, "");
        assert!(!results.all_hold());
        assert_eq!(results.table().matches("NOT KEPT").count(), 1);
        let json = Json::parse(&results.json()).expect("json");
        assert_eq!(json.items()[0].get("kept"), Some(&Json::Flag(false)));
        assert_eq!(json.items()[1].get("at_most"), Some(&Json::Number(6.0)));
    }

    #[test]
    fn all_but_one_in_a_hundred_are_no_slower() {
        let mut times: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert!((percentile(&mut times, 99).expect("a time") - 198.0).abs() < f64::EPSILON);
        assert!((percentile(&mut times, 50).expect("a time") - 100.0).abs() < f64::EPSILON);
        assert!(percentile(&mut [], 99).is_err());
    }

    #[test]
    fn the_parts_of_a_first_visit_are_added_up() {
        let mut results = Results::default();
        results.bytes("HTML", 10_000);
        results.bytes("WASM", 340_001);
        results.first_visit();
        assert!(!results.all_hold());
    }
}
