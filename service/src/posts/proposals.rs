//! Changes that supporters propose, and what connectors make of them.

use domain::actor::Actor;
use domain::clock::Timestamp;
use domain::id::{PostId, ProposalId};
use domain::limits;
use domain::permit::Denied;
use domain::platform::Platform;
use domain::posts::merge::{Merge, Part, merge};
use domain::posts::policy::{PostFacts, may_edit};
use domain::posts::proposals::{
    Proposal, ProposalStatus, Proposed, is_for, may_decide_proposal, may_propose, may_see_proposals,
};
use domain::posts::{Post, draft};
use domain::problem::{Fault, Field};
use domain::roles::Place;
use store::Tenant;
use store::proposals::{NewProposal, ProposalEnd};

use super::edit::{Edit, base_of, save_in};
use super::read::load;
use crate::Error;
use crate::context::Request;
use crate::limits::{limit, limit_member, within};
use crate::mail::{Message, Note};
use crate::moderation::{Letters, Newcomer, To};

/// How many a connector sees at a time, of as many as are looked at.
const LOOKED_AT: i64 = 100;

/// A proposal with the post it is about.
#[derive(Clone, Debug)]
pub struct ProposalView {
    pub proposal: Proposal,
    pub post: Post,
    /// The parts that somebody else changed to something else meanwhile.
    pub clashes: Vec<Part>,
}

/// Proposes a change. `None` when it changes nothing. The platform's people get one mail a day that something waits.
///
/// # Errors
/// The policy, what is wrong with the input, too often, not found, or the database.
pub async fn propose(request: &Request, id: PostId, edit: &Edit) -> Result<Option<ProposalId>, Error> {
    let (post, facts) = load(request, id).await?;
    let permit = may_propose(&request.actor, &facts)?;
    limit_member(request, &limits::PROPOSALS_PER_MEMBER).await?;
    let why = draft::reason(&edit.reason).map_err(|fault| Error::field(Field::Reason, fault))?;
    let base = base_of(request, &post, edit.version).await?;
    let mine = edit.applied(request, &base)?;
    let proposed = Proposed { base, mine };
    if proposed.parts().is_empty() {
        return Ok(None);
    }
    let id = ProposalId::new(request.now, request.services.random.as_ref());
    let new = NewProposal {
        id,
        post: post.id,
        base_version: edit.version,
        proposed: &proposed,
        why: &why,
        at: request.now,
    };
    let tell_us = within(limit(request, &limits::PROPOSAL_MAILS, &request.platform.slug).await)?;
    let mut write = request.tenant.write().await?;
    write.insert_proposal(&permit, &new).await?;
    if tell_us {
        let note = Note::ProposalsWait { link: "/beheer/voorstellen" };
        Letters::new(request, &mut write).send(&To::platform(request), &Message::Note(note)).await?;
    }
    write.audit(request.actor.member_id(), "post.propose", Some(post.id.0), request.now).await?;
    write.commit().await?;
    Ok(Some(id))
}

/// A post for the form in which a change is proposed.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn to_propose(request: &Request, id: PostId) -> Result<Post, Error> {
    let (post, facts) = load(request, id).await?;
    may_propose(&request.actor, &facts)?;
    Ok(post)
}

/// Proposals about posts of the reader's places that wait, the oldest first; and where the list goes on.
///
/// # Errors
/// No connector, or the database.
pub async fn proposals(
    request: &Request,
    after: Option<(Timestamp, ProposalId)>,
) -> Result<(Vec<Proposal>, Option<(Timestamp, ProposalId)>), Error> {
    may_see_proposals(&request.actor, request.platform.id)?;
    let found = request.tenant.open_proposals(after, LOOKED_AT).await?;
    let all = i64::try_from(found.len()).unwrap_or(LOOKED_AT) < LOOKED_AT;
    let next = found.last().filter(|_| !all).map(|last| (last.at, last.id));
    let tree = &request.platform.areas;
    let mine = found.into_iter().filter(|proposal| {
        // Where it stood when it was proposed; deciding asks where it stands.
        let text = &proposal.proposed.base;
        is_for(&request.actor, &Place::new(request.platform.id, tree, &text.areas, text.topic))
    });
    Ok((mine.collect(), next))
}

/// How many proposals wait for this person; 0 for who decides about none, without a query.
///
/// # Errors
/// The database.
pub async fn proposals_waiting(actor: &Actor, tenant: &Tenant, platform: &Platform) -> Result<u32, Error> {
    if may_see_proposals(actor, platform.id).is_err() {
        return Ok(0);
    }
    let waiting = tenant.waiting_proposals(LOOKED_AT).await?;
    let mine = waiting
        .iter()
        .filter(|(areas, topic)| is_for(actor, &Place::new(platform.id, &platform.areas, areas, *topic)));
    Ok(u32::try_from(mine.count()).unwrap_or(u32::MAX))
}

