//! What the pages of an initiative show.

use domain::initiatives::draft::{NeedDraft, PlanDraft};
use domain::initiatives::{NeedKind, Stage, Team};
use serde::{Deserialize, Serialize};

use crate::forms::Filled;
use crate::ui::Moment;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedView {
    pub id: String,
    pub kind: NeedKind,
    pub label: String,
    pub wanted: u32,
    pub filled: u32,
    pub open: bool,
    /// The reader takes care of it.
    pub mine: bool,
}

/// Somebody who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: String,
    pub name: String,
    pub tone: u8,
    pub team: Team,
    /// What they take care of.
    pub helps: Vec<String>,
}

/// How it goes, by the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateView {
    pub id: String,
    pub by: String,
    pub at: Moment,
    pub html: String,
    pub may_remove: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakePartView {
    pub id: String,
    pub title: String,
    pub initiator: String,
    pub stage: Stage,
    pub goal: String,
    pub closing: String,
    pub needs: Vec<NeedView>,
    pub members: u32,
    pub people: Vec<PersonView>,
    pub updates: Vec<UpdateView>,
    /// How the reader belongs to the team; `None` while they do not take part.
    pub mine: Option<Team>,
    pub may_see_people: bool,
    pub may_join: bool,
    pub may_lead: bool,
    pub may_manage: bool,
    /// What could not be done, in a form without fields.
    pub refused: Filled<()>,
}

/// The page of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamView {
    pub whole: TakePartView,
    pub plan: Filled<PlanDraft>,
    pub need: Filled<NeedDraft>,
    pub tell: Filled<String>,
}
