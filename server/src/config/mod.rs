//! The configuration: a TOML file, overridden by the environment. `deploy/noaber.example.toml`
//! explains every setting; a test keeps the two the same.

mod mail;
mod map;
pub mod network;
mod photos;
mod settings;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use mail::{Mail, MailMode, MailTls};
use network::Network;
use service::context::Tiles;
use service::photos::S3;
use settings::{Settings, as_list, as_text};

/// Where the configuration is looked for when nobody says.
pub const DEFAULT_FILE: &str = "noaber.toml";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    Http,
    Https,
}

impl Scheme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The port that an address need not name.
    pub const fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one request's body.
    pub body_bytes: usize,
    /// From the last byte of the request's head to the first of the answer.
    pub request: Duration,
    /// For sending the head of a request; also how long an idle connection is kept.
    pub header: Duration,
    /// How long a reader may take nothing of an answer.
    pub write: Duration,
    pub connections: usize,
    /// From one network (an IPv4 address or an IPv6 /64), trusted proxies excepted.
    pub connections_per_network: usize,
    /// How many days an account counts as new: links in its posts are looked at first, and it posts less often.
    pub newcomer_days: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug)]
pub struct Log {
    pub format: LogFormat,
    pub level: tracing::level_filters::LevelFilter,
}

#[derive(Clone, Debug)]
pub struct Config {
    pub listen: SocketAddr,
    pub database: String,
    /// Connections for reading; 0 lets the store choose.
    pub readers: u32,
    /// The folder with scripts, styles and pictures.
    pub site: PathBuf,
    /// The folder with the files of photos; `None` is beside the database.
    pub photos: Option<PathBuf>,
    /// The store that speaks S3 and has them instead.
    pub s3: Option<S3>,
    /// Where maps come from, for communities without a drawn one.
    pub tiles: Option<Tiles>,
    /// An address beside the public web that calendars may be read at, without TLS. For tests only.
    pub calendars_besides: Option<SocketAddr>,
    pub public_scheme: Option<Scheme>,
    pub public_port: Option<u16>,
    pub trusted_proxies: Vec<Network>,
    /// The slug of the platform that answers to every unknown name.
    pub fallback_platform: Option<String>,
    pub hsts: bool,
    pub secure_cookies: bool,
    /// Says in every answer how many queries it took. For measuring only.
    pub diagnostics: bool,
    pub mail: Mail,
    pub limits: Limits,
    pub log: Log,
    /// What is odd, but no reason to stop.
    pub warnings: Vec<String>,
}

/// Everything that is wrong with the configuration, a sentence each.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong(pub Vec<String>);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Wrong {}

impl Config {
    /// Reads `file` (or `noaber.toml`, when it is there) and the environment.
    ///
    /// # Errors
    /// One sentence for every value that cannot be used.
    pub fn load(file: Option<&Path>) -> Result<Self, Wrong> {
        let (name, text) = match file {
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Wrong(vec![format!("The configuration file {} cannot be read: {error}.", path.display())])
                })?;
                (path.display().to_string(), text)
            }
            None => match std::fs::read_to_string(DEFAULT_FILE) {
                Ok(text) => (DEFAULT_FILE.to_owned(), text),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    (DEFAULT_FILE.to_owned(), String::new())
                }
                Err(error) => {
                    return Err(Wrong(vec![format!(
                        "The configuration file {DEFAULT_FILE} cannot be read: {error}."
                    )]));
                }
            },
        };
        let mut environment = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else { continue };
            match value.into_string() {
                Ok(value) => {
                    environment.insert(name, value);
                }
                Err(_) if name.starts_with("NOABER_") => {
                    return Err(Wrong(vec![format!("The environment variable {name} is not text (UTF-8).")]));
                }
                Err(_) => {}
            }
        }
        let beside = std::env::current_exe()
            .ok()
            .and_then(|program| program.parent().map(Path::to_owned))
            .unwrap_or_default();
        Self::read(&name, &text, environment, &beside)
    }

    /// # Errors
    /// One sentence for every value that cannot be used.
    pub fn read(
        name: &str,
        text: &str,
        environment: BTreeMap<String, String>,
        program_folder: &Path,
    ) -> Result<Self, Wrong> {
        // Set by `cargo leptos watch`, which builds the site in a folder of its own.
        let built = environment.get("LEPTOS_SITE_ROOT").map(PathBuf::from);
        let mut from = Settings::new(name, text, environment).map_err(|sentence| Wrong(vec![sentence]))?;
        let listen = from.read(
            "listen",
            SocketAddr::from(([127, 0, 0, 1], 3000)),
            "an address with a port, such as 127.0.0.1:3000 or [::]:3000",
            |value| as_text(value)?.parse().ok(),
        );
        let database = database(&mut from);
        let readers = u32::try_from(from.whole("readers", 0, 0..=256)).unwrap_or(0);
        let site =
            from.text("site").map(PathBuf::from).or(built).unwrap_or_else(|| program_folder.join("site"));
        let mut config = Self {
            listen,
            database,
            readers,
            site: std::path::absolute(&site).unwrap_or(site),
            photos: from.text("photos").map(PathBuf::from),
            s3: photos::read(&mut from),
            tiles: map::read(&mut from),
            calendars_besides: from.read(
                "calendars.besides",
                None,
                "an address with a port, such as 127.0.0.1:8080",
                |value| as_text(value)?.parse().ok().map(Some),
            ),
            public_scheme: from.choice(
                "public_scheme",
                None,
                &[("http", Some(Scheme::Http)), ("https", Some(Scheme::Https))],
            ),
            public_port: port(&mut from, "public_port"),
            trusted_proxies: from.read(
                "trusted_proxies",
                Vec::new(),
                "a list of addresses or ranges, such as [\"127.0.0.1\", \"10.0.0.0/8\"]",
                |value| as_list(value)?.iter().map(|item| item.parse().ok()).collect(),
            ),
            fallback_platform: from.text("fallback_platform"),
            hsts: from.yes_or_no("hsts", false),
            secure_cookies: from.yes_or_no("secure_cookies", true),
            diagnostics: from.yes_or_no("diagnostics", false),
            mail: mail::read(&mut from),
            limits: limits(&mut from),
            log: log(&mut from),
            warnings: Vec::new(),
        };
        if config.hsts && config.public_scheme == Some(Scheme::Http) {
            from.note(
                "hsts = true needs public_scheme = \"https\": browsers would refuse the site over http."
                    .into(),
            );
        }
        config.warnings = from.finish().map_err(Wrong)?;
        Ok(config)
    }

    /// The address of the site under the host name `host`, as readers see it.
    pub fn base_url(&self, scheme: Scheme, host: &str) -> String {
        let scheme = self.public_scheme.unwrap_or(scheme);
        let name = scheme.name();
        let behind_a_proxy = self.public_scheme.is_some() || !self.trusted_proxies.is_empty();
        let own = if behind_a_proxy { scheme.usual_port() } else { self.listen.port() };
        match self.public_port.unwrap_or(own) {
            port if port == scheme.usual_port() => format!("{name}://{host}"),
            port => format!("{name}://{host}:{port}"),
        }
    }
}

