//! Forms that are right, to make one thing in them wrong.

use domain::members::draft::SignUpDraft;
use domain::moderation::notice::NoticeDraft;
use domain::posts::PostText;
use domain::posts::draft::Draft;
use domain::problem::{Fault, Field, Problems};

use crate::common::rietvoorde;

/// What cannot be seen, or turns other text around. Listed here apart from the code.
pub const HIDDEN: [char; 24] = [
    '\0',
    '\u{7}',
    '\u{1B}',
    '\u{7F}',
    '\u{AD}',
    '\u{34F}',
    '\u{61C}',
    '\u{115F}',
    '\u{1160}',
    '\u{180E}',
    '\u{200B}',
    '\u{200E}',
    '\u{200F}',
    '\u{202A}',
    '\u{202E}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{3164}',
    '\u{FEFF}',
    '\u{FFA0}',
    '\u{FFF9}',
    '\u{E0041}',
    '\u{E007F}',
];

pub fn draft() -> Draft {
    Draft {
        title: "Soep op vrijdag".into(),
        body: "Kom je ook?".into(),
        kind: "news".into(),
        ..Draft::default()
    }
}

pub fn sign_up() -> SignUpDraft {
    SignUpDraft {
        name: "Joke de Wit".into(),
        email: "joke@example.org".into(),
        area: String::new(),
        house_rules: true,
        age: true,
    }
}

/// The address of the community that the forms belong to.
pub const SITE: &str = "https://hallorietvoorde.example.org";

pub fn report() -> NoticeDraft {
    NoticeDraft { message: "Dit is niet aardig.".into(), ..NoticeDraft::default() }
}

pub fn of_post(change: impl FnOnce(&mut Draft)) -> Result<PostText, Problems> {
    let mut draft = draft();
    change(&mut draft);
    draft.check(&rietvoorde()).map(|valid| valid.text().clone())
}

pub fn faults<T: std::fmt::Debug>(result: Result<T, Problems>) -> Vec<(Field, Fault)> {
    match result {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.iter().map(|p| (p.field, p.fault)).collect(),
    }
}

pub fn slugs(slugs: &[&str]) -> Vec<String> {
    slugs.iter().map(|slug| (*slug).to_owned()).collect()
}

/// `n` characters of more than one byte each.
pub fn long(n: u32) -> String {
    "é".repeat(n as usize)
}

/// Also makes that each builder is used in every test program.
#[test]
fn nothing_is_wrong_with_the_forms_the_tests_start_from() {
    assert_eq!(faults(of_post(|draft| draft.areas = slugs(&["centrum"]))), []);
    assert_eq!(faults(draft().check(&rietvoorde())), []);
    assert_eq!(faults(sign_up().check(&rietvoorde())), []);
    assert_eq!(faults(report().check(SITE)), []);
    assert_eq!(long(3).chars().count(), 3);
    assert!(long(3).len() > 3, "limits count characters, not bytes");
    assert!(HIDDEN.iter().all(|c| !c.is_whitespace()));
}
