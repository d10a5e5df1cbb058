//! Fair moderation: notices, the queue, decisions with reasons, and objections to them.

mod appeals;
mod cases;
mod comments;
mod content;
mod decide;
mod figures;
mod letters;
mod newcomers;
mod notices;
mod second_looks;
mod sieve;

use domain::area::AreaTree;
use domain::id::{CaseId, MemberId};
use domain::moderation::CaseStatus;
use domain::moderation::policy::{CaseFacts, may_decide_appeal};
use domain::moderation::second_look::SecondLook;
use domain::roles::Place;
use store::moderation::{CaseRecord, History, NoticeRecord};

use crate::Error;
use crate::context::Request;

pub use appeals::{answer, appeal, appeal_as_notifier};
pub use cases::{
    Asked, CaseFile, Followed, OwnCase, QueueEntry, QueuePage, Suspended, about, asked, case, first_part,
    follow, own_case, own_cases, queue, waiting,
};
pub use decide::{begin, decide};
pub use figures::{YearFigures, figures};
pub use notices::{Given, Reported, give, reported};
pub use second_looks::{Alone, alone};
/// What the store gives of all this.
pub use store::moderation as records;

pub use sieve::{Verdict, puzzle, sift, since};

pub(crate) use letters::{Letters, To};
pub(crate) use newcomers::{Look, Newcomer, flag_comment, hold_changed, holds_comment, look_at_new};

/// The facts that decide about a case.
fn facts(request: &Request, case: &CaseRecord, notices: &[NoticeRecord]) -> CaseFacts {
    let tree: &AreaTree = &request.platform.areas;
    CaseFacts {
        id: case.id,
        status: case.status,
        place: Place::new(request.platform.id, tree, &case.areas, case.topic),
        author: case.author,
        notifiers: notices.iter().filter_map(|notice| notice.member).collect::<Vec<MemberId>>(),
        decided: case
            .outcome
            .zip(case.decided_by)
            .zip(case.decided_at)
            .map(|((kind, by), at)| (kind, by, at)),
        second_look: SecondLook::default(),
    }
}

/// A case with everything that was said about it, and the facts that decide about it.
struct Loaded {
    case: CaseRecord,
    notices: Vec<NoticeRecord>,
    told: History,
    facts: CaseFacts,
}

/// A case, before anybody asks whether the reader may see it.
async fn load(request: &Request, id: CaseId) -> Result<Loaded, Error> {
    let (case, told) = request.tenant.case_with_history(id).await?.ok_or(Error::NotFound)?;
    let notices = request.tenant.notices_of(id).await?;
    let mut facts = facts(request, &case, &notices);
    // Another connector may decide; for everybody else it matters who there is.
    if case.status == CaseStatus::Appealed && may_decide_appeal(&request.actor, &facts).is_err() {
        facts.second_look = second_looks::of_case(request, &facts).await?;
    }
    Ok(Loaded { case, notices, told, facts })
}
