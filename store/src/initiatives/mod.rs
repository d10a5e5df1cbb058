//! Initiatives: what everybody may know of them, who takes part, and how both change.

mod change;
mod people;
mod read;

pub use change::{NewNeed, NewUpdate, Plan};
pub use people::Joined;
pub use read::initiative_statements;
