//! The picture that stands for a post where somebody shares its address.

use domain::id::{PlatformId, PostId};
use domain::posts::{PostKind, PostStatus};

use crate::Error;
use crate::context::Request;

/// What decides how the picture of a post looks; two that are the same look the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    pub platform: PlatformId,
    pub post: PostId,
    pub title: String,
    pub kind: PostKind,
    pub community: String,
    pub theme: String,
}

/// What is on the picture of a post, for everybody alike.
///
/// # Errors
/// Not there, or not published, whoever asks; or the database.
pub async fn card(request: &Request, id: PostId) -> Result<Card, Error> {
    let post = super::stored(request, id).await?;
    if post.status != PostStatus::Published {
        return Err(Error::NotFound);
    }
    Ok(Card {
        platform: request.platform.id,
        post: id,
        title: post.text.title.clone(),
        kind: post.text.kind,
        community: request.platform.name.clone(),
        theme: request.platform.theme.clone(),
    })
}

/// The picture as a PNG file. `kind` is the kind in words; colours are red, green and blue. Takes some
/// hundredths of a second and four megabytes.
///
/// # Errors
/// It could not be drawn.
pub fn draw_card(card: &Card, kind: &str, brand: [u8; 3], paper: [u8; 3]) -> Result<Vec<u8>, Error> {
    let (title, community) = (&card.title, &card.community);
    media::card::draw(&media::card::Card { title, kind, community, brand, paper })
        .ok_or(Error::Inside("the picture of a post"))
}
