//! Comments and thanks: reading them, and every change to them.

mod fill;
mod read;
mod row;
mod thanks;
mod write;

pub use fill::PastComment;
pub use read::{ForYou, comment_statements};
pub(crate) use read::{listed_mine, mine};
pub use write::{Added, CommentEntry, NewComment};
