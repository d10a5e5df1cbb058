//! What the pages about activities show.

use domain::activities::draft::{ActivityDraft, TimeDraft};
use domain::activities::filter::AgendaQuery;
use domain::activities::{Audience, Spoken};
use serde::{Deserialize, Serialize};

use super::registration::view::RegisteringView;
use crate::forms::Filled;
use crate::posts::view::Named;
use crate::versions::view::Both;

/// One time on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeView {
    pub href: String,
    pub iso: String,
    pub time: String,
    /// Empty for who does not know when it ends.
    pub until: String,
    pub title: String,
    pub place: String,
    /// What it costs; empty for nothing.
    pub cost: String,
    pub note: String,
    pub cancelled: bool,
    pub moved: bool,
    pub repeats: bool,
    pub online: bool,
    pub wheelchair: bool,
    /// `52.53,5.12`, where it is on the map; empty for nowhere.
    pub point: String,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayView {
    /// `2026-12-01`.
    pub date: String,
    /// "dinsdag 1 december".
    pub name: String,
    /// "1".
    pub number: String,
    /// "vandaag", "morgen", or empty.
    pub relative: String,
    pub holiday: String,
    pub today: bool,
    pub past: bool,
    pub times: Vec<TimeView>,
    /// How many more there are than are shown here.
    pub more: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaView {
    pub query: AgendaQuery,
    /// "week van 30 november", "december 2026".
    pub period: String,
    pub days: Vec<DayView>,
    /// Empty days before the first, where weeks stand under each other.
    pub offset: u8,
    pub weekdays: Vec<String>,
    pub before: Option<AgendaQuery>,
    pub after: Option<AgendaQuery>,
    pub any: bool,
    pub is_now: bool,
    /// There is a map to look at.
    pub has_map: bool,
    /// The map, where it is looked at.
    pub map: Option<MapView>,
}

/// A map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapView {
    /// What the script reads (JSON).
    pub says: String,
    /// The drawn map; empty for one of tiles, which no picture can stand for.
    pub picture: String,
    /// Its height where its width is [`MapView::WIDTH`].
    pub height: u32,
    pub spots: Vec<SpotView>,
    /// How many times are on no place of it.
    pub elsewhere: usize,
    /// Who made it.
    pub attribution: String,
}

impl MapView {
    pub const WIDTH: u32 = 1200;
}

/// One place on the picture, with how many times are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpotView {
    pub x: u32,
    pub y: u32,
    pub count: usize,
}

/// A part of a drawn map, with one place in its middle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeekView {
    pub picture: String,
    /// Of the whole drawing, whose width is [`MapView::WIDTH`].
    pub height: u32,
    /// What is shown of it: from the left, from above, and how wide and high it is.
    pub part: [u32; 4],
    pub x: u32,
    pub y: u32,
    /// The map of that day.
    pub href: String,
}

/// What the form needs to show where something is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceView {
    /// Slug and name of what the community knows.
    pub known: Vec<(String, String)>,
    /// `None` for a community without a map.
    pub map: Option<MapView>,
}

/// One of the next times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextView {
    pub href: String,
    pub iso: String,
    pub text: String,
    pub relative: String,
    pub holiday: String,
    pub cancelled: bool,
    pub moved: bool,
    pub note: String,
    pub here: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityPageView {
    /// Where it is, on a part of the map.
    pub peek: Option<PeekView>,
    pub id: String,
    pub version: i64,
    pub title: String,
    pub excerpt: String,
    pub html: String,
    pub scene: Option<String>,
    pub scene_alt: String,
    /// "dinsdag 1 december van 10.00 tot 12.00 uur".
    pub when: String,
    pub iso: String,
    pub relative: String,
    pub holiday: String,
    /// The name of the time that is shown.
    pub at: String,
    pub note: String,
    pub cancelled: bool,
    pub moved_from: String,
    /// "elke dinsdag van 10.00 tot 12.00 uur"; empty for what happens once.
    pub rule: String,
    pub place: String,
    pub wheelchair: bool,
    pub online: String,
    pub cost: String,
    pub audience: Vec<Audience>,
    pub languages: Vec<Spoken>,
    pub areas: Vec<Named>,
    pub topic: Option<Named>,
    /// The name of the calendar of others that it comes from; empty for what was made here.
    pub source: String,
    /// Its page elsewhere; may be empty.
    pub source_url: String,
    pub organiser: String,
    pub tone: u8,
    pub next: Vec<NextView>,
    pub over: bool,
    pub removed: bool,
    pub previous_link: String,
    pub next_link: String,
    pub json_ld: String,
    pub share: String,
    pub repeats: bool,
    pub may_edit: bool,
    pub may_remove: bool,
    pub may_moderate: bool,
    pub may_restore: bool,
    /// What a moderator asks of who organises it, for them alone, as HTML; may be empty.
    pub asked: String,
    /// Where it says why it is not there; may be empty.
    pub case_link: String,
    pub refused: Filled<()>,
    /// `None` where people just come.
    pub registering: Option<RegisteringView>,
}

