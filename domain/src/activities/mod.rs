//! Activities: what happens in the neighbourhood, once or again and again.

pub mod draft;
pub mod filter;
pub mod place;
pub mod policy;
pub mod registration;
pub mod versions;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::geo::Point;
use crate::id::{ActivityId, AreaId, MemberId, TopicId};
use crate::posts::scene::Scene;
use crate::sources::ComesFrom;

/// For whom something is meant; nobody named is everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    Children,
    Young,
    Families,
    Older,
    Newcomers,
}

impl Audience {
    pub const ALL: [Self; 5] = [Self::Children, Self::Young, Self::Families, Self::Older, Self::Newcomers];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Young => "young",
            Self::Families => "families",
            Self::Older => "older",
            Self::Newcomers => "newcomers",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

/// A language that is spoken somewhere; none named is the community's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spoken {
    Nl,
    En,
    De,
    Ar,
    Tr,
    Uk,
    Pl,
}

impl Spoken {
    pub const ALL: [Self; 7] = [Self::Nl, Self::En, Self::De, Self::Ar, Self::Tr, Self::Uk, Self::Pl];

    /// The BCP 47 tag, which is stored too.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::De => "de",
            Self::Ar => "ar",
            Self::Tr => "tr",
            Self::Uk => "uk",
            Self::Pl => "pl",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.key() == key)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityStatus {
    Published,
    Removed,
}

impl ActivityStatus {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Removed => "removed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Published, Self::Removed].into_iter().find(|one| one.key() == key)
    }
}

/// What an activity is, whenever it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityText {
    pub title: String,
    /// Markdown.
    pub body: String,
    pub topic: Option<TopicId>,
    /// Empty: the whole platform.
    pub areas: Vec<AreaId>,
    /// Name and street, in one line; may be empty.
    pub place: String,
    /// Where that is on the map.
    pub point: Option<Point>,
    /// One can come in with a wheelchair.
    pub wheelchair: bool,
    /// An address on the web where one can take part; may be empty.
    pub online: String,
    /// What it costs, in words; empty is free of charge.
    pub cost: String,
    pub audience: Vec<Audience>,
    pub languages: Vec<Spoken>,
    pub scene: Option<Scene>,
    /// What is to be seen on the picture, for who cannot see it.
    pub scene_alt: String,
    /// How people register; `None` where they just come.
    pub registration: Option<registration::Rules>,
}

/// When it happens, as it is stored: times by the clock on the wall (`2026-12-01T10:00`). What they mean, and that
/// they mean something, is known by the crate `calendar`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesText {
    /// The first time.
    pub start: String,
    /// How long it lasts.
    pub minutes: u32,
    /// RFC 5545, 3.3.10; empty for what happens once.
    pub rule: String,
    /// Times of the rule that are none, separated by spaces.
    pub exceptions: String,
    /// Times beside the rule, separated by spaces.
    pub extra: String,
}

/// A time of a series that is not as the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccurrenceChange {
    /// When it would have been, which is its name within the series.
    pub instead_of: String,
    pub start: String,
    pub minutes: u32,
    pub cancelled: bool,
    /// Instead of the activity's own; empty for that.
    pub place: String,
    /// Words of its own ("vandaag met taart"); may be empty.
    pub note: String,
}

/// What a list needs of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivitySummary {
    pub id: ActivityId,
    pub title: String,
    /// The beginning of the text, without mark-up.
    pub excerpt: String,
    pub topic: Option<TopicId>,
    pub areas: Vec<AreaId>,
    pub place: String,
    pub point: Option<Point>,
    pub wheelchair: bool,
    pub online: String,
    pub cost: String,
    pub audience: Vec<Audience>,
    pub languages: Vec<Spoken>,
    pub scene: Option<Scene>,
    pub version: i64,
    pub changed_at: Timestamp,
    pub series: SeriesText,
    /// Those that have to do with the window that was asked for.
    pub changes: Vec<OccurrenceChange>,
}

/// A whole activity, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub id: ActivityId,
    pub text: ActivityText,
    /// The body as sanitised HTML.
    pub html: String,
    pub excerpt: String,
    pub series: SeriesText,
    /// All of them.
    pub changes: Vec<OccurrenceChange>,
    pub status: ActivityStatus,
    pub organiser: MemberId,
    pub organiser_name: String,
    /// Counts up with every change.
    pub version: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub removed_by: Option<MemberId>,
    /// A moderator decided that it is not to be there.
    pub moderated: bool,
    /// The activity that went on as this one.
    pub previous: Option<ActivityId>,
    /// The activity as which this one goes on.
    pub next: Option<ActivityId>,
    /// The calendar of others that it comes from.
    pub source: Option<ComesFrom>,
}

/// A list of keys as one text, and back; words that are none are left out.
pub fn keys_text<T: Copy>(list: &[T], key: impl Fn(T) -> &'static str) -> String {
    list.iter().map(|one| key(*one)).collect::<Vec<_>>().join(" ")
}

/// The other way round.
pub fn keys_of<T>(text: &str, from_key: impl Fn(&str) -> Option<T>) -> Vec<T> {
    text.split_whitespace().filter_map(from_key).collect()
}
