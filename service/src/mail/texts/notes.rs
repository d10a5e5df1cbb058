//! The mails about notices and decisions, in three languages beside each other: they must say the same.

use domain::locale::Locale;
use domain::moderation::decision::DecisionKind;
use domain::text;

use super::super::note::Note;
use super::{Letter, Part, greetable};

mod decided;
mod seats;
mod writing;

/// Dutch, English, German.
type Words = [&'static str; 3];

fn say(locale: Locale, words: Words) -> &'static str {
    let [nl, en, de] = words;
    match locale {
        Locale::Nl => nl,
        Locale::En => en,
        Locale::De => de,
    }
}

const AS_TEXT: Words = [
    "Werkt de knop niet? Kopieer dan dit adres naar je browser:",
    "Does the button not work? Copy this address into your browser:",
    "Funktioniert der Knopf nicht? Kopiere diese Adresse und füge sie in deinen Browser ein:",
];
const WHY_NOTICE: Words = [
    "Je krijgt deze mail omdat bij een melding op {c} jouw e-mailadres is ingevuld.",
    "You get this mail because your e-mail address was filled in with a report on {c}.",
    "Du bekommst diese E-Mail, weil bei einer Meldung auf {c} deine E-Mail-Adresse angegeben wurde.",
];
const WHY_AUTHOR: Words = [
    "Je krijgt deze mail omdat je een bericht schreef op {c}.",
    "You get this mail because you wrote a post on {c}.",
    "Du bekommst diese E-Mail, weil du auf {c} einen Beitrag geschrieben hast.",
];
const WHY_OBJECTION: Words = [
    "Je krijgt deze mail omdat je bezwaar maakte op {c}.",
    "You get this mail because you objected to a decision on {c}.",
    "Du bekommst diese E-Mail, weil du auf {c} Widerspruch eingelegt hast.",
];
const FOLLOW: Words = ["Volg je melding", "Follow your report", "Deine Meldung verfolgen"];
const NUMBER: Words =
    ["Het nummer van je melding is", "The number of your report is", "Die Nummer deiner Meldung ist"];
const BY_PEOPLE: Words = [
    "Een mens heeft dit besloten, geen computer.",
    "A person decided this, not a computer.",
    "Das hat ein Mensch entschieden, kein Computer.",
];
const NOT_AGREED: Words = [
    "Ben je het er niet mee eens? Laat het binnen zes maanden weten via de knop. Iemand anders kijkt er dan opnieuw naar. Dat kost niets.",
    "Do you not agree? Let us know within six months with the button. Somebody else will then look at it again. It costs nothing.",
    "Bist du nicht einverstanden? Sag es uns innerhalb von sechs Monaten über den Knopf. Dann schaut es sich jemand anders noch einmal an. Das kostet nichts.",
];

/// Puts the letter together.
struct Writer<'a> {
    locale: Locale,
    community: &'a str,
}

impl Writer<'_> {
    fn say(&self, words: Words) -> String {
        say(self.locale, words).replace("{c}", self.community)
    }

    /// Words that were put together.
    fn own(&self, [nl, en, de]: [String; 3]) -> String {
        match self.locale {
            Locale::Nl => nl,
            Locale::En => en,
            Locale::De => de,
        }
    }

    fn text(&self, words: Words) -> Part {
        Part::Text(self.say(words))
    }

    /// What follows the words, on the same line.
    fn with(&self, words: Words, value: &str) -> Part {
        Part::Text(format!("{} {}", self.say(words), text::line(value)))
    }

    fn button(&self, label: Words, link: &str) -> Part {
        Part::Button { label: self.say(label), link: link.to_owned(), as_text: say(self.locale, AS_TEXT) }
    }

    fn letter(&self, subject: Words, heading: Words, name: &str, why: Words, parts: Vec<Part>) -> Letter {
        Letter {
            subject: self.say(subject),
            heading: self.say(heading),
            name: greetable(name),
            parts,
            why: self.say(why),
        }
    }
}

fn quote(words: &str) -> Part {
    Part::Quote(text::lines(words))
}

/// What was done, as who gave notice reads it.
const fn done(kind: DecisionKind) -> Words {
    match kind {
        DecisionKind::NoAction => [
            "We hebben gekeken en laten het staan.",
            "We looked at it, and it stays.",
            "Wir haben es uns angesehen, und es bleibt stehen.",
        ],
        DecisionKind::Ask => [
            "We hebben de schrijver gevraagd om het aan te passen.",
            "We asked the writer to change it.",
            "Wir haben darum gebeten, es zu ändern.",
        ],
        DecisionKind::Hide => [
            "Het is niet meer te zien, tot het is aangepast.",
            "It cannot be seen any more until it is changed.",
            "Es ist nicht mehr zu sehen, bis es geändert ist.",
        ],
        DecisionKind::Remove | DecisionKind::Suspend => {
            ["We hebben het weggehaald.", "We have removed it.", "Wir haben es entfernt."]
        }
    }
}