/// A time that the form would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewView {
    pub date: String,
    pub text: String,
    pub holiday: String,
    pub left_out: bool,
}

/// The form of a whole activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityFormView {
    /// Empty for a new one.
    pub id: String,
    pub version: i64,
    /// `alles` or `vanaf`.
    pub scope: String,
    pub at: String,
    /// What saving does, in a sentence; empty for a new one.
    pub says: String,
    pub form: Filled<ActivityDraft>,
    /// The rule in words, when what is typed is one.
    pub rule: String,
    pub times: Vec<PreviewView>,
    /// A rule that the form has no fields for.
    pub kept_rule: String,
    pub place: PlaceView,
    /// People have registered: for what stays as it is.
    pub registered: bool,
}

/// One step to a first activity, with everything that was typed so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstView {
    /// From 1 to [`FirstView::STEPS`].
    pub step: u8,
    pub form: ActivityFormView,
}

impl FirstView {
    pub const STEPS: u8 = 5;
}

/// What hangs on a wall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PosterView {
    pub id: String,
    pub title: String,
    /// "elke dinsdag van 10.00 tot 12.00 uur"; of what happens once, the day and the hours.
    pub when: String,
    /// The next time of what comes back.
    pub next: String,
    pub place: String,
    pub wheelchair: bool,
    pub cost: String,
    pub scene: Option<String>,
    pub organiser: String,
    /// Where it is to be read, as people type it.
    pub address: String,
    /// The same as a QR code (SVG).
    pub code: String,
}

/// Changing an activity: what, or how far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    pub id: String,
    pub title: String,
    pub part: ChangePart,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangePart {
    /// Which times.
    Choose(ReachView),
    /// One time alone.
    Time(TimeFormView),
    /// All, or from one on.
    Whole(Box<ActivityFormView>),
}

/// What each choice does, said beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReachView {
    pub at: String,
    pub this: String,
    pub following: String,
    pub all: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeFormView {
    pub version: i64,
    pub at: String,
    pub says: String,
    pub cancelled: bool,
    /// What the community knows, in one line each, to choose from while typing.
    pub places: Vec<String>,
    pub form: Filled<TimeDraft>,
}

/// What was typed, and on which version: a form that comes back is still about that one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnVersion<T> {
    pub version: i64,
    pub typed: T,
}

/// Two people changed the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClashView {
    /// Of the activity that has the time now.
    pub id: String,
    pub title: String,
    /// The version to save on top of.
    pub version: i64,
    /// Who was faster; `None` for oneself, in another window.
    pub other: Option<String>,
    /// `keer`, `vanaf` or `alles`.
    pub scope: String,
    pub at: String,
    /// The names and words of the times that one can choose, where that one is none any more.
    pub instead: Vec<(String, String)>,
    pub parts: Vec<ClashPart>,
    pub form: ClashForm,
}

/// Both versions of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClashPart {
    pub key: String,
    pub name: String,
    pub both: Both,
    pub by_me: bool,
    pub by_them: bool,
}

/// The fields with what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClashForm {
    Time(TimeDraft),
    Whole(Box<ActivityFormView>),
}
