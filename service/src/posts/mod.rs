//! Posts: reading, writing, changing, and what came before.

mod bulk;
mod card;
mod change;
mod edit;
mod last_day;
mod proposals;
mod read;
pub mod timetable;
mod timing;
mod write;

pub use bulk::{BulkDone, BulkForm, NotDone, change_many, to_choose};
pub use card::{Card, card, draw_card};
pub use change::{extend, pin, remove, restore};
pub use edit::{Edit, EditOutcome, conflict, edit, restore_revision};
pub use last_day::{set_last_day, to_set_last_day};
pub use proposals::{
    ProposalView, accept, decline, own_proposals, proposal, proposals, proposals_waiting, propose, to_propose,
};
pub use read::{Listed, PostView, addresses, home, list, list_recent, post, revisions};
pub use write::{Written, create};

use read::stored;
pub(crate) use read::{load, readable};
