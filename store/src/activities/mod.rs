//! Activities: those that can happen within a window, one with everything, how they change, and who registers. When
//! they are, the store does not know: only between which moments.

mod marks;
mod own;
mod read;
mod registration;
mod rounds;
mod seats;
mod versions;
mod write;

pub use read::activity_statements;
pub use registration::{Seats, registration_statements};
pub use rounds::{Moved, Round};
pub use seats::{Asked, NewRegistration, Outcome};
pub use write::{ActivityChange, Bounds, NewActivity, TimeChange};
