//! Activities: what may be typed, who may do what, and which ones a choice leaves.

mod common;
#[path = "common/people.rs"]
mod people;

use common::{AUTHOR, RIETVOORDE, area, rietvoorde, topic};
use domain::activities::draft::ActivityDraft;
use domain::activities::filter::AgendaQuery;
use domain::activities::policy::{
    ActivityFacts, may_create, may_edit, may_move, may_read, may_remove, may_restore,
};
use domain::activities::{ActivityStatus, ActivitySummary, Audience, SeriesText, Spoken};
use domain::clock::Timestamp;
use domain::id::ActivityId;
use domain::problem::{Fault, Field};
use domain::roles::Place;
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const ID: ActivityId = ActivityId(Uuid::from_u128(77));

fn facts(areas: &[&str], status: ActivityStatus) -> ActivityFacts {
    ActivityFacts {
        id: ID,
        organiser: AUTHOR,
        status,
        removed_by: None,
        moderated: false,
        source: None,
        place: place(areas),
    }
}

fn who(allowed: impl Fn(&str) -> bool) -> Vec<&'static str> {
    PEOPLE.into_iter().filter(|name| allowed(name)).collect()
}

#[test]
fn every_member_may_put_something_in_the_agenda_and_nobody_else() {
    let all = who(|name| {
        let actor = person(name);
        answer(&actor, may_create(&actor, RIETVOORDE), None)
    });
    assert!(all.contains(&"resident") && all.contains(&"supporter"));
    let not = ["visitor", "suspended_author", "suspended_connector", "suspended_admin"];
    assert!(not.iter().all(|name| !all.contains(name)));
    assert!(all.iter().all(|name| !name.starts_with("other")));
}

#[test]
fn its_organiser_and_connectors_of_its_place_may_change_it_or_take_it_away() {
    let there = facts(&["centrum"], ActivityStatus::Published);
    let expected = ["author", "connector", "connector_here", "connector_author"];
    let edit = who(|name| answer(&person(name), may_edit(&person(name), &there), Some(ID.0)));
    assert_eq!(edit, expected);
    let remove = who(|name| answer(&person(name), may_remove(&person(name), &there), Some(ID.0)));
    assert_eq!(remove, expected);
    let gone = facts(&["centrum"], ActivityStatus::Removed);
    assert_eq!(who(|name| may_edit(&person(name), &gone).is_ok()), [] as [&str; 0]);
}

#[test]
fn what_is_removed_is_for_who_may_put_it_back() {
    let mut gone = facts(&["centrum"], ActivityStatus::Removed);
    let connectors = ["connector", "connector_here", "connector_author"];
    assert_eq!(who(|name| may_read(&person(name), &gone)), connectors);
    assert_eq!(who(|name| may_restore(&person(name), &gone).is_ok()), connectors);
    gone.removed_by = Some(AUTHOR);
    assert!(may_read(&person("author"), &gone));
    gone.moderated = true;
    assert!(!may_read(&person("author"), &gone), "a connector decided about it meanwhile");
    assert_eq!(who(|name| may_restore(&person(name), &gone).is_ok()), connectors);
    let there = facts(&["centrum"], ActivityStatus::Published);
    let readers = who(|name| may_read(&person(name), &there));
    assert!(readers.contains(&"visitor") && readers.iter().all(|name| !name.starts_with("other")));
}

#[test]
fn a_connector_puts_it_nowhere_that_is_not_theirs() {
    let there = facts(&["centrum"], ActivityStatus::Published);
    let (noord, both) = (place(&["noord"]), place(&["centrum", "noord"]));
    let whole = Place { areas: Vec::new(), ..place(&["centrum"]) };
    for to in [&noord, &both, &whole] {
        assert!(!may_move(&person("connector_here"), &there, to), "{to:?}");
        assert!(may_move(&person("author"), &there, to), "{to:?}");
        assert!(may_move(&person("connector"), &there, to), "{to:?}");
    }
}

