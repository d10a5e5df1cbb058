use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use domain::id::PlatformId;
use domain::locale::Locale;
use http_body_util::BodyExt as _;
use tokio::sync::Semaphore;

use super::*;

fn variant(content_version: i64) -> Variant {
    let platform: PlatformId = "0198c0de-0000-7000-8000-000000000001".parse().expect("a key");
    Variant {
        platform,
        content_version,
        config_version: 1,
        locale: Locale::Nl,
        scheme: "auto",
        base_url: "http://hallo.localhost:3000".into(),
    }
}

fn key(content_version: i64) -> Key {
    Key::new(variant(content_version), "/".into())
}

fn page(text: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(text.to_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::ETAG, HeaderValue::from_static("\"one\""));
    response
}

async fn text(found: Found) -> String {
    let response = match found {
        Found::Shared(entry) => entry.answer(&Method::GET, &HeaderMap::new()),
        Found::Own(response) => response,
        Found::NotShared => return "not shared".into(),
    };
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn a_page_is_made_once_per_version() {
    let cache = PageCache::default();
    assert!(cache.get(&key(1)).await.is_none());
    assert_eq!(text(cache.make(key(1), async { page("old") }).await).await, "old");
    assert_eq!(text(cache.make(key(1), async { page("never made") }).await).await, "old");
    assert!(cache.get(&key(1)).await.is_some());
    assert!(cache.get(&key(2)).await.is_none(), "somebody wrote");
    assert_eq!(text(cache.make(key(2), async { page("new") }).await).await, "new");
}

#[tokio::test]
async fn who_ask_together_wait_for_one_rendering() {
    let cache = PageCache::default();
    let made = Arc::new(AtomicU32::new(0));
    let gate = Arc::new(Semaphore::new(0));
    let readers: Vec<_> = (0..20)
        .map(|_| {
            let (cache, made, gate) = (cache.clone(), Arc::clone(&made), Arc::clone(&gate));
            tokio::spawn(async move {
                let render = async {
                    made.fetch_add(1, Ordering::SeqCst);
                    gate.acquire().await.expect("open").forget();
                    page("once")
                };
                text(cache.make(key(1), render).await).await
            })
        })
        .collect();
    while made.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    gate.add_permits(20);
    for reader in readers {
        assert_eq!(reader.await.expect("a page"), "once");
    }
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn an_answer_for_one_reader_is_never_given_to_another() {
    let cache = PageCache::default();
    let with_cookie = async {
        let mut response = page("mine");
        response.headers_mut().insert(header::SET_COOKIE, HeaderValue::from_static("a=b"));
        response
    };
    assert!(matches!(cache.make(key(1), with_cookie).await, Found::Own(_)));
    let missing = async {
        let mut response = page("nothing here");
        *response.status_mut() = StatusCode::NOT_FOUND;
        response
    };
    assert!(matches!(cache.make(key(1), missing).await, Found::Own(_)));
    assert_eq!(text(cache.make(key(1), async { page("for all") }).await).await, "for all");
}

#[tokio::test]
async fn who_comes_after_the_second_reader_gets_the_compressed_page_and_nobody_waits_for_it() {
    let cache = PageCache::default();
    let long = "Nieuws uit de buurt. ".repeat(200);
    let Found::Shared(entry) = cache.make(key(1), async { page(&long) }).await else {
        panic!("a shared page");
    };
    let browser = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"))]);
    assert!(!entry.answer(&Method::GET, &browser).headers().contains_key(header::CONTENT_ENCODING));
    assert!(!entry.answer(&Method::GET, &browser).headers().contains_key(header::CONTENT_ENCODING));
    while !entry.is_compressed() {
        tokio::task::yield_now().await;
    }
    let third = entry.answer(&Method::GET, &browser);
    assert_eq!(third.headers()[header::CONTENT_ENCODING], "br");
    let bytes = third.into_body().collect().await.expect("a body").to_bytes();
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &*bytes, &mut plain).expect("brotli");
    assert_eq!(plain, long.as_bytes());
    let old_browser = entry.answer(&Method::GET, &HeaderMap::new());
    assert!(!old_browser.headers().contains_key(header::CONTENT_ENCODING));
}

#[tokio::test]
async fn a_page_the_browser_has_is_not_sent_again() {
    let cache = PageCache::default();
    let Found::Shared(entry) = cache.make(key(1), async { page("text") }).await else {
        panic!("a shared page");
    };
    let known = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static("\"one\""))]);
    assert_eq!(entry.answer(&Method::GET, &known).status(), StatusCode::NOT_MODIFIED);
    let head = entry.answer(&Method::HEAD, &HeaderMap::new());
    assert_eq!(head.headers()[header::CONTENT_LENGTH], "4");
    assert!(head.into_body().collect().await.expect("a body").to_bytes().is_empty());
}
