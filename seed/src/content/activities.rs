//! What happens, as it is written in the files.

use domain::geo::Point;
use serde::Deserialize;

/// Something that happens. People are named as in the list of members, everything else as in the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ActivityFile {
    pub title: String,
    pub by: String,
    pub areas: Vec<String>,
    pub topic: String,
    pub place: String,
    /// The slug of a place that the community knows.
    #[serde(default)]
    pub known: String,
    /// Latitude and longitude of any other place.
    #[serde(default)]
    pub point: Option<Point>,
    pub body: String,
    /// RFC 5545; empty for once.
    pub rule: String,
    /// From now to the first day it can be.
    pub days: i64,
    pub from: String,
    pub to: String,
    #[serde(default)]
    pub wheelchair: bool,
    #[serde(default)]
    pub online: String,
    #[serde(default)]
    pub cost: String,
    #[serde(default)]
    pub audience: Vec<String>,
    #[serde(default)]
    pub languages: Vec<String>,
    pub scene: String,
    pub scene_alt: String,
    #[serde(default)]
    pub changes: Vec<TimeFile>,
    /// How people register; `None` where they just come.
    #[serde(default)]
    pub registration: Option<RegistrationFile>,
}

/// What is particular about one of the next times.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TimeFile {
    /// 0 for the next one.
    pub next: usize,
    #[serde(default)]
    pub cancelled: bool,
    pub note: String,
}

/// How people register, and who has for the next time.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RegistrationFile {
    /// 0 for room for everybody.
    #[serde(default)]
    pub capacity: u32,
    #[serde(default)]
    pub guests: u32,
    #[serde(default)]
    pub closes: u32,
    #[serde(default)]
    pub questions: Vec<String>,
    /// In the order in which they came.
    pub come: Vec<ComesFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ComesFile {
    pub who: String,
    #[serde(default)]
    pub guests: u32,
    #[serde(default)]
    pub answer: String,
}
