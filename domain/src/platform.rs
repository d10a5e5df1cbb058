//! A platform: one community with its own name, address and house style.

use serde::{Deserialize, Serialize};

use crate::area::AreaTree;
use crate::geo::CommunityMap;
use crate::id::{MemberId, PlatformId, TopicId};
use crate::locale::Locale;

/// The platform's own subject (Groen, Zorg, Jeugd …).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub id: TopicId,
    pub slug: String,
    pub name: String,
}

/// How far a community is on its way to launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaunchState {
    Preparing,
    SoftLaunch,
    Live,
}

impl LaunchState {
    pub const ALL: [Self; 3] = [Self::Preparing, Self::SoftLaunch, Self::Live];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::SoftLaunch => "soft_launch",
            Self::Live => "live",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

/// How a resident reaches a human being.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub phone: String,
    pub email: String,
    /// When the telephone is answered, in words.
    pub hours: String,
    pub address: String,
    /// Who answers for the platform in law (name of the foundation or municipality).
    pub publisher: String,
}

/// A trained resident whom everyone may ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorCard {
    pub member: MemberId,
    pub name: String,
    pub about: String,
    /// The areas for which this connector is there; empty means the whole platform.
    pub areas: Vec<crate::id::AreaId>,
}

/// Everything about a community that any page may need. Small, public, and kept in memory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    pub id: PlatformId,
    pub slug: String,
    pub name: String,
    /// The place as people say it ("Rietvoorde"), for greetings.
    pub place: String,
    pub tagline: String,
    /// Key of the token set in `style/themes`.
    pub theme: String,
    pub locale: Locale,
    pub locales: Vec<Locale>,
    pub launch: LaunchState,
    /// Made up, with accounts and an outbox that everybody may use.
    pub demo: bool,
    pub contact: Contact,
    /// The house rules as Markdown.
    pub house_rules: String,
    /// A few paragraphs about this community, as Markdown.
    pub about: String,
    pub areas: AreaTree,
    pub topics: Vec<Topic>,
    pub connectors: Vec<ConnectorCard>,
    /// Where it lies; `None` for a community without a map.
    pub map: Option<CommunityMap>,
}

impl Platform {
    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    pub fn topic_by_slug(&self, slug: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.slug == slug)
    }
}
