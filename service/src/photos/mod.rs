//! Photos: taking them in, handing them out, and letting go of those that belong to nothing.

mod album;
mod develop;
mod files;
mod workshop;

use std::fs::File;

use domain::clock::Timestamp;
use domain::id::PhotoId;
use domain::limits::PHOTOS_PER_MEMBER;
use domain::permit::Permit;
use domain::photos::{Photo, may_add, may_see_loose};
use domain::posts::policy::{PostFacts, may_read};
use domain::problem::{Fault, Field};
use store::photos::NewPhoto;

use crate::Error;
use crate::context::{Request, Services};
use crate::limits::limit_member;

pub use album::{album, album_form, arrange};
pub use develop::{Developed, develop};
pub use files::{Files, NAMES, S3};

/// Photos of which the files are deleted in one go.
const AT_ONCE: i64 = 200;

/// Whether somebody may send photos now, and has not sent too many: to be asked before their files are read.
///
/// # Errors
/// The policy, too many in an hour, or the database.
pub async fn may_send(request: &Request) -> Result<(), Error> {
    may_add(&request.actor)?;
    limit_member(request, &PHOTOS_PER_MEMBER).await
}

/// Takes in a photo of somebody who [`may_send`], from the file that its bytes were put in: large photos wait for
/// their turn there and not in memory. It is its sender's alone until it is put with a post. What is known of it is
/// stored before its files are: whatever breaks off in between goes with the next sweep after a day.
///
/// # Errors
/// The policy, too many in an hour, what is wrong with the file, or the database.
pub async fn take_in(request: &Request, file: File) -> Result<PhotoId, Error> {
    let permit = may_add(&request.actor)?;
    let files = &request.services.photos;
    let made = files.workshop.make(file).await.map_err(refused)?;
    let id = PhotoId::new(request.now, request.services.random.as_ref());
    let mut write = request.tenant.write().await?;
    let (width, height) = (made.width, made.height);
    let new = NewPhoto { id, width, height, placeholder: &made.placeholder, at: request.now };
    write.insert_photo(&permit, &new).await?;
    write.commit().await?;
    files.keep((request.platform.id, id), made).await?;
    Ok(id)
}

fn refused(refusal: media::Refusal) -> Error {
    use media::Refusal;
    let fault = match refusal {
        Refusal::TooHeavy | Refusal::TooLarge => Fault::PhotoTooLarge,
        Refusal::NotAPhoto => Fault::NotAPhoto,
        Refusal::Damaged => Fault::PhotoDamaged,
        Refusal::Failed => return Error::Inside("a photo that was sent"),
    };
    Error::field(Field::Photos, fault)
}

/// A photo that this reader may see.
///
/// # Errors
/// Not there, not for this reader (which looks the same), or the database.
pub async fn photo(request: &Request, id: PhotoId) -> Result<Photo, Error> {
    let photo = request.tenant.photo(id).await?.ok_or(Error::NotFound)?;
    let seen = match photo.post {
        None => may_see_loose(&request.actor, &photo),
        Some(post) => {
            let post = request.tenant.post(post).await?.ok_or(Error::NotFound)?;
            may_read(&request.actor, &PostFacts::of(&post, request.platform.id, &request.platform.areas))
        }
    };
    if seen { Ok(photo) } else { Err(Error::NotFound) }
}

/// One of a photo's files ([`NAMES`]), for who may see the photo.
///
/// # Errors
/// As [`photo`]; or it has no such file.
pub async fn file(request: &Request, id: PhotoId, name: &str) -> Result<(Photo, Vec<u8>), Error> {
    let name = NAMES.into_iter().find(|known| *known == name).ok_or(Error::NotFound)?;
    let photo = photo(request, id).await?;
    let bytes = request.services.photos.get((request.platform.id, id), name).await?;
    Ok((photo, bytes.ok_or(Error::NotFound)?))
}

/// Deletes photos that are with no post, and have not been for a day: first their files, then what is known of them.
/// Says how many.
///
/// # Errors
/// The database, or the files cannot be reached.
pub async fn sweep(services: &Services, now: Timestamp) -> Result<u64, Error> {
    let mut gone = 0;
    for (platform, id) in services.store.loose_photos(now, AT_ONCE).await? {
        services.photos.delete((platform, id)).await?;
        let mut write = services.store.on(platform).write().await?;
        write.forget_photo(&Permit::for_the_platform_itself(platform), id).await?;
        write.commit().await?;
        gone += 1;
    }
    Ok(gone)
}

/// The names of the files of a photo of this width, without `.webp`.
pub fn widths(width: u32) -> Vec<u32> {
    media::names(width).collect()
}
