//! Scripts, styles, fonts and pictures: the site folder, read once and kept in memory (some
//! two megabytes). A request can only name what is in the list, so no address leads outside.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::encoding::{Encoding, accepts, brotli, has_already};
use crate::security_headers::RESOURCE;

const A_YEAR: &str = "public, max-age=31536000, immutable";
/// Brotli's best quality: made once, when the program starts.
const BEST: i32 = 11;
const AN_HOUR: &str = "public, max-age=3600";

#[derive(Debug)]
struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    kind: &'static str,
    /// The text that the bundler puts into names.
    fingerprint: String,
    /// The text that the app's build puts after `?v=`.
    short: String,
    tag: HeaderValue,
    /// The name changes with the content.
    named_by_content: bool,
}

/// All static files, by address.
#[derive(Debug, Default)]
pub struct Assets {
    files: HashMap<String, Asset>,
    hash_file: Option<PathBuf>,
    style_sheet: Option<String>,
    script: Option<String>,
    program: Option<String>,
}

impl Assets {
    /// Reads the whole folder; `program_folder` is where `cargo leptos` puts the list of hashes.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub fn read(site: &Path, program_folder: &Path) -> io::Result<Self> {
        let mut assets = Self::default();
        assets.read_folder(site, "")?;
        assets.hash_file = [site.join("hash.txt"), program_folder.join("hash.txt")]
            .into_iter()
            .find(|file| file.is_file())
            .and_then(|file| std::path::absolute(file).ok());
        assets.style_sheet = assets.pkg_file("css");
        assets.script = assets.pkg_file("js");
        assets.program = assets.pkg_file("wasm");
        Ok(assets)
    }

    /// Adds a file that no folder holds, under a name that changes with its content, and gives its address.
    pub fn add(&mut self, name: &str, content: String) -> String {
        let plain = Bytes::from(content);
        let fingerprint = fingerprint(&plain);
        let (stem, end) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let address = format!("/pkg/{stem}.{fingerprint}.{end}");
        let asset = Asset {
            brotli: brotli(&plain, BEST),
            gzip: None,
            kind: kind(Path::new(&address)),
            named_by_content: true,
            short: format!("{:016x}", fnv(&plain)),
            // Sixteen hexadecimal digits within quotes are always a header value.
            tag: HeaderValue::try_from(format!("\"{fingerprint}\""))
                .unwrap_or(HeaderValue::from_static("\"\"")),
            plain,
            fingerprint,
        };
        self.files.insert(address.clone(), asset);
        address
    }

    fn read_folder(&mut self, folder: &Path, below: &str) -> io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let (path, address) = (entry.path(), format!("{below}/{name}"));
            let hidden = name.starts_with('.') || address == "/hash.txt";
            let copy = ["br", "gz"].iter().any(|end| path.extension().is_some_and(|is| is == *end));
            // A link could lead out of the folder.
            let kind = entry.file_type()?;
            if kind.is_dir() && !hidden {
                self.read_folder(&path, &address)?;
            } else if kind.is_file() && !hidden && !copy {
                let asset = Asset::read(&path, &address)?;
                self.files.insert(address, asset);
            }
        }
        Ok(())
    }

    /// The list with which Leptos finds its own files: `None` when names have no hash.
    pub fn hash_file(&self) -> Option<&Path> {
        self.hash_file.as_deref()
    }

    /// Whether the browser's part of the program is there at all.
    pub fn is_complete(&self) -> bool {
        self.style_sheet.is_some() && self.script.is_some() && self.program.is_some()
    }

    /// The address of the style sheet.
    pub fn style_sheet(&self) -> Option<&str> {
        self.style_sheet.as_deref()
    }

    /// The address of the script that loads the browser's part of the program.
    pub fn script(&self) -> Option<&str> {
        self.script.as_deref()
    }

    /// The address of the browser's part of the program (WebAssembly).
    pub fn program(&self) -> Option<&str> {
        self.program.as_deref()
    }

    pub fn has(&self, address: &str) -> bool {
        self.files.contains_key(address)
    }

    /// The address of a file with its fingerprint, for which the answer may be kept for ever.
    pub fn versioned(&self, address: &str) -> String {
        match self.files.get(address) {
            Some(asset) => format!("{address}?v={}", asset.fingerprint),
            None => address.to_owned(),
        }
    }

    fn pkg_file(&self, extension: &str) -> Option<String> {
        let mut found: Vec<&String> = self
            .files
            .keys()
            .filter(|address| address.starts_with("/pkg/noaber"))
            .filter(|address| Path::new(address).extension().is_some_and(|is| is == extension))
            .collect();
        found.sort();
        found.first().map(|address| (*address).clone())
    }

    /// The answer to a request for a file, or `None` when there is no such file.
    pub fn answer(
        &self,
        method: &Method,
        path: &str,
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Option<Response<Body>> {
        let asset = self.files.get(path)?;
        let mut response = Response::new(Body::empty());
        let out = response.headers_mut();
        out.insert(header::ETAG, asset.tag.clone());
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static(asset.keeps(query)));
        out.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        // A list in a frame on another site is a stranger to its own style and font.
        if asset.kind.starts_with("text/css") || asset.kind.starts_with("font/") {
            out.insert(RESOURCE, HeaderValue::from_static("cross-origin"));
            out.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        if method != Method::GET && method != Method::HEAD {
            out.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            return Some(response);
        }
        if asset.tag.to_str().is_ok_and(|tag| has_already(headers, tag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Some(response);
        }
        let (encoding, bytes) = asset.best(headers);
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        out.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
        if let Some(name) = encoding.name() {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if method == Method::GET {
            *response.body_mut() = Body::from(bytes);
        }
        Some(response)
    }
}

impl Asset {
    fn read(path: &Path, address: &str) -> io::Result<Self> {
        let plain = Bytes::from(std::fs::read(path)?);
        let fingerprint = fingerprint(&plain);
        let tag = HeaderValue::try_from(format!("\"{fingerprint}\"")).map_err(io::Error::other)?;
        Ok(Self {
            brotli: beside(path, "br")?,
            gzip: beside(path, "gz")?,
            kind: kind(path),
            named_by_content: address.split('.').any(|part| part == fingerprint),
            short: format!("{:016x}", fnv(&plain)),
            plain,
            fingerprint,
            tag,
        })
    }

    fn keeps(&self, query: Option<&str>) -> &'static str {
        let versioned = query
            .and_then(|query| query.strip_prefix("v="))
            .is_some_and(|version| version == self.fingerprint || version == self.short);
        if self.named_by_content || versioned { A_YEAR } else { AN_HOUR }
    }

    fn best(&self, headers: &HeaderMap) -> (Encoding, Bytes) {
        for (encoding, copy) in [(Encoding::Brotli, &self.brotli), (Encoding::Gzip, &self.gzip)] {
            if let Some(bytes) = copy
                && accepts(headers, encoding)
            {
                return (encoding, bytes.clone());
            }
        }
        (Encoding::Identity, self.plain.clone())
    }
}

fn fingerprint(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// FNV-1a, of 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn beside(path: &Path, end: &str) -> io::Result<Option<Bytes>> {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    match std::fs::read(PathBuf::from(name)) {
        Ok(bytes) => Ok(Some(Bytes::from(bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Site(PathBuf);

    impl Site {
        fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
            let folder = std::env::temp_dir().join(format!("noaber-assets-{}-{name}", std::process::id()));
            let _ = std::fs::remove_dir_all(&folder);
            for (file, content) in files {
                let path = folder.join(file);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, content).expect("written");
            }
            Self(folder)
        }

        fn assets(&self) -> Assets {
            Assets::read(&self.0, Path::new("/nowhere")).expect("a site")
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn accepting(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(encodings))])
    }

    fn header_of(response: &Response<Body>, name: header::HeaderName) -> &str {
        response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
    }

    #[test]
    fn the_smallest_copy_that_the_browser_understands_is_sent() {
        let site = Site::new("copies", &[("a.js", b"let a"), ("a.js.br", b"b"), ("a.js.gz", b"g")]);
        let assets = site.assets();
        for (accept, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("", "")] {
            let answer = assets.answer(&Method::GET, "/a.js", None, &accepting(accept)).expect("a file");
            assert_eq!(header_of(&answer, header::CONTENT_ENCODING), encoding);
            assert_eq!(header_of(&answer, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
            assert_eq!(header_of(&answer, header::VARY), "Accept-Encoding");
        }
    }

    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_a_year() {
        let hash = fingerprint(b"css");
        let hashed = format!("pkg/noaber.{hash}.css");
        let site = Site::new("kept", &[(&hashed, b"css"), ("icons.svg", b"<svg/>"), ("hash.txt", b"css: x")]);
        let assets = site.assets();
        let keeps = |path: &str, query: Option<&str>| {
            let answer = assets.answer(&Method::GET, path, query, &HeaderMap::new()).expect("a file");
            header_of(&answer, header::CACHE_CONTROL).to_owned()
        };
        assert_eq!(keeps(&format!("/{hashed}"), None), A_YEAR);
        assert_eq!(keeps("/icons.svg", None), AN_HOUR);
        assert_eq!(keeps("/icons.svg", Some("v=other")), AN_HOUR);
        let short = format!("v={:016x}", fnv(b"<svg/>"));
        assert_eq!(keeps("/icons.svg", Some(&short)), A_YEAR);
        let versioned = assets.versioned("/icons.svg");
        let (path, query) = versioned.split_once('?').expect("a version");
        assert_eq!(keeps(path, Some(query)), A_YEAR);
        assert_eq!(assets.style_sheet(), Some(format!("/{hashed}").as_str()));
        assert_eq!(assets.hash_file(), Some(site.0.join("hash.txt").as_path()));
    }

    #[test]
    fn no_address_leads_outside_the_folder() {
        let site = Site::new("outside", &[("in/a.svg", b"<svg/>"), (".env", b"x"), ("hash.txt", b"x")]);
        let assets = site.assets();
        assert!(assets.answer(&Method::GET, "/in/a.svg", None, &HeaderMap::new()).is_some());
        for path in
            ["/in/../in/a.svg", "/../a", "//in/a.svg", "/in/%2e%2e/a.svg", "/.env", "/hash.txt", "/in", "/"]
        {
            assert!(assets.answer(&Method::GET, path, None, &HeaderMap::new()).is_none(), "{path}");
        }
    }

    #[test]
    fn styles_and_fonts_may_be_used_by_a_list_in_a_frame_elsewhere_and_nothing_else_may() {
        let site = Site::new("frames", &[("a.css", b"a{}"), ("a.woff2", b"font"), ("a.svg", b"<svg/>")]);
        let assets = site.assets();
        for (path, open) in [("/a.css", true), ("/a.woff2", true), ("/a.svg", false)] {
            let answer = assets.answer(&Method::GET, path, None, &HeaderMap::new()).expect("a file");
            assert_eq!(answer.headers().contains_key(RESOURCE), open, "{path}");
            assert_eq!(answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), open, "{path}");
        }
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let site = Site::new("tags", &[("a.svg", b"<svg/>")]);
        let assets = site.assets();
        let first = assets.answer(&Method::GET, "/a.svg", None, &HeaderMap::new()).expect("a file");
        let tag = first.headers()[header::ETAG].clone();
        let again = HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]);
        let second = assets.answer(&Method::GET, "/a.svg", None, &again).expect("a file");
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        let posted = assets.answer(&Method::POST, "/a.svg", None, &HeaderMap::new()).expect("a file");
        assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
