//! Who may let the agenda follow a calendar of others. The page hides and the server refuses with these functions.

use super::{Source, SourceStatus};
use crate::actor::Actor;
use crate::area::AreaTree;
use crate::id::{MemberId, PlatformId, SourceId};
use crate::permit::action::{ManageSource, SetUpSource};
use crate::permit::{Denied, Permit};
use crate::roles::{Capability, Place, holds, holds_somewhere, holds_throughout};

/// The parts of a source that decide about it.
#[derive(Clone, Debug)]
pub struct SourceFacts {
    pub id: SourceId,
    pub owner: MemberId,
    pub status: SourceStatus,
    pub place: Place,
}

impl SourceFacts {
    pub fn of(source: &Source, platform: PlatformId, tree: &AreaTree) -> Self {
        Self {
            id: source.id,
            owner: source.owner,
            status: source.status,
            place: Place::new(platform, tree, &source.areas, source.topic),
        }
    }
}

fn permit_if<A>(
    allowed: bool,
    actor: &Actor,
    platform: PlatformId,
    subject: Option<SourceId>,
) -> Result<Permit<A>, Denied> {
    if allowed && actor.platform == platform && actor.is_active() {
        Ok(Permit::granted(platform, actor.member_id(), subject.map(|id| id.0)))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// Who can answer for what others write there: connectors and who links organisations, each in all of the places that
/// are named, and whoever speaks for an organisation. Those may go anywhere: so may every member with an activity of
/// their own.
fn vouches(actor: &Actor, place: &Place) -> bool {
    holds_throughout(actor, Capability::EditContent, place)
        || holds_throughout(actor, Capability::LinkOrganisation, place)
        || speaks_for_an_organisation(actor)
}

fn speaks_for_an_organisation(actor: &Actor) -> bool {
    holds_somewhere(actor, Capability::EditOrganisation)
}

/// Whether there is any place for which the actor may set one up.
///
/// # Errors
/// Nobody who could answer for it.
pub fn may_begin(actor: &Actor, platform: PlatformId) -> Result<(), Denied> {
    let somewhere = holds_somewhere(actor, Capability::EditContent)
        || holds_somewhere(actor, Capability::LinkOrganisation)
        || speaks_for_an_organisation(actor);
    permit_if::<SetUpSource>(somewhere, actor, platform, None).map(|_| ())
}

/// For these places.
///
/// # Errors
/// Anyone who cannot answer for all of them.
pub fn may_set_up(actor: &Actor, place: &Place) -> Result<Permit<SetUpSource>, Denied> {
    permit_if(vouches(actor, place), actor, place.platform, None)
}

/// Who set it up, and connectors of any of its places: see how it goes, and take it away.
///
/// # Errors
/// Anyone else, and everyone when it is removed.
pub fn may_manage(actor: &Actor, facts: &SourceFacts) -> Result<Permit<ManageSource>, Denied> {
    let open = facts.status == SourceStatus::Active;
    permit_if(open && is_theirs(actor, facts), actor, facts.place.platform, Some(facts.id))
}

/// Who could set it up where it is and where it is to be: what others will read there is theirs to answer for.
///
/// # Errors
/// Anyone else, and everyone when it is removed.
pub fn may_change(actor: &Actor, facts: &SourceFacts, there: &Place) -> Result<Permit<ManageSource>, Denied> {
    let open = facts.status == SourceStatus::Active;
    let theirs = vouches(actor, &facts.place) && vouches(actor, there) && is_theirs(actor, facts);
    permit_if(open && theirs, actor, facts.place.platform, Some(facts.id))
}

/// The same people bring it back.
///
/// # Errors
/// Anyone else, and everyone when it is not removed.
pub fn may_restore(actor: &Actor, facts: &SourceFacts) -> Result<Permit<ManageSource>, Denied> {
    let removed = facts.status == SourceStatus::Removed;
    permit_if(removed && is_theirs(actor, facts), actor, facts.place.platform, Some(facts.id))
}

/// Whether it may be read on behalf of who set it up, with the roles that they have now.
///
/// # Errors
/// They could not set it up any more, or it is removed.
pub fn may_follow(owner: &Actor, facts: &SourceFacts) -> Result<Permit<ManageSource>, Denied> {
    let open = facts.status == SourceStatus::Active && owner.member_id() == Some(facts.owner);
    permit_if(open && vouches(owner, &facts.place), owner, facts.place.platform, Some(facts.id))
}

fn is_theirs(actor: &Actor, facts: &SourceFacts) -> bool {
    actor.member_id() == Some(facts.owner) || holds(actor, Capability::EditContent, &facts.place)
}
