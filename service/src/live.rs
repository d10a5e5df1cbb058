//! Telling readers at once what changed under a post they are reading.
//!
//! Nothing is sent between servers: while somebody listens, each server asks the database several times a second
//! which platforms changed, and for those what changed under the posts that are listened to (ADR 0013). A write on
//! the same server does not wait for that.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::comments::Comment;
use domain::id::{PlatformId, PostId};
use store::Store;
use tokio::sync::{Notify, broadcast};

/// How often the database is asked while somebody listens.
const EVERY: Duration = Duration::from_millis(350);
/// How long a look waits for more, so that a lively conversation does not ask the database all the time.
const TOGETHER: Duration = Duration::from_millis(30);
/// Changes that a slow reader may lag behind before they are told to read the page anew.
const BEHIND: usize = 64;
/// Changes read at once.
const MOST: i64 = 200;

/// What changed, in order.
pub type Changes = Arc<Vec<Comment>>;

type Place = (PlatformId, PostId);

struct Room {
    /// The number of the last change that was told.
    seen: i64,
    /// The database was asked since the room was opened.
    looked: bool,
    tell: broadcast::Sender<Changes>,
}

#[derive(Default)]
struct Inner {
    rooms: Mutex<HashMap<Place, Room>>,
    wake: Notify,
}

/// Who listens to what. Clones share everything.
#[derive(Clone, Default)]
pub struct Live(Arc<Inner>);

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("rooms", &self.rooms().len()).finish()
    }
}

impl Live {
    /// Something was written here: look now.
    pub fn wake(&self) {
        self.0.wake.notify_one();
    }

    /// Begins to listen to a post, for what comes after the change number `seen`. Others may have been told of later
    /// changes already: who begins to listen reads once from the database what they missed. What was known
    /// before may be told again.
    pub fn listen(&self, platform: PlatformId, post: PostId, seen: i64) -> broadcast::Receiver<Changes> {
        let receiver = {
            let mut rooms = self.rooms();
            let room = rooms.entry((platform, post)).or_insert_with(|| Room {
                seen,
                looked: false,
                tell: broadcast::channel(BEHIND).0,
            });
            room.tell.subscribe()
        };
        self.wake();
        receiver
    }

    /// Ends all listening: the program stops.
    pub fn close(&self) {
        self.rooms().clear();
    }

    /// Looks for changes for as long as the program runs.
    pub async fn run(&self, store: Store) {
        let mut versions = HashMap::new();
        loop {
            if self.rooms().is_empty() {
                self.0.wake.notified().await;
            } else {
                let _ = tokio::time::timeout(EVERY, self.0.wake.notified()).await;
            }
            if let Err(error) = self.look(&store, &mut versions).await {
                tracing::warn!(%error, "what changed cannot be read");
            }
            // Many changes in one moment are told together.
            tokio::time::sleep(TOGETHER).await;
        }
    }

    /// One look: tells every room what changed in it. `versions` is what the look before this one saw.
    ///
    /// # Errors
    /// The database.
    pub async fn look(
        &self,
        store: &Store,
        versions: &mut HashMap<PlatformId, i64>,
    ) -> Result<(), store::Error> {
        let rooms: Vec<(Place, i64, bool)> = {
            let mut rooms = self.rooms();
            rooms.retain(|_, room| room.tell.receiver_count() > 0);
            rooms.iter().map(|(place, room)| (*place, room.seen, room.looked)).collect()
        };
        if rooms.is_empty() {
            return Ok(());
        }
        let now: HashMap<PlatformId, i64> =
            store.versions().await?.into_iter().map(|(id, versions)| (id, versions.content)).collect();
        for (place, seen, looked) in rooms {
            let (platform, post) = place;
            if looked && versions.get(&platform) == now.get(&platform) {
                continue;
            }
            let changes = store.on(platform).changed_comments(post, seen, MOST).await?;
            if let Some(room) = self.rooms().get_mut(&place) {
                room.looked = true;
                if let Some(last) = changes.last() {
                    room.seen = last.changed_in;
                    let _ = room.tell.send(Arc::new(changes));
                }
            }
        }
        *versions = now;
        Ok(())
    }

    fn rooms(&self) -> std::sync::MutexGuard<'_, HashMap<Place, Room>> {
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
