//! The mails to who wrote something about what was decided of it. A post, a comment and an activity each have their own
//! words, because German has another gender for each.

use domain::moderation::ContentKind;
use domain::moderation::decision::{DecisionKind, Ground};

use super::super::Letter;
use super::writing::{ABOUT, UNDER, WHY_COMMENT};
use super::{BY_PEOPLE, NOT_AGREED, Note, WHY_AUTHOR, Words, Writer, quote};

const ABOUT_ACTIVITY: Words =
    ["Het gaat om je activiteit:", "It is about your activity:", "Es geht um deine Veranstaltung:"];
const WHY_ORGANISER: Words = [
    "Je krijgt deze mail omdat je een activiteit in de agenda zette op {c}.",
    "You get this mail because you put an activity into the agenda on {c}.",
    "Du bekommst diese E-Mail, weil du auf {c} eine Veranstaltung in die Agenda gesetzt hast.",
];

/// The title of a comment is that of its post.
const fn about(of: ContentKind) -> Words {
    match of {
        ContentKind::Post(_) => ABOUT,
        ContentKind::Comment => UNDER,
        ContentKind::Activity => ABOUT_ACTIVITY,
    }
}

const fn why(of: ContentKind) -> Words {
    match of {
        ContentKind::Post(_) => WHY_AUTHOR,
        ContentKind::Comment => WHY_COMMENT,
        ContentKind::Activity => WHY_ORGANISER,
    }
}

/// "Kun je dit aanpassen?": the subject, that it stays, and the button.
const fn asked_words(of: ContentKind) -> [Words; 3] {
    match of {
        ContentKind::Post(_) => [
            ["Kun je je bericht aanpassen?", "Can you change your post?", "Kannst du deinen Beitrag ändern?"],
            [
                "Je bericht blijft gewoon staan. Pas het aan met de knop, dan kijken we er daarna nog een keer naar.",
                "Your post stays where it is. Change it with the button, and we will look at it once more.",
                "Dein Beitrag bleibt stehen. Ändere ihn über den Knopf, dann schauen wir noch einmal.",
            ],
            ["Pas mijn bericht aan", "Change my post", "Meinen Beitrag ändern"],
        ],
        ContentKind::Comment => [
            [
                "Kun je je reactie aanpassen?",
                "Can you change your comment?",
                "Kannst du deinen Kommentar ändern?",
            ],
            [
                "Je reactie blijft gewoon staan. Pas haar aan met de knop, dan kijken we er daarna nog een keer naar.",
                "Your comment stays where it is. Change it with the button, and we will look at it once more.",
                "Dein Kommentar bleibt stehen. Ändere ihn über den Knopf, dann schauen wir noch einmal.",
            ],
            ["Pas mijn reactie aan", "Change my comment", "Meinen Kommentar ändern"],
        ],
        ContentKind::Activity => [
            [
                "Kun je je activiteit aanpassen?",
                "Can you change your activity?",
                "Kannst du deine Veranstaltung ändern?",
            ],
            [
                "Je activiteit blijft gewoon in de agenda staan. Pas haar aan met de knop, dan kijken we er daarna nog een keer naar.",
                "Your activity stays in the agenda. Change it with the button, and we will look at it once more.",
                "Deine Veranstaltung bleibt in der Agenda. Ändere sie über den Knopf, dann schauen wir noch einmal.",
            ],
            ["Pas mijn activiteit aan", "Change my activity", "Meine Veranstaltung ändern"],
        ],
    }
}

/// "Kun je dit aanpassen?"
pub(super) fn asked(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    let Note::Asked { name, title, of, facts, until, link } = *note else {
        return w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new());
    };
    let [subject, stays, change] = asked_words(of);
    let looked = if of == ContentKind::Activity {
        "Eine Person aus dem Team hat sie angesehen und bittet dich um etwas:"
    } else {
        "Eine Person aus dem Team hat ihn gelesen und bittet dich um etwas:"
    };
    let parts = vec![
        w.with(about(of), title),
        w.text([
            "Een buurtverbinder heeft gekeken en vraagt je iets:",
            "A connector looked at it and asks you something:",
            looked,
        ]),
        quote(facts),
        w.with(["Graag vóór", "Please before", "Bitte vor dem"], until),
        w.text(stays),
        w.button(change, link),
    ];
    let heading = ["Kun je dit aanpassen?", "Can you change this?", "Kannst du das ändern?"];
    w.letter(subject, heading, name, why(of), parts)
}

