//! What people see: pages, components and server functions, for both sides of the wire.

#![recursion_limit = "512"]

#[cfg(feature = "ssr")]
pub mod activities;
pub mod assets;
#[cfg(feature = "ssr")]
pub mod bulk;
pub mod comments;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod drafts;
#[cfg(feature = "ssr")]
pub mod embed;
pub mod error;
pub mod forms;
pub mod home;
pub mod info;
#[cfg(feature = "ssr")]
pub mod initiatives;
pub mod members;
#[cfg(feature = "ssr")]
pub mod moderation;
pub mod posts;
#[cfg(feature = "ssr")]
pub mod proposals;
#[cfg(feature = "ssr")]
mod quiet;
mod routes;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
mod shell;
pub mod site;
#[cfg(feature = "ssr")]
pub mod sources;
pub mod texts;
pub mod ui;
pub mod versions;
pub mod wire;

pub use assets::AssetNames;
#[cfg(feature = "ssr")]
pub use quiet::QuietApp;
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{quiet_shell, shell};
