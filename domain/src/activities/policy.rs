//! Who may do what with an activity. The page hides and the server refuses with these functions.

use super::registration::Registration;
use super::{Activity, ActivityStatus};
use crate::actor::Actor;
use crate::area::AreaTree;
use crate::id::{ActivityId, MemberId, PlatformId, RegistrationId, SourceId};
use crate::permit::action::{
    ChangeRegistration, CreateActivity, EditActivity, ManageRegistrations, Register, RemoveActivity,
};
use crate::permit::{Denied, Permit};
use crate::roles::{Capability, Place, holds};

/// The parts of an activity that decide about it.
#[derive(Clone, Debug)]
pub struct ActivityFacts {
    pub id: ActivityId,
    pub organiser: MemberId,
    pub status: ActivityStatus,
    pub removed_by: Option<MemberId>,
    /// A moderator decided that it is not to be there.
    pub moderated: bool,
    /// From which calendar of others it comes.
    pub source: Option<SourceId>,
    pub place: Place,
}

impl ActivityFacts {
    pub fn of(activity: &Activity, platform: PlatformId, tree: &AreaTree) -> Self {
        Self {
            id: activity.id,
            organiser: activity.organiser,
            status: activity.status,
            removed_by: activity.removed_by,
            moderated: activity.moderated,
            source: activity.source.as_ref().map(|source| source.id),
            place: Place::new(platform, tree, &activity.text.areas, activity.text.topic),
        }
    }
}

