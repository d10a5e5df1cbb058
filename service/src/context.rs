//! What every use case needs to know: where, who, when, in which language.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use domain::actor::Actor;
use domain::chance::Random;
use domain::clock::{Clock, Span, Timestamp};
use domain::id::PlatformId;
use domain::locale::Locale;
use domain::platform::Platform;
use store::sessions::SessionRecord;
use store::{Store, Tenant, Versions};

use crate::live::Live;
use crate::memory::{Key, Memory};
use crate::photos::Files;
use crate::secrets::SigningKey;
use crate::sources::Reach;

/// How dear a password hash is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PasswordCost {
    /// OWASP's first choice for argon2id: 19 MiB, two passes.
    #[default]
    Full,
    /// As cheap as possible: for tests only.
    Test,
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Mails stay in the database: communities of the demo show them on their outbox page.
    pub demo: bool,
    /// Cookies are `Secure` and `__Host-`; only a plain-HTTP test installation turns it off.
    pub secure_cookies: bool,
    /// The address mails come from.
    pub mail_from: String,
    pub password_cost: PasswordCost,
    /// How long an account counts as new ([`domain::moderation::newcomers`]).
    pub new_for: Span,
    /// Where maps come from, for communities without a drawn one.
    pub tiles: Option<Tiles>,
    /// Which addresses are asked when a person names one.
    pub reach: Reach,
}

/// A server of map tiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiles {
    /// With `{z}`, `{x}` and `{y}`.
    pub address: String,
    /// Who made the map; stands on it.
    pub attribution: String,
}

impl Tiles {
    /// Scheme, host and port: what a page may load pictures from.
    pub fn origin(&self) -> &str {
        let host = self.address.find("://").map_or(0, |at| at + 3);
        let end = self.address[host..].find('/').map_or(self.address.len(), |at| host + at);
        &self.address[..end]
    }
}

/// What lives as long as the process.
#[derive(Clone)]
pub struct Services {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub settings: Arc<Settings>,
    pub memory: Memory,
    pub live: Live,
    /// The files of photos.
    pub photos: Files,
    /// What forms for strangers are signed with.
    pub form_key: SigningKey,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// How the addresses of a community begin, given its host name.
pub type BaseUrl<'a> = &'a (dyn Fn(&str) -> String + Send + Sync);

/// How the reader wants to see pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DisplayScheme {
    #[default]
    Auto,
    Light,
    Dark,
    Contrast,
}

impl DisplayScheme {
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Contrast];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }
}

impl FromStr for DisplayScheme {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|scheme| scheme.key() == text).ok_or(())
    }
}

/// One HTTP request, as far as a use case needs to know it.
#[derive(Clone)]
pub struct Request {
    pub services: Services,
    pub platform: Arc<Platform>,
    /// Its versions when the request came: what is kept under older ones is not for it.
    pub versions: Versions,
    pub tenant: Tenant,
    pub actor: Actor,
    /// Also a half-way session; the actor is a visitor then.
    pub session: Option<Arc<SessionRecord>>,
    /// The token of that session, which only its browser has. Never stored, never logged.
    pub token: Option<Arc<str>>,
    pub locale: Locale,
    pub scheme: DisplayScheme,
    /// Stands for the reader's network in limits: an IPv4 address or an IPv6 /64. Never stored as it is.
    pub network: String,
    /// The IPv6 /48 around it; empty for IPv4.
    pub wide_network: String,
    /// `https://hallorietvoorde.nl`, without a slash at the end.
    pub base_url: String,
    pub path_and_query: String,
    /// The browser in a few words, for the list of one's own sessions.
    pub label: String,
    /// The answer is read as a page, not by the app's own JavaScript.
    pub html_form: bool,
    /// How many cases wait for this moderator; 0 for everybody else.
    pub waiting: u32,
    /// How many proposals wait for this connector, on a desk and their account; 0 everywhere else.
    pub proposals: u32,
    pub now: Timestamp,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("platform", &self.platform.slug)
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// Under what something of this platform is kept in memory for now.
    pub fn kept_as(&self, what: impl Into<String>) -> Key {
        Key::new((self.platform.id, self.versions), self.now, self.locale, what.into())
    }

    /// What a community does by itself, when nobody asks: as a visitor in its own language; `None` when it is gone.
    ///
    /// # Errors
    /// The database.
    pub async fn by_the_clock(
        services: &Services,
        base: BaseUrl<'_>,
        platform: PlatformId,
    ) -> Result<Option<Self>, crate::Error> {
        let now = services.clock.now();
        let tenant = services.store.on(platform);
        let Some((loaded, versions)) = tenant.load_platform(now).await? else { return Ok(None) };
        let hosts = services.store.hosts().await?;
        let host = hosts.iter().find(|(_, owner)| *owner == platform).map_or("", |(host, _)| host.as_str());
        Ok(Some(Self {
            services: services.clone(),
            actor: Actor::visitor(platform),
            locale: loaded.locale,
            platform: Arc::new(loaded),
            versions,
            tenant,
            session: None,
            token: None,
            scheme: DisplayScheme::default(),
            network: String::new(),
            wide_network: String::new(),
            base_url: base(host),
            path_and_query: String::new(),
            label: String::new(),
            html_form: false,
            waiting: 0,
            proposals: 0,
            now,
        }))
    }

    /// Whether somebody is signed in completely.
    pub fn is_signed_in(&self) -> bool {
        self.actor.signed_in.is_some()
    }
}
