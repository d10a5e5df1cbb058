//! Whatever is typed: no form makes the program stop, loses text or slips past a limit.

mod common;
#[path = "common/forms.rs"]
mod forms;

use common::rietvoorde;
use domain::members::draft::SignUpDraft;
use domain::moderation::notice::NoticeDraft;
use domain::posts::draft::Draft;
use domain::text;
use forms::{HIDDEN, SITE, of_post, report, sign_up};
use proptest::prelude::*;

/// Anything: letters, hidden characters, white space, mark-up, and sometimes very long.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        prop::sample::select(HIDDEN.to_vec()).prop_map(String::from),
        prop::sample::select(vec![" ", "\n", "\r\n", "\t", "\u{2028}", "\u{200D}", "\u{A0}"])
            .prop_map(str::to_owned),
        "[a-zé@./*#-]{1,9}",
        (1..260_usize).prop_map(|n| "x".repeat(n)),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// A word that is sometimes on the list.
fn choice(known: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(known).prop_map(str::to_owned),
        1 => any_text(),
    ]
}

prop_compose! {
    fn any_draft()(
        title in any_text(),
        body in any_text(),
        kind in choice(&["news", "story", "memorial", "announcement"]),
        topic in choice(&["", "groen", "zorg"]),
        areas in prop::collection::vec(
            choice(&["", "rietvoorde", "centrum", "noord", "straat-1", "straat-2"]), 0..4,
        ),
        scene in choice(&["", "cat", "snow"]),
        scene_alt in any_text(),
        on_behalf_of in any_text(),
        consent in any::<bool>(),
    ) -> Draft {
        Draft { title, body, kind, topic, areas, scene, scene_alt, on_behalf_of, consent, photos: Vec::new(), ..Draft::default() }
    }
}

fn within(text: &str, min: u32, max: u32) -> bool {
    (min..=max).contains(&text::length(text)) && !text.contains(HIDDEN)
}

/// What there is to see, in order.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !HIDDEN.contains(c)).collect()
}

proptest! {
    #[test]
    fn every_post_that_is_accepted_is_within_the_limits(draft in any_draft()) {
        let platform = rietvoorde();
        match draft.check(&platform) {
            Ok(valid) => {
                let text = valid.text();
                prop_assert!(within(&text.title, 3, 120) && !text.title.contains('\n'));
                prop_assert!(within(&text.body, 2, 20_000));
                prop_assert!(within(&text.scene_alt, 0, 250) && !text.scene_alt.contains('\n'));
                prop_assert!(text::is_visible(&text.title) && text::is_visible(&text.body));
                prop_assert!(text.areas.len() <= 8);
                prop_assert!(text.areas.iter().all(|id| platform.areas.get(*id).is_some()));
                prop_assert!(text.topic.is_none_or(|id| platform.topic(id).is_some()));
                if let Some(name) = valid.on_behalf_of() {
                    prop_assert!(within(name, 1, 60) && draft.consent);
                }
            }
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }

    #[test]
    fn what_is_accepted_is_accepted_again_unchanged(draft in any_draft()) {
        let platform = rietvoorde();
        if let Ok(valid) = draft.check(&platform) {
            let again = Draft {
                title: valid.text().title.clone(),
                body: valid.text().body.clone(),
                scene_alt: valid.text().scene_alt.clone(),
                on_behalf_of: valid.on_behalf_of().unwrap_or_default().to_owned(),
                ..draft
            };
            prop_assert_eq!(again.check(&platform), Ok(valid));
        }
    }

    #[test]
    fn nothing_that_can_be_seen_is_lost(
        title in "[a-zA-Zé漢👍#*_<>&\" \t]{3,60}", body in "[a-zé漢👍#*_<>&`\n\r\t -]{2,200}",
        hidden in prop::sample::select(HIDDEN.to_vec()), at in any::<prop::sample::Index>(),
    ) {
        let with_hidden = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            chars.insert(at.index(chars.len() + 1), hidden);
            chars.into_iter().collect::<String>()
        };
        let found = of_post(|draft| {
            draft.title = with_hidden(&title);
            draft.body = with_hidden(&body);
        });
        if let Ok(text) = found {
            prop_assert_eq!(visible(&text.title), visible(&title));
            prop_assert_eq!(visible(&text.body), visible(&body));
        }
    }

    #[test]
    fn a_form_comes_back_as_it_was_typed(draft in any_draft(), name in any_text()) {
        let json = serde_json::to_string(&draft).expect("a form can be kept");
        prop_assert_eq!(serde_json::from_str::<Draft>(&json).expect("and read"), draft);
        let sign_up = SignUpDraft { name: name.clone(), email: name.clone(), ..sign_up() };
        let json = serde_json::to_string(&sign_up).expect("a form can be kept");
        prop_assert_eq!(serde_json::from_str::<SignUpDraft>(&json).expect("and read"), sign_up);
        let report = NoticeDraft { message: name, ..report() };
        let json = serde_json::to_string(&report).expect("a form can be kept");
        prop_assert_eq!(serde_json::from_str::<NoticeDraft>(&json).expect("and read"), report);
    }

    #[test]
    fn every_member_that_is_accepted_is_within_the_limits(
        name in any_text(), email in choice(&["joke@example.org", "j@b.nl"]),
        area in choice(&["", "centrum"]), house_rules in any::<bool>(), age in any::<bool>(),
    ) {
        let draft = SignUpDraft { name, email, area, house_rules, age };
        if let Ok(valid) = draft.check(&rietvoorde()) {
            prop_assert!(house_rules && age);
            prop_assert!(within(&valid.name, 2, 60) && !valid.name.contains('\n'));
            prop_assert!(valid.name.chars().any(char::is_alphabetic));
            prop_assert!(within(valid.email.as_str(), 3, 254));
            prop_assert_eq!(valid.area.is_some(), !draft.area.is_empty());
        }
    }

    #[test]
    fn every_notice_that_is_accepted_is_within_the_limits(
        message in any_text(), email in choice(&["", "joke@example.org"]),
        address in choice(&["", "/", "/berichten/1", "//evil", "/\\evil"]),
    ) {
        if let Ok(valid) = (NoticeDraft { address, message, email, ..NoticeDraft::default() }).check(SITE) {
            prop_assert!(within(&valid.message, 10, 4_000));
            prop_assert!(valid.address.is_empty() || valid.address.starts_with('/'));
            prop_assert!(!valid.address.starts_with("//") && !valid.address.starts_with("/\\"));
        }
    }
}
