//! Posts: lists, single posts, and every change to them.

mod areas;
mod change;
mod expiry;
mod list;
mod row;
mod write;

pub use change::PostChange;
pub use expiry::LastDay;
pub(crate) use list::CARDS;
pub use list::list_statements;
pub use write::NewPost;

pub(crate) use areas::{closure, insert_areas};
pub(crate) use row::id_list_text;
pub(crate) use write::insert_row;
