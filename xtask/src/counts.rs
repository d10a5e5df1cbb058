//! How many tests passed and failed, read from what the test runners print.

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    pub fn one_passed() -> Self {
        Self { passed: 1, failed: 0 }
    }

    pub fn one_failed() -> Self {
        Self { passed: 0, failed: 1 }
    }

    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// A runner that failed without a failed test (it did not compile, nothing ran) still failed.
    pub fn with_end(self, succeeded: bool) -> Self {
        if succeeded || self.failed > 0 { self } else { self.plus(Self::one_failed()) }
    }
}

/// `Summary [ 1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 1 timed out, 3 skipped`
pub fn of_nextest(output: &str) -> Counts {
    let output = plain(output);
    let Some(line) = output.lines().rev().find(|line| line.trim_start().starts_with("Summary [")) else {
        return Counts::default();
    };
    let after = line.split_once("run:").map_or("", |(_, after)| after);
    let mut counts = Counts::default();
    for part in after.split(',') {
        let mut words = part.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<usize>().ok()) else { continue };
        match words.next() {
            Some("passed") => counts.passed += number,
            Some("failed" | "timed" | "exec") => counts.failed += number,
            _ => {}
        }
    }
    counts
}

/// `test result: ok. 5 passed; 0 failed; 0 ignored; …`, once per test program.
pub fn of_cargo_test(output: &str) -> Counts {
    let output = plain(output);
    let results = output.lines().filter_map(|line| line.trim_start().strip_prefix("test result:"));
    results.fold(Counts::default(), |sum, line| {
        let number = |word: &str| {
            let part = line.split(['.', ';']).map(str::trim).find(|part| part.ends_with(word));
            part.and_then(|part| part.split_whitespace().next())
                .and_then(|text| text.parse().ok())
                .unwrap_or(0)
        };
        sum.plus(Counts { passed: number("passed"), failed: number("failed") })
    })
}

/// Playwright's closing lines: `  12 passed (3.4s)`, `  1 failed`, `  2 flaky`, `  3 did not run`.
pub fn of_playwright(output: &str) -> Counts {
    let output = plain(output);
    let mut counts = Counts::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        let Some(number) = words.next().and_then(|word| word.parse::<usize>().ok()) else { continue };
        match (words.next(), words.next()) {
            (Some("passed"), time) if time.is_none_or(|time| time.starts_with('(')) => {
                counts.passed += number;
            }
            (Some("failed" | "flaky" | "interrupted"), None) | (Some("did"), Some("not")) => {
                counts.failed += number;
            }
            _ => {}
        }
    }
    counts
}

/// Without the colours.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '\u{1b}' {
            for code in rest.by_ref() {
                if code.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_is_read_with_its_colours_and_its_asides() {
        let text = "  Running\n\u{1b}[32m     Summary\u{1b}[0m [   1.204s] 12 tests run: 9 passed (1 slow, 1 leaky), 2 failed, 1 timed out, 3 skipped\n";
        assert_eq!(of_nextest(text), Counts { passed: 9, failed: 3 });
        assert_eq!(of_nextest("error: could not compile"), Counts::default());
        let cut_short = "     Summary [   0.5s] 3/10 tests run: 2 passed, 1 failed, 0 skipped";
        assert_eq!(of_nextest(cut_short), Counts { passed: 2, failed: 1 });
    }

    #[test]
    fn the_programs_of_cargo_test_are_added_up() {
        let text = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured\n\
                    test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured";
        assert_eq!(of_cargo_test(text), Counts { passed: 7, failed: 3 });
    }

    #[test]
    fn playwright_counts_flaky_and_unrun_as_failed() {
        let text = "Running 20 tests using 2 workers\n  1 failed\n    [phone] › a.spec.ts:3:1 › 4 passed things\n  \
                    1 flaky\n  2 did not run\n  3 skipped\n  16 passed (12.3s)";
        assert_eq!(of_playwright(text), Counts { passed: 16, failed: 4 });
    }

    #[test]
    fn a_runner_that_broke_off_is_a_failure() {
        assert_eq!(Counts::default().with_end(false), Counts::one_failed());
        assert_eq!(Counts { passed: 3, failed: 1 }.with_end(false), Counts { passed: 3, failed: 1 });
        assert_eq!(Counts { passed: 3, failed: 0 }.with_end(true), Counts { passed: 3, failed: 0 });
    }
}
