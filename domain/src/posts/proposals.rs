//! Changes that supporters propose, and connectors decide about (PRODUCT 2 and 3.3).

use serde::{Deserialize, Serialize};

use super::merge::{Part, different};
use super::policy::{PostFacts, may_edit};
use super::{PostStatus, PostText};
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::id::{MemberId, PlatformId, PostId, ProposalId};
use crate::permit::action::{DecideProposal, ProposeEdit};
use crate::permit::{Denied, Permit};
use crate::roles::{Capability, Place, holds, holds_somewhere};

/// What has become of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalStatus {
    Open,
    Accepted,
    Declined,
}

impl ProposalStatus {
    pub const ALL: [Self; 3] = [Self::Open, Self::Accepted, Self::Declined];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// The text that somebody had before them, and the one they propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    pub base: PostText,
    pub mine: PostText,
}

impl Proposed {
    /// The parts that would change.
    pub fn parts(&self) -> Vec<Part> {
        different(&Part::ALL, &self.base, &self.mine)
    }
}

/// A proposal as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub id: ProposalId,
    pub post: PostId,
    pub by: MemberId,
    pub by_name: String,
    pub status: ProposalStatus,
    /// The version of the post that the proposer had before them.
    pub base_version: i64,
    pub at: Timestamp,
    /// May be empty.
    pub why: String,
    pub decided_at: Option<Timestamp>,
    /// Why it was not accepted; else empty.
    pub reasons: String,
    pub proposed: Proposed,
}

fn denied(actor: &Actor) -> Denied {
    if actor.signed_in.is_none() { Denied::SignInFirst } else { Denied::NotAllowed }
}

/// Supporters within their scope, on what is published. Whoever may change it themselves proposes nothing.
///
/// # Errors
/// Anyone else.
pub fn may_propose(actor: &Actor, post: &PostFacts) -> Result<Permit<ProposeEdit>, Denied> {
    let allowed = post.status == PostStatus::Published
        && holds(actor, Capability::ProposeEdit, &post.place)
        && may_edit(actor, post).is_err();
    if allowed {
        Ok(Permit::granted(post.place.platform, actor.member_id(), Some(post.id.0)))
    } else {
        Err(denied(actor))
    }
}

/// Whether there is a queue of proposals for this person at all.
///
/// # Errors
/// Not signed in, suspended, of another platform, or no connector anywhere.
pub fn may_see_proposals(actor: &Actor, platform: PlatformId) -> Result<(), Denied> {
    let allowed = actor.platform == platform && holds_somewhere(actor, Capability::EditContent);
    if allowed { Ok(()) } else { Err(denied(actor)) }
}

/// Whether a proposal about something at this place is for this person to decide.
pub fn is_for(actor: &Actor, place: &Place) -> bool {
    holds(actor, Capability::EditContent, place)
}

/// Connectors of the post's place, about what somebody else proposed.
///
/// # Errors
/// Anyone else.
pub fn may_decide_proposal(
    actor: &Actor,
    post: &PostFacts,
    proposal: ProposalId,
    by: MemberId,
) -> Result<Permit<DecideProposal>, Denied> {
    let allowed =
        holds(actor, Capability::EditContent, &post.place) && actor.member_id().is_some_and(|me| me != by);
    if allowed {
        Ok(Permit::granted(post.place.platform, actor.member_id(), Some(proposal.0)))
    } else {
        Err(denied(actor))
    }
}
