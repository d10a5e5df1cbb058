//! Puts what many requests want to know at the same time to the database together.
//!
//! A page may be shown from memory only when nothing was written since, by this process or another; and who has a
//! session must be known at every request. So every request asks the database, but requests that wait at the same time
//! are answered in one round. The rule that keeps this right: **a request uses only an answer whose query started after
//! the request arrived**. An answer that was under way already may have missed a write which the reader has been told
//! about.

use std::fmt;
use std::mem;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt as _;
use tokio::sync::oneshot;

/// The question could not be answered (the database is away).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unanswered;

impl From<Unanswered> for service::Error {
    fn from(_: Unanswered) -> Self {
        Self::Inside("a question without an answer")
    }
}

type Answers<A> = Pin<Box<dyn Future<Output = Result<Vec<A>, Unanswered>> + Send>>;
type Put<Q, A> = dyn Fn(Vec<Q>) -> Answers<A> + Send + Sync;

/// Questions of one kind, round after round.
pub struct Rounds<Q, A>(Arc<Inner<Q, A>>);

struct Inner<Q, A> {
    put: Box<Put<Q, A>>,
    waiting: Mutex<Waiting<Q, A>>,
}

struct Waiting<Q, A> {
    /// For the next round.
    asked: Vec<(Q, oneshot::Sender<A>)>,
    /// A round is under way, and the next one follows if anything was asked meanwhile.
    running: bool,
}

impl<Q, A> Clone for Rounds<Q, A> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<Q, A> fmt::Debug for Rounds<Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rounds").finish_non_exhaustive()
    }
}

impl<Q: Send + 'static, A: Send + 'static> Rounds<Q, A> {
    /// `put` puts questions to the database, and gives an answer to each, in their order.
    pub fn new<F>(put: impl Fn(Vec<Q>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Vec<A>, Unanswered>> + Send + 'static,
    {
        let waiting = Mutex::new(Waiting { asked: Vec::new(), running: false });
        Self(Arc::new(Inner { put: Box::new(move |asked| Box::pin(put(asked))), waiting }))
    }

    /// The answer to a question that was put after this call.
    ///
    /// # Errors
    /// The question could not be answered.
    pub async fn ask(&self, question: Q) -> Result<A, Unanswered> {
        let (tell, told) = oneshot::channel();
        let begin = {
            let mut waiting = self.0.waiting();
            waiting.asked.push((question, tell));
            !mem::replace(&mut waiting.running, true)
        };
        if begin {
            // A task of its own: the reader who happens to be first may hang up.
            let inner = Arc::clone(&self.0);
            tokio::spawn(async move { inner.run().await });
        }
        told.await.map_err(|_| Unanswered)
    }
}

impl<Q, A> Inner<Q, A> {
    fn waiting(&self) -> MutexGuard<'_, Waiting<Q, A>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was asked since the last round; when there is nothing, that was the last one for now.
    fn next(&self) -> Option<Vec<(Q, oneshot::Sender<A>)>> {
        let mut waiting = self.waiting();
        waiting.running = !waiting.asked.is_empty();
        waiting.running.then(|| mem::take(&mut waiting.asked))
    }

    /// Round after round, for as long as somebody waits.
    async fn run(self: Arc<Self>) {
        while let Some(asked) = self.next() {
            let (questions, tell): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
            // A panic in here would leave everyone waiting: it is a question without an answer.
            let put = AssertUnwindSafe(async { (self.put)(questions).await });
            if let Ok(Ok(answers)) = put.catch_unwind().await {
                for (tell, answer) in tell.into_iter().zip(answers) {
                    // Who hung up wants no answer.
                    let _ = tell.send(answer);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use tokio::sync::Semaphore;
    use tokio::task::JoinHandle;

    /// A database of which every query waits until the test lets it through, and answers each question with itself and
    /// what was written when the query *started*.
    struct Slow {
        written: Arc<AtomicU64>,
        queries: Arc<AtomicU64>,
        gate: Arc<Semaphore>,
        rounds: Rounds<u64, (u64, u64)>,
    }

    impl Slow {
        fn new() -> Self {
            let (written, queries, gate) = (Arc::default(), Arc::default(), Arc::new(Semaphore::new(0)));
            let (seen, count, open) = (Arc::clone(&written), Arc::clone(&queries), Arc::clone(&gate));
            let rounds = Rounds::new(move |asked: Vec<u64>| {
                let seen = AtomicU64::load(&seen, Ordering::SeqCst);
                AtomicU64::fetch_add(&count, 1, Ordering::SeqCst);
                let gate: Arc<Semaphore> = Arc::clone(&open);
                async move {
                    gate.acquire().await.map_err(|_| Unanswered)?.forget();
                    Ok(asked.into_iter().map(|question| (question, seen)).collect())
                }
            });
            Self { written, queries, gate, rounds }
        }

        fn ask(&self, question: u64) -> JoinHandle<Result<(u64, u64), Unanswered>> {
            let rounds = self.rounds.clone();
            tokio::spawn(async move { rounds.ask(question).await })
        }

        async fn until_queries(&self, count: u64) {
            while self.queries.load(Ordering::SeqCst) < count {
                tokio::task::yield_now().await;
            }
        }

        async fn until_waiting(&self, count: usize) {
            while self.rounds.0.waiting().asked.len() < count {
                tokio::task::yield_now().await;
            }
        }
    }

    #[tokio::test]
    async fn a_request_never_sees_an_answer_to_an_older_question() {
        let slow = Slow::new();
        let early = slow.ask(1);
        slow.until_queries(1).await;
        slow.written.store(7, Ordering::SeqCst);
        let late = slow.ask(2);
        slow.until_waiting(1).await;
        slow.gate.add_permits(2);
        assert_eq!(early.await.expect("an answer"), Ok((1, 0)));
        assert_eq!(late.await.expect("an answer"), Ok((2, 7)), "the write came before this question");
    }

    #[tokio::test]
    async fn who_waits_together_shares_one_query_and_gets_their_own_answer() {
        let slow = Slow::new();
        let first = slow.ask(1_000);
        slow.until_queries(1).await;
        let others: Vec<_> = (0..50).map(|question| slow.ask(question)).collect();
        slow.until_waiting(50).await;
        slow.gate.add_permits(100);
        assert_eq!(first.await.expect("an answer"), Ok((1_000, 0)));
        for (question, other) in (0..).zip(others) {
            assert_eq!(other.await.expect("an answer"), Ok((question, 0)));
        }
        assert_eq!(slow.queries.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_reader_who_hangs_up_leaves_nobody_waiting() {
        let slow = Slow::new();
        let gone = slow.ask(1);
        slow.until_queries(1).await;
        gone.abort();
        let stays = slow.ask(2);
        slow.gate.add_permits(2);
        assert_eq!(stays.await.expect("an answer"), Ok((2, 0)));
    }

    #[tokio::test]
    async fn a_database_that_is_away_is_asked_again_by_the_next() {
        let calls = AtomicU64::new(0);
        let rounds = Rounds::new(move |asked: Vec<()>| {
            let call = calls.fetch_add(1, Ordering::SeqCst);
            async move {
                assert_ne!(call, 1, "the second query breaks down");
                if call == 0 { Err(Unanswered) } else { Ok(vec![call; asked.len()]) }
            }
        });
        assert_eq!(rounds.ask(()).await, Err(Unanswered));
        assert_eq!(rounds.ask(()).await, Err(Unanswered), "even a panic is only an error");
        assert_eq!(rounds.ask(()).await, Ok(2));
    }
}
