//! Pages about the community and the site itself.

mod outbox_page;
mod style_page;
mod text_page;

pub use outbox_page::OutboxPage;
pub use style_page::StyleGuidePage;
pub use text_page::{AboutPage, AccessibilityPage, HouseRulesPage, PrivacyPage};
