//! Posts: lists, single posts, and every change to them.

mod areas;
mod change;
mod expiry;
mod list;
mod row;
mod write;

pub use change::PostChange;
pub use expiry::LastDay;
pub use list::list_statements;
pub use write::{NewPost, Publishing};

use areas::area_rows;
pub(crate) use areas::closure;
pub(crate) use list::summary_of;
pub(crate) use row::{SummaryRow, id_list_text, summary};
pub(crate) use write::insert_row;
