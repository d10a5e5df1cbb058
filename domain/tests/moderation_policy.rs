//! Who may look into a case, decide it, object, and decide about the objection, as tables: every kind of person,
//! every state.

mod common;
#[path = "common/people.rs"]
mod people;

use common::{AUTHOR, NEIGHBOUR, RIETVOORDE, area, cells};
use domain::actor::{Actor, Grant, Scope};
use domain::clock::{Span, Timestamp};
use domain::id::{CaseId, MemberId};
use domain::moderation::decision::{DecisionDraft, DecisionKind, proposed_days};
use domain::moderation::policy::{
    CaseFacts, may_appeal_as_author, may_appeal_as_notifier, may_decide, may_decide_appeal,
    may_see_as_author, may_see_case, may_see_queue,
};
use domain::moderation::second_look::{SecondLook, second_look};
use domain::moderation::{APPEAL_WITHIN, CaseStatus, ContentKind, Figure, Reference, Subject, house_rules};
use domain::posts::PostKind;
use domain::problem::{Fault, Field};
use domain::roles::Role;
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const CASE: CaseId = CaseId(Uuid::from_u128(61));
const FIRST: MemberId = MemberId(Uuid::from_u128(62));
const DECIDED: Timestamp = Timestamp(1_000);

fn case(status: CaseStatus, decided: Option<DecisionKind>) -> CaseFacts {
    CaseFacts {
        id: CASE,
        status,
        place: place(&["lindeplein"]),
        author: Some(AUTHOR),
        notifiers: vec![],
        decided: decided.map(|kind| (kind, FIRST, DECIDED)),
        second_look: SecondLook::Connectors,
    }
}

const ACTIONS: [&str; 6] = ["queue", "see", "decide", "answer", "own", "object"];

fn may(actor: &Actor, action: &str, case: &CaseFacts) -> bool {
    let (id, now) = (Some(case.id.0), DECIDED.plus(Span::days(1)));
    match action {
        "queue" => may_see_queue(actor, RIETVOORDE).is_ok(),
        "see" => may_see_case(actor, case).is_ok(),
        "decide" => answer(actor, may_decide(actor, case), id),
        "answer" => answer(actor, may_decide_appeal(actor, case), id),
        "own" => may_see_as_author(actor, case).is_ok(),
        "object" => answer(actor, may_appeal_as_author(actor, case, now), id),
        other => panic!("no action is called {other}"),
    }
}

/// Whoever has no line in the table may do nothing.
fn check(table: &str, case: &CaseFacts) {
    let cells = cells(table);
    for (row, ..) in &cells {
        assert!(PEOPLE.contains(row), "{row}");
    }
    for name in PEOPLE {
        let actor = person(name);
        for action in ACTIONS {
            let cell = cells.iter().find(|cell| cell.0 == name && cell.1 == action).map(|cell| cell.2);
            assert_eq!(may(&actor, action, case), cell == Some("yes"), "{name}: {action} {:?}", case.status);
        }
    }
}

#[test]
fn connectors_of_the_place_decide_what_is_open_and_nobody_about_their_own() {
    let open = "
                     queue see decide answer own object
author               .     .   .      .      yes .
suspended_author     .     .   .      .      yes .
connector            yes   yes yes    .      .   .
connector_here       yes   yes yes    .      .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes .
municipal_admin      yes   .   .      .      .   .
operator             yes   .   .      .      .   .
";
    for status in [CaseStatus::Open, CaseStatus::Asked] {
        check(open, &case(status, None));
    }
}

#[test]
fn what_is_decided_is_not_decided_again_and_its_author_may_object() {
    let decided = "
                     queue see decide answer own object
author               .     .   .      .      yes yes
suspended_author     .     .   .      .      yes yes
connector            yes   yes .      .      .   .
connector_here       yes   yes .      .      .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes yes
municipal_admin      yes   .   .      .      .   .
operator             yes   .   .      .      .   .
";
    for kind in [DecisionKind::Hide, DecisionKind::Remove, DecisionKind::Suspend] {
        check(decided, &case(CaseStatus::Decided, Some(kind)));
    }
}

