//! From a configuration to a site that is served.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::clock::Clock as _;
use domain::platform::Platform;
use service::chance::SystemRandom;
use service::clock::SystemClock;
use service::context::{PasswordCost, Services, Settings};
use service::mail::{Mailer, Security, Smtp, SmtpOptions};
use service::moderation::Alone;
use service::secrets::SigningKey;
use service::sources::Reach;
use store::{Options, Store};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::assets::Assets;
use crate::config::{Config, LogFormat, Mail, MailMode, MailTls, Scheme};
use crate::failure::{Failure, While as _};
use crate::listen::{self, asked_to_stop};
use crate::router::router;
use crate::state::AppState;
use crate::worker;

/// Opens the database and brings it up to date.
///
/// # Errors
/// It cannot be reached, or a migration failed.
pub async fn open(config: &Config) -> Result<Store, Failure> {
    let options = Options { url: config.database.clone(), readers: config.readers };
    let store = Store::open(&options).await.during("The database cannot be opened")?;
    store.migrate().await.during("The database cannot be brought up to date")?;
    Ok(store)
}

/// Whether no community is there yet.
///
/// # Errors
/// The database.
pub async fn is_empty(store: &Store) -> Result<bool, Failure> {
    Ok(store.platform_ids().await.during("The database cannot be read")?.is_empty())
}

/// What all use cases share.
///
/// # Errors
/// The database.
pub async fn services(
    config: &Config,
    store: Store,
    password_cost: PasswordCost,
) -> Result<Services, Failure> {
    let clock = SystemClock;
    let mode = mail_mode(config, &communities(&store).await?)?;
    let settings = Settings {
        demo: mode == MailMode::Outbox,
        secure_cookies: config.secure_cookies,
        mail_from: config.mail.from.clone(),
        password_cost,
        new_for: domain::clock::Span::days(i64::from(config.limits.newcomer_days)),
        tiles: config.tiles.clone(),
        reach: Reach { besides: config.calendars_besides, ..Reach::default() },
    };
    let photos = photos(config, &store)?;
    let random = Arc::new(SystemRandom);
    let form_key = SigningKey::of_forms(&store, random.as_ref()).await;
    let form_key = form_key.during("The key that forms are signed with cannot be read")?;
    Ok(Services {
        store,
        clock: Arc::new(clock),
        random,
        settings: Arc::new(settings),
        memory: service::memory::Memory::default(),
        live: service::live::Live::default(),
        photos,
        form_key,
    })
}

/// The files of photos: in the S3 store or the folder of the settings, or beside the database.
fn photos(config: &Config, store: &Store) -> Result<service::photos::Files, Failure> {
    if let Some(s3) = &config.s3 {
        return service::photos::Files::in_s3(s3)
            .map_err(|error| Failure(format!("The S3 store for photos cannot be used: {error}.")));
    }
    let beside =
        || store.file().map_or_else(|| PathBuf::from("photos"), |file| file.with_extension("photos"));
    let folder = config.photos.clone().unwrap_or_else(beside);
    service::photos::Files::in_folder(&folder).map_err(|error| {
        Failure(format!("The folder for photos {} cannot be used: {error}.", folder.display()))
    })
}

/// All communities, as they are now.
///
/// # Errors
/// The database.
pub async fn communities(store: &Store) -> Result<Vec<Platform>, Failure> {
    let mut found = Vec::new();
    for id in store.platform_ids().await.during("The database cannot be read")? {
        let loaded = store.on(id).load_platform(SystemClock.now()).await;
        found.extend(loaded.during("The database cannot be read")?.map(|(platform, _)| platform));
    }
    Ok(found)
}

/// The communities where nobody, or nobody else, could decide about an objection.
///
/// # Errors
/// The database.
pub async fn alone(store: &Store, there: Vec<Platform>) -> Result<Vec<(Platform, Alone)>, Failure> {
    let mut found = Vec::new();
    for platform in there {
        let alone = service::moderation::alone(&store.on(platform.id), &platform, SystemClock.now()).await;
        let alone = alone.during("The objections cannot be read")?;
        if alone != Alone::default() {
            found.push((platform, alone));
        }
    }
    Ok(found)
}

/// Says so in the log.
async fn warn_of_the_alone(store: &Store, there: Vec<Platform>) -> Result<(), Failure> {
    for (platform, alone) in alone(store, there).await? {
        tracing::warn!(
            community = %platform.slug,
            waiting = alone.stuck.len(),
            "when somebody objects to a decision, nobody else can decide about it: make one more member a connector"
        );
    }
    Ok(())
}

