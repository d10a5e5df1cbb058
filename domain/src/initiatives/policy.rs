//! Who may do what with an initiative. The page hides and the server refuses with these functions.

use super::{Stage, Team, Update};
use crate::actor::Actor;
use crate::permit::action::{LeadInitiative, ManageInitiative, TakePart};
use crate::permit::{Denied, Permit};
use crate::posts::policy::{PostFacts, may_edit, may_read};
use crate::posts::{PostKind, PostStatus};

/// What decides about an initiative, and about one reader's part in it.
#[derive(Clone, Debug)]
pub struct InitiativeFacts {
    pub post: PostFacts,
    pub kind: PostKind,
    pub stage: Stage,
    /// How the reader belongs to the team; `None` while they do not take part.
    pub mine: Option<Team>,
}

impl InitiativeFacts {
    fn is_there(&self) -> bool {
        self.kind == PostKind::Initiative && self.post.status == PostStatus::Published
    }
}

fn permit_if<A>(allowed: bool, actor: &Actor, facts: &InitiativeFacts) -> Result<Permit<A>, Denied> {
    let post = &facts.post;
    if allowed && facts.is_there() && actor.platform == post.place.platform && actor.is_active() {
        Ok(Permit::granted(post.place.platform, actor.member_id(), Some(post.id.0)))
    } else if actor.signed_in.is_none() {
        Err(Denied::SignInFirst)
    } else {
        Err(Denied::NotAllowed)
    }
}

/// Every member, in a published initiative that goes on. Who began it takes part already.
///
/// # Errors
/// Not signed in, suspended, of another platform, no initiative, one's own, or one that has ended.
pub fn may_join(actor: &Actor, facts: &InitiativeFacts) -> Result<Permit<TakePart>, Denied> {
    let others = actor.member_id() != Some(facts.post.author);
    permit_if(facts.stage.is_open() && others, actor, facts)
}

/// Whoever takes part may leave, say whether they come into the team, and ask to: also when it has ended.
///
/// # Errors
/// They do not take part; not signed in, suspended, of another platform, or no published initiative.
pub fn may_answer(actor: &Actor, facts: &InitiativeFacts) -> Result<Permit<TakePart>, Denied> {
    permit_if(facts.mine.is_some(), actor, facts)
}

/// Who began it, and connectors of its place, say who is in the team.
///
/// # Errors
/// Anyone else, and everyone when it is no published initiative.
pub fn may_lead(actor: &Actor, facts: &InitiativeFacts) -> Result<Permit<LeadInitiative>, Denied> {
    permit_if(may_edit(actor, &facts.post).is_ok(), actor, facts)
}

/// They and the team write its goal, its needs and how it goes.
///
/// # Errors
/// Anyone else, and everyone when it is no published initiative.
pub fn may_manage(actor: &Actor, facts: &InitiativeFacts) -> Result<Permit<ManageInitiative>, Denied> {
    let team = facts.mine == Some(Team::In) || may_lead(actor, facts).is_ok();
    permit_if(team, actor, facts)
}

/// Who wrote how it goes may take that away as long as they are in the team, and so may who leads it.
///
/// # Errors
/// Anyone else, and everyone when it is no published initiative.
pub fn may_remove_update(
    actor: &Actor,
    facts: &InitiativeFacts,
    update: &Update,
) -> Result<Permit<ManageInitiative>, Denied> {
    let permit = may_manage(actor, facts)?;
    let own = actor.member_id() == Some(update.author);
    if own || may_lead(actor, facts).is_ok() { Ok(permit) } else { Err(Denied::NotAllowed) }
}

/// Members see who takes part; to everybody else they are a number.
pub fn may_see_people(actor: &Actor, facts: &InitiativeFacts) -> bool {
    actor.is_active() && facts.is_there() && may_read(actor, &facts.post)
}
