//! Every rule of `oracle/rules.txt` gives the times that python-dateutil gives (`oracle/make.py`).

use calendar::{Rule, Series, series, zone};

fn local(text: &str) -> calendar::Local {
    calendar::local(text).expect("the file is made by our own script")
}

#[test]
fn the_times_of_hundreds_of_rules_are_those_of_another_program() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for line in include_str!("oracle/rules.txt").lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('|').collect();
        let [first, rule, from, to, times] = parts.as_slice() else { panic!("{line}") };
        let moments = first.starts_with('Z');
        let first = local(first.trim_start_matches('Z'));
        let parsed: Rule = rule.parse().unwrap_or_else(|error| panic!("{rule}: {error}"));
        // Whatever is read is written so that it is read as the same.
        assert_eq!(parsed.to_string().parse(), Ok(parsed.clone()), "{rule}");
        let found = Series::repeating(first, 60, parsed).between(local(from), local(to));
        let found: Vec<String> = found
            .into_iter()
            .map(|at| {
                if moments {
                    let text = zone::utc_text(series::moments(at, 60).0);
                    format!("{}Z", text.get(..13).unwrap_or_default())
                } else {
                    at.format("%Y%m%dT%H%M").to_string()
                }
            })
            .collect();
        if found.join(" ") != *times {
            wrong.push(format!("{line}\n    found {}", found.join(" ")));
        }
        read += 1;
    }
    assert!(read > 500, "{read}");
    assert!(wrong.is_empty(), "{} of {read}:\n{}", wrong.len(), wrong.join("\n"));
}
