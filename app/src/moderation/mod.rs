//! Reporting, moderating, objecting. All of it are quiet pages: only the server has this module.

pub mod api;
mod asked_note;
mod case_page;
mod decision_form;
mod follow_page;
mod how_page;
mod own_page;
mod present;
mod queue_page;
mod report_page;
mod statement;
pub mod view;

pub(crate) use asked_note::asked_note;
pub use case_page::CasePage;
pub use follow_page::FollowPage;
pub use how_page::HowWeModeratePage;
pub use own_page::{OwnCasePage, OwnCasesPage};
pub use queue_page::QueuePage;
pub use report_page::ReportPage;
