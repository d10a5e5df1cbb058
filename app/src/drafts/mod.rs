//! Drafts: the list of one's own, what publishes itself, and templates to begin with. On quiet pages.

mod api;
mod list_page;
mod questions;
mod template_page;
mod view;

pub use list_page::DraftsPage;
pub use template_page::TemplatePage;
