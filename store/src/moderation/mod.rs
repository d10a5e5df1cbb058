//! Notices, cases, decisions and appeals.

mod cases;
mod content;
mod decisions;
mod figures;
mod notices;

pub use cases::{CaseRecord, CaseSummary, NewCase, OfAuthor, Opened, Tab, Waiting, queue_statements};
pub use decisions::{
    AppealRecord, DecisionRecord, Fate, NewAnswer, NewAppeal, NewDecision, PostFate, SuspensionRecord,
};
pub use figures::Happened;
pub use notices::{NewNotice, NoticeRecord};
