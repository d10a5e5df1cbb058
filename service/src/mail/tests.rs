use domain::area::AreaTree;
use domain::chance::Random;
use domain::clock::Timestamp;
use domain::id::{MemberId, PlatformId};
use domain::moderation::ContentKind;
use domain::moderation::decision::{DecisionKind, Ground};
use domain::platform::{Contact, LaunchState};
use domain::posts::PostKind;

use super::*;

struct Zeros;
impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

fn platform(name: &str, theme: &str) -> Platform {
    Platform {
        id: PlatformId::new(Timestamp(1), &Zeros),
        slug: "rietvoorde".into(),
        name: name.into(),
        place: "Rietvoorde".into(),
        tagline: "Samen buurten".into(),
        theme: theme.into(),
        locale: Locale::Nl,
        locales: Locale::ALL.to_vec(),
        launch: LaunchState::Live,
        demo: false,
        contact: Contact {
            phone: "085 000 12 34".into(),
            email: "hulp@example.org".into(),
            hours: "elke werkdag van 9 tot 17 uur".into(),
            address: "Lindeplein 1, Rietvoorde".into(),
            publisher: "Stichting Rietvoorde Samen".into(),
        },
        house_rules: String::new(),
        about: String::new(),
        areas: AreaTree::default(),
        topics: Vec::new(),
        connectors: Vec::new(),
        map: None,
    }
}

const BASE: &str = "https://hallorietvoorde.example.org";
const LINK: &str = "/aanmelden/link/abc_DEF-123";

/// Every message, with the same words in it.
fn every(words: &str) -> Vec<Message<'_>> {
    let (code, link) = ("123456", LINK);
    let mut all = vec![
        Message::SignIn { code, link, name: words, minutes: 20 },
        Message::SignUp { code, link, name: words, minutes: 20 },
        Message::NoAccount { sign_up_link: "/lid-worden" },
        Message::AlreadyMember { code, link, name: words },
        Message::Note(Note::Received {
            address: "/berichten/1",
            reference: "3F2A-91B0",
            link: "/melding/abc",
        }),
        Message::Note(Note::Answered {
            reference: "3F2A-91B0",
            done: DecisionKind::Hide,
            facts: words,
            link: "/melding/abc",
        }),
        Message::Note(Note::Held { name: words, title: words, comment: false, link: "/berichten/1" }),
        Message::Note(Note::ProposalsWait { link: "/beheer/voorstellen" }),
        Message::Note(Note::Invited { name: words, title: words, by: words, link: "/berichten/1/meedoen" }),
        Message::Note(Note::Held { name: words, title: words, comment: true, link: "/berichten/1" }),
        Message::Note(Note::Published { name: words, title: words, link: "/berichten/1" }),
        Message::Note(Note::NotPublished { name: words, title: words, link: "/account/concepten" }),
        Message::Note(Note::Proposed {
            name: words,
            title: words,
            accepted: false,
            reasons: words,
            link: "/berichten/1",
        }),
        Message::Note(Note::Objected { reference: "3F2A-91B0", link: "/account/bezwaar/1" }),
        Message::Note(Note::Objection {
            reference: "3F2A-91B0",
            overturned: true,
            reasons: words,
            link: "/account/bezwaar/1",
        }),
        Message::ReportForConnector { address: "/berichten/1", message: words, reply_to: words },
        Message::NewSignIn { name: words, label: words, sessions_link: "/account" },
    ];
    all.extend(decided(words));
    all.extend(about_seats(words));
    all
}

/// Everything that is told about registering.
fn about_seats(words: &str) -> Vec<Message<'_>> {
    let kinds = [
        SeatKind::Confirm { minutes: 30 },
        SeatKind::Seat,
        SeatKind::Waiting { number: 3 },
        SeatKind::Promoted,
        SeatKind::Again,
        SeatKind::Changed,
        SeatKind::CalledOff,
        SeatKind::BackOn,
        SeatKind::Cancelled { by_organiser: true },
        SeatKind::Cancelled { by_organiser: false },
        SeatKind::Reminder,
        SeatKind::Words { by: words, words },
    ];
    let note = |kind| SeatNote {
        kind,
        name: words,
        title: words,
        when: "op 1 december",
        place: words,
        people: 2,
        link: "/inschrijving/abc",
        calendar: true,
    };
    kinds.into_iter().map(|kind| Message::Note(Note::Seat(note(kind)))).collect()
}

