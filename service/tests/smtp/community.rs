//! One community on a database of its own, with a clock that only moves when a test says so.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use domain::area::AreaTree;
use domain::chance::Random;
use domain::clock::{Clock, Span, Timestamp};
use domain::id::{MailId, PlatformId};
use domain::locale::Locale;
use domain::permit::Permit;
use domain::platform::{Contact, LaunchState, Platform};
use service::context::{PasswordCost, Services, Settings};
use service::mail::{Composed, Message, compose};
use service::secrets::SigningKey;
use store::mail::{MailState, NewMail};
use store::operator::NewPlatform;
use store::{Options, Store};

/// Stands still until it is moved.
struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// Counts: every key differs, and every run has the same keys.
struct Counting(AtomicU64);

impl Random for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let number = self.0.fetch_add(1, Ordering::SeqCst).to_le_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
    }
}

pub struct Community {
    pub services: Services,
    pub platform: Platform,
    clock: Arc<TestClock>,
    folder: PathBuf,
}

pub const BASE: &str = "http://hallorietvoorde.localhost:3000";

impl Community {
    pub async fn new() -> Self {
        let clock = Arc::new(TestClock(AtomicI64::new(1_790_000_000_000)));
        let random = Arc::new(Counting(AtomicU64::new(1)));
        let platform = platform(PlatformId::new(clock.now(), random.as_ref()));
        let folder = folder();
        let store = open(&folder).await;
        store.migrate().await.unwrap();
        let permit = Permit::for_the_platform_itself(platform.id);
        let mut write = store.on(platform.id).write().await.unwrap();
        let hosts = ["hallorietvoorde.localhost".to_owned()];
        let new = NewPlatform {
            id: platform.id,
            slug: &platform.slug,
            name: &platform.name,
            place: &platform.place,
            tagline: &platform.tagline,
            theme: &platform.theme,
            locale: platform.locale,
            locales: &platform.locales,
            launch: platform.launch,
            contact: &platform.contact,
            house_rules: &platform.house_rules,
            about: &platform.about,
            map: platform.map.as_ref(),
            hosts: &hosts,
            demo: false,
        };
        write.create_platform(&permit, &new).await.unwrap();
        write.commit().await.unwrap();
        let settings = Settings {
            demo: false,
            secure_cookies: true,
            mail_from: "post@noaber.example.org".into(),
            password_cost: PasswordCost::Test,
            new_for: Span::days(7),
            tiles: None,
            reach: service::sources::Reach::default(),
        };
        let form_key = SigningKey::of_forms(&store, random.as_ref()).await.unwrap();
        let services = Services {
            store,
            clock: clock.clone(),
            random,
            settings: Arc::new(settings),
            memory: service::memory::Memory::default(),
            live: service::live::Live::default(),
            photos: service::photos::Files::in_memory(),
            form_key,
        };
        Self { services, platform, clock, folder }
    }

    pub fn sign_in_mail(&self, name: &str) -> Composed {
        let message = Message::SignIn { code: "123456", link: "/aanmelden/link/abc", name, minutes: 20 };
        compose(&message, &self.platform, Locale::Nl, BASE)
    }

    pub async fn queue(&self, to_name: &str, to_address: &str, mail: &Composed) -> MailId {
        self.queue_with(to_name, to_address, mail, "").await
    }

    /// With an invitation for a calendar.
    pub async fn queue_with(
        &self,
        to_name: &str,
        to_address: &str,
        mail: &Composed,
        calendar: &str,
    ) -> MailId {
        let now = self.clock.now();
        let id = MailId::new(now, self.services.random.as_ref());
        let mail = NewMail {
            id,
            to_name,
            to_address,
            subject: &mail.subject,
            text: &mail.text,
            html: &mail.html,
            calendar,
            at: now,
        };
        let mut write = self.services.store.on(self.platform.id).write().await.unwrap();
        write.queue_mail(&mail).await.unwrap();
        write.commit().await.unwrap();
        id
    }

    pub async fn queue_any(&self, to_address: &str) -> MailId {
        let mail = self.sign_in_mail("Joke");
        self.queue("Joke", to_address, &mail).await
    }

    pub async fn state(&self, id: MailId) -> MailState {
        let mails = self.services.store.on(self.platform.id).recent_mail(100).await.unwrap();
        mails.iter().find(|mail| mail.id == id).expect("the mail is kept").state
    }

    pub fn later(&self, span: Span) {
        self.clock.0.fetch_add(span.0, Ordering::SeqCst);
    }

    /// Another process on the same database.
    pub async fn restart(&self) -> Services {
        Services { store: open(&self.folder).await, ..self.services.clone() }
    }
}

impl Drop for Community {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A folder that no other test uses.
fn folder() -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    let name = format!("mail-{}-{number}", std::process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

async fn open(folder: &Path) -> Store {
    let url = format!("sqlite:{}", folder.join("noaber.db").display());
    Store::open(&Options { url, readers: 2 }).await.unwrap()
}

fn platform(id: PlatformId) -> Platform {
    Platform {
        id,
        slug: "rietvoorde".into(),
        name: "HalloRietvoorde".into(),
        place: "Rietvoorde".into(),
        tagline: "Samen buurten".into(),
        theme: "rietvoorde".into(),
        locale: Locale::Nl,
        locales: Locale::ALL.to_vec(),
        launch: LaunchState::Live,
        demo: false,
        contact: Contact {
            phone: "085 000 12 34".into(),
            email: "hulp@rietvoorde.example.org".into(),
            hours: "elke werkdag van 9 tot 17 uur".into(),
            address: "Lindeplein 1, Rietvoorde".into(),
            publisher: "Stichting Rietvoorde Samen".into(),
        },
        house_rules: "Wees vriendelijk.".into(),
        about: "Van en voor bewoners.".into(),
        areas: AreaTree::default(),
        topics: Vec::new(),
        connectors: Vec::new(),
        map: None,
    }
}
