//! Two editors at once: what can be combined without asking, and what cannot.

use serde::{Deserialize, Serialize};

use super::PostText;

/// The parts that are edited in place, one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Title,
    Body,
    Areas,
    Topic,
}

impl Part {
    pub const ALL: [Self; 4] = [Self::Title, Self::Body, Self::Areas, Self::Topic];

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Title => "titel",
            Self::Body => "tekst",
            Self::Areas => "gebied",
            Self::Topic => "thema",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.slug() == slug)
    }

    /// Whether the two texts agree about this part.
    pub fn same(self, a: &PostText, b: &PostText) -> bool {
        match self {
            Self::Title => a.title == b.title,
            Self::Body => a.body == b.body,
            Self::Areas => {
                let sorted = |text: &PostText| {
                    let mut areas = text.areas.clone();
                    areas.sort_unstable();
                    areas
                };
                sorted(a) == sorted(b)
            }
            Self::Topic => a.topic == b.topic,
        }
    }

    /// Copies this part from `from` into `into`.
    pub fn copy(self, from: &PostText, into: &mut PostText) {
        match self {
            Self::Title => into.title.clone_from(&from.title),
            Self::Body => into.body.clone_from(&from.body),
            Self::Areas => into.areas.clone_from(&from.areas),
            Self::Topic => into.topic = from.topic,
        }
    }
}

/// What to do with a save that was based on an older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Nobody else touched these parts: this is the current text with the editor's parts in it.
    Clean(PostText),
    /// Somebody else changed the same part to something else: the editor must choose.
    Conflict(Vec<Part>),
}

/// Combines an edit of `parts` (made on `base`, leading to `mine`) with what is stored now.
///
/// No text is ever lost: either both changes are in the result, or the editor is asked.
pub fn merge(base: &PostText, current: &PostText, mine: &PostText, parts: &[Part]) -> Merge {
    let clashing: Vec<Part> = parts
        .iter()
        .copied()
        .filter(|part| !part.same(base, current) && !part.same(current, mine) && !part.same(base, mine))
        .collect();
    if !clashing.is_empty() {
        return Merge::Conflict(clashing);
    }
    let mut text = current.clone();
    for part in parts.iter().filter(|part| !part.same(base, mine)) {
        part.copy(mine, &mut text);
    }
    Merge::Clean(text)
}
