//! The one error that crosses the wire: variants without free text, so that nothing of the
//! inside can leak, and the page says it in the reader's language.

use domain::problem::Problems;
use leptos::server_fn::codec::PostcardEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    Invalid(Problems),
    SignInFirst,
    NotAllowed,
    NotFound,
    /// Somebody else saved meanwhile.
    Conflict,
    TooOften {
        minutes: u32,
    },
    /// The request was not understood.
    BadRequest,
    /// The server was not reached: no connection.
    Offline,
    /// Our fault.
    Trouble,
}

impl AppError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::SignInFirst => 401,
            Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::TooOften { .. } => 429,
            Self::BadRequest => 400,
            Self::Offline | Self::Trouble => 500,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                #[cfg(feature = "ssr")]
                crate::context::set_status(400);
                Self::BadRequest
            }
            ServerFnErrorErr::Request(_) => Self::Offline,
            _ => Self::Trouble,
        }
    }
}

#[cfg(feature = "ssr")]
impl From<service::Error> for AppError {
    fn from(error: service::Error) -> Self {
        use domain::permit::Denied;
        match error {
            service::Error::Invalid(problems) => Self::Invalid(problems),
            service::Error::Denied(Denied::SignInFirst) => Self::SignInFirst,
            service::Error::Denied(Denied::NotAllowed) => Self::NotAllowed,
            service::Error::NotFound => Self::NotFound,
            service::Error::Conflict => Self::Conflict,
            service::Error::TooOften { minutes } => Self::TooOften { minutes },
            service::Error::Store(_) | service::Error::Inside(_) => {
                service::error::log(&error);
                Self::Trouble
            }
        }
    }
}
