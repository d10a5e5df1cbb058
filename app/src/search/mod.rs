//! Searching: a quiet page, so only the server has this module.

pub mod api;
mod form;
mod page;
mod present;
mod refine;
pub mod view;

pub use page::SearchPage;
