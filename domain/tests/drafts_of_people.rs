//! What people type to become a member or to give notice: every limit at its edge.

mod common;
#[path = "common/forms.rs"]
mod forms;

use common::{area, rietvoorde};
use domain::members::draft::SignUpDraft;
use domain::moderation::notice::NoticeDraft;
use domain::problem::{Fault, Field};
use forms::{SITE, faults, long, report, sign_up};

#[test]
fn a_name_is_from_2_to_60_characters_with_a_letter_in_it() {
    let name = |name: String| faults(SignUpDraft { name, ..sign_up() }.check(&rietvoorde()));
    assert_eq!(name(" ".into()), [(Field::Name, Fault::Required)]);
    assert_eq!(name(long(1)), [(Field::Name, Fault::TooShort { min: 2 })]);
    assert_eq!(name(long(2)), []);
    assert_eq!(name(long(60)), []);
    assert_eq!(name(long(61)), [(Field::Name, Fault::TooLong { max: 60, is: 61 })]);
    assert_eq!(name("12 34".into()), [(Field::Name, Fault::NoText)]);
    for real in ["Ян", "李明", "Fátima el-Idrissi", "D'Arcy", "محمد"] {
        assert_eq!(name(real.into()), [], "{real}");
    }
}

#[test]
fn an_address_is_at_most_254_characters() {
    let email = |email: String| faults(SignUpDraft { email, ..sign_up() }.check(&rietvoorde()));
    // 64 @ 63 . 63 . n . nl
    let address = |local: usize, rest: usize| {
        let label = "a".repeat(63);
        format!("{}@{label}.{label}.{}.nl", "j".repeat(local), "b".repeat(rest))
    };
    assert_eq!(address(64, 58).len(), 254);
    assert_eq!(email(address(64, 58)), []);
    let fault = Fault::TooLong { max: 254, is: 255 };
    assert_eq!(email(address(64, 59)), [(Field::Email, fault)]);
    assert_eq!(email(address(65, 1)), [(Field::Email, Fault::NotAnEmail)]);
    assert_eq!(email(address(1, 63)), []);
    assert_eq!(email(address(1, 64)), [(Field::Email, Fault::NotAnEmail)]);
    assert_eq!(email(String::new()), [(Field::Email, Fault::Required)]);
}

#[test]
fn becoming_a_member_takes_both_ticks_and_an_area_of_this_platform() {
    let check = |change: fn(&mut SignUpDraft)| {
        let mut draft = sign_up();
        change(&mut draft);
        draft.check(&rietvoorde())
    };
    assert_eq!(check(|_| {}).map(|valid| valid.area), Ok(None));
    let here = check(|draft| draft.area = "centrum".into());
    assert_eq!(here.map(|valid| valid.area), Ok(Some(area("centrum"))));
    let there = check(|draft| draft.area = "dorp".into());
    assert_eq!(faults(there), [(Field::Area, Fault::UnknownChoice)]);
    let rules = check(|draft| draft.house_rules = false);
    assert_eq!(faults(rules), [(Field::HouseRules, Fault::MustAgree)]);
    let age = check(|draft| draft.age = false);
    assert_eq!(faults(age), [(Field::Age, Fault::MustAgree)]);
}

#[test]
fn a_notice_is_from_10_to_4_000_characters() {
    let message = |message: String| faults(NoticeDraft { message, ..report() }.check(SITE));
    assert_eq!(message(" \n ".into()), [(Field::Message, Fault::Required)]);
    assert_eq!(message(long(9)), [(Field::Message, Fault::TooShort { min: 10 })]);
    assert_eq!(message(long(10)), []);
    assert_eq!(message(long(4_000)), []);
    let fault = Fault::TooLong { max: 4_000, is: 4_001 };
    assert_eq!(message(long(4_001)), [(Field::Message, fault)]);
}

#[test]
fn a_notice_may_be_anonymous_and_a_wrong_address_is_said() {
    let email = |email: &str| NoticeDraft { email: email.into(), ..report() }.check(SITE);
    for none in ["", "   ", "\n", "\u{200B}"] {
        assert_eq!(email(none).map(|valid| valid.email), Ok(None), "{none:?}");
    }
    let found = email(" Joke@Example.org ").map(|valid| valid.email.map(|e| e.to_string()));
    assert_eq!(found, Ok(Some("joke@example.org".into())));
    assert_eq!(faults(email("joke")), [(Field::Email, Fault::NotAnEmail)]);
}

#[test]
fn a_notice_never_leads_the_moderator_off_the_site() {
    let address = |address: &str| {
        let draft = NoticeDraft { address: address.into(), ..report() };
        draft.check(SITE).map(|valid| valid.address)
    };
    for path in ["/berichten/0190?gebied=centrum", "/", "/é", ""] {
        assert_eq!(address(path).as_deref(), Ok(path));
        let whole = format!("{SITE}{path}");
        let expected = if path.is_empty() { "/" } else { path };
        assert_eq!(address(&whole).as_deref(), Ok(expected), "people paste whole addresses");
    }
    for evil in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\u{200B}/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/a\\..\\b",
    ] {
        assert_eq!(faults(address(evil)), [(Field::Address, Fault::NotAPage)], "{evil:?}");
    }
    assert!(address(&format!("/{}", "a".repeat(298))).is_ok());
    assert!(address(&format!("/{}", "a".repeat(299))).is_err());
}
