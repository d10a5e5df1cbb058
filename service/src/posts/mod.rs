//! Posts: reading, writing, changing, and what came before.

mod card;
mod change;
mod edit;
mod read;
pub mod timetable;
mod timing;
mod write;

pub use card::{Card, card, draw_card};
pub use change::{extend, pin, remove, restore};
pub use edit::{Edit, EditOutcome, conflict, edit, restore_revision};
pub use read::{Listed, PostView, addresses, home, is_held, list, list_recent, post, revisions};
pub use write::{Written, create};

use read::stored;
pub(crate) use read::{load, readable};
