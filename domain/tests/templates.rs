//! Five answers become a draft.

mod common;

use common::rietvoorde;
use domain::limits::{ANSWER_MAX, BODY_MAX};
use domain::posts::template::{Answers, Template};
use domain::problem::{Fault, Field};

const LABELS: [&str; 5] = ["", "", "Waar", "", "Wanneer"];

fn answers(all: [&str; 5]) -> Answers {
    let [one, two, three, four, five] = all.map(str::to_owned);
    Answers { one, two, three, four, five }
}

#[test]
fn the_answers_stand_in_their_order_with_their_labels_and_gaps_are_left_out() {
    let typed =
        answers([" De  soep\nvan Joke ", "Elke vrijdag.\r\nMet brood.", "In de hal", "  ", "Om zes uur"]);
    let draft = typed.put_together(Template::Story, LABELS).expect("a draft");
    assert_eq!(draft.title, "De soep van Joke");
    assert_eq!(draft.body, "Elke vrijdag.\nMet brood.\n\n**Waar**\n\nIn de hal\n\n**Wanneer**\n\nOm zes uur");
    assert!(draft.check(&rietvoorde()).is_ok(), "it could be published as it is");
}

#[test]
fn every_template_has_a_word_of_its_own_and_the_longest_answers_fit_in_a_post() {
    let long = "x".repeat(ANSWER_MAX as usize);
    for template in Template::ALL {
        assert_eq!(Template::from_slug(template.slug()), Some(template));
        let typed = answers(["Een titel", &long, &long, &long, &long]);
        let draft = typed.put_together(template, LABELS).expect("a draft");
        assert!(draft.body.chars().count() < BODY_MAX as usize);
        assert!(draft.check(&rietvoorde()).is_ok());
    }
    assert_eq!(Template::from_slug("kies"), None);
}

#[test]
fn nothing_answered_and_too_long_answers_are_said_beside_their_question() {
    let nothing = Answers::default().put_together(Template::Story, LABELS).expect_err("refused");
    assert_eq!(nothing.of(Field::Answer { number: 1 }), Some(Fault::Required));
    let long = "x".repeat(ANSWER_MAX as usize + 1);
    let problems =
        answers(["Titel", "", "", &long, ""]).put_together(Template::Story, LABELS).expect_err("refused");
    let fault = Fault::TooLong { max: ANSWER_MAX, is: ANSWER_MAX + 1 };
    assert_eq!(problems.of(Field::Answer { number: 4 }), Some(fault));
    assert_eq!(problems.0.len(), 1);
}