fn permit_if<A>(
    allowed: bool,
    actor: &Actor,
    platform: PlatformId,
    subject: Option<ActivityId>,
) -> Result<Permit<A>, Denied> {
    if allowed && actor.platform == platform && actor.is_active() {
        Ok(Permit::granted(platform, actor.member_id(), subject.map(|id| id.0)))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

fn is_organiser(actor: &Actor, facts: &ActivityFacts) -> bool {
    actor.member_id() == Some(facts.organiser)
}

/// What is published is for everyone; what was removed only for who may put it back.
pub fn may_read(actor: &Actor, facts: &ActivityFacts) -> bool {
    actor.platform == facts.place.platform
        && (facts.status == ActivityStatus::Published || may_restore(actor, facts).is_ok())
}

/// Every member.
///
/// # Errors
/// Not signed in, suspended, or of another platform.
pub fn may_create(actor: &Actor, platform: PlatformId) -> Result<Permit<CreateActivity>, Denied> {
    permit_if(true, actor, platform, None)
}

/// Who organises it, and connectors of any of its areas. Where it goes is asked too: connectors put it nowhere that is
/// not theirs. What comes from a calendar of others is changed there.
///
/// # Errors
/// Anyone else, and everyone when it is removed or comes from elsewhere.
pub fn may_edit(actor: &Actor, facts: &ActivityFacts) -> Result<Permit<EditActivity>, Denied> {
    let open = facts.status == ActivityStatus::Published && facts.source.is_none();
    let theirs = is_organiser(actor, facts) || holds(actor, Capability::EditContent, &facts.place);
    permit_if(open && theirs, actor, facts.place.platform, Some(facts.id))
}

/// Whether who may edit the activity may also put it there instead: who organises it anywhere; connectors add only
/// areas of their own, and take away what they want.
pub fn may_move(actor: &Actor, facts: &ActivityFacts, there: &Place) -> bool {
    if *there == facts.place || is_organiser(actor, facts) {
        return true;
    }
    if there.areas.is_empty() {
        return facts.place.areas.is_empty() || holds(actor, Capability::EditContent, there);
    }
    there.areas.iter().filter(|line| !facts.place.areas.contains(line)).all(|line| {
        let added = Place { areas: vec![line.clone()], ..there.clone() };
        holds(actor, Capability::EditContent, &added)
    })
}

/// Who organises it, and connectors of its place.
///
/// # Errors
/// Anyone else, and everyone when it is gone already.
pub fn may_remove(actor: &Actor, facts: &ActivityFacts) -> Result<Permit<RemoveActivity>, Denied> {
    let open = facts.status == ActivityStatus::Published;
    let theirs = is_organiser(actor, facts) || holds(actor, Capability::RemoveContent, &facts.place);
    permit_if(open && theirs, actor, facts.place.platform, Some(facts.id))
}

/// Who removed it may put it back, and so may connectors of its place. An organiser cannot undo what a connector did, or
/// decided about what they had removed themselves. What is gone from the calendar that it came from comes back from
/// there alone.
///
/// # Errors
/// Anyone else, and everyone when it is not removed.
pub fn may_restore(actor: &Actor, facts: &ActivityFacts) -> Result<Permit<RemoveActivity>, Denied> {
    let own = is_organiser(actor, facts) && facts.removed_by == actor.member_id() && !facts.moderated;
    let theirs = own || holds(actor, Capability::RemoveContent, &facts.place);
    let by_hand = facts.source.is_none() || facts.removed_by.is_some();
    let open = facts.status == ActivityStatus::Removed && by_hand;
    permit_if(open && theirs, actor, facts.place.platform, Some(facts.id))
}

/// Everybody, with an account or a mail address, when it is published.
///
/// # Errors
/// Suspended, of another platform, or it is removed.
pub fn may_register(actor: &Actor, facts: &ActivityFacts) -> Result<Permit<Register>, Denied> {
    let visitor = actor.signed_in.is_none();
    let here = actor.platform == facts.place.platform && facts.status == ActivityStatus::Published;
    if here && (visitor || actor.is_active()) {
        Ok(Permit::granted(facts.place.platform, actor.member_id(), Some(facts.id.0)))
    } else {
        Err(Denied::NotAllowed)
    }
}

/// Who organises it, and connectors of its place: they see names and answers, and nobody else does. Also of what was
/// removed, so that people can be told.
///
/// # Errors
/// Anyone else.
pub fn may_manage_registrations(
    actor: &Actor,
    facts: &ActivityFacts,
) -> Result<Permit<ManageRegistrations>, Denied> {
    let theirs = is_organiser(actor, facts) || holds(actor, Capability::EditContent, &facts.place);
    permit_if(theirs, actor, facts.place.platform, Some(facts.id))
}

/// A member's own registration.
///
/// # Errors
/// Somebody else's, suspended, or of another platform.
pub fn may_change_registration(
    actor: &Actor,
    platform: PlatformId,
    registration: &Registration,
) -> Result<Permit<ChangeRegistration>, Denied> {
    let own = registration.member.is_some() && registration.member == actor.member_id();
    if own && actor.platform == platform && actor.is_active() {
        Ok(Permit::granted(platform, actor.member_id(), Some(registration.id.0)))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// Who organises it, and connectors of its place, take somebody off the list who called or wrote.
///
/// # Errors
/// Anyone else, and a registration for something else.
pub fn may_cancel_for(
    actor: &Actor,
    facts: &ActivityFacts,
    registration: &Registration,
) -> Result<Permit<ChangeRegistration>, Denied> {
    may_manage_registrations(actor, facts)?;
    let here = registration.activity == facts.id;
    if here {
        Ok(Permit::granted(facts.place.platform, actor.member_id(), Some(registration.id.0)))
    } else {
        Err(Denied::NotAllowed)
    }
}

/// They change what they wrote down themselves about somebody; what people answered is their own.
///
/// # Errors
/// Anyone else, who registered themselves, and a registration for something else.
pub fn may_change_for(
    actor: &Actor,
    facts: &ActivityFacts,
    registration: &Registration,
) -> Result<Permit<ChangeRegistration>, Denied> {
    let permit = may_cancel_for(actor, facts, registration)?;
    if registration.by_organiser { Ok(permit) } else { Err(Denied::NotAllowed) }
}

/// Who has the link out of a mail about it: the link was looked up, and it led to this registration.
pub const fn may_change_by_link(
    platform: PlatformId,
    registration: RegistrationId,
) -> Permit<ChangeRegistration> {
    Permit::granted(platform, None, Some(registration.0))
}