/// What becomes of mail. Only made-up communities may do without a mail server: in a real one nobody could sign in,
/// or, with an outbox that everybody can read, anybody could as anyone.
///
/// # Errors
/// A sentence that says what to set.
pub fn mail_mode(config: &Config, communities: &[Platform]) -> Result<MailMode, Failure> {
    let real = communities.iter().find(|platform| !platform.demo);
    match (config.mail.mode, real) {
        (Some(mode @ (MailMode::Smtp | MailMode::Off)), _) => Ok(mode),
        (Some(MailMode::Outbox) | None, None) => Ok(MailMode::Outbox),
        (Some(MailMode::Outbox), Some(platform)) => Err(Failure(format!(
            "mail.mode = \"outbox\" is for the demo, and {} is a real community: set mail.mode to \"smtp\", with mail.host and mail.from.",
            platform.name
        ))),
        (None, Some(platform)) => Err(Failure(format!(
            "mail.mode is missing, and the residents of {} sign in by mail: set it to \"smtp\", with mail.host and mail.from.",
            platform.name
        ))),
    }
}

/// The name in `fallback_platform` must be one that is there.
///
/// # Errors
/// It is not.
pub fn check_fallback(config: &Config, communities: &[Platform]) -> Result<(), Failure> {
    match &config.fallback_platform {
        Some(slug)
            if !communities.is_empty() && !communities.iter().any(|platform| platform.slug == *slug) =>
        {
            let known: Vec<&str> = communities.iter().map(|platform| platform.slug.as_str()).collect();
            Err(Failure(format!(
                "fallback_platform = \"{slug}\" is no community. There are: {}.",
                known.join(", ")
            )))
        }
        _ => Ok(()),
    }
}

/// How mail leaves.
///
/// # Errors
/// The settings for the mail server cannot be used together.
pub fn mailer(mail: &Mail, mode: MailMode) -> Result<Mailer, Failure> {
    match mode {
        MailMode::Outbox => Ok(Mailer::Outbox),
        MailMode::Off => Ok(Mailer::Off),
        MailMode::Smtp => {
            let security = match mail.tls {
                MailTls::Implicit => Security::Implicit,
                MailTls::Starttls => Security::StartTls,
                MailTls::None => Security::None,
            };
            let smtp = Smtp::new(SmtpOptions {
                host: mail.host.clone(),
                port: mail.port,
                security,
                login: mail.user.clone().zip(mail.password.clone()),
                hello_name: mail.from.rsplit_once('@').map(|(_, host)| host.to_owned()),
                timeout: mail.timeout,
                extra_root_pem: mail.certificate.clone(),
            });
            Ok(Mailer::Smtp(Box::new(smtp.during("The mail server cannot be used")?)))
        }
    }
}

/// Reads the site folder; without one, pages have no style and no script, which is better than
/// no pages.
pub fn assets(config: &Config) -> Assets {
    let beside = std::env::current_exe().ok().and_then(|program| program.parent().map(Path::to_owned));
    match Assets::read(&config.site, &beside.unwrap_or_default()) {
        Ok(assets) => {
            if !assets.is_complete() {
                tracing::warn!(site = %config.site.display(), "the site folder lacks the built script or style");
            }
            assets
        }
        Err(error) => {
            tracing::warn!(site = %config.site.display(), %error, "the site folder cannot be read");
            Assets::default()
        }
    }
}

/// Serves until the program is asked to stop.
///
/// # Errors
/// Something that it needs is not there.
pub async fn serve(mut config: Config) -> Result<(), Failure> {
    let store = open(&config).await?;
    let services = services(&config, store.clone(), PasswordCost::Full).await?;
    let there = communities(&store).await?;
    check_fallback(&config, &there)?;
    let mailer = mailer(&config.mail, mail_mode(&config, &there)?)?;
    let wanted = config.listen;
    let listener =
        TcpListener::bind(wanted).await.during(format_args!("The address {wanted} cannot be used"))?;
    config.listen = listener.local_addr().during("The address cannot be read")?;
    let state = AppState::new(config.clone(), services.clone(), assets(&config));
    announce(&state).await?;
    warn_of_the_alone(&store, there).await?;

    let (stop, stopped) = watch::channel(());
    let stopping = state.stopping.clone();
    let work = tokio::spawn(worker::run(services, mailer, stopped, Arc::clone(&stopping)));
    let timetable = tokio::spawn({
        let (services, config) = (state.services.clone(), config.clone());
        let scheme = config.public_scheme.unwrap_or(Scheme::Http);
        worker::keep_time(services, move |host: &str| config.base_url(scheme, host), stop.subscribe())
    });
    let calendars = tokio::spawn(worker::follow_calendars(state.services.clone(), stop.subscribe()));
    let live = state.services.live.clone();
    let looking = tokio::spawn({
        let (live, store) = (live.clone(), store.clone());
        async move { live.run(store).await }
    });
    let until = async {
        asked_to_stop().await;
        stopping.store(true, Ordering::Relaxed);
        // Nobody waits for news any more: their connections end.
        looking.abort();
        live.close();
    };
    listen::serve(listener, router(state), &config, until).await;
    drop(stop);
    // A mail that is being sent is finished and written down.
    let _ = work.await;
    let _ = timetable.await;
    let _ = calendars.await;
    store.close().await;
    tracing::info!(target: "noaber", "stopped");
    Ok(())
}

