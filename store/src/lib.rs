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

mod challenges;
mod conn;
mod dialect;
mod drafts;
mod error;
mod flashes;
mod grants;
mod limits;
mod mail;
mod members;
mod operator;
mod platforms;
mod posts;
mod reports;
mod revisions;
mod secrets;
mod sessions;
mod store;
mod sweep;
mod tenant;
mod upkeep;

pub use challenges::{Challenge, ChallengePurpose, NewChallenge};
pub use conn::{Kind, Options};
pub use drafts::DraftRecord;
pub use error::{Error, Result};
pub use flashes::Flash;
pub use mail::{MailRecord, MailState, NewMail, QueuedMail};
pub use members::{InsertMember, MemberChange, NewMember};
pub use operator::{NewGrant, NewPlatform, PostPast};
pub use platforms::Versions;
pub use posts::{NewPost, PostChange};
pub use reports::NewReport;
pub use secrets::Secrets;
pub use sessions::{CompleteSession, NewSession, SessionInfo, SessionRecord};
pub use store::Store;
pub use sweep::Swept;
pub use tenant::{Saved, Tenant, Write};
