//! Comments and thanks: reading them, and every change to them.

mod read;
mod row;
mod thanks;
mod write;

pub use read::{ForYou, comment_statements};
pub use write::{Added, NewComment};
