//! From photos to views.

use domain::photos::{Album, AlbumPhoto, Photo};
use domain::posts::{Cover, Post};
use service::flash::Kept;
use service::posts::PostView;

use super::view::{AlbumView, CoverView, LargeView, PhotoView};

pub(in crate::posts) fn photo(photo: &Photo) -> PhotoView {
    PhotoView {
        id: photo.id.to_string(),
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        width: photo.width,
        height: photo.height,
        widths: service::photos::widths(photo.width),
        placeholder: photo.placeholder.clone(),
    }
}

pub(in crate::posts) fn cover(cover: Cover) -> CoverView {
    let id = cover.photo.to_string();
    let names: Vec<u32> =
        service::photos::widths(cover.width).into_iter().filter(|name| *name <= 640).collect();
    CoverView { sources: super::sources(&id, &names, cover.width), id, focus: cover.focus }
}

/// What was typed, with the photos that came meanwhile behind it; or what is stored.
pub(super) fn album((post, photos): (Post, Vec<Photo>), kept: Kept<Album>) -> AlbumView {
    let Kept { typed: Album { photos: mut lines, reason, .. }, problems } = kept;
    let typed = |photo: &Photo| lines.iter().any(|line| line.id == photo.id.to_string());
    let more: Vec<AlbumPhoto> = photos.iter().filter(|photo| !typed(photo)).map(line).collect();
    lines.extend(more);
    // Said after it was typed: on which version the next attempt is made.
    let album = Album { version: post.version, photos: lines, reason };
    AlbumView { post: post.id.to_string(), title: post.text.title, album, problems }
}

fn line(photo: &Photo) -> AlbumPhoto {
    AlbumPhoto {
        id: photo.id.to_string(),
        alt: photo.alt.clone(),
        caption: photo.caption.clone(),
        focus: photo.focus.key().to_owned(),
        place: String::new(),
        gone: false,
    }
}

/// `None` when there is no photo with this number, counted from one.
pub(super) fn large(found: &PostView, number: usize) -> Option<LargeView> {
    let shown = found.photos.get(number.checked_sub(1)?)?;
    Some(LargeView {
        post: found.post.id.to_string(),
        title: found.post.text.title.clone(),
        photo: photo(shown),
        number,
        of: found.photos.len(),
    })
}
