//! Calendars of others: who may do what, and what becomes of activities that come from one.

mod common;
#[path = "common/people.rs"]
mod people;

use common::{AUTHOR, RIETVOORDE, rietvoorde};
use domain::activities::ActivityStatus;
use domain::activities::policy::{ActivityFacts, may_edit, may_remove, may_restore as may_restore_activity};
use domain::id::{ActivityId, SourceId};
use domain::problem::{Fault, Field};
use domain::roles::Place;
use domain::sources::draft::SourceDraft;
use domain::sources::policy::{
    SourceFacts, may_begin, may_change, may_follow, may_manage, may_restore, may_set_up,
};
use domain::sources::{Rhythm, SourceStatus};
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const ID: SourceId = SourceId(Uuid::from_u128(91));

fn facts(slugs: &[&str], status: SourceStatus) -> SourceFacts {
    SourceFacts { id: ID, owner: AUTHOR, status, place: place(slugs) }
}

fn who(allowed: impl Fn(&str) -> bool) -> Vec<&'static str> {
    PEOPLE.into_iter().filter(|name| allowed(name)).collect()
}

/// Who may set one up for these places.
fn set_up(place: &Place) -> Vec<&'static str> {
    who(|name| answer(&person(name), may_set_up(&person(name), place), None))
}

#[test]
fn who_can_answer_for_a_place_may_set_one_up_there() {
    // Whoever speaks for an organisation does so anywhere: so may every member with an activity of their own.
    let organisations = ["org_manager", "curator"];
    let platform = ["connector", "connector_author", "municipal_admin"];
    let here = ["connector_here", "area_manager_here"];
    let expected = |more: &[&[&'static str]]| {
        let all: Vec<&str> = more.concat();
        who(|name| all.contains(&name))
    };
    assert_eq!(set_up(&place(&["centrum"])), expected(&[&platform, &organisations, &here]));
    // Not further than one's own place: one of two is not enough, and nothing chosen is everywhere.
    assert_eq!(set_up(&place(&["centrum", "noord"])), expected(&[&platform, &organisations]));
    assert_eq!(set_up(&Place::whole(RIETVOORDE)), expected(&[&platform, &organisations]));
    let begin = who(|name| may_begin(&person(name), RIETVOORDE).is_ok());
    let elsewhere = ["connector_elsewhere", "area_manager_else"];
    assert_eq!(begin, expected(&[&platform, &organisations, &here, &elsewhere]));
}

#[test]
fn its_owner_and_connectors_of_its_place_see_to_it() {
    let theirs = ["author", "connector", "connector_here", "connector_author"];
    let active = facts(&["centrum"], SourceStatus::Active);
    assert_eq!(who(|name| answer(&person(name), may_manage(&person(name), &active), Some(ID.0))), theirs);
    assert_eq!(who(|name| may_restore(&person(name), &active).is_ok()), [] as [&str; 0]);
    let removed = facts(&["centrum"], SourceStatus::Removed);
    assert_eq!(who(|name| answer(&person(name), may_restore(&person(name), &removed), Some(ID.0))), theirs);
    assert_eq!(who(|name| may_manage(&person(name), &removed).is_ok()), [] as [&str; 0]);
}

#[test]
fn what_is_said_of_it_is_changed_by_who_could_set_it_up_there_and_where_it_goes() {
    let active = facts(&["centrum"], SourceStatus::Active);
    let changes = |facts: &SourceFacts, there: &Place| {
        who(|name| answer(&person(name), may_change(&person(name), facts, there), Some(ID.0)))
    };
    // Its author without a role any more cannot.
    assert_eq!(changes(&active, &active.place), ["connector", "connector_here", "connector_author"]);
    assert_eq!(changes(&active, &place(&["centrum", "noord"])), ["connector", "connector_author"]);
    let removed = facts(&["centrum"], SourceStatus::Removed);
    assert_eq!(changes(&removed, &removed.place), [] as [&str; 0]);
}

#[test]
fn it_is_followed_only_for_as_long_as_its_owner_could_set_it_up() {
    let active = facts(&["centrum"], SourceStatus::Active);
    // The author alone has no role any more; the same person as a connector has.
    assert_eq!(who(|name| may_follow(&person(name), &active).is_ok()), ["connector_author"]);
    let removed = facts(&["centrum"], SourceStatus::Removed);
    assert_eq!(who(|name| may_follow(&person(name), &removed).is_ok()), [] as [&str; 0]);
}

#[test]
fn what_comes_from_elsewhere_is_changed_there() {
    let id = ActivityId(Uuid::from_u128(92));
    let mut there = ActivityFacts {
        id,
        organiser: AUTHOR,
        status: ActivityStatus::Published,
        removed_by: None,
        moderated: false,
        source: Some(ID),
        place: place(&["centrum"]),
    };
    let theirs = ["author", "connector", "connector_here", "connector_author"];
    assert_eq!(who(|name| may_edit(&person(name), &there).is_ok()), [] as [&str; 0]);
    // Taking it away can be needed here; and what was taken away by hand is put back by hand.
    assert_eq!(who(|name| may_remove(&person(name), &there).is_ok()), theirs);
    there.status = ActivityStatus::Removed;
    assert_eq!(who(|name| may_restore_activity(&person(name), &there).is_ok()), [] as [&str; 0]);
    there.removed_by = Some(AUTHOR);
    assert_eq!(who(|name| may_restore_activity(&person(name), &there).is_ok()), theirs);
}

#[test]
fn a_form_needs_a_name_and_an_address_or_a_file() {
    let typed = SourceDraft {
        name: " Dorpshuis  De Linde ".into(),
        address: "webcal://delinde.example/agenda.ics".into(),
        topic: "groen".into(),
        areas: vec!["centrum".into()],
        cost: "Vraag het na".into(),
        rhythm: "weekly".into(),
    };
    let text = typed.check(&rietvoorde(), false).expect("nothing is wrong");
    assert_eq!(
        (text.name.as_str(), text.address.as_str()),
        ("Dorpshuis De Linde", "https://delinde.example/agenda.ics")
    );
    assert_eq!((text.areas.len(), text.topic.is_some(), text.cost.as_str()), (1, true, "Vraag het na"));
    assert_eq!((text.rhythm, SourceDraft::default().rhythm.as_str()), (Rhythm::Weekly, ""));
    // A file goes before an address.
    assert_eq!(typed.check(&rietvoorde(), true).expect("nothing is wrong").address, "");
    let empty = SourceDraft::default();
    let problems = empty.check(&rietvoorde(), false).expect_err("nothing is filled in");
    assert_eq!(problems.of(Field::Name), Some(Fault::Required));
    assert_eq!(problems.of(Field::Address), Some(Fault::Required));
    let file = empty.check(&rietvoorde(), true).expect_err("it has no name");
    assert_eq!(file.0.len(), 1);
    let wrong = SourceDraft {
        address: "ftp://x".into(),
        topic: "nergens".into(),
        areas: vec!["nergens".into()],
        cost: "x".repeat(300),
        rhythm: "soms".into(),
        ..typed
    };
    let fields: Vec<Field> =
        wrong.check(&rietvoorde(), false).expect_err("much is wrong").0.iter().map(|one| one.field).collect();
    assert_eq!(fields, [Field::Address, Field::Areas, Field::Topic, Field::Cost, Field::Repeat]);
}
