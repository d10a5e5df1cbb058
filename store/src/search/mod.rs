//! Search: posts and activities are filed under the stems of their words in the transaction that writes them, and found by them.
//!
//! The words are made here, and the databases only file them (`dialect::search`), so that both find the same. What a
//! search finds is what everybody may read: that is decided in its query, by its own status.

mod activities;
mod cards;
mod comments;
mod expression;
mod file;
mod find;
mod understand;
mod words;

pub use cards::{ActivityCard, Card};
pub use comments::{CommentsWish, FoundComment};
pub use expression::{Asked, Term};
pub use find::{Found, MOST_FOUND, Narrowed};
pub use understand::{CommentsOutcome, Meant, Named, Outcome};
pub use words::{Kin, Known};

pub(crate) use activities::file_activity;
pub(crate) use comments::{FiledComment, file_comments, forget_comment};
pub(crate) use file::{Filed, file_again, file_new_post, file_post};

/// Every search with its name and what it is to be asked with, for the test that reads their query plans.
#[doc(hidden)]
pub const fn search_statements(kind: crate::Kind) -> [(&'static str, &'static str); 6] {
    use crate::dialect::search;
    [
        ("found", search::found(kind)),
        ("found comments", search::found_comments(kind)),
        ("found with comments", search::found_with_comments(kind)),
        ("kin", search::kin(kind)),
        ("alike", search::alike(kind)),
        ("cards", cards::CARDS),
    ]
}
