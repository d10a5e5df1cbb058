//! Objecting to a decision, and deciding about the objection: by somebody else (Digital Services Act, article 20).

use domain::id::{AppealId, CaseId, NoticeId};
use domain::limits;
use domain::moderation::decision::{AnswerDraft, AppealDraft, Outcome};
use domain::moderation::{CaseStatus, Party, Reference, Subject, policy};
use store::Saved;
use store::moderation::{AppealRecord, Fate, NewAnswer, NewAppeal, NoticeRecord, PostFate};

use super::letters::{Letters, To, own_link, sender};
use super::notices::{follow_link, token_hash};
use super::second_looks::warn_if_alone;
use super::{Loaded, comments, load};
use crate::Error;
use crate::activities::registration;
use crate::context::Request;
use crate::limits::{limit_member, limit_network};
use crate::mail::{Message, Note};

/// An author objects to what was taken from them.
///
/// # Errors
/// The policy, what is wrong with the text, somebody was faster, or the database.
pub async fn appeal(request: &Request, id: CaseId, draft: &AppealDraft) -> Result<(), Error> {
    let Loaded { case, facts, .. } = load(request, id).await?;
    // A case about somebody else's content is none of theirs to know of.
    policy::may_see_as_author(&request.actor, &facts).map_err(hidden)?;
    let permit = policy::may_appeal_as_author(&request.actor, &facts, request.now)?;
    limit_member(request, &limits::DECISIONS_PER_MEMBER).await?;
    let message = draft.check()?;
    let (Some(author), Some(session)) = (case.author, &request.session) else { return Err(Error::NotFound) };
    let mut write = request.tenant.write().await?;
    let new = NewAppeal {
        id: AppealId::new(request.now, request.services.random.as_ref()),
        case: id,
        expected_version: case.version,
        party: Party::Author,
        party_id: author.0,
        message: &message,
        at: request.now,
    };
    if write.insert_appeal(&permit, &new).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    let (reference, link) = (Reference::from(id).to_string(), own_link(id));
    let note = Note::Objected { reference: &reference, link: &link };
    let to = To::member(request, &session.member);
    Letters::new(request, &mut write).send(&to, &Message::Note(note)).await?;
    write.audit(request.actor.member_id(), "case.appeal", Some(id.0), request.now).await?;
    write.commit().await?;
    warn_if_alone(request, &facts).await
}

/// Not signed in stays "sign in first"; everything else looks as if it is not there.
pub(super) fn hidden(denied: domain::permit::Denied) -> Error {
    match denied {
        domain::permit::Denied::SignInFirst => Error::Denied(denied),
        domain::permit::Denied::NotAllowed => Error::NotFound,
    }
}

/// Who gave notice objects to its being left as it is; `token` is of the link of their notice.
///
/// # Errors
/// The link does not work, nothing to object to, what is wrong with the text, too often, or the database.
pub async fn appeal_as_notifier(request: &Request, token: &str, draft: &AppealDraft) -> Result<(), Error> {
    limit_network(request, &limits::APPEALS_PER_NETWORK, "appeal").await?;
    let notice =
        request.tenant.notice_by_token(&token_hash(token), request.now).await?.ok_or(Error::NotFound)?;
    let Loaded { case, facts, .. } = load(request, notice.case).await?;
    let permit = policy::may_appeal_as_notifier(&request.actor, &facts, request.now)?;
    let message = draft.check()?;
    let to = sender(request, &notice).await?;
    let mut write = request.tenant.write().await?;
    let new = NewAppeal {
        id: AppealId::new(request.now, request.services.random.as_ref()),
        case: case.id,
        expected_version: case.version,
        party: Party::Notifier,
        party_id: notice.id.0,
        message: &message,
        at: request.now,
    };
    if write.insert_appeal(&permit, &new).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    if let Some(to) = to {
        let (reference, link) = (Reference::from(notice.id).to_string(), follow_link(token));
        let note = Note::Objected { reference: &reference, link: &link };
        Letters::new(request, &mut write).send(&to, &Message::Note(note)).await?;
    }
    write.audit(request.actor.member_id(), "case.appeal", Some(case.id.0), request.now).await?;
    write.commit().await?;
    warn_if_alone(request, &facts).await
}

