//! Two editors at once: both texts survive (TRUST 25).

mod common;

use std::collections::BTreeSet;

use common::{area, topic};
use domain::posts::merge::{Merge, Part, merge};
use domain::posts::scene::Scene;
use domain::posts::{PostKind, PostText};
use proptest::prelude::*;

fn text() -> PostText {
    PostText {
        title: "Soep op vrijdag".into(),
        body: "Kom je ook?".into(),
        kind: PostKind::News,
        topic: None,
        areas: vec![area("centrum")],
        scene: Some(Scene::Food),
        scene_alt: "Een pan soep".into(),
    }
}

/// A text in which one part is changed, in one of several ways.
fn changed(part: Part, how: usize) -> PostText {
    let mut text = text();
    match part {
        Part::Title => text.title = format!("Soep op dag {how}"),
        Part::Body => text.body = format!("Om {how} uur.\n\nNeem een kom mee."),
        Part::Areas => text.areas = if how == 0 { vec![] } else { vec![area("noord")] },
        Part::Topic => text.topic = [Some(topic("groen")), Some(topic("zorg"))][how % 2],
    }
    text
}

/// What a reader sees of a part; the order in which areas are named says nothing.
fn seen(part: Part, text: &PostText) -> String {
    match part {
        Part::Title => text.title.clone(),
        Part::Body => text.body.clone(),
        Part::Areas => format!("{:?}", text.areas.iter().collect::<BTreeSet<_>>()),
        Part::Topic => format!("{:?}", text.topic),
    }
}

#[test]
fn editors_of_different_parts_do_not_meet() {
    for theirs in Part::ALL {
        for ours in Part::ALL.into_iter().filter(|part| *part != theirs) {
            let (base, current, mine) = (text(), changed(theirs, 0), changed(ours, 1));
            // Whether the form sent only its own part or the whole post.
            for parts in [&[ours][..], &Part::ALL] {
                let Merge::Clean(result) = merge(&base, &current, &mine, parts) else {
                    panic!("{theirs:?} and {ours:?} do not clash");
                };
                assert_eq!(seen(theirs, &result), seen(theirs, &current));
                assert_eq!(seen(ours, &result), seen(ours, &mine));
            }
        }
    }
}

#[test]
fn two_different_changes_of_one_part_are_for_the_editor_to_choose() {
    for part in Part::ALL {
        let (base, current, mine) = (text(), changed(part, 0), changed(part, 1));
        for parts in [&[part][..], &Part::ALL] {
            let result = merge(&base, &current, &mine, parts);
            assert_eq!(result, Merge::Conflict(vec![part]));
        }
    }
}

#[test]
fn the_same_change_made_twice_is_no_conflict() {
    for part in Part::ALL {
        let current = changed(part, 1);
        let result = merge(&text(), &current, &changed(part, 1), &Part::ALL);
        assert_eq!(result, Merge::Clean(current));
    }
}

#[test]
fn one_part_that_clashes_keeps_the_others_from_being_half_saved() {
    let mut mine = changed(Part::Body, 1);
    mine.title = "Stamppot op vrijdag".into();
    let result = merge(&text(), &changed(Part::Body, 0), &mine, &Part::ALL);
    assert_eq!(result, Merge::Conflict(vec![Part::Body]));
}

#[test]
fn emptying_a_text_is_a_change_like_any_other() {
    let mut emptied = text();
    emptied.body.clear();
    let current = changed(Part::Body, 0);
    let result = merge(&text(), &current, &emptied, &[Part::Body]);
    assert_eq!(result, Merge::Conflict(vec![Part::Body]));
    let result = merge(&text(), &text(), &emptied, &[Part::Body]);
    assert_eq!(result, Merge::Clean(emptied));
}

#[test]
fn areas_in_another_order_are_the_same_areas() {
    let in_order = |slugs: [&str; 2]| PostText { areas: slugs.map(area).to_vec(), ..text() };
    let current = in_order(["centrum", "noord"]);
    let mine = in_order(["noord", "centrum"]);
    let result = merge(&current, &current, &mine, &[Part::Areas]);
    assert_eq!(result, Merge::Clean(current.clone()), "nothing was changed");
    let Merge::Clean(result) = merge(&text(), &current, &mine, &[Part::Areas]) else {
        panic!("both chose the same areas");
    };
    assert_eq!(seen(Part::Areas, &result), seen(Part::Areas, &current));
}

