//! Activities: those that can happen within a window, one with everything, and how they change. When they are, the
//! store does not know: only between which moments.

mod read;
mod write;

pub use read::activity_statements;
pub use write::{ActivityChange, Bounds, NewActivity, TimeChange};
