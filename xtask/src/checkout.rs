//! Several clones share what is built of other people's crates, but not of ours.
//!
//! Cargo tells a crate of a workspace by its place within it and takes it as fresh when it is younger than its
//! sources. In a folder that two clones share, the older clone would get what the younger one has built.

use std::fs;
use std::path::{Path, PathBuf};

use crate::place::Place;

/// Which clone has built last.
const MARK: &str = "checkout";
/// Where Cargo keeps, per kind of build, what it knows of each crate.
const KNOWN: &str = ".fingerprint";

/// When another clone built last, Cargo forgets what it knows of our crates, so that it builds them again. Nothing here
/// stands in the way of the work: what cannot be read or removed is left as it is.
pub fn take_over(place: &Place) {
    let here = place.root.to_string_lossy();
    let mark = place.cache.join(MARK);
    if fs::read_to_string(&mark).is_ok_and(|last| last == here) {
        return;
    }
    let crates = crates(&place.root);
    for target in [place.target(), place.browser_target()] {
        for known in folders(&target, 3).into_iter().filter(|folder| folder.ends_with(KNOWN)) {
            for of_crate in folders(&known, 1).into_iter().filter(|folder| is_of(folder, &crates)) {
                let _ = fs::remove_dir_all(of_crate);
            }
        }
    }
    let _ = fs::write(mark, here.as_bytes());
}

/// The crates of the clone are named as their folders.
fn crates(root: &Path) -> Vec<String> {
    folders(root, 1)
        .into_iter()
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned()))
        .collect()
}

/// `server-0123456789abcdef` is of `server`.
fn is_of(folder: &Path, crates: &[String]) -> bool {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.rsplit_once('-').is_some_and(|(of, _)| crates.iter().any(|known| known == of))
}

/// Folders inside, so many steps deep.
fn folders(inside: &Path, deep: u8) -> Vec<PathBuf> {
    let entries = fs::read_dir(inside).into_iter().flatten().flatten();
    let mut found = Vec::new();
    for folder in entries.map(|entry| entry.path()).filter(|path| path.is_dir()) {
        if deep > 1 && !folder.ends_with(KNOWN) {
            found.extend(folders(&folder, deep - 1));
        }
        found.push(folder);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn make(root: &Path, folders: &[&str]) {
        for folder in folders {
            fs::create_dir_all(root.join(folder)).expect("a folder");
        }
    }

    #[test]
    fn another_clone_s_crates_are_forgotten_and_those_of_others_kept() {
        let folder = std::env::temp_dir().join(format!("noaber-checkout-{}", std::process::id()));
        let place = Place { root: folder.join("clone"), cache: folder.join("cache") };
        make(&place.root, &["server", "docs"]);
        fs::write(place.root.join("server/Cargo.toml"), "").expect("a file");
        let known = [
            "target/debug/.fingerprint/server-01",
            "target/release/.fingerprint/server-02",
            "target/release/.fingerprint/server-kit-03",
            "target/release/.fingerprint/serde-04",
            "target-browser/wasm32-unknown-unknown/wasm-release/.fingerprint/server-05",
        ];
        let there = || known.map(|known| place.cache.join(known).is_dir());

        make(&place.cache, &known);
        take_over(&place);
        assert_eq!(there(), [false, false, true, true, false], "nobody knows whose these were");

        make(&place.cache, &known);
        take_over(&place);
        assert_eq!(there(), [true; 5], "the same clone again");

        fs::remove_dir_all(&place.cache).expect("a folder");
        make(&folder, &["cache"]);
        take_over(&place);
        make(&place.cache, &known);
        take_over(&place);
        assert_eq!(there(), [true; 5], "the first clone on this machine, again");

        let other = Place { root: folder.join("other"), ..place.clone() };
        make(&other.root, &["server"]);
        fs::write(other.root.join("server/Cargo.toml"), "").expect("a file");
        take_over(&other);
        assert_eq!(there(), [false, false, true, true, false]);
        let _ = fs::remove_dir_all(folder);
    }
}
