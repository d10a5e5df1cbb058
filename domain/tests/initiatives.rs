//! Who may do what with an initiative, and what its forms take.

mod common;
#[path = "common/people.rs"]
mod people;

use common::AUTHOR;
use domain::actor::Actor;
use domain::id::{MemberId, PostId, UpdateId};
use domain::initiatives::draft::{self, NeedDraft, PlanDraft};
use domain::initiatives::policy::{
    InitiativeFacts, may_answer, may_join, may_lead, may_manage, may_remove_update, may_see_people,
};
use domain::initiatives::{Need, NeedKind, Stage, Team, Update};
use domain::permit::{Denied, Permit};
use domain::posts::policy::PostFacts;
use domain::posts::{PostKind, PostStatus};
use domain::problem::{Fault, Field};
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const ID: Uuid = Uuid::from_u128(1);

/// In the centre of Rietvoorde, under way.
fn facts() -> InitiativeFacts {
    InitiativeFacts {
        post: PostFacts {
            id: PostId(ID),
            author: AUTHOR,
            status: PostStatus::Published,
            removed_by: None,
            pinned_by: None,
            official: false,
            on_behalf: false,
            expires: false,
            place: place(&["centrum"]),
        },
        kind: PostKind::Initiative,
        stage: Stage::Busy,
        mine: None,
    }
}

fn who(may: impl Fn(&Actor) -> bool) -> Vec<&'static str> {
    PEOPLE.into_iter().filter(|name| may(&person(name))).collect()
}

/// Yes, with a permit for exactly this initiative.
fn yes<A>(actor: &Actor, permit: Result<Permit<A>, Denied>) -> bool {
    answer(actor, permit, Some(facts().post.id.0))
}

const MEMBERS: [&str; 13] = [
    "resident",
    "author",
    "connector",
    "connector_here",
    "connector_elsewhere",
    "connector_author",
    "supporter",
    "org_manager",
    "curator",
    "area_manager_here",
    "area_manager_else",
    "municipal_admin",
    "operator",
];

#[test]
fn every_member_but_its_author_may_take_part() {
    let others: Vec<&str> = MEMBERS
        .into_iter()
        .chain(["network_editor"])
        .filter(|name| !["author", "connector_author"].contains(name))
        .collect();
    assert_eq!(who(|actor| answer(actor, may_join(actor, &facts()), Some(ID))), others);
    assert_eq!(who(|actor| yes(actor, may_join(actor, &facts()))), others);
}

#[test]
fn members_see_who_takes_part_and_nobody_else_does() {
    let members: Vec<&str> = MEMBERS.into_iter().chain(["network_editor"]).collect();
    assert_eq!(who(|actor| may_see_people(actor, &facts())), members);
}

#[test]
fn its_author_and_connectors_of_the_place_lead_it() {
    let leaders = ["author", "connector", "connector_here", "connector_author"];
    assert_eq!(who(|actor| answer(actor, may_lead(actor, &facts()), Some(ID))), leaders);
    assert_eq!(who(|actor| answer(actor, may_manage(actor, &facts()), Some(ID))), leaders);
    assert_eq!(who(|actor| yes(actor, may_lead(actor, &facts()))), leaders);
    assert_eq!(who(|actor| yes(actor, may_manage(actor, &facts()))), leaders);
}

#[test]
fn the_team_manages_but_does_not_lead() {
    let neighbour = person("resident");
    for (team, may) in [(Team::No, false), (Team::Invited, false), (Team::Asked, false), (Team::In, true)] {
        let facts = InitiativeFacts { mine: Some(team), ..facts() };
        assert_eq!(may_manage(&neighbour, &facts).is_ok(), may, "{team:?}");
        assert!(may_lead(&neighbour, &facts).is_err(), "{team:?}");
    }
    let suspended = common::suspended(person("resident"));
    assert!(may_manage(&suspended, &InitiativeFacts { mine: Some(Team::In), ..facts() }).is_err());
}

#[test]
fn nobody_begins_to_take_part_in_what_has_ended_and_everybody_may_leave() {
    let neighbour = person("resident");
    for stage in Stage::ALL {
        let facts = InitiativeFacts { stage, mine: Some(Team::No), ..facts() };
        assert_eq!(may_join(&neighbour, &facts).is_ok(), stage.is_open(), "{stage:?}");
        assert!(may_answer(&neighbour, &facts).is_ok(), "{stage:?}");
    }
    assert!(may_answer(&neighbour, &facts()).is_err(), "who takes no part has nothing to leave");
}

