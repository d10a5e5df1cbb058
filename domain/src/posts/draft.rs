//! From what somebody typed to a post that can be published.

use serde::{Deserialize, Serialize};

use super::scene::Scene;
use super::{PostKind, PostText};
use crate::limits;
use crate::photos::Placed;
use crate::platform::Platform;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed: nothing is checked yet, nothing may be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub body: String,
    /// Key of a [`PostKind`].
    #[serde(default)]
    pub kind: String,
    /// Slug of a topic, or empty.
    #[serde(default)]
    pub topic: String,
    /// Slugs of areas; none is the whole platform.
    #[serde(default)]
    pub areas: Vec<String>,
    /// Key of a [`Scene`], or empty.
    #[serde(default)]
    pub scene: String,
    #[serde(default)]
    pub scene_alt: String,
    /// Who the text is of, when a connector writes for somebody.
    #[serde(default)]
    pub on_behalf_of: String,
    /// "That person agreed": needed when `on_behalf_of` is filled in.
    #[serde(default)]
    pub consent: bool,
    /// In their order.
    #[serde(default)]
    pub photos: Vec<DraftPhoto>,
    /// The day on which it publishes itself, `2026-12-01`; empty for at once.
    #[serde(default)]
    pub publish_on: String,
    /// The hour of that day, `09:30`.
    #[serde(default)]
    pub publish_time: String,
    /// The last day on which it is to be read; empty for always.
    #[serde(default)]
    pub expires_on: String,
}

/// A photo in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPhoto {
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub alt: String,
    #[serde(default)]
    pub caption: String,
    /// It is not to be put with the post.
    #[serde(default)]
    pub gone: bool,
}

/// A draft in which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidPost {
    text: PostText,
    on_behalf_of: Option<String>,
    photos: Vec<Placed>,
}

impl ValidPost {
    /// Whether they are the author's to use, the store decides.
    pub fn photos(&self) -> &[Placed] {
        &self.photos
    }
    pub const fn text(&self) -> &PostText {
        &self.text
    }
    pub fn on_behalf_of(&self) -> Option<&str> {
        self.on_behalf_of.as_deref()
    }
}

impl Draft {
    /// Checks every field against the limits and the platform's own lists.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, platform: &Platform) -> Result<ValidPost, Problems> {
        let mut problems = Problems::default();
        let kind = PostKind::from_key(&self.kind);
        if kind.is_none() {
            problems.push(Field::Kind, Fault::UnknownChoice);
        }
        let title = checked(title(&self.title), Field::Title, &mut problems);
        let body = checked(body(&self.body), Field::Body, &mut problems);
        let topic = checked(topic(&self.topic, platform), Field::Topic, &mut problems);
        let areas = checked(areas(&self.areas, platform), Field::Areas, &mut problems);
        let scene = match self.scene.as_str() {
            "" => None,
            key => {
                let scene = Scene::from_key(key);
                if scene.is_none() {
                    problems.push(Field::Scene, Fault::UnknownChoice);
                }
                scene
            }
        };
        let scene_alt = text::line(&self.scene_alt);
        if let Some(fault) = too_long(&scene_alt, limits::ALT_MAX) {
            problems.push(Field::SceneAlt, fault);
        }
        let photos = checked(photos(&self.photos), Field::Photos, &mut problems);
        let on_behalf_of = Some(text::line(&self.on_behalf_of)).filter(|name| !name.is_empty());
        if let Some(name) = &on_behalf_of {
            if let Some(fault) = too_long(name, limits::NAME_MAX) {
                problems.push(Field::OnBehalfOf, fault);
            } else if !name.chars().any(char::is_alphabetic) {
                problems.push(Field::OnBehalfOf, Fault::NoText);
            }
            if !self.consent {
                problems.push(Field::Consent, Fault::MustAgree);
            }
        }
        problems.or(|| ValidPost {
            text: PostText { title, body, kind: kind.unwrap_or_default(), topic, areas, scene, scene_alt },
            on_behalf_of,
            photos,
        })
    }
}

