//! Notices, cases, decisions and appeals.

mod cases;
mod colleagues;
mod content;
mod decisions;
mod figures;
mod history;
mod notices;

pub use cases::{
    AskedOf, CaseRecord, CaseSummary, NewCase, OfAuthor, Opened, Tab, Waiting, queue_statements,
};
pub use colleagues::Colleague;
pub use decisions::{Fate, NewAnswer, NewAppeal, NewDecision, PostFate, SuspensionRecord};
pub use figures::Happened;
pub use history::{AppealRecord, DecisionRecord, History};
pub use notices::{NewNotice, NoticeRecord};
