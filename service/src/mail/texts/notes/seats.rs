//! The mails about registering for an activity.

use super::super::{Letter, Part};
use super::{Words, Writer, quote};
use crate::mail::{SeatKind, SeatNote};

const WHY: Words = [
    "Je krijgt deze mail omdat je je op {c} hebt ingeschreven voor een activiteit.",
    "You get this mail because you registered for an activity on {c}.",
    "Du bekommst diese E-Mail, weil du dich auf {c} für eine Veranstaltung angemeldet hast.",
];
const WHY_TYPED: Words = [
    "Je krijgt deze mail omdat dit mailadres op {c} is ingevuld bij een activiteit.",
    "You get this mail because this e-mail address was filled in for an activity on {c}.",
    "Du bekommst diese E-Mail, weil diese E-Mail-Adresse auf {c} bei einer Veranstaltung angegeben wurde.",
];
const NOT_COMING: Words = [
    "Kun je toch niet komen? Zeg dan af via de knop. Dan krijgt iemand anders je plek.",
    "Can you not come after all? Cancel with the button. Somebody else will get your seat.",
    "Kannst du doch nicht kommen? Sag über den Knopf ab. Dann bekommt jemand anders deinen Platz.",
];
const SEE: Words = [
    "Bekijk of verander mijn inschrijving",
    "See or change my registration",
    "Meine Anmeldung ansehen oder ändern",
];

const NO_REMINDERS: Words = [
    "Liever geen herinneringen meer? Achter dezelfde knop zet je ze uit. Je inschrijving blijft.",
    "Rather no more reminders? Behind the same button you can switch them off. You stay registered.",
    "Lieber keine Erinnerungen mehr? Hinter demselben Knopf schaltest du sie aus. Du bleibst angemeldet.",
];

/// Subject and heading, and what stands under the facts.
struct Says {
    subject: Words,
    heading: Words,
    before: Option<Words>,
    after: Vec<Part>,
    button: Words,
}

pub(super) fn letter(w: &Writer<'_>, note: &SeatNote<'_>) -> Letter {
    let says = says(w, note);
    let mut parts: Vec<Part> = says.before.map(|words| w.text(words)).into_iter().collect();
    if let SeatKind::PutOn { by, .. } = note.kind {
        parts.push(
            w.with(["Op de lijst gezet door:", "Put on the list by:", "Auf die Liste gesetzt von:"], by),
        );
    }
    if let SeatKind::Words { by, words } = note.kind {
        parts.push(w.with(["Dit schrijft", "This is from", "Das schreibt"], &format!("{by}:")));
        parts.push(quote(words));
    }
    parts.push(w.with(["Waarvoor:", "What:", "Wofür:"], note.title));
    parts.push(w.with(["Wanneer:", "When:", "Wann:"], note.when));
    if !note.place.is_empty() {
        parts.push(w.with(["Waar:", "Where:", "Wo:"], note.place));
    }
    let coming = !matches!(note.kind, SeatKind::Cancelled { .. } | SeatKind::CalledOff);
    if coming && note.people > 1 {
        let people = ["Met hoeveel mensen:", "How many people:", "Mit wie vielen Personen:"];
        parts.push(w.with(people, &note.people.to_string()));
    }
    parts.extend(says.after);
    if coming && note.calendar {
        parts.push(w.text([
            "Bij deze mail zit een afspraak voor je agenda.",
            "With this mail comes an appointment for your calendar.",
            "Bei dieser E-Mail ist ein Termin für deinen Kalender.",
        ]));
    }
    parts.push(w.button(says.button, note.link));
    let typed = matches!(note.kind, SeatKind::Confirm { .. } | SeatKind::PutOn { .. });
    w.letter(says.subject, says.heading, note.name, if typed { WHY_TYPED } else { WHY }, parts)
}

