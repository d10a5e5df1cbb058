//! The mails about what somebody planned, proposed or commented, and about what they take part in.

use super::super::{Letter, Part};
use super::{Note, WHY_AUTHOR, Words, Writer, quote};

pub(super) const ABOUT: Words =
    ["Het gaat om je bericht:", "It is about your post:", "Es geht um deinen Beitrag:"];
pub(super) const UNDER: Words =
    ["Je reactie staat onder:", "Your comment is under:", "Dein Kommentar steht unter:"];
pub(super) const WHY_COMMENT: Words = [
    "Je krijgt deze mail omdat je een reactie schreef op {c}.",
    "You get this mail because you wrote a comment on {c}.",
    "Du bekommst diese E-Mail, weil du auf {c} einen Kommentar geschrieben hast.",
];
const SEE: Words = ["Bekijk het bericht", "See the post", "Den Beitrag ansehen"];
const WHY_PROPOSER: Words = [
    "Je krijgt deze mail omdat je op {c} een wijziging voorstelde.",
    "You get this mail because you proposed a change on {c}.",
    "Du bekommst diese E-Mail, weil du auf {c} eine Änderung vorgeschlagen hast.",
];

pub(super) fn letter(w: &Writer<'_>, note: &Note<'_>) -> Letter {
    match *note {
        Note::Published { name, title, link } => w.letter(
            ["Je bericht is geplaatst", "Your post is published", "Dein Beitrag ist veröffentlicht"],
            ["Je bericht is geplaatst", "Your post is published", "Dein Beitrag ist veröffentlicht"],
            name,
            WHY_AUTHOR,
            vec![
                w.with(ABOUT, title),
                w.text([
                    "Je had gepland dat het vanzelf geplaatst werd. Dat is nu gebeurd: iedereen kan het lezen.",
                    "You planned it to be published by itself. That has happened now: everybody can read it.",
                    "Du hattest geplant, dass er von selbst erscheint. Das ist jetzt passiert: Alle können ihn lesen.",
                ]),
                w.button(SEE, link),
            ],
        ),
        Note::NotPublished { name, title, link } => w.letter(
            [
                "Je bericht is niet geplaatst",
                "Your post is not published",
                "Dein Beitrag ist nicht veröffentlicht",
            ],
            [
                "Het plaatsen is niet gelukt",
                "It could not be published",
                "Das Veröffentlichen hat nicht geklappt",
            ],
            name,
            WHY_AUTHOR,
            vec![
                w.with(ABOUT, title),
                w.text([
                    "Je had gepland dat het vanzelf geplaatst werd. Dat kon niet meer, bijvoorbeeld omdat een thema niet meer bestaat of omdat je rol is veranderd. Je tekst is bewaard. Kijk hem na en plaats hem zelf.",
                    "You planned it to be published by itself. That was not possible any more, for example because a topic is gone or your role has changed. Your text is kept. Look at it and publish it yourself.",
                    "Du hattest geplant, dass er von selbst erscheint. Das ging nicht mehr, zum Beispiel weil es ein Thema nicht mehr gibt oder deine Rolle sich geändert hat. Dein Text ist gespeichert. Schau ihn dir an und veröffentliche ihn selbst.",
                ]),
                w.button(["Bekijk mijn concepten", "See my drafts", "Meine Entwürfe ansehen"], link),
            ],
        ),
        Note::Held { name, title, link, .. } => held_comment(w, name, title, link),
        Note::ProposalsWait { link } => proposals_wait(w, link),
        Note::Invited { name, title, by, link } => invited(w, name, title, by, link),
        Note::Proposed { name, title, accepted, reasons, link } => proposed(w, name, title, accepted, reasons, link),
        _ => w.letter([""; 3], [""; 3], "", WHY_AUTHOR, Vec::new()),
    }
}

fn proposed(w: &Writer<'_>, name: &str, title: &str, accepted: bool, reasons: &str, link: &str) -> Letter {
    let subject: Words = if accepted {
        ["Je voorstel is overgenomen", "Your proposal is accepted", "Dein Vorschlag ist übernommen"]
    } else {
        [
            "Je voorstel is niet overgenomen",
            "Your proposal is not accepted",
            "Dein Vorschlag ist nicht übernommen",
        ]
    };
    let mut parts: Vec<Part> = vec![
        w.with(["Het gaat om het bericht:", "It is about the post:", "Es geht um den Beitrag:"], title),
        w.text(if accepted {
            [
                "Een buurtverbinder heeft je wijziging overgenomen. Dank je wel voor het meedenken.",
                "A connector has accepted your change. Thank you for thinking along.",
                "Deine Änderung wurde übernommen. Danke fürs Mitdenken.",
            ]
        } else {
            [
                "Een buurtverbinder heeft gekeken en laat het bericht zoals het is. Dit is de uitleg:",
                "A connector looked at it and leaves the post as it is. This is why:",
                "Jemand aus dem Team hat ihn angesehen und lässt den Beitrag, wie er ist. Das ist die Erklärung:",
            ]
        }),
    ];
    if !reasons.is_empty() {
        parts.push(quote(reasons));
    }
    parts.push(w.button(SEE, link));
    w.letter(subject, subject, name, WHY_PROPOSER, parts)
}

