//! What travels from the server to the pages about calendars of others.

use domain::sources::draft::SourceDraft;
use serde::{Deserialize, Serialize};

use crate::forms::Filled;
use crate::posts::view::Named;
use crate::ui::Moment;

/// A calendar on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    pub id: String,
    pub name: String,
    /// The host that it is read at; empty for a file.
    pub host: String,
    /// When it was last read without trouble.
    pub read: Option<Moment>,
    /// What is the matter; empty when nothing is.
    pub trouble: String,
    pub taken: u32,
    pub skipped: u32,
}

/// The form of a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFormView {
    pub form: Filled<SourceDraft>,
    /// Why it could not be read; empty when it was not tried.
    pub trouble: String,
}

/// The form that changes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceChangeView {
    pub id: String,
    pub name: String,
    /// On which words about it.
    pub edition: i64,
    pub is_file: bool,
    pub form: SourceFormView,
    /// What somebody else made of it meanwhile, where that is not what is typed: what, and how it is now.
    pub meanwhile: Vec<(String, String)>,
}

/// How one goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePageView {
    pub id: String,
    pub name: String,
    /// Empty for a file.
    pub address: String,
    pub owner: String,
    pub areas: Vec<Named>,
    pub topic: Option<Named>,
    pub cost: String,
    /// How often it is read, in words; empty for a file.
    pub rhythm: String,
    pub read: Option<Moment>,
    pub tried: Option<Moment>,
    /// When it is tried again, spelled out; empty for a file.
    pub due: String,
    pub trouble: String,
    pub taken: u32,
    pub past: u32,
    pub kept_out: u32,
    pub skipped: u32,
    pub skips: Vec<SkipView>,
    pub removed: bool,
    pub may_manage: bool,
    pub may_change: bool,
    pub may_restore: bool,
    pub refused: Filled<()>,
}

/// Something that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkipView {
    /// "Regel 12".
    pub line: String,
    /// May be empty.
    pub title: String,
    pub why: String,
}
