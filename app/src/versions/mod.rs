//! What two versions differ in, what came before, and what to do when two people saved at once: the same for posts and
//! activities.

pub mod clash;
mod diff;
pub mod history;
pub mod view;

pub use clash::{BothVersions, ClashForm};
pub use diff::{Diff, DiffKey};
pub use history::History;
