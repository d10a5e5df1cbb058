//! What people type into a post: every limit at its edge, and nothing lost on the way.

mod common;
#[path = "common/forms.rs"]
mod forms;

use common::{area, rietvoorde, topic, veenzicht};
use domain::limits;
use domain::members::draft::SignUpDraft;
use domain::moderation::notice::NoticeDraft;
use domain::posts::PostKind;
use domain::posts::draft::{Draft, reason};
use domain::posts::scene::Scene;
use domain::problem::{Fault, Field};
use forms::{HIDDEN, SITE, draft, faults, long, of_post, report, sign_up, slugs};

#[test]
fn the_limits_are_these() {
    assert_eq!((limits::TITLE_MIN, limits::TITLE_MAX), (3, 120));
    assert_eq!((limits::BODY_MIN, limits::BODY_MAX), (2, 20_000));
    assert_eq!((limits::NAME_MIN, limits::NAME_MAX), (2, 60));
    assert_eq!((limits::MESSAGE_MIN, limits::MESSAGE_MAX), (10, 4_000));
    assert_eq!((limits::ALT_MAX, limits::REASON_MAX), (250, 200));
    assert_eq!((limits::AREAS_MAX, limits::EMAIL_MAX), (8, 254));
}

#[test]
fn a_title_is_from_3_to_120_characters() {
    let title = |title: String| faults(of_post(|draft| draft.title = title));
    let too_long = |is| vec![(Field::Title, Fault::TooLong { max: 120, is })];
    assert_eq!(title(String::new()), [(Field::Title, Fault::Required)]);
    assert_eq!(title(long(2)), [(Field::Title, Fault::TooShort { min: 3 })]);
    assert_eq!(title(long(3)), []);
    assert_eq!(title(long(120)), []);
    assert_eq!(title(long(121)), too_long(121));
    assert_eq!(title(long(1_000_000)), too_long(1_000_000));
    assert_eq!(title(format!("  {} \n", long(120))), [], "the ends do not count");
    assert_eq!(title(format!(" {} ", long(2))), [(Field::Title, Fault::TooShort { min: 3 })]);
    assert_eq!(title("!!!".into()), [(Field::Title, Fault::NoText)]);
}

#[test]
fn a_body_is_from_2_to_20_000_characters() {
    let body = |body: String| faults(of_post(|draft| draft.body = body));
    assert_eq!(body(String::new()), [(Field::Body, Fault::Required)]);
    assert_eq!(body(" \n\t\r\n ".into()), [(Field::Body, Fault::Required)]);
    assert_eq!(body(long(1)), [(Field::Body, Fault::TooShort { min: 2 })]);
    assert_eq!(body("   a\n".into()), [(Field::Body, Fault::TooShort { min: 2 })]);
    assert_eq!(body(long(2)), []);
    assert_eq!(body(long(20_000)), []);
    let fault = Fault::TooLong { max: 20_000, is: 20_001 };
    assert_eq!(body(long(20_001)), [(Field::Body, fault)]);
    assert_eq!(body("👍👍".into()), [], "a picture says enough");
}

#[test]
fn a_description_of_the_picture_is_at_most_250_characters() {
    let alt = |alt: String| faults(of_post(|draft| draft.scene_alt = alt));
    assert_eq!(alt(String::new()), []);
    assert_eq!(alt(long(250)), []);
    let fault = Fault::TooLong { max: 250, is: 251 };
    assert_eq!(alt(long(251)), [(Field::SceneAlt, fault)]);
}

#[test]
fn a_reason_is_at_most_200_characters_and_may_be_empty() {
    assert_eq!(reason(" \n"), Ok(String::new()));
    assert_eq!(reason(&long(200)), Ok(long(200)));
    assert_eq!(reason(&long(201)), Err(Fault::TooLong { max: 200, is: 201 }));
    assert_eq!(reason("tik\nfout"), Ok("tik fout".into()), "one line, also in a mail");
}

#[test]
fn a_post_names_at_most_eight_areas_each_once() {
    let areas = |slugs: Vec<String>| of_post(|draft| draft.areas = slugs);
    let streets = |n: usize| (1..=n).map(|n| format!("straat-{n}")).collect::<Vec<_>>();
    assert_eq!(areas(streets(8)).map(|text| text.areas.len()), Ok(8));
    let fault = Fault::TooMany { max: 8 };
    assert_eq!(faults(areas(streets(9))), [(Field::Areas, fault)]);
    // The same one again, an empty one and the root do not count.
    let twice = [streets(8), streets(8), slugs(&["", "rietvoorde"])].concat();
    assert_eq!(areas(twice).map(|text| text.areas.len()), Ok(8));
    let centrum = areas(slugs(&["centrum", "centrum"]));
    assert_eq!(centrum.map(|text| text.areas), Ok(vec![area("centrum")]));
    let root = areas(slugs(&["rietvoorde"]));
    assert_eq!(root.map(|text| text.areas), Ok(vec![]), "the root is the whole platform");
}

