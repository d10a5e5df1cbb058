//! Who may publish what and where, for whom, and keep drafts, as tables.

mod common;
#[path = "common/people.rs"]
mod people;

use common::{RIETVOORDE, VEENZICHT, area, cells, veenzicht};
use domain::posts::PostKind;
use domain::posts::policy::{may_create, may_keep_draft, may_offer, may_write_for_others};
use domain::roles::Place;
use people::{PEOPLE, answer, person, place};

#[test]
fn every_active_resident_may_publish_and_only_official_senders_announce() {
    // Announcements: to whom. A kind of any other sort: the column `post`, to all of these.
    let table = "
                     post lindeplein noord both whole offered
visitor              .    .          .     .    .     .
resident             yes  .          .     .    .     .
author               yes  .          .     .    .     .
suspended_author     .    .          .     .    .     .
connector            yes  .          .     .    .     .
connector_here       yes  .          .     .    .     .
connector_elsewhere  yes  .          .     .    .     .
connector_author     yes  .          .     .    .     .
suspended_connector  .    .          .     .    .     .
supporter            yes  .          .     .    .     .
org_manager          yes  .          .     .    .     .
curator              yes  .          .     .    .     .
area_manager_here    yes  yes        .     .    .     yes
area_manager_else    yes  .          yes   .    .     yes
municipal_admin      yes  yes        yes   yes  yes   yes
suspended_admin      .    .          .     .    .     .
operator             yes  .          .     .    .     .
network_editor       yes  .          .     .    .     .
other_visitor        .    .          .     .    .     .
other_author         .    .          .     .    .     .
other_connector      .    .          .     .    .     .
other_admin          .    .          .     .    .     .
other_operator       .    .          .     .    .     .
";
    let places: [(&str, &[&str]); 4] = [
        ("lindeplein", &["lindeplein"]),
        ("noord", &["noord"]),
        ("both", &["lindeplein", "noord"]),
        ("whole", &[]),
    ];
    let cells = cells(table);
    assert_eq!(cells.len(), PEOPLE.len() * 6);
    for (name, column, cell) in cells {
        let actor = person(name);
        let expected = cell == "yes";
        let create = |kind, slugs| answer(&actor, may_create(&actor, kind, &place(slugs)), None);
        for (place_name, slugs) in places {
            for kind in PostKind::ALL {
                let announcement = kind == PostKind::Announcement;
                if (column == "post" && !announcement) || (column == place_name && announcement) {
                    let found = create(kind, slugs);
                    assert_eq!(found, expected, "{name}: {kind:?} in {place_name}");
                }
            }
        }
        // Offering happens on the actor's own platform, so it is not asked of the others here.
        if column == "offered" && !name.starts_with("other_") {
            let found = may_offer(&actor, PostKind::Announcement);
            assert_eq!(found, expected, "{name} is offered announcements");
        }
    }
}

#[test]
fn the_form_offers_the_other_kinds_to_who_may_publish() {
    for name in PEOPLE.iter().filter(|name| !name.starts_with("other_")) {
        let actor = person(name);
        for kind in PostKind::ALL {
            if kind != PostKind::Announcement {
                let may = may_create(&actor, kind, &place(&[])).is_ok();
                assert_eq!(may_offer(&actor, kind), may, "{name}: {kind:?}");
            }
        }
    }
}

#[test]
fn only_connectors_write_in_the_name_of_others_and_only_in_their_own_area() {
    let table = "
                     lindeplein noord both whole
connector            yes        yes   yes  yes
connector_here       yes        .     .    .
connector_elsewhere  .          yes   .    .
connector_author     yes        yes   yes  yes
everyone_else        .          .     .    .
";
    let cells = cells(table);
    for name in PEOPLE {
        let actor = person(name);
        for (column, slugs) in [
            ("lindeplein", &["lindeplein"][..]),
            ("noord", &["noord"]),
            ("both", &["lindeplein", "noord"]),
            ("whole", &[]),
        ] {
            let expected = cells.contains(&(name, column, "yes"));
            let found = may_write_for_others(&actor, &place(slugs));
            assert_eq!(found, expected, "{name} in {column}");
        }
    }
}

#[test]
fn everyone_who_may_publish_keeps_drafts_of_their_own_and_of_nobody_else() {
    for name in PEOPLE {
        let actor = person(name);
        let expected = actor.platform == RIETVOORDE && actor.is_active();
        let subject = actor.member_id().map(|member| member.0);
        let found = answer(&actor, may_keep_draft(&actor, RIETVOORDE), subject);
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn people_of_another_platform_may_there_what_they_may_not_here() {
    // Otherwise the tables above would also pass if `other_connector` were a nobody.
    let dorp = Place::new(VEENZICHT, &veenzicht().areas, &[area("dorp")], None);
    let connector = person("other_connector");
    assert!(may_write_for_others(&connector, &dorp));
    assert!(may_create(&person("other_admin"), PostKind::Announcement, &dorp).is_ok());
    assert!(may_create(&person("other_author"), PostKind::News, &dorp).is_ok());
    assert!(may_keep_draft(&person("other_operator"), VEENZICHT).is_ok());
}