fn says(w: &Writer<'_>, note: &SeatNote<'_>) -> Says {
    match note.kind {
        SeatKind::Confirm { minutes } => confirm(w, minutes),
        SeatKind::Waiting { number } => waiting(w, number),
        SeatKind::Seat => Says {
            subject: ["Je bent ingeschreven", "You are registered", "Du bist angemeldet"],
            heading: ["Leuk dat je komt", "Good that you are coming", "Schön, dass du kommst"],
            before: None,
            after: vec![w.text(NOT_COMING)],
            button: SEE,
        },
        SeatKind::PutOn { number, .. } => put_on(w, number),
        SeatKind::Promoted => Says {
            subject: ["Er is een plek voor je", "There is a seat for you", "Es gibt einen Platz für dich"],
            heading: ["Er is een plek voor je", "There is a seat for you", "Es gibt einen Platz für dich"],
            before: Some([
                "Je stond op de wachtlijst. Er is een plek vrijgekomen, en die is nu van jou.",
                "You were on the waiting list. A seat has come free, and it is yours now.",
                "Du standest auf der Warteliste. Ein Platz ist frei geworden, und er gehört jetzt dir.",
            ]),
            after: vec![w.text(NOT_COMING)],
            button: SEE,
        },
        SeatKind::Again => Says {
            subject: ["Je bent al ingeschreven", "You are registered already", "Du bist schon angemeldet"],
            heading: ["Je bent al ingeschreven", "You are registered already", "Du bist schon angemeldet"],
            before: None,
            after: vec![w.text([
                "Iemand vulde je mailadres nog een keer in. Er is niets veranderd.",
                "Somebody filled in your e-mail address once more. Nothing has changed.",
                "Jemand hat deine E-Mail-Adresse noch einmal angegeben. Es hat sich nichts geändert.",
            ])],
            button: SEE,
        },
        SeatKind::Changed => Says {
            subject: ["Er is iets veranderd", "Something has changed", "Es hat sich etwas geändert"],
            heading: ["Er is iets veranderd", "Something has changed", "Es hat sich etwas geändert"],
            before: Some([
                "Een activiteit waarvoor je je inschreef, is veranderd. Zo is het nu:",
                "An activity that you registered for has changed. This is how it is now:",
                "Eine Veranstaltung, für die du dich angemeldet hast, hat sich geändert. So ist es jetzt:",
            ]),
            after: vec![w.text(NOT_COMING)],
            button: SEE,
        },
        SeatKind::CalledOff => Says {
            subject: ["Het gaat niet door", "It does not take place", "Es findet nicht statt"],
            heading: ["Het gaat niet door", "It does not take place", "Es findet nicht statt"],
            before: Some([
                "Een activiteit waarvoor je je inschreef, gaat niet door. Je hoeft niets te doen.",
                "An activity that you registered for does not take place. There is nothing you need to do.",
                "Eine Veranstaltung, für die du dich angemeldet hast, findet nicht statt. Du musst nichts tun.",
            ]),
            after: Vec::new(),
            button: ["Bekijk wat er nog meer is", "See what else there is", "Sieh, was es sonst noch gibt"],
        },
        SeatKind::BackOn => Says {
            subject: ["Het gaat toch door", "It takes place after all", "Es findet doch statt"],
            heading: ["Het gaat toch door", "It takes place after all", "Es findet doch statt"],
            before: Some([
                "Een activiteit die niet door zou gaan, gaat toch door. Je staat nog op de lijst.",
                "An activity that was called off takes place after all. You are still on the list.",
                "Eine abgesagte Veranstaltung findet doch statt. Du stehst noch auf der Liste.",
            ]),
            after: vec![w.text(NOT_COMING)],
            button: SEE,
        },
        SeatKind::Cancelled { by_organiser } => cancelled(by_organiser),
        SeatKind::Reminder => Says {
            subject: ["Het is bijna zover", "It is soon", "Bald ist es so weit"],
            heading: ["Het is bijna zover", "It is soon", "Bald ist es so weit"],
            before: None,
            after: vec![w.text(NOT_COMING), w.text(NO_REMINDERS)],
            button: SEE,
        },
        SeatKind::Words { .. } => Says {
            subject: [
                "Bericht over een activiteit waar je heen gaat",
                "Message about an activity that you are going to",
                "Nachricht zu einer Veranstaltung, zu der du gehst",
            ],
            heading: ["Een bericht voor je", "A message for you", "Eine Nachricht für dich"],
            before: None,
            after: Vec::new(),
            button: SEE,
        },
    }
}

