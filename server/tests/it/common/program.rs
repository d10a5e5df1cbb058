//! The real program in a process of its own, and the plainest of HTTP clients to talk to it.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use domain::clock::{Clock as _, Span};
use domain::id::SessionId;
use domain::members::policy::may_sign_in;
use domain::members::sign_in::SessionStage;
use service::chance::SystemRandom;
use service::clock::SystemClock;
use store::Store;
use store::sessions::NewSession;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use super::RIETVOORDE;

/// How long the program may take to begin, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_mins(1);

/// A command that knows nothing of the machine's own settings.
pub fn noaber(folder: &Path, database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
    command
        .current_dir(folder)
        .env_remove("NOABER_CONFIG")
        .env("NOABER_DATABASE", database)
        .env("NOABER_LOG_LEVEL", "warn")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// A session for a connector, who may write as often as they like; without the way through a
/// mail, which other tests go.
pub async fn session(store: &Store) -> String {
    let platform = store.platform_by_host(RIETVOORDE).await.expect("a database").expect("a platform");
    let tenant = store.on(platform);
    let willem = tenant.member_by_email("willem@example.org").await.expect("a database").expect("a member");
    let now = SystemClock.now();
    let token = service::secrets::token(&SystemRandom);
    let mut write = tenant.write().await.expect("a transaction");
    let new = NewSession {
        id: SessionId::new(now, &SystemRandom),
        member: willem.id,
        token_hash: &service::secrets::hash(&["session", &token]),
        salt: "salt",
        stage: SessionStage::Proven,
        label: "test",
        at: now,
        ends_at: now.plus(Span::hours(10)),
    };
    write.insert_session(&may_sign_in(platform), &new).await.expect("a session");
    write.commit().await.expect("kept");
    token
}

/// A program that serves.
pub struct Running {
    pub at: SocketAddr,
    child: Child,
}

impl Running {
    pub async fn start(folder: &Path, database: &str) -> Self {
        let at = free_address().await;
        let mut command = noaber(folder, database);
        command.arg("serve").env("NOABER_LISTEN", at.to_string()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let began = async {
            while let Some(line) = lines.next_line().await.expect("text") {
                if line.contains("listens on") {
                    return;
                }
            }
            panic!("the program ended before it served");
        };
        tokio::time::timeout(PATIENCE, began).await.expect("the program begins");
        // What it says later must not fill the pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { at, child }
    }

    /// The most memory that it ever had at once, in bytes (`VmHWM` of `proc(5)`).
    pub fn peak_memory(&self) -> u64 {
        let id = self.child.id().expect("a running program");
        let status =
            std::fs::read_to_string(format!("/proc/{id}/status")).expect("a program of this machine");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
    }

    /// Ends it at once, as a power cut would.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }

    /// Asks it to stop, and gives its exit status.
    pub async fn stop(mut self) -> std::process::ExitStatus {
        let id = self.child.id().expect("a running program").to_string();
        let asked = Command::new("kill").args(["-TERM", &id]).status().await.expect("kill");
        assert!(asked.success());
        tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("it stops").expect("a status")
    }
}

/// An address that was free a moment ago.
pub async fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("an address")
}

/// Sends one request and reads the whole answer; `None` when the connection broke.
pub async fn exchange(at: SocketAddr, request: &(impl AsRef<[u8]> + ?Sized)) -> Option<String> {
    let mut stream = TcpStream::connect(at).await.ok()?;
    stream.write_all(request.as_ref()).await.ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).into_owned())
}

pub fn get(host: &str, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\naccept: text/html\r\nconnection: close\r\n\r\n")
}

pub fn post(host: &str, path: &str, cookie: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\naccept: text/html\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\ncookie: {cookie}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}
