//! Where the files of photos lie: `PLATFORM/PHOTO/NAME`.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use domain::id::{PhotoId, PlatformId};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tokio::sync::Semaphore;

use crate::Error;

/// All files that a photo can have.
pub const NAMES: [&str; 4] = ["320.webp", "640.webp", "1280.webp", "1280.jpg"];

/// The files of all photos. Clones share them.
#[derive(Clone)]
pub struct Files {
    shelf: Arc<dyn ObjectStore>,
    /// One photo is decoded at a time: it may take 300 MB.
    pub(super) decoding: Arc<Semaphore>,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("shelf", &self.shelf.to_string()).finish_non_exhaustive()
    }
}

impl Files {
    /// In a folder, which is made when it is not there.
    ///
    /// # Errors
    /// It cannot be made, or is no folder.
    pub fn in_folder(folder: &Path) -> Result<Self, String> {
        std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        let shelf = LocalFileSystem::new_with_prefix(folder).map_err(|error| error.to_string())?;
        Ok(Self::on(Arc::new(shelf.with_fsync(true))))
    }

    /// Gone with the program: for tests.
    pub fn in_memory() -> Self {
        Self::on(Arc::new(InMemory::new()))
    }

    fn on(shelf: Arc<dyn ObjectStore>) -> Self {
        Self { shelf, decoding: Arc::new(Semaphore::new(1)) }
    }

    pub(super) async fn put(
        &self,
        of: (PlatformId, PhotoId),
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), Error> {
        self.shelf.put(&key(of, name), bytes.into()).await.map(|_| ()).map_err(|error| failed(&error))
    }

    /// A file; `None` when it is not there.
    pub(super) async fn get(&self, of: (PlatformId, PhotoId), name: &str) -> Result<Option<Vec<u8>>, Error> {
        let found = match self.shelf.get(&key(of, name)).await {
            Ok(found) => found.bytes().await,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => Err(error),
        };
        found.map(|bytes| Some(bytes.into())).map_err(|error| failed(&error))
    }

    /// Deletes what is there of a photo.
    pub(super) async fn delete(&self, of: (PlatformId, PhotoId)) -> Result<(), Error> {
        for name in NAMES {
            match self.shelf.delete(&key(of, name)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(failed(&error)),
            }
        }
        Ok(())
    }
}

fn key((platform, photo): (PlatformId, PhotoId), name: &str) -> Key {
    Key::from_iter([platform.to_string(), photo.to_string(), name.to_owned()])
}

fn failed(error: &object_store::Error) -> Error {
    tracing::error!(%error, "a file of a photo cannot be reached");
    Error::Inside("the files of photos")
}
