//! `noaber community`: making communities and looking after them, for who runs the program.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::community::CommunityFile;
use domain::platform::{LaunchState, Platform};
use domain::roles::Role;
use service::communities::{self, Texts};
use service::context::PasswordCost;

use crate::config::{Config, MailMode, Scheme};
use crate::failure::{Failure, While as _};
use crate::startup;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Makes the community that a file describes, or brings it up to date. Running servers notice by themselves.
    Apply {
        /// A TOML file; deploy/community.example explains it.
        file: PathBuf,
    },
    /// Lists the communities with their addresses.
    List,
    /// Takes a role away from a member, at once.
    Revoke {
        /// The slug of the community.
        community: String,
        /// The member's e-mail address.
        email: String,
        /// `connector`, `area_manager`, `municipal_admin` and so on.
        role: String,
    },
}

/// Does what was asked.
///
/// # Errors
/// A sentence for everything that is wrong.
pub async fn obey(config: &Config, command: Command) -> Result<(), Failure> {
    match command {
        Command::Apply { file } => apply(config, &file).await,
        Command::List => list(config).await,
        Command::Revoke { community, email, role } => revoke(config, &community, &email, &role).await,
    }
}

async fn apply(config: &Config, path: &Path) -> Result<(), Failure> {
    let (file, house_rules, about) = read(path)?;
    if !matches!(config.mail.mode, Some(MailMode::Smtp | MailMode::Off)) {
        return Err(Failure::new(
            "Residents sign in by mail: set mail.mode to \"smtp\", with mail.host and mail.from, before there is a community.",
        ));
    }
    let store = startup::open(config).await?;
    let services = startup::services(config, store.clone(), PasswordCost::Full).await?;
    let known = store.platform_by_slug(&file.slug).await.during("The database cannot be read")?;
    let hosts = store.hosts().await.during("The database cannot be read")?;
    if let Some((host, _)) =
        hosts.iter().find(|(host, owner)| file.hosts.contains(host) && Some(*owner) != known)
    {
        store.close().await;
        return Err(Failure(format!("{host} is the address of another community.")));
    }
    let texts = Texts { house_rules: &house_rules, about: &about };
    let applied = communities::apply(&services, &file, texts).await;
    store.close().await;
    let applied = applied.map_err(|error| Failure(format!("{} was not stored: {error}.", file.name)))?;
    let made = if applied.made { "has been made" } else { "is up to date" };
    println!("{} {made}: {} new members, {} new roles.", file.name, applied.members, applied.grants);
    if file.launch == LaunchState::Preparing {
        println!("It is being prepared: search engines are asked to stay away.");
    }
    println!(
        "Its address: {}",
        config.base_url(config.public_scheme.unwrap_or(Scheme::Https), &file.hosts[0])
    );
    Ok(())
}

/// The file and the texts that it names, or everything that is wrong with it.
fn read(path: &Path) -> Result<(CommunityFile, String, String), Failure> {
    let name = path.display();
    let text = std::fs::read_to_string(path).during(format_args!("{name} cannot be read"))?;
    let file: CommunityFile = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
        Failure(format!("{name}, line {line}: {}.", error.message()))
    })?;
    file.check().map_err(|wrong| Failure(format!("{name} cannot be used:\n{}", wrong.join("\n"))))?;
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let content = |named: &str| {
        let path = folder.join(named);
        std::fs::read_to_string(&path).during(format_args!("{} cannot be read", path.display()))
    };
    let (house_rules, about) = (content(&file.house_rules)?, content(&file.about)?);
    Ok((file, house_rules, about))
}

async fn list(config: &Config) -> Result<(), Failure> {
    let store = startup::open(config).await?;
    let hosts = store.hosts().await.during("The database cannot be read")?;
    let there = startup::communities(&store).await?;
    store.close().await;
    if there.is_empty() {
        println!("There is no community yet. Make one with: noaber community apply FILE");
    }
    let scheme = config.public_scheme.unwrap_or(Scheme::Http);
    for Platform { id, slug, name, demo, .. } in there {
        let addresses: Vec<String> = hosts
            .iter()
            .filter(|(_, owner)| *owner == id)
            .map(|(host, _)| config.base_url(scheme, host))
            .collect();
        println!("{slug}: {name}{}  {}", if demo { " (demo)" } else { "" }, addresses.join(", "));
    }
    Ok(())
}

async fn revoke(config: &Config, community: &str, email: &str, role: &str) -> Result<(), Failure> {
    let Some(role) = Role::from_key(role) else {
        let known: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        return Err(Failure(format!("\"{role}\" is no role. There are: {}.", known.join(", "))));
    };
    let store = startup::open(config).await?;
    let services = startup::services(config, store.clone(), PasswordCost::Full).await?;
    let ended = communities::revoke(&services, community, &email.to_lowercase(), role).await;
    store.close().await;
    match ended {
        Ok(0) => Err(Failure(format!("{email} does not have this role on {community}."))),
        Ok(_) => {
            println!("{email} is {} no more.", role.key());
            Ok(())
        }
        Err(service::Error::NotFound) => {
            Err(Failure(format!("There is no community \"{community}\" with a member {email}.")))
        }
        Err(error) => Err(Failure(format!("The role could not be taken away: {error}."))),
    }
}
