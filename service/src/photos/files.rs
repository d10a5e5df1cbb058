//! Where the files of photos lie: `PLATFORM/PHOTO/NAME`.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use domain::id::{PhotoId, PlatformId};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Key;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt as _};

use super::workshop::Workshop;
use crate::Error;

/// All files that a photo can have.
pub const NAMES: [&str; 5] = ["320.webp", "640.webp", "1280.webp", "2048.webp", "1280.jpg"];

/// A store that speaks S3.
#[derive(Clone)]
pub struct S3 {
    /// Such as `https://s3.example.org`. Plain `http` only where it says so.
    pub endpoint: String,
    pub region: String,
    pub bucket: String,
    pub key: String,
    pub secret: String,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3")
            .field("endpoint", &self.endpoint)
            .field("bucket", &self.bucket)
            .finish_non_exhaustive()
    }
}

/// The files of all photos. Clones share them.
#[derive(Clone)]
pub struct Files {
    shelf: Arc<dyn ObjectStore>,
    pub(super) workshop: Workshop,
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

    /// In a store that speaks S3. Does not connect yet: a store that cannot be reached shows with the first photo.
    ///
    /// # Errors
    /// What is given does not make sense.
    pub fn in_s3(s3: &S3) -> Result<Self, String> {
        let shelf = AmazonS3Builder::new()
            .with_endpoint(&s3.endpoint)
            .with_region(&s3.region)
            .with_bucket_name(&s3.bucket)
            .with_access_key_id(&s3.key)
            .with_secret_access_key(&s3.secret)
            .with_virtual_hosted_style_request(false)
            // Not every store that speaks S3 can delete several at once; all can delete one.
            .with_disable_bulk_delete(true)
            .with_client_options(ClientOptions::new().with_allow_http(s3.endpoint.starts_with("http://")))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self::on(Arc::new(shelf)))
    }

    /// Gone with the program: for tests.
    pub fn in_memory() -> Self {
        Self::on(Arc::new(InMemory::new()))
    }

    fn on(shelf: Arc<dyn ObjectStore>) -> Self {
        Self { shelf, workshop: Workshop::open() }
    }

    /// Keeps a file. What is there under the same name is replaced.
    ///
    /// # Errors
    /// The files cannot be reached.
    pub async fn put(&self, of: (PlatformId, PhotoId), name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        self.shelf.put(&key(of, name), bytes.into()).await.map(|_| ()).map_err(|error| failed(&error))
    }

    /// Keeps all files of a photo.
    pub(super) async fn keep(&self, of: (PlatformId, PhotoId), made: media::Photo) -> Result<(), Error> {
        for variant in made.webp {
            self.put(of, &format!("{}.webp", variant.name), variant.bytes).await?;
        }
        self.put(of, &format!("{}.jpg", made.jpeg.name), made.jpeg.bytes).await
    }

    /// A file; `None` when it is not there.
    ///
    /// # Errors
    /// The files cannot be reached.
    pub async fn get(&self, of: (PlatformId, PhotoId), name: &str) -> Result<Option<Vec<u8>>, Error> {
        let found = match self.shelf.get(&key(of, name)).await {
            Ok(found) => found.bytes().await,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => Err(error),
        };
        found.map(|bytes| Some(bytes.into())).map_err(|error| failed(&error))
    }

    /// Deletes what is there of a photo: nothing is no error, so that it can be done again after a crash.
    ///
    /// # Errors
    /// The files cannot be reached. Some of them may be gone then.
    pub async fn delete(&self, of: (PlatformId, PhotoId)) -> Result<(), Error> {
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
