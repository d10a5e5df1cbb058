//! Handles that are bound to one platform: the only way to its content.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::id::{MemberId, PlatformId};
use domain::permit::Permit;
use uuid::Uuid;

use crate::conn::{Bump, Kind, Opening, Pools, Txn};
use crate::error::{Error, Result};

/// Reads what belongs to one platform, and counts the statements it took (one handle per request).
#[derive(Clone, Debug)]
pub struct Tenant {
    pools: Pools,
    platform: PlatformId,
    queries: Arc<AtomicU32>,
}

impl Tenant {
    pub(crate) fn new(pools: Pools, platform: PlatformId) -> Self {
        Self { pools, platform, queries: Arc::default() }
    }

    pub const fn platform(&self) -> PlatformId {
        self.platform
    }

    /// The same with a count of its own: for what no answer waits for.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self::new(self.pools.clone(), self.platform)
    }

    /// How many statements this handle, its clones and their transactions have run.
    pub fn queries(&self) -> u32 {
        self.queries.load(Ordering::Relaxed)
    }

    /// Begins a transaction. On `SQLite` it is the only one that writes until it ends: open it
    /// late, and do nothing slow inside.
    pub async fn write(&self) -> Result<Write> {
        Ok(self.writing(self.pools.begin().await?))
    }

    /// The same for whose first statement begins it on `SQLite` ([`crate::conn::Opening`]). There it joins a group of
    /// writers that is open: it sees what does not last yet, and says nothing of it before it has committed.
    pub(crate) async fn write_with_first(&self) -> Result<Write> {
        Ok(self.writing(self.pools.begin_with_first().await?))
    }

    fn writing(&self, txn: Txn) -> Write {
        Write {
            txn,
            platform: self.platform,
            queries: Arc::clone(&self.queries),
            content_changed: false,
            config_changed: false,
            broken: false,
        }
    }

    /// Refuses a permit of another platform, before a transaction begins.
    pub(crate) fn allow<A>(&self, permit: &Permit<A>) -> Result<()> {
        same_platform(self.platform, permit)
    }

    pub(crate) fn count(&self) {
        self.queries.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) const fn pools(&self) -> &Pools {
        &self.pools
    }

    pub(crate) const fn kind(&self) -> Kind {
        match self.pools {
            Pools::Sqlite(_) => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }
}

/// One transaction on one platform. Every change asks for a permit; dropping it rolls back.
#[derive(Debug)]
#[must_use = "what is not committed is rolled back"]
pub struct Write {
    txn: Txn,
    platform: PlatformId,
    queries: Arc<AtomicU32>,
    content_changed: bool,
    config_changed: bool,
    broken: bool,
}

impl Write {
    pub const fn platform(&self) -> PlatformId {
        self.platform
    }

    /// What visitors see has changed: the commit counts the platform's content version up.
    pub const fn touch(&mut self) {
        self.content_changed = true;
    }

    /// What is kept in memory of the platform (areas, topics, connectors …) has changed.
    pub const fn touch_config(&mut self) {
        self.config_changed = true;
    }

    /// Makes it last: when this returns, the change survives a power cut. Pages cached under the old number are never
    /// served again.
    pub async fn commit(self) -> Result<()> {
        let changed = self.content_changed || self.config_changed;
        if changed {
            self.count();
        }
        let (txn, bump) = self.ending()?;
        txn.commit(changed.then_some(bump)).await
    }

    /// The transaction, for who ends it, and how much the platform's numbers count up at its end; an error when
    /// something in it has failed.
    pub(crate) fn ending(self) -> Result<(Txn, Bump)> {
        if self.broken {
            return Err(Error::Broken);
        }
        let bump = Bump {
            platform: self.platform.0,
            content: i64::from(self.content_changed),
            config: i64::from(self.config_changed),
        };
        Ok((self.txn, bump))
    }

    pub(crate) fn count(&self) {
        self.queries.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) const fn kind(&self) -> Kind {
        match self.txn {
            Txn::Sqlite(_) => Kind::Sqlite,
            Txn::Postgres(_) => Kind::Postgres,
        }
    }

    /// What to say for `opening`.
    pub(crate) const fn opening(&self, opening: Opening) -> &'static str {
        self.txn.opening(opening)
    }

    pub(crate) const fn txn(&mut self) -> &mut Txn {
        &mut self.txn
    }

    pub(crate) fn broke(&mut self, error: sqlx::Error) -> Error {
        self.broken = true;
        self.txn.refuse();
        error.into()
    }

    /// Refuses a permit of another platform.
    pub(crate) fn allow<A>(&self, permit: &Permit<A>) -> Result<()> {
        same_platform(self.platform, permit)
    }

    /// Refuses a permit of another platform, or for another thing than `subject`.
    pub(crate) fn allow_for<A>(&self, permit: &Permit<A>, subject: Uuid) -> Result<()> {
        self.allow(permit)?;
        if permit.subject() == Some(subject) { Ok(()) } else { Err(Error::WrongSubject) }
    }

    /// The member who acts with this permit.
    pub(crate) fn actor<A>(&self, permit: &Permit<A>) -> Result<MemberId> {
        self.allow(permit)?;
        permit.by().ok_or(Error::WrongSubject)
    }

    /// The member whose own things may be changed with this permit.
    pub(crate) fn owner<A>(&self, permit: &Permit<A>) -> Result<MemberId> {
        let member = self.actor(permit)?;
        self.allow_for(permit, member.0)?;
        Ok(member)
    }
}

fn same_platform<A>(platform: PlatformId, permit: &Permit<A>) -> Result<()> {
    if permit.platform() == platform { Ok(()) } else { Err(Error::WrongPlatform) }
}

/// What became of a change that was based on a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Done {
        /// The version after this change.
        version: i64,
    },
    /// Somebody changed it in the meantime, or it is gone: nothing was stored.
    Stale,
}
