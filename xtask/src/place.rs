//! Where things are: the clone, and the folder outside it where artefacts are kept.

use std::path::{Path, PathBuf};

use crate::Outcome;

#[derive(Debug, Clone)]
pub struct Place {
    /// The clone.
    pub root: PathBuf,
    /// What may be thrown away and made again; shared by all clones of one person.
    pub cache: PathBuf,
}

impl Place {
    pub fn find() -> Outcome<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().ok_or("xtask is not inside a clone")?.to_owned();
        let cache = match std::env::var_os("NOABER_CACHE").filter(|given| !given.is_empty()) {
            Some(given) => {
                std::path::absolute(given).map_err(|e| format!("NOABER_CACHE names no folder: {e}."))?
            }
            None => usual_cache()?,
        };
        std::fs::create_dir_all(&cache).map_err(|e| {
            format!(
                "The folder {} cannot be made ({e}). Say with NOABER_CACHE where artefacts may be kept.",
                cache.display()
            )
        })?;
        Ok(Self { root, cache })
    }

    /// Artefacts for this machine.
    pub fn target(&self) -> PathBuf {
        self.cache.join("target")
    }

    /// Artefacts for the browser. A folder of their own, so that both builds run at the same time.
    pub fn browser_target(&self) -> PathBuf {
        self.cache.join("target-browser")
    }

    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }
}

fn usual_cache() -> Outcome<PathBuf> {
    if let Some(folder) = std::env::var_os("XDG_CACHE_HOME").filter(|given| !given.is_empty()) {
        return Ok(Path::new(&folder).join("noaber"));
    }
    let home = std::env::home_dir()
        .ok_or("Say with NOABER_CACHE where artefacts may be kept: there is no home folder.")?;
    Ok(home.join(".cache/noaber"))
}
