//! As much of S3 as Noaber uses, in memory: one bucket, PUT, GET and DELETE. Written here, because a bare
//! machine has no such server and a packaged one brings Python and a hundred packages along.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::signature;

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

#[derive(Clone)]
struct Store {
    key: &'static str,
    secret: &'static str,
    objects: Objects,
}

/// Ends with the test's runtime.
pub struct Server {
    pub address: String,
    objects: Objects,
}

impl Server {
    /// On a free port of this machine.
    pub async fn start(key: &'static str, secret: &'static str) -> Self {
        let objects = Objects::default();
        let store = Store { key, secret, objects: Arc::clone(&objects) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            axum::serve(listener, Router::new().fallback(answer).with_state(store)).await.expect("it serves");
        });
        Self { address, objects }
    }

    /// What is stored, in order.
    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().expect("nothing panicked").keys().cloned().collect()
    }
}

async fn answer(
    State(store): State<Store>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !signature::is_right((store.key, store.secret), &method, &uri, &headers, &body) {
        return (StatusCode::FORBIDDEN, "<Error><Code>SignatureDoesNotMatch</Code></Error>").into_response();
    }
    let mut objects = store.objects.lock().expect("nothing panicked");
    let key = uri.path().strip_prefix("/photos/").unwrap_or_default();
    match method {
        Method::GET => match objects.get(key) {
            Some(bytes) => {
                let about = [("etag", "\"e\""), ("last-modified", "Mon, 23 Nov 2026 10:00:00 GMT")];
                (about, bytes.clone()).into_response()
            }
            None => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
        },
        Method::PUT => {
            objects.insert(key.to_owned(), body);
            [("etag", "\"e\"")].into_response()
        }
        Method::DELETE => {
            objects.remove(key);
            StatusCode::NO_CONTENT.into_response()
        }
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}
