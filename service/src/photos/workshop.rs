//! Where photos are made: one at a time, which may take 300 MB, and always on the same thread. On threads that change,
//! each would keep some of the memory for its next photo, and ten photos would take that of ten.

use std::fs::File;

use media::{Photo, Refusal};
use tokio::sync::{mpsc, oneshot};

/// Clones share the one bench. Its thread ends with the last of them.
#[derive(Clone, Debug)]
pub(super) struct Workshop(mpsc::Sender<Job>);

#[derive(Debug)]
struct Job {
    file: File,
    done: oneshot::Sender<Result<Photo, Refusal>>,
}

impl Workshop {
    pub(super) fn open() -> Self {
        let (jobs, mut waiting) = mpsc::channel::<Job>(1);
        std::thread::spawn(move || {
            while let Some(mut job) = waiting.blocking_recv() {
                // Whoever sent it may have gone meanwhile.
                if !job.done.is_closed() {
                    let _ = job.done.send(media::prepare(&mut job.file));
                }
            }
        });
        Self(jobs)
    }

    /// [`media::prepare`], when it is this file's turn.
    pub(super) async fn make(&self, file: File) -> Result<Photo, Refusal> {
        let (done, made) = oneshot::channel();
        self.0.send(Job { file, done }).await.map_err(|_| Refusal::Failed)?;
        made.await.map_err(|_| Refusal::Failed)?
    }
}
