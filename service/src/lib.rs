//! Use cases: ask the policy, open a transaction, store, record, queue what follows.
//!
//! Free functions by feature; each takes the [`context::Request`] that says where, who and in
//! which language, and gives values of `domain`. No page and no HTTP is known here, but
//! for the text of a cookie.

pub mod accounts;
pub mod activities;
pub mod chance;
pub mod clock;
pub mod comments;
pub mod communities;
pub mod context;
pub mod dates;
pub mod demo;
pub mod diff;
pub mod drafts;
pub mod error;
pub mod flash;
pub mod initiatives;
mod limits;
pub mod live;
pub mod mail;
pub mod markdown;
pub mod memory;
pub mod moderation;
pub mod passwords;
pub mod photos;
pub mod posts;
pub mod qr;
pub mod search;
pub mod second_factor;
pub mod secrets;
pub mod sessions;
pub mod sign_in;
pub mod sources;

pub use error::Error;
