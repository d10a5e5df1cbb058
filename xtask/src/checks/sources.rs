//! Rules about what may stand in which source file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{files, has_extension, text, verdict};
use crate::Outcome;
use crate::place::Place;

/// In Leptos 0.8 the server does not escape what stands in a text area; this file does.
const TEXT_AREA: &str = "app/src/ui/text_area.rs";

/// Elsewhere server and browser compile the same code, and so show the same page. What server
/// functions import may be for the server only anywhere: their bodies are.
const SERVER_ONLY: [&str; 19] = [
    "app/src/comments/live.rs",
    "app/src/comments/mod.rs",
    // The browser makes every conversation itself.
    "app/src/comments/shared.rs",
    "app/src/context.rs",
    "app/src/error.rs",
    "app/src/forms.rs",
    "app/src/info/style_page.rs",
    "app/src/lib.rs",
    "app/src/members/mod.rs",
    "app/src/posts/mod.rs",
    "app/src/posts/photos/mod.rs",
    "app/src/routes.rs",
    "app/src/site.rs",
    "app/src/texts.rs",
    "app/src/ui/kept.rs",
    // The server shows each answer once, and the browser follows it.
    "app/src/ui/load.rs",
    "app/src/ui/time.rs",
    // On the server a page shares what it reads with others.
    "app/src/wire.rs",
    TEXT_AREA,
];

pub fn text_areas(place: &Place) -> Outcome<()> {
    each_source(place, &["app", "frontend", "server"], |file, text| {
        if file == Path::new(TEXT_AREA) || in_tests(file) {
            Vec::new()
        } else {
            text_area_complaints(file, text)
        }
    })
}

fn text_area_complaints(file: &Path, text: &str) -> Vec<String> {
    lines_of_code(text)
        .filter(|(_, line)| line.contains("<textarea") || line.contains("html::textarea"))
        .map(|(number, _)| {
            format!(
                "{}:{number} writes a text area element: use ui::TextArea, which escapes.",
                file.display()
            )
        })
        .collect()
}

pub fn server_only(place: &Place) -> Outcome<()> {
    each_source(place, &["app", "domain", "frontend"], |file, text| {
        if SERVER_ONLY.iter().any(|allowed| file == Path::new(allowed)) {
            Vec::new()
        } else {
            server_only_complaints(file, text)
        }
    })
}

fn server_only_complaints(file: &Path, text: &str) -> Vec<String> {
    let lines: Vec<(usize, &str)> = lines_of_code(text).collect();
    let imports =
        |index: usize| lines.get(index + 1).is_some_and(|(_, line)| line.trim_start().starts_with("use "));
    lines
        .iter()
        .enumerate()
        .filter(|(index, (_, line))| line.contains("feature = \"ssr\"") && !imports(*index))
        .map(|(_, (number, _))| {
            format!(
                "{}:{number} is compiled for the server only. Put it in one of the files of xtask/src/checks/sources.rs, \
                 or add this one there with a reason.",
                file.display()
            )
        })
        .collect()
}

pub fn database(place: &Place) -> Outcome<()> {
    let mut complaints = Vec::new();
    for file in files(place)? {
        let manifest = file.file_name().is_some_and(|name| name == "Cargo.toml");
        if manifest && file != Path::new("Cargo.toml") && file != Path::new("store/Cargo.toml") {
            complaints.extend(database_complaint(&file, &text(place, &file).unwrap_or_default()));
        }
    }
    verdict(&complaints)
}

fn database_complaint(file: &Path, manifest: &str) -> Option<String> {
    let names =
        |line: &str| line.split(['.', '=', ' ']).next().is_some_and(|name| name.trim_matches('"') == "sqlx");
    manifest.lines().any(names).then(|| format!("{} names sqlx: only the store may.", file.display()))
}

/// A migration for one database only would let the two grow apart.
pub fn migrations(place: &Place) -> Outcome<()> {
    let names = |database: &str| -> Outcome<BTreeSet<String>> {
        let folder = place.root.join("store/migrations").join(database);
        let entries =
            std::fs::read_dir(&folder).map_err(|e| format!("{} cannot be read: {e}.", folder.display()))?;
        Ok(entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
    };
    let (sqlite, postgres) = (names("sqlite")?, names("postgres")?);
    let complaints: Vec<String> = sqlite
        .symmetric_difference(&postgres)
        .map(|name| format!("store/migrations: {name} exists for one of the two databases only."))
        .collect();
    verdict(&complaints)
}

fn each_source(place: &Place, folders: &[&str], look: impl Fn(&Path, &str) -> Vec<String>) -> Outcome<()> {
    let wanted =
        |file: &PathBuf| has_extension(file, "rs") && folders.iter().any(|folder| file.starts_with(folder));
    let mut complaints = Vec::new();
    for file in files(place)?.into_iter().filter(wanted) {
        complaints.extend(look(&file, &text(place, &file).unwrap_or_default()));
    }
    verdict(&complaints)
}

fn in_tests(file: &Path) -> bool {
    file.components().any(|part| part.as_os_str() == "tests")
        || file.file_name().is_some_and(|name| name == "tests.rs")
}

/// Numbered lines without the comments, up to the tests at the end of a file.
fn lines_of_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.lines().position(|line| {
        let line = line.trim_start();
        line.starts_with("#[cfg(test)]") || line.starts_with("#[cfg(all(test")
    });
    text.lines()
        .take(end.unwrap_or(usize::MAX))
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_area_in_a_view_is_found_and_one_in_a_comment_is_not() {
        let text = "// a <textarea> is dangerous\nview! { <p/> }\nview! { <textarea name=\"a\"/> }\n";
        let found = text_area_complaints(Path::new("app/src/a.rs"), text);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("app/src/a.rs:3 "));
    }

    #[test]
    fn a_test_may_name_a_text_area() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests { const T: &str = \"</textarea><textarea\"; }\n";
        assert!(text_area_complaints(Path::new("app/src/a.rs"), text).is_empty());
    }

    #[test]
    fn code_for_the_server_only_is_found() {
        let text =
            "#[cfg(feature = \"ssr\")]\nfn a() {}\n#[cfg(all(test, feature = \"ssr\"))]\nmod tests {}\n";
        assert_eq!(server_only_complaints(Path::new("app/src/a.rs"), text).len(), 1);
    }

    #[test]
    fn imports_of_server_functions_are_fine() {
        let text = "#[cfg(feature = \"ssr\")]\nuse {service::posts, crate::context::request};\n";
        assert!(server_only_complaints(Path::new("app/src/a.rs"), text).is_empty());
    }

    #[test]
    fn sqlx_is_found_in_each_way_of_writing_a_dependency() {
        let file = Path::new("service/Cargo.toml");
        for manifest in ["sqlx.workspace = true", "sqlx = \"0.9\"", "sqlx= { version = \"0.9\" }"] {
            assert!(database_complaint(file, manifest).is_some(), "{manifest}");
        }
        assert!(database_complaint(file, "store.workspace = true\n# not sqlx").is_none());
    }
}
