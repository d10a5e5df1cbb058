//! Who may do what with a post, as tables: every kind of person, every status, every place.

mod common;
#[path = "common/people.rs"]
mod people;

use common::{AUTHOR, NEIGHBOUR, RIETVOORDE, VEENZICHT, area, cells, rietvoorde, topic};
use domain::actor::{Actor, Grant, Scope};
use domain::id::{MemberId, PlatformId, PostId};
use domain::posts::policy::{
    PostFacts, is_official, may_create, may_edit, may_keep_draft, may_move, may_pin, may_read,
    may_read_history, may_remove, may_restore, may_unpin, may_write_for_others,
};
use domain::posts::{PostKind, PostStatus};
use domain::roles::Role;
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const POST: PostId = PostId(Uuid::from_u128(51));
const CONNECTOR: MemberId = MemberId(Uuid::from_u128(52));

fn post(status: PostStatus, removed_by: Option<MemberId>, slugs: &[&str]) -> PostFacts {
    PostFacts {
        id: POST,
        author: AUTHOR,
        status,
        removed_by,
        pinned_by: None,
        official: false,
        on_behalf: false,
        expires: false,
        place: place(slugs),
    }
}

fn may(actor: &Actor, action: &str, post: &PostFacts) -> bool {
    let id = Some(post.id.0);
    match action {
        "read" => may_read(actor, post),
        "history" => may_read_history(actor, post),
        "edit" => answer(actor, may_edit(actor, post), id),
        "remove" => answer(actor, may_remove(actor, post), id),
        "restore" => answer(actor, may_restore(actor, post), id),
        "pin" => answer(actor, may_pin(actor, post), id),
        other => panic!("no action is called {other}"),
    }
}

/// Whoever has no line in the table may do only what its last line, `everyone_else`, says,
/// and people of another platform nothing at all.
fn check(table: &str, post: &PostFacts) {
    let cells = cells(table);
    for (row, ..) in &cells {
        assert!(*row == "everyone_else" || PEOPLE.contains(row), "{row}");
    }
    for name in PEOPLE {
        let actor = person(name);
        for action in ["read", "history", "edit", "remove", "restore", "pin"] {
            let cell =
                |row: &str| cells.iter().find(|cell| cell.0 == row && cell.1 == action).map(|cell| cell.2);
            let expected = if name.starts_with("other_") {
                false
            } else {
                cell(name).or_else(|| cell("everyone_else")).expect("a cell") == "yes"
            };
            let found = may(&actor, action, post);
            assert_eq!(found, expected, "{name}: {action} {:?}", post.status);
        }
    }
}

const PUBLISHED_IN_THE_CENTRE: &str = "
                  read history edit remove restore pin
author            yes  yes     yes  yes    .       .
connector         yes  yes     yes  yes    .       yes
connector_here    yes  yes     yes  yes    .       yes
connector_author  yes  yes     yes  yes    .       yes
everyone_else     yes  .       .    .      .       .
";

#[test]
fn a_published_post_is_edited_by_its_author_and_by_connectors_of_the_place() {
    for slugs in [&["centrum"][..], &["lindeplein"], &["lindestraat"]] {
        check(PUBLISHED_IN_THE_CENTRE, &post(PostStatus::Published, None, slugs));
    }
}

#[test]
fn a_post_in_another_area_is_not_a_connectors_own() {
    let elsewhere = "
                     read history edit remove restore pin
author               yes  yes     yes  yes    .       .
connector            yes  yes     yes  yes    .       yes
connector_elsewhere  yes  yes     yes  yes    .       yes
connector_author     yes  yes     yes  yes    .       yes
everyone_else        yes  .       .    .      .       .
";
    check(elsewhere, &post(PostStatus::Published, None, &["noord"]));
    check(elsewhere, &post(PostStatus::Published, None, &["straat-3"]));
}

#[test]
fn a_post_for_the_whole_platform_is_only_for_connectors_of_the_whole_platform() {
    let whole = "
                  read history edit remove restore pin
author            yes  yes     yes  yes    .       .
connector         yes  yes     yes  yes    .       yes
connector_author  yes  yes     yes  yes    .       yes
everyone_else     yes  .       .    .      .       .
";
    check(whole, &post(PostStatus::Published, None, &[]));
}

