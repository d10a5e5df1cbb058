//! A page that is kept: its bytes, its headers, and its compressed form once somebody asks.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};

use crate::encoding::{Encoding, accepts, brotli, is_known};

/// Larger pages are made anew each time.
const LARGEST: usize = 2 * 1024 * 1024;
/// Below this, compressing saves no packet.
const SMALLEST: usize = 1024;
/// A page that is asked for this often is worth compressing: where somebody writes all the time, most are read once.
const OFTEN: u8 = 2;
/// Brotli's quality: a tenth smaller than 4, and a page takes a millisecond or two, once.
const QUALITY: i32 = 5;

#[derive(Debug)]
pub struct Entry {
    headers: HeaderMap,
    plain: Bytes,
    /// How often it was asked for, up to [`OFTEN`].
    asked: AtomicU8,
    brotli: Arc<OnceLock<Option<Bytes>>>,
}

impl Entry {
    /// Keeps an answer, if it is one that may be kept.
    ///
    /// # Errors
    /// The answer as it was: not a whole public page.
    pub async fn of(response: Response<Body>) -> Result<Self, Box<Response<Body>>> {
        let public = response.status() == StatusCode::OK
            && !response.headers().contains_key(header::SET_COOKIE)
            && !response.headers().contains_key(header::CONTENT_ENCODING)
            && is_page(response.headers());
        if !public {
            return Err(Box::new(response));
        }
        let (mut parts, body) = response.into_parts();
        let Ok(body) = body.collect().await else {
            // The page broke off half-way. Half a page is not shown to anyone.
            let mut broken = Response::new(Body::empty());
            *broken.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return Err(Box::new(broken));
        };
        let plain = body.to_bytes();
        if plain.len() > LARGEST {
            return Err(Box::new(Response::from_parts(parts, Body::from(plain))));
        }
        parts.headers.remove(header::CONTENT_LENGTH);
        Ok(Self { headers: parts.headers, plain, asked: AtomicU8::new(0), brotli: Arc::default() })
    }

    pub(super) fn weight(&self) -> usize {
        // The compressed form comes later and is at most this much.
        self.plain.len() + self.plain.len() / 3 + 2_000
    }

    /// The answer for one reader.
    pub fn answer(&self, method: &Method, headers: &HeaderMap) -> Response<Body> {
        if is_known(headers, &self.headers) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.headers.clone();
            return response;
        }
        let (bytes, encoding) = match self.compressed(headers) {
            Some(bytes) => (bytes, Encoding::Brotli.name()),
            None => (self.plain.clone(), None),
        };
        let length = bytes.len();
        let body = if method == Method::HEAD { Body::empty() } else { Body::new(Full::new(bytes)) };
        let mut response = Response::new(body);
        let out = response.headers_mut();
        *out = self.headers.clone();
        out.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    /// The compressed page, when it is there. Nobody waits for it: whoever asks until then gets the plain one.
    fn compressed(&self, headers: &HeaderMap) -> Option<Bytes> {
        if self.plain.len() < SMALLEST || !accepts(headers, Encoding::Brotli) {
            return None;
        }
        if let Some(made) = self.brotli.get() {
            return made.clone();
        }
        let count = |asked: u8| (asked < OFTEN).then_some(asked + 1);
        let before = self.asked.fetch_update(Ordering::Relaxed, Ordering::Relaxed, count);
        if before == Ok(OFTEN - 1) {
            let (plain, made) = (self.plain.clone(), Arc::clone(&self.brotli));
            // Left to itself: a process that stops meanwhile needs no compressed page any more.
            drop(tokio::task::spawn_blocking(move || made.set(brotli(&plain, QUALITY))));
        }
        None
    }

    #[cfg(test)]
    pub(super) fn is_compressed(&self) -> bool {
        self.brotli.get().is_some()
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
        ["text/html", "text/calendar", "application/atom+xml", "application/xml"]
            .iter()
            .any(|page| kind.starts_with(page))
    })
}
