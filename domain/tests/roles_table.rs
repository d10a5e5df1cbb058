//! PRODUCT 2 as a table. It is written out here a second time, on purpose: whoever changes
//! what a role may do must change it in two places, and mean it.

mod common;

use common::{
    AUTHOR, CHOIR, FOOD_BANK, RIETVOORDE, VEENZICHT, area, cells, rietvoorde, suspended, topic, veenzicht,
    with_role,
};
use domain::actor::{Actor, Grant, Scope};
use domain::roles::{Capability, Place, Role, holds, holds_somewhere, holds_throughout};

/// What each role adds to what every resident may do.
const MAY: &str = "
                  supporter connector organisation_manager curator area_manager municipal_admin operator network_editor
TagContent        yes       yes       .                    .       .            .               .        .
ProposeEdit       yes       yes       .                    .       .            .               .        .
EditContent       .         yes       .                    .       .            .               .        .
RemoveContent     .         yes       .                    .       .            .               .        .
Pin               .         yes       .                    .       .            .               .        .
WelcomeMembers    .         yes       .                    .       .            .               .        .
PostOnBehalf      .         yes       .                    .       .            .               .        .
Moderate          .         yes       .                    .       .            .               .        .
PlanContent       .         yes       .                    .       .            .               .        .
ComposeDigest     .         yes       .                    .       .            .               .        .
EditOrganisation  .         .         yes                  yes     .            .               .        .
ConfirmListing    .         .         yes                  yes     .            .               .        .
CurateDirectory   .         .         .                    yes     .            .               .        .
SendOfficially    .         .         .                    .       yes          yes             .        .
StartProject      .         .         .                    .       yes          yes             .        .
LinkOrganisation  .         .         .                    .       yes          yes             .        .
SeeAreaDashboard  .         .         .                    .       yes          yes             .        .
ManagePlatform    .         .         .                    .       .            yes             .        .
ManageRoles       .         .         .                    .       .            yes             .        .
SeeStatistics     .         .         .                    .       .            yes             .        .
Export            .         .         .                    .       .            yes             .        .
CreatePlatform    .         .         .                    .       .            .               yes      .
SupportAccess     .         .         .                    .       .            .               yes      .
EditLibrary       .         .         .                    .       .            .               .        yes
";

/// Which places lie within which scope. The grants are of Rietvoorde.
const WITHIN: &str = "
                          platform centrum root topic organisation
own_area                  yes      yes     yes  .     .
area_below                yes      yes     yes  .     .
street_two_below          yes      yes     yes  .     .
own_and_another_area      yes      yes     yes  .     .
area_above                yes      .       yes  .     .
other_area                yes      .       yes  .     .
whole_platform            yes      .       .    .     .
own_topic                 yes      .       .    yes   .
own_topic_in_other_area   yes      .       yes  yes   .
other_topic               yes      .       .    .     .
own_topic_and_area        yes      yes     yes  yes   .
own_organisation          yes      .       .    .     yes
other_organisation        yes      .       .    .     .
unknown_area              yes      .       .    .     .
other_platform            .        .       .    .     .
other_platform_same_area  .        .       .    .     .
other_platform_same_topic .        .       .    .     .
other_platform_same_org   .        .       .    .     .
";

/// For which scopes PRODUCT 2 gives each role.
const GIVEN_FOR: &str = "
                     platform centrum root topic organisation
supporter            .        yes     yes  yes   .
connector            yes      yes     yes  .     .
organisation_manager .        .       .    .     yes
curator              yes      .       .    .     .
area_manager         .        yes     yes  .     .
municipal_admin      yes      .       .    .     .
operator             yes      .       .    .     .
network_editor       yes      .       .    .     .
";

fn scope(name: &str) -> Scope {
    match name {
        "platform" => Scope::Platform,
        "centrum" => Scope::Area(area("centrum")),
        "root" => Scope::Area(area("rietvoorde")),
        "topic" => Scope::Topic(topic("groen")),
        "organisation" => Scope::Organisation(FOOD_BANK),
        other => panic!("no scope is called {other}"),
    }
}