fn confirm(w: &Writer<'_>, minutes: i64) -> Says {
    let lasts = |words: Words| words.map(|one| one.replace("{n}", &minutes.to_string()));
    let [nl, en, de] = lasts([
        "We houden je plek {n} minuten vast. Klik op de knop en daarna op ‘Bevestig’. Was jij dit niet? Dan hoef je niets te doen.",
        "We keep your seat for {n} minutes. Click the button and then ‘Confirm’. Was it not you? Then there is nothing you need to do.",
        "Wir halten deinen Platz {n} Minuten frei. Klicke auf den Knopf und dann auf „Bestätigen“. Warst du das nicht? Dann musst du nichts tun.",
    ]);
    Says {
        subject: ["Bevestig je inschrijving", "Confirm your registration", "Bestätige deine Anmeldung"],
        heading: ["Nog één stap", "One more step", "Noch ein Schritt"],
        before: None,
        after: vec![Part::Text(w.own([nl, en, de]))],
        button: ["Naar mijn inschrijving", "To my registration", "Zu meiner Anmeldung"],
    }
}

fn waiting(w: &Writer<'_>, number: u32) -> Says {
    Says {
        subject: ["Je staat op de wachtlijst", "You are on the waiting list", "Du stehst auf der Warteliste"],
        heading: ["Je staat op de wachtlijst", "You are on the waiting list", "Du stehst auf der Warteliste"],
        before: Some([
            "Alle plekken zijn bezet. Komt er een plek vrij, dan krijg je die vanzelf als je aan de beurt bent. Je krijgt dan een mail.",
            "All seats are taken. When one comes free and it is your turn, it is yours without doing anything. You will get a mail then.",
            "Alle Plätze sind belegt. Wird einer frei und bist du an der Reihe, gehört er automatisch dir. Dann bekommst du eine E-Mail.",
        ]),
        after: vec![w.with(
            [
                "Je nummer op de wachtlijst:",
                "Your number on the waiting list:",
                "Deine Nummer auf der Warteliste:",
            ],
            &number.to_string(),
        )],
        button: SEE,
    }
}

fn put_on(w: &Writer<'_>, number: u32) -> Says {
    let not_you = w.text([
        "Weet je van niets, of wil je niet? Meld je dan af via de knop. Je gegevens gaan dan weg als het voorbij is.",
        "You know nothing of this, or do not want to? Cancel with the button. What we have about you goes when it is over.",
        "Du weißt nichts davon oder möchtest nicht? Melde dich über den Knopf ab. Deine Angaben werden gelöscht, wenn es vorbei ist.",
    ]);
    if number > 0 {
        let says = waiting(w, number);
        return Says { after: says.after.into_iter().chain([not_you]).collect(), ..says };
    }
    Says {
        subject: ["Je staat op de lijst", "You are on the list", "Du stehst auf der Liste"],
        heading: ["Leuk dat je komt", "Good that you are coming", "Schön, dass du kommst"],
        before: None,
        after: vec![w.text(NOT_COMING), not_you],
        button: SEE,
    }
}

fn cancelled(by_organiser: bool) -> Says {
    Says {
        subject: ["Je bent afgemeld", "You are off the list", "Du bist abgemeldet"],
        heading: ["Je bent afgemeld", "You are off the list", "Du bist abgemeldet"],
        before: Some(if by_organiser {
            [
                "De organisator heeft je van de lijst gehaald. Klopt dat niet? Neem dan contact op.",
                "The organiser took you off the list. Is that not right? Then get in touch.",
                "Die Organisation hat dich von der Liste genommen. Stimmt das nicht? Dann melde dich.",
            ]
        } else {
            [
                "Jammer dat je niet kunt komen. Fijn dat je het laat weten.",
                "A pity that you cannot come. Good that you let us know.",
                "Schade, dass du nicht kommen kannst. Gut, dass du Bescheid gibst.",
            ]
        }),
        after: Vec::new(),
        button: ["Bekijk wat er nog meer is", "See what else there is", "Sieh, was es sonst noch gibt"],
    }
}
