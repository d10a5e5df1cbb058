//! Drafts: the list of one's own, what publishes itself, and templates to begin with. On quiet pages.

mod api;
mod last_day_page;
mod list_page;
mod questions;
mod template_page;
mod view;

pub use last_day_page::LastDayPage;
pub(crate) use last_day_page::{last_day_link, last_day_told};
pub use list_page::DraftsPage;
pub use template_page::TemplatePage;