fn place(name: &str) -> Place {
    let ours = rietvoorde().areas;
    let here = |areas: &[&str], about: Option<&str>| {
        let areas: Vec<_> = areas.iter().map(|slug| area(slug)).collect();
        Place::new(RIETVOORDE, &ours, &areas, about.map(topic))
    };
    let organisation =
        |platform, organisation| Place { organisation: Some(organisation), ..Place::whole(platform) };
    match name {
        "own_area" => here(&["centrum"], None),
        "area_below" => here(&["lindeplein"], None),
        "street_two_below" => here(&["lindestraat"], None),
        "own_and_another_area" => here(&["noord", "centrum"], None),
        "area_above" => here(&["rietvoorde"], None),
        "other_area" => here(&["noord"], None),
        "whole_platform" => here(&[], None),
        "own_topic" => here(&[], Some("groen")),
        "own_topic_in_other_area" => here(&["noord"], Some("groen")),
        "other_topic" => here(&[], Some("zorg")),
        "own_topic_and_area" => here(&["centrum"], Some("groen")),
        "own_organisation" => organisation(RIETVOORDE, FOOD_BANK),
        "other_organisation" => organisation(RIETVOORDE, CHOIR),
        "unknown_area" => here(&["dorp"], None),
        "other_platform" => Place::new(VEENZICHT, &veenzicht().areas, &[area("dorp")], None),
        "other_platform_same_area" => Place::new(VEENZICHT, &ours, &[area("centrum")], None),
        "other_platform_same_topic" => Place::new(VEENZICHT, &veenzicht().areas, &[], Some(topic("groen"))),
        "other_platform_same_org" => organisation(VEENZICHT, FOOD_BANK),
        other => panic!("no place is called {other}"),
    }
}

fn role(key: &str) -> Role {
    Role::from_key(key).expect("a role of the table")
}

fn capability(name: &str) -> Capability {
    Capability::ALL
        .into_iter()
        .find(|capability| format!("{capability:?}") == name)
        .expect("a capability of the table")
}

/// Stops compiling when a role or a capability is added: then add it to the tables too.
const fn is_in_the_tables(role: Role, capability: Capability) -> bool {
    use Capability as C;
    let role = match role {
        Role::Supporter
        | Role::Connector
        | Role::OrganisationManager
        | Role::Curator
        | Role::AreaManager
        | Role::MunicipalAdmin
        | Role::Operator
        | Role::NetworkEditor => true,
    };
    let capability = match capability {
        C::TagContent
        | C::ProposeEdit
        | C::EditContent
        | C::RemoveContent
        | C::Pin
        | C::WelcomeMembers
        | C::PostOnBehalf
        | C::Moderate
        | C::PlanContent
        | C::ComposeDigest
        | C::EditOrganisation
        | C::ConfirmListing
        | C::CurateDirectory
        | C::SendOfficially
        | C::StartProject
        | C::LinkOrganisation
        | C::SeeAreaDashboard
        | C::ManagePlatform
        | C::ManageRoles
        | C::SeeStatistics
        | C::Export
        | C::CreatePlatform
        | C::SupportAccess
        | C::EditLibrary => true,
    };
    role && capability
}

#[test]
fn the_table_names_every_role_and_every_capability_once() {
    let cells = cells(MAY);
    assert_eq!(cells.len(), 8 * 24);
    for role in Role::ALL {
        for capability in Capability::ALL {
            assert!(is_in_the_tables(role, capability));
            let named = cells
                .iter()
                .filter(|(row, column, _)| *row == format!("{capability:?}") && *column == role.key())
                .count();
            assert_eq!(named, 1, "{role:?} × {capability:?}");
        }
    }
}

#[test]
fn every_role_may_exactly_what_its_column_says() {
    for (row, column, cell) in cells(MAY) {
        let found = role(column).may(capability(row));
        assert_eq!(found, cell == "yes", "{column} × {row}");
    }
}

#[test]
fn every_role_may_it_exactly_where_its_scope_reaches() {
    let may = cells(MAY);
    let mut asked = 0;
    for (holder, scope_name, given) in cells(GIVEN_FOR) {
        let actor = with_role(RIETVOORDE, role(holder), scope(scope_name));
        for (place_name, _, within) in cells(WITHIN).iter().filter(|cell| cell.1 == scope_name) {
            let place = place(place_name);
            for (what, _, cell) in may.iter().filter(|cell| cell.1 == holder) {
                let expected = *cell == "yes" && *within == "yes";
                let found = holds(&actor, capability(what), &place);
                let case = format!("{holder} for {scope_name}: {what} in {place_name}");
                if given == "yes" {
                    assert_eq!(found, expected, "{case}");
                } else {
                    // PRODUCT 2 does not give this role for this scope. Whatever such a grant
                    // is worth, it is never more than the two tables.
                    assert!(expected || !found, "{case}");
                }
                asked += 1;
            }
        }
    }
    assert_eq!(asked, 8 * 5 * 18 * 24);
}

