//! Posts: neighbourhood news, stories, initiatives, announcements, memorials.

pub mod draft;
pub mod drafts;
pub mod filter;
pub mod merge;
pub mod policy;
pub mod proposals;
pub mod scene;
pub mod template;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::comments::Talk;
use crate::id::{AreaId, MemberId, PhotoId, PostId, TopicId};
use crate::photos::Focus;
use scene::Scene;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostKind {
    #[default]
    News,
    Story,
    ExperienceStory,
    PhotoAlbum,
    Initiative,
    Announcement,
    Memorial,
}

impl PostKind {
    pub const ALL: [Self; 7] = [
        Self::News,
        Self::Story,
        Self::ExperienceStory,
        Self::PhotoAlbum,
        Self::Initiative,
        Self::Announcement,
        Self::Memorial,
    ];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Story => "story",
            Self::ExperienceStory => "experience_story",
            Self::PhotoAlbum => "photo_album",
            Self::Initiative => "initiative",
            Self::Announcement => "announcement",
            Self::Memorial => "memorial",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The word in addresses, in the language of the addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::News => "nieuws",
            Self::Story => "verhaal",
            Self::ExperienceStory => "ervaringsverhaal",
            Self::PhotoAlbum => "fotos",
            Self::Initiative => "initiatief",
            Self::Announcement => "mededeling",
            Self::Memorial => "in-memoriam",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostStatus {
    Draft,
    Published,
    Expired,
    Archived,
    Removed,
    /// A moderator asked for a change first: for its author and the moderators of the place.
    Hidden,
    /// By somebody new, with a link in it: a moderator looks before it is for everybody.
    Held,
}

impl PostStatus {
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Published,
        Self::Expired,
        Self::Archived,
        Self::Removed,
        Self::Hidden,
        Self::Held,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Expired => "expired",
            Self::Archived => "archived",
            Self::Removed => "removed",
            Self::Hidden => "hidden",
            Self::Held => "held",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }

    /// Whether it waits for a moderator, and is nobody else's to read meanwhile.
    pub const fn awaits_moderator(self) -> bool {
        matches!(self, Self::Hidden | Self::Held)
    }
}

/// What an editor can change, as it is stored in each revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostText {
    pub title: String,
    /// Markdown.
    pub body: String,
    pub kind: PostKind,
    pub topic: Option<TopicId>,
    /// Empty: the whole platform.
    pub areas: Vec<AreaId>,
    pub scene: Option<Scene>,
    /// What is to be seen on the picture, for who cannot see it.
    pub scene_alt: String,
}

/// A whole post, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    pub id: PostId,
    pub text: PostText,
    /// The body as sanitised HTML.
    pub html: String,
    /// The beginning of the body, without mark-up.
    pub excerpt: String,
    pub status: PostStatus,
    pub author: MemberId,
    pub author_name: String,
    /// The name of the person for whom a connector wrote.
    pub on_behalf_of: Option<String>,
    /// The author spoke for an official sender.
    pub official: bool,
    /// Counts up with every change.
    pub version: i64,
    pub published_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub pinned_until: Option<Timestamp>,
    pub pinned_by_name: Option<String>,
    pub pinned_by: Option<MemberId>,
    pub removed_by: Option<MemberId>,
    /// When it expires, or did.
    pub expires_at: Option<Timestamp>,
    /// The conversation under it.
    pub talk: Talk,
}

/// What a list shows of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostSummary {
    pub id: PostId,
    pub kind: PostKind,
    pub title: String,
    pub excerpt: String,
    pub topic: Option<TopicId>,
    pub areas: Vec<AreaId>,
    pub scene: Option<Scene>,
    pub scene_alt: String,
    /// Its first photo.
    pub cover: Option<Cover>,
    pub author_name: String,
    pub on_behalf_of: Option<String>,
    pub official: bool,
    pub published_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    /// Set while the post is kept on top.
    pub pinned_by_name: Option<String>,
    /// How many comments are published.
    pub comments: i64,
    /// How many members said thanks.
    pub thanks: i64,
}

/// The photo on the card of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    pub photo: PhotoId,
    pub focus: Focus,
    /// Of its largest file, in pixels.
    pub width: u32,
}

/// What a version did to the last day of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastDayChange {
    /// It is over at this moment.
    Until(Timestamp),
    /// It ends no more.
    Taken,
}

/// One saved version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The post's version after this save; the first is 1.
    pub version: i64,
    pub text: PostText,
    pub editor: MemberId,
    pub editor_name: String,
    pub at: Timestamp,
    pub reason: String,
    /// Who proposed what the editor saved.
    pub proposed_by: Option<String>,
    /// What it did to the last day, if anything.
    pub last_day: Option<LastDayChange>,
}
