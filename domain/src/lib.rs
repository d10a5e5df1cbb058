//! What Noaber is about, without a database, a clock or a browser.
//!
//! Everything here is pure: types that are valid by construction, limits,
//! permissions and arithmetic. The same code runs in the browser (to hide what
//! is not allowed) and on the server (to refuse it).

pub mod activities;
pub mod actor;
pub mod area;
pub mod chance;
pub mod clock;
pub mod comments;
pub mod community;
pub mod diff;
pub mod geo;
pub mod id;
pub mod initiatives;
pub mod limits;
pub mod locale;
pub mod members;
pub mod merge;
pub mod moderation;
pub mod paging;
pub mod permit;
pub mod photos;
pub mod platform;
pub mod posts;
pub mod problem;
pub mod roles;
pub mod search;
pub mod sources;
pub mod text;
