//! Several posts at once, and the way between the desks of connectors. On quiet pages.

mod api;
mod nav;
mod page;

pub use nav::DeskNav;
pub use page::BulkPage;