/// What the reader proposed, newest first, with what became of it.
///
/// # Errors
/// Not signed in, or the database.
pub async fn own_proposals(request: &Request) -> Result<Vec<Proposal>, Error> {
    let member = request.actor.member_id().ok_or(Denied::SignInFirst)?;
    Ok(request.tenant.proposals_of(member).await?)
}

/// One proposal, for who may decide about it.
///
/// # Errors
/// The policy, not there or decided already, or the database.
pub async fn proposal(request: &Request, id: ProposalId) -> Result<ProposalView, Error> {
    may_see_proposals(&request.actor, request.platform.id)?;
    let (proposal, post, _) = found(request, id).await?;
    let Proposed { base, mine } = &proposal.proposed;
    let clashes = match merge(base, &post.text, mine, &proposal.proposed.parts()) {
        Merge::Clean(_) => Vec::new(),
        Merge::Conflict(parts) => parts,
    };
    Ok(ProposalView { proposal, post, clashes })
}

async fn found(request: &Request, id: ProposalId) -> Result<(Proposal, Post, PostFacts), Error> {
    let proposal = request.tenant.proposal(id).await?.ok_or(Error::NotFound)?;
    let (post, facts) = load(request, proposal.post).await?;
    may_decide_proposal(&request.actor, &facts, id, proposal.by)?;
    if proposal.status == ProposalStatus::Open { Ok((proposal, post, facts)) } else { Err(Error::NotFound) }
}

/// Puts what is proposed into the post, as a version of the connector's with the proposer's name. What others changed
/// meanwhile stays.
///
/// # Errors
/// The policy (for the post, and for where it would move), the same part was changed meanwhile, somebody else decided,
/// or the database.
pub async fn accept(request: &Request, id: ProposalId) -> Result<PostId, Error> {
    limit_member(request, &limits::EDITS_PER_MEMBER).await?;
    let newcomer = Newcomer::of(request).await?;
    let (proposal, post, facts) = found(request, id).await?;
    let permit = may_decide_proposal(&request.actor, &facts, id, proposal.by)?;
    may_edit(&request.actor, &facts)?;
    let Proposed { base, mine } = &proposal.proposed;
    let Merge::Clean(text) = merge(base, &post.text, mine, &proposal.proposed.parts()) else {
        return Err(Error::Conflict);
    };
    let receiver = receiver(request, &proposal).await?;
    let mut write = request.tenant.write().await?;
    let version = if text == post.text {
        // Somebody else made the same change meanwhile.
        None
    } else {
        let saved = save_in(request, &mut write, (newcomer, &post), &text, &proposal.why).await?;
        Some(saved.ok_or(Error::Conflict)?)
    };
    let end = ProposalEnd { status: ProposalStatus::Accepted, reasons: "", version, at: request.now };
    if !write.decide_proposal(&permit, id, &end).await? {
        return Err(Error::Conflict);
    }
    tell(request, &mut write, receiver, &post, "").await?;
    write.audit(request.actor.member_id(), "proposal.accept", Some(post.id.0), request.now).await?;
    write.commit().await?;
    Ok(post.id)
}

/// Leaves the post as it is, and says why.
///
/// # Errors
/// The policy, no reasons or too long ones, somebody else decided, or the database.
pub async fn decline(request: &Request, id: ProposalId, reasons: &str) -> Result<(), Error> {
    limit_member(request, &limits::EDITS_PER_MEMBER).await?;
    let (proposal, post, facts) = found(request, id).await?;
    let permit = may_decide_proposal(&request.actor, &facts, id, proposal.by)?;
    let reasons = draft::reason(reasons).map_err(|fault| Error::field(Field::Reason, fault))?;
    if !domain::text::is_visible(&reasons) {
        return Err(Error::field(Field::Reason, Fault::Required));
    }
    let receiver = receiver(request, &proposal).await?;
    let mut write = request.tenant.write().await?;
    let end =
        ProposalEnd { status: ProposalStatus::Declined, reasons: &reasons, version: None, at: request.now };
    if !write.decide_proposal(&permit, id, &end).await? {
        return Err(Error::Conflict);
    }
    tell(request, &mut write, receiver, &post, &reasons).await?;
    write.audit(request.actor.member_id(), "proposal.decline", Some(post.id.0), request.now).await?;
    write.commit().await?;
    Ok(())
}

/// The mail to who proposed it; made ready before the transaction begins.
async fn receiver(request: &Request, proposal: &Proposal) -> Result<Option<(String, To)>, Error> {
    let member = request.tenant.member(proposal.by).await?;
    Ok(member.map(|member| (member.name.clone(), To::member(request, &member))))
}

async fn tell(
    request: &Request,
    write: &mut store::Write,
    receiver: Option<(String, To)>,
    post: &Post,
    reasons: &str,
) -> Result<(), Error> {
    let Some((name, to)) = receiver else { return Ok(()) };
    let (link, title) = (format!("/berichten/{}", post.id), post.text.title.as_str());
    let note = Note::Proposed { name: &name, title, accepted: reasons.is_empty(), reasons, link: &link };
    Letters::new(request, write).send(&to, &Message::Note(note)).await
}
