//! Starts the mail server of `end2end/smtp/server.mjs` and reads back what it received.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::Value;
use service::mail::{Security, Smtp, SmtpOptions};

/// A mail server that runs as long as this value lives.
pub struct Server {
    child: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    pub port: u16,
}

/// What the server saw until it was stopped.
pub struct Seen {
    pub mails: Vec<Value>,
    pub connections: u64,
}

impl Seen {
    /// The only mail there is.
    pub fn only(self) -> Value {
        assert_eq!(self.mails.len(), 1, "exactly one mail arrives: {:#?}", self.mails);
        self.mails.into_iter().next().unwrap()
    }
}

impl Server {
    pub fn start(mode: &str) -> Self {
        Self::start_with(mode, &[])
    }

    /// With TLS and a login.
    pub fn start_private(mode: &str) -> Self {
        let files = certificate();
        let cert = format!("--cert={}", files.cert.display());
        let key = format!("--key={}", files.key.display());
        Self::start_with(mode, &[&cert, &key, "--user=noaber", "--password=geheim woord"])
    }

    fn start_with(mode: &str, arguments: &[&str]) -> Self {
        let end2end = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end");
        assert!(
            end2end.join("node_modules/smtp-server").is_dir()
                && end2end.join("node_modules/mailparser").is_dir(),
            "The mail server for the tests is not installed: run `npm ci` in the folder end2end."
        );
        let mut child = Command::new("node")
            .arg(end2end.join("smtp/server.mjs"))
            .arg(format!("--mode={mode}"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node.js is installed and on the PATH: install Node 20 or newer");
        let input = child.stdin.take();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // A thread keeps reading, so that the server never waits for room to write in.
        let (sender, output) = channel();
        std::thread::spawn(move || {
            for line in lines {
                let event = serde_json::from_str(&line.unwrap()).unwrap();
                if sender.send(event).is_err() {
                    break;
                }
            }
        });
        let mut server = Self { child, input, output, port: 0 };
        let ready = server.event().expect("the mail server starts");
        server.port = ready["port"].as_u64().unwrap().try_into().unwrap();
        server
    }

    /// The next event; `None` when the server has stopped.
    fn event(&self) -> Option<Value> {
        self.output.recv().ok()
    }

    /// Stops the server and gives everything that it received.
    pub fn stop(mut self) -> Seen {
        drop(self.input.take());
        let mut seen = Seen { mails: Vec::new(), connections: 0 };
        while let Some(event) = self.event() {
            match event["event"].as_str() {
                Some("mail") => seen.mails.push(event),
                Some("end") => seen.connections = event["connections"].as_u64().unwrap(),
                _ => panic!("an unknown event: {event}"),
            }
        }
        assert!(self.child.wait().unwrap().success(), "the mail server ends well");
        seen
    }

    /// How to reach it without TLS.
    pub fn options(&self) -> SmtpOptions {
        SmtpOptions {
            host: "127.0.0.1".into(),
            port: self.port,
            security: Security::None,
            login: None,
            hello_name: Some("noaber.example.org".into()),
            timeout: Duration::from_secs(20),
            extra_root_pem: None,
        }
    }

    /// How to reach it with TLS, its certificate and its password.
    pub fn private_options(&self, security: Security) -> SmtpOptions {
        SmtpOptions {
            host: "localhost".into(),
            security,
            login: Some(("noaber".into(), "geheim woord".into())),
            extra_root_pem: Some(std::fs::read(&certificate().cert).unwrap()),
            ..self.options()
        }
    }

    pub fn smtp(&self) -> Smtp {
        Smtp::new(self.options()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

struct Certificate {
    cert: PathBuf,
    key: PathBuf,
}

const OPENSSL: &str = "[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
CN = localhost
[extensions]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:localhost, IP:127.0.0.1
extendedKeyUsage = serverAuth
";

/// A certificate for this machine, signed by itself, made once per run and never kept in the repository.
fn certificate() -> &'static Certificate {
    static MADE: OnceLock<Certificate> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("smtp-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let settings = folder.join("openssl.cnf");
        std::fs::write(&settings, OPENSSL).unwrap();
        let made = Certificate { cert: folder.join("cert.pem"), key: folder.join("key.pem") };
        let output = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-sha256", "-days", "2", "-config"])
            .arg(&settings)
            .arg("-keyout")
            .arg(&made.key)
            .arg("-out")
            .arg(&made.cert)
            .output()
            .expect("openssl is installed and on the PATH: install the package openssl");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        made
    })
}
