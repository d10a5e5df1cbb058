//! Whose turn it is to decide about an objection, in a community where few people could.

use domain::actor::{Actor, Grant};
use domain::clock::Timestamp;
use domain::id::{CaseId, MemberId};
use domain::moderation::policy::{CaseFacts, is_in_queue, may_decide_appeal};
use domain::moderation::second_look::{SecondLook, second_look};
use domain::platform::Platform;
use domain::roles::Place;
use store::Tenant;
use store::moderation::{CaseRecord, Colleague, Tab};

use crate::Error;
use crate::context::Request;

/// Objections that are looked at together.
const LOOKED_AT: i64 = 200;

/// Whose turn it is in one case.
pub(super) async fn of_case(request: &Request, facts: &CaseFacts) -> Result<SecondLook, Error> {
    let people = request.tenant.colleagues(Some(facts.id), request.now).await?;
    let people: Vec<(MemberId, Grant)> = people.iter().map(|one| (one.member, one.grant)).collect();
    Ok(second_look(facts, &people))
}

/// What decides about a case that somebody objected in, of the list.
fn facts(platform: &Platform, case: &CaseRecord, people: &[Colleague]) -> CaseFacts {
    let here = || people.iter().filter(|one| one.case == case.id);
    let mut facts = CaseFacts {
        id: case.id,
        status: case.status,
        place: Place::new(platform.id, &platform.areas, &case.areas, case.topic),
        author: case.author,
        notifiers: here().filter(|one| one.gave_notice).map(|one| one.member).collect(),
        decided: case.outcome.zip(case.decided_by).zip(case.decided_at).map(|((a, b), c)| (a, b, c)),
        second_look: SecondLook::default(),
    };
    let holders: Vec<(MemberId, Grant)> = here().map(|one| (one.member, one.grant)).collect();
    facts.second_look = second_look(&facts, &holders);
    facts
}

/// Whose turn it is in each case of the list of objections.
pub(super) async fn of_cases(
    tenant: &Tenant,
    platform: &Platform,
    cases: &[CaseRecord],
    now: Timestamp,
) -> Result<Vec<CaseFacts>, Error> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let people = tenant.colleagues(None, now).await?;
    Ok(cases.iter().map(|case| facts(platform, case, &people)).collect())
}

/// How many objections wait for somebody who is no moderator of their place.
pub(super) async fn waiting(
    actor: &Actor,
    tenant: &Tenant,
    platform: &Platform,
    now: Timestamp,
) -> Result<usize, Error> {
    let cases = tenant.queue(Tab::Appealed, None, LOOKED_AT).await?;
    let facts = of_cases(tenant, platform, &cases, now).await?;
    let theirs = facts.iter().filter(|facts| {
        !is_in_queue(actor, &facts.place, facts.author) && may_decide_appeal(actor, facts).is_ok()
    });
    Ok(theirs.count())
}

/// A community where somebody would have to judge their own decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    /// Objections that nobody can decide about now.
    pub stuck: Vec<CaseId>,
    /// Nobody, or only one person, holds a role with which an objection is decided.
    pub one_person: bool,
}

/// Whether there is somebody to look again, for who runs the program.
///
/// # Errors
/// The database.
pub async fn alone(tenant: &Tenant, platform: &Platform, now: Timestamp) -> Result<Alone, Error> {
    let cases = tenant.queue(Tab::Appealed, None, LOOKED_AT).await?;
    let facts = of_cases(tenant, platform, &cases, now).await?;
    let stuck = facts.iter().filter(|facts| facts.second_look == SecondLook::Nobody).map(|facts| facts.id);
    let mut people: Vec<MemberId> =
        tenant.role_holders(now).await?.into_iter().map(|(member, _)| member).collect();
    people.sort_unstable();
    people.dedup();
    Ok(Alone { stuck: stuck.collect(), one_person: people.len() < 2 })
}

/// Says in the log that an objection came which nobody can decide about.
pub(super) async fn warn_if_alone(request: &Request, facts: &CaseFacts) -> Result<(), Error> {
    if of_case(request, facts).await? == SecondLook::Nobody {
        tracing::warn!(
            community = %request.platform.slug,
            case = %facts.id,
            "an objection waits, and nobody but who decided first could decide about it: give somebody else a role"
        );
    }
    Ok(())
}
