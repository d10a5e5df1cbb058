//! What members are writing: several drafts, some of which publish themselves.

use serde::{Deserialize, Serialize};

/// What has become of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftState {
    /// Somebody is writing it.
    Open,
    /// It publishes itself at its moment. Only its author changes that, with the button: what they are typing meanwhile
    /// is not published half-way.
    Scheduled,
    /// It could not publish itself when the moment came.
    Refused,
    /// It is a post now.
    Published,
    /// Thrown away; can be taken back for a while.
    Discarded,
}

impl DraftState {
    pub const ALL: [Self; 5] = [Self::Open, Self::Scheduled, Self::Refused, Self::Published, Self::Discarded];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Scheduled => "scheduled",
            Self::Refused => "refused",
            Self::Published => "published",
            Self::Discarded => "discarded",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether it can be written on, and so counts for how many somebody has.
    pub const fn is_going_on(self) -> bool {
        matches!(self, Self::Open | Self::Scheduled | Self::Refused)
    }
}
