//! What travels from the server to the pages about proposals.

use domain::diff::Piece;
use domain::posts::merge::Part;
use domain::posts::proposals::ProposalStatus;
use domain::problem::Problems;
use serde::{Deserialize, Serialize};

use crate::posts::view::EditForm;
use crate::ui::Moment;

/// A post in the form in which a change is proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposeView {
    pub id: String,
    pub title: String,
    pub edit: EditForm,
    pub problems: Problems,
}

/// A proposal on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalEntry {
    pub id: String,
    /// The title of the post.
    pub title: String,
    pub by: String,
    pub at: Moment,
    pub parts: Vec<Part>,
}

/// A proposal, for who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProposal {
    pub entry: ProposalEntry,
    pub post: String,
    pub status: ProposalStatus,
    pub decided: Option<Moment>,
    /// Why it was not accepted; else empty.
    pub reasons: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalList {
    pub entries: Vec<ProposalEntry>,
    /// Where it goes on, or empty.
    pub next: String,
}

/// A proposal, for who decides about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalPageView {
    pub entry: ProposalEntry,
    pub post: String,
    pub why: String,
    /// From what the proposer had before them to what they propose.
    pub changes: Vec<(Part, Vec<Piece>)>,
    /// What others changed meanwhile.
    pub meanwhile: Vec<(Part, Vec<Piece>)>,
    /// The same part was changed to something else: it cannot be accepted.
    pub clashes: bool,
    /// Why it is not accepted, as it was typed.
    pub reasons: String,
    pub problems: Problems,
}
