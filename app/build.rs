//! Turns `locales/*.json` into one struct with a field per text. The server gets one static of it per language,
//! the browser a way to read the one that it is sent (`src/texts.rs`). `locales/desk/*.json` becomes another, for
//! pages that only the server has: no browser is sent those.
//!
//! A text that is missing or too much in any language stops the build; a text that a page
//! asks for and nobody wrote does not compile. Addresses of the sprites get a hash of their content.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("texts.rs"), texts()).expect("OUT_DIR can be written");
    fs::write(Path::new(&out).join("desk_texts.rs"), desk_texts()).expect("OUT_DIR can be written");
    let mut maps: Vec<String> = fs::read_dir("../public/kaart")
        .map(|folder| {
            folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
        })
        .unwrap_or_default();
    maps.sort();
    let maps: Vec<String> = maps
        .iter()
        .map(|name| {
            println!("cargo:rerun-if-changed=../public/kaart/{name}");
            let hash = fs::read(format!("../public/kaart/{name}")).map_or(0, |bytes| fnv(&bytes));
            format!("/kaart/{name}?v={hash:016x}")
        })
        .collect();
    println!("cargo:rerun-if-changed=../public/kaart");
    println!("cargo:rustc-env=NOABER_MAPS={}", maps.join(" "));
    for (name, file) in [
        ("NOABER_ICONS", "icons.svg"),
        ("NOABER_SCENES", "scenes.svg"),
        ("NOABER_LEAFLET", "leaflet/leaflet.js"),
        ("NOABER_LEAFLET_STYLE", "leaflet/leaflet.css"),
        ("NOABER_MAP", "map.js"),
        ("NOABER_SITE", "site.js"),
    ] {
        let path = format!("../public/{file}");
        println!("cargo:rerun-if-changed={path}");
        let hash = fs::read(&path).map_or(0, |bytes| fnv(&bytes));
        println!("cargo:rustc-env={name}=/{file}?v={hash:016x}");
    }
}

/// FNV-1a: enough to tell one version of a drawing from another.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What stands between two texts on their way to the browser (ASCII's own word for it).
const SEPARATOR: char = '\u{1e}';

const LONG: &str = "#[expect(clippy::too_many_lines, reason = \"one line per text\")]\n";

type Languages = Vec<(&'static str, BTreeMap<String, String>)>;

/// The texts of a folder, the same ones in each language.
fn read(folder: &str) -> Languages {
    let languages: Languages = ["nl", "en", "de"]
        .into_iter()
        .map(|tag| {
            let path = format!("{folder}/{tag}.json");
            println!("cargo:rerun-if-changed={path}");
            let json = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{path} is missing"));
            let texts = serde_json::from_str(&json)
                .unwrap_or_else(|error| panic!("{path} is no flat JSON of texts: {error}"));
            (tag, texts)
        })
        .collect();
    if let Some((_, first)) = languages.first() {
        for (tag, texts) in &languages {
            if let Some(key) = first.keys().find(|key| !texts.contains_key(*key)) {
                panic!("{folder}/{tag}.json lacks \"{key}\"");
            }
            if let Some(key) = texts.keys().find(|key| !first.contains_key(*key)) {
                panic!("{folder}/{tag}.json has \"{key}\", which {folder}/nl.json lacks");
            }
        }
    }
    languages
}

fn desk_texts() -> String {
    let languages = read("locales/desk");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return String::new();
    }
    let mut code = String::from(
        "/// Every text of the pages that only the server has.\n#[derive(Debug)]\npub struct DeskTexts {\n",
    );
    for key in languages.first().map(|(_, texts)| texts.keys()).into_iter().flatten() {
        let _ = writeln!(code, "    pub {key}: &'static str,");
    }
    code.push_str("}\n");
    for (tag, texts) in &languages {
        let _ = writeln!(code, "static DESK_{}: DeskTexts = DeskTexts {{", tag.to_uppercase());
        for (key, text) in texts {
            let _ = writeln!(code, "    {key}: {text:?},");
        }
        code.push_str("};\n");
    }
    code
}

fn texts() -> String {
    let languages = read("locales");
    let Some((_, first)) = languages.first() else {
        return String::new();
    };
    let mut code = String::from(
        "/// Every text of the interface in one language.\n#[derive(Debug)]\n#[expect(missing_docs, reason = \"the key says what it is\")]\npub struct Texts {\n",
    )
    .replace("#[expect(missing_docs, reason = \"the key says what it is\")]\n", "");
    for key in first.keys() {
        let _ = writeln!(code, "    pub {key}: &'static str,");
    }
    code.push_str("}\n");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        let _ = writeln!(code, "const COUNT: usize = {};", first.len());
        code.push_str(LONG);
        code.push_str("const fn from_parts(parts: &[&'static str; COUNT]) -> Texts {\n    Texts {\n");
        for (index, key) in first.keys().enumerate() {
            let _ = writeln!(code, "        {key}: parts[{index}],");
        }
        code.push_str("    }\n}\n");
        return code;
    }
    code.push_str(LONG);
    code.push_str("fn parts(texts: &Texts) -> Vec<&'static str> {\n    vec![\n");
    for key in first.keys() {
        let _ = writeln!(code, "        texts.{key},");
    }
    code.push_str("    ]\n}\n");
    for (tag, texts) in &languages {
        if let Some((key, _)) = texts.iter().find(|(_, text)| text.contains(SEPARATOR)) {
            panic!("locales/{tag}.json has a \"{key}\" with the character that separates texts");
        }
        let _ = writeln!(code, "pub(crate) static {}: Texts = Texts {{", tag.to_uppercase());
        for (key, text) in texts {
            let _ = writeln!(code, "    {key}: {text:?},");
        }
        code.push_str("};\n");
    }
    code
}
