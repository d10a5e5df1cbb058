//! Who is asking.

use serde::{Deserialize, Serialize};

use crate::id::{AreaId, MemberId, OrganisationId, PlatformId, TopicId};
use crate::roles::Role;

/// Where a grant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The whole platform.
    Platform,
    /// An area with all below it.
    Area(AreaId),
    Topic(TopicId),
    Organisation(OrganisationId),
}

/// A role given to a member. Only grants that hold now are ever loaded into an [`Actor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grant {
    pub role: Role,
    pub scope: Scope,
}

/// Somebody who is signed in completely (second factor included, where one is needed).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub member: MemberId,
    /// Every member is a resident of their platform; grants come on top.
    pub grants: Vec<Grant>,
    /// A suspended member may read and object, and change nothing else.
    pub suspended: bool,
}

/// Who is asking, and on which platform they are known.
///
/// An actor belongs to exactly one platform: on every other one they are a visitor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub platform: PlatformId,
    pub signed_in: Option<SignedIn>,
}

impl Actor {
    pub const fn visitor(platform: PlatformId) -> Self {
        Self { platform, signed_in: None }
    }

    pub const fn member(platform: PlatformId, member: MemberId, grants: Vec<Grant>) -> Self {
        Self { platform, signed_in: Some(SignedIn { member, grants, suspended: false }) }
    }

    pub fn member_id(&self) -> Option<MemberId> {
        self.signed_in.as_ref().map(|who| who.member)
    }

    pub fn grants(&self) -> &[Grant] {
        self.signed_in.as_ref().map_or(&[], |who| who.grants.as_slice())
    }

    /// Whether they may act at all (signed in and not suspended).
    pub fn is_active(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|who| !who.suspended)
    }
}
