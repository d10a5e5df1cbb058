//! From what a calendar holds to activities.

use calendar::Series;
use calendar::ics::Other;
use calendar::read::{self, Item};
use domain::activities::{ActivityText, OccurrenceChange};
use domain::clock::Timestamp;
use domain::geo::Point;
use domain::limits::{ADDRESS_MAX, BODY_MAX, PLACE_MAX, TITLE_MAX};
use domain::platform::Platform;
use domain::sources::draft::SourceText;
use domain::sources::{Skip, Trouble};
use store::activities::TimeChange;
use store::sources::Imported;

use super::words;
use crate::activities::{bounds, text_of, time_change};
use crate::{markdown, secrets};

/// A longer name is kept as what stands for it.
const UID_MAX: usize = 200;

/// What a calendar gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub activities: Vec<Imported>,
    pub skips: Vec<Skip>,
    pub skipped: u32,
}

/// Reads a file and makes activities of what is in it. Takes a moment: not for a thread that serves others.
pub(super) fn plan(
    bytes: &[u8],
    text: &SourceText,
    platform: &Platform,
    now: Timestamp,
) -> Result<Plan, Trouble> {
    let held = read::read(bytes, now)?;
    let activities = held.items.iter().filter_map(|item| imported(item, text, platform)).collect();
    Ok(Plan { activities, skips: held.skips, skipped: held.skipped })
}

/// `None` for a series that is cancelled: it happens no more.
fn imported(item: &Item, source: &SourceText, platform: &Platform) -> Option<Imported> {
    let Item { series, others, .. } = item;
    let once = series.rule.is_none() && series.extra.is_empty();
    if item.cancelled && !once {
        return None;
    }
    let location = item.location.trim().replace('\n', ", ");
    let online = words::address(&location, PLACE_MAX);
    let place = if online.is_empty() { words::line(&location, PLACE_MAX) } else { String::new() };
    let title = words::line(&item.summary, TITLE_MAX);
    let mut changes: Vec<TimeChange> =
        others.iter().filter_map(|other| particular(other, series, (&title, &place))).collect();
    if item.cancelled {
        let start = calendar::local_text(series.start);
        let change = OccurrenceChange {
            instead_of: start.clone(),
            start,
            minutes: series.minutes,
            cancelled: true,
            place: String::new(),
            note: String::new(),
        };
        changes = time_change(change, series.minutes).into_iter().collect();
    }
    let text = ActivityText {
        title,
        body: words::markdown(&item.description, BODY_MAX),
        topic: source.topic,
        areas: source.areas.clone(),
        place,
        point: point(&item.geo, platform),
        online,
        cost: source.cost.clone(),
        ..ActivityText::default()
    };
    let url = words::address(&item.url, ADDRESS_MAX);
    let rendered = markdown::render(&text.body);
    let series_text = text_of(series);
    Some(Imported {
        uid: name(&item.uid),
        fingerprint: fingerprint(&(
            &text,
            &series_text,
            &url,
            changes.iter().map(|one| &one.change).collect::<Vec<_>>(),
        )),
        url,
        html: rendered.html,
        excerpt: rendered.excerpt,
        bounds: bounds(series, &changes),
        series: series_text,
        text,
        changes,
    })
}

/// What is particular about one time; `None` when nothing is that we know of.
fn particular(other: &Other, series: &Series, (title, place): (&str, &str)) -> Option<TimeChange> {
    let unlike = |own: String, usual: &str| if own == usual { String::new() } else { own };
    let location = other.location.trim().replace('\n', ", ");
    let change = OccurrenceChange {
        instead_of: calendar::local_text(other.instead_of),
        start: calendar::local_text(other.start),
        minutes: other.minutes,
        cancelled: other.cancelled,
        place: unlike(words::line(&location, PLACE_MAX), place),
        note: unlike(words::line(&other.summary, PLACE_MAX), title),
    };
    let plain = !change.cancelled
        && change.start == change.instead_of
        && change.minutes == series.minutes
        && change.place.is_empty()
        && change.note.is_empty();
    if plain { None } else { time_change(change, series.minutes) }
}

/// A point that the map of the community has.
fn point(geo: &str, platform: &Platform) -> Option<Point> {
    let (latitude, longitude) = geo.split_once(';')?;
    let point = Point::typed(latitude, longitude).ok()??;
    platform.map.as_ref().is_none_or(|map| map.holds(point)).then_some(point)
}

fn name(uid: &str) -> String {
    let uid: String = uid.chars().filter(|c| !c.is_control()).collect();
    if uid.len() <= UID_MAX { uid } else { format!("#{}", hex(&secrets::hash(&["uid", &uid]))) }
}

fn fingerprint<T: serde::Serialize>(of: &T) -> String {
    hex(&secrets::hash(&["calendar item", &serde_json::to_string(of).unwrap_or_default()]))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