#[test]
fn an_author_has_nothing_to_object_to_where_nothing_was_taken() {
    let kept = "
                     queue see decide answer own object
author               .     .   .      .      yes .
suspended_author     .     .   .      .      yes .
connector            yes   yes .      .      .   .
connector_here       yes   yes .      .      .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes .
municipal_admin      yes   .   .      .      .   .
operator             yes   .   .      .      .   .
";
    check(kept, &case(CaseStatus::Decided, Some(DecisionKind::NoAction)));
    check(kept, &case(CaseStatus::Closed, Some(DecisionKind::Remove)));
}

#[test]
fn an_objection_is_decided_by_another_connector_of_the_place() {
    let appealed = "
                     queue see decide answer own object
author               .     .   .      .      yes .
suspended_author     .     .   .      .      yes .
connector            yes   yes .      yes    .   .
connector_here       yes   yes .      yes    .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes .
municipal_admin      yes   .   .      .      .   .
operator             yes   .   .      .      .   .
";
    check(appealed, &case(CaseStatus::Appealed, Some(DecisionKind::Remove)));
}

#[test]
fn where_no_other_connector_can_the_admin_decides_and_else_the_operator() {
    let admins = "
                     queue see decide answer own object
author               .     .   .      .      yes .
suspended_author     .     .   .      .      yes .
connector            yes   yes .      yes    .   .
connector_here       yes   yes .      yes    .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes .
municipal_admin      yes   yes .      yes    .   .
operator             yes   .   .      .      .   .
";
    let mut facts = case(CaseStatus::Appealed, Some(DecisionKind::Remove));
    facts.second_look = SecondLook::Admins;
    check(admins, &facts);
    let operators = "
                     queue see decide answer own object
author               .     .   .      .      yes .
suspended_author     .     .   .      .      yes .
connector            yes   yes .      yes    .   .
connector_here       yes   yes .      yes    .   .
connector_elsewhere  yes   .   .      .      .   .
connector_author     yes   .   .      .      yes .
municipal_admin      yes   .   .      .      .   .
operator             yes   yes .      yes    .   .
";
    facts.second_look = SecondLook::Operators;
    check(operators, &facts);
    // It is their turn with the objection alone.
    let mut open = case(CaseStatus::Open, None);
    for turn in [SecondLook::Admins, SecondLook::Operators, SecondLook::Nobody] {
        open.second_look = turn;
        for name in ["municipal_admin", "operator"] {
            assert!(may_see_case(&person(name), &open).is_err(), "{name}: {turn:?}");
            assert!(may_decide(&person(name), &open).is_err(), "{name}: {turn:?}");
        }
    }
}

