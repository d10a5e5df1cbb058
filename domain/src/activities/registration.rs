//! Registering for an activity: its rules, who registered, and who gets the next seat.

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::{ActivityId, MemberId, RegistrationId};
use crate::limits;
use crate::locale::Locale;
use crate::members::email::EmailAddress;
use crate::problem::{Fault, Field, Problems};
use crate::text;

/// How people register for an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How many people there is room for, guests among them; `None` for everybody.
    pub capacity: Option<u32>,
    /// How many guests each may bring.
    pub guests: u32,
    /// So many hours before it begins registration closes.
    pub closes_hours: u32,
    /// What the organiser asks.
    pub questions: Vec<String>,
    /// One registers once, for all times together.
    pub whole_series: bool,
}

impl Rules {
    /// Under which name people register for a time: its own, or the empty one for the whole series.
    pub fn round<'a>(&self, occurrence: &'a str) -> &'a str {
        if self.whole_series { "" } else { occurrence }
    }
}

/// What stands with a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Has a seat, which is kept for a limited time as long as the address is not confirmed.
    Seat,
    /// On the waiting list, in the order in which people came.
    Waiting,
    Cancelled,
}

impl State {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Waiting => "waiting",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Seat, Self::Waiting, Self::Cancelled].into_iter().find(|one| one.key() == key)
    }
}

/// Somebody who registered, with those they bring along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub id: RegistrationId,
    pub activity: ActivityId,
    /// The name of the time; empty for the whole series.
    pub occurrence: String,
    /// `None` for who has no account.
    pub member: Option<MemberId>,
    pub name: String,
    pub email: String,
    pub locale: Option<Locale>,
    pub guests: u32,
    pub answers: Vec<String>,
    pub state: State,
    /// In which order people came.
    pub place: i64,
    /// Until then the address can be confirmed; `None` when it is.
    pub hold_until: Option<Timestamp>,
    /// The organiser saw them.
    pub came: bool,
    /// Who organises it put them on the list: they phoned, or stood at the door.
    pub by_organiser: bool,
    /// They want to be reminded.
    pub reminders: bool,
    /// Counts up with every invitation for their calendar (RFC 5545, 3.8.7.4).
    pub sequence: i64,
    pub version: i64,
    pub created_at: Timestamp,
}

impl Registration {
    /// How many people it is about.
    pub const fn people(&self) -> u32 {
        self.guests + 1
    }

    pub const fn is_confirmed(&self) -> bool {
        self.hold_until.is_none()
    }

    /// Whether they can be written to: of who was put on the list by hand there may be no address.
    pub const fn has_address(&self) -> bool {
        !self.email.is_empty()
    }
}

/// Who of those that wait, in order, gets a seat now. The first who does not fit keeps everybody behind waiting, also
/// who would fit: who came first is helped first. Only a group larger than everything there is room for is passed
/// over, because it would keep the others waiting for ever.
pub fn promoted<K: Copy>(capacity: Option<u32>, taken: u32, waiting: &[(K, u32)]) -> Vec<K> {
    let Some(capacity) = capacity else { return waiting.iter().map(|(key, _)| *key).collect() };
    let mut free = capacity.saturating_sub(taken);
    let mut found = Vec::new();
    for (key, people) in waiting.iter().filter(|(_, people)| *people <= capacity) {
        if *people > free {
            break;
        }
        free -= people;
        found.push(*key);
    }
    found
}

/// The rules as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RulesDraft {
    pub on: bool,
    /// Empty for room for everybody.
    pub capacity: String,
    pub guests: String,
    pub closes: String,
    pub questions: Vec<String>,
    pub whole: bool,
}

impl RulesDraft {
    /// The fields for these rules.
    pub fn of(rules: Option<&Rules>) -> Self {
        let Some(rules) = rules else { return Self::default() };
        let number = |n: u32| if n == 0 { String::new() } else { n.to_string() };
        Self {
            on: true,
            capacity: rules.capacity.map(|n| n.to_string()).unwrap_or_default(),
            guests: number(rules.guests),
            closes: number(rules.closes_hours),
            questions: rules.questions.clone(),
            whole: rules.whole_series,
        }
    }

