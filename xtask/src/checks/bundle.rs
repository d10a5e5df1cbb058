//! The browser must not carry, nor see, what belongs to the server.

use super::verdict;
use crate::Outcome;
use crate::machine;
use crate::place::Place;
use crate::run;
use crate::wasm;

/// The server's crates, and what is too heavy for a phone on a slow line.
const UNWANTED: [&str; 21] = [
    "ammonia",
    "argon2",
    "axum",
    "calendar",
    "chrono",
    "chrono-tz",
    "hyper",
    "image",
    "lettre",
    "leptos_axum",
    "media",
    "pulldown-cmark",
    "reqwest",
    "rustls",
    "seed",
    "server",
    "service",
    "sqlx",
    "store",
    "tokio",
    "tower-http",
];

pub fn check(place: &Place) -> Outcome<()> {
    let tree = run::output(machine::cargo(place).args([
        "tree",
        "--locked",
        "-p",
        "frontend",
        "--target",
        wasm::TARGET,
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
    ]))?;
    verdict(&complaints(&tree))
}

fn complaints(tree: &str) -> Vec<String> {
    let mut found: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| UNWANTED.contains(name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
        .into_iter()
        .map(|name| {
            format!(
                "The browser's part depends on {name}: cargo tree -p frontend --target {} -i {name}",
                wasm::TARGET
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_of_the_server_is_named_once() {
        let tree = "frontend v0.1.0 (/a)\nleptos v0.8.23\nservice v0.1.0 (/a/service)\nservice v0.1.0 (/a/service) (*)\n";
        let found = complaints(tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("service"));
    }

    #[test]
    fn a_name_that_only_begins_the_same_is_fine() {
        assert!(complaints("tokio-macros v1.0.0\nserver_fn v0.8.0\nregex-lite v0.1.0\n").is_empty());
    }
}
