//! Posts: list, page, writing, editing in place, history.

pub mod api;
mod card;
#[cfg(feature = "ssr")]
mod conflict_page;
mod draft_keeper;
pub(crate) mod filter_fields;
#[cfg(feature = "ssr")]
mod history_page;
mod last_day;
mod list_page;
pub(crate) mod parts;
pub mod photos;
#[cfg(feature = "ssr")]
pub(crate) mod present;
#[cfg(feature = "ssr")]
pub(crate) mod share;
mod show_page;
pub mod view;
mod write_page;

pub use card::PostCard;
#[cfg(feature = "ssr")]
pub use conflict_page::ConflictPage;
pub(crate) use draft_keeper::{FORM, WHAT};
#[cfg(feature = "ssr")]
pub use history_page::HistoryPage;
pub use list_page::ListPage;
#[cfg(feature = "ssr")]
pub use photos::{AlbumPage, LargePhotoPage};
#[cfg(feature = "ssr")]
pub(crate) use present::card as card_view;
pub use show_page::ShowPage;
pub use write_page::WritePage;
#[cfg(feature = "ssr")]
pub(crate) use write_page::scene_name;