/// What is decided about each sort of content.
fn decided(words: &str) -> Vec<Message<'_>> {
    let (name, title, facts, rule) = (words, words, words, words);
    let kinds = [ContentKind::Post(PostKind::News), ContentKind::Comment, ContentKind::Activity];
    let of_kind = |of| {
        let (done, ground, until) = match of {
            ContentKind::Post(_) => (DecisionKind::Suspend, Ground::Law, "3 mei 2026"),
            _ => (DecisionKind::Remove, Ground::HouseRule, ""),
        };
        [
            Note::Asked { name, title, of, facts, until: "3 mei 2026", link: "/berichten/1" },
            Note::Reasons { name, title, of, done, ground, rule, facts, until, link: "/account/bezwaar/1" },
            Note::LetGo { name, title, of, link: "/berichten/1" },
        ]
    };
    kinds.into_iter().flat_map(of_kind).map(Message::Note).collect()
}

#[test]
fn every_mail_has_the_community_s_name_and_says_who_to_phone() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    for locale in Locale::ALL {
        for message in every("Fatma Aydin") {
            let mail = compose(&message, &platform, locale, BASE);
            for body in [&mail.text, &mail.html] {
                assert!(body.contains("HalloRietvoorde"), "{message:?}");
                assert!(body.contains("085 000 12 34"), "{message:?}");
                assert!(body.contains("Stichting Rietvoorde Samen"), "{message:?}");
                assert!(!body.contains("Noaber"), "{message:?}");
            }
            assert!(mail.html.contains(&format!("<html lang=\"{}\"", locale.tag())));
            assert!(mail.html.contains("href=\"tel:0850001234\""));
            assert!(!mail.subject.is_empty() && mail.subject.chars().count() < 100, "{}", mail.subject);
        }
    }
}

#[test]
fn a_mail_is_in_one_language_only() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    // Words that a mail in this language cannot do without, and that the others do not have.
    let own = [(Locale::Nl, "Je krijgt"), (Locale::En, "You get"), (Locale::De, "Du bekommst")];
    for (locale, words) in own {
        for message in every("Fatma Aydin") {
            let text = compose(&message, &platform, locale, BASE).text;
            for (other, theirs) in own {
                assert_eq!(text.contains(theirs), other == locale, "{locale} {message:?}: {words}");
            }
            assert_eq!(text.contains("elke werkdag"), locale == Locale::Nl, "{locale} {message:?}");
        }
    }
}

/// What a mail about a decision is about.
fn about(message: &Message<'_>) -> Option<ContentKind> {
    match message {
        Message::Note(Note::Asked { of, .. } | Note::Reasons { of, .. } | Note::LetGo { of, .. }) => {
            Some(*of)
        }
        _ => None,
    }
}

#[test]
fn who_wrote_a_comment_or_organises_something_does_not_read_of_a_post() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    let others = ["bericht", "post", "beitrag"];
    for (of, theirs) in [
        (ContentKind::Comment, ["je reactie", "your comment", "kommentar"]),
        (ContentKind::Activity, ["je activiteit", "your activity", "veranstaltung"]),
    ] {
        let messages = every("Fatma Aydin");
        let messages: Vec<_> = messages.iter().filter(|message| about(message) == Some(of)).collect();
        assert_eq!(messages.len(), 3, "{of:?}");
        for message in messages {
            for ((locale, theirs), other) in Locale::ALL.into_iter().zip(theirs).zip(others) {
                let mail = compose(message, &platform, locale, BASE);
                assert!(mail.subject.to_lowercase().contains(theirs), "{}", mail.subject);
                let text = mail.text.to_lowercase();
                let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| *word == other);
                assert_eq!(words.count(), 0, "{text}");
            }
        }
    }
}

#[test]
fn the_code_can_be_copied_and_the_link_is_there_as_a_button_and_as_text() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    let whole = format!("{BASE}{LINK}");
    for locale in Locale::ALL {
        for message in every("Joke") {
            if matches!(
                message,
                Message::SignIn { .. } | Message::SignUp { .. } | Message::AlreadyMember { .. }
            ) {
                let mail = compose(&message, &platform, locale, BASE);
                assert!(mail.subject.ends_with(": 123456"), "{}", mail.subject);
                assert!(mail.html.contains(">123456</p>"));
                assert!(mail.text.lines().any(|line| line.trim() == "123456"));
                assert!(mail.text.lines().any(|line| line == whole));
                assert_eq!(mail.html.matches(&format!("href=\"{whole}\"")).count(), 2);
                assert!(mail.html.contains(&format!(">{whole}</a>")));
                assert!(mail.text.contains("20 "), "how many minutes it works");
            }
        }
    }
}