#[test]
fn whose_turn_it_is_follows_from_who_is_there() {
    use SecondLook::{Admins, Connectors, Nobody, Operators};
    let (other, third, fourth) = (NEIGHBOUR, MemberId(Uuid::from_u128(63)), MemberId(Uuid::from_u128(64)));
    let centrum = Scope::Area(area("centrum"));
    let noord = Scope::Area(area("noord"));
    let has = |member: MemberId, role, scope| (member, Grant { role, scope });
    let first = has(FIRST, Role::Connector, Scope::Platform);
    let admin = has(third, Role::MunicipalAdmin, Scope::Platform);
    let operator = has(fourth, Role::Operator, Scope::Platform);
    let table = [
        ("nobody at all", vec![], Nobody),
        ("who decided alone", vec![first], Nobody),
        ("another connector", vec![first, has(other, Role::Connector, Scope::Platform)], Connectors),
        ("one of the place", vec![first, has(other, Role::Connector, centrum), admin], Connectors),
        ("one of elsewhere", vec![first, has(other, Role::Connector, noord)], Nobody),
        ("one of elsewhere and an admin", vec![first, has(other, Role::Connector, noord), admin], Admins),
        ("an admin and an operator", vec![first, operator, admin], Admins),
        ("an operator", vec![first, operator], Operators),
        ("the author moderates", vec![first, has(AUTHOR, Role::Connector, Scope::Platform)], Nobody),
        (
            "who decided is the admin too",
            vec![first, has(FIRST, Role::MunicipalAdmin, Scope::Platform)],
            Nobody,
        ),
        ("an area manager", vec![first, has(other, Role::AreaManager, centrum)], Nobody),
        ("a supporter", vec![first, has(other, Role::Supporter, Scope::Platform)], Nobody),
    ];
    let facts = case(CaseStatus::Appealed, Some(DecisionKind::Remove));
    for (who, people, turn) in table {
        assert_eq!(second_look(&facts, &people), turn, "{who}");
    }
    let mut facts = facts;
    facts.notifiers = vec![third];
    assert_eq!(second_look(&facts, &[first, admin, operator]), Operators, "the admin gave notice");
}

#[test]
fn nobody_decides_twice_or_about_what_they_gave_notice_of() {
    let connector = person("connector");
    let me = connector.member_id().expect("a member");
    let mut facts = case(CaseStatus::Appealed, Some(DecisionKind::Remove));
    facts.decided = Some((DecisionKind::Remove, me, DECIDED));
    assert!(may_see_case(&connector, &facts).is_ok());
    assert!(may_decide_appeal(&connector, &facts).is_err(), "who decided first");
    let mut facts = case(CaseStatus::Open, None);
    facts.notifiers = vec![me];
    assert!(may_see_case(&connector, &facts).is_ok());
    assert!(may_decide(&connector, &facts).is_err(), "who gave notice");
    let mut facts = case(CaseStatus::Appealed, Some(DecisionKind::Remove));
    facts.notifiers = vec![me];
    assert!(may_decide_appeal(&connector, &facts).is_err(), "who gave notice");
}

#[test]
fn objecting_ends_after_six_months() {
    let facts = case(CaseStatus::Decided, Some(DecisionKind::Remove));
    let author = person("author");
    let last = DECIDED.plus(APPEAL_WITHIN);
    assert!(may_appeal_as_author(&author, &facts, last.minus(Span(1))).is_ok());
    assert!(may_appeal_as_author(&author, &facts, last).is_err());
}

#[test]
fn who_gave_notice_objects_to_its_being_left_as_it_is_and_to_nothing_else() {
    let visitor = person("visitor");
    let now = DECIDED.plus(Span::days(1));
    let may = |status, kind| may_appeal_as_notifier(&visitor, &case(status, kind), now).is_ok();
    assert!(may(CaseStatus::Decided, Some(DecisionKind::NoAction)));
    assert!(!may(CaseStatus::Decided, Some(DecisionKind::Remove)));
    assert!(!may(CaseStatus::Open, None) && !may(CaseStatus::Closed, Some(DecisionKind::NoAction)));
    let facts = case(CaseStatus::Decided, Some(DecisionKind::NoAction));
    assert!(may_appeal_as_notifier(&person("other_visitor"), &facts, now).is_err());
}

#[test]
fn a_case_without_an_author_is_nobodys_own() {
    let mut facts = case(CaseStatus::Open, None);
    facts.author = None;
    for name in ["visitor", "resident", "author"] {
        assert!(may_see_as_author(&person(name), &facts).is_err(), "{name}");
    }
    assert!(may_decide(&person("connector"), &facts).is_ok());
    let grant = Grant { role: Role::Connector, scope: Scope::Area(area("centrum")) };
    assert!(may_decide(&Actor::member(RIETVOORDE, NEIGHBOUR, vec![grant]), &facts).is_ok());
}

