//! New comments for readers who have a page open (server-sent events, HTML standard, 9.2).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app::comments::live_changes;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::comments::Comment;
use domain::id::PostId;
use futures_util::stream::{self, Stream};
use serde::Deserialize;
use service::comments;
use service::context::Request;
use service::live::Changes;
use tokio::sync::broadcast::Receiver;

use crate::state::AppState;

/// Often enough for what stands between, which closes what is silent.
const ALIVE: Duration = Duration::from_secs(25);

#[derive(Debug, Deserialize)]
pub struct From {
    /// The number of the last change that the page knows.
    #[serde(default)]
    na: i64,
}

/// What changes under a post, from the change after `?na=` on (or after the browser's own `Last-Event-ID`).
pub async fn comments(
    State(state): State<AppState>,
    Extension(request): Extension<Arc<Request>>,
    Path(post): Path<String>,
    Query(from): Query<From>,
    headers: axum::http::HeaderMap,
) -> Response {
    let Ok(post) = post.parse::<PostId>() else { return StatusCode::NOT_FOUND.into_response() };
    let again = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let seen = again.unwrap_or(from.na).max(0);
    // First listen, then read what came before: so nothing falls in between.
    let listening = state.services.live.listen(request.platform.id, post, seen);
    let missed = match comments::changes(&request, post, seen).await {
        Ok(missed) => missed,
        Err(service::Error::NotFound) => return StatusCode::NOT_FOUND.into_response(),
        Err(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let telling = Telling { state, request, listening, seen, first: Some(Arc::new(missed)) };
    let events = Sse::new(telling.events()).keep_alive(KeepAlive::new().interval(ALIVE));
    let mut response = events.into_response();
    // What stands between may keep the events until there are many (nginx).
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// One reader who is told.
struct Telling {
    state: AppState,
    request: Arc<Request>,
    listening: Receiver<Changes>,
    seen: i64,
    first: Option<Changes>,
}

impl Telling {
    fn events(self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, |mut telling| async move {
            loop {
                let changes = telling.next().await?;
                let news: Vec<Comment> =
                    changes.iter().filter(|change| change.changed_in > telling.seen).cloned().collect();
                let Some(last) = news.last().map(|change| change.changed_in) else { continue };
                telling.seen = last;
                let request =
                    Request { now: telling.state.services.clock.now(), ..(*telling.request).clone() };
                let text = live_changes(&request, news);
                let event = Event::default().event("reacties").id(last.to_string()).data(text);
                return Some((Ok(event), telling));
            }
        })
    }

    /// What changed next; `None` when the program stops, or this reader is too far behind: the browser asks again,
    /// and is told what it missed.
    async fn next(&mut self) -> Option<Changes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        self.listening.recv().await.ok()
    }
}
