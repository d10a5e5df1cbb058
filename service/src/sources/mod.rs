//! Calendars of others that the agenda follows: which there are, how each goes, and following them.

mod change;
mod fetch;
mod follow;
mod plan;
mod reach;
mod words;
mod write;

use domain::id::SourceId;
use domain::sources::draft::SourceDraft;
use domain::sources::policy::{self, SourceFacts};
use domain::sources::{Source, SourceStatus, Trouble};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::context::Request;

pub use change::{Changed, draft_of, save, to_change};
pub use follow::{Outcome, key, run};
pub use reach::Reach;
pub use write::{Made, create, follow_file, read_now, remove, restore, send_again};

/// Under which name the form of a new one is kept.
pub const FORM: &str = "source";

/// Under which name what is wrong with a button or a file of one is kept.
pub fn form_of(id: SourceId) -> String {
    format!("source-{id}")
}

/// Under which name the form that changes one is kept.
pub fn change_form_of(id: SourceId) -> String {
    format!("source-change-{id}")
}

/// The form as it was typed, with why it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub draft: SourceDraft,
    pub trouble: Option<Trouble>,
    /// On which words about it, of one that is there.
    pub edition: i64,
}

/// A calendar with what the reader may do with it.
#[derive(Clone, Debug)]
pub struct SourceView {
    pub source: Source,
    pub may_manage: bool,
    pub may_change: bool,
    pub may_restore: bool,
}

/// The calendars that this reader may see to, by name.
///
/// # Errors
/// Who could never see to any, or the database.
pub async fn list(request: &Request) -> Result<Vec<Source>, Error> {
    policy::may_begin(&request.actor, request.platform.id)?;
    let mut found = request.tenant.sources().await?;
    found.retain(|source| policy::may_manage(&request.actor, &facts(request, source)).is_ok());
    found.sort_by_cached_key(|source| (source.name.to_lowercase(), source.id));
    Ok(found)
}

/// One calendar, for who may see to it.
///
/// # Errors
/// Not there, not for this reader, or the database.
pub async fn show(request: &Request, id: &str) -> Result<SourceView, Error> {
    if !request.is_signed_in() {
        return Err(domain::permit::Denied::SignInFirst.into());
    }
    let (source, facts) = load(request, follow::key(id)?).await?;
    let may_manage = policy::may_manage(&request.actor, &facts).is_ok();
    let may_change = policy::may_change(&request.actor, &facts, &facts.place).is_ok();
    let may_restore = policy::may_restore(&request.actor, &facts).is_ok();
    let shown = match source.status {
        SourceStatus::Active => may_manage,
        SourceStatus::Removed => may_restore,
    };
    // That there is one is nobody else's business either.
    if shown { Ok(SourceView { source, may_manage, may_change, may_restore }) } else { Err(Error::NotFound) }
}

fn facts(request: &Request, source: &Source) -> SourceFacts {
    SourceFacts::of(source, request.platform.id, &request.platform.areas)
}

async fn load(request: &Request, id: SourceId) -> Result<(Source, SourceFacts), Error> {
    let source = request.tenant.source(id).await?.ok_or(Error::NotFound)?;
    let facts = facts(request, &source);
    Ok((source, facts))
}
