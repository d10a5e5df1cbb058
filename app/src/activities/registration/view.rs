//! What the pages about registering show.

use domain::activities::registration::{RegistrationDraft, State};
use domain::moderation::sieve::Puzzle;
use serde::{Deserialize, Serialize};

use crate::forms::Filled;

/// What the page of an activity says about registering.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteringView {
    /// How full it is, and until when one can register; whole sentences.
    pub says: Vec<String>,
    /// The reader's own registration, in a sentence; empty for none.
    pub mine: String,
    /// Where to go on; empty where there is nothing to do.
    pub href: String,
    pub label: String,
    /// Who comes, for who may see it; empty for everybody else.
    pub manage: String,
}

/// A form that came back, with when it was made first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationTyped {
    pub draft: RegistrationDraft,
    pub since: String,
}

/// What one registers for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForView {
    pub id: String,
    /// The name of the time.
    pub at: String,
    pub title: String,
    pub when: String,
    pub place: String,
    pub questions: Vec<String>,
    /// As many guests as one may bring.
    pub guests: u32,
}

/// `/activiteiten/ID/inschrijven`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterView {
    pub what: ForView,
    pub part: RegisterPart,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegisterPart {
    Form(Box<FormView>),
    Own(Box<OwnView>),
    /// A mail is on its way; the seat is kept for so many minutes.
    Mail(i64),
    /// In a sentence, why one cannot register.
    No(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormView {
    pub says: Vec<String>,
    pub label: String,
    /// The member who registers; empty for who has no account.
    pub member: String,
    /// The reader cancelled a moment ago.
    pub cancelled: bool,
    pub form: Filled<RegistrationTyped>,
    pub puzzle: Option<Puzzle>,
}

/// One's own registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnView {
    pub what: ForView,
    /// The secret of a mail; empty for the member who is signed in.
    pub token: String,
    pub id: String,
    pub version: i64,
    pub name: String,
    pub people: u32,
    pub state: State,
    pub confirmed: bool,
    /// On the waiting list.
    pub number: u32,
    /// They are reminded.
    pub reminders: bool,
    /// There is nothing to change any more.
    pub past: bool,
    /// It was changed a moment ago.
    pub saved: bool,
    pub form: Filled<RegistrationDraft>,
}

/// `/activiteiten/ID/deelnemers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    pub what: ForView,
    pub seated: u32,
    pub capacity: Option<u32>,
    pub seats: Vec<PersonView>,
    pub waiting: Vec<PersonView>,
    pub cancelled: Vec<PersonView>,
    pub rounds: Vec<RoundView>,
    pub message: Filled<String>,
    /// What was done, in a sentence; may be empty.
    pub done: String,
    /// Where somebody is put on the list, or changed; `None` when it is over.
    pub entry: Option<Box<EntryView>>,
    /// How many there are whom no message reaches.
    pub unreachable: usize,
}

/// A form about somebody whom the organiser puts on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// Empty for somebody new.
    pub who: String,
    pub version: i64,
    /// Their name as it is; empty for somebody new.
    pub name: String,
    /// How full it is.
    pub says: String,
    /// It was asked for, or has come back.
    pub opened: bool,
    pub form: Filled<RegistrationDraft>,
}

/// The same as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntryTyped {
    pub who: String,
    pub draft: RegistrationDraft,
}

/// Somebody who registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    pub id: String,
    pub name: String,
    pub guests: u32,
    pub answers: Vec<String>,
    pub came: bool,
    pub confirmed: bool,
    /// Who organises it put them on the list.
    pub by_organiser: bool,
    pub has_address: bool,
}

/// `/account/agenda`: everything that the reader goes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAgendaView {
    pub going: Vec<GoingView>,
    /// Since which day their calendar has an address; empty for none.
    pub since: String,
    /// The address, once, after it was made.
    pub address: String,
    pub problems: domain::problem::Problems,
}

/// One thing that the reader goes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoingView {
    pub href: String,
    pub title: String,
    pub when: String,
    pub place: String,
    pub waiting: bool,
    pub cancelled: bool,
    pub people: u32,
}

/// Another time that people registered for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundView {
    pub href: String,
    pub text: String,
    pub count: u32,
}
