//! Deciding about a case: what happens to the content, what its author is told, and what who gave notice is told.

use domain::id::{CaseId, DecisionId, SuspensionId};
use domain::limits;
use domain::members::Member;
use domain::moderation::decision::{DecisionDraft, DecisionKind, Ground, ValidDecision};
use domain::moderation::notice::may_give_notice;
use domain::moderation::{CaseOrigin, CaseStatus, ContentKind, Reference, Subject, policy};
use domain::permit::action::DecideCase;
use domain::permit::{Denied, Permit};
use domain::posts::PostKind;
use domain::problem::{Fault, Field};
use store::Saved;
use store::moderation::{CaseRecord, Fate, NewCase, NewDecision, NoticeRecord, PostFate};

use super::content::content;
use super::letters::{Letters, To, own_link, sender, title};
use super::notices::{follow_link, token_hash};
use super::{Loaded, comments, load};
use crate::activities::registration;
use crate::context::Request;
use crate::limits::limit_member;
use crate::mail::{Message, Note};
use crate::{Error, dates, secrets};

/// What a decision makes of the case and what it is about.
const fn fate(kind: DecisionKind, anybody_may_object: bool) -> Fate {
    match kind {
        DecisionKind::NoAction if anybody_may_object => {
            Fate { status: CaseStatus::Decided, post: Some(PostFate::LetGo) }
        }
        DecisionKind::NoAction => Fate { status: CaseStatus::Closed, post: Some(PostFate::LetGo) },
        DecisionKind::Ask => Fate { status: CaseStatus::Asked, post: None },
        DecisionKind::Hide => Fate { status: CaseStatus::Decided, post: Some(PostFate::Hide) },
        DecisionKind::Remove | DecisionKind::Suspend => {
            Fate { status: CaseStatus::Decided, post: Some(PostFate::Remove) }
        }
    }
}

/// Decides, does it, and tells everybody who should know, in one transaction.
///
/// # Errors
/// The policy, what is wrong with the form, somebody decided meanwhile ([`Error::Conflict`]), or the database.
pub async fn decide(request: &Request, id: CaseId, draft: &DecisionDraft) -> Result<DecisionKind, Error> {
    policy::may_see_queue(&request.actor, request.platform.id)?;
    let Loaded { case, notices, facts, .. } = load(request, id).await?;
    policy::may_see_case(&request.actor, &facts)?;
    // Who is too late hears so, and not that they may not.
    if draft.version != case.version {
        return Err(Error::Conflict);
    }
    let permit = policy::may_decide(&request.actor, &facts)?;
    limit_member(request, &limits::DECISIONS_PER_MEMBER).await?;
    let valid = draft.check()?;
    let author = match case.author {
        Some(author) => request.tenant.member(author).await?,
        None => None,
    };
    let comment = comments::reach(request, &case.subject).await?;
    let of = ContentKind::from_key(&case.snapshot.kind);
    let cannot_hide = valid.kind == DecisionKind::Hide && of.is_some_and(|of| !of.can_be_hidden());
    if cannot_hide || (author.is_none() && valid.kind != DecisionKind::NoAction) {
        return Err(Error::field(Field::Kind, Fault::UnknownChoice));
    }
    let tell = tell(request, &case, &notices, valid.kind).await?;
    let now = request.now;
    let random = request.services.random.as_ref();
    let mut write = request.tenant.write().await?;
    let saved = write
        .decide(
            &permit,
            &NewDecision {
                id: DecisionId::new(now, random),
                case: id,
                expected_version: case.version,
                kind: valid.kind,
                ground: valid.ground,
                rule: &valid.rule,
                facts: &valid.facts,
                until: valid.lasts.map(|lasts| now.plus(lasts)),
                fate: fate(valid.kind, !notices.is_empty()),
                suspension: SuspensionId::new(now, random),
                at: now,
            },
        )
        .await?;
    if saved == Saved::Stale {
        return Err(Error::Conflict);
    }
    match comment {
        Some(comment) if valid.kind.is_removal() => comment.remove(request, &mut write).await?,
        Some(comment) if valid.kind == DecisionKind::NoAction => {
            comment.release(&mut write, &permit, id).await?;
        }
        _ => {}
    }
    if let Subject::Activity(activity) = &case.subject
        && valid.kind.is_removal()
    {
        registration::gone_by_case(request, &mut write, *activity).await?;
    }
    if let Some(author) = &author {
        tell_author(request, &mut write, &case, author, &valid).await?;
    }
    answer_notices(request, &mut write, &permit, &case, &tell, &valid).await?;
    let action = format!("case.{}", valid.kind.key());
    write.audit(request.actor.member_id(), &action, Some(id.0), now).await?;
    write.commit().await?;
    request.services.live.wake();
    Ok(valid.kind)
}