#[test]
fn areas_and_topics_of_another_platform_are_unknown() {
    for slug in ["dorp", "veenzicht", "bestaat-niet", "Centrum", "centrum ", "groen"] {
        let found = of_post(|draft| draft.areas = slugs(&["centrum", slug]));
        assert_eq!(faults(found), [(Field::Areas, Fault::UnknownChoice)], "{slug:?}");
    }
    for slug in ["energie", "Groen", " ", "centrum", "groen\0"] {
        let found = of_post(|draft| draft.topic = slug.into());
        assert_eq!(faults(found), [(Field::Topic, Fault::UnknownChoice)], "{slug:?}");
    }
    let there = Draft { topic: "energie".into(), areas: slugs(&["dorp"]), ..draft() };
    assert!(there.check(&veenzicht()).is_ok());
}

#[test]
fn kinds_and_scenes_are_those_on_the_list() {
    for kind in PostKind::ALL {
        let found = of_post(|draft| draft.kind = kind.key().into());
        assert_eq!(found.map(|text| text.kind), Ok(kind));
    }
    for scene in Scene::ALL {
        let found = of_post(|draft| draft.scene = scene.key().into());
        assert_eq!(found.map(|text| text.scene), Ok(Some(*scene)));
    }
    for word in ["", "nieuws", "News", "news ", "activity"] {
        let found = of_post(|draft| draft.kind = word.into());
        assert_eq!(faults(found), [(Field::Kind, Fault::UnknownChoice)], "{word:?}");
    }
    for word in ["Plants", "skyline", "../plants", " "] {
        let found = of_post(|draft| draft.scene = word.into());
        assert_eq!(faults(found), [(Field::Scene, Fault::UnknownChoice)], "{word:?}");
    }
}

#[test]
fn writing_for_somebody_needs_their_consent_and_a_name() {
    let check = |name: &str, consent| {
        let draft = Draft { on_behalf_of: name.into(), consent, ..draft() };
        let checked = draft.check(&rietvoorde());
        checked.map(|valid| valid.on_behalf_of().map(str::to_owned))
    };
    assert_eq!(check(" Mevrouw  Bos ", true), Ok(Some("Mevrouw Bos".into())));
    let no_consent = [(Field::Consent, Fault::MustAgree)];
    assert_eq!(faults(check("Mevrouw Bos", false)), no_consent);
    // Consent without a name, or with nothing to be seen for one, is the writer's own post.
    for nobody in ["", "  ", "\u{200B}\u{3164}"] {
        assert_eq!(check(nobody, true), Ok(None));
        assert_eq!(check(nobody, false), Ok(None));
    }
    assert_eq!(check(&long(60), true), Ok(Some(long(60))));
    let fault = Fault::TooLong { max: 60, is: 61 };
    assert_eq!(faults(check(&long(61), true)), [(Field::OnBehalfOf, fault)]);
    for unseen in ["\u{200D}\u{200D}", "...", "\u{2800}"] {
        assert_eq!(faults(check(unseen, true)), [(Field::OnBehalfOf, Fault::NoText)]);
    }
}

#[test]
fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
    let wrong = Draft {
        title: "a".into(),
        body: String::new(),
        kind: "x".into(),
        topic: "x".into(),
        areas: slugs(&["x"]),
        scene: "x".into(),
        scene_alt: long(251),
        on_behalf_of: long(61),
        consent: false,
        photos: Vec::new(),
        ..Draft::default()
    };
    let fields: Vec<Field> = faults(wrong.check(&rietvoorde())).into_iter().map(|p| p.0).collect();
    assert_eq!(
        fields,
        [
            Field::Kind,
            Field::Title,
            Field::Body,
            Field::Topic,
            Field::Areas,
            Field::Scene,
            Field::SceneAlt,
            Field::OnBehalfOf,
            Field::Consent,
        ]
    );
    let fields: Vec<Field> =
        faults(SignUpDraft { area: "dorp".into(), ..SignUpDraft::default() }.check(&rietvoorde()))
            .into_iter()
            .map(|p| p.0)
            .collect();
    assert_eq!(fields, [Field::Name, Field::Email, Field::Area, Field::HouseRules, Field::Age]);
    let wrong = NoticeDraft { email: "x".into(), ..NoticeDraft::default() };
    let fields: Vec<Field> = faults(wrong.check(SITE)).into_iter().map(|p| p.0).collect();
    assert_eq!(fields, [Field::Message, Field::Email]);
}