    /// The rules, or `None` when people just come. Faults of the number of seats, guests and hours are with
    /// [`Field::Wanted`], [`Field::Found`] and [`Field::Term`].
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check(&self) -> Result<Option<Rules>, Problems> {
        if !self.on {
            return Ok(None);
        }
        let mut problems = Problems::default();
        let mut number = |typed: &str, max, field| {
            count(typed, max).unwrap_or_else(|fault| {
                problems.push(field, fault);
                None
            })
        };
        let capacity = number(&self.capacity, limits::SEATS_MAX, Field::Wanted);
        let guests = number(&self.guests, limits::GUESTS_MAX, Field::Found).unwrap_or_default();
        let closes_hours = number(&self.closes, limits::CLOSES_MAX, Field::Term).unwrap_or_default();
        if capacity == Some(0) {
            problems.push(Field::Wanted, Fault::Required);
        }
        let mut questions = Vec::new();
        for typed in &self.questions {
            let question = text::line(typed);
            let is = text::length(&question);
            if is > limits::QUESTION_MAX {
                let number = u8::try_from(questions.len()).unwrap_or_default();
                problems.push(Field::Answer { number }, Fault::TooLong { max: limits::QUESTION_MAX, is });
            }
            if is > 0 {
                questions.push(question);
            }
        }
        if questions.len() > limits::QUESTIONS_MAX as usize {
            problems.push(Field::Answer { number: 0 }, Fault::TooMany { max: limits::QUESTIONS_MAX });
        }
        let whole_series = self.whole;
        problems.or(|| Some(Rules { capacity, guests, closes_hours, questions, whole_series }))
    }
}

/// A number that may be left out.
fn count(typed: &str, max: u32) -> Result<Option<u32>, Fault> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let digits = typed.bytes().all(|b| b.is_ascii_digit());
    match typed.parse::<u32>() {
        Ok(number) if number <= max => Ok(Some(number)),
        _ if digits => Err(Fault::TooMany { max }),
        _ => Err(Fault::Required),
    }
}

/// A registration as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegistrationDraft {
    /// Of who has no account; members have theirs.
    pub name: String,
    pub email: String,
    pub guests: String,
    pub answers: Vec<String>,
}

/// With nothing wrong in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidRegistration {
    /// Empty for a member.
    pub name: String,
    /// `None` for a member, and for who has none.
    pub email: Option<EmailAddress>,
    pub guests: u32,
    /// As many as there are questions.
    pub answers: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Member,
    Visitor,
    Organiser,
}

impl RegistrationDraft {
    /// Checks it against the rules; `by_member` needs neither name nor address.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, rules: &Rules, by_member: bool) -> Result<ValidRegistration, Problems> {
        self.check_as(rules, if by_member { By::Member } else { By::Visitor })
    }

    /// The same by who organises it: somebody who phones or stands at the door has a name, and perhaps an address.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check_by_organiser(&self, rules: &Rules) -> Result<ValidRegistration, Problems> {
        self.check_as(rules, By::Organiser)
    }

    fn check_as(&self, rules: &Rules, by: By) -> Result<ValidRegistration, Problems> {
        let mut problems = Problems::default();
        let (mut name, mut email) = (String::new(), None);
        if by != By::Member {
            name = crate::members::draft::name(&self.name).unwrap_or_else(|fault| {
                problems.push(Field::Name, fault);
                String::new()
            });
        }
        if by == By::Visitor || by == By::Organiser && !self.email.trim().is_empty() {
            match EmailAddress::parse(&self.email) {
                Ok(address) => email = Some(address),
                Err(fault) => problems.push(Field::Email, fault),
            }
        }
        let guests = count(&self.guests, rules.guests).unwrap_or_else(|fault| {
            problems.push(Field::Found, fault);
            None
        });
        let guests = guests.unwrap_or_default();
        if let Some(max) = rules.capacity.filter(|max| guests + 1 > *max) {
            problems.push(Field::Found, Fault::TooMany { max: max.saturating_sub(1) });
        }
        let mut answers = Vec::new();
        for number in 0..rules.questions.len() {
            let answer = text::lines(self.answers.get(number).map_or("", String::as_str));
            let is = text::length(&answer);
            if is > limits::QUESTION_ANSWER_MAX {
                let number = u8::try_from(number).unwrap_or_default();
                let max = limits::QUESTION_ANSWER_MAX;
                problems.push(Field::Answer { number }, Fault::TooLong { max, is });
            }
            answers.push(answer);
        }
        problems.or(|| ValidRegistration { name, email, guests, answers })
    }
}

/// A cell of a table for a spreadsheet program: quoted (RFC 4180), and never read as a formula, whoever typed it.
pub fn cell(value: &str) -> String {
    let formula = value.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", value.replace('"', "\"\""))
}