/// A moderator met something that nobody gave notice of: a case of its own, so that its author hears the reasons.
///
/// # Errors
/// The policy, not there, too many in an hour, or the database.
pub async fn begin(request: &Request, subject: &Subject) -> Result<CaseId, Error> {
    policy::may_see_queue(&request.actor, request.platform.id)?;
    let found = content(request, subject).await?.filter(|found| found.readable).ok_or(Error::NotFound)?;
    if !policy::is_in_queue(&request.actor, &found.place, Some(found.author)) {
        return Err(Error::Denied(Denied::NotAllowed));
    }
    limit_member(request, &limits::DECISIONS_PER_MEMBER).await?;
    let permit = may_give_notice(&request.actor, request.platform.id);
    let new = NewCase {
        id: CaseId::new(request.now, request.services.random.as_ref()),
        origin: CaseOrigin::Moderator,
        subject,
        author: Some(found.author),
        areas: &found.areas,
        topic: found.topic,
        notices: 0,
        snapshot: &found.now,
        at: request.now,
    };
    let mut write = request.tenant.write().await?;
    let case = write.open_case(&permit, &new).await?.id;
    write.audit(request.actor.member_id(), "case.begin", Some(case.0), request.now).await?;
    write.commit().await?;
    Ok(case)
}

/// Who gave notice and hears of this decision, each once; a question to the author is none yet.
async fn tell<'a>(
    request: &Request,
    case: &CaseRecord,
    notices: &'a [NoticeRecord],
    kind: DecisionKind,
) -> Result<Vec<(&'a NoticeRecord, To)>, Error> {
    let mut found: Vec<(&NoticeRecord, To)> = Vec::new();
    if kind == DecisionKind::Ask || case.notices == 0 {
        return Ok(found);
    }
    for notice in notices {
        if let Some(to) = sender(request, notice).await?
            && !found.iter().any(|(_, other)| other.address == to.address)
        {
            found.push((notice, to));
        }
    }
    Ok(found)
}

async fn tell_author(
    request: &Request,
    write: &mut store::Write,
    case: &CaseRecord,
    author: &Member,
    valid: &ValidDecision,
) -> Result<(), Error> {
    let to = To::member(request, author);
    let until = valid.lasts.map(|lasts| dates::day(request.now.plus(lasts), to.locale)).unwrap_or_default();
    let own = own_link(case.id);
    let page = match &case.subject {
        Subject::Post(id) => format!("/berichten/{id}"),
        Subject::Comment(_) => case.snapshot.page.clone(),
        Subject::Activity(id) => format!("/activiteiten/{id}"),
        Subject::Address(_) => "/berichten".to_owned(),
    };
    let edit = match (&case.subject, page.split_once('#')) {
        (Subject::Comment(id), Some((page, part))) => format!("{page}?verander={id}#{part}"),
        (Subject::Activity(_), _) => format!("{page}/bewerken"),
        _ => format!("{page}?bewerk=tekst"),
    };
    let (name, title, facts) = (author.name.as_str(), title(&case.snapshot), valid.facts.as_str());
    // Cases without a kind are from when there were posts alone.
    let of = ContentKind::from_key(&case.snapshot.kind).unwrap_or(ContentKind::Post(PostKind::News));
    let note = match valid.kind {
        // Who never heard of it need not hear that it is fine.
        DecisionKind::NoAction if case.origin != CaseOrigin::Held && case.outcome.is_none() => return Ok(()),
        DecisionKind::NoAction => Note::LetGo { name, title, of, link: &page },
        DecisionKind::Ask => Note::Asked { name, title, of, facts, until: &until, link: &edit },
        done => Note::Reasons {
            name,
            title,
            of,
            done,
            ground: valid.ground.unwrap_or(Ground::HouseRule),
            rule: &valid.rule,
            facts,
            until: &until,
            link: &own,
        },
    };
    Letters::new(request, write).send(&to, &Message::Note(note)).await
}

async fn answer_notices(
    request: &Request,
    write: &mut store::Write,
    permit: &Permit<DecideCase>,
    case: &CaseRecord,
    tell: &[(&NoticeRecord, To)],
    valid: &ValidDecision,
) -> Result<(), Error> {
    for (notice, to) in tell {
        let token = secrets::token(request.services.random.as_ref());
        write.link_notice(permit, case.id, notice.id, &token_hash(&token)).await?;
        let (reference, link) = (Reference::from(notice.id).to_string(), follow_link(&token));
        let note =
            Note::Answered { reference: &reference, done: valid.kind, facts: &valid.facts, link: &link };
        Letters::new(request, write).send(to, &Message::Note(note)).await?;
    }
    Ok(())
}
