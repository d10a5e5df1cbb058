//! A whole site in the test's own process: the real router on a database of its own, with the
//! demo content, a clock that the test moves, and browsers that keep cookies.

pub mod browser;
pub mod database;
pub mod program;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use domain::chance::Random;
use domain::clock::{Clock, Span, Timestamp};
use domain::id::PlatformId;
use server::assets::Assets;
use server::config::Config;
use server::router::router;
use server::state::AppState;
use service::context::{PasswordCost, Services, Settings};
use service::secrets::SigningKey;
use store::{Options, Store};

use browser::Browser;
use database::Database;

pub const RIETVOORDE: &str = "hallorietvoorde.localhost";
pub const VEENZICHT: &str = "puurveenzicht.localhost";

/// A moment in November 2026, shortly after the demo content was made.
pub const NOW: Timestamp = Timestamp(1_795_356_000_000);

/// A clock that stands still until the test moves it.
#[derive(Debug)]
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

impl TestClock {
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now.0)))
    }

    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

/// Chance that is the same in every run, and different in every process of one test.
#[derive(Debug)]
pub struct TestRandom(Mutex<u64>);

static PROCESSES: AtomicU64 = AtomicU64::new(1);

impl TestRandom {
    pub fn new() -> Self {
        Self(Mutex::new(PROCESSES.fetch_add(1, Ordering::SeqCst).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }
}

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for byte in bytes {
            // SplitMix64 (Steele, Lea, Flood 2014).
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z >> 56).to_le_bytes()[0];
        }
    }
}

/// One server process, as far as anybody outside can tell.
pub struct Site {
    pub router: Router,
    pub clock: Arc<TestClock>,
    pub store: Store,
    pub services: Services,
    /// Who listens to what is new.
    pub live: service::live::Live,
    /// Kept so that it is removed only when nobody uses it any more.
    _database: Arc<Database>,
}

impl Site {
    /// The demo on `SQLite`.
    pub async fn demo() -> Self {
        Self::on(&Database::demo(), "").await
    }

    /// The demo on `SQLite`, with settings of `noaber.toml`.
    pub async fn with(settings: &str) -> Self {
        Self::on(&Database::demo(), settings).await
    }

    /// One more process on a database.
    pub async fn on(database: &Arc<Database>, settings: &str) -> Self {
        Self::with_clock(database, settings, TestClock::at(NOW)).await
    }

    pub async fn with_clock(database: &Arc<Database>, settings: &str, clock: Arc<TestClock>) -> Self {
        Self::begin(database, settings, clock, true).await
    }

    /// The same content, in an installation that is no demo.
    pub async fn without_demo() -> Self {
        Self::without_demo_on(&Database::demo()).await
    }

    /// One more process of it.
    pub async fn without_demo_on(database: &Arc<Database>) -> Self {
        Self::begin(database, "", TestClock::at(NOW), false).await
    }

    async fn begin(database: &Arc<Database>, settings: &str, clock: Arc<TestClock>, demo: bool) -> Self {
        let config =
            Config::read("test", settings, BTreeMap::new(), Path::new("/nowhere")).expect("settings");
        let options = Options { url: database.address().to_owned(), readers: 4 };
        let store = Store::open(&options).await.expect("a database");
        let live = service::live::Live::default();
        let random = Arc::new(TestRandom::new());
        let form_key = SigningKey::of_forms(&store, random.as_ref()).await.expect("a key");
        let services = Services {
            store: store.clone(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            random,
            settings: Arc::new(Settings {
                demo,
                secure_cookies: config.secure_cookies,
                mail_from: config.mail.from.clone(),
                password_cost: PasswordCost::Test,
                new_for: Span::days(i64::from(config.limits.newcomer_days)),
                tiles: config.tiles.clone(),
                reach: service::sources::Reach { besides: config.calendars_besides, ..Default::default() },
            }),
            memory: service::memory::Memory::default(),
            live: live.clone(),
            photos: service::photos::Files::in_memory(),
            form_key,
        };
        let state = AppState::new(config, services.clone(), Assets::default());
        Self { router: router(state), clock, store, services, live, _database: Arc::clone(database) }
    }

    /// What this process does by the clock, once.
    pub async fn keep_time(&self) -> service::posts::timetable::Done {
        let base = |host: &str| format!("http://{host}:3000");
        service::posts::timetable::run(&self.services, &base).await.expect("a database")
    }

    /// What this process does about registrations by the clock, once.
    pub async fn keep_registrations(&self) -> service::activities::registration::Done {
        let base = |host: &str| format!("http://{host}:3000");
        service::activities::registration::run(&self.services, &base).await.expect("a database")
    }

    /// What a post keeps of the conversation under it.
    pub async fn talk(&self, host: &str, post: &str) -> domain::comments::Talk {
        let tenant = self.store.on(self.platform(host).await);
        tenant.post(post.parse().expect("a key")).await.expect("a database").expect("a post").talk
    }

    /// A new browser, without any cookie.
    pub fn browser(&self, host: &str) -> Browser {
        Browser::new(self.router.clone(), host)
    }

    /// A browser in which somebody has signed in, with their second factor where they have one.
    pub async fn signed_in(&self, host: &str, email: &str) -> Browser {
        let mut browser = self.browser(host);
        browser.sign_in(self, email).await;
        browser
    }

    pub async fn platform(&self, host: &str) -> PlatformId {
        self.store.platform_by_host(host).await.expect("a database").expect("a platform")
    }

    /// Everything that visitors and the store can see of both platforms, to compare before and after.
    pub async fn traces(&self) -> Vec<String> {
        let mut traces = vec![format!("{:?}", self.store.versions().await.expect("versions"))];
        for id in self.store.platform_ids().await.expect("platforms") {
            let tenant = self.store.on(id);
            let everything = domain::posts::filter::PostFilter::default();
            let posts = tenant.recent_posts(&everything, 1_000).await.expect("posts");
            let mails = tenant.recent_mail(1_000).await.expect("mails");
            let members = tenant.members_for_demo(self.clock.now()).await.expect("members");
            traces.push(format!("{posts:?}"));
            traces.push(format!("{} mails", mails.len()));
            traces.push(format!("{members:?}"));
        }
        traces
    }

    /// The key of a published post on a platform.
    pub async fn some_post(&self, host: &str) -> domain::posts::Post {
        let tenant = self.store.on(self.platform(host).await);
        let everything = domain::posts::filter::PostFilter::default();
        tenant.recent_posts(&everything, 1).await.expect("posts").remove(0)
    }
}