#[test]
fn whatever_is_typed_stays_text() {
    let evil = "<script>alert(1)</script>\"><img src=x onerror=y>'&\r\nBcc: all@example.org";
    let evil_platform = platform(evil, "rietvoorde");
    let kind_platform = platform("HalloRietvoorde", "rietvoorde");
    for locale in Locale::ALL {
        for (message, kind) in every(evil).iter().zip(every("Joke")) {
            let mail = compose(message, &evil_platform, locale, BASE);
            assert!(!mail.subject.contains(['\r', '\n']), "{message:?}");
            let kind = compose(&kind, &kind_platform, locale, BASE);
            for special in ['<', '>', '"', '\''] {
                let count = |mail: &Composed| mail.html.matches(special).count();
                assert_eq!(count(&mail), count(&kind), "{special} in {message:?}");
            }
        }
    }
}

#[test]
fn a_stranger_s_advertisement_is_not_greeted() {
    for name in ["Fatma Aydin", "J. de Wit", "Jan-Willem d'Ancona", "Zoë Özdemir", "Ола́ф", "王小明", "نور"]
    {
        assert_eq!(greetable(name).as_deref(), Some(name));
    }
    for name in [
        "",
        "...",
        "Win op www.example.org",
        "https://example.org",
        "evil.example",
        "Bel 0900 1234",
        "<b>Joke</b>",
        "a@b.nl",
        "Joke\r\nBcc: x@y.nl",
        "€ 1000!",
    ] {
        assert_eq!(greetable(name), None, "{name:?}");
    }
    assert_eq!(greetable(&"a".repeat(61)), None);
    let platform = platform("HalloRietvoorde", "rietvoorde");
    let mail = compose(&every("Koop nu op evil.example")[1], &platform, Locale::Nl, BASE);
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"));
    assert!(mail.text.contains("\nDag,\n"));
}

#[test]
fn a_report_without_a_page_has_no_link_to_one() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    for address in ["", BASE] {
        let message = Message::ReportForConnector { address, message: "Dit klopt niet.", reply_to: "" };
        let mail = compose(&message, &platform, Locale::Nl, BASE);
        assert!(mail.text.contains("niet bij over welke pagina"), "{address:?}");
        assert!(mail.text.contains("geen e-mailadres"));
        assert!(mail.text.contains("> Dit klopt niet."));
    }
}

#[test]
fn the_reader_s_own_language_wins_and_a_stranger_cannot_choose_it() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    let mut member = Member {
        id: MemberId::new(Timestamp(1), &Zeros),
        name: "Joke".into(),
        email: "joke@example.org".into(),
        area: None,
        about: String::new(),
        locale: Some(Locale::De),
        suspended: false,
        created_at: Timestamp(1),
        version: 1,
    };
    assert_eq!(language_for(Some(&member), Locale::En, &platform), Locale::De);
    member.locale = None;
    assert_eq!(language_for(Some(&member), Locale::En, &platform), Locale::Nl);
    assert_eq!(language_for(None, Locale::En, &platform), Locale::En);
    let dutch_only = Platform { locales: vec![Locale::Nl], ..platform };
    assert_eq!(language_for(None, Locale::En, &dutch_only), Locale::Nl);
}

/// Relative luminance and contrast of WCAG 2.2.
fn contrast(a: &str, b: &str) -> f64 {
    let light = |colour: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn the_colours_are_the_community_s_own_and_can_be_read() {
    for theme in ["rietvoorde", "veenzicht", "unknown"] {
        let c = render::colours(theme);
        for (text, behind) in [
            ("#ffffff", c.brand),
            (c.ink, "#ffffff"),
            (c.ink, c.tint),
            (c.deep, "#ffffff"),
            (c.deep, c.tint),
            (c.soft, "#ffffff"),
        ] {
            assert!(contrast(text, behind) >= 4.5, "{theme}: {text} on {behind}");
        }
    }
    let message = every("Joke")[0];
    let green = compose(&message, &platform("HalloRietvoorde", "rietvoorde"), Locale::Nl, BASE);
    let purple = compose(&message, &platform("PuurVeenzicht", "veenzicht"), Locale::Nl, BASE);
    assert!(green.html.contains("#0b6b50") && !green.html.contains("#6a3d9a"));
    assert!(purple.html.contains("#6a3d9a") && !purple.html.contains("#0b6b50"));
}

#[test]
fn a_mail_asks_nothing_of_another_host() {
    let platform = platform("HalloRietvoorde", "rietvoorde");
    for message in every("Joke") {
        let html = compose(&message, &platform, Locale::Nl, BASE).html;
        assert!(!html.contains(" src=") && !html.contains("url(") && !html.contains("<link"));
    }
}
