//! Search: what a reader typed, made safe and bounded, and which part of what is found they want to see.
//!
//! Nothing here knows how a database searches. What leaves this module are folded words, made of letters and digits
//! only: no syntax of a search engine can come through.

pub mod dutch;
pub mod fold;
pub mod kind;
pub mod near;
pub mod query;
pub mod wish;

pub use dutch::{stem, stems};
pub use fold::{Word, fold, joined_words, words};
pub use kind::{FoundId, FoundKind};
pub use near::{distance, spelling, trigrams};
pub use query::Sought;
pub use wish::{IN_COMMENTS, Period, Place, SearchFilter, SearchWish};
