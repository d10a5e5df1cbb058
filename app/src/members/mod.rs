//! Signing in, becoming a member, one's own account.

mod account_page;
pub mod api;
mod second_factor_page;
mod sign_in_page;
mod sign_up_page;
#[cfg(feature = "ssr")]
mod ways;

pub use account_page::AccountPage;
pub use second_factor_page::SecondFactorPage;
pub use sign_in_page::{CodePage, LinkPage, SignInPage};
pub use sign_up_page::SignUpPage;
