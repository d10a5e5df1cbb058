//! No address of a package registry and no folder of somebody's machine may be committed.

use std::path::Path;

use super::{files, text, verdict};
use crate::Outcome;
use crate::place::Place;

/// In two halves, so that this file passes its own check.
const HOSTS: [(&str, &str); 7] = [
    ("registry.", "npmjs.org"),
    ("registry.", "yarnpkg.com"),
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("deb.", "debian.org"),
    ("files.", "pythonhosted.org"),
    ("proxy.", "golang.org"),
];
const FOLDERS: [(&str, &str); 4] = [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/wo", "rk/")];

pub fn check(place: &Place) -> Outcome<()> {
    let mut complaints = Vec::new();
    for file in files(place)? {
        // Cargo's own lock file names its index and nothing else.
        if file != Path::new("Cargo.lock")
            && let Some(text) = text(place, &file)
        {
            complaints.extend(traces(&file, &text));
        }
    }
    verdict(&complaints)
}

fn traces(file: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let host = HOSTS.iter().map(|(a, b)| format!("{a}{b}")).find(|host| line.contains(host.as_str()));
        let folder =
            FOLDERS.iter().map(|(a, b)| format!("{a}{b}")).find(|folder| begins_a_path(line, folder));
        if let Some(trace) = host.or(folder) {
            found.push(format!("{}:{} names {trace}", file.display(), index + 1));
        }
    }
    found
}

/// A folder of a machine stands at the beginning of a path; `pages/home/` is one of ours.
fn begins_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|character| character.is_whitespace() || "\"'`=:([,".contains(character))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        traces(Path::new("a"), line).len()
    }

    #[test]
    fn registries_and_somebodys_folders_are_found() {
        assert_eq!(found(&["\"resolved\": \"https://registry.", "npmjs.org/a\""].concat()), 1);
        assert_eq!(found(&["cd /ro", "ot/noaber"].concat()), 1);
        assert_eq!(found(&["path = \"/ho", "me/kim/noaber\""].concat()), 1);
    }

    #[test]
    fn our_own_folders_and_addresses_are_fine() {
        assert_eq!(found("app/src/pages/home/mod.rs"), 0);
        assert_eq!(found("https://example.org/work/"), 0);
        assert_eq!(found("packages from crates.io and npm"), 0);
    }
}
