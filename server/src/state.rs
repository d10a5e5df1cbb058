//! What lives as long as the program and is shared by all requests.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use app::AssetNames;
use app::texts::to_send;
use axum::extract::FromRef;
use domain::locale::Locale;
use leptos::config::LeptosOptions;
use service::context::Services;
use service::sessions::Claim;
use store::Store;
use store::sessions::SessionRecord;

use crate::assets::Assets;
use crate::config::Config;
use crate::page_cache::PageCache;
use crate::platform_cache::{PlatformCache, Snapshot};
use crate::rounds::{Rounds, Unanswered};

const FONT: &str = "/fonts/atkinson-hyperlegible-next-latin.woff2";

/// Cheap to clone: clones share everything.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

pub struct Shared {
    pub config: Config,
    pub services: Services,
    pub assets: Assets,
    pub asset_names: AssetNames,
    pub pages: PageCache,
    pub platforms: PlatformCache,
    /// The newest versions of all platforms.
    pub versions: Rounds<(), Arc<Snapshot>>,
    /// Who has a session.
    pub sessions: Rounds<Claim, Option<SessionRecord>>,
    /// The program was asked to stop: it finishes what goes on, and is not ready for more.
    pub stopping: Arc<AtomicBool>,
    leptos: LeptosOptions,
}

impl AppState {
    pub fn new(config: Config, services: Services, mut assets: Assets) -> Self {
        let (versions, sessions) = (versions(services.store.clone()), sessions(services.store.clone()));
        let name = |address: Option<&str>| address.unwrap_or_default().to_owned();
        let texts =
            Locale::ALL.map(|locale| assets.add(&format!("texts.{}.txt", locale.tag()), to_send(locale)));
        let asset_names = AssetNames {
            js: name(assets.script()),
            wasm: name(assets.program()),
            css: name(assets.style_sheet()),
            quiet_css: assets.versioned("/quiet.css"),
            font: assets.versioned(FONT),
            texts,
        };
        // The app names its files itself; Leptos is told the rest for completeness.
        let leptos = LeptosOptions::builder()
            .output_name("noaber")
            .site_root(config.site.to_string_lossy().into_owned())
            .env(leptos::config::Env::PROD)
            .site_addr(config.listen)
            .build();
        let platforms = PlatformCache::new(services.store.clone(), config.fallback_platform.clone());
        Self(Arc::new(Shared {
            config,
            services,
            assets,
            asset_names,
            pages: PageCache::default(),
            platforms,
            versions,
            sessions,
            stopping: Arc::default(),
            leptos,
        }))
    }
}

fn versions(store: Store) -> Rounds<(), Arc<Snapshot>> {
    Rounds::new(move |asked: Vec<()>| {
        let store = store.clone();
        async move {
            let versions = store.versions().await.map_err(|error| {
                tracing::error!(%error, "the versions of the platforms cannot be read");
                Unanswered
            })?;
            let snapshot = Arc::new(Snapshot::new(versions));
            Ok(asked.iter().map(|()| Arc::clone(&snapshot)).collect())
        }
    })
}

fn sessions(store: Store) -> Rounds<Claim, Option<SessionRecord>> {
    Rounds::new(move |claims| {
        let store = store.clone();
        async move {
            service::sessions::find(&store, claims).await.map_err(|error| {
                tracing::error!(%error, "sessions cannot be read");
                Unanswered
            })
        }
    })
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("config", &self.config).finish_non_exhaustive()
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("config", &self.config).finish_non_exhaustive()
    }
}
