//! Saved versions of an activity, what differs between two of them, and what two editors can change at once.

use serde::{Deserialize, Serialize};

use super::draft::ActivityDraft;
use super::{ActivityText, OccurrenceChange, SeriesText};
use crate::clock::Timestamp;
use crate::id::MemberId;
use crate::merge::{self, MergePart};

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
    pub editor: MemberId,
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

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::When => "when",
            Self::Times => "times",
            Self::Place => "place",
            Self::Online => "online",
            Self::Cost => "cost",
            Self::Audience => "audience",
            Self::Picture => "picture",
            Self::Areas => "areas",
            Self::Topic => "topic",
            Self::Registration => "registration",
        }
    }

    /// Copies the fields of this part from `from` into `into`. Times that are not as the others have none.
    pub fn copy_fields(self, from: &ActivityDraft, into: &mut ActivityDraft) {
        match self {
            Self::Title => into.title.clone_from(&from.title),
            Self::Body => into.body.clone_from(&from.body),
            Self::When => into.when.clone_from(&from.when),
            Self::Times => (),
            Self::Place => {
                into.place.clone_from(&from.place);
                into.known.clone_from(&from.known);
                into.latitude.clone_from(&from.latitude);
                into.longitude.clone_from(&from.longitude);
                into.wheelchair = from.wheelchair;
            }
            Self::Online => into.online.clone_from(&from.online),
            Self::Cost => into.cost.clone_from(&from.cost),
            Self::Audience => {
                into.audience.clone_from(&from.audience);
                into.languages.clone_from(&from.languages);
            }
            Self::Picture => {
                into.scene.clone_from(&from.scene);
                into.scene_alt.clone_from(&from.scene_alt);
            }
            Self::Areas => into.areas.clone_from(&from.areas),
            Self::Topic => into.topic.clone_from(&from.topic),
            Self::Registration => into.registration.clone_from(&from.registration),
        }
    }
}

impl MergePart<ActivityContent> for ActivityPart {
    fn same(self, a: &ActivityContent, b: &ActivityContent) -> bool {
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

    fn copy(self, from: &ActivityContent, into: &mut ActivityContent) {
        let (text, to) = (&from.text, &mut into.text);
        match self {
            Self::Title => to.title.clone_from(&text.title),
            Self::Body => to.body.clone_from(&text.body),
            Self::When => into.series.clone_from(&from.series),
            Self::Times => into.changes.clone_from(&from.changes),
            Self::Place => {
                to.place.clone_from(&text.place);
                to.point = text.point;
                to.wheelchair = text.wheelchair;
            }
            Self::Online => to.online.clone_from(&text.online),
            Self::Cost => to.cost.clone_from(&text.cost),
            Self::Audience => {
                to.audience.clone_from(&text.audience);
                to.languages.clone_from(&text.languages);
            }
            Self::Picture => {
                to.scene = text.scene;
                to.scene_alt.clone_from(&text.scene_alt);
            }
            Self::Areas => to.areas.clone_from(&text.areas),
            Self::Topic => to.topic = text.topic,
            Self::Registration => to.registration.clone_from(&text.registration),
        }
    }
}

/// A form with what it comes to. The same can be typed in many ways, so what was typed cannot be compared; and what it
/// comes to is not all that was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meant {
    pub draft: ActivityDraft,
    pub content: ActivityContent,
}

impl MergePart<Meant> for ActivityPart {
    fn same(self, a: &Meant, b: &Meant) -> bool {
        self.same(&a.content, &b.content)
    }

    fn copy(self, from: &Meant, into: &mut Meant) {
        self.copy_fields(&from.draft, &mut into.draft);
        self.copy(&from.content, &mut into.content);
    }
}

/// What of one time alone can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimePart {
    When,
    Place,
    Note,
}

impl TimePart {
    pub const ALL: [Self; 3] = [Self::When, Self::Place, Self::Note];

    /// The word in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::When => "when",
            Self::Place => "place",
            Self::Note => "note",
        }
    }
}

