//! The one connection that writes to `SQLite`. Those who write while others wait make their changes last together:
//! one `COMMIT`, for which the disk is waited for once (group commit, ADR 0028).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use deadpool::unmanaged::{Object, Pool};
use sqlx::SqliteConnection;
use tokio::sync::oneshot;

use super::ACQUIRE;

/// What became of the `COMMIT` of a group.
pub(super) type Outcome = Result<(), Arc<sqlx::Error>>;

/// A group has a transaction open from its first member on. Each member after the first writes inside a savepoint, so
/// that what one takes back is not taken from the others; whoever waited when the first was done is in it.
pub(crate) struct Held {
    conn: SqliteConnection,
    /// Those who are done, and wait for the `COMMIT`. While there are any, a task is about to give it.
    group: Vec<oneshot::Sender<Outcome>>,
}

impl Held {
    pub(crate) const fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.conn
    }

    pub(super) const fn group_is_open(&self) -> bool {
        !self.group.is_empty()
    }

    /// Leaves it to the group to make what was written last; gives what tells how it ended.
    pub(super) fn join(&mut self) -> oneshot::Receiver<Outcome> {
        let (tell, told) = oneshot::channel();
        self.group.push(tell);
        told
    }

    /// Makes last what the group has written, and tells its members. None of them hears of success before.
    async fn finish(&mut self) {
        if self.group.is_empty() {
            return;
        }
        match sqlx::query("COMMIT").execute(&mut self.conn).await {
            Ok(_) => self.tell(&Ok(())),
            Err(error) => {
                let _ = sqlx::query("ROLLBACK").execute(&mut self.conn).await;
                self.fail(error);
            }
        }
    }

    fn fail(&mut self, error: sqlx::Error) {
        tracing::error!(%error, members = self.group.len(), "what was written together is rolled back");
        self.tell(&Err(Arc::new(error)));
    }

    fn tell(&mut self, outcome: &Outcome) {
        for member in self.group.drain(..) {
            // Whoever does not wait any more has closed the page.
            let _ = member.send(outcome.clone());
        }
    }

    /// Takes back what one transaction has written. It may have got nowhere, or have been left by its request in the
    /// middle of a statement.
    pub(super) async fn undo(&mut self, place: Place) {
        match place {
            Place::Only => {}
            // It fails when SQLite has rolled back by itself already, or when it has committed.
            Place::First => drop(sqlx::query("ROLLBACK").execute(&mut self.conn).await),
            Place::Later => {
                let Err(error) =
                    sqlx::query("ROLLBACK TO writer; RELEASE writer").execute(&mut self.conn).await
                else {
                    return;
                };
                // There is no such savepoint: either it was not begun, or it was released and stays with the group, or
                // SQLite has rolled back everything by itself, for a disk that is full for instance.
                if !self.is_in_transaction().await {
                    self.fail(error);
                }
            }
        }
    }

    async fn is_in_transaction(&mut self) -> bool {
        // There is none within another.
        let begun = sqlx::query("BEGIN").execute(&mut self.conn).await.is_ok();
        if begun {
            let _ = sqlx::query("ROLLBACK").execute(&mut self.conn).await;
        }
        !begun
    }
}

/// `SQLite` allows one writer at a time: they queue here, in order, instead of waiting on each other's locks.
#[derive(Clone)]
pub(crate) struct Writer {
    held: Pool<Held>,
    waiting: Arc<AtomicUsize>,
}

/// Somebody who waits for the connection.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn with(number: &'a AtomicUsize) -> Self {
        number.fetch_add(1, Ordering::Relaxed);
        Self(number)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Writer {
    pub(crate) fn new(conn: SqliteConnection) -> Self {
        Self { held: Pool::from(vec![Held { conn, group: Vec::new() }]), waiting: Arc::default() }
    }

    /// The connection, with whatever group is open.
    pub(super) async fn turn(&self) -> Result<Object<Held>, sqlx::Error> {
        // It is not free while somebody waits.
        if let Ok(held) = self.held.try_get() {
            return Ok(held);
        }
        let _waiting = Waiting::with(&self.waiting);
        match tokio::time::timeout(ACQUIRE, self.held.get()).await {
            Ok(held) => held.map_err(|_| sqlx::Error::PoolClosed),
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    pub(super) fn somebody_waits(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Ends the group when those who wait by now have had their turn. In a task of its own: nobody's closed page keeps
    /// the others from it.
    pub(super) fn finish_soon(&self) {
        let pool = self.held.clone();
        tokio::spawn(async move {
            // Where it is closed, the group was ended before.
            if let Ok(mut held) = pool.get().await {
                held.finish().await;
            }
        });
    }

    /// The connection, with no group: the one that was open has ended. It ends also when whoever asks for this goes away.
    pub(crate) async fn alone(&self) -> Result<Object<Held>, sqlx::Error> {
        let mut held = self.turn().await?;
        if !held.group_is_open() {
            return Ok(held);
        }
        let finished = tokio::spawn(async move {
            held.finish().await;
            held
        });
        finished.await.map_err(|_| sqlx::Error::WorkerCrashed)
    }

    /// Waits for who is at work, and closes it.
    pub(crate) async fn close(&self) {
        if let Ok(mut held) = self.held.get().await {
            held.finish().await;
            super::close(Object::take(held).conn).await;
        }
        self.held.close();
    }
}

/// Where a transaction stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// One statement, for itself.
    Only,
    /// The first: what it writes is taken back with the transaction.
    First,
    /// In a group that has members already: inside a savepoint.
    Later,
}