#[test]
fn text_that_cannot_be_seen_is_no_text() {
    for hidden in HIDDEN {
        let typed = hidden.to_string().repeat(12);
        let title = of_post(|draft| draft.title.clone_from(&typed));
        assert_eq!(faults(title), [(Field::Title, Fault::Required)], "{hidden:?}");
        let body = of_post(|draft| draft.body.clone_from(&typed));
        assert_eq!(faults(body), [(Field::Body, Fault::Required)], "{hidden:?}");
        let name = SignUpDraft { name: typed.clone(), ..sign_up() }.check(&rietvoorde());
        assert_eq!(faults(name), [(Field::Name, Fault::Required)], "{hidden:?}");
        let message = NoticeDraft { message: typed, ..report() }.check(SITE);
        assert_eq!(faults(message), [(Field::Message, Fault::Required)], "{hidden:?}");
    }
    // Joiners are part of Persian and of emoji, so they stay; alone they are nothing.
    for joiner in ["\u{200C}", "\u{200D}", "\u{FE0F}", "\u{2800}"] {
        let typed = joiner.repeat(12);
        let title = of_post(|draft| draft.title.clone_from(&typed));
        assert_eq!(faults(title), [(Field::Title, Fault::NoText)], "{joiner:?}");
        let body = of_post(|draft| draft.body.clone_from(&typed));
        assert_eq!(faults(body), [(Field::Body, Fault::NoText)], "{joiner:?}");
        let name = SignUpDraft { name: typed.clone(), ..sign_up() }.check(&rietvoorde());
        assert_eq!(faults(name), [(Field::Name, Fault::NoText)], "{joiner:?}");
        let message = NoticeDraft { message: typed, ..report() }.check(SITE);
        assert_eq!(faults(message), [(Field::Message, Fault::NoText)], "{joiner:?}");
    }
}

#[test]
fn hidden_characters_go_and_what_is_written_stays() {
    for hidden in HIDDEN {
        let found = of_post(|draft| {
            draft.title = format!("{hidden}So{hidden}ep op vrij{hidden}dag");
            draft.body = format!("Kom{hidden} je\r\n\r\n{hidden}ook?{hidden}");
            draft.scene_alt = format!("een {hidden}pan");
        });
        let text = found.expect("what is left is fine");
        assert_eq!(text.title, "Soep op vrijdag", "{hidden:?}");
        assert_eq!(text.body, "Kom je\n\nook?", "{hidden:?}");
        assert_eq!(text.scene_alt, "een pan", "{hidden:?}");
    }
    let family = "👩\u{200D}👧 می\u{200C}خواهم";
    let found = of_post(|draft| draft.title = family.into());
    assert_eq!(found.map(|text| text.title), Ok(family.into()));
}

#[test]
fn a_markdown_text_keeps_its_indents_and_empty_lines() {
    let body = "- soep\n    - linzen\n\n\n\tcode\n\n> einde";
    let found = of_post(|draft| draft.body = body.into());
    assert_eq!(found.map(|text| text.body), Ok(body.into()));
}

#[test]
fn a_form_with_parts_missing_or_extra_is_read_and_nothing_extra_counts() {
    let json = r#"{"title":"Soep","pinned":true,"author":"x","status":"removed","official":true}"#;
    let found: Draft = serde_json::from_str(json).expect("extra parts are skipped");
    assert_eq!(found, Draft { title: "Soep".into(), ..Draft::default() });
    let json = r#"{"name":"Joke","role":"operator","suspended":false}"#;
    let found: SignUpDraft = serde_json::from_str(json).expect("extra parts are skipped");
    assert_eq!(found, SignUpDraft { name: "Joke".into(), ..SignUpDraft::default() });
    assert!(!found.house_rules && !found.age, "silence is no agreement");
}

#[test]
fn a_checked_topic_is_the_platforms_own() {
    let found = of_post(|draft| draft.topic = "groen".into());
    assert_eq!(found.map(|text| text.topic), Ok(Some(topic("groen"))));
}
