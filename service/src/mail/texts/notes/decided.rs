//! The mails to an author about what was decided of their post or comment.

use domain::moderation::decision::{DecisionKind, Ground};

use super::super::Letter;
use super::writing::{ABOUT, UNDER, WHY_COMMENT};
use super::{BY_PEOPLE, NOT_AGREED, Note, WHY_AUTHOR, Words, Writer, quote};

/// The title of a comment is that of its post.
const fn about(comment: bool) -> Words {
    if comment { UNDER } else { ABOUT }
}

const fn why(comment: bool) -> Words {
    if comment { WHY_COMMENT } else { WHY_AUTHOR }
}

/// "Kun je dit aanpassen?"
pub(super) fn asked(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    let Note::Asked { name, title, comment, facts, until, link } = *note else {
        return w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new());
    };
    let [subject, stays, change]: [Words; 3] = if comment {
        [
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
        ]
    } else {
        [
            ["Kun je je bericht aanpassen?", "Can you change your post?", "Kannst du deinen Beitrag ändern?"],
            [
                "Je bericht blijft gewoon staan. Pas het aan met de knop, dan kijken we er daarna nog een keer naar.",
                "Your post stays where it is. Change it with the button, and we will look at it once more.",
                "Dein Beitrag bleibt stehen. Ändere ihn über den Knopf, dann schauen wir noch einmal.",
            ],
            ["Pas mijn bericht aan", "Change my post", "Meinen Beitrag ändern"],
        ]
    };
    let parts = vec![
        w.with(about(comment), title),
        w.text([
            "Een buurtverbinder heeft gekeken en vraagt je iets:",
            "A connector looked at it and asks you something:",
            "Eine Person aus dem Team hat ihn gelesen und bittet dich um etwas:",
        ]),
        quote(facts),
        w.with(["Graag vóór", "Please before", "Bitte vor dem"], until),
        w.text(stays),
        w.button(change, link),
    ];
    let heading = ["Kun je dit aanpassen?", "Can you change this?", "Kannst du das ändern?"];
    w.letter(subject, heading, name, why(comment), parts)
}

/// Removed, or hidden until it is changed.
pub(super) fn reasons(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    let Note::Reasons { name, title, comment, done: kind, ground, rule, facts, until, link } = *note else {
        return w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new());
    };
    // A comment is never hidden: it stays, or it goes.
    let hidden = kind == DecisionKind::Hide;
    let subject: Words = if hidden {
        [
            "Je bericht is even niet te zien",
            "Your post cannot be seen for now",
            "Dein Beitrag ist vorerst nicht zu sehen",
        ]
    } else if comment {
        [
            "We hebben je reactie weggehaald",
            "We have removed your comment",
            "Wir haben deinen Kommentar entfernt",
        ]
    } else {
        ["We hebben je bericht weggehaald", "We have removed your post", "Wir haben deinen Beitrag entfernt"]
    };
    let mut parts = vec![
        w.with(about(comment), title),
        w.text(if hidden {
            [
                "Niemand anders kan het nu lezen. Pas je het aan, dan kijken we er opnieuw naar.",
                "Nobody else can read it now. Change it, and we will look at it again.",
                "Niemand anders kann ihn jetzt lesen. Ändere ihn, dann schauen wir noch einmal.",
            ]
        } else {
            [
                "Niemand anders kan het nog lezen.",
                "Nobody else can read it any more.",
                "Niemand anders kann ihn mehr lesen.",
            ]
        }),
    ];
    if !until.is_empty() {
        parts.push(w.with(
            [
                "Je account is ook gepauzeerd: je kunt lezen en bezwaar maken, maar niets plaatsen. De pauze stopt vanzelf op",
                "Your account is paused too: you can read and object, but not post. The pause ends by itself on",
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
    w.letter(subject, subject, name, why(comment), parts)
}
