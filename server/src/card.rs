//! `/berichten/ID/kaart.png`: the picture that other sites and programs show for a post without a photo.

use std::sync::{Arc, LazyLock};

use app::posts::view::kind_name;
use app::texts::in_language;
use axum::extract::{Extension, Path};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::id::PostId;
use moka::future::Cache;
use service::Error;
use service::context::Request;
use service::posts::{Card, card, draw_card};
use tokio::sync::Semaphore;

use crate::feeds::{answer, failed};
use crate::wellknown::colours;

/// All that are kept together weigh at most this many bytes.
const CAPACITY: u64 = 16 * 1024 * 1024;

static DRAWN: LazyLock<Cache<Card, Bytes>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(CAPACITY)
        .weigher(|_, picture: &Bytes| u32::try_from(picture.len() + 500).unwrap_or(u32::MAX))
        .build()
});
/// One at a time: however many are asked for, pages do not wait for them.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// The picture of a published post; of anything else there is none, whoever asks.
pub async fn of_post(
    Extension(request): Extension<Arc<Request>>,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<PostId>() else { return StatusCode::NOT_FOUND.into_response() };
    let drawn = match card(&request, id).await {
        Ok(card) => picture(&request, card).await,
        Err(error) => Err(error),
    };
    match drawn {
        Ok(picture) => answer("image/png", picture, None, &asked),
        Err(error) => failed(error),
    }
}

async fn picture(request: &Request, card: Card) -> Result<Bytes, Error> {
    if let Some(kept) = DRAWN.get(&card).await {
        return Ok(kept);
    }
    let (brand, paper) = colours(&card.theme);
    // In the language of the community: the picture is the same for everybody.
    let kind = kind_name(in_language(request.platform.locale), card.kind);
    let drawing = card.clone();
    let _turn = DRAWING.acquire().await.map_err(|_| Error::Inside("no more pictures"))?;
    if let Some(kept) = DRAWN.get(&card).await {
        return Ok(kept);
    }
    let drawn = tokio::task::spawn_blocking(move || draw_card(&drawing, kind, rgb(brand), rgb(paper)));
    let drawn = Bytes::from(drawn.await.map_err(|_| Error::Inside("the picture of a post"))??);
    DRAWN.insert(card, drawn.clone()).await;
    Ok(drawn)
}

/// `#0b6b50` as red, green and blue.
fn rgb(colour: &str) -> [u8; 3] {
    let part = |at: usize| colour.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    [1, 3, 5].map(|at| part(at).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_colour_is_read_in_its_three_parts() {
        assert_eq!(super::rgb("#0b6b50"), [11, 107, 80]);
        assert_eq!(super::rgb("green"), [0, 0, 0]);
    }
}