fn database(from: &mut Settings) -> String {
    const KEY: &str = "database";
    let Some(given) = from.take(KEY) else { return "sqlite:noaber.db".into() };
    let text = as_text(&given.value).unwrap_or_default();
    let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|start| text.starts_with(start));
    if !known || text == "sqlite:" {
        // The address of a database may hold a password.
        from.refuse_secret(KEY, &given, "sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME");
    }
    text
}

fn port(from: &mut Settings, key: &'static str) -> Option<u16> {
    u16::try_from(from.whole(key, 0, 1..=65535)).ok().filter(|port| *port != 0)
}

fn seconds(from: &mut Settings, key: &'static str, default: u64) -> Duration {
    Duration::from_secs(from.whole(key, default, 1..=3600))
}

fn size(from: &mut Settings, key: &'static str, default: u64, range: std::ops::RangeInclusive<u64>) -> usize {
    usize::try_from(from.whole(key, default, range)).unwrap_or(usize::MAX)
}

fn limits(from: &mut Settings) -> Limits {
    let connections = size(from, "limits.connections", 2_000, 10..=1_000_000);
    Limits {
        // The longest post is 20,000 characters; a character is up to 12 bytes in a form.
        body_bytes: size(from, "limits.body_bytes", 256 * 1024, (8 * 1024)..=(64 * 1024 * 1024)),
        request: seconds(from, "limits.request_seconds", 15),
        header: seconds(from, "limits.header_seconds", 30),
        write: seconds(from, "limits.write_seconds", 30),
        connections,
        connections_per_network: size(from, "limits.connections_per_network", 600, 1..=1_000_000)
            .min(connections),
        newcomer_days: u32::try_from(from.whole("limits.newcomer_days", 7, 0..=365)).unwrap_or(7),
    }
}

fn log(from: &mut Settings) -> Log {
    use tracing::level_filters::LevelFilter as Level;
    Log {
        format: from.choice(
            "log.format",
            LogFormat::Text,
            &[("text", LogFormat::Text), ("json", LogFormat::Json)],
        ),
        level: from.choice(
            "log.level",
            Level::INFO,
            &[
                ("error", Level::ERROR),
                ("warn", Level::WARN),
                ("info", Level::INFO),
                ("debug", Level::DEBUG),
                ("trace", Level::TRACE),
            ],
        ),
    }
}

#[cfg(test)]
mod tests;

/// A secret, from the file or environment themselves or from a file of its own.
fn secret(from: &mut Settings, key: &'static str, file_key: &'static str) -> Option<String> {
    let direct = from.take(key).and_then(|given| {
        let text = given.value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        if text.is_none() {
            from.refuse_secret(key, &given, "a text that is not empty");
        }
        text
    });
    let file = from.text(file_key);
    match (direct, file) {
        (Some(_), Some(_)) => {
            from.note(format!("{key} and {file_key} are both given: choose one."));
            None
        }
        (Some(secret), None) => Some(secret),
        (None, Some(file)) => {
            let content = file_content(from, file_key, &file)?;
            Some(String::from_utf8_lossy(&content).trim_end_matches(['\r', '\n']).to_owned())
        }
        (None, None) => None,
    }
}

fn file_content(from: &mut Settings, key: &str, file: &str) -> Option<Vec<u8>> {
    std::fs::read(file)
        .map_err(|error| from.note(format!("{key} = \"{file}\" cannot be read: {error}.")))
        .ok()
}
