//! From what somebody typed about an activity to what can be stored. When it is, is checked where the calendar is
//! known (`service`).

use serde::{Deserialize, Serialize};

use super::registration::RulesDraft;
use super::{ActivityText, Audience, Spoken};
use crate::limits;
use crate::platform::Platform;
use crate::posts::draft;
use crate::posts::scene::Scene;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// The form as it was typed: nothing is checked yet, nothing may be lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityDraft {
    pub title: String,
    pub body: String,
    /// Slug of a topic, or empty.
    pub topic: String,
    /// Slugs of areas; none is the whole platform.
    pub areas: Vec<String>,
    pub place: String,
    /// Slug of a place that the community knows, or empty; it gives the point, and the place where none is typed.
    pub known: String,
    /// Degrees; both empty for who does not say where it is on the map.
    pub latitude: String,
    pub longitude: String,
    pub wheelchair: bool,
    pub online: String,
    pub cost: String,
    /// Keys of [`Audience`].
    pub audience: Vec<String>,
    /// Keys of [`Spoken`].
    pub languages: Vec<String>,
    /// Key of a [`Scene`], or empty.
    pub scene: String,
    pub scene_alt: String,
    pub when: WhenDraft,
    pub registration: RulesDraft,
}

/// When it is, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WhenDraft {
    /// `2026-12-01`.
    pub day: String,
    /// `10:00`.
    pub from: String,
    /// `12:00`; empty for who does not know. Earlier than `from` is on the next day.
    pub to: String,
    /// Key of a [`Repeat`].
    pub repeat: String,
    /// The rule that is kept as it is (RFC 5545, 3.3.10); empty where the form has words for it.
    pub rule: String,
    /// Every so many weeks or months; empty for every one.
    pub every: String,
    /// Keys of days of the week (`mo`), where weeks come back; none is the day of the first time.
    pub days: Vec<String>,
    /// The last day; empty for no end.
    pub until: String,
    /// Days on which it is not after all.
    pub skip: Vec<String>,
    /// Days on which it is besides.
    pub more: Vec<String>,
}

/// How something comes back, in the words of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeat {
    #[default]
    Once,
    Daily,
    Weekly,
    /// The same day of the month: the 15th.
    MonthDay,
    /// The same day of the week of the month: the second Tuesday.
    MonthWeekday,
    /// The last such day of the week: the last Saturday.
    MonthLast,
    Yearly,
    /// As it is: a rule that the form has no words for.
    Kept,
}

impl Repeat {
    pub const ALL: [Self; 8] = [
        Self::Once,
        Self::Daily,
        Self::Weekly,
        Self::MonthDay,
        Self::MonthWeekday,
        Self::MonthLast,
        Self::Yearly,
        Self::Kept,
    ];

    /// The word of the form.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::MonthDay => "month_day",
            Self::MonthWeekday => "month_weekday",
            Self::MonthLast => "month_last",
            Self::Yearly => "yearly",
            Self::Kept => "kept",
        }
    }

    /// Nothing chosen is once.
    pub fn from_key(key: &str) -> Option<Self> {
        if key.is_empty() { Some(Self::Once) } else { Self::ALL.into_iter().find(|one| one.key() == key) }
    }
}

/// One time of a series, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TimeDraft {
    pub day: String,
    pub from: String,
    pub to: String,
    pub place: String,
    pub note: String,
}

impl ActivityDraft {
    /// Checks all but the times.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, platform: &Platform) -> Result<ActivityText, Problems> {
        let mut problems = Problems::default();
        let mut keep = |field, fault: Option<Fault>| {
            if let Some(fault) = fault {
                problems.push(field, fault);
            }
        };
        let title = draft::title(&self.title);
        keep(Field::Title, title.err());
        let body = draft::body(&self.body);
        keep(Field::Body, body.as_ref().err().copied());
        let place = line(&self.place);
        keep(Field::Place, place.as_ref().err().copied());
        let place = place.unwrap_or_default();
        let point = super::place::point(self, platform);
        keep(Field::Address, point.err());
        let online = web_address(&self.online);
        keep(Field::Online, online.as_ref().err().copied());
        let cost = line(&self.cost);
        keep(Field::Cost, cost.as_ref().err().copied());
        let audience = all(&self.audience, Audience::from_key);
        keep(Field::Audience, audience.as_ref().err().copied());
        let languages = all(&self.languages, Spoken::from_key);
        keep(Field::Audience, languages.as_ref().err().copied());
        let areas = draft::areas(&self.areas, platform);
        keep(Field::Areas, areas.as_ref().err().copied());
        let topic = draft::topic(&self.topic, platform);
        keep(Field::Topic, topic.err());
        let scene = match self.scene.as_str() {
            "" => Ok(None),
            key => Scene::from_key(key).map(Some).ok_or(Fault::UnknownChoice),
        };
        keep(Field::Scene, scene.err());
        let scene_alt = line(&self.scene_alt);
        keep(Field::SceneAlt, scene_alt.as_ref().err().copied());
        let registration = self.registration.check().unwrap_or_else(|found| {
            problems.0.extend(found.0);
            None
        });
        problems.or(|| ActivityText {
            title: draft::title(&self.title).unwrap_or_default(),
            body: body.unwrap_or_default(),
            topic: topic.unwrap_or_default(),
            areas: areas.unwrap_or_default(),
            place: super::place::line(&place, &self.known, platform),
            point: point.unwrap_or_default(),
            wheelchair: self.wheelchair,
            online: online.unwrap_or_default(),
            cost: cost.unwrap_or_default(),
            audience: audience.unwrap_or_default(),
            languages: languages.unwrap_or_default(),
            scene: scene.unwrap_or_default(),
            scene_alt: scene_alt.unwrap_or_default(),
            registration,
        })
    }
}

/// A line that may be empty.
///
/// # Errors
/// It is too long.
pub fn line(typed: &str) -> Result<String, Fault> {
    let line = text::line(typed);
    let is = text::length(&line);
    if is > limits::PLACE_MAX { Err(Fault::TooLong { max: limits::PLACE_MAX, is }) } else { Ok(line) }
}

fn all<T: PartialEq>(keys: &[String], from_key: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, Fault> {
    let mut found = Vec::new();
    for key in keys.iter().filter(|key| !key.is_empty()) {
        let one = from_key(key).ok_or(Fault::UnknownChoice)?;
        if !found.contains(&one) {
            found.push(one);
        }
    }
    Ok(found)
}

/// An address on the web, `https` when nothing is said; or nothing.
///
/// # Errors
/// It is no such address: other schemes run scripts or open programs.
fn web_address(typed: &str) -> Result<String, Fault> {
    let line = line(typed)?;
    if line.is_empty() {
        return Ok(line);
    }
    let address = if line.contains("://") { line } else { format!("https://{line}") };
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default()).unwrap_or_default();
    let plain = address.chars().all(|c| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '\\' | '`'));
    let named = host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.');
    if plain && named { Ok(address) } else { Err(Fault::NotAnAddress) }
}
