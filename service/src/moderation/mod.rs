//! Fair moderation: notices, the queue, decisions with reasons, and objections to them.

mod appeals;
mod cases;
mod comments;
mod decide;
mod figures;
mod letters;
mod newcomers;
mod notices;
mod sieve;

use domain::area::AreaTree;
use domain::id::{CaseId, MemberId};
use domain::moderation::policy::CaseFacts;
use domain::roles::Place;
use store::moderation::{CaseRecord, NoticeRecord};

use crate::Error;
use crate::context::Request;

pub use appeals::{answer, appeal, appeal_as_notifier};
pub use cases::{
    CaseFile, Followed, OwnCase, QueueEntry, QueuePage, Suspended, about_post, case, follow, own_case,
    own_cases, queue, waiting,
};
pub use decide::{begin, decide};
pub use figures::{YearFigures, figures};
pub use notices::{Given, Reported, give, reported};
/// What the store gives of all this.
pub use store::moderation as records;

pub use sieve::{Verdict, puzzle, sift};

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
    }
}

/// A case with its notices and the facts that decide about it, before anybody asks whether the reader may see it.
async fn load(request: &Request, id: CaseId) -> Result<(CaseRecord, Vec<NoticeRecord>, CaseFacts), Error> {
    let case = request.tenant.case(id).await?.ok_or(Error::NotFound)?;
    let notices = request.tenant.notices_of(id).await?;
    let facts = facts(request, &case, &notices);
    Ok((case, notices, facts))
}
