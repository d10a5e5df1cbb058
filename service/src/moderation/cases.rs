//! Reading cases: the queue and a case for moderators, one's own for authors, a notice for who gave it.

use domain::actor::Actor;
use domain::clock::{Span, Timestamp};
use domain::id::CaseId;
use domain::moderation::decision::{DecisionKind, REPEATED_WITHIN, proposed_days};
use domain::moderation::policy;
use domain::moderation::second_look::SecondLook;
use domain::moderation::{Snapshot, Subject};
use domain::platform::Platform;
use domain::roles::{Capability, Place, holds_somewhere};
use store::Tenant;
use store::moderation::{AppealRecord, CaseRecord, DecisionRecord, NoticeRecord, Tab, Waiting};

use super::appeals::hidden;
use super::content::now;
use super::letters::own_link;
use super::notices::token_hash;
use super::{Loaded, facts, load, second_looks};
use crate::Error;
use crate::context::Request;

/// Cases on one page of the queue.
const PAGE: usize = 25;
/// Rows that are read at once, and how many times at most: whoever moderates one street is not shown the others.
const READ: i64 = 100;
const READS: usize = 3;
/// How far back a moderator sees how often something was decided about the same author.
const LOOK_BACK: Span = Span::days(365);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueEntry {
    pub case: CaseRecord,
    /// Whose turn it is, where somebody objected.
    pub second_look: SecondLook,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuePage {
    pub entries: Vec<QueueEntry>,
    /// After which case the next page begins.
    pub next: Option<(Timestamp, CaseId)>,
}

/// How many of the cases that wait do so for this person; 0 for who has no queue.
///
/// # Errors
/// The database.
pub async fn waiting(
    actor: &Actor,
    tenant: &Tenant,
    platform: &Platform,
    (cases, now): (&[Waiting], Timestamp),
) -> Result<u32, Error> {
    if policy::may_see_queue(actor, platform.id).is_err() {
        return Ok(0);
    }
    let mine = cases.iter().filter(|case| {
        let place = Place::new(platform.id, &platform.areas, &case.areas, case.topic);
        let decided_it = case.not_for.is_some() && case.not_for == actor.member_id();
        !decided_it && policy::is_in_queue(actor, &place, case.author)
    });
    let mut count = mine.count();
    if policy::takes_second_looks(actor) && cases.iter().any(|case| case.not_for.is_some()) {
        count += second_looks::waiting(actor, tenant, platform, now).await?;
    }
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Which part of the queue comes first for somebody: who only looks again has nothing in the others.
pub fn first_part(actor: &Actor) -> Tab {
    if holds_somewhere(actor, Capability::Moderate) { Tab::Open } else { Tab::Appealed }
}

/// One page of a part of the queue, for the moderator's own places.
///
/// # Errors
/// The policy, or the database.
pub async fn queue(
    request: &Request,
    tab: Tab,
    after: Option<(Timestamp, CaseId)>,
) -> Result<QueuePage, Error> {
    let platform = &request.platform;
    policy::may_see_queue(&request.actor, platform.id)?;
    let mut entries = Vec::new();
    let mut from = after;
    for _ in 0..READS {
        let rows = request.tenant.queue(tab, from, READ).await?;
        let last = i64::try_from(rows.len()).unwrap_or(READ) < READ;
        let turns = if tab == Tab::Appealed {
            second_looks::of_cases(&request.tenant, platform, &rows, request.now).await?
        } else {
            Vec::new()
        };
        for case in rows {
            let place = Place::new(platform.id, &platform.areas, &case.areas, case.topic);
            let turn = turns.iter().find(|facts| facts.id == case.id);
            if entries.len() == PAGE {
                return Ok(QueuePage { entries, next: from });
            }
            from = Some((case.created_at, case.id));
            if policy::is_in_queue(&request.actor, &place, case.author)
                || turn.is_some_and(|facts| policy::may_see_case(&request.actor, facts).is_ok())
            {
                let second_look = turn.map(|facts| facts.second_look).unwrap_or_default();
                entries.push(QueueEntry { case, second_look });
            }
        }
        if last {
            return Ok(QueuePage { entries, next: None });
        }
    }
    Ok(QueuePage { entries, next: from })
}

/// Everything a moderator needs to decide.
#[derive(Clone, Debug)]
pub struct CaseFile {
    pub case: CaseRecord,
    pub notices: Vec<NoticeRecord>,
    pub decisions: Vec<DecisionRecord>,
    pub appeals: Vec<AppealRecord>,
    /// The content as it is now; `None` when it is gone, or none of a member's.
    pub now: Option<Snapshot>,
    /// How often what was decided about this author within a year.
    pub history: Vec<(DecisionKind, usize)>,
    /// Days without writing to think of, after repeated removals.
    pub proposed_days: Option<u32>,
    pub may_decide: bool,
    pub may_answer: bool,
    /// Whose turn it is, where somebody objected and the reader may not decide about that.
    pub second_look: SecondLook,
}

/// A case for a moderator of its place.
///
/// # Errors
/// The policy, not there, or the database.
pub async fn case(request: &Request, id: CaseId) -> Result<CaseFile, Error> {
    policy::may_see_queue(&request.actor, request.platform.id)?;
    let Loaded { case, notices, told, facts } = load(request, id).await?;
    policy::may_see_case(&request.actor, &facts)?;
    let may_decide = policy::may_decide(&request.actor, &facts).is_ok();
    let (history, proposed) = match case.author.filter(|_| may_decide) {
        None => (Vec::new(), None),
        Some(author) => {
            let made = request.tenant.decisions_about(author, request.now.minus(LOOK_BACK)).await?;
            let count = |kind: DecisionKind| made.iter().filter(|(made, _)| *made == kind).count();
            let history =
                DecisionKind::ALL.iter().map(|kind| (*kind, count(*kind))).filter(|(_, n)| *n > 0).collect();
            let lately = request.now.minus(REPEATED_WITHIN);
            let removals = made.iter().filter(|(kind, at)| kind.is_removal() && *at > lately).count();
            // This one would be one more.
            let removals = i64::try_from(removals).unwrap_or(0) + 1;
            (history, proposed_days(removals))
        }
    };
    Ok(CaseFile {
        may_decide,
        may_answer: policy::may_decide_appeal(&request.actor, &facts).is_ok(),
        now: now(request, &case.subject).await?,
        second_look: facts.second_look,
        proposed_days: proposed,
        case,
        notices,
        decisions: told.decisions,
        appeals: told.appeals,
        history,
    })
}

/// Why and until when somebody may not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspended {
    pub until: Timestamp,
    pub case: CaseId,
}

/// A case about what one wrote: what was decided and why, never who gave notice.
#[derive(Clone, Debug)]
pub struct OwnCase {
    pub case: CaseRecord,
    pub decisions: Vec<DecisionRecord>,
    /// One's own objections.
    pub appeals: Vec<AppealRecord>,
    pub may_appeal: bool,
}

/// A case for the author of what it is about.
///
/// # Errors
/// Not theirs (which looks as if it is not there), or the database.
pub async fn own_case(request: &Request, id: CaseId) -> Result<OwnCase, Error> {
    if !request.is_signed_in() {
        return Err(Error::Denied(domain::permit::Denied::SignInFirst));
    }
    let (case, told) = request.tenant.case_with_history(id).await?.ok_or(Error::NotFound)?;
    let facts = facts(request, &case, &[]);
    policy::may_see_as_author(&request.actor, &facts).map_err(hidden)?;
    let author = case.author.map(|author| author.0);
    Ok(OwnCase {
        may_appeal: policy::may_appeal_as_author(&request.actor, &facts, request.now).is_ok(),
        decisions: told.decisions,
        appeals: told.appeals.into_iter().filter(|appeal| Some(appeal.party_id) == author).collect(),
        case,
    })
}

/// What was decided about what one wrote, newest first, and whether one may not write now.
///
/// # Errors
/// Not signed in, or the database.
pub async fn own_cases(request: &Request) -> Result<(Vec<CaseRecord>, Option<Suspended>), Error> {
    let Some(member) = request.actor.member_id() else {
        return Err(Error::Denied(domain::permit::Denied::SignInFirst));
    };
    let cases = request.tenant.cases_of_author(member).await?;
    let suspension = request.tenant.suspension_of(member, request.now).await?;
    let suspended = suspension.map(|found| Suspended { until: found.ends_at, case: found.case });
    // What nobody decided about yet is not theirs to worry about; what is kept back they know.
    let known = |case: &CaseRecord| {
        case.outcome.is_some_and(|kind| kind != DecisionKind::NoAction)
            || case.origin == domain::moderation::CaseOrigin::Held
    };
    Ok((cases.into_iter().filter(known).collect(), suspended))
}

/// A notice, for who gave it.
#[derive(Clone, Debug)]
pub struct Followed {
    pub notice: NoticeRecord,
    pub case: CaseRecord,
    pub decisions: Vec<DecisionRecord>,
    /// Their own objections.
    pub appeals: Vec<AppealRecord>,
    pub may_appeal: bool,
}

/// A notice by its secret link, without an account.
///
/// # Errors
/// The link does not work (any more), or the database.
pub async fn follow(request: &Request, token: &str) -> Result<Followed, Error> {
    if token.len() > 100 {
        return Err(Error::NotFound);
    }
    let hash = token_hash(token);
    let notice = request.tenant.notice_by_token(&hash, request.now).await?.ok_or(Error::NotFound)?;
    let (case, told) = request.tenant.case_with_history(notice.case).await?.ok_or(Error::NotFound)?;
    let facts = facts(request, &case, &[]);
    Ok(Followed {
        may_appeal: policy::may_appeal_as_notifier(&request.actor, &facts, request.now).is_ok(),
        decisions: told.decisions,
        appeals: told.appeals.into_iter().filter(|appeal| appeal.party_id == notice.id.0).collect(),
        notice,
        case,
    })
}

/// What an author is asked to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub facts: String,
    pub until: Option<Timestamp>,
}