/// Decides about an objection.
///
/// # Errors
/// The policy (never who decided first), what is wrong with the form, somebody was faster, or the database.
pub async fn answer(request: &Request, id: CaseId, draft: &AnswerDraft) -> Result<Outcome, Error> {
    policy::may_see_queue(&request.actor, request.platform.id)?;
    let Loaded { case, notices, told, facts } = load(request, id).await?;
    policy::may_see_case(&request.actor, &facts)?;
    if draft.version != case.version {
        return Err(Error::Conflict);
    }
    let permit = policy::may_decide_appeal(&request.actor, &facts)?;
    limit_member(request, &limits::DECISIONS_PER_MEMBER).await?;
    let (outcome, reasons) = draft.check()?;
    let waiting = told.appeals.iter().find(|appeal| appeal.outcome.is_none()).ok_or(Error::Conflict)?;
    let fate = match (outcome, waiting.party) {
        (Outcome::Upheld, _) => Fate { status: CaseStatus::Closed, post: None },
        (Outcome::Overturned, Party::Author) => {
            Fate { status: CaseStatus::Closed, post: Some(PostFate::LetGo) }
        }
        // It should not have been left as it is: back to the queue, to be decided anew.
        (Outcome::Overturned, Party::Notifier) => Fate { status: CaseStatus::Open, post: None },
    };
    let comment = comments::reach(request, &case.subject).await?;
    let receiver = receiver(request, id, waiting, &notices).await?;
    let mut write = request.tenant.write().await?;
    let new = NewAnswer {
        case: id,
        expected_version: case.version,
        outcome,
        reasons: &reasons,
        fate,
        at: request.now,
    };
    if write.decide_appeal(&permit, &new).await? == Saved::Stale {
        return Err(Error::Conflict);
    }
    if let Some(comment) = comment.filter(|_| fate.post == Some(PostFate::LetGo)) {
        comment.put_back(&mut write, &permit).await?;
    }
    if let (Subject::Activity(activity), Some(PostFate::LetGo)) = (&case.subject, fate.post) {
        registration::back_by_case(request, &mut write, *activity).await?;
    }
    if let Some((to, reference, link)) = receiver {
        let overturned = outcome == Outcome::Overturned;
        let note = Note::Objection { reference: &reference, overturned, reasons: &reasons, link: &link };
        Letters::new(request, &mut write).send(&to, &Message::Note(note)).await?;
    }
    let action = format!("appeal.{}", outcome.key());
    write.audit(request.actor.member_id(), &action, Some(id.0), request.now).await?;
    write.commit().await?;
    request.services.live.wake();
    Ok(outcome)
}

/// Who objected, with the number they know it by and where they can read the answer.
async fn receiver(
    request: &Request,
    case: CaseId,
    appeal: &AppealRecord,
    notices: &[NoticeRecord],
) -> Result<Option<(To, String, String)>, Error> {
    match appeal.party {
        Party::Author => {
            let member = request.tenant.member(domain::id::MemberId(appeal.party_id)).await?;
            let reference = Reference::from(case).to_string();
            Ok(member.map(|member| (To::member(request, &member), reference, own_link(case))))
        }
        Party::Notifier => {
            let Some(notice) = notices.iter().find(|notice| notice.id == NoticeId(appeal.party_id)) else {
                return Ok(None);
            };
            let to = sender(request, notice).await?;
            // Their own link is in the mails they have; the page of the rules is for everybody.
            Ok(to.map(|to| (to, Reference::from(notice.id).to_string(), "/moderatie".to_owned())))
        }
    }
}
