//! The only crate that names sqlx: `SQLite` and `PostgreSQL` behind handles bound to one platform.
//!
//! [`Store`] is the whole database; [`Store::on`] gives a [`Tenant`], which reads what belongs to one
//! platform; [`Tenant::write`] begins a [`Write`], a transaction in which every change asks for a
//! [`domain::permit::Permit`]. There is no unscoped path to content to write by mistake.
//!
//! Every SQL text is a named constant that both databases run (ADR 0002). Where they really
//! differ, the texts stand side by side in `dialect/`.

#![expect(
    clippy::missing_errors_doc,
    reason = "every function fails in the ways that `Error` lists; those with more to say do"
)]

pub mod activities;
pub mod challenges;
pub mod comments;
mod conn;
mod dialect;
pub mod drafts;
mod error;
pub mod flashes;
mod grants;
pub mod initiatives;
mod limits;
pub mod mail;
pub mod members;
pub mod moderation;
pub mod operator;
pub mod photos;
mod platforms;
pub mod posts;
pub mod proposals;
mod revisions;
pub mod search;
pub mod secrets;
pub mod sessions;
mod signing;
pub mod sources;
mod store;
mod sweep;
mod tenant;
mod upkeep;

pub use conn::{Kind, Options};
pub use error::{Error, Result};
pub use platforms::Versions;
pub use store::Store;
pub use sweep::Swept;
pub use tenant::{Saved, Tenant, Write};
