//! What the pages about versions show.

use domain::diff::Piece;
use domain::problem::Problems;
use serde::{Deserialize, Serialize};

use crate::ui::Moment;

/// A saved version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    pub version: i64,
    /// The one before it; `None` for the first.
    pub older: Option<i64>,
    pub editor: String,
    pub tone: u8,
    pub at: Moment,
    /// What was done, in words.
    pub what: String,
    /// Who proposed it, and why it was done; may be empty.
    pub notes: Vec<String>,
    pub current: bool,
}

/// Two versions, part by part; parts that are the same are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareView {
    pub from: i64,
    pub to: i64,
    pub parts: Vec<(String, Vec<Piece>)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    pub id: String,
    pub title: String,
    pub version: i64,
    /// Newest first.
    pub versions: Vec<VersionView>,
    /// What to say where nothing is kept.
    pub none: String,
    pub compare: Option<CompareView>,
    pub problems: Problems,
}

/// Both versions of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both {
    pub mine: String,
    pub theirs: String,
    /// From theirs to mine, word by word.
    pub diff: Vec<Piece>,
}