#[test]
fn a_restriction_needs_a_ground_and_a_term_needs_days() {
    let draft = |kind: &str| DecisionDraft {
        kind: kind.into(),
        facts: "Er staat een adres in.".into(),
        ..DecisionDraft::default()
    };
    let fields = |draft: DecisionDraft| -> Vec<Field> {
        draft.check().err().map(|p| p.0.iter().map(|p| p.field).collect()).unwrap_or_default()
    };
    assert_eq!(fields(draft("no_action")), []);
    assert_eq!(fields(draft("ask")), [Field::Term]);
    assert_eq!(fields(draft("hide")), [Field::Ground, Field::Reason]);
    assert_eq!(fields(draft("suspend")), [Field::Ground, Field::Reason, Field::Term]);
    assert_eq!(fields(draft("burn")), [Field::Kind]);
    for (kind, days, good) in
        [("ask", "7", true), ("ask", "31", false), ("ask", "0", false), ("ask", "x", false)]
    {
        let draft = DecisionDraft { days: days.into(), ..draft(kind) };
        assert_eq!(fields(draft).is_empty(), good, "{days}");
    }
    let short = DecisionDraft { facts: "kort".into(), ..draft("no_action") };
    assert_eq!(short.check().expect_err("too short").of(Field::Message), Some(Fault::TooShort { min: 10 }));
}

#[test]
fn after_three_removals_a_suspension_is_proposed_and_it_grows() {
    assert_eq!([1, 2, 3, 4, 5, 9].map(proposed_days), [None, None, Some(7), Some(14), Some(30), Some(30)]);
}

#[test]
fn the_content_is_found_by_the_address_of_its_page() {
    let id = "0198c0de-0000-7000-8000-000000000001";
    let post = Subject::Post(id.parse().expect("a key"));
    for path in
        [format!("/berichten/{id}"), format!("/berichten/{id}?bewerk=titel"), format!("/berichten/{id}#x")]
    {
        assert_eq!(Subject::from_path(&path), post, "{path}");
    }
    let comment = Subject::from_path(&format!("/berichten/{id}#reactie-{id}"));
    assert_eq!(comment, Subject::Comment(id.parse().expect("a key")));
    let activity = Subject::Activity(id.parse().expect("a key"));
    for after in ["", "?keer=2026-12-01T10:00", "/poster", "#inhoud"] {
        assert_eq!(Subject::from_path(&format!("/activiteiten/{id}{after}")), activity, "{after}");
    }
    assert_ne!(activity.key(), post.key());
    for path in [
        "",
        "/",
        "/berichten",
        "/berichten/nieuw",
        "/berichten/0198c0de000070008000000000000001",
        "/activiteiten/nieuw",
        "/activiteiten/0198c0de000070008000000000000001",
    ] {
        assert_eq!(Subject::from_path(path), Subject::Address(path.into()), "{path}");
    }
}

#[test]
fn each_sort_of_content_has_a_word_of_its_own() {
    let posts = PostKind::ALL.map(ContentKind::Post);
    for kind in posts.into_iter().chain([ContentKind::Comment, ContentKind::Activity]) {
        assert_eq!(ContentKind::from_key(kind.key()), Some(kind));
    }
    assert_eq!(ContentKind::from_key("nothing"), None);
}

#[test]
fn house_rules_become_a_list_and_small_figures_stay_untold() {
    let rules = "Wees aardig.\n\n1. **Denk aan de ander.** Noem geen adres.\n2. Geen reclame. Ook niet een beetje.\nEn zo.";
    assert_eq!(house_rules(rules), [(1, "Denk aan de ander.".into()), (2, "Geen reclame".into())]);
    assert_eq!(Figure::from(9), Figure::UnderTen);
    assert_eq!(Figure::from(10), Figure::Exactly(10));
    let id: CaseId = "0198c0de-0000-7000-8000-00003f2a91b0".parse().expect("a key");
    assert_eq!(Reference::from(id).to_string().len(), 9);
}
