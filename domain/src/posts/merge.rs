//! The parts of a post that two editors can change at once.

use serde::{Deserialize, Serialize};

use super::PostText;
pub use crate::merge::{Merge, MergePart, different, merge};

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
}

impl MergePart<PostText> for Part {
    fn same(self, a: &PostText, b: &PostText) -> bool {
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

    fn copy(self, from: &PostText, into: &mut PostText) {
        match self {
            Self::Title => into.title.clone_from(&from.title),
            Self::Body => into.body.clone_from(&from.body),
            Self::Areas => into.areas.clone_from(&from.areas),
            Self::Topic => into.topic = from.topic,
        }
    }
}
