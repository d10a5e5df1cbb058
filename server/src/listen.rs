//! Connections: how many, from whom, how slow they may be, and how they end.

use std::collections::HashMap;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::Service as _;

use crate::config::network::{self, Network};
use crate::config::{Config, Limits};

/// How long requests may go on after the program was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// No browser sends more headers; hyper answers 431.
const MOST_HEADERS: usize = 64;
/// The head of a request, cookies and all.
const HEAD_BYTES: usize = 32 * 1024;

/// Where a request came from, as the network says. Added to every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Who may have how many connections.
#[derive(Debug)]
struct Doorkeeper {
    limits: Limits,
    proxies: Vec<Network>,
    seats: Arc<Semaphore>,
    by_network: Mutex<HashMap<String, usize>>,
}

/// A place that is given back when the connection ends.
struct Seat {
    door: Arc<Doorkeeper>,
    network: Option<String>,
    _place: tokio::sync::OwnedSemaphorePermit,
}

impl Doorkeeper {
    fn new(config: &Config) -> Arc<Self> {
        Arc::new(Self {
            limits: config.limits,
            proxies: config.trusted_proxies.clone(),
            seats: Arc::new(Semaphore::new(config.limits.connections)),
            by_network: Mutex::default(),
        })
    }

    /// A seat for one more from this network, or `None` when it has enough.
    fn admit(self: &Arc<Self>, seat: tokio::sync::OwnedSemaphorePermit, peer: SocketAddr) -> Option<Seat> {
        let is_proxy = self.proxies.iter().any(|proxy| proxy.contains(peer.ip()));
        let network = (!is_proxy).then(|| network::name(peer.ip()));
        if let Some(network) = &network {
            let mut taken = self.by_network.lock().unwrap_or_else(PoisonError::into_inner);
            let count = taken.entry(network.clone()).or_default();
            if *count >= self.limits.connections_per_network {
                return None;
            }
            *count += 1;
        }
        Some(Seat { door: Arc::clone(self), network, _place: seat })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(network) = &self.network else { return };
        let mut taken = self.door.by_network.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(network);
            }
        }
    }
}

/// Answers requests with `router` until `stop` ends, and then for at most ten seconds more.
pub async fn serve(listener: TcpListener, router: Router, config: &Config, stop: impl Future<Output = ()>) {
    let door = Doorkeeper::new(config);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        // Without a free seat nobody is let in: the operating system keeps them in line.
        let accepted = async {
            let seat = Arc::clone(&door.seats).acquire_owned().await.ok()?;
            Some((seat, listener.accept().await))
        };
        let (seat, accepted) = tokio::select! {
            accepted = accepted => match accepted {
                Some(accepted) => accepted,
                None => break,
            },
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                if let Some(seat) = door.admit(seat, peer) {
                    converse(stream, peer, seat, router.clone(), &graceful);
                }
            }
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                tracing::error!(%error, "a connection could not be accepted");
                // Most likely there are no file handles left; some will come free.
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(LAST_REQUESTS, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still going on and have been cut off");
    }
}

fn is_the_peers(error: &std::io::Error) -> bool {
    use std::io::ErrorKind as Kind;
    matches!(error.kind(), Kind::ConnectionRefused | Kind::ConnectionAborted | Kind::ConnectionReset)
}

fn converse(stream: TcpStream, peer: SocketAddr, seat: Seat, router: Router, graceful: &GracefulShutdown) {
    // Otherwise a page in two pieces waits 40 ms for the acknowledgement of the first.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        router.clone().call(request)
    });
    // Who takes nothing of an answer for so long holds a seat that others need.
    let mut patient = Box::pin(TimeoutStream::new(stream));
    patient.as_mut().set_write_timeout_pinned(Some(seat.door.limits.write));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(seat.door.limits.header)
        .max_headers(MOST_HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(patient), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // An error here is a browser that went away, or sent what is not HTTP: hyper has answered.
        let _ = connection.await;
        drop(seat);
    });
}

/// Ends when the operating system or the person at the terminal asks the program to stop.
pub async fn asked_to_stop() {
    let terminal = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let system = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let system = std::future::pending::<()>();
    tokio::select! {
        () = terminal => {},
        () = system => {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;

    struct Running {
        at: SocketAddr,
        stop: oneshot::Sender<()>,
        task: tokio::task::JoinHandle<()>,
    }

    async fn run(settings: &str, router: Router) -> Running {
        let config =
            Config::read("t", settings, std::collections::BTreeMap::new(), std::path::Path::new("/"))
                .expect("a configuration");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            serve(listener, router, &config, async { stopped.await.unwrap_or(()) }).await;
        });
        Running { at, stop, task }
    }

    fn hello() -> Router {
        Router::new().route("/", get(|| async { "hallo" }))
    }

    async fn ask(at: SocketAddr) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.expect("a connection");
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("sent");
        stream
    }

    async fn all(mut stream: TcpStream) -> String {
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text).await;
        String::from_utf8_lossy(&text).into_owned()
    }

    #[tokio::test]
    async fn a_client_that_never_finishes_its_question_is_cut_off() {
        let running = run("[limits]\nheader_seconds = 1", hello()).await;
        let mut slow = TcpStream::connect(running.at).await.expect("a connection");
        slow.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nx-slow: ").await.expect("sent");
        let answer = tokio::time::timeout(Duration::from_secs(20), all(slow)).await.expect("cut off");
        assert!(!answer.contains("200 OK"), "{answer}");
    }

    #[tokio::test]
    async fn one_network_cannot_take_every_seat() {
        let running = run("[limits]\nconnections_per_network = 2", hello()).await;
        let mut first = ask(running.at).await;
        let mut second = ask(running.at).await;
        for stream in [&mut first, &mut second] {
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.expect("an answer");
            assert_eq!(&answer, b"HTTP/1.1 200");
        }
        assert_eq!(all(ask(running.at).await).await, "", "the third is closed at once");
        drop(first);
        let mut tries = 0;
        // The seat comes free when the server has noticed.
        while !matches!(peek(ask(running.at).await).await, Some(b'H')) {
            tries += 1;
            assert!(tries < 1_000, "the seat never came free");
        }
    }

    async fn peek(mut stream: TcpStream) -> Option<u8> {
        let mut first = [0];
        stream.read_exact(&mut first).await.ok().map(|_| first[0])
    }

    #[tokio::test]
    async fn a_request_that_is_going_on_is_finished_before_the_program_stops() {
        let (entered, mut waiting) = tokio::sync::mpsc::channel::<()>(1);
        let gate = Arc::new(Semaphore::new(0));
        let held = Arc::clone(&gate);
        let router = Router::new().route(
            "/",
            get(move || async move {
                entered.send(()).await.expect("heard");
                held.acquire().await.expect("open").forget();
                "af"
            }),
        );
        let running = run("", router).await;
        let asked = ask(running.at).await;
        waiting.recv().await.expect("a request");
        running.stop.send(()).expect("running");
        while TcpStream::connect(running.at).await.is_ok() {
            tokio::task::yield_now().await;
        }
        gate.add_permits(1);
        assert!(all(asked).await.ends_with("af"));
        running.task.await.expect("stopped");
    }
}
