//! Forms that came back: what was typed, and what is wrong with it.

use domain::problem::Problems;
use serde::{Deserialize, Serialize};

/// A form with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled<T> {
    pub typed: T,
    pub problems: Problems,
}

#[cfg(feature = "ssr")]
impl<T> From<service::flash::Kept<T>> for Filled<T> {
    fn from(kept: service::flash::Kept<T>) -> Self {
        Self { typed: kept.typed, problems: kept.problems }
    }
}