/// What an author is asked to change, if anything: kept, because they look more often than they are asked.
///
/// # Errors
/// The database.
pub async fn asked(request: &Request, subject: &Subject) -> Result<Option<Asked>, Error> {
    // A page has it with its reader's session; what the app's own JavaScript asks for does not.
    let key = subject.key();
    if let Some(all) = request.session.as_ref().and_then(|session| session.asked.as_ref()) {
        let found = all.iter().find(|one| one.subject == key);
        return Ok(found.map(|one| Asked { facts: one.facts.clone(), until: one.until }));
    }
    let found = Box::pin(request.tenant.asked_about(subject));
    let what = format!("asked about {key}");
    let kept = request.services.memory.or_make(request.kept_as(what), found).await?;
    Ok(kept.as_ref().clone().map(|(facts, until)| Asked { facts, until }))
}

/// Where it says why something is kept back: for its author their own page, for moderators the case.
///
/// # Errors
/// The database.
pub async fn about(request: &Request, subject: &Subject) -> Result<Option<String>, Error> {
    let Some(case) = request.tenant.case_of(subject).await? else { return Ok(None) };
    let facts = facts(request, &case, &[]);
    Ok(if policy::may_see_as_author(&request.actor, &facts).is_ok() {
        Some(own_link(case.id))
    } else if policy::may_see_case(&request.actor, &facts).is_ok() {
        Some(format!("/beheer/meldingen/{}", case.id))
    } else {
        None
    })
}
