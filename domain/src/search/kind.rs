//! What a search finds: posts and activities.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ActivityId, PostId};
use crate::posts::PostKind;

/// What sort of thing something is, as a reader chooses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Post(PostKind),
    Activity,
}

impl FoundKind {
    pub fn all() -> impl Iterator<Item = Self> {
        PostKind::ALL.into_iter().map(Self::Post).chain([Self::Activity])
    }

    /// The word that is filed.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Post(kind) => kind.key(),
            Self::Activity => "activity",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|kind| kind.key() == key)
    }

    /// The word in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Post(kind) => kind.slug(),
            Self::Activity => "activiteit",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::all().find(|kind| kind.slug() == slug)
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundId {
    Post(PostId),
    Activity(ActivityId),
}

impl FoundId {
    pub const fn key(self) -> Uuid {
        match self {
            Self::Post(id) => id.0,
            Self::Activity(id) => id.0,
        }
    }

    /// Its page, as a path.
    pub fn address(self) -> String {
        match self {
            Self::Post(id) => format!("/berichten/{id}"),
            Self::Activity(id) => format!("/activiteiten/{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_word_of_its_own() {
        for kind in FoundKind::all() {
            assert_eq!(FoundKind::from_key(kind.key()), Some(kind));
            assert_eq!(FoundKind::from_slug(kind.slug()), Some(kind));
        }
        assert_eq!(FoundKind::from_slug("activity"), None);
    }
}
