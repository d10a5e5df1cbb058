//! Registering for an activity: what its page says about it, the form, one's own registration, and who comes.

pub mod api;
mod block;
mod entry_form;
mod fields;
mod mine_page;
mod own_page;
mod people_page;
mod present;
mod register_page;
mod sheet;
pub mod view;

pub(super) use block::Registering;
pub(super) use fields::{RulesFields, rules_ids};
pub use mine_page::OwnAgendaPage;
pub use own_page::OwnRegistrationPage;
pub use people_page::PeoplePage;
pub(super) use present::block;
pub use register_page::RegisterPage;
pub use sheet::sheet;
