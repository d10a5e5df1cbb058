//! What travels from the server to the pages about drafts.

use domain::posts::PostKind;
use domain::posts::drafts::DraftState;
use domain::posts::template::{Answers, Template};
use domain::problem::Problems;
use serde::{Deserialize, Serialize};

use crate::ui::Moment;

/// A draft on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEntry {
    pub id: String,
    pub state: DraftState,
    /// May be empty.
    pub title: String,
    pub kind: Option<PostKind>,
    pub changed: Moment,
    /// When it publishes itself, should have, or has; spelled out, or empty.
    pub moment: String,
    /// What became of it.
    pub post: Option<String>,
}

/// The questions of a template, or, without one, the choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateView {
    pub template: Option<Template>,
    pub answers: Answers,
    pub problems: Problems,
}

/// Until when a post is to be read, in its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDayView {
    pub id: String,
    pub title: String,
    pub version: i64,
    /// As the form holds it, or as it was typed; empty for none.
    pub day: String,
    /// The last day as it is stored, spelled out; empty when there is none.
    pub now: String,
    pub problems: Problems,
}