#[test]
fn what_is_no_published_initiative_has_nobody() {
    let published = facts();
    let mut all = vec![InitiativeFacts { kind: PostKind::News, ..facts() }];
    for status in PostStatus::ALL {
        if status != PostStatus::Published {
            let post = PostFacts { status, ..published.post.clone() };
            all.push(InitiativeFacts { post, mine: Some(Team::In), ..facts() });
        }
    }
    for facts in all {
        for actor in PEOPLE.map(person) {
            assert!(may_join(&actor, &facts).is_err() && may_answer(&actor, &facts).is_err());
            assert!(may_lead(&actor, &facts).is_err() && may_manage(&actor, &facts).is_err());
            assert!(!may_see_people(&actor, &facts));
        }
    }
}

#[test]
fn what_somebody_told_is_taken_back_by_them_or_who_leads() {
    let update = |author| Update {
        id: UpdateId(Uuid::from_u128(2)),
        author,
        author_name: String::new(),
        at: domain::clock::Timestamp(0),
        html: String::new(),
    };
    let neighbour = person("resident");
    let own = update(neighbour.member_id().expect("a member"));
    let others = update(MemberId(Uuid::from_u128(99)));
    let team = InitiativeFacts { mine: Some(Team::In), ..facts() };
    assert!(may_remove_update(&neighbour, &team, &own).is_ok());
    assert!(may_remove_update(&neighbour, &team, &others).is_err());
    assert!(may_remove_update(&neighbour, &facts(), &own).is_err(), "not in the team any more");
    assert!(may_remove_update(&person("author"), &facts(), &others).is_ok());
}

#[test]
fn each_helper_counts_for_one_but_not_for_a_euro() {
    let need = |kind, wanted| Need {
        id: domain::id::NeedId(Uuid::from_u128(3)),
        kind,
        label: String::new(),
        wanted,
        found: 2,
        joined: 3,
        version: 1,
    };
    assert_eq!(need(NeedKind::Hands, 9).filled(), 5);
    assert_eq!(need(NeedKind::Money, 9).filled(), 2);
    assert!(need(NeedKind::Things, 6).is_open() && !need(NeedKind::Things, 5).is_open());
}

#[test]
fn what_has_ended_needs_a_word_for_those_who_took_part() {
    let plan = |stage: &str, closing: &str| {
        PlanDraft { stage: stage.into(), closing: closing.into(), ..PlanDraft::default() }.check()
    };
    assert!(plan("busy", "").is_ok());
    for stage in ["done", "stopped"] {
        let problems = plan(stage, " \u{200B} ").expect_err("no word");
        assert_eq!(problems.of(Field::Closing), Some(Fault::Required), "{stage}");
        assert!(plan(stage, "Dank!").is_ok());
    }
    assert_eq!(plan("paused", "").expect_err("unknown").of(Field::Stage), Some(Fault::UnknownChoice));
}

#[test]
fn a_need_is_a_kind_a_few_words_and_a_number() {
    let need = |kind: &str, label: &str, wanted: &str, found: &str| {
        NeedDraft {
            kind: kind.into(),
            label: label.into(),
            wanted: wanted.into(),
            found: found.into(),
            ..NeedDraft::default()
        }
        .check()
    };
    let valid = need("hands", "  mensen  om te spitten ", " 3 ", "").expect("a need");
    assert_eq!((valid.label(), valid.wanted(), valid.found()), ("mensen om te spitten", 3, 0));
    for (wanted, fault) in [
        ("", Fault::Required),
        ("0", Fault::Required),
        ("-1", Fault::Required),
        ("drie", Fault::Required),
        ("1000001", Fault::TooMany { max: 1_000_000 }),
    ] {
        let problems = need("hands", "x", wanted, "").expect_err(wanted);
        assert_eq!(problems.of(Field::Wanted), Some(fault), "{wanted}");
    }
    let all = need("love", " ", "", "x").expect_err("all wrong");
    for field in [Field::Kind, Field::Label, Field::Wanted, Field::Found] {
        assert!(all.of(field).is_some(), "{field:?}");
    }
    assert!(draft::update(" \n ").is_err() && draft::update(&"x".repeat(2_001)).is_err());
    assert_eq!(draft::update("Het gaat goed."), Ok("Het gaat goed.".to_owned()));
}