#[test]
fn what_has_expired_or_is_archived_is_read_and_taken_away_but_not_changed() {
    let closed = "
                  read history edit remove restore pin
author            yes  .       .    yes    .       .
connector         yes  .       .    yes    .       .
connector_here    yes  .       .    yes    .       .
connector_author  yes  .       .    yes    .       .
everyone_else     yes  .       .    .      .       .
";
    check(closed, &post(PostStatus::Expired, None, &["lindeplein"]));
    check(closed, &post(PostStatus::Archived, None, &["lindeplein"]));
}

#[test]
fn a_draft_is_nobodys_but_its_authors() {
    // Nor can a connector read it by removing it first.
    let draft = "
                  read history edit remove restore pin
author            yes  .       .    .      .       .
connector_author  yes  .       .    .      .       .
everyone_else     .    .       .    .      .       .
";
    check(draft, &post(PostStatus::Draft, None, &["lindeplein"]));
}

#[test]
fn an_author_may_put_back_what_they_removed_themselves() {
    let removed = "
                  read history edit remove restore pin
author            yes  .       .    .      yes     .
connector         yes  .       .    .      yes     .
connector_here    yes  .       .    .      yes     .
connector_author  yes  .       .    .      yes     .
everyone_else     .    .       .    .      .       .
";
    check(removed, &post(PostStatus::Removed, Some(AUTHOR), &["lindeplein"]));
}

#[test]
fn an_author_cannot_undo_what_a_connector_removed() {
    let removed = "
                  read history edit remove restore pin
connector         yes  .       .    .      yes     .
connector_here    yes  .       .    .      yes     .
connector_author  yes  .       .    .      yes     .
everyone_else     .    .       .    .      .       .
";
    let by_a_connector = post(PostStatus::Removed, Some(CONNECTOR), &["lindeplein"]);
    check(removed, &by_a_connector);
    // Nor when nobody knows any more who removed it.
    check(removed, &post(PostStatus::Removed, None, &["lindeplein"]));
}

#[test]
fn who_removed_a_post_of_another_and_lost_the_role_cannot_put_it_back() {
    let post = post(PostStatus::Removed, Some(NEIGHBOUR), &["lindeplein"]);
    let former_connector = person("resident");
    assert!(may_restore(&former_connector, &post).is_err());
    assert!(!may_read(&former_connector, &post));
}

#[test]
fn who_looks_after_one_of_its_areas_may_correct_a_post_but_not_keep_it_on_top() {
    let both = "
                     read history edit remove restore pin
author               yes  yes     yes  yes    .       .
connector            yes  yes     yes  yes    .       yes
connector_here       yes  yes     yes  yes    .       .
connector_elsewhere  yes  yes     yes  yes    .       .
connector_author     yes  yes     yes  yes    .       yes
everyone_else        yes  .       .    .      .       .
";
    check(both, &post(PostStatus::Published, None, &["lindeplein", "noord"]));
}

#[test]
fn an_official_message_is_its_authors_for_as_long_as_they_are_an_official_sender_there() {
    let official = PostFacts { official: true, ..post(PostStatus::Published, None, &["lindeplein"]) };
    let author = |role, scope| Actor::member(RIETVOORDE, AUTHOR, vec![Grant { role, scope }]);
    let centre = Scope::Area(area("centrum"));
    assert!(may_edit(&author(Role::AreaManager, centre), &official).is_ok());
    assert!(may_edit(&author(Role::AreaManager, Scope::Area(area("noord"))), &official).is_err());
    assert!(may_edit(&person("author"), &official).is_err(), "the role has ended");
    assert!(may_edit(&person("connector_here"), &official).is_ok(), "a spelling mistake");
}

#[test]
fn a_post_moves_no_further_than_who_moves_it_reaches() {
    let ordinary = post(PostStatus::Published, None, &["lindeplein"]);
    let official = PostFacts { official: true, ..ordinary.clone() };
    let for_another = PostFacts { on_behalf: true, ..ordinary.clone() };
    let area_manager = Actor::member(
        RIETVOORDE,
        AUTHOR,
        vec![Grant { role: Role::AreaManager, scope: Scope::Area(area("centrum")) }],
    );
    let own_connector = Actor::member(
        RIETVOORDE,
        AUTHOR,
        vec![Grant { role: Role::Connector, scope: Scope::Area(area("centrum")) }],
    );
    for (who, facts, slugs, expected) in [
        (person("author"), &ordinary, &["noord"][..], true),
        (person("author"), &ordinary, &[], true),
        (person("connector_here"), &ordinary, &["lindestraat"], true),
        (person("connector_here"), &ordinary, &["lindeplein", "noord"], false),
        (person("connector_here"), &ordinary, &[], false),
        (person("connector"), &ordinary, &[], true),
        (area_manager.clone(), &official, &["lindestraat"], true),
        (area_manager.clone(), &official, &["lindeplein", "noord"], false),
        (area_manager, &official, &[], false),
        (person("author"), &official, &["lindestraat"], false),
        (person("connector"), &official, &["noord"], false),
        (person("connector"), &official, &["lindeplein"], true),
        (own_connector.clone(), &for_another, &["lindestraat"], true),
        (own_connector, &for_another, &["noord"], false),
        (person("connector"), &for_another, &["noord"], false),
    ] {
        assert_eq!(may_move(&who, facts, &place(slugs)), expected, "{who:?} to {slugs:?}");
    }
    let both = post(PostStatus::Published, None, &["lindeplein", "noord"]);
    assert!(may_move(&person("connector_here"), &both, &place(&["lindeplein"])), "takes an area away");
}

