//! Initiatives: a post of that kind with a goal, a team, what it needs, who takes part, and how it goes on.

pub mod draft;
pub mod policy;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::{MemberId, NeedId, UpdateId};

/// What an initiative can need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// People, counted.
    #[default]
    Hands,
    /// Pieces.
    Things,
    /// Whole euros. Nothing is paid here: who takes part says that they know a way.
    Money,
    /// Places.
    Place,
}

impl NeedKind {
    pub const ALL: [Self; 4] = [Self::Hands, Self::Things, Self::Money, Self::Place];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hands => "hands",
            Self::Things => "things",
            Self::Money => "money",
            Self::Place => "place",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    #[default]
    Begun,
    Busy,
    Done,
    Stopped,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Begun, Self::Busy, Self::Done, Self::Stopped];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Busy => "busy",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// Whether somebody can still begin to take part.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Begun | Self::Busy)
    }
}

/// How somebody who takes part belongs to the team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Team {
    #[default]
    No,
    /// The initiator asked them; they have not answered.
    Invited,
    /// They asked; the initiator has not answered.
    Asked,
    In,
}

impl Team {
    pub const ALL: [Self; 4] = [Self::No, Self::Invited, Self::Asked, Self::In];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Invited => "invited",
            Self::Asked => "asked",
            Self::In => "in",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|team| team.key() == key)
    }
}

/// Something that is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    pub id: NeedId,
    pub kind: NeedKind,
    /// What, in a few words.
    pub label: String,
    /// How much, in what the kind counts.
    pub wanted: u32,
    /// How much of it came from elsewhere, as the team says.
    pub found: u32,
    /// How many members take care of it.
    pub joined: u32,
    /// Counts up with every change by the team.
    pub version: i64,
}

impl Need {
    /// How much is there. Each member counts for one; who helps with money has not given a euro yet.
    pub const fn filled(&self) -> u32 {
        match self.kind {
            NeedKind::Money => self.found,
            NeedKind::Hands | NeedKind::Things | NeedKind::Place => self.found.saturating_add(self.joined),
        }
    }

    /// Whether more is needed.
    pub const fn is_open(&self) -> bool {
        self.filled() < self.wanted
    }
}

/// A small post by the team: how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    pub id: UpdateId,
    pub author: MemberId,
    pub author_name: String,
    pub at: Timestamp,
    /// Sanitised.
    pub html: String,
}

/// What everybody may know of an initiative.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    pub stage: Stage,
    pub goal: String,
    /// A word of thanks, or why it stopped.
    pub closing: String,
    /// 0 until the team says something for the first time; then it counts up.
    pub version: i64,
    /// In the order in which they were added.
    pub needs: Vec<Need>,
    /// Newest first.
    pub updates: Vec<Update>,
    /// How many take part.
    pub members: u32,
    /// How many of them are in the team.
    pub team: u32,
}

/// Somebody who takes part, as members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub member: MemberId,
    pub name: String,
    pub team: Team,
    /// What they take care of.
    pub needs: Vec<NeedId>,
}

/// What the reader has to do with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// `None` while they do not take part.
    pub team: Option<Team>,
    pub needs: Vec<NeedId>,
}