#[test]
fn visitors_residents_and_the_suspended_hold_nothing_anywhere() {
    let mut nobodies = vec![Actor::visitor(RIETVOORDE), Actor::member(RIETVOORDE, AUTHOR, Vec::new())];
    for role in Role::ALL {
        for scope_name in ["platform", "centrum", "root", "topic", "organisation"] {
            nobodies.push(suspended(with_role(RIETVOORDE, role, scope(scope_name))));
        }
    }
    let mut names: Vec<&str> = cells(WITHIN).into_iter().map(|cell| cell.0).collect();
    names.dedup();
    assert_eq!(names.len(), 18);
    let places: Vec<Place> = names.into_iter().map(place).collect();
    for actor in &nobodies {
        for capability in Capability::ALL {
            assert!(!holds_somewhere(actor, capability), "{actor:?}");
            for place in &places {
                assert!(!holds(actor, capability, place), "{actor:?} {place:?}");
                assert!(!holds_throughout(actor, capability, place));
            }
        }
    }
}

#[test]
fn holding_it_somewhere_is_a_matter_of_the_role_alone() {
    for (what, holder, cell) in cells(MAY) {
        for (_, scope_name, _) in cells(GIVEN_FOR).iter().filter(|row| row.0 == holder) {
            let actor = with_role(RIETVOORDE, role(holder), scope(scope_name));
            let found = holds_somewhere(&actor, capability(what));
            assert_eq!(found, cell == "yes", "{holder} × {what}");
        }
    }
}

#[test]
fn two_grants_do_not_lend_each_other_their_scope() {
    let actor = Actor::member(
        RIETVOORDE,
        AUTHOR,
        vec![
            Grant { role: Role::Connector, scope: scope("centrum") },
            Grant { role: Role::Curator, scope: Scope::Platform },
        ],
    );
    assert!(holds(&actor, Capability::Pin, &place("own_area")));
    assert!(!holds(&actor, Capability::Pin, &place("other_area")));
    let whole = place("whole_platform");
    assert!(holds(&actor, Capability::CurateDirectory, &whole));
    assert!(!holds(&actor, Capability::EditContent, &whole));
}

#[test]
fn naming_an_area_of_ones_own_beside_another_does_not_stretch_a_role() {
    let both = place("own_and_another_area");
    let grant = |slug: &str| Grant { role: Role::AreaManager, scope: Scope::Area(area(slug)) };
    let official = Capability::SendOfficially;
    let manager = |slugs: &[&str]| {
        let grants = slugs.iter().map(|slug| grant(slug)).collect();
        Actor::member(RIETVOORDE, AUTHOR, grants)
    };
    assert!(!holds_throughout(&manager(&["centrum"]), official, &both));
    assert!(holds_throughout(&manager(&["centrum", "noord"]), official, &both));
    assert!(holds_throughout(&manager(&["rietvoorde"]), official, &both));
    assert!(holds_throughout(&manager(&["centrum"]), official, &place("area_below")));
    let whole = place("whole_platform");
    assert!(!holds_throughout(&manager(&["centrum"]), official, &whole));
}

#[test]
fn connectors_and_staff_need_a_second_factor() {
    let needs = "
                     second_factor
supporter            .
connector            yes
organisation_manager .
curator              yes
area_manager         yes
municipal_admin      yes
operator             yes
network_editor       yes
";
    for (key, _, cell) in cells(needs) {
        assert_eq!(role(key).needs_second_factor(), cell == "yes", "{key}");
    }
}

#[test]
fn what_is_no_role_is_not_taken_for_one() {
    for word in ["", "Connector", "admin", "resident", "connector ", "municipal-admin"] {
        assert_eq!(Role::from_key(word), None, "{word:?}");
    }
    for role in Role::ALL {
        assert_eq!(Role::from_key(role.key()), Some(role));
    }
}
