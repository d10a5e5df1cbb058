//! What is kept in memory between requests, and never stale: under the versions of the platform that the request
//! began with (ADR 0004).

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::clock::{Span, Timestamp};
use domain::id::PlatformId;
use domain::locale::Locale;
use store::Versions;

/// As many things as are kept; the largest, a page of a list, is some ten kilobytes.
const MOST: u64 = 600;
/// Pins end and "just now" passes without anybody changing anything: made anew after this long.
const KEPT: Span = Span::minutes(1);
/// Suggestions are small, and as many as people type.
const MOST_SUGGESTED: u64 = 4_000;
/// Networks that are counted at once.
const MOST_COUNTED: u64 = 20_000;

/// Under what something is kept. `what` says which of the things of a platform it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    platform: PlatformId,
    versions: Versions,
    minute: i64,
    locale: Locale,
    what: String,
}

impl Key {
    pub fn new(
        (platform, versions): (PlatformId, Versions),
        now: Timestamp,
        locale: Locale,
        what: String,
    ) -> Self {
        Self { platform, versions, minute: now.0.div_euclid(KEPT.0), locale, what }
    }
}

type Anything = Arc<dyn Any + Send + Sync>;
/// A place that is filled once: whoever comes while it is being filled waits for that.
type Place = Arc<tokio::sync::OnceCell<Anything>>;

/// Shared by all requests of a process. Clones share everything.
#[derive(Clone)]
pub struct Memory {
    kept: moka::sync::Cache<Key, Place>,
    suggested: moka::sync::Cache<Key, Arc<[(String, String)]>>,
    counted: moka::sync::Cache<(String, i64), Arc<AtomicU32>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            kept: moka::sync::Cache::new(MOST),
            suggested: moka::sync::Cache::new(MOST_SUGGESTED),
            counted: moka::sync::Cache::new(MOST_COUNTED),
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").field("kept", &self.kept.entry_count()).finish_non_exhaustive()
    }
}

impl Memory {
    /// What is kept, or else what `make` gives, which is kept then: once, however many ask at the same time. It must depend on nothing but the platform, the
    /// reader's language, the minute and what `what` says: never on who asks.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn or_make<T: Send + Sync + 'static, E>(
        &self,
        key: Key,
        make: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E> {
        let place = self.kept.get_with(key, Place::default);
        let mut make = std::pin::pin!(make);
        let filled = place.get_or_try_init(|| {
            let make = make.as_mut();
            async move { make.await.map(|made| Arc::new(made) as Anything) }
        });
        let kept = Arc::clone(filled.await?);
        match kept.downcast() {
            Ok(kept) => Ok(kept),
            // Something else is kept under this name: then it was not this that was made.
            Err(_) => Ok(Arc::new(make.await?)),
        }
    }

    /// Suggestions that are kept apart, so that typing pushes no page out.
    ///
    /// # Errors
    /// Those of `make`.
    pub async fn or_suggest<E>(
        &self,
        key: Key,
        make: impl Future<Output = Result<Vec<(String, String)>, E>>,
    ) -> Result<Arc<[(String, String)]>, E> {
        if let Some(kept) = self.suggested.get(&key) {
            return Ok(kept);
        }
        let fresh: Arc<[(String, String)]> = make.await?.into();
        self.suggested.insert(key, Arc::clone(&fresh));
        Ok(fresh)
    }

    /// How often `who` was counted within this minute, this time included; in this process, for what is only read.
    pub fn count(&self, who: &str, now: Timestamp) -> u32 {
        let key = (who.to_owned(), now.0.div_euclid(KEPT.0));
        let count = self.counted.get_with(key, Arc::default);
        count.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }

    /// [`Memory::or_make`] for what takes no waiting.
    pub fn or_make_now<T: Send + Sync + 'static>(&self, key: Key, make: impl FnOnce() -> T) -> Arc<T> {
        let place = self.kept.get_with(key, Place::default);
        if let Some(kept) = place.get().and_then(|kept| Arc::clone(kept).downcast().ok()) {
            return kept;
        }
        let fresh = Arc::new(make());
        // Whoever else made it meanwhile made the same.
        let _ = place.set(Arc::clone(&fresh) as Anything);
        fresh
    }
}
