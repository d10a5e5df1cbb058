//! What this machine can do at most: the same bytes from memory, without Noaber.
//! `cargo xtask bench` measures beside it. Arguments: port, file, content encoding.

use std::net::Ipv4Addr;

use axum::Router;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use bytes::Bytes;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let port: u16 = arguments.next().ok_or("no port")?.parse()?;
    let body = Bytes::from(std::fs::read(arguments.next().ok_or("no file")?)?);
    let encoding: &'static str = arguments.next().unwrap_or_else(|| "identity".to_owned()).leak();
    let answer = move || {
        let body = body.clone();
        async move { ([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_ENCODING, encoding)], body) }
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?.tap_io(|stream| {
        // As the program itself does; without it small answers wait for one another.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, Router::new().route("/", get(answer.clone())).route("/readyz", get(answer)))
        .await?;
    Ok(())
}
