//! Calendars of others: which there are, when each is read again, and which activity is which event of them. Of two
//! readings at once one counts.

mod change;
mod read;
mod write;

pub use change::SourceChange;
pub use read::source_statements;
pub use write::{Imported, NewSource, Reading};
