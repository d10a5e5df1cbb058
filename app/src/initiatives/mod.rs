//! Initiatives: what their post shows, taking part, and the page of their team. All of it is made by the server alone.

pub mod api;
mod block;
mod page;
mod present;
mod team_page;
pub mod view;

pub(crate) use block::html;
pub use page::TakePartPage;
pub use team_page::TeamPage;
