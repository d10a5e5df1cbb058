//! Following a calendar: what is new is put in the agenda, what changed is changed, what is gone is taken away. In one
//! transaction that begins with the version of the source, so that of two servers one does it (ADR 0024).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::actor::{Actor, SignedIn};
use domain::clock::{Span, Timestamp};
use domain::id::{ActivityId, MemberId, PlatformId, SourceId};
use domain::permit::Permit;
use domain::permit::action::ManageSource;
use domain::platform::Platform;
use domain::sources::draft::SourceText;
use domain::sources::policy::{SourceFacts, may_follow};
use domain::sources::{Mark, Source, Taken, Tally, Trouble};
use store::sources::{Imported, Reading};
use store::{Saved, Tenant, Write};

use super::fetch::{Got, fetch};
use super::plan::{Plan, plan};
use crate::Error;
use crate::context::Services;

/// After trouble it is tried again after this time at last.
const AT_LAST: Span = Span::days(1);
/// How long a process has for one that it claimed.
const CLAIMED_FOR: Span = Span::minutes(15);

/// What a reading did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Read,
    /// It still is what it was.
    Same,
    Failed(Trouble),
    /// Another process, or somebody, was faster.
    Stale,
}

impl Outcome {
    /// The word of the address that tells of it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Read | Self::Stale => "gelezen",
            Self::Same => "zelfde",
            Self::Failed(_) => "mislukt",
        }
    }
}

/// Reads one calendar that is due; `None` when none is.
///
/// # Errors
/// The database.
pub async fn run(services: &Services) -> Result<Option<Outcome>, Error> {
    let now = services.clock.now();
    let Some((platform, id)) = services.store.claim_source(now, now.plus(CLAIMED_FOR)).await? else {
        return Ok(None);
    };
    let tenant = services.store.on(platform);
    let (Some((platform, _)), Some(source)) = (tenant.load_platform(now).await?, tenant.source(id).await?)
    else {
        return Ok(Some(Outcome::Stale));
    };
    let follower = Follower { services, tenant, platform: Arc::new(platform), source };
    follower.read(None).await.map(Some)
}

/// Who follows one calendar.
pub(super) struct Follower<'a> {
    pub services: &'a Services,
    pub tenant: Tenant,
    pub platform: Arc<Platform>,
    pub source: Source,
}

impl Follower<'_> {
    /// Reads it: at its address, or in the file that was sent.
    pub async fn read(&self, file: Option<Vec<u8>>) -> Result<Outcome, Error> {
        let facts = SourceFacts::of(&self.source, self.platform.id, &self.platform.areas);
        let owner =
            owner(&self.tenant, self.platform.id, self.source.owner, self.services.clock.now()).await?;
        let Ok(permit) = may_follow(&owner, &facts) else {
            return self.fail(Trouble::NotAllowed).await;
        };
        let got = match file {
            Some(bytes) => Ok(Got::New { bytes, mark: Mark::default() }),
            None => fetch(&self.services.settings.reach, &self.source.address, &self.source.state.mark).await,
        };
        // From here on it is now: asking may have taken a while.
        let now = self.services.clock.now();
        let (bytes, mark) = match got {
            Ok(Got::New { bytes, mark }) => (bytes, mark),
            Ok(Got::Same) => return self.same(&permit, now).await,
            Err(trouble) => return self.fail(trouble).await,
        };
        match planned(bytes, text_of(&self.source), Arc::clone(&self.platform), now).await {
            Ok(plan) => self.keep(&permit, plan, &mark, now).await,
            Err(trouble) => self.fail(trouble).await,
        }
    }

    async fn keep(
        &self,
        permit: &Permit<ManageSource>,
        plan: Plan,
        mark: &Mark,
        now: Timestamp,
    ) -> Result<Outcome, Error> {
        let there = self.tenant.taken_from(self.source.id).await?;
        let mut write = self.tenant.write().await?;
        if write.begin_reading(permit, (self.source.id, self.source.version)).await? == Saved::Stale {
            return Ok(Outcome::Stale);
        }
        let reading = (plan, mark, there);
        store(self.services, &mut write, permit, &self.source, reading, now).await?;
        write.commit().await?;
        Ok(Outcome::Read)
    }

    async fn same(&self, permit: &Permit<ManageSource>, now: Timestamp) -> Result<Outcome, Error> {
        let mut write = self.tenant.write().await?;
        let version = (self.source.id, self.source.version);
        let saved = write.source_is_the_same(permit, version, now, self.source.due_after(now)).await?;
        write.commit().await?;
        Ok(if saved == Saved::Stale { Outcome::Stale } else { Outcome::Same })
    }

    async fn fail(&self, trouble: Trouble) -> Result<Outcome, Error> {
        let now = self.services.clock.now();
        let due = self.source.due_after(now).map(|due| due.min(now.plus(pause(self.source.state.failures))));
        let mut write = self.tenant.write().await?;
        let permit = Permit::for_the_platform_itself(self.platform.id);
        let version = (self.source.id, self.source.version);
        let saved = write.source_failed(&permit, version, trouble, now, due).await?;
        write.commit().await?;
        Ok(if saved == Saved::Stale { Outcome::Stale } else { Outcome::Failed(trouble) })
    }
}

