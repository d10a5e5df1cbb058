//! Dutch, on level B1.

use domain::locale::Locale;
use domain::text;

use super::{
    CodeWords, FrameWords, Letter, Message, NewSignInWords, Part, ToLookAtWords, code_minutes, greetable,
    new_sign_in, notes, report_to_look_at, with_code,
};

pub(super) const FRAME: FrameWords = FrameWords {
    hello: "Dag",
    regards: "Groeten van",
    help: "Kom je er niet uit? Wij helpen je graag.",
    call: "Bel",
    write: "Mail naar",
    sent_by: "Deze mail is van",
};

const BUTTON_AS_TEXT: &str = "Doet de knop het niet? Kopieer dan dit adres en plak het in je browser:";

#[expect(clippy::too_many_lines, reason = "one match over every message: none can be forgotten")]
pub(super) fn letter(message: &Message<'_>, community: &str) -> Letter {
    match *message {
        Message::SignIn { code, link, name, minutes } => Letter {
            subject: format!("Je code voor {community}: {code}"),
            heading: format!("Aanmelden bij {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!("Je wilt je aanmelden bij {community}. Dat kan op twee manieren."),
                    type_this: "Typ deze code over op de pagina waar je bent:",
                    or_link: "Of gebruik de link hieronder. Je ziet dan een pagina waarop je nog één keer klikt.",
                    label: "Meld me aan".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: format!(
                        "Wilde je je niet aanmelden? Dan hoef je niets te doen. Geef de code aan niemand, ook niet aan iemand die zegt dat hij van {community} is."
                    ),
                },
                code,
                link,
            ),
            why: format!("Je krijgt deze mail omdat iemand zich met jouw e-mailadres wilde aanmelden bij {community}."),
        },
        Message::SignUp { code, link, name, minutes } => Letter {
            subject: format!("Je code om lid te worden van {community}: {code}"),
            heading: "Nog één stap en je bent lid".into(),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!(
                        "Fijn dat je meedoet met {community}! We willen alleen nog weten of dit e-mailadres van jou is."
                    ),
                    type_this: "Typ deze code over op de pagina waar je bent:",
                    or_link: "Of gebruik de link hieronder. Je ziet dan een pagina waarop je nog één keer klikt.",
                    label: "Dit is mijn e-mailadres".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: "Wilde je geen lid worden? Dan hoef je niets te doen. Er komt dan geen account.".into(),
                },
                code,
                link,
            ),
            why: format!("Je krijgt deze mail omdat iemand met jouw e-mailadres lid wilde worden van {community}."),
        },
        Message::NoAccount { sign_up_link } => Letter {
            subject: format!("Met dit e-mailadres ben je nog geen lid van {community}"),
            heading: "Je bent nog geen lid".into(),
            name: None,
            parts: vec![
                Part::Text(format!(
                    "Je wilde je aanmelden bij {community}. Maar er is nog geen account met dit e-mailadres."
                )),
                Part::Text("Misschien ben je lid met een ander e-mailadres. Probeer het dan daarmee.".into()),
                Part::Text("Ben je nog geen lid? Je bent van harte welkom.".into()),
                Part::Button {
                    label: "Word lid".into(),
                    link: sign_up_link.into(),
                    as_text: BUTTON_AS_TEXT,
                },
                Part::Text("Wilde je je niet aanmelden? Dan hoef je niets te doen.".into()),
            ],
            why: format!("Je krijgt deze mail omdat iemand zich met jouw e-mailadres wilde aanmelden bij {community}."),
        },
        Message::AlreadyMember { code, link, name } => Letter {
            subject: format!("Je bent al lid van {community}. Je code: {code}"),
            heading: format!("Je bent al lid van {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: "Je wilde lid worden. Maar met dit e-mailadres ben je al lid. Je kunt je meteen aanmelden.".into(),
                    type_this: "Typ deze code over op de pagina waar je bent:",
                    or_link: "Of gebruik de link hieronder. Je ziet dan een pagina waarop je nog één keer klikt.",
                    label: "Meld me aan".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(code_minutes()),
                    not_you: format!(
                        "Was jij dit niet? Dan hoef je niets te doen. Geef de code aan niemand, ook niet aan iemand die zegt dat hij van {community} is."
                    ),
                },
                code,
                link,
            ),
            why: format!("Je krijgt deze mail omdat iemand met jouw e-mailadres lid wilde worden van {community}."),
        },
        Message::Note(ref note) => notes::letter(note, Locale::Nl, community),
        Message::ReportForConnector { address, message, reply_to } => Letter {
            subject: format!("Nieuwe melding op {community}"),
            heading: "Er is een nieuwe melding".into(),
            name: None,
            parts: report_to_look_at(
                &ToLookAtWords {
                    intro: format!("Iemand heeft iets gemeld op {community}. Wil jij ernaar kijken? Dit staat in de melding:"),
                    look: "Bekijk de melding",
                    as_text: BUTTON_AS_TEXT,
                    no_page: "De melder schreef er niet bij over welke pagina het gaat.",
                    reach: "Je kunt de melder antwoorden op dit e-mailadres:",
                    anonymous: "De melder heeft geen e-mailadres ingevuld.",
                },
                address,
                message,
                reply_to,
            ),
            why: format!("Je krijgt deze mail omdat je meldingen van {community} bekijkt."),
        },
        Message::NewSignIn { name, label, sessions_link } => Letter {
            subject: format!("Er is aangemeld met je account van {community}"),
            heading: "Was jij dit?".into(),
            name: greetable(name),
            parts: new_sign_in(
                NewSignInWords {
                    intro: format!(
                        "Er is net aangemeld met je account van {community}, op een apparaat dat we nog niet kenden: {}.",
                        text::line(label)
                    ),
                    yours: "Was jij dit? Dan hoef je niets te doen.",
                    not_yours: "Was jij dit niet? Meld dat apparaat dan af via de link hieronder, en bel ons.",
                    label: "Bekijk waar ik ben aangemeld",
                    as_text: BUTTON_AS_TEXT,
                },
                sessions_link,
            ),
            why: format!("Je krijgt deze mail omdat je lid bent van {community}. Zo merk je het als iemand anders je account gebruikt."),
        },
    }
}

fn lasts(minutes: i64) -> String {
    format!("De code en de link werken {minutes} minuten, en maar één keer.")
}
