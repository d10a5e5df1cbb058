//! The server functions about photos.

use domain::photos::Album;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use super::view::{AlbumView, LargeView};
use crate::error::AppError;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    super::present,
    crate::context::{FormWay, answer, finish, request, typed},
    crate::posts::present::parse,
    service::{photos, posts},
};

/// The photos of a post for who may change them, with what was typed when it could not be stored.
#[server(endpoint = "photos/album", output = Postcard)]
pub async fn load_album(id: String, #[server(default)] flash: String) -> Result<Packed<AlbumView>, AppError> {
    let request = request();
    let post = answer(parse(&id))?;
    let found = answer(photos::album(&request, post).await)?;
    let kept = typed::<Album>(&request, &photos::album_form(post), &flash).await?;
    Ok(present::album(found, kept).into())
}

#[server(endpoint = "photos/arrange", output = Postcard)]
pub async fn arrange_photos(id: String, album: Album) -> Result<(), AppError> {
    let request = request();
    let post = answer(parse(&id))?;
    let done = photos::arrange(&request, post, &album).await;
    let done = done.map(|()| format!("/berichten/{post}?melding=bewaard&bericht={post}"));
    let (form, back) = (photos::album_form(post), format!("/berichten/{post}/fotos"));
    finish(&request, FormWay { form: &form, back: &back }, album, done).await
}

/// One photo of a post, by its place.
#[server(endpoint = "photos/large", output = Postcard)]
pub async fn large_photo(id: String, number: String) -> Result<Packed<LargeView>, AppError> {
    let request = request();
    let post = answer(parse(&id))?;
    let found = answer(posts::post(&request, post).await)?;
    let large = number.parse().ok().and_then(|number| present::large(&found, number));
    answer(large.map(Packed::from).ok_or(service::Error::NotFound))
}
