//! Writing the site: names that change with the content, and compressed copies.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Below this a compressed copy saves nothing: it fits in one packet either way.
const SMALLEST: usize = 512;
const COMPRESSIBLE: [&str; 10] =
    ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Script,
    Program,
    Style,
    /// A font that every Dutch page needs.
    Font,
    /// The icons that every page shows.
    Icons,
    /// Everything else: pictures, fonts for other scripts.
    Other,
}

#[derive(Debug)]
pub struct Entry {
    pub address: String,
    pub kind: Kind,
    pub raw: usize,
    /// What travels: the Brotli copy, or the file itself when it has none.
    pub wire: usize,
}

#[derive(Debug)]
pub struct Site {
    root: PathBuf,
    level: u32,
    hashes: String,
    pub entries: Vec<Entry>,
}

impl Site {
    pub fn new(root: &Path, level: u32) -> Self {
        Self { root: root.to_owned(), level, hashes: String::new(), entries: Vec::new() }
    }

    /// Writes `pkg/NAME.HASH.EXTENSION`, the names under which Leptos looks for its own files.
    pub fn add_hashed(
        &mut self,
        extension: &str,
        name: &str,
        kind: Kind,
        content: &[u8],
    ) -> Result<(), String> {
        let hash = fingerprint(content);
        self.note(extension, &hash);
        let address = format!("pkg/{name}.{hash}.{extension}");
        self.write(&address, kind, content)
    }

    /// Writes a file under its own name, with its fingerprint noted.
    pub fn add_named(&mut self, name: &str, content: &[u8]) -> Result<(), String> {
        self.note(name, &fingerprint(content));
        self.write(name, Kind::Other, content)
    }

    /// Copies a folder as it is. Each file's fingerprint is noted under its path,
    /// so that a page can ask for `/icons.svg?v=FINGERPRINT`.
    pub fn add_public(&mut self, from: &Path, below: &Path) -> Result<(), String> {
        let folder = from.join(below);
        let listed =
            std::fs::read_dir(&folder).map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
        let mut paths = listed
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
        paths.sort();
        for path in paths {
            let Some(name) = path.file_name() else { continue };
            let relative = below.join(name);
            if path.is_dir() {
                self.add_public(from, &relative)?;
                continue;
            }
            let content = std::fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
            let address = relative.to_string_lossy().replace('\\', "/");
            self.note(&address, &fingerprint(&content));
            self.write(&address, public_kind(&address), &content)?;
        }
        Ok(())
    }

    pub fn write_hashes(&self) -> Result<(), String> {
        put(&self.root.join("hash.txt"), self.hashes.as_bytes())
    }

    fn note(&mut self, key: &str, hash: &str) {
        let _ = writeln!(self.hashes, "{key}: {hash}");
    }

    fn write(&mut self, address: &str, kind: Kind, content: &[u8]) -> Result<(), String> {
        let path = self.root.join(address);
        put(&path, content)?;
        let mut wire = content.len();
        if compressible(address) && content.len() >= SMALLEST {
            let small = brotli(content, self.level)?;
            if small.len() < content.len() {
                wire = small.len();
                put(&beside(&path, "br"), &small)?;
                put(&beside(&path, "gz"), &gzip(content, self.level.min(9))?)?;
            }
        }
        self.entries.push(Entry { address: address.to_owned(), kind, raw: content.len(), wire });
        Ok(())
    }
}

pub fn empty_folder(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|e| format!("cannot clear {}: {e}", folder.display()))?;
    }
    std::fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))
}

fn put(path: &Path, content: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    }
    std::fs::write(path, content).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

