//! The server functions about members, by what they are for.

mod account;
mod second_factor;
mod sign_in;

pub use account::*;
pub use second_factor::*;
pub use sign_in::*;
