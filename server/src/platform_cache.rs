//! Platforms and their host names, kept in memory for as long as the database says that
//! nothing changed. No request asks the database for a platform's areas and topics twice.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, PoisonError, RwLock};

use domain::clock::{Span, Timestamp};
use domain::id::PlatformId;
use domain::platform::Platform;
use store::{Store, Versions};
use tokio::sync::Mutex;

/// Roles begin and end at a time without anybody changing anything: who is a connector is
/// looked up again after this long.
const ROLES_KEPT: Span = Span::minutes(1);

/// The versions of all platforms at one moment.
#[derive(Debug)]
pub struct Snapshot {
    versions: HashMap<PlatformId, Versions>,
    /// Changes when a platform comes, goes, or changes its configuration.
    stamp: u64,
}

impl Snapshot {
    pub fn new(mut all: Vec<(PlatformId, Versions)>) -> Self {
        all.sort_unstable_by_key(|(id, _)| *id);
        let mut hasher = DefaultHasher::new();
        for (id, versions) in &all {
            (id, versions.config).hash(&mut hasher);
        }
        Self { stamp: hasher.finish(), versions: all.into_iter().collect() }
    }

    pub fn of(&self, platform: PlatformId) -> Option<Versions> {
        self.versions.get(&platform).copied()
    }
}

#[derive(Debug)]
struct Hosts {
    stamp: u64,
    by_name: HashMap<String, PlatformId>,
    /// The name that mails and links of a platform use.
    own: HashMap<PlatformId, String>,
    /// Who answers under every other name.
    fallback: Option<PlatformId>,
}

/// What answers under a host name.
#[derive(Debug)]
pub struct Found {
    pub platform: Arc<Platform>,
    pub versions: Versions,
    /// The host name for links.
    pub host: String,
}

#[derive(Debug)]
struct Kept {
    platform: Arc<Platform>,
    config: i64,
    at: Timestamp,
}

#[derive(Debug)]
pub struct PlatformCache {
    store: Store,
    fallback: Option<String>,
    hosts: RwLock<Option<Arc<Hosts>>>,
    platforms: RwLock<HashMap<PlatformId, Kept>>,
    /// One loads, the others wait for what it finds.
    loading: Mutex<()>,
}

impl PlatformCache {
    pub fn new(store: Store, fallback: Option<String>) -> Self {
        Self {
            store,
            fallback,
            hosts: RwLock::default(),
            platforms: RwLock::default(),
            loading: Mutex::default(),
        }
    }

    /// The platform under a host name (lower case, no port), with its versions and the host name that its links
    /// name. That is the one that was asked for only when it is the platform's: whoever asks a fallback for a link
    /// under a name of their own does not get one (TRUST 20).
    ///
    /// # Errors
    /// The database.
    pub async fn find(
        &self,
        host: &str,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Result<Option<Found>, store::Error> {
        let hosts = self.hosts(snapshot).await?;
        let known = hosts.by_name.get(host).copied();
        let Some(id) = known.or(hosts.fallback) else { return Ok(None) };
        let Some(versions) = snapshot.of(id) else { return Ok(None) };
        let own = if known.is_some() { None } else { hosts.own.get(&id) };
        let host = own.map_or(host, String::as_str).to_owned();
        let platform = self.platform(id, versions.config, now).await?;
        Ok(platform.map(|platform| Found { platform, versions, host }))
    }

    async fn hosts(&self, snapshot: &Snapshot) -> Result<Arc<Hosts>, store::Error> {
        if let Some(hosts) = self.known_hosts(snapshot) {
            return Ok(hosts);
        }
        let _loading = self.loading.lock().await;
        if let Some(hosts) = self.known_hosts(snapshot) {
            return Ok(hosts);
        }
        let mut own = HashMap::new();
        let mut by_name = HashMap::new();
        for (host, id) in self.store.hosts().await? {
            own.entry(id).or_insert_with(|| host.clone());
            by_name.insert(host, id);
        }
        let fallback = match &self.fallback {
            Some(slug) => self.store.platform_by_slug(slug).await?,
            None => None,
        };
        let hosts = Arc::new(Hosts { stamp: snapshot.stamp, by_name, own, fallback });
        *self.hosts.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&hosts));
        Ok(hosts)
    }

    fn known_hosts(&self, snapshot: &Snapshot) -> Option<Arc<Hosts>> {
        let hosts = self.hosts.read().unwrap_or_else(PoisonError::into_inner);
        hosts.as_ref().filter(|hosts| hosts.stamp == snapshot.stamp).map(Arc::clone)
    }

    async fn platform(
        &self,
        id: PlatformId,
        config: i64,
        now: Timestamp,
    ) -> Result<Option<Arc<Platform>>, store::Error> {
        if let Some(platform) = self.known(id, config, now) {
            return Ok(Some(platform));
        }
        let _loading = self.loading.lock().await;
        if let Some(platform) = self.known(id, config, now) {
            return Ok(Some(platform));
        }
        let Some((platform, read_at)) = self.store.on(id).load_platform(now).await? else { return Ok(None) };
        let platform = Arc::new(platform);
        let kept = Kept { platform: Arc::clone(&platform), config: read_at.config, at: now };
        self.platforms.write().unwrap_or_else(PoisonError::into_inner).insert(id, kept);
        Ok(Some(platform))
    }

    /// Never older than the version that the request has seen; newer is fine.
    fn known(&self, id: PlatformId, config: i64, now: Timestamp) -> Option<Arc<Platform>> {
        let platforms = self.platforms.read().unwrap_or_else(PoisonError::into_inner);
        platforms
            .get(&id)
            .filter(|kept| kept.config >= config && now < kept.at.plus(ROLES_KEPT))
            .map(|kept| Arc::clone(&kept.platform))
    }
}
