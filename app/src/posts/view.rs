//! What travels from the server to a page about posts.

use domain::posts::PostKind;
use domain::posts::draft::Draft;
use domain::posts::filter::FilterQuery;
use domain::posts::merge::Part;
use domain::problem::Problems;
use serde::{Deserialize, Serialize};

use super::photos::view::{CoverView, PhotoView};
use crate::forms::Filled;
use crate::texts::Texts;
use crate::ui::Moment;
use crate::versions::view::Both;

/// A place or topic with its address part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub slug: String,
    pub name: String,
}

/// Who wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    pub name: String,
    pub tone: u8,
    pub on_behalf_of: Option<String>,
    pub official: bool,
}

/// A post on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardView {
    pub id: String,
    pub kind: PostKind,
    pub title: String,
    pub excerpt: String,
    pub scene: Option<String>,
    pub cover: Option<CoverView>,
    pub by: Byline,
    pub place: String,
    pub at: Moment,
    pub pinned_by: Option<String>,
    /// How many comments.
    pub comments: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    pub pinned: Vec<CardView>,
    pub cards: Vec<CardView>,
    /// Where it goes on.
    pub next: Option<FilterQuery>,
    /// Whose posts these are; empty when they are everybody's.
    pub author: String,
    /// On home: what is on soon, as HTML.
    pub agenda: String,
}

/// A whole post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShowView {
    pub id: String,
    pub version: i64,
    pub kind: PostKind,
    pub title: String,
    pub body: String,
    pub html: String,
    pub excerpt: String,
    pub topic: Option<Named>,
    pub areas: Vec<Named>,
    pub scene: Option<String>,
    pub scene_alt: String,
    pub photos: Vec<PhotoView>,
    pub by: Byline,
    /// The key of who wrote it in their own name, or empty.
    pub author: String,
    /// Ways to hand it on, as HTML.
    pub share: String,
    /// What is more to an initiative, as HTML.
    pub initiative: String,
    pub at: Moment,
    pub edited: Option<Moment>,
    pub pinned_by: Option<String>,
    pub removed: bool,
    /// Its last day is over.
    pub expired: bool,
    /// Its last day, spelled out, or empty.
    pub last_day: String,
    /// Why it waits for a moderator: `hidden`, `held`, or empty.
    pub waits: String,
    /// Where it says why it is kept back, or empty.
    pub case_link: String,
    /// The reader wrote it.
    pub own: bool,
    /// The reader may decide about it, with reasons.
    pub may_moderate: bool,
    pub json_ld: String,
    /// What was typed into a part that could not be saved.
    pub typed: Filled<EditForm>,
    pub may_edit: bool,
    pub may_remove: bool,
    pub may_restore: bool,
    /// Or let go of it, when it is on top.
    pub may_pin: bool,
    /// The reader may let it be read for longer.
    pub may_extend: bool,
    /// The reader may propose a change.
    pub may_propose: bool,
}

/// One part of a post that could not be saved, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditForm {
    pub version: i64,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub topic: Option<String>,
    #[serde(default)]
    pub areas: Option<Vec<String>>,
    #[serde(default)]
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteView {
    pub draft: Draft,
    pub problems: Problems,
    /// When the draft was kept while typing, on this or another device (milliseconds since 1970).
    pub kept_at: Option<i64>,
    /// The form was sent and has come back.
    pub refused: bool,
    /// The draft that is written on.
    pub concept: String,
    /// When it publishes itself, spelled out; empty for a draft that does not.
    pub planned: String,
}

/// Two people changed the same part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictView {
    pub id: String,
    pub title: String,
    /// The version to save on top of.
    pub version: i64,
    /// Who was faster; `None` for oneself, in another window.
    pub other: Option<String>,
    pub parts: Vec<ConflictPart>,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictPart {
    pub part: Part,
    pub both: Both,
    /// Slugs, for areas and topics.
    pub mine_choice: Vec<String>,
}

/// The kind in the reader's language.
pub const fn kind_name(t: &Texts, kind: PostKind) -> &'static str {
    match kind {
        PostKind::News => t.kind_news,
        PostKind::Story => t.kind_story,
        PostKind::ExperienceStory => t.kind_experience_story,
        PostKind::PhotoAlbum => t.kind_photo_album,
        PostKind::Initiative => t.kind_initiative,
        PostKind::Announcement => t.kind_announcement,
        PostKind::Memorial => t.kind_memorial,
    }
}

/// What the kind is for.
pub const fn kind_about(t: &Texts, kind: PostKind) -> &'static str {
    match kind {
        PostKind::News => t.kind_news_about,
        PostKind::Story => t.kind_story_about,
        PostKind::ExperienceStory => t.kind_experience_story_about,
        PostKind::PhotoAlbum => t.kind_photo_album_about,
        PostKind::Initiative => t.kind_initiative_about,
        PostKind::Announcement => t.kind_announcement_about,
        PostKind::Memorial => t.kind_memorial_about,
    }
}

pub const fn kind_look(kind: PostKind) -> &'static str {
    match kind {
        PostKind::Announcement => "accent",
        PostKind::PhotoAlbum => "sun",
        PostKind::Memorial => "neutral",
        _ => "brand",
    }
}

pub const fn part_name(t: &Texts, part: Part) -> &'static str {
    match part {
        Part::Title => t.field_title,
        Part::Body => t.field_body,
        Part::Areas => t.field_areas,
        Part::Topic => t.field_topic,
    }
}

/// The filter of a list without one of its parts.
pub fn without(query: &FilterQuery, part: &str) -> String {
    let mut query = query.first_page();
    match part {
        "gebied" => query.gebied.clear(),
        "thema" => query.thema.clear(),
        "schrijver" => query.schrijver.clear(),
        _ => query.soort.clear(),
    }
    format!("/berichten{}", query.to_query())
}