/// It may be seen (again): the subject, that everybody can see it, and the button.
const fn fine_words(of: ContentKind) -> [Words; 3] {
    match of {
        ContentKind::Post(_) => [
            ["Je bericht is in orde", "Your post is fine", "Dein Beitrag ist in Ordnung"],
            [
                "Een buurtverbinder heeft gekeken. Iedereen kan het lezen.",
                "A connector looked at it. Everybody can read it.",
                "Jemand aus dem Team hat ihn angesehen. Alle können ihn lesen.",
            ],
            ["Bekijk mijn bericht", "See my post", "Meinen Beitrag ansehen"],
        ],
        ContentKind::Comment => [
            ["Je reactie is in orde", "Your comment is fine", "Dein Kommentar ist in Ordnung"],
            [
                "Een buurtverbinder heeft gekeken. Iedereen kan je reactie lezen.",
                "A connector looked at it. Everybody can read your comment.",
                "Jemand aus dem Team hat ihn angesehen. Alle können deinen Kommentar lesen.",
            ],
            ["Bekijk mijn reactie", "See my comment", "Meinen Kommentar ansehen"],
        ],
        ContentKind::Activity => [
            ["Je activiteit is in orde", "Your activity is fine", "Deine Veranstaltung ist in Ordnung"],
            [
                "Een buurtverbinder heeft gekeken. Iedereen kan je activiteit zien.",
                "A connector looked at it. Everybody can see your activity.",
                "Jemand aus dem Team hat sie angesehen. Alle können deine Veranstaltung sehen.",
            ],
            ["Bekijk mijn activiteit", "See my activity", "Meine Veranstaltung ansehen"],
        ],
    }
}

/// It may be seen (again), or is fine as it is.
pub(super) fn fine(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    let Note::LetGo { name, title, of, link } = *note else {
        return w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new());
    };
    let [subject, seen, see] = fine_words(of);
    let parts = vec![w.with(about(of), title), w.text(seen), w.button(see, link)];
    w.letter(subject, subject, name, why(of), parts)
}

/// What happened to it, and what that means for others. Only posts are hidden.
const fn gone_words(of: ContentKind, kind: DecisionKind) -> [Words; 2] {
    match (of, kind) {
        (ContentKind::Post(_), DecisionKind::Hide) => [
            [
                "Je bericht is even niet te zien",
                "Your post cannot be seen for now",
                "Dein Beitrag ist vorerst nicht zu sehen",
            ],
            [
                "Niemand anders kan het nu lezen. Pas je het aan, dan kijken we er opnieuw naar.",
                "Nobody else can read it now. Change it, and we will look at it again.",
                "Niemand anders kann ihn jetzt lesen. Ändere ihn, dann schauen wir noch einmal.",
            ],
        ],
        (ContentKind::Post(_), _) => [
            [
                "We hebben je bericht weggehaald",
                "We have removed your post",
                "Wir haben deinen Beitrag entfernt",
            ],
            [
                "Niemand anders kan het nog lezen.",
                "Nobody else can read it any more.",
                "Niemand anders kann ihn mehr lesen.",
            ],
        ],
        (ContentKind::Comment, _) => [
            [
                "We hebben je reactie weggehaald",
                "We have removed your comment",
                "Wir haben deinen Kommentar entfernt",
            ],
            [
                "Niemand anders kan het nog lezen.",
                "Nobody else can read it any more.",
                "Niemand anders kann ihn mehr lesen.",
            ],
        ],
        (ContentKind::Activity, _) => [
            [
                "We hebben je activiteit weggehaald",
                "We have removed your activity",
                "Wir haben deine Veranstaltung entfernt",
            ],
            [
                "Ze staat niet meer in de agenda, en niemand anders kan haar nog zien.",
                "It is not in the agenda any more, and nobody else can see it.",
                "Sie steht nicht mehr in der Agenda, und niemand anders kann sie noch sehen.",
            ],
        ],
    }
}

/// Removed, or hidden until it is changed.
pub(super) fn reasons(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    let Note::Reasons { name, title, of, done: kind, ground, rule, facts, until, link } = *note else {
        return w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new());
    };
    let [subject, gone] = gone_words(of, kind);
    let mut parts = vec![w.with(about(of), title), w.text(gone)];
    if !until.is_empty() {
        parts.push(w.with(
            [
                "Je account is ook gepauzeerd: je kunt lezen en bezwaar maken, maar niets plaatsen. De pauze stopt vanzelf op",
                "Your account is paused too: you can read and object, but not publish. The pause ends by itself on",
                "Dein Konto macht auch eine Pause: Du kannst lesen und widersprechen, aber nichts schreiben. Die Pause endet von selbst am",
            ],
            until,
        ));
    }
    parts.push(w.text([
        "Dit is wat we zagen, en waarom we dit doen:",
        "This is what we saw, and why we do this:",
        "Das haben wir gesehen, und darum machen wir das:",
    ]));
    parts.push(quote(facts));
    parts.push(w.with(
        match ground {
            Ground::Law => {
                ["Het mag niet van de wet:", "The law does not allow it:", "Das Gesetz erlaubt es nicht:"]
            }
            Ground::HouseRule => [
                "Het past niet bij onze huisregels:",
                "It does not fit our house rules:",
                "Es passt nicht zu unseren Hausregeln:",
            ],
        },
        rule,
    ));
    parts.extend([w.text(BY_PEOPLE), w.text(NOT_AGREED)]);
    parts.push(w.button(["Bekijk het besluit", "See the decision", "Die Entscheidung ansehen"], link));
    w.letter(subject, subject, name, why(of), parts)
}