fn checked<T: Default>(result: Result<T, Fault>, field: Field, problems: &mut Problems) -> T {
    result.unwrap_or_else(|fault| {
        problems.push(field, fault);
        T::default()
    })
}

fn too_long(text: &str, max: u32) -> Option<Fault> {
    let is = text::length(text);
    (is > max).then_some(Fault::TooLong { max, is })
}

/// A title of one line.
///
/// # Errors
/// The one thing that is wrong with it.
pub fn title(typed: &str) -> Result<String, Fault> {
    let title = text::line(typed);
    let length = text::length(&title);
    if length == 0 {
        Err(Fault::Required)
    } else if length < limits::TITLE_MIN {
        Err(Fault::TooShort { min: limits::TITLE_MIN })
    } else if let Some(fault) = too_long(&title, limits::TITLE_MAX) {
        Err(fault)
    } else if !title.chars().any(char::is_alphanumeric) {
        Err(Fault::NoText)
    } else {
        Ok(title)
    }
}

/// The Markdown text.
///
/// # Errors
/// The one thing that is wrong with it.
pub fn body(typed: &str) -> Result<String, Fault> {
    let body = text::lines(typed);
    let length = text::length(body.trim());
    if length == 0 {
        Err(Fault::Required)
    } else if length < limits::BODY_MIN {
        Err(Fault::TooShort { min: limits::BODY_MIN })
    } else if let Some(fault) = too_long(&body, limits::BODY_MAX) {
        Err(fault)
    } else if !text::is_visible(&body) {
        Err(Fault::NoText)
    } else {
        Ok(body)
    }
}

/// A topic by its slug; an empty one is none.
///
/// # Errors
/// The slug is not one of this platform's.
pub fn topic(slug: &str, platform: &Platform) -> Result<Option<crate::id::TopicId>, Fault> {
    if slug.is_empty() {
        return Ok(None);
    }
    platform.topic_by_slug(slug).map(|topic| Some(topic.id)).ok_or(Fault::UnknownChoice)
}

/// Areas by their slugs, each once; none is the whole platform.
///
/// # Errors
/// One is not of this platform, or there are too many.
pub fn areas(slugs: &[String], platform: &Platform) -> Result<Vec<crate::id::AreaId>, Fault> {
    let mut areas = Vec::new();
    for slug in slugs.iter().filter(|slug| !slug.is_empty()) {
        let area = platform.areas.by_slug(slug).ok_or(Fault::UnknownChoice)?;
        // The root is the platform itself.
        if area.parent.is_some() && !areas.contains(&area.id) {
            areas.push(area.id);
        }
    }
    if areas.len() > limits::AREAS_MAX as usize {
        return Err(Fault::TooMany { max: limits::AREAS_MAX });
    }
    Ok(areas)
}

/// A reason for an edit; may be empty.
///
/// # Errors
/// It is too long.
pub fn reason(typed: &str) -> Result<String, Fault> {
    let reason = text::line(typed);
    too_long(&reason, limits::REASON_MAX).map_or(Ok(reason), Err)
}

/// Photos that go with the post, each once.
///
/// # Errors
/// There are too many, one is no photo, or what is said of one is too long.
pub fn photos(typed: &[DraftPhoto]) -> Result<Vec<Placed>, Fault> {
    let mut placed: Vec<Placed> = Vec::new();
    for photo in typed.iter().filter(|photo| !photo.gone && !photo.id.is_empty()) {
        let id = photo.id.parse().map_err(|_| Fault::Gone)?;
        let (alt, caption) = (text::line(&photo.alt), text::line(&photo.caption));
        if let Some(fault) = too_long(&alt, limits::ALT_MAX).or(too_long(&caption, limits::ALT_MAX)) {
            return Err(fault);
        }
        if placed.iter().all(|other| other.id != id) {
            placed.push(Placed { id, alt, caption });
        }
    }
    if placed.len() > limits::PHOTOS_MAX as usize {
        return Err(Fault::TooMany { max: limits::PHOTOS_MAX });
    }
    Ok(placed)
}
