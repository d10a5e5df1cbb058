//! Signing in, becoming a member, one's own account: quiet pages, which only the server has.

#[cfg(feature = "ssr")]
mod account_page;
pub mod api;
#[cfg(feature = "ssr")]
mod second_factor_page;
#[cfg(feature = "ssr")]
mod sign_in_page;
#[cfg(feature = "ssr")]
mod sign_up_page;
#[cfg(feature = "ssr")]
mod ways;

#[cfg(feature = "ssr")]
pub use {
    account_page::AccountPage,
    second_factor_page::SecondFactorPage,
    sign_in_page::{CodePage, LinkPage, SignInPage},
    sign_up_page::SignUpPage,
};
