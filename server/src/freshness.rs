//! Answers "what is the newest version?" for many requests with few queries.
//!
//! A cached page may be shown only when nothing was written since, by this process or another.
//! So every request asks the database for the current versions, but requests that wait at the
//! same time share one answer. The rule that keeps this right: **a request uses only an answer
//! whose query started after the request arrived**. An answer that was under way already may
//! have missed a write which the reader has been told about.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// The question could not be answered (the database is away).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered;

type Answer<T> = Result<T, Unanswered>;
type Ask<T> = dyn Fn() -> Pin<Box<dyn Future<Output = Answer<T>> + Send>> + Send + Sync;

/// Rounds are counted from 1; `last` is the one that ended last.
struct Told<T> {
    last: u64,
    answer: Answer<T>,
}

#[derive(Default)]
struct Rounds {
    /// The number of the newest round that has started.
    started: u64,
    running: bool,
    /// Somebody arrived after the running round began.
    wanted: bool,
}

/// One question, asked again in every round, for all who wait.
#[derive(Clone)]
pub struct Freshness<T>(Arc<Inner<T>>);

struct Inner<T> {
    ask: Box<Ask<T>>,
    rounds: Mutex<Rounds>,
    told: watch::Sender<Told<T>>,
}

impl<T> fmt::Debug for Freshness<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Freshness").finish_non_exhaustive()
    }
}

impl<T: Clone + Send + Sync + 'static> Freshness<T> {
    /// `ask` puts the question to the database.
    pub fn new<F>(ask: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        let (told, _) = watch::channel(Told { last: 0, answer: Err(Unanswered) });
        Self(Arc::new(Inner { ask: Box::new(move || Box::pin(ask())), rounds: Mutex::default(), told }))
    }

    /// The answer to a question that was put after this call.
    ///
    /// # Errors
    /// The question could not be answered.
    pub async fn current(&self) -> Answer<T> {
        let mut told = self.0.told.subscribe();
        let (mine, begin) = {
            let mut rounds = self.0.rounds.lock().unwrap_or_else(PoisonError::into_inner);
            if rounds.running {
                rounds.wanted = true;
                (rounds.started + 1, false)
            } else {
                rounds.running = true;
                rounds.started += 1;
                (rounds.started, true)
            }
        };
        if begin {
            // A task of its own: the reader who happens to be first may hang up.
            let inner = Arc::clone(&self.0);
            tokio::spawn(async move { inner.run(mine).await });
        }
        match told.wait_for(|told| told.last >= mine).await {
            Ok(told) => told.answer.clone(),
            Err(_) => Err(Unanswered),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Inner<T> {
    /// Round after round, for as long as somebody waits.
    async fn run(self: Arc<Self>, first: u64) {
        let mut round = first;
        loop {
            // A panic in here would leave everyone waiting; in a task it becomes an error.
            let answer = tokio::spawn((self.ask)()).await.unwrap_or(Err(Unanswered));
            self.told.send_replace(Told { last: round, answer });
            let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
            if !rounds.wanted {
                rounds.running = false;
                return;
            }
            rounds.wanted = false;
            rounds.started += 1;
            round = rounds.started;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use tokio::sync::Semaphore;

    /// A database of which every query waits until the test lets it through, and answers with
    /// what was written when the query *started*.
    struct Slow {
        written: Arc<AtomicU64>,
        queries: Arc<AtomicU64>,
        gate: Arc<Semaphore>,
    }

    impl Slow {
        fn new() -> (Self, Freshness<u64>) {
            let slow =
                Self { written: Arc::default(), queries: Arc::default(), gate: Arc::new(Semaphore::new(0)) };
            let (written, queries, gate) =
                (Arc::clone(&slow.written), Arc::clone(&slow.queries), Arc::clone(&slow.gate));
            let freshness = Freshness::new(move || {
                let seen = written.load(Ordering::SeqCst);
                queries.fetch_add(1, Ordering::SeqCst);
                let gate = Arc::clone(&gate);
                async move {
                    gate.acquire().await.map_err(|_| Unanswered)?.forget();
                    Ok(seen)
                }
            });
            (slow, freshness)
        }

        async fn until_queries(&self, count: u64) {
            while self.queries.load(Ordering::SeqCst) < count {
                tokio::task::yield_now().await;
            }
        }
    }

    fn ask(freshness: &Freshness<u64>) -> tokio::task::JoinHandle<Answer<u64>> {
        let freshness = freshness.clone();
        tokio::spawn(async move { freshness.current().await })
    }

    #[tokio::test]
    async fn a_request_never_sees_an_answer_to_an_older_question() {
        let (slow, freshness) = Slow::new();
        let early = ask(&freshness);
        slow.until_queries(1).await;
        slow.written.store(1, Ordering::SeqCst);
        let late = ask(&freshness);
        while !freshness.0.rounds.lock().expect("whole").wanted {
            tokio::task::yield_now().await;
        }
        slow.gate.add_permits(2);
        assert_eq!(early.await.expect("an answer"), Ok(0));
        assert_eq!(late.await.expect("an answer"), Ok(1), "the write came before this question");
    }

    #[tokio::test]
    async fn who_waits_together_shares_one_query() {
        let (slow, freshness) = Slow::new();
        let first = ask(&freshness);
        slow.until_queries(1).await;
        let others: Vec<_> = (0..50).map(|_| ask(&freshness)).collect();
        while freshness.0.told.receiver_count() < 51 {
            tokio::task::yield_now().await;
        }
        slow.gate.add_permits(100);
        assert_eq!(first.await.expect("an answer"), Ok(0));
        for other in others {
            assert_eq!(other.await.expect("an answer"), Ok(0));
        }
        assert_eq!(slow.queries.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_reader_who_hangs_up_leaves_nobody_waiting() {
        let (slow, freshness) = Slow::new();
        let gone = ask(&freshness);
        slow.until_queries(1).await;
        gone.abort();
        let stays = ask(&freshness);
        slow.gate.add_permits(2);
        assert_eq!(stays.await.expect("an answer"), Ok(0));
    }

    #[tokio::test]
    async fn a_database_that_is_away_is_asked_again_by_the_next() {
        let calls = Arc::new(AtomicU64::new(0));
        let seen = Arc::clone(&calls);
        let freshness = Freshness::new(move || {
            let call = seen.fetch_add(1, Ordering::SeqCst);
            async move {
                assert_ne!(call, 1, "the second query breaks down");
                if call == 0 { Err(Unanswered) } else { Ok(call) }
            }
        });
        assert_eq!(freshness.current().await, Err(Unanswered));
        assert_eq!(freshness.current().await, Err(Unanswered), "even a panic is only an error");
        assert_eq!(freshness.current().await, Ok(2));
    }
}
