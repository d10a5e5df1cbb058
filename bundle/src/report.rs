//! What the site weighs, and whether a first visit stays light enough.

use std::fmt::Write as _;

use crate::files::{Entry, Kind};

#[derive(Debug)]
pub struct Summary<'a> {
    entries: &'a [Entry],
    budget: usize,
}

impl<'a> Summary<'a> {
    pub fn of(entries: &'a [Entry], budget_kb: u32) -> Self {
        Self { entries, budget: usize::try_from(budget_kb).unwrap_or(usize::MAX).saturating_mul(1000) }
    }

    /// What a reader who was never here before must fetch, beside the page itself and its pictures.
    pub fn first_visit(&self) -> usize {
        self.entries.iter().filter(|entry| entry.kind != Kind::Other).map(|entry| entry.wire).sum()
    }

    pub fn within_budget(&self) -> bool {
        self.first_visit() <= self.budget
    }

    /// The same for machines; kept in the site, so that a build that was skipped can still be judged.
    pub fn lines(&self) -> String {
        let mut text = format!("budget {}\n", self.budget);
        for entry in self.entries {
            let when = if entry.kind == Kind::Other { "later" } else { "first" };
            let _ = writeln!(text, "{when} {} {} {}", entry.raw, entry.wire, entry.address);
        }
        text
    }

    pub fn table(&self) -> String {
        let mut text = format!("  {:<46}{:>12}{:>12}\n", "file", "bytes", "on the wire");
        for entry in self.entries {
            let mark = if entry.kind == Kind::Other { ' ' } else { '*' };
            let _ = writeln!(text, "{mark} {:<46}{:>12}{:>12}", entry.address, entry.raw, entry.wire);
        }
        let first = self.first_visit();
        let _ = writeln!(
            text,
            "* first visit: {:.1} kB of {} kB{}",
            thousands(first),
            self.budget / 1000,
            if self.within_budget() { "" } else { ": TOO HEAVY" }
        );
        text
    }
}

fn thousands(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: Kind, wire: usize) -> Entry {
        Entry { address: "a".to_owned(), kind, raw: wire * 3, wire }
    }

    #[test]
    fn pictures_do_not_count_for_the_first_visit() {
        let entries = [entry(Kind::Program, 200_000), entry(Kind::Other, 900_000)];
        let summary = Summary::of(&entries, 340);
        assert_eq!(summary.first_visit(), 200_000);
        assert!(summary.within_budget());
    }

    #[test]
    fn the_lines_for_machines_name_what_counts() {
        let entries = [entry(Kind::Style, 10), entry(Kind::Other, 20)];
        assert_eq!(Summary::of(&entries, 1).lines(), "budget 1000\nfirst 30 10 a\nlater 60 20 a\n");
    }

    #[test]
    fn too_heavy_is_said_out_loud() {
        let entries = [entry(Kind::Program, 300_000), entry(Kind::Font, 40_001)];
        let summary = Summary::of(&entries, 340);
        assert!(!summary.within_budget());
        assert!(summary.table().contains("TOO HEAVY"));
    }
}