fn draft() -> ActivityDraft {
    ActivityDraft {
        title: "Koffie-inloop".into(),
        body: "Kom binnen.".into(),
        areas: vec!["centrum".into()],
        topic: "groen".into(),
        ..ActivityDraft::default()
    }
}

#[test]
fn what_is_wrong_stands_beside_its_field() {
    assert!(draft().check(&rietvoorde()).is_ok());
    let with = |change: fn(&mut ActivityDraft)| {
        let mut draft = draft();
        change(&mut draft);
        draft.check(&rietvoorde()).expect_err("it is wrong").0
    };
    for (change, field, fault) in [
        ((|d| d.title.clear()) as fn(&mut ActivityDraft), Field::Title, Fault::Required),
        (|d| d.body = " ".into(), Field::Body, Fault::Required),
        (|d| d.place = "x".repeat(201), Field::Place, Fault::TooLong { max: 200, is: 201 }),
        (|d| d.audience = vec!["everyone".into()], Field::Audience, Fault::UnknownChoice),
        (|d| d.languages = vec!["xx".into()], Field::Audience, Fault::UnknownChoice),
        (|d| d.areas = vec!["atlantis".into()], Field::Areas, Fault::UnknownChoice),
        (|d| d.scene = "nothing".into(), Field::Scene, Fault::UnknownChoice),
    ] {
        let problems = with(change);
        assert_eq!((problems.len(), problems[0].field, problems[0].fault), (1, field, fault));
    }
}

#[test]
fn only_addresses_on_the_web_lead_away() {
    let online = |text: &str| {
        let typed = ActivityDraft { online: text.into(), ..draft() };
        typed.check(&rietvoorde()).map(|text| text.online).ok()
    };
    assert_eq!(online("example.org/zaal").as_deref(), Some("https://example.org/zaal"));
    assert_eq!(online(" http://example.org ").as_deref(), Some("http://example.org"));
    assert_eq!(online("").as_deref(), Some(""));
    for text in [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://user:pass@example.org",
        "https://",
        "https://localhost",
        "https://example.org/\"><script>",
        "mailto:a@example.org",
    ] {
        assert_eq!(online(text), None, "{text}");
    }
}

fn activity(areas: &[&str]) -> ActivitySummary {
    ActivitySummary {
        id: ID,
        title: "Koffie".into(),
        excerpt: String::new(),
        topic: Some(topic("groen")),
        areas: areas.iter().map(|slug| area(slug)).collect(),
        place: String::new(),
        point: None,
        wheelchair: true,
        online: String::new(),
        cost: "€ 5".into(),
        audience: vec![Audience::Families],
        languages: vec![Spoken::Ar],
        scene: None,
        version: 1,
        changed_at: Timestamp(0),
        series: SeriesText::default(),
        changes: Vec::new(),
    }
}

#[test]
fn a_choice_leaves_what_fits_in_every_part() {
    let platform = rietvoorde();
    let holds = |query: AgendaQuery, areas: &[&str]| {
        query.resolve(&platform).expect("a filter").holds(&activity(areas), &platform)
    };
    let with = |change: fn(&mut AgendaQuery)| {
        let mut query = AgendaQuery::default();
        change(&mut query);
        query
    };
    assert!(holds(AgendaQuery::default(), &["noord"]));
    assert!(holds(with(|q| q.gebied = "centrum".into()), &["centrum"]));
    assert!(!holds(with(|q| q.gebied = "centrum".into()), &["noord"]));
    // What is for everybody is everywhere.
    assert!(holds(with(|q| q.gebied = "centrum".into()), &[]));
    assert!(holds(with(|q| q.kinderen = "ja".into()), &[]));
    assert!(holds(with(|q| q.rolstoel = "ja".into()), &[]));
    assert!(!holds(with(|q| q.gratis = "ja".into()), &[]));
    assert!(holds(with(|q| q.taal = "ar".into()), &[]));
    assert!(!holds(with(|q| q.taal = "pl".into()), &[]));
    for change in [
        (|q| q.gebied = "atlantis".into()) as fn(&mut AgendaQuery),
        |q| q.thema = "atlantis".into(),
        |q| q.gratis = "nee".into(),
        |q| q.taal = "xx".into(),
    ] {
        assert!(with(change).resolve(&platform).is_err());
    }
}