/// Says where the communities are and, in the demo, as whom one can sign in.
async fn announce(state: &AppState) -> Result<(), Failure> {
    let store = &state.services.store;
    let hosts = store.hosts().await.during("The database cannot be read")?;
    let mut text = format!("Noaber listens on {}.\n", state.config.listen);
    if hosts.is_empty() {
        text.push_str("There is no community yet. Make one with: noaber community apply FILE\nOr look at the demo first: noaber seed --set demo\n");
    }
    let scheme = state.config.public_scheme.unwrap_or(Scheme::Http);
    let now = state.services.clock.now();
    for id in store.platform_ids().await.during("The database cannot be read")? {
        let tenant = store.on(id);
        let Some((platform, _)) = tenant.load_platform(now).await.during("The database cannot be read")?
        else {
            continue;
        };
        let _ = writeln!(text, "\n{}", platform.name);
        for (host, _) in hosts.iter().filter(|(_, owner)| *owner == id) {
            let _ = writeln!(text, "  {}", state.config.base_url(scheme, host));
        }
        let accounts = tenant.members_for_demo(now).await.during("The database cannot be read")?;
        if !accounts.is_empty() {
            text.push_str("  demo accounts; their mails and codes are on /demo/outbox:\n");
        }
        for (member, grants) in accounts {
            let roles: Vec<&str> = grants.iter().map(|grant| grant.role.key()).collect();
            let roles = if roles.is_empty() { "resident".to_owned() } else { roles.join(", ") };
            let _ = writeln!(text, "    {:<34} {:<24} {roles}", member.email, member.name);
        }
    }
    match state.config.log.format {
        LogFormat::Text => println!("{text}"),
        LogFormat::Json => tracing::info!(target: "noaber", listen = %state.config.listen, "serving"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn config(settings: &str) -> Config {
        Config::read("t", settings, BTreeMap::new(), Path::new("/")).expect("settings")
    }

    async fn demo() -> Platform {
        let folder = std::env::temp_dir().join(format!("noaber-startup-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let url = format!("sqlite:{}", folder.join("n.db").display());
        let store = Store::open(&Options { url, readers: 1 }).await.expect("a database");
        store.migrate().await.expect("migrated");
        let render = |text: &str| seed::Rendered { html: text.into(), excerpt: String::new() };
        seed::seed(&store, seed::DataSet::Demo, SystemClock.now(), render, seed::undeveloped)
            .await
            .expect("seeded");
        let platform = communities(&store).await.expect("communities").remove(0);
        store.close().await;
        let _ = std::fs::remove_dir_all(folder);
        platform
    }

    #[tokio::test]
    async fn residents_never_depend_on_an_outbox_that_everybody_can_read() {
        let demo = demo().await;
        let real = Platform { demo: false, ..demo.clone() };
        let smtp = "[mail]\nmode = 'smtp'\nhost = 'm'\nfrom = 'a@example.org'";
        let mode = |settings: &str, there: &[Platform]| mail_mode(&config(settings), there);
        assert_eq!(mode("", &[]).expect("fine"), MailMode::Outbox);
        assert_eq!(mode("", std::slice::from_ref(&demo)).expect("fine"), MailMode::Outbox);
        assert_eq!(mode(smtp, std::slice::from_ref(&real)).expect("fine"), MailMode::Smtp);
        for settings in ["", "[mail]\nmode = 'outbox'"] {
            let wrong = mode(settings, &[demo.clone(), real.clone()]).expect_err("refused").to_string();
            assert!(wrong.contains(&real.name) && wrong.contains("mail.host"), "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_fallback_must_be_a_community() {
        let there = [demo().await];
        assert!(check_fallback(&config("fallback_platform = 'hallorietvoorde'"), &there).is_ok());
        assert!(check_fallback(&config(""), &there).is_ok());
        let wrong = check_fallback(&config("fallback_platform = 'halo'"), &there).expect_err("refused");
        assert!(wrong.to_string().contains("hallorietvoorde"), "{wrong}");
    }
}
