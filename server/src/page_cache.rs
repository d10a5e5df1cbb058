//! Pages for readers without a session, kept in memory (ADR 0004).
//!
//! The key holds the platform's content and configuration version as the database gave them for
//! *this* request, so a page from before a write is simply never found again, whichever process
//! wrote. The version is read before the page is made: a write in between makes the page
//! newer than its key, never older.

mod entry;
mod key;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Response;
use moka::future::Cache;

pub use entry::Entry;
pub use key::{Key, Variant, cacheable_path, is_for_programs};

/// All entries together weigh at most this many bytes.
const CAPACITY: u64 = 64 * 1024 * 1024;
/// Pages say "today" and "good morning": they are made again within a minute.
const KEPT: Duration = Duration::from_mins(1);

/// What the cache gave.
#[derive(Debug)]
pub enum Found {
    /// A page that many readers may see.
    Shared(Arc<Entry>),
    /// The answer to this request alone.
    Own(Response<Body>),
    /// Another reader's request showed that this page cannot be shared: make it again.
    NotShared,
}

#[derive(Clone, Debug)]
pub struct PageCache(Cache<Key, Arc<Entry>>);

impl Default for PageCache {
    fn default() -> Self {
        Self::new(CAPACITY, KEPT)
    }
}

/// The page may not be shared.
#[derive(Debug)]
struct NotShared;

impl PageCache {
    pub fn new(capacity: u64, kept: Duration) -> Self {
        let cache = Cache::builder()
            .max_capacity(capacity)
            .weigher(|key: &Key, entry: &Arc<Entry>| {
                u32::try_from(key.weight() + entry.weight()).unwrap_or(u32::MAX)
            })
            .time_to_live(kept)
            .build();
        Self(cache)
    }

    /// The page under `key`, when it is there.
    pub async fn get(&self, key: &Key) -> Option<Arc<Entry>> {
        self.0.get(key).await
    }

    /// The page under `key`, made with `render`. However many ask for it at the same time, it is
    /// made once; when the one who makes it hangs up, the next takes over.
    pub async fn make(&self, key: Key, render: impl Future<Output = Response<Body>>) -> Found {
        let mut own = None;
        let made = self
            .0
            .try_get_with(key, async {
                match Entry::of(render.await).await {
                    Ok(entry) => Ok(Arc::new(entry)),
                    Err(response) => {
                        own = Some(*response);
                        Err(NotShared)
                    }
                }
            })
            .await;
        match (made, own) {
            (Ok(entry), _) => Found::Shared(entry),
            (Err(_), Some(response)) => Found::Own(response),
            (Err(_), None) => Found::NotShared,
        }
    }
}

#[cfg(test)]
mod tests;
