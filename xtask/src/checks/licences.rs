//! Every library may be used in a program under the EUPL.

use super::verdict;
use crate::Outcome;
use crate::json::Json;
use crate::machine;
use crate::place::Place;
use crate::run;

const ALLOWED: [&str; 18] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

pub fn check(place: &Place) -> Outcome<()> {
    let text = run::output(machine::cargo(place).args(["metadata", "--locked", "--format-version", "1"]))?;
    let metadata = Json::parse(&text).map_err(|problem| format!("cargo metadata is no JSON: {problem}."))?;
    let packages = metadata.get("packages").map(Json::items).unwrap_or_default();
    let crates = packages.iter().map(|package| {
        let field = |key| package.get(key).and_then(Json::text).unwrap_or_default().to_owned();
        (field("name"), field("license"))
    });
    let mut found: Vec<String> = crates.filter_map(|(name, licence)| complaint(&name, &licence)).collect();
    for lock in ["end2end/package-lock.json", "xtask/tools/package-lock.json"] {
        let text = std::fs::read_to_string(place.root.join(lock))
            .map_err(|e| format!("{lock} cannot be read: {e}."))?;
        let json = Json::parse(&text).map_err(|problem| format!("{lock} is no JSON: {problem}."))?;
        for (name, package) in json.get("packages").map(Json::entries).unwrap_or_default() {
            let licence = package.get("license").and_then(Json::text).unwrap_or_default();
            found.extend(complaint(name, licence));
        }
    }
    println!("   {} crates", packages.len());
    verdict(&found)
}

fn complaint(name: &str, licence: &str) -> Option<String> {
    if licence.is_empty() {
        return Some(format!("{name} does not say its licence."));
    }
    (!allows(licence)).then(|| {
        format!("{name} is under {licence}, which is not on the list of xtask/src/checks/licences.rs.")
    })
}

/// Whether an SPDX expression can be satisfied with what we allow. `A/B` is the old way of writing `A OR B`.
fn allows(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> bool {
    let mut holds = both(rest);
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        holds |= both(rest);
    }
    holds
}

fn both(rest: &mut &[&str]) -> bool {
    let mut holds = one(rest);
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        holds &= one(rest);
    }
    holds
}

fn one(rest: &mut &[&str]) -> bool {
    match *rest {
        ["(", after @ ..] => {
            *rest = after;
            let holds = either(rest);
            if let [")", after @ ..] = *rest {
                *rest = after;
            }
            holds
        }
        [licence, "WITH", exception, after @ ..] => {
            *rest = after;
            ALLOWED.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, after @ ..] => {
            *rest = after;
            ALLOWED.contains(licence)
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_choice_is_enough_and_all_duties_count() {
        assert!(allows("MIT"));
        assert!(allows("GPL-3.0 OR MIT"));
        assert!(allows("Unlicense/MIT"));
        assert!(allows("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(allows("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!allows("GPL-3.0"));
        assert!(!allows("MIT AND GPL-3.0"));
        assert!(!allows("MIT AND (GPL-3.0 OR LGPL-3.0)"));
        assert!(!allows("GPL-2.0 WITH Classpath-exception-2.0"));
    }

    #[test]
    fn and_binds_before_or() {
        assert!(allows("MIT OR GPL-3.0 AND AGPL-3.0"));
        assert!(!allows("GPL-3.0 AND AGPL-3.0 OR SSPL-1.0"));
    }

    #[test]
    fn nonsense_and_silence_are_refused() {
        assert!(!allows("MIT Apache-2.0"));
        assert!(!allows(""));
        assert!(complaint("x", "").is_some());
    }
}
