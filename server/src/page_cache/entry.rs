//! A page that is kept: its bytes, its headers, and its compressed form once somebody asks.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use tokio::sync::OnceCell;

use crate::encoding::{Encoding, accepts, brotli, is_known};

/// Larger pages are made anew each time.
const LARGEST: usize = 2 * 1024 * 1024;
/// Below this, compressing saves no packet.
const SMALLEST: usize = 1024;
/// Brotli's quality: a tenth smaller than 4, and a page takes a millisecond or two, once.
const QUALITY: i32 = 5;

#[derive(Debug)]
pub struct Entry {
    headers: HeaderMap,
    plain: Bytes,
    used: AtomicBool,
    brotli: OnceCell<Option<Bytes>>,
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
        Ok(Self { headers: parts.headers, plain, used: AtomicBool::new(false), brotli: OnceCell::new() })
    }

    pub(super) fn weight(&self) -> usize {
        // The compressed form comes later and is at most this much.
        self.plain.len() + self.plain.len() / 3 + 2_000
    }

    /// The answer for one reader.
    pub async fn answer(&self, method: &Method, headers: &HeaderMap) -> Response<Body> {
        if is_known(headers, &self.headers) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = self.headers.clone();
            return response;
        }
        let (bytes, encoding) = match self.compressed(headers).await {
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

    /// The compressed page. The first reader does not wait for it: where somebody writes all the
    /// time, most pages are read once.
    async fn compressed(&self, headers: &HeaderMap) -> Option<Bytes> {
        if self.plain.len() < SMALLEST || !accepts(headers, Encoding::Brotli) {
            return None;
        }
        if !self.used.swap(true, Ordering::Relaxed) {
            return None;
        }
        let plain = self.plain.clone();
        self.brotli
            .get_or_init(|| async move {
                tokio::task::spawn_blocking(move || brotli(&plain, QUALITY)).await.ok().flatten()
            })
            .await
            .clone()
    }
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
        ["text/html", "text/calendar", "application/atom+xml", "application/xml"]
            .iter()
            .any(|page| kind.starts_with(page))
    })
}