#[test]
fn an_address_says_only_what_is_ours() {
    let query = AgendaQuery {
        weergave: "week".into(),
        dag: "2026-12-01".into(),
        gebied: "centrum\"><script>".into(),
        gratis: "ja".into(),
        ..AgendaQuery::default()
    };
    assert_eq!(query.to_query(), "?weergave=week&dag=2026-12-01&gratis=ja");
    assert_eq!(query.whenever().weergave, "");
}

#[test]
fn who_waits_gets_what_is_free_in_order_and_the_first_is_not_passed_over() {
    use domain::activities::registration::promoted;
    assert_eq!(promoted(Some(3), 1, &[('a', 1), ('b', 1), ('c', 1)]), ['a', 'b']);
    assert_eq!(
        promoted(Some(3), 2, &[('a', 2), ('b', 1)]),
        Vec::<char>::new(),
        "b would fit, but a came first"
    );
    assert_eq!(promoted(Some(3), 2, &[('a', 4), ('b', 1)]), ['b'], "there will never be room for a");
    assert_eq!(promoted(Some(3), 5, &[('a', 1)]), Vec::<char>::new(), "fewer seats than people");
    assert_eq!(promoted(None, 900, &[('a', 9), ('b', 1)]), ['a', 'b']);
}

#[test]
fn a_cell_is_never_a_formula() {
    use domain::activities::registration::cell;
    for attack in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"] {
        assert!(cell(attack).starts_with("\"'"), "{attack:?}");
    }
    assert_eq!(cell("Noten, \"echt\""), "\"Noten, \"\"echt\"\"\"");
}

#[test]
fn rules_are_checked_and_come_back_as_they_were_typed() {
    use domain::activities::registration::{Rules, RulesDraft};
    use domain::problem::Field;
    assert_eq!(RulesDraft::default().check(), Ok(None));
    let typed = RulesDraft {
        on: true,
        capacity: " 12 ".into(),
        guests: "2".into(),
        closes: "24".into(),
        questions: vec![String::new(), "Dieetwensen?".into()],
        whole: true,
    };
    let rules = typed.check().expect("nothing is wrong").expect("it is on");
    assert_eq!((rules.capacity, rules.guests, rules.closes_hours), (Some(12), 2, 24));
    assert_eq!(rules.questions, ["Dieetwensen?"]);
    assert_eq!(RulesDraft::of(Some(&rules)).check(), Ok(Some(rules)));
    for (capacity, guests) in [("0", ""), ("veel", ""), ("9999999", ""), ("", "99")] {
        let wrong = RulesDraft { capacity: capacity.into(), guests: guests.into(), ..typed.clone() };
        let field = if guests.is_empty() { Field::Wanted } else { Field::Found };
        assert!(wrong.check().expect_err("wrong").of(field).is_some(), "{capacity:?} {guests:?}");
    }
    assert_eq!(Rules { whole_series: true, ..Rules::default() }.round("2026-12-01T10:00"), "");
}

#[test]
fn a_registration_needs_a_name_and_an_address_only_without_an_account() {
    use domain::activities::registration::{RegistrationDraft, Rules};
    use domain::problem::Field;
    let rules = Rules { guests: 3, capacity: Some(3), questions: vec!["?".into()], ..Rules::default() };
    let empty = RegistrationDraft::default();
    let valid = empty.check(&rules, true).expect("a member");
    assert_eq!((valid.guests, valid.answers.len()), (0, 1));
    let problems = empty.check(&rules, false).expect_err("who?");
    assert!(problems.of(Field::Name).is_some() && problems.of(Field::Email).is_some());
    let many = RegistrationDraft { guests: "3".into(), ..empty };
    assert!(many.check(&rules, true).expect_err("four people on three seats").of(Field::Found).is_some());
}
