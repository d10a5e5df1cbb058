//! Two communities with their areas, topics and people, for every test of this crate.

use domain::actor::{Actor, Grant, Scope};
use domain::area::{Area, AreaKind, AreaTree};
use domain::id::{AreaId, MemberId, OrganisationId, PlatformId, TopicId};
use domain::locale::Locale;
use domain::platform::{Contact, LaunchState, Platform, Topic};
use domain::roles::Role;
use uuid::Uuid;

pub const RIETVOORDE: PlatformId = PlatformId(Uuid::from_u128(1));
pub const VEENZICHT: PlatformId = PlatformId(Uuid::from_u128(2));

pub const AUTHOR: MemberId = MemberId(Uuid::from_u128(31));
pub const NEIGHBOUR: MemberId = MemberId(Uuid::from_u128(32));

pub const FOOD_BANK: OrganisationId = OrganisationId(Uuid::from_u128(41));
pub const CHOIR: OrganisationId = OrganisationId(Uuid::from_u128(42));

/// Slug, kind and parent; parents first. Rietvoorde has more than eight areas, which is the
/// most that one post may name.
const RIETVOORDE_AREAS: [(&str, AreaKind, Option<&str>); 14] = [
    ("rietvoorde", AreaKind::Municipality, None),
    ("centrum", AreaKind::District, Some("rietvoorde")),
    ("lindeplein", AreaKind::Neighbourhood, Some("centrum")),
    ("lindestraat", AreaKind::Street, Some("lindeplein")),
    ("noord", AreaKind::District, Some("rietvoorde")),
    ("straat-1", AreaKind::Street, Some("noord")),
    ("straat-2", AreaKind::Street, Some("noord")),
    ("straat-3", AreaKind::Street, Some("noord")),
    ("straat-4", AreaKind::Street, Some("noord")),
    ("straat-5", AreaKind::Street, Some("noord")),
    ("straat-6", AreaKind::Street, Some("noord")),
    ("straat-7", AreaKind::Street, Some("noord")),
    ("straat-8", AreaKind::Street, Some("noord")),
    ("straat-9", AreaKind::Street, Some("noord")),
];
const VEENZICHT_AREAS: [(&str, AreaKind, Option<&str>); 2] =
    [("veenzicht", AreaKind::Municipality, None), ("dorp", AreaKind::Village, Some("veenzicht"))];

fn tree(first: u128, areas: &[(&str, AreaKind, Option<&str>)]) -> AreaTree {
    let id_of = |slug: &str| {
        areas
            .iter()
            .zip(first..)
            .find(|((other, ..), _)| *other == slug)
            .map(|(_, n)| AreaId(Uuid::from_u128(n)))
            .expect("a parent that is on the list")
    };
    AreaTree::new(
        areas
            .iter()
            .map(|(slug, kind, parent)| Area {
                id: id_of(slug),
                parent: parent.map(id_of),
                kind: *kind,
                slug: (*slug).to_owned(),
                name: slug.to_uppercase(),
            })
            .collect(),
    )
}

fn community(id: PlatformId, slug: &str, areas: AreaTree, topics: &[(u128, &str)]) -> Platform {
    Platform {
        id,
        slug: slug.to_owned(),
        name: format!("Hallo {slug}"),
        place: slug.to_owned(),
        tagline: String::new(),
        theme: slug.to_owned(),
        locale: Locale::Nl,
        locales: Locale::ALL.to_vec(),
        launch: LaunchState::Live,
        demo: false,
        contact: Contact {
            phone: String::new(),
            email: String::new(),
            hours: String::new(),
            address: String::new(),
            publisher: String::new(),
        },
        house_rules: String::new(),
        about: String::new(),
        areas,
        topics: topics
            .iter()
            .map(|(n, slug)| Topic {
                id: TopicId(Uuid::from_u128(*n)),
                slug: (*slug).to_owned(),
                name: slug.to_uppercase(),
            })
            .collect(),
        connectors: Vec::new(),
        map: None,
    }
}

pub fn rietvoorde() -> Platform {
    let areas = tree(100, &RIETVOORDE_AREAS);
    community(RIETVOORDE, "rietvoorde", areas, &[(21, "groen"), (22, "zorg")])
}

pub fn veenzicht() -> Platform {
    let areas = tree(200, &VEENZICHT_AREAS);
    community(VEENZICHT, "veenzicht", areas, &[(23, "energie")])
}

/// An area of either community.
pub fn area(slug: &str) -> AreaId {
    [rietvoorde(), veenzicht()]
        .iter()
        .find_map(|platform| platform.areas.by_slug(slug).map(|area| area.id))
        .expect("an area of Rietvoorde or Veenzicht")
}

/// A topic of either community.
pub fn topic(slug: &str) -> TopicId {
    [rietvoorde(), veenzicht()]
        .iter()
        .find_map(|platform| platform.topic_by_slug(slug).map(|topic| topic.id))
        .expect("a topic of Rietvoorde or Veenzicht")
}

/// The neighbour, with one grant.
pub fn with_role(platform: PlatformId, role: Role, scope: Scope) -> Actor {
    Actor::member(platform, NEIGHBOUR, vec![Grant { role, scope }])
}

pub fn suspended(mut actor: Actor) -> Actor {
    if let Some(who) = &mut actor.signed_in {
        who.suspended = true;
    }
    actor
}

/// A table written out as text: the first line names the columns, the first word of every
/// other line names the row. Gives `(row, column, cell)`.
pub fn cells(table: &str) -> Vec<(&str, &str, &str)> {
    let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns: Vec<&str> =
        lines.next().expect("a line that names the columns").split_whitespace().collect();
    lines
        .flat_map(|line| {
            let mut words = line.split_whitespace();
            let row = words.next().expect("the name of the row");
            let words: Vec<&str> = words.collect();
            assert_eq!(words.len(), columns.len(), "a cell is missing in: {line}");
            columns.iter().zip(words).map(move |(column, cell)| (row, *column, cell)).collect::<Vec<_>>()
        })
        .collect()
}

/// Also makes that each builder is used in every test program.
#[test]
fn the_two_communities_share_nothing() {
    let (ours, theirs) = (rietvoorde(), veenzicht());
    assert_ne!(ours.id, theirs.id);
    for area in theirs.areas.all() {
        assert_eq!(ours.areas.get(area.id), None);
        assert_eq!(ours.areas.by_slug(&area.slug), None);
    }
    assert_eq!(ours.topic(topic("energie")), None);
    assert_eq!(
        ours.areas.line(area("lindestraat")),
        ["lindestraat", "lindeplein", "centrum", "rietvoorde"].map(area)
    );
    assert_ne!(FOOD_BANK, CHOIR);
    let scope = Scope::Organisation(CHOIR);
    let actor = suspended(with_role(VEENZICHT, Role::Supporter, scope));
    assert!(!actor.is_active());
    assert_ne!(actor.member_id(), Some(AUTHOR));
    assert_eq!(cells("a b\nx 1 2"), [("x", "a", "1"), ("x", "b", "2")]);
}
