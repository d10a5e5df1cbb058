//! Why a use case did not happen.

use domain::permit::Denied;
use domain::problem::{Fault, Field, Problems};

/// Everything a page must be able to explain. Nothing of the inside is in it but in `Store`,
/// which is logged and never shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the input has problems: {0:?}")]
    Invalid(Problems),
    #[error("denied: {0:?}")]
    Denied(Denied),
    #[error("not found")]
    NotFound,
    /// Somebody else saved the same part meanwhile.
    #[error("somebody else saved meanwhile")]
    Conflict,
    #[error("too often; wait {minutes} minutes")]
    TooOften { minutes: u32 },
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Something inside failed that is nobody's input.
    #[error("inside: {0}")]
    Inside(&'static str),
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Invalid(problems)
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl Error {
    pub fn field(field: Field, fault: Fault) -> Self {
        Self::Invalid(Problems::one(field, fault))
    }
}

/// Writes what went wrong inside to the log; nobody outside ever sees it.
pub fn log(error: &Error) {
    tracing::error!(%error, "a use case failed inside");
}
