//! Photos in a store that speaks S3: over HTTP, to a server that believes no request without the right signature.

mod server;
mod signature;

use domain::id::{PhotoId, PlatformId};
use server::Server;
use service::photos::{Files, NAMES, S3};
use uuid::Uuid;

const KEY: &str = "noaber-test";
const SECRET: &str = "a secret of these tests/+";

fn files(server: &Server, secret: &str) -> Files {
    // The program installs it first thing in `main`; here it is the second test that finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Files::in_s3(&S3 { endpoint: server.address.clone(), ..given(secret) }).expect("a store")
}

fn given(secret: &str) -> S3 {
    S3 {
        endpoint: "https://s3.example.org".to_owned(),
        region: "eu-test-1".to_owned(),
        bucket: "photos".to_owned(),
        key: KEY.to_owned(),
        secret: secret.to_owned(),
    }
}

fn photo(number: u128) -> (PlatformId, PhotoId) {
    (PlatformId(Uuid::from_u128(1)), PhotoId(Uuid::from_u128(number)))
}

#[tokio::test]
async fn what_was_put_in_s3_is_there_until_it_is_deleted() {
    let server = Server::start(KEY, SECRET).await;
    let files = files(&server, SECRET);
    for name in NAMES {
        files.put(photo(1), name, name.into()).await.expect("a file is kept");
    }
    files.put(photo(2), "1280.jpg", vec![7; 300_000]).await.expect("a file is kept");
    for name in NAMES {
        let found = files.get(photo(1), name).await.expect("the store answers");
        assert_eq!(found.as_deref(), Some(name.as_bytes()));
    }
    assert_eq!(files.get(photo(2), "320.webp").await.expect("the store answers"), None);
    files.delete(photo(1)).await.expect("the files go");
    files.delete(photo(1)).await.expect("there is nothing left to go");
    assert_eq!(server.keys().len(), 1);
    assert_eq!(files.get(photo(2), "1280.jpg").await.expect("the store answers"), Some(vec![7; 300_000]));
}

#[tokio::test]
async fn with_a_wrong_secret_nothing_is_kept_and_it_is_an_error() {
    let server = Server::start(KEY, SECRET).await;
    let files = files(&server, "another secret");
    assert!(files.put(photo(1), "320.webp", vec![1]).await.is_err());
    assert!(files.get(photo(1), "320.webp").await.is_err());
    assert!(files.delete(photo(1)).await.is_err());
    assert!(server.keys().is_empty());
}

#[tokio::test]
async fn a_store_that_is_not_there_is_an_error_and_no_missing_photo() {
    let mut server = Server::start(KEY, SECRET).await;
    server.address = "http://127.0.0.1:1".to_owned();
    assert!(files(&server, SECRET).get(photo(1), "320.webp").await.is_err());
}

#[test]
fn the_secret_is_not_in_what_is_logged() {
    assert!(!format!("{:?}", given(SECRET)).contains(SECRET));
}
