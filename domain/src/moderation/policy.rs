//! Who may look into a case, decide it, object to the decision, and decide about the objection.
//!
//! Connectors moderate within their scope (PRODUCT 2), and nobody else does: area managers and municipal admins see
//! the yearly figures, as everybody does. Nobody decides about what they wrote or gave notice of themselves, and an
//! objection is decided by somebody other than who decided first (article 20(6): by people, and not the same ones).
//! Only where no other connector can, the municipal admin decides about it, or else the operator (`second_look`).

use super::decision::DecisionKind;
use super::second_look::SecondLook;
use super::{APPEAL_WITHIN, CaseStatus};
use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::id::{CaseId, MemberId, PlatformId};
use crate::permit::action::{Appeal, DecideAppeal, DecideCase};
use crate::permit::{Denied, Permit};
use crate::roles::{Capability, Place, holds, holds_somewhere};

/// The parts of a case that decide about it.
#[derive(Clone, Debug)]
pub struct CaseFacts {
    pub id: CaseId,
    pub status: CaseStatus,
    /// Where the content stood when the case began.
    pub place: Place,
    pub author: Option<MemberId>,
    /// Members who gave notice.
    pub notifiers: Vec<MemberId>,
    /// The last decision: what, by whom, when.
    pub decided: Option<(DecisionKind, MemberId, Timestamp)>,
    /// Whose turn it is, where somebody objected.
    pub second_look: SecondLook,
}

impl CaseFacts {
    /// Whether it is about what somebody wrote, or gave notice of.
    pub fn concerns(&self, member: MemberId) -> bool {
        self.author == Some(member) || self.notifiers.contains(&member)
    }

    pub fn was_decided_by(&self, member: MemberId) -> bool {
        self.decided.is_some_and(|(_, by, _)| by == member)
    }
}

fn denied(actor: &Actor) -> Denied {
    if actor.signed_in.is_none() { Denied::SignInFirst } else { Denied::NotAllowed }
}

fn permit_if<A>(allowed: bool, actor: &Actor, case: &CaseFacts) -> Result<Permit<A>, Denied> {
    if allowed {
        Ok(Permit::granted(case.place.platform, actor.member_id(), Some(case.id.0)))
    } else {
        Err(denied(actor))
    }
}

/// Whether there is a queue for this person at all: for moderators, and for who may have to decide about an objection.
///
/// # Errors
/// Not signed in, suspended, of another platform, or neither of these.
pub fn may_see_queue(actor: &Actor, platform: PlatformId) -> Result<(), Denied> {
    let allowed = actor.platform == platform
        && (holds_somewhere(actor, Capability::Moderate) || takes_second_looks(actor));
    if allowed { Ok(()) } else { Err(denied(actor)) }
}

/// Whether somebody decides about objections where no other connector can.
pub fn takes_second_looks(actor: &Actor) -> bool {
    [SecondLook::Admins, SecondLook::Operators]
        .into_iter()
        .filter_map(SecondLook::capability)
        .any(|capability| holds_somewhere(actor, capability))
}

/// Whether a case at this place is in somebody's queue. Authors meet a case about themselves on a page of their own,
/// which does not tell who gave notice.
pub fn is_in_queue(actor: &Actor, place: &Place, author: Option<MemberId>) -> bool {
    let is_author = author.is_some() && author == actor.member_id();
    !is_author && holds(actor, Capability::Moderate, place)
}

/// Moderators of the place, and whose turn it is to decide about an objection.
///
/// # Errors
/// Anyone else, and the author.
pub fn may_see_case(actor: &Actor, case: &CaseFacts) -> Result<(), Denied> {
    let allowed = is_in_queue(actor, &case.place, case.author) || may_decide_appeal(actor, case).is_ok();
    if allowed { Ok(()) } else { Err(denied(actor)) }
}

fn is_involved(actor: &Actor, case: &CaseFacts) -> bool {
    actor.member_id().is_some_and(|member| case.concerns(member))
}

/// Moderators of the place, but never about what is their own, or what they gave notice of.
///
/// # Errors
/// Anyone else, and everyone when nothing is to be decided.
pub fn may_decide(actor: &Actor, case: &CaseFacts) -> Result<Permit<DecideCase>, Denied> {
    let waits = matches!(case.status, CaseStatus::Open | CaseStatus::Asked);
    let allowed = waits && is_in_queue(actor, &case.place, case.author) && !is_involved(actor, case);
    permit_if(allowed, actor, case)
}

/// Moderators of the place who did not decide before and are not involved; where there are none, the municipal admin,
/// or else the operator.
///
/// # Errors
/// Anyone else, and everyone when nobody objected.
pub fn may_decide_appeal(actor: &Actor, case: &CaseFacts) -> Result<Permit<DecideAppeal>, Denied> {
    let decided_it = actor.member_id().is_some_and(|member| case.was_decided_by(member));
    let turn = [Some(Capability::Moderate), case.second_look.capability()]
        .into_iter()
        .flatten()
        .any(|capability| holds(actor, capability, &case.place));
    let allowed = case.status == CaseStatus::Appealed
        && case.decided.is_some()
        && turn
        && !is_involved(actor, case)
        && !decided_it;
    permit_if(allowed, actor, case)
}

fn is_in_time(case: &CaseFacts, restricts: bool, now: Timestamp) -> bool {
    case.status == CaseStatus::Decided
        && case
            .decided
            .is_some_and(|(kind, _, at)| kind.restricts() == restricts && now < at.plus(APPEAL_WITHIN))
}

/// Authors look at what was decided about what they wrote, also when they are suspended.
///
/// # Errors
/// Anyone else.
pub fn may_see_as_author(actor: &Actor, case: &CaseFacts) -> Result<(), Denied> {
    let own =
        actor.platform == case.place.platform && case.author.is_some() && case.author == actor.member_id();
    if own { Ok(()) } else { Err(denied(actor)) }
}

/// Authors object to what was taken from them, within six months, also when they are suspended.
///
/// # Errors
/// Anyone else, too late, or nothing to object to.
pub fn may_appeal_as_author(
    actor: &Actor,
    case: &CaseFacts,
    now: Timestamp,
) -> Result<Permit<Appeal>, Denied> {
    let allowed = may_see_as_author(actor, case).is_ok() && is_in_time(case, true, now);
    permit_if(allowed, actor, case)
}

/// Who gave notice objects when nothing was done, within six months; the secret link of the notice is what shows that
/// it was them, so that it works without an account.
///
/// # Errors
/// Another platform, too late, or nothing to object to.
pub fn may_appeal_as_notifier(
    actor: &Actor,
    case: &CaseFacts,
    now: Timestamp,
) -> Result<Permit<Appeal>, Denied> {
    let allowed = actor.platform == case.place.platform && is_in_time(case, false, now);
    permit_if(allowed, actor, case)
}
