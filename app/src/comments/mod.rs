//! The conversation under a post, and thanks.

pub mod api;
mod comment;
mod for_you_page;
mod form;
mod live;
#[cfg(feature = "ssr")]
mod present;
mod section;
mod shared;
pub mod view;

pub use for_you_page::ForYouPage;
#[cfg(feature = "ssr")]
pub use present::live_changes;
pub use section::CommentsSection;
