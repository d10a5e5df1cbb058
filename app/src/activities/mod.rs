//! Activities: the agenda, one activity, its form, and what home shows of it. All of it is made by the server alone.

mod agenda_page;
pub mod api;
mod block;
mod change_page;
mod clash_page;
mod fields;
mod filters;
mod first_page;
mod form_page;
mod history_page;
mod map;
mod place_fields;
mod poster_page;
mod present;
mod present_clash;
mod present_first;
mod present_form;
mod present_history;
pub mod registration;
mod show_page;
mod time_fields;
mod time_line;
pub mod view;
mod when_fields;

pub use agenda_page::AgendaPage;
pub(crate) use block::html as home_block;
pub use change_page::ChangePage;
pub use clash_page::ActivityConflictPage;
pub use first_page::FirstActivityPage;
pub use form_page::NewActivityPage;
pub use history_page::ActivityHistoryPage;
pub use poster_page::PosterPage;
pub(crate) use present::found_times;
pub use registration::{OwnAgendaPage, OwnRegistrationPage, PeoplePage, RegisterPage};
pub use show_page::ActivityPage;
