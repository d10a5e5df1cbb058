//! The style sheet: imports put together, lowered for the browsers we promise, minified.

use std::path::Path;

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::files::fingerprint;

const FONT_END: &str = ".woff2";

/// What residents have: phones of six years old included. Anything newer
/// than this is rewritten, such as nesting and `light-dark()`.
fn browsers() -> Browsers {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Browsers {
        android: version(100, 0),
        chrome: version(100, 0),
        edge: version(100, 0),
        firefox: version(100, 0),
        ios_saf: version(15, 4),
        safari: version(15, 4),
        samsung: version(18, 0),
        ..Browsers::default()
    }
}

/// Gives the address of each font the fingerprint of its content, so that it may be kept for ever.
pub fn name_fonts(css: &str, public: &Path) -> Result<String, String> {
    let mut named = String::with_capacity(css.len() + 64);
    let mut rest = css;
    while let Some(end) = rest.find(FONT_END) {
        let (before, after) = rest.split_at(end + FONT_END.len());
        named.push_str(before);
        let start = before.rfind("/fonts/").ok_or("the style sheet names a font outside /fonts")?;
        let file = public.join(&before[start + 1..]);
        let font =
            std::fs::read(&file).map_err(|e| format!("cannot read the font {}: {e}", file.display()))?;
        named.push_str("?v=");
        named.push_str(&fingerprint(&font));
        rest = after;
    }
    named.push_str(rest);
    Ok(named)
}

pub fn bundle(entry: &Path, minify: bool) -> Result<String, String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet =
        bundler.bundle(entry).map_err(|e| format!("the style sheet {} is wrong: {e}", entry.display()))?;
    let targets = Targets::from(browsers());
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|e| format!("the style sheet {} is wrong: {e}", entry.display()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify, targets, ..PrinterOptions::default() })
        .map_err(|e| format!("the style sheet cannot be written: {e}"))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(name: &str, files: &[(&str, &str)]) -> Result<String, String> {
        let folder = std::env::temp_dir().join(format!("noaber-style-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for (file, text) in files {
            std::fs::write(folder.join(file), text).expect("a file");
        }
        let css = bundle(&folder.join("main.css"), true);
        std::fs::remove_dir_all(&folder).expect("cleared");
        css
    }

    #[test]
    fn a_font_gets_the_fingerprint_of_its_content() {
        let folder = std::env::temp_dir().join(format!("noaber-style-{}-fonts", std::process::id()));
        std::fs::create_dir_all(folder.join("fonts")).expect("a folder");
        std::fs::write(folder.join("fonts/a.woff2"), b"font").expect("a file");
        let css = name_fonts("a{src:url(/fonts/a.woff2)format(\"woff2\")}", &folder).expect("named");
        let expected = format!("a{{src:url(/fonts/a.woff2?v={})format(\"woff2\")}}", fingerprint(b"font"));
        assert_eq!(css, expected);
        assert!(name_fonts("url(/fonts/b.woff2)", &folder).expect_err("missing").contains("b.woff2"));
        std::fs::remove_dir_all(folder).expect("cleared");
    }

    #[test]
    fn imports_become_one_sheet_and_font_addresses_stay() {
        let css = bundled(
            "imports",
            &[
                ("main.css", "@layer base, parts;\n@import './part.css' layer(parts);\na { color: red }"),
                ("part.css", "@font-face { font-family: F; src: url(/fonts/f.woff2) }"),
            ],
        )
        .expect("a sheet");
        assert!(css.contains("/fonts/f.woff2"), "{css}");
        assert!(!css.contains("@import"), "{css}");
    }

    #[test]
    fn nesting_is_written_out_for_older_phones() {
        let css = bundled("nesting", &[("main.css", ".a { & .b { color: red } }")]).expect("a sheet");
        assert!(css.contains(".a .b{color:red}"), "{css}");
    }

    #[test]
    fn a_missing_import_is_an_error() {
        assert!(bundled("missing", &[("main.css", "@import './nowhere.css';")]).is_err());
    }
}
