//! What can be wrong with input, as values: the page puts the words beside the field, in
//! the reader's language.

use serde::{Deserialize, Serialize};

/// The field of a form a problem belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Body,
    Kind,
    Topic,
    Areas,
    Scene,
    SceneAlt,
    Reason,
    OnBehalfOf,
    Consent,
    Name,
    Email,
    Area,
    HouseRules,
    Age,
    Code,
    Password,
    NewPassword,
    Message,
    Address,
    /// What kind of notice it is.
    Category,
    /// The law or the house rule that a decision stands on.
    Ground,
    /// How many days.
    Term,
    Photos,
    /// Of an initiative: what it is for, how far it is, and what its team says in the end.
    Goal,
    Stage,
    Closing,
    /// What is needed, how much of it, and how much is there.
    Label,
    Wanted,
    Found,
    /// When it publishes itself.
    PublishAt,
    /// Until when it is to be read.
    ExpiresAt,
    /// To one of the questions of a template.
    Answer {
        number: u8,
    },
    /// Of an activity: when it is, how it comes back, where, and for whom.
    Start,
    Repeat,
    Place,
    Online,
    Cost,
    Audience,
    /// The form as a whole.
    Form,
}

/// What is wrong. Lengths are counted in characters as people see them (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Required,
    TooShort {
        min: u32,
    },
    TooLong {
        max: u32,
        is: u32,
    },
    TooMany {
        max: u32,
    },
    NotAnEmail,
    /// A choice that is not on the list.
    UnknownChoice,
    MustAgree,
    /// Only official senders and connectors may use this kind.
    NotYours,
    WrongCode,
    CodeExpired,
    WrongPassword,
    /// The password is among the ones everyone tries first, or is the name or the address.
    EasyPassword,
    /// Too many attempts: wait this many minutes.
    TooOften {
        minutes: u32,
    },
    /// The same text was posted a moment ago.
    Twice,
    /// Invisible or control characters only.
    NoText,
    /// A web address or a telephone number where there is no place for one.
    NoLinks,
    /// Sent sooner than anybody can type.
    TooFast,
    /// Open for so long, or so strange, that it is asked for once more.
    SendAgain,
    /// An address that is not one of this site's pages.
    NotAPage,
    /// Too many wrong codes for this address: the link in the mail goes on working.
    UseTheLink,
    /// Not an address on the web.
    NotAnAddress,
    /// Somebody else changed it meanwhile.
    ChangedMeanwhile,
    /// It is not there (any more).
    Gone,
    /// One's own that nobody else can read yet: it cannot be answered.
    StillWaits,
    /// This address is on the list.
    Listed,
    /// Neither JPEG, PNG, WebP nor GIF.
    NotAPhoto,
    /// Too many bytes or pixels, or of a kind that takes too much memory.
    PhotoTooLarge,
    /// Cut off or broken.
    PhotoDamaged,
    /// Neither a day nor an hour.
    NotAMoment,
    /// The clocks go forward then: that hour is not there.
    NoSuchHour,
    /// It is over already.
    InThePast,
    TooFarAhead,
    /// It would be over before it begins.
    EndsTooSoon,
    /// No room for one more.
    Full {
        max: u32,
    },
    /// Something failed on our side.
    Trouble,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub field: Field,
    pub fault: Fault,
}

/// One or more problems, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn one(field: Field, fault: Fault) -> Self {
        Self(vec![Problem { field, fault }])
    }

    pub fn push(&mut self, field: Field, fault: Fault) {
        self.0.push(Problem { field, fault });
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, field: Field) -> Option<Fault> {
        self.0.iter().find(|problem| problem.field == field).map(|problem| problem.fault)
    }

    /// `Ok(value)` when nothing was wrong.
    ///
    /// # Errors
    /// These problems, when there are any.
    pub fn or<T>(self, value: impl FnOnce() -> T) -> Result<T, Self> {
        if self.is_empty() { Ok(value()) } else { Err(self) }
    }
}
