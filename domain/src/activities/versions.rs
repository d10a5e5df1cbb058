//! Saved versions of an activity, and what differs between two of them.

use serde::{Deserialize, Serialize};

use super::{ActivityText, OccurrenceChange, SeriesText};
use crate::clock::Timestamp;

/// All that one version says: what it is, when it is, and which times are not as the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActivityContent {
    pub text: ActivityText,
    pub series: SeriesText,
    pub changes: Vec<OccurrenceChange>,
}

/// A version that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityRevision {
    pub version: i64,
    pub content: ActivityContent,
    pub editor_name: String,
    pub at: Timestamp,
}

/// What of an activity can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityPart {
    Title,
    Body,
    When,
    /// Times that are not as the others.
    Times,
    Place,
    Online,
    Cost,
    Audience,
    Picture,
    Areas,
    Topic,
    Registration,
}

impl ActivityPart {
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::Body,
        Self::When,
        Self::Times,
        Self::Place,
        Self::Online,
        Self::Cost,
        Self::Audience,
        Self::Picture,
        Self::Areas,
        Self::Topic,
        Self::Registration,
    ];

    /// Whether two versions agree about this part.
    pub fn same(self, a: &ActivityContent, b: &ActivityContent) -> bool {
        let (old, new) = (&a.text, &b.text);
        match self {
            Self::Title => old.title == new.title,
            Self::Body => old.body == new.body,
            Self::When => a.series == b.series,
            Self::Times => a.changes == b.changes,
            Self::Place => (&old.place, old.point, old.wheelchair) == (&new.place, new.point, new.wheelchair),
            Self::Online => old.online == new.online,
            Self::Cost => old.cost == new.cost,
            Self::Audience => (&old.audience, &old.languages) == (&new.audience, &new.languages),
            Self::Picture => (old.scene, &old.scene_alt) == (new.scene, &new.scene_alt),
            Self::Areas => {
                let sorted = |text: &ActivityText| {
                    let mut areas = text.areas.clone();
                    areas.sort_unstable();
                    areas
                };
                sorted(old) == sorted(new)
            }
            Self::Topic => old.topic == new.topic,
            Self::Registration => old.registration == new.registration,
        }
    }
}

/// What differs between two versions, in the order of the form.
pub fn different(a: &ActivityContent, b: &ActivityContent) -> Vec<ActivityPart> {
    ActivityPart::ALL.into_iter().filter(|part| !part.same(a, b)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_and_the_order_of_areas_is_nothing() {
        let key = |n| crate::id::AreaId(uuid::Uuid::from_u128(n));
        let mut old = ActivityContent::default();
        old.text.areas = vec![key(1), key(2)];
        let mut new = old.clone();
        new.text.areas.reverse();
        assert_eq!(different(&old, &new), []);
        new.text.wheelchair = true;
        new.series.minutes = 60;
        assert_eq!(different(&old, &new), [ActivityPart::When, ActivityPart::Place]);
    }

    #[test]
    fn a_version_from_before_a_field_was_added_is_read() {
        let read: ActivityContent =
            serde_json::from_str("{\"text\":{\"title\":\"Breien\"}}").expect("a version");
        assert_eq!((read.text.title.as_str(), read.text.cost.as_str()), ("Breien", ""));
    }
}
