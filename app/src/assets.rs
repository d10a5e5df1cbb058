//! The addresses of what the page needs beside itself.

/// One sprite with all icons, and one with all drawings; the address changes with the content.
pub const ICONS: &str = env!("NOABER_ICONS");
pub const SCENES: &str = env!("NOABER_SCENES");

/// The built script, program and styles; the server reads the names once when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetNames {
    /// `/pkg/noaber.HASH.js`
    pub js: String,
    /// `/pkg/noaber.HASH.wasm`
    pub wasm: String,
    /// `/pkg/noaber.HASH.css`
    pub css: String,
}