#[test]
fn a_part_that_was_not_in_the_form_is_not_changed() {
    let mut mine = changed(Part::Title, 1);
    mine.body = "van een form die dit niet had".into();
    let Merge::Clean(result) = merge(&text(), &text(), &mine, &[Part::Title]) else {
        panic!("nobody else changed anything");
    };
    assert_eq!(result, changed(Part::Title, 1));
    assert_eq!(merge(&text(), &text(), &mine, &[] as &[Part]), Merge::Clean(text()));
}

#[test]
fn every_part_has_one_word_in_addresses() {
    let slugs: BTreeSet<_> = Part::ALL.into_iter().map(Part::slug).collect();
    assert_eq!(slugs.len(), Part::ALL.len());
    for part in Part::ALL {
        assert_eq!(Part::from_slug(part.slug()), Some(part));
    }
    for unknown in ["", "Titel", "title", "status", "author"] {
        assert_eq!(Part::from_slug(unknown), None);
    }
}

prop_compose! {
    /// From so few words that the same change is often made twice.
    fn any_text()(
        title in prop::sample::select(vec!["soep", "stamppot", ""]),
        body in prop::sample::select(vec!["vrijdag", "vrijdag\nzaterdag", "zaterdag"]),
        areas in prop::sample::subsequence(vec!["centrum", "noord", "straat-1"], 0..=2).prop_shuffle(),
        subject in prop::sample::select(vec![None, Some("groen"), Some("zorg")]),
        kind in prop::sample::select(PostKind::ALL.to_vec()),
        scene in prop::sample::select(vec![None, Some(Scene::Food), Some(Scene::Snow)]),
        scene_alt in "[ab]?",
    ) -> PostText {
        PostText {
            title: title.into(),
            body: body.into(),
            kind,
            topic: subject.map(topic),
            areas: areas.into_iter().map(area).collect(),
            scene,
            scene_alt,
        }
    }
}

fn any_parts() -> impl Strategy<Value = Vec<Part>> {
    prop::sample::subsequence(Part::ALL.to_vec(), 0..=4).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_is_ever_lost(
        base in any_text(), current in any_text(), mine in any_text(), parts in any_parts(),
    ) {
        let by_them = |part| seen(part, &base) != seen(part, &current);
        let by_me = |part| parts.contains(&part) && seen(part, &base) != seen(part, &mine);
        let clash = |part| {
            by_them(part) && by_me(part) && seen(part, &current) != seen(part, &mine)
        };
        match merge(&base, &current, &mine, &parts) {
            Merge::Conflict(found) => {
                let expected: Vec<Part> =
                    parts.iter().copied().filter(|part| clash(*part)).collect();
                prop_assert!(!found.is_empty());
                prop_assert_eq!(found, expected);
            }
            Merge::Clean(result) => for part in Part::ALL {
                prop_assert!(!clash(part), "{:?}", part);
                let expected = match (by_them(part), by_me(part)) {
                    (_, true) => &mine,
                    (true, false) => &current,
                    (false, false) => &base,
                };
                prop_assert_eq!(seen(part, &result), seen(part, expected));
            }
        }
    }

    #[test]
    fn what_is_edited_elsewhere_stays_as_it_is_stored(
        base in any_text(), current in any_text(), mine in any_text(), parts in any_parts(),
    ) {
        if let Merge::Clean(result) = merge(&base, &current, &mine, &parts) {
            prop_assert_eq!(result.kind, current.kind);
            prop_assert_eq!(result.scene, current.scene);
            prop_assert_eq!(result.scene_alt, current.scene_alt);
        }
    }

    #[test]
    fn saving_twice_is_saving_once(
        base in any_text(), current in any_text(), mine in any_text(), parts in any_parts(),
    ) {
        if let Merge::Clean(result) = merge(&base, &current, &mine, &parts) {
            prop_assert_eq!(merge(&base, &result, &mine, &parts), Merge::Clean(result));
        }
    }

    #[test]
    fn it_does_not_matter_who_saves_first(
        base in any_text(), one in any_text(), other in any_text(),
    ) {
        let there = merge(&base, &one, &other, &Part::ALL);
        let back = merge(&base, &other, &one, &Part::ALL);
        match (there, back) {
            (Merge::Clean(there), Merge::Clean(back)) => for part in Part::ALL {
                prop_assert_eq!(seen(part, &there), seen(part, &back));
            },
            (there, back) => prop_assert_eq!(there, back),
        }
    }
}