/// Sixty-four bits: enough to tell versions apart, short enough for an address.
pub fn fingerprint(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn compressible(address: &str) -> bool {
    Path::new(address)
        .extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

fn public_kind(address: &str) -> Kind {
    let name = address.to_ascii_lowercase();
    let font = Path::new(&name).extension().is_some_and(|extension| extension == "woff2");
    let needed = ["-ext", "arabic", "cyrillic", "greek", "vietnamese", "italic", "mono"]
        .iter()
        .all(|script| !name.contains(script));
    match name.as_str() {
        "icons.svg" => Kind::Icons,
        // The one that every page loads.
        "site.js" => Kind::Script,
        _ if font && needed => Kind::Font,
        _ => Kind::Other,
    }
}

fn brotli(content: &[u8], level: u32) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: i32::try_from(level).unwrap_or(11),
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*content, &mut out, &params).map_err(|e| format!("cannot compress: {e}"))?;
    Ok(out)
}

fn gzip(content: &[u8], level: u32) -> Result<Vec<u8>, String> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(|e| format!("cannot compress: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("noaber-files-{}-{name}", std::process::id()));
        empty_folder(&folder).expect("a folder");
        folder
    }

    #[test]
    fn leptos_finds_its_files_by_the_hashes_in_the_list() {
        let root = folder("hashed");
        let mut site = Site::new(&root, 4);
        site.add_hashed("js", "noaber", Kind::Script, b"let a = 1;").expect("written");
        site.write_hashes().expect("written");
        let list = std::fs::read_to_string(root.join("hash.txt")).expect("a list");
        let (key, hash) = list.trim().split_once(": ").expect("a line");
        assert_eq!(key, "js");
        assert!(root.join(format!("pkg/noaber.{hash}.js")).exists());
        std::fs::remove_dir_all(root).expect("cleared");
    }

    #[test]
    fn compressed_copies_hold_the_same_text() {
        let root = folder("copies");
        let text = "Nieuws uit de buurt. ".repeat(200);
        let mut site = Site::new(&root, 9);
        site.write("a.svg", Kind::Other, text.as_bytes()).expect("written");
        let mut back = Vec::new();
        let small = std::fs::read(root.join("a.svg.br")).expect("a copy");
        brotli::BrotliDecompress(&mut small.as_slice(), &mut back).expect("readable");
        assert_eq!(back, text.as_bytes());
        let mut back = String::new();
        let small = std::fs::read(root.join("a.svg.gz")).expect("a copy");
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(small.as_slice()), &mut back)
            .expect("readable");
        assert_eq!(back, text);
        assert!(site.entries[0].wire < site.entries[0].raw);
        std::fs::remove_dir_all(root).expect("cleared");
    }

    #[test]
    fn public_files_keep_their_names_and_their_folders() {
        let from = folder("from");
        std::fs::create_dir_all(from.join("fonts")).expect("a folder");
        std::fs::write(from.join("fonts/f-latin.woff2"), [0; 900]).expect("a file");
        let root = folder("to");
        let mut site = Site::new(&root, 4);
        site.add_public(&from, Path::new("")).expect("copied");
        assert!(root.join("fonts/f-latin.woff2").exists());
        assert!(!root.join("fonts/f-latin.woff2.br").exists(), "a font is compressed already");
        assert_eq!(site.entries[0].kind, Kind::Font);
        assert!(site.hashes.starts_with("fonts/f-latin.woff2: "));
        for folder in [from, root] {
            std::fs::remove_dir_all(folder).expect("cleared");
        }
    }

    #[test]
    fn only_what_every_dutch_page_shows_counts_as_needed() {
        assert_eq!(public_kind("fonts/atkinson-latin.woff2"), Kind::Font);
        assert_eq!(public_kind("fonts/atkinson-latin-ext.woff2"), Kind::Other);
        assert_eq!(public_kind("fonts/noto-arabic.woff2"), Kind::Other);
        assert_eq!(public_kind("icons.svg"), Kind::Icons);
        assert_eq!((public_kind("site.js"), public_kind("map.js")), (Kind::Script, Kind::Other));
        assert_eq!(public_kind("og.png"), Kind::Other);
    }
}
