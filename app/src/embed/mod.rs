//! Lists of posts on other sites: what stands in the frame there, and the page that makes the code for it. Only the
//! server has this module.

mod list;
mod page;

pub use list::{FEWEST, MOST, document, gone};
pub use page::EmbedPage;
