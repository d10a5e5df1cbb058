//! Members: accounts on one platform, and how they sign in.

pub mod draft;
pub mod email;
pub mod password;
pub mod policy;
pub mod sign_in;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::{AreaId, MemberId};
use crate::locale::Locale;

/// An account, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub area: Option<AreaId>,
    pub about: String,
    pub locale: Option<Locale>,
    pub suspended: bool,
    pub created_at: Timestamp,
    /// Counts up with every change.
    pub version: i64,
}
