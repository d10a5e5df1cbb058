//! Fair moderation after the Digital Services Act: notices (article 16), decisions with a statement of reasons (17),
//! appeals to somebody else (20), measures against misuse (23) and yearly figures (24).

pub mod decision;
pub mod newcomers;
pub mod notice;
pub mod policy;
pub mod second_look;
pub mod sieve;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clock::Span;
use crate::id::{ActivityId, CaseId, CommentId, NoticeId, PostId};
use crate::limits;
use crate::posts::PostKind;
use crate::problem::Fault;
use crate::text;

/// How long somebody may object to a decision (Digital Services Act, article 20(1): at least six months).
pub const APPEAL_WITHIN: Span = Span::days(184);
/// How long the link of a notice works: as long as one may object, and a month to decide before that.
pub const FOLLOW_FOR: Span = Span::days(215);

/// Enums that are stored as a word.
macro_rules! stored_words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $key:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that is stored.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}
pub(crate) use stored_words;

stored_words! {
    /// What kind of notice it is.
    Category {
        Illegal = "illegal",
        HouseRules = "house_rules",
        Privacy = "privacy",
        WrongFacts = "wrong_facts",
        Spam = "spam",
        Other = "other",
    }
}

stored_words! {
    /// How far a case is.
    CaseStatus {
        /// Waits for a moderator.
        Open = "open",
        /// The author was asked to change it, and has a term to do so.
        Asked = "asked",
        /// Decided; somebody may still object.
        Decided = "decided",
        /// Somebody objected, and another moderator has to decide.
        Appealed = "appealed",
        /// Nothing more can happen.
        Closed = "closed",
    }
}

stored_words! {
    /// Why there is a case.
    CaseOrigin {
        /// Somebody gave notice.
        Notice = "notice",
        /// By somebody new, with a link in it.
        Held = "held",
        /// Several accounts posted the same text.
        SameText = "same_text",
        /// A moderator met it, and begins by themselves.
        Moderator = "moderator",
    }
}

stored_words! {
    /// Who objected.
    Party {
        Author = "author",
        Notifier = "notifier",
    }
}

/// The content that a case is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    Post(PostId),
    Comment(CommentId),
    Activity(ActivityId),
    /// A path on this site where no content of a member is known, or empty.
    Address(String),
}

impl Subject {
    /// What the address of a page shows.
    pub fn from_path(path: &str) -> Self {
        let comment = path.split_once("#reactie-").filter(|(page, _)| page.starts_with("/berichten/"));
        if let Some((_, id)) = comment
            && let Ok(id) = id.parse()
        {
            return Self::Comment(id);
        }
        let bare = path.split(['?', '#']).next().unwrap_or_default();
        let key = |under: &str| {
            let first = bare.strip_prefix(under)?.split('/').next()?;
            Some(first).filter(|id| id.len() == 36)
        };
        if let Some(id) = key("/berichten/").and_then(|id| id.parse().ok()) {
            return Self::Post(id);
        }
        if let Some(id) = key("/activiteiten/").and_then(|id| id.parse().ok()) {
            return Self::Activity(id);
        }
        Self::Address(path.to_owned())
    }

    /// The word that is stored.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Post(_) => "post",
            Self::Comment(_) => "comment",
            Self::Activity(_) => "activity",
            Self::Address(_) => "address",
        }
    }

    /// The key of the content, where it has one.
    pub const fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Post(id) => Some(id.0),
            Self::Comment(id) => Some(id.0),
            Self::Activity(id) => Some(id.0),
            Self::Address(_) => None,
        }
    }

    /// A text that is the same for the same content, so that its notices come together.
    pub fn key(&self) -> String {
        match self {
            Self::Post(id) => format!("post:{id}"),
            Self::Comment(id) => format!("comment:{id}"),
            Self::Activity(id) => format!("activity:{id}"),
            Self::Address(path) => format!("address:{path}"),
        }
    }
}

/// What sort of content a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentKind {
    Post(PostKind),
    Comment,
    Activity,
}

impl ContentKind {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Post(kind) => kind.key(),
            Self::Comment => "comment",
            Self::Activity => "activity",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        let others = [Self::Comment, Self::Activity];
        let other = others.into_iter().find(|one| one.key() == key);
        other.or_else(|| PostKind::from_key(key).map(Self::Post))
    }

    /// Whether it can be out of sight until it is changed. A comment is short, and an activity has a day: they stay as
    /// they are, or go.
    pub const fn can_be_hidden(self) -> bool {
        matches!(self, Self::Post(_))
    }
}

/// Where a comment stands, as a path.
pub fn comment_page(post: PostId, comment: CommentId) -> String {
    format!("/berichten/{post}#reactie-{comment}")
}

/// Content as it was at one moment, so that later changes do not change what was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Key of a [`ContentKind`]; the title of a comment is that of its post.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    /// Markdown; for an activity also when and where it is, and whatever else it says.
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub author_name: String,
    /// Where it stands, for what has no page of its own: the comment on the page of its post.
    #[serde(default)]
    pub page: String,
    /// Of the content, to see whether it was changed since.
    #[serde(default)]
    pub version: i64,
}

/// The number that people quote on the telephone: the end of the key, which is all chance.
fn reference(id: uuid::Uuid, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let text = id.simple().to_string().to_uppercase();
    let (four, eight) = (text.get(20..24).unwrap_or_default(), text.get(24..28).unwrap_or_default());
    write!(f, "{four}-{eight}")
}

/// The number of a notice or a case, as people quote it: "3F2A-91B0".
#[derive(Clone, Copy, Debug)]
pub struct Reference(uuid::Uuid);

impl From<NoticeId> for Reference {
    fn from(id: NoticeId) -> Self {
        Self(id.0)
    }
}

impl From<CaseId> for Reference {
    fn from(id: CaseId) -> Self {
        Self(id.0)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        reference(self.0, f)
    }
}

/// An explanation of some length, cleaned.
///
/// # Errors
/// The one thing that is wrong with it.
pub(crate) fn explained(typed: &str) -> Result<String, Fault> {
    let words = text::lines(typed);
    let is = text::length(&words);
    if is == 0 {
        Err(Fault::Required)
    } else if is < limits::MESSAGE_MIN {
        Err(Fault::TooShort { min: limits::MESSAGE_MIN })
    } else if is > limits::MESSAGE_MAX {
        Err(Fault::TooLong { max: limits::MESSAGE_MAX, is })
    } else if !text::is_visible(&words) {
        Err(Fault::NoText)
    } else {
        Ok(words)
    }
}

/// The numbered rules of a community's house rules, for a list to choose from: number and what it says in short.
pub fn house_rules(markdown: &str) -> Vec<(u8, String)> {
    markdown
        .lines()
        .filter_map(|line| {
            let (number, rest) = line.trim_start().split_once(". ")?;
            let rest = rest.trim();
            let short = match rest.strip_prefix("**").and_then(|rest| rest.split_once("**")) {
                Some((bold, _)) => bold,
                None => rest.split_once(". ").map_or(rest, |(first, _)| first),
            };
            let short: String = text::line(&short.replace(['*', '_', '`'], "")).chars().take(120).collect();
            Some((number.parse().ok()?, short))
        })
        .collect()
}

/// A figure for the public: groups under ten are never shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    UnderTen,
    Exactly(i64),
}

impl From<i64> for Figure {
    fn from(count: i64) -> Self {
        if count < 10 { Self::UnderTen } else { Self::Exactly(count) }
    }
}
