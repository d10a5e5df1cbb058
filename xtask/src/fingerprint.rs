//! Whether something was made already from exactly these inputs.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use crate::Outcome;

/// A short text that changes with the content or the name of any of the files.
pub fn of(inputs: &[PathBuf]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        add(&mut hasher, input, Path::new(""))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// A short text that changes with the text.
pub fn of_text(text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    format!("{:016x}", hasher.finish())
}

fn add(hasher: &mut DefaultHasher, path: &Path, name: &Path) -> Outcome<()> {
    let unreadable = |e: std::io::Error| format!("{} cannot be read: {e}.", path.display());
    hasher.write(name.as_os_str().as_encoded_bytes());
    if path.is_dir() {
        let mut entries =
            std::fs::read_dir(path).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            add(hasher, &entry.path(), &name.join(entry.file_name()))?;
        }
    } else if path.exists() {
        let content = std::fs::read(path).map_err(unreadable)?;
        hasher.write_usize(content.len());
        hasher.write(&content);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_and_names_both_matter_and_time_does_not() {
        let folder = std::env::temp_dir().join(format!("noaber-fingerprint-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a")).expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
        let now = || of(std::slice::from_ref(&folder)).expect("readable");
        write("a/x.css", "een");
        let first = now();
        write("a/x.css", "een");
        assert_eq!(now(), first);
        write("a/x.css", "twee");
        assert_ne!(now(), first);
        write("a/x.css", "een");
        std::fs::rename(folder.join("a/x.css"), folder.join("a/y.css")).expect("moved");
        assert_ne!(now(), first);
        std::fs::remove_dir_all(folder).expect("cleared");
    }
}