pub(super) fn letter(note: &Note<'_>, locale: Locale, community: &str) -> Letter {
    let w = Writer { locale, community };
    match *note {
        Note::Received { address, reference, link } => received(&w, address, reference, link),
        Note::Answered { reference, done: kind, facts, link } => w.letter(
            ["We hebben je melding bekeken", "We have looked at your report", "Wir haben deine Meldung angesehen"],
            ["Dit doen we met je melding", "What we do with your report", "Das machen wir mit deiner Meldung"],
            "",
            WHY_NOTICE,
            vec![w.with(NUMBER, reference), w.text(done(kind)), quote(facts), w.text(BY_PEOPLE),
                w.text(NOT_AGREED), w.button(FOLLOW, link)],
        ),
        Note::Seat(ref seat) => seats::letter(&w, seat),
        Note::Reasons { .. } => decided::reasons(&w, note),
        Note::Asked { .. } => decided::asked(&w, note),
        Note::LetGo { .. } => decided::fine(&w, note),
        Note::Held { comment: true, .. }
        | Note::Published { .. }
        | Note::NotPublished { .. }
        | Note::Proposed { .. }
        | Note::ProposalsWait { .. }
        | Note::Invited { .. } => writing::letter(&w, note),
        Note::Held { name, title, link, .. } => w.letter(
            ["We kijken even mee met je bericht", "We take a quick look at your post", "Wir sehen uns deinen Beitrag kurz an"],
            ["Bijna klaar", "Almost there", "Fast fertig"],
            name,
            WHY_AUTHOR,
            vec![
                w.with(["Dank je wel voor je bericht:", "Thank you for your post:", "Danke für deinen Beitrag:"], title),
                w.text([
                    "Er staat een link in, en je bent hier nieuw. Daarom kijkt een buurtverbinder er eerst even naar. Meestal dezelfde dag. Dat doen we om de buurt reclame te besparen.",
                    "It has a link in it, and you are new here. So a connector takes a look first, mostly the same day. We do that to spare the neighbourhood advertisements.",
                    "Er enthält einen Link, und du bist neu hier. Darum schaut zuerst jemand aus dem Team darauf, meistens am selben Tag. So ersparen wir der Nachbarschaft Werbung.",
                ]),
                w.button(["Bekijk mijn bericht", "See my post", "Meinen Beitrag ansehen"], link),
            ],
        ),
        Note::Objected { reference, link } => w.letter(
            ["We hebben je bezwaar ontvangen", "We have received your objection", "Wir haben deinen Widerspruch erhalten"],
            ["Dank je wel, we kijken opnieuw", "Thank you, we will look again", "Danke, wir sehen es uns noch einmal an"],
            "",
            WHY_OBJECTION,
            vec![
                w.with(["Het nummer is", "The number is", "Die Nummer ist"], reference),
                w.text([
                    "Iemand anders dan de eerste keer kijkt ernaar. Je hoort van ons wat er wordt besloten, en waarom.",
                    "Somebody other than the first time looks at it. You will hear from us what is decided, and why.",
                    "Diesmal schaut es sich jemand anders an. Du hörst von uns, was entschieden wird und warum.",
                ]),
                w.button(["Bekijk je bezwaar", "See your objection", "Deinen Widerspruch ansehen"], link),
            ],
        ),
        Note::Objection { reference, overturned, reasons, link } => w.letter(
            ["Er is besloten over je bezwaar", "Your objection is decided", "Über deinen Widerspruch ist entschieden"],
            if overturned {
                ["Je krijgt gelijk", "You were right", "Du hast recht bekommen"]
            } else {
                ["Het besluit blijft zo", "The decision stays", "Die Entscheidung bleibt"]
            },
            "",
            WHY_OBJECTION,
            vec![
                w.with(["Het nummer is", "The number is", "Die Nummer ist"], reference),
                w.text([
                    "Iemand anders heeft opnieuw gekeken. Dit is de uitleg:",
                    "Somebody else looked at it again. This is why:",
                    "Jemand anders hat es sich noch einmal angesehen. Das ist die Erklärung:",
                ]),
                quote(reasons),
                w.text(BY_PEOPLE),
                w.button(["Bekijk het besluit", "See the decision", "Die Entscheidung ansehen"], link),
            ],
        ),
    }
}

/// Does not repeat what was reported: anybody can name anybody's address, and would have us send them their words.
fn received(w: &Writer<'_>, address: &str, reference: &str, link: &str) -> Letter {
    let mut parts = vec![
        w.text([
            "We hebben je melding op {c} ontvangen.",
            "We have received your report on {c}.",
            "Wir haben deine Meldung auf {c} erhalten.",
        ]),
        w.with(NUMBER, reference),
    ];
    if !address.is_empty() {
        let before = say(
            w.locale,
            [
                "Je melding gaat over deze pagina:",
                "Your report is about this page:",
                "Deine Meldung betrifft diese Seite:",
            ],
        );
        parts.push(Part::Link { before, link: address.to_owned() });
    }
    parts.push(w.text([
        "Een mens leest je melding en kijkt wat er nodig is. Je hoort van ons wat we doen, en waarom. Wil je nog iets vertellen of vragen? Bel of mail ons.",
        "A person reads your report and looks at what is needed. You will hear from us what we do, and why. Do you want to add or ask something? Call or e-mail us.",
        "Ein Mensch liest deine Meldung und schaut, was nötig ist. Du hörst von uns, was wir tun und warum. Möchtest du noch etwas sagen oder fragen? Ruf uns an oder schreib uns.",
    ]));
    parts.push(w.button(FOLLOW, link));
    w.letter(
        [
            "We hebben je melding ontvangen",
            "We have received your report",
            "Wir haben deine Meldung erhalten",
        ],
        ["Dank je wel voor je melding", "Thank you for your report", "Danke für deine Meldung"],
        "",
        WHY_NOTICE,
        parts,
    )
}
