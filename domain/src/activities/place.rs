//! Where an activity is: typed, chosen from the places that the community knows, or shown on the map.

use super::draft::ActivityDraft;
use crate::geo::{CommunityMap, Point};
use crate::platform::Platform;
use crate::problem::Fault;

/// The point of what was typed: that of a known place, or the degrees.
///
/// # Errors
/// A place that is not on the list, half a point, none of a map, or one outside the map of the community.
pub fn point(draft: &ActivityDraft, platform: &Platform) -> Result<Option<Point>, Fault> {
    let map = platform.map.as_ref();
    if !draft.known.is_empty() {
        let place = map.and_then(|map| map.place(&draft.known)).ok_or(Fault::UnknownChoice)?;
        return Ok(Some(place.point));
    }
    let point = Point::typed(&draft.latitude, &draft.longitude)?;
    match (point, map) {
        (Some(point), Some(map)) if !map.holds(point) => Err(Fault::UnknownChoice),
        _ => Ok(point),
    }
}

/// Where one time of an activity is: where the activity is, unless it has a place of its own, which is only on the map
/// when the community knows it.
pub fn point_of_time(point: Option<Point>, own_place: &str, map: Option<&CommunityMap>) -> Option<Point> {
    if own_place.is_empty() {
        return point;
    }
    map?.place_called(own_place).map(|place| place.point)
}

/// The place in one line. Whoever chooses a known place need not type it; what they add ("zaal 2") stays, but the line
/// of another known place does not: that is where it was.
pub fn line(typed: &str, known: &str, platform: &Platform) -> String {
    let Some(map) = &platform.map else { return typed.to_owned() };
    match map.place(known) {
        Some(place) if typed.is_empty() || map.places.iter().any(|other| other.line() == typed) => {
            place.line()
        }
        _ => typed.to_owned(),
    }
}
