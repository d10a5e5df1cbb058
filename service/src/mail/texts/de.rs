//! German, in short sentences and with "du".

use domain::locale::Locale;
use domain::text;

use super::{
    CodeWords, FrameWords, Letter, Message, NewSignInWords, Part, ToLookAtWords, code_minutes, greetable,
    new_sign_in, notes, report_to_look_at, with_code,
};

pub(super) const FRAME: FrameWords = FrameWords {
    hello: "Guten Tag",
    regards: "Viele Grüße von",
    help: "Kommst du nicht weiter? Wir helfen dir gern.",
    call: "Ruf an:",
    write: "Schreib an:",
    sent_by: "Diese E-Mail ist von",
};

const BUTTON_AS_TEXT: &str =
    "Funktioniert der Knopf nicht? Kopiere diese Adresse und füge sie in deinen Browser ein:";

#[expect(clippy::too_many_lines, reason = "one match over every message: none can be forgotten")]
pub(super) fn letter(message: &Message<'_>, community: &str) -> Letter {
    match *message {
        Message::SignIn { code, link, name, minutes } => Letter {
            subject: format!("Dein Code für {community}: {code}"),
            heading: format!("Anmelden bei {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!("Du möchtest dich bei {community} anmelden. Das geht auf zwei Arten."),
                    type_this: "Gib diesen Code auf der Seite ein, auf der du bist:",
                    or_link: "Oder nimm den Link hier unten. Du siehst dann eine Seite, auf der du noch einmal klickst.",
                    label: "Melde mich an".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: format!(
                        "Wolltest du dich nicht anmelden? Dann musst du nichts tun. Gib den Code niemandem, auch nicht jemandem, der sagt, dass er von {community} ist."
                    ),
                },
                code,
                link,
            ),
            why: format!("Du bekommst diese E-Mail, weil sich jemand mit deiner E-Mail-Adresse bei {community} anmelden wollte."),
        },
        Message::SignUp { code, link, name, minutes } => Letter {
            subject: format!("Dein Code, um Mitglied von {community} zu werden: {code}"),
            heading: "Noch ein Schritt, dann bist du Mitglied".into(),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: format!(
                        "Schön, dass du bei {community} mitmachst! Wir möchten nur noch wissen, ob diese E-Mail-Adresse dir gehört."
                    ),
                    type_this: "Gib diesen Code auf der Seite ein, auf der du bist:",
                    or_link: "Oder nimm den Link hier unten. Du siehst dann eine Seite, auf der du noch einmal klickst.",
                    label: "Adresse bestätigen".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(minutes),
                    not_you: "Wolltest du kein Mitglied werden? Dann musst du nichts tun. Es wird kein Konto angelegt.".into(),
                },
                code,
                link,
            ),
            why: format!("Du bekommst diese E-Mail, weil jemand mit deiner E-Mail-Adresse Mitglied von {community} werden wollte."),
        },
        Message::NoAccount { sign_up_link } => Letter {
            subject: format!("Mit dieser E-Mail-Adresse bist du noch kein Mitglied von {community}"),
            heading: "Du bist noch kein Mitglied".into(),
            name: None,
            parts: vec![
                Part::Text(format!(
                    "Du wolltest dich bei {community} anmelden. Aber mit dieser E-Mail-Adresse gibt es noch kein Konto."
                )),
                Part::Text("Vielleicht bist du mit einer anderen E-Mail-Adresse Mitglied. Dann versuche es damit.".into()),
                Part::Text("Bist du noch kein Mitglied? Du bist herzlich willkommen.".into()),
                Part::Button {
                    label: "Mitglied werden".into(),
                    link: sign_up_link.into(),
                    as_text: BUTTON_AS_TEXT,
                },
                Part::Text("Wolltest du dich nicht anmelden? Dann musst du nichts tun.".into()),
            ],
            why: format!("Du bekommst diese E-Mail, weil sich jemand mit deiner E-Mail-Adresse bei {community} anmelden wollte."),
        },
        Message::AlreadyMember { code, link, name } => Letter {
            subject: format!("Du bist schon Mitglied von {community}. Dein Code: {code}"),
            heading: format!("Du bist schon Mitglied von {community}"),
            name: greetable(name),
            parts: with_code(
                CodeWords {
                    intro: "Du wolltest Mitglied werden. Aber mit dieser E-Mail-Adresse bist du es schon. Du kannst dich gleich anmelden.".into(),
                    type_this: "Gib diesen Code auf der Seite ein, auf der du bist:",
                    or_link: "Oder nimm den Link hier unten. Du siehst dann eine Seite, auf der du noch einmal klickst.",
                    label: "Melde mich an".into(),
                    as_text: BUTTON_AS_TEXT,
                    lasts: lasts(code_minutes()),
                    not_you: format!(
                        "Warst du das nicht? Dann musst du nichts tun. Gib den Code niemandem, auch nicht jemandem, der sagt, dass er von {community} ist."
                    ),
                },
                code,
                link,
            ),
            why: format!("Du bekommst diese E-Mail, weil jemand mit deiner E-Mail-Adresse Mitglied von {community} werden wollte."),
        },
        Message::Note(ref note) => notes::letter(note, Locale::De, community),
        Message::ReportForConnector { address, message, reply_to } => Letter {
            subject: format!("Neue Meldung auf {community}"),
            heading: "Es gibt eine neue Meldung".into(),
            name: None,
            parts: report_to_look_at(
                &ToLookAtWords {
                    intro: format!("Jemand hat auf {community} etwas gemeldet. Schaust du es dir an? Das steht in der Meldung:"),
                    look: "Meldung ansehen",
                    as_text: BUTTON_AS_TEXT,
                    no_page: "In der Meldung steht nicht, um welche Seite es geht.",
                    reach: "Du kannst der Person an diese E-Mail-Adresse antworten:",
                    anonymous: "Die Person hat keine E-Mail-Adresse angegeben.",
                },
                address,
                message,
                reply_to,
            ),
            why: format!("Du bekommst diese E-Mail, weil du die Meldungen von {community} ansiehst."),
        },
        Message::NewSignIn { name, label, sessions_link } => Letter {
            subject: format!("Jemand hat sich mit deinem Konto von {community} angemeldet"),
            heading: "Warst du das?".into(),
            name: greetable(name),
            parts: new_sign_in(
                NewSignInWords {
                    intro: format!(
                        "Gerade hat sich jemand mit deinem Konto von {community} angemeldet, auf einem Gerät, das wir noch nicht kannten: {}.",
                        text::line(label)
                    ),
                    yours: "Warst du das? Dann musst du nichts tun.",
                    not_yours: "Warst du das nicht? Melde das Gerät über den Link hier unten ab und ruf uns an.",
                    label: "Ansehen, wo ich angemeldet bin",
                    as_text: BUTTON_AS_TEXT,
                },
                sessions_link,
            ),
            why: format!("Du bekommst diese E-Mail, weil du Mitglied von {community} bist. So merkst du, wenn jemand anders dein Konto benutzt."),
        },
    }
}

fn lasts(minutes: i64) -> String {
    format!("Der Code und der Link funktionieren {minutes} Minuten lang, und nur einmal.")
}
