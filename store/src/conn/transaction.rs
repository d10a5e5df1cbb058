//! A transaction on the one connection that writes, alone or in a group.

use deadpool::unmanaged::Object;
use sqlx::SqliteConnection;

use super::writer::{Held, Place, Writer};
use super::{Bump, bump};

/// A statement that begins a transaction at the same time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Opening {
    pub(crate) first: &'static str,
    pub(crate) later: &'static str,
    /// For `PostgreSQL`, whose transaction has begun before.
    pub(crate) inside: &'static str,
}

// IMMEDIATE: the write lock is taken now, so that no later statement can fail for it.
macro_rules! opening {
    ($statement:expr) => {
        $crate::conn::Opening {
            first: concat!("BEGIN IMMEDIATE; ", $statement),
            later: concat!("SAVEPOINT writer; ", $statement),
            inside: $statement,
        }
    };
}

/// A statement that ends a transaction at the same time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing {
    alone: &'static str,
    first: &'static str,
    later: &'static str,
}

impl Closing {
    pub(crate) const fn new(alone: &'static str, first: &'static str, later: &'static str) -> Self {
        Self { alone, first, later }
    }
}

macro_rules! closing {
    ($statement:expr) => {
        $crate::conn::Closing::new(
            concat!($statement, "; COMMIT"),
            $statement,
            concat!($statement, "; RELEASE writer"),
        )
    };
}

pub(crate) use {closing, opening};

/// A transaction on the connection that writes; dropped, it takes back what it wrote.
pub(crate) struct SqliteTxn {
    /// Nothing when it has ended.
    held: Option<Object<Held>>,
    writer: Writer,
    place: Place,
    /// Its changes last when its group's do.
    in_group: bool,
    refused: bool,
}

impl std::fmt::Debug for SqliteTxn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteTxn").field("place", &self.place).finish_non_exhaustive()
    }
}

impl SqliteTxn {
    /// The connection, for who begins the transaction together with the first statement ([`Opening`]), and joins a group
    /// that is open: what others have written in it is seen here, and by nobody else yet.
    pub(super) async fn lent(writer: &Writer) -> Result<Self, sqlx::Error> {
        let held = writer.turn().await?;
        let place = if held.group_is_open() { Place::Later } else { Place::First };
        Ok(Self::at(place, held, writer))
    }

    /// Whoever does not know of groups begins when those before have ended: what is seen here lasts, and readers see it.
    pub(super) async fn begin(writer: &Writer) -> Result<Self, sqlx::Error> {
        let mut txn = Self::at(Place::First, writer.alone().await?, writer);
        sqlx::query("BEGIN IMMEDIATE").execute(txn.conn()?).await?;
        Ok(txn)
    }

    /// For one statement, which is a transaction by itself.
    pub(crate) async fn only(writer: &Writer) -> Result<Self, sqlx::Error> {
        Ok(Self::at(Place::Only, writer.alone().await?, writer))
    }

    fn at(place: Place, held: Object<Held>, writer: &Writer) -> Self {
        Self { held: Some(held), writer: writer.clone(), place, in_group: false, refused: false }
    }

    /// What to say for `opening` here.
    pub(crate) const fn opening(&self, opening: Opening) -> &'static str {
        match self.place {
            Place::Later => opening.later,
            Place::First | Place::Only => opening.first,
        }
    }

    /// What to say for `closing` here. It is to be followed by [`Self::ended`].
    pub(crate) fn closing(&mut self, closing: Closing) -> &'static str {
        match self.place {
            Place::Later => {
                self.in_group = true;
                closing.later
            }
            Place::First if self.writer.somebody_waits() => {
                self.in_group = true;
                closing.first
            }
            Place::First | Place::Only => closing.alone,
        }
    }

    pub(crate) fn conn(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        // SQLite may have rolled back everything by itself: what is said now would last at once.
        if self.refused {
            return Err(sqlx::Error::InvalidArgument("an earlier statement has failed".to_owned()));
        }
        self.held.as_deref_mut().map(Held::conn).ok_or(sqlx::Error::PoolClosed)
    }

    /// A statement has failed: nothing more is said.
    pub(super) const fn refuse(&mut self) {
        self.refused = true;
    }

    /// What [`Self::closing`] gave has succeeded. When this returns, what was written lasts.
    pub(crate) async fn ended(mut self) -> Result<(), sqlx::Error> {
        let Some(mut held) = self.held.take() else { return Err(sqlx::Error::PoolClosed) };
        if !self.in_group {
            return Ok(());
        }
        if !held.group_is_open() {
            self.writer.finish_soon();
        }
        let told = held.join();
        drop(held);
        match told.await {
            Ok(outcome) => outcome.map_err(|error| sqlx::Error::Io(std::io::Error::other(error))),
            Err(_) => Err(sqlx::Error::PoolClosed),
        }
    }

    /// Makes it last, with what was left to do.
    pub(super) async fn commit(mut self, last: Option<Bump>) -> Result<(), sqlx::Error> {
        if let Some(bump) = last {
            let text = self.closing(closing!(bump!("$2", "$3")));
            bump.bound(sqlx::query(text)).execute(self.conn()?).await?;
        } else {
            let text = self.closing(Closing::new("COMMIT", "", "RELEASE writer"));
            if !text.is_empty() {
                sqlx::query(text).execute(self.conn()?).await?;
            }
        }
        self.ended().await
    }
}

impl Drop for SqliteTxn {
    /// Nobody else gets the connection before what was not committed is rolled back.
    fn drop(&mut self) {
        let (Some(mut held), Ok(runtime)) = (self.held.take(), tokio::runtime::Handle::try_current()) else {
            return;
        };
        let place = self.place;
        if !matches!(place, Place::Only) {
            runtime.spawn(async move { held.undo(place).await });
        }
    }
}

#[cfg(test)]
mod tests;
