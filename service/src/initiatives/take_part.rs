//! "Ik doe mee": taking part, leaving, and coming into the team.

use domain::id::{MemberId, NeedId, PostId};
use domain::initiatives::{Team, policy};
use domain::limits::{INITIATIVE_CHANGES, TAKING_PART_PER_MEMBER, TEAM_MAILS};
use domain::members::Member;
use domain::problem::{Fault, Field};
use store::initiatives::Joined;

use super::found;
use crate::Error;
use crate::context::Request;
use crate::limits::{limit, limit_member, within};
use crate::mail::{Message, Note};
use crate::moderation::{Letters, To};
use crate::secrets;

/// What somebody does about the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TeamAct {
    /// Say yes to an invitation.
    Accept,
    /// Say no to it.
    Decline,
    /// Ask to be in the team.
    Ask,
    /// Not ask any more.
    Withdraw,
    /// Go out of the team, and still take part.
    StepBack,
    /// By who leads: ask somebody who takes part.
    Invite,
    /// By who leads: not ask them any more.
    Uninvite,
    /// By who leads: say yes to somebody who asked.
    Admit,
    /// By who leads: say no to them.
    Refuse,
    /// By who leads: somebody is not in the team any more.
    PutOut,
}

impl TeamAct {
    pub const ALL: [Self; 10] = [
        Self::Accept,
        Self::Decline,
        Self::Ask,
        Self::Withdraw,
        Self::StepBack,
        Self::Invite,
        Self::Uninvite,
        Self::Admit,
        Self::Refuse,
        Self::PutOut,
    ];

    /// The word of the form.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Ask => "ask",
            Self::Withdraw => "withdraw",
            Self::StepBack => "step_back",
            Self::Invite => "invite",
            Self::Uninvite => "uninvite",
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::PutOut => "put_out",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.key() == key)
    }

    /// From where to where it leads.
    const fn way(self) -> (Team, Team) {
        match self {
            Self::Accept => (Team::Invited, Team::In),
            Self::Decline | Self::Uninvite => (Team::Invited, Team::No),
            Self::Ask => (Team::No, Team::Asked),
            Self::Withdraw | Self::Refuse => (Team::Asked, Team::No),
            Self::StepBack | Self::PutOut => (Team::In, Team::No),
            Self::Invite => (Team::No, Team::Invited),
            Self::Admit => (Team::Asked, Team::In),
        }
    }

    /// Whether who leads does it to somebody else.
    pub const fn is_by_leader(self) -> bool {
        matches!(self, Self::Invite | Self::Uninvite | Self::Admit | Self::Refuse | Self::PutOut)
    }
}

/// The reader takes part, and takes care of `need` when there is one. Twice is once.
///
/// # Errors
/// The policy, not found, there is enough of it, too often, or the database.
pub async fn join(request: &Request, id: PostId, need: Option<NeedId>) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_join(&request.actor, &facts)?;
    limit_member(request, &TAKING_PART_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    match write.join_initiative(&permit, id, need, request.now).await? {
        Joined::Done => Ok(write.commit().await?),
        Joined::Already => Ok(()),
        Joined::Full => Err(Error::field(Field::Form, Fault::ChangedMeanwhile)),
        Joined::Gone => Err(Error::field(Field::Form, Fault::Gone)),
    }
}

/// The reader does not take care of `need` any more, or leaves altogether.
///
/// # Errors
/// They do not take part, not found, too often, or the database.
pub async fn leave(request: &Request, id: PostId, need: Option<NeedId>) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_answer(&request.actor, &facts)?;
    limit_member(request, &TAKING_PART_PER_MEMBER).await?;
    let mut write = request.tenant.write().await?;
    if write.leave_initiative(&permit, id, need).await? {
        write.commit().await?;
    }
    Ok(())
}

/// The reader answers an invitation, asks to be in the team, or goes out of it.
///
/// # Errors
/// They do not take part, or it is not so any more; not found, too often, or the database.
pub async fn answer(request: &Request, id: PostId, act: TeamAct) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_answer(&request.actor, &facts)?;
    if act.is_by_leader() {
        return Err(domain::permit::Denied::NotAllowed.into());
    }
    limit_member(request, &TAKING_PART_PER_MEMBER).await?;
    let (from, to) = act.way();
    let mut write = request.tenant.write().await?;
    if !write.answer_team(&permit, id, from, to).await? {
        return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
    }
    write.audit(request.actor.member_id(), "initiative.team", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Who gets a mail that they are asked into the team; nobody is asked by mail again and again.
async fn invited(request: &Request, id: PostId, member: MemberId) -> Result<Option<Member>, Error> {
    let key = secrets::limit_key(&["team", &id.to_string(), &member.to_string()]);
    if within(limit(request, &TEAM_MAILS, &key).await)? {
        return Ok(request.tenant.member(member).await?);
    }
    Ok(None)
}

/// Who leads says who is in the team; whoever is asked hears of it by mail.
///
/// # Errors
/// The policy, or it is not so any more; not found, too often, or the database.
pub async fn place(request: &Request, id: PostId, member: MemberId, act: TeamAct) -> Result<(), Error> {
    let (post, .., facts) = found(request, id).await?;
    let permit = policy::may_lead(&request.actor, &facts)?;
    if !act.is_by_leader() {
        return Err(domain::permit::Denied::NotAllowed.into());
    }
    limit_member(request, &INITIATIVE_CHANGES).await?;
    let (from, to) = act.way();
    let invited = if act == TeamAct::Invite { invited(request, id, member).await? } else { None };
    let mut write = request.tenant.write().await?;
    if !write.place_in_team(&permit, id, member, from, to).await? {
        return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
    }
    if let Some(member) = invited {
        let by = request.session.as_ref().map_or("", |session| session.member.name.as_str());
        let link = format!("/berichten/{id}/meedoen");
        let note = Note::Invited { name: &member.name, title: &post.text.title, by, link: &link };
        Letters::new(request, &mut write).send(&To::member(request, &member), &Message::Note(note)).await?;
    }
    write.audit(request.actor.member_id(), "initiative.team", Some(member.0), request.now).await?;
    Ok(write.commit().await?)
}