#[test]
fn the_badge_goes_with_what_is_wholly_within_the_senders_areas() {
    let here = person("area_manager_here");
    assert!(is_official(&here, &place(&["lindeplein", "lindestraat"])));
    for slugs in [&["lindeplein", "noord"][..], &["noord"], &[]] {
        assert!(!is_official(&here, &place(slugs)), "{slugs:?}");
    }
    assert!(is_official(&person("municipal_admin"), &place(&[])));
    assert!(!is_official(&person("connector"), &place(&[])));
}

#[test]
fn a_session_of_one_platform_is_nothing_on_another() {
    // The same keys of member, post, area and topic, on the other platform.
    let there = |status, removed_by, slugs: &[&str]| {
        let mut post = post(status, removed_by, slugs);
        post.place.platform = VEENZICHT;
        post
    };
    for name in PEOPLE.iter().filter(|name| !name.starts_with("other_")) {
        let actor = person(name);
        for status in PostStatus::ALL {
            for slugs in [&[][..], &["lindeplein"]] {
                let post = there(status, Some(AUTHOR), slugs);
                for action in ["read", "history", "edit", "remove", "restore", "pin"] {
                    assert!(!may(&actor, action, &post), "{name}: {action} {status:?}");
                }
                for kind in PostKind::ALL {
                    assert!(may_create(&actor, kind, &post.place).is_err(), "{name}");
                }
                assert!(!may_write_for_others(&actor, &post.place), "{name}");
            }
        }
        assert!(may_keep_draft(&actor, VEENZICHT).is_err(), "{name}");
    }
}

#[test]
fn the_facts_of_a_post_are_those_that_are_stored() {
    let stored = domain::posts::Post {
        id: POST,
        text: domain::posts::PostText {
            title: "Soep op vrijdag".into(),
            body: "Kom je ook?".into(),
            kind: PostKind::News,
            topic: Some(topic("groen")),
            areas: vec![area("lindestraat")],
            scene: None,
            scene_alt: String::new(),
        },
        html: String::new(),
        excerpt: String::new(),
        status: PostStatus::Removed,
        author: AUTHOR,
        author_name: "Joke".into(),
        on_behalf_of: None,
        official: false,
        version: 1,
        published_at: domain::clock::Timestamp(0),
        edited_at: None,
        pinned_until: None,
        pinned_by_name: None,
        pinned_by: None,
        expires_at: None,
        removed_by: Some(CONNECTOR),
        talk: Default::default(),
    };
    let platform: PlatformId = RIETVOORDE;
    let facts = PostFacts::of(&stored, platform, &rietvoorde().areas);
    assert_eq!((facts.id, facts.author), (POST, AUTHOR));
    assert_eq!(facts.status, PostStatus::Removed);
    assert_eq!(facts.removed_by, Some(CONNECTOR));
    assert_eq!(facts.place, place(&["lindestraat"]));
}

#[test]
fn who_pinned_a_post_may_let_go_of_it_wherever_it_went() {
    let mut pinned = post(PostStatus::Published, None, &[]);
    let connector = person("connector_elsewhere");
    assert!(may_unpin(&connector, &pinned).is_err(), "nobody pinned it");
    pinned.pinned_by = connector.member_id();
    assert!(may_unpin(&connector, &pinned).is_ok());
    assert!(may_pin(&connector, &pinned).is_err(), "but not pin it there");
    pinned.pinned_by = Some(MemberId(uuid::Uuid::from_u128(77)));
    assert!(may_unpin(&connector, &pinned).is_err(), "somebody else did");
    pinned.pinned_by = connector.member_id();
    pinned.status = PostStatus::Removed;
    assert!(may_unpin(&connector, &pinned).is_err());
}