impl MergePart<OccurrenceChange> for TimePart {
    fn same(self, a: &OccurrenceChange, b: &OccurrenceChange) -> bool {
        match self {
            Self::When => (&a.start, a.minutes) == (&b.start, b.minutes),
            Self::Place => a.place == b.place,
            Self::Note => a.note == b.note,
        }
    }

    fn copy(self, from: &OccurrenceChange, into: &mut OccurrenceChange) {
        match self {
            Self::When => {
                into.start.clone_from(&from.start);
                into.minutes = from.minutes;
            }
            Self::Place => into.place.clone_from(&from.place),
            Self::Note => into.note.clone_from(&from.note),
        }
    }
}

/// What differs between two versions, in the order of the form.
pub fn different(a: &ActivityContent, b: &ActivityContent) -> Vec<ActivityPart> {
    merge::different(&ActivityPart::ALL, a, b)
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

    /// A version with something else in one part.
    fn changed(part: ActivityPart, mark: &str) -> Meant {
        let number = u32::try_from(mark.len()).unwrap_or_default();
        let mut one = Meant::default();
        let (draft, content) = (&mut one.draft, &mut one.content);
        match part {
            ActivityPart::Title => {
                draft.title = mark.into();
                content.text.title = mark.into();
            }
            ActivityPart::Body => {
                draft.body = mark.into();
                content.text.body = mark.into();
            }
            ActivityPart::When => {
                draft.when.day = mark.into();
                content.series.start = mark.into();
            }
            ActivityPart::Times => {
                content.changes = vec![OccurrenceChange {
                    instead_of: mark.into(),
                    start: mark.into(),
                    minutes: 1,
                    cancelled: false,
                    place: String::new(),
                    note: String::new(),
                }];
            }
            ActivityPart::Place => {
                draft.place = mark.into();
                content.text.place = mark.into();
            }
            ActivityPart::Online => {
                draft.online = mark.into();
                content.text.online = mark.into();
            }
            ActivityPart::Cost => {
                draft.cost = mark.into();
                content.text.cost = mark.into();
            }
            ActivityPart::Audience => {
                draft.audience = vec![mark.into()];
                content.text.audience = vec![crate::activities::Audience::ALL[mark.len() % 5]];
            }
            ActivityPart::Picture => {
                draft.scene_alt = mark.into();
                content.text.scene_alt = mark.into();
            }
            ActivityPart::Areas => {
                draft.areas = vec![mark.into()];
                content.text.areas = vec![crate::id::AreaId(uuid::Uuid::from_u128(u128::from(number)))];
            }
            ActivityPart::Topic => {
                draft.topic = mark.into();
                content.text.topic = Some(crate::id::TopicId(uuid::Uuid::from_u128(u128::from(number))));
            }
            ActivityPart::Registration => {
                draft.registration.capacity = mark.into();
                content.text.registration =
                    Some(super::super::registration::Rules { guests: number, ..Default::default() });
            }
        }
        one
    }

    #[test]
    fn changes_to_different_parts_are_both_kept_and_to_the_same_part_are_asked_about() {
        let base = Meant::default();
        for by_me in ActivityPart::ALL {
            let mine = changed(by_me, "mine");
            for by_them in ActivityPart::ALL {
                let theirs = changed(by_them, "theirs");
                let merged = merge::merge(&base, &theirs, &mine, &ActivityPart::ALL);
                if by_me == by_them {
                    assert_eq!(merged, merge::Merge::Conflict(vec![by_me]));
                    continue;
                }
                let merge::Merge::Clean(both) = merged else { panic!("{by_me:?} {by_them:?}") };
                assert!(by_me.same(&both, &mine) && by_them.same(&both, &theirs), "{by_me:?} {by_them:?}");
                let mut fields = theirs.draft.clone();
                by_me.copy_fields(&mine.draft, &mut fields);
                assert_eq!(both.draft, fields, "{by_me:?} {by_them:?}: with its fields");
            }
            assert_eq!(
                merge::merge(&base, &mine, &mine, &ActivityPart::ALL),
                merge::Merge::Clean(mine.clone()),
                "the same change twice"
            );
        }
    }
}
