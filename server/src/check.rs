//! `noaber check`: a line for everything that has to be right before residents come.

use service::mail::Mailer;
use store::{Options, Store};

use crate::assets::Assets;
use crate::config::Config;
use crate::failure::Failure;
use crate::startup;

/// One thing that was looked at: fine, or what is wrong.
type Finding = Result<String, String>;

/// Prints what was found.
///
/// # Errors
/// Something is not right.
pub async fn check(config: &Config) -> Result<(), Failure> {
    let mut findings: Vec<(&str, Finding)> = vec![("configuration", Ok("every value can be used".into()))];
    let options = Options { url: config.database.clone(), readers: config.readers };
    match Store::open_existing(&options).await {
        Ok(store) => {
            findings.push(("database", Ok(format!("{:?} can be reached", store.kind()))));
            findings.push(("migrations", migrations(&store).await));
            findings.push(("integrity", integrity(&store).await));
            findings.push(("communities", communities(&store, config).await));
            findings.push(("objections", objections(&store).await));
            findings.push(("mail", mail(&store, config).await));
            store.close().await;
        }
        Err(error) => findings.push(("database", Err(error.to_string()))),
    }
    findings.push(("site files", site(config)));
    let mut wrong = 0;
    for (name, finding) in findings {
        match finding {
            Ok(text) => println!("ok     {name}: {text}"),
            Err(text) => {
                wrong += 1;
                println!("WRONG  {name}: {text}");
            }
        }
    }
    if wrong == 0 { Ok(()) } else { Err(Failure(format!("{wrong} of these must be put right first."))) }
}

async fn migrations(store: &Store) -> Finding {
    match store.check_ready().await {
        Ok(()) => Ok("the database is up to date".into()),
        Err(error) => Err(format!("{error}; run: noaber migrate")),
    }
}

async fn integrity(store: &Store) -> Finding {
    match store.integrity_check().await {
        Ok(faults) if faults.is_empty() => Ok("no faults in the database".into()),
        Ok(faults) => Err(faults.join("; ")),
        Err(error) => Err(error.to_string()),
    }
}

async fn communities(store: &Store, config: &Config) -> Finding {
    let hosts = store.hosts().await.map_err(|error| error.to_string())?;
    let there = startup::communities(store).await.map_err(|failure| failure.to_string())?;
    startup::check_fallback(config, &there).map_err(|failure| failure.to_string())?;
    let names: Vec<&str> = hosts.iter().map(|(host, _)| host.as_str()).collect();
    if names.is_empty() { Ok("none yet".into()) } else { Ok(names.join(", ")) }
}

/// Whether there is somebody else to decide when somebody objects to a decision (Digital Services Act, article 20).
async fn objections(store: &Store) -> Finding {
    let there = startup::communities(store).await.map_err(|failure| failure.to_string())?;
    let (mut stuck, mut alone) = (Vec::new(), Vec::new());
    for (platform, found) in startup::alone(store, there).await.map_err(|failure| failure.to_string())? {
        if !found.stuck.is_empty() {
            stuck.push(format!("{} of {}", found.stuck.len(), platform.slug));
        } else if found.one_person {
            alone.push(platform.slug);
        }
    }
    if !stuck.is_empty() {
        return Err(format!(
            "nobody but who decided first can decide about {}; make one more member a connector",
            stuck.join(", ")
        ));
    }
    Ok(if alone.is_empty() {
        "somebody else can decide about each".into()
    } else {
        format!("nothing waits, but {} should have a second person with a role", alone.join(", "))
    })
}

fn site(config: &Config) -> Finding {
    let place = config.site.display();
    match Assets::read(&config.site, &config.site) {
        Ok(assets) if assets.is_complete() => Ok(format!("script, program and style are in {place}")),
        Ok(_) => Err(format!("{place} lacks the built script, program or style")),
        Err(error) => Err(format!("{place} cannot be read: {error}")),
    }
}

async fn mail(store: &Store, config: &Config) -> Finding {
    let said = |failure: Failure| failure.to_string();
    let there = startup::communities(store).await.map_err(said)?;
    let mode = startup::mail_mode(config, &there).map_err(said)?;
    match startup::mailer(&config.mail, mode).map_err(said)? {
        Mailer::Smtp(smtp) => match smtp.check().await {
            Ok(()) => Ok(format!("{} takes mail from us", config.mail.host)),
            Err(reason) => Err(format!("{} does not take mail from us: {reason}", config.mail.host)),
        },
        Mailer::Outbox => Ok("a demo: mails stay in the database".into()),
        Mailer::Off => Ok("another process sends it".into()),
    }
}
