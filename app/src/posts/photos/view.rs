//! What travels from the server to the pages about photos.

use domain::photos::{Album, Focus};
use domain::problem::Problems;
use serde::{Deserialize, Serialize};

/// A photo of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    pub id: String,
    pub alt: String,
    pub caption: String,
    pub width: u32,
    pub height: u32,
    /// The names of its files.
    pub widths: Vec<u32>,
    pub placeholder: String,
}

/// A photo on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverView {
    pub id: String,
    pub focus: Focus,
    /// Its files and how wide they are, as a browser wants them.
    pub sources: String,
}

/// The photos of a post, to be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumView {
    pub post: String,
    pub title: String,
    /// As stored, or as typed when it could not be stored.
    pub album: Album,
    pub problems: Problems,
}

/// One photo, as large as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LargeView {
    pub post: String,
    pub title: String,
    pub photo: PhotoView,
    /// Counted from one.
    pub number: usize,
    pub of: usize,
}
