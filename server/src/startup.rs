//! From a configuration to a site that is served.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use domain::clock::Clock as _;
use service::chance::SystemRandom;
use service::clock::SystemClock;
use service::context::{PasswordCost, Services, Settings};
use service::mail::{Mailer, Security, Smtp, SmtpOptions};
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
    let mut demo = false;
    for id in store.platform_ids().await.during("The database cannot be read")? {
        let accounts =
            store.on(id).members_for_demo(clock.now()).await.during("The database cannot be read")?;
        demo |= !accounts.is_empty();
    }
    let settings = Settings {
        demo,
        secure_cookies: config.secure_cookies,
        mail_from: config.mail.from.clone(),
        password_cost,
    };
    Ok(Services {
        store,
        clock: Arc::new(clock),
        random: Arc::new(SystemRandom),
        settings: Arc::new(settings),
    })
}

/// How mail leaves.
///
/// # Errors
/// The settings for the mail server cannot be used together.
pub fn mailer(mail: &Mail) -> Result<Mailer, Failure> {
    match mail.mode {
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
    let mailer = mailer(&config.mail)?;
    let wanted = config.listen;
    let listener =
        TcpListener::bind(wanted).await.during(format_args!("The address {wanted} cannot be used"))?;
    config.listen = listener.local_addr().during("The address cannot be read")?;
    let state = AppState::new(config.clone(), services.clone(), assets(&config));
    announce(&state).await?;

    let (stop, stopped) = watch::channel(());
    let work = tokio::spawn(worker::run(services, mailer, stopped));
    listen::serve(listener, router(state), &config, asked_to_stop()).await;
    drop(stop);
    // A mail that is being sent is finished and written down.
    let _ = work.await;
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
        text.push_str("There is no community yet. Make the demo with: noaber seed --set demo\n");
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
