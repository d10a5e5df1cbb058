//! The addresses of what the page needs beside itself.

use domain::locale::Locale;

/// One sprite with all icons, and one with all drawings; the address changes with the content.
pub const ICONS: &str = env!("NOABER_ICONS");
pub const SCENES: &str = env!("NOABER_SCENES");
/// What every page can do with a script.
pub const SITE: &str = env!("NOABER_SITE");

/// The built script, program and styles; the server reads the names once when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetNames {
    /// `/pkg/noaber.HASH.js`
    pub js: String,
    /// `/pkg/noaber.HASH.wasm`
    pub wasm: String,
    /// `/pkg/noaber.HASH.css`
    pub css: String,
    /// `/quiet.css` with its fingerprint: what only quiet pages show.
    pub quiet_css: String,
    /// The font that every page shows.
    pub font: String,
    /// `/pkg/texts.nl.HASH.txt` and its sisters, in the order of [`Locale::ALL`].
    pub texts: [String; Locale::ALL.len()],
}

impl AssetNames {
    /// The texts in a language.
    pub fn texts_in(&self, locale: Locale) -> &str {
        Locale::ALL.iter().position(|other| *other == locale).map_or("", |at| &self.texts[at])
    }
}
