//! Saying what is done, how long it took, and in the end how it went.

use std::time::Instant;

use crate::Outcome;
use crate::counts::Counts;

/// Announces a step and says afterwards how many seconds it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n── {name}");
    let started = Instant::now();
    let result = work();
    let end = if result.is_ok() { "done" } else { "FAILED" };
    println!("   {end} in {:.1} s", started.elapsed().as_secs_f64());
    result
}

/// Everything that was tested, to be printed at the end.
#[derive(Debug)]
pub struct Report {
    started: Instant,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    seconds: f64,
    counts: Counts,
}

impl Report {
    pub fn new() -> Self {
        Self { started: Instant::now(), rows: Vec::new() }
    }

    /// A step that is one test: it holds or it does not.
    pub fn holds<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Option<T> {
        let started = Instant::now();
        let result = step(name, work);
        let counts = if result.is_ok() { Counts::one_passed() } else { Counts::one_failed() };
        self.rows.push(Row { name: name.to_owned(), seconds: started.elapsed().as_secs_f64(), counts });
        result.map_err(|problem| println!("   {problem}")).ok()
    }

    /// A step with tests of its own. One that breaks off counts as one failure.
    pub fn counted(&mut self, name: &str, work: impl FnOnce() -> Outcome<Counts>) {
        let started = Instant::now();
        let counts = step(name, work).unwrap_or_else(|problem| {
            println!("   {problem}");
            Counts::one_failed()
        });
        self.rows.push(Row { name: name.to_owned(), seconds: started.elapsed().as_secs_f64(), counts });
    }

    pub fn total(&self) -> Counts {
        self.rows.iter().fold(Counts::default(), |sum, row| sum.plus(row.counts))
    }

    /// The table, and below it the one line that machines read.
    pub fn finish(self) -> bool {
        println!("\n{:<52}{:>9}{:>8}{:>8}", "step", "seconds", "passed", "failed");
        for row in &self.rows {
            println!("{:<52}{:>9.1}{:>8}{:>8}", row.name, row.seconds, row.counts.passed, row.counts.failed);
        }
        let total = self.total();
        let seconds = self.started.elapsed().as_secs_f64();
        println!("{:<52}{:>9.1}{:>8}{:>8}\n", "in all", seconds, total.passed, total.failed);
        println!("{} passed, {} failed", total.passed, total.failed);
        total.failed == 0 && total.passed > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_counts_and_a_broken_one_is_a_failure() {
        let mut report = Report::new();
        assert_eq!(report.holds("good", || Ok(1)), Some(1));
        assert_eq!(report.holds::<()>("bad", || Err("because".to_owned())), None);
        report.counted("many", || Ok(Counts { passed: 7, failed: 1 }));
        report.counted("broken", || Err("because".to_owned()));
        assert_eq!(report.total(), Counts { passed: 8, failed: 3 });
        assert!(!report.finish());
    }

    #[test]
    fn nothing_tested_is_no_success() {
        assert!(!Report::new().finish());
    }
}
