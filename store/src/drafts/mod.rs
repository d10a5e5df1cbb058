//! What members are writing.

mod read;
mod write;

pub use read::{DraftRecord, draft_statements};
pub use write::{Before, Kept, TypedDraft};