fn held_comment(w: &Writer<'_>, name: &str, title: &str, link: &str) -> Letter {
    w.letter(
        [
            "We kijken even mee met je reactie",
            "We take a quick look at your comment",
            "Wir sehen uns deinen Kommentar kurz an",
        ],
        ["Bijna klaar", "Almost there", "Fast fertig"],
        name,
        WHY_COMMENT,
        vec![
            w.with(UNDER, title),
            w.text([
                "Dank je wel voor je reactie. Er staat een link in, en je bent hier nieuw. Daarom kijkt een buurtverbinder er eerst even naar. Meestal dezelfde dag. Tot dan zie alleen jij je reactie.",
                "Thank you for your comment. It has a link in it, and you are new here. So a connector takes a look first, mostly the same day. Until then only you see it.",
                "Danke für deinen Kommentar. Er enthält einen Link, und du bist neu hier. Darum schaut zuerst jemand aus dem Team darauf, meistens am selben Tag. Bis dahin siehst nur du ihn.",
            ]),
            w.button(["Bekijk mijn reactie", "See my comment", "Meinen Kommentar ansehen"], link),
        ],
    )
}

fn proposals_wait(w: &Writer<'_>, link: &str) -> Letter {
    w.letter(
        ["Er wacht een voorstel", "A proposal is waiting", "Ein Vorschlag wartet"],
        ["Er wacht een voorstel", "A proposal is waiting", "Ein Vorschlag wartet"],
        "",
        [
            "Je krijgt deze mail omdat dit het mailadres van {c} is.",
            "You get this mail because this is the e-mail address of {c}.",
            "Du bekommst diese E-Mail, weil dies die E-Mail-Adresse von {c} ist.",
        ],
        vec![
            w.text([
                "Een supporter stelt een wijziging voor. Een buurtverbinder beslist of die erin komt. Vandaag sturen we hierover geen mail meer, ook niet als er nog een voorstel bij komt.",
                "A supporter proposes a change. A connector decides whether it goes in. We will not send another mail about this today, even if more proposals come.",
                "Jemand schlägt eine Änderung vor. Jemand aus dem Team entscheidet, ob sie übernommen wird. Heute schicken wir dazu keine weitere E-Mail, auch wenn noch ein Vorschlag kommt.",
            ]),
            w.button(["Bekijk de voorstellen", "See the proposals", "Die Vorschläge ansehen"], link),
        ],
    )
}

fn invited(w: &Writer<'_>, name: &str, title: &str, by: &str, link: &str) -> Letter {
    w.letter(
        ["Kom je in het team?", "Will you join the team?", "Kommst du ins Team?"],
        ["Kom je in het team?", "Will you join the team?", "Kommst du ins Team?"],
        name,
        [
            "Je krijgt deze mail omdat je op {c} meedoet aan een initiatief.",
            "You get this mail because you take part in an initiative on {c}.",
            "Du bekommst diese E-Mail, weil du auf {c} bei einer Initiative mitmachst.",
        ],
        vec![
            w.with(["Je doet mee aan:", "You take part in:", "Du machst mit bei:"], title),
            w.with(
                ["Je bent in het team gevraagd door", "You are asked into the team by", "Ins Team eingeladen hat dich"],
                by,
            ),
            w.text([
                "Wie in het team zit, schrijft mee aan het doel, wat er nodig is en hoe het gaat. Kijk of je dat wilt. Op de pagina kies je ja of nee.",
                "Whoever is in the team helps to write the goal, what is needed and how it goes. See whether you want that. On the page you choose yes or no.",
                "Wer im Team ist, schreibt mit am Ziel, an dem, was gebraucht wird, und daran, wie es läuft. Überleg, ob du das möchtest. Auf der Seite wählst du ja oder nein.",
            ]),
            w.button(["Zeg ja of nee", "Say yes or no", "Ja oder nein sagen"], link),
        ],
    )
}