/// How long until the next try, after so many that failed before this one.
fn pause(failures: u32) -> Span {
    let hours = 1_i64.checked_shl(failures.min(8)).unwrap_or(24);
    Span(Span::hours(hours).0.min(AT_LAST.0))
}

pub(super) fn text_of(source: &Source) -> SourceText {
    SourceText {
        name: source.name.clone(),
        address: source.address.clone(),
        topic: source.topic,
        areas: source.areas.clone(),
        cost: source.cost.clone(),
        rhythm: source.rhythm,
    }
}

/// Away from the threads that serve others.
pub(super) async fn planned(
    bytes: Vec<u8>,
    text: SourceText,
    platform: Arc<Platform>,
    now: Timestamp,
) -> Result<Plan, Trouble> {
    let made = tokio::task::spawn_blocking(move || plan(&bytes, &text, &platform, now)).await;
    made.unwrap_or_else(|error| {
        tracing::error!(%error, "a calendar cannot be read");
        Err(Trouble::Inside)
    })
}

/// Puts a plan in the agenda, within a reading that has begun.
pub(super) async fn store(
    services: &Services,
    write: &mut Write,
    permit: &Permit<ManageSource>,
    source: &Source,
    (plan, mark, there): (Plan, &Mark, Vec<Taken>),
    now: Timestamp,
) -> Result<Tally, Error> {
    let mut tally = Tally { skipped: plan.skipped, skips: plan.skips, ..Tally::default() };
    let there: BTreeMap<&str, &Taken> = there.iter().map(|one| (one.uid.as_str(), one)).collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for one in &plan.activities {
        // A long name that stands for another one: there cannot be two.
        if !seen.insert(&one.uid) {
            continue;
        }
        match step(one, there.get(one.uid.as_str()).copied(), now) {
            Step::KeptOut => tally.kept_out += 1,
            Step::Past => tally.past += 1,
            Step::Keep => tally.taken += 1,
            Step::Change(activity) => {
                let changed = write.change_imported(permit, source, activity, one, now).await?;
                let counted = match (changed, is_past(one, now)) {
                    (false, _) => &mut tally.kept_out,
                    (true, true) => &mut tally.past,
                    (true, false) => &mut tally.taken,
                };
                *counted += 1;
            }
            Step::Add => {
                let activity = ActivityId::new(now, services.random.as_ref());
                write.import_activity(permit, source, activity, one, now).await?;
                tally.taken += 1;
            }
        }
    }
    let gone =
        there.values().filter(|one| one.published && one.last_at >= now && !seen.contains(one.uid.as_str()));
    for one in gone {
        write.drop_imported(permit, source.id, one.activity, now).await?;
    }
    let due_at = source.due_after(now);
    let reading = Reading { at: now, due_at, mark, tally: &tally };
    write.finish_reading(permit, source.id, &reading).await?;
    Ok(tally)
}

/// What becomes of one thing in a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Add,
    Change(ActivityId),
    Keep,
    Past,
    KeptOut,
}

fn is_past(one: &Imported, now: Timestamp) -> bool {
    one.bounds.last < now
}

fn step(one: &Imported, there: Option<&Taken>, now: Timestamp) -> Step {
    let past = is_past(one, now);
    match there {
        None if past => Step::Past,
        None => Step::Add,
        Some(there) if there.by_hand => Step::KeptOut,
        Some(there) if there.published && there.fingerprint == one.fingerprint => {
            if past {
                Step::Past
            } else {
                Step::Keep
            }
        }
        // It was gone, and comes back too late.
        Some(there) if !there.published && past => Step::Past,
        Some(there) => Step::Change(there.activity),
    }
}

/// Who set it up, with the roles that they have now.
pub(super) async fn owner(
    tenant: &Tenant,
    platform: PlatformId,
    member: MemberId,
    now: Timestamp,
) -> Result<Actor, Error> {
    let Some(known) = tenant.member(member).await? else { return Ok(Actor::visitor(platform)) };
    let suspended = known.suspended || tenant.suspension_of(member, now).await?.is_some();
    let grants = tenant.grants(member, now).await?;
    Ok(Actor { platform, signed_in: Some(SignedIn { member, grants, suspended }) })
}

/// A key of a source out of an address.
///
/// # Errors
/// It is none.
pub fn key(id: &str) -> Result<SourceId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_answer_is_asked_less_and_less_and_at_least_daily() {
        let hours: Vec<i64> = (0..8).map(|failures| pause(failures).0 / Span::hours(1).0).collect();
        assert_eq!(hours, [1, 2, 4, 8, 16, 24, 24, 24]);
        assert_eq!(pause(u32::MAX), AT_LAST);
    }
}
