//! Calendars of others that the agenda follows: what is in them comes from elsewhere, and is changed there (ADR 0024).

pub mod draft;
pub mod policy;

use serde::{Deserialize, Serialize};

use crate::clock::{Span, Timestamp};
use crate::id::{ActivityId, AreaId, MemberId, SourceId, TopicId};

/// A calendar of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub id: SourceId,
    /// Who set it up, and answers for it.
    pub owner: MemberId,
    pub owner_name: String,
    /// Whose calendar it is, as readers know them.
    pub name: String,
    /// Where it is read; empty for a file that was sent.
    pub address: String,
    pub topic: Option<TopicId>,
    /// Empty: the whole platform.
    pub areas: Vec<AreaId>,
    /// What its activities cost, in words; empty is free of charge.
    pub cost: String,
    pub rhythm: Rhythm,
    pub status: SourceStatus,
    /// Counts up with every reading and every change: of two at once only one counts.
    pub version: i64,
    /// Counts up with every change that somebody makes.
    pub edition: i64,
    pub state: State,
    pub created_at: Timestamp,
    pub removed_at: Option<Timestamp>,
}

impl Source {
    /// When it is read again after `now`; `None` for a file, and for one that rests.
    pub fn due_after(&self, now: Timestamp) -> Option<Timestamp> {
        self.rhythm.every().filter(|_| !self.address.is_empty()).map(|every| now.plus(every))
    }
}

/// How often a calendar is read by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    Often,
    #[default]
    Daily,
    Weekly,
    /// Not by itself; what came from it stays.
    Resting,
}

impl Rhythm {
    pub const ALL: [Self; 4] = [Self::Often, Self::Daily, Self::Weekly, Self::Resting];

    /// The word that is stored, and that of forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Often => "often",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Resting => "resting",
        }
    }

    /// Nothing chosen is daily.
    pub fn from_key(key: &str) -> Option<Self> {
        if key.is_empty() { Some(Self::Daily) } else { Self::ALL.into_iter().find(|one| one.key() == key) }
    }

    /// How long from one reading to the next.
    pub const fn every(self) -> Option<Span> {
        match self {
            Self::Often => Some(Span::hours(6)),
            Self::Daily => Some(Span::days(1)),
            Self::Weekly => Some(Span::days(7)),
            Self::Resting => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceStatus {
    Active,
    /// It can be brought back for a while.
    Removed,
}

impl SourceStatus {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Removed => "removed",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Active, Self::Removed].into_iter().find(|one| one.key() == key)
    }
}

/// How it went so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// When it was last read without trouble.
    pub read_at: Option<Timestamp>,
    /// When that was last tried.
    pub tried_at: Option<Timestamp>,
    /// What was the matter then.
    pub trouble: Option<Trouble>,
    /// How often in a row there was trouble.
    pub failures: u32,
    /// When it is tried again; `None` for a file.
    pub due_at: Option<Timestamp>,
    /// What its server said it was (RFC 9110, 8.8): both empty when it said nothing.
    pub mark: Mark,
    pub tally: Tally,
}

/// What a server says about what it sent, to be asked "is it still that?".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// `ETag`, as it came.
    pub tag: String,
    /// `Last-Modified`, as it came.
    pub modified: String,
}

/// What was found at the last reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// In the agenda.
    pub taken: u32,
    /// Over already.
    pub past: u32,
    /// Taken away here by hand.
    pub kept_out: u32,
    /// Left out: all of them are counted, the first ones named.
    pub skipped: u32,
    pub skips: Vec<Skip>,
}

/// Something that could not be taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// The line of the file on which it begins.
    pub line: u32,
    /// What it is called; may be empty.
    pub title: String,
    pub why: LeftOut,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    NoTitle,
    NoStart,
    /// A day or an hour that is none.
    NotAMoment,
    /// A time zone that nobody knows.
    Zone,
    EndsTooSoon,
    LastsTooLong,
    /// A rule that is none.
    Rule,
    /// More often than daily.
    TooOften,
    /// It never happens.
    Never,
    /// Too many exceptions or changed times.
    TooParticular,
    /// It says that it is not for everybody.
    Private,
    /// Another one has the same name for programs (`UID`).
    Twice,
    /// A changed time that goes for all later ones too.
    AndFuture,
    /// A task or a note.
    NotAnEvent,
    /// One line of it; the rest was taken over.
    Line,
}

impl LeftOut {
    pub const ALL: [Self; 15] = [
        Self::NoTitle,
        Self::NoStart,
        Self::NotAMoment,
        Self::Zone,
        Self::EndsTooSoon,
        Self::LastsTooLong,
        Self::Rule,
        Self::TooOften,
        Self::Never,
        Self::TooParticular,
        Self::Private,
        Self::Twice,
        Self::AndFuture,
        Self::NotAnEvent,
        Self::Line,
    ];
}

/// Why a calendar could not be read. Nothing of it is taken over then, and nothing that is there changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Not an address of the public web.
    NotPublic,
    NoSuchHost,
    /// No connection, or none that is safe.
    Unreachable,
    TooSlow,
    TooLarge,
    /// Led on too often, or without saying where.
    Redirects,
    /// 404 or 410.
    NotThere,
    /// 401 or 403.
    Locked,
    /// Another answer than a calendar.
    Answer(u16),
    /// Something else than a calendar: a web page, mostly.
    NotACalendar,
    /// It ends in the middle.
    CutOff,
    /// What begins and what ends do not fit.
    Broken {
        line: u32,
    },
    TooMany,
    /// Who set it up may not do so any more.
    NotAllowed,
    /// It failed on our side.
    Inside,
}

/// Where an activity comes from, when that is not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComesFrom {
    pub id: SourceId,
    pub name: String,
    /// Its own page elsewhere; may be empty.
    pub url: String,
}

/// What the store has of one thing in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its name for programs.
    pub uid: String,
    pub activity: ActivityId,
    /// The same as long as nothing of it has changed.
    pub fingerprint: String,
    /// It is in the agenda.
    pub published: bool,
    /// Somebody took it away here, and it stays away.
    pub by_hand: bool,
    pub last_at: Timestamp,
}
