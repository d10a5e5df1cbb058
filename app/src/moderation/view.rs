//! What the pages about moderation show.

use domain::diff::Piece;
use domain::moderation::decision::{AnswerDraft, AppealDraft, DecisionDraft, DecisionKind, Ground, Outcome};
use domain::moderation::notice::NoticeDraft;
use domain::moderation::second_look::SecondLook;
use domain::moderation::sieve::Puzzle;
use domain::moderation::{CaseOrigin, CaseStatus, Category, ContentKind, Figure, Party};
use serde::{Deserialize, Serialize};

use crate::forms::Filled;
use crate::ui::Moment;

/// The form to give notice with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    pub filled: Filled<NoticeDraft>,
    /// What stands at the address, where that is a member's.
    pub about: Option<(Option<ContentKind>, String)>,
    /// The community's house rules.
    pub rules: Vec<(u8, String)>,
    pub since: String,
    pub puzzle: Option<Puzzle>,
}

/// A form to give notice with, as it is kept when it could not be accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportTyped {
    pub report: NoticeDraft,
    /// When it was made first, so that nobody is too fast twice.
    pub since: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    pub id: String,
    pub reference: String,
    /// That of a comment is that of its post; empty where it is nothing of a member.
    pub title: String,
    pub kind: Option<ContentKind>,
    pub address: String,
    pub author: String,
    pub origin: CaseOrigin,
    pub notices: i64,
    pub at: Moment,
    pub changed: bool,
    /// Until when somebody was asked to change it, spelled out; or empty.
    pub due: String,
    pub outcome: Option<DecisionKind>,
    /// Whose turn it is, where somebody objected.
    pub second_look: SecondLook,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// The word in the address.
    pub part: String,
    pub entries: Vec<EntryView>,
    /// Where the next page begins; empty when there is none.
    pub next: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    pub reference: String,
    pub at: Moment,
    pub category: Category,
    /// A house rule in words.
    pub rule: String,
    pub message: String,
    pub has_account: bool,
    pub has_mail: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    pub kind: DecisionKind,
    /// Empty where the reader is not told.
    pub by: String,
    pub at: Moment,
    pub ground: Option<Ground>,
    pub rule: String,
    /// Spelled out, or empty.
    pub until: String,
    pub overturned: bool,
    pub facts: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealView {
    pub party: Party,
    pub at: Moment,
    pub message: String,
    pub outcome: Option<Outcome>,
    /// Empty where the reader is not told.
    pub by: String,
    pub reasons: String,
}

/// Content as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentView {
    pub kind: Option<ContentKind>,
    pub title: String,
    pub body: String,
    pub author: String,
    /// Its page, or empty.
    pub address: String,
    /// It is not there any more.
    pub gone: bool,
    /// What changed since, title and text; `None` when nothing did.
    pub changes: Option<(Vec<Piece>, Vec<Piece>)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    pub entry: EntryView,
    pub status: CaseStatus,
    pub version: i64,
    pub content: ContentView,
    pub notices: Vec<NoticeView>,
    pub decisions: Vec<DecisionView>,
    pub appeals: Vec<AppealView>,
    pub history: Vec<(DecisionKind, usize)>,
    /// The number of this removal, and the days to think of.
    pub proposal: Option<u32>,
    pub may_decide: bool,
    pub may_answer: bool,
    /// There is an author to ask something of.
    pub has_author: bool,
    pub rules: Vec<(u8, String)>,
    pub decision: Filled<DecisionDraft>,
    pub answer: Filled<AnswerDraft>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCasesView {
    pub entries: Vec<EntryView>,
    /// Until when one may not write, spelled out; or empty.
    pub paused_until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCaseView {
    pub entry: EntryView,
    pub status: CaseStatus,
    pub body: String,
    pub decisions: Vec<DecisionView>,
    pub appeals: Vec<AppealView>,
    pub may_appeal: bool,
    pub appeal: Filled<AppealDraft>,
}

/// A notice, for who gave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowView {
    pub token: String,
    pub reference: String,
    pub at: Moment,
    pub title: String,
    pub kind: Option<ContentKind>,
    pub address: String,
    pub status: CaseStatus,
    pub decisions: Vec<DecisionView>,
    pub appeals: Vec<AppealView>,
    pub may_appeal: bool,
    pub appeal: Filled<AppealDraft>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearView {
    pub year: i32,
    pub notices: Figure,
    pub decisions: Vec<(DecisionKind, Figure)>,
    /// In hours.
    pub median_hours: Option<i64>,
    pub appeals: Figure,
    pub overturned: Figure,
}
