//! The commands of the program.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use seed::DataSet;
use service::context::PasswordCost;

use crate::config::Config;
use crate::failure::Failure;
use crate::{backup, check, community, logging, startup};

#[derive(Debug, Parser)]
#[command(name = "noaber", version, about = "Noaber: a place for neighbours.", arg_required_else_help = true)]
struct Arguments {
    /// The configuration file [default: noaber.toml, when it is there].
    #[arg(long, short, global = true, env = "NOABER_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the site. Brings the database up to date first.
    Serve,
    /// Brings the database up to date, and stops.
    Migrate,
    /// Makes communities, and looks after them.
    #[command(subcommand)]
    Community(community::Command),
    /// Fills an empty database with the fictional municipality of Rietvoorde.
    Seed {
        /// How much content.
        #[arg(long, value_enum)]
        set: Set,
        /// Is content with a database that is filled already, and leaves it as it is.
        #[arg(long)]
        if_empty: bool,
    },
    /// Writes a copy of the database, also while the site is being served.
    Backup {
        /// The file to write; it must not be there yet.
        to: PathBuf,
    },
    /// Puts a copy back. Stop the site first.
    Restore {
        /// The file to read.
        from: PathBuf,
        /// Replaces what is in the database.
        #[arg(long)]
        force: bool,
    },
    /// Looks whether everything is right: configuration, database, files, mail.
    Check,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Set {
    /// A living neighbourhood to look around in.
    Demo,
    /// A community in its second year.
    Launch,
    /// A community after ten years.
    Mature,
}

impl From<Set> for DataSet {
    fn from(set: Set) -> Self {
        match set {
            Set::Demo => Self::Demo,
            Set::Launch => Self::Launch,
            Set::Mature => Self::Mature,
        }
    }
}

/// The whole program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let config = match Config::load(arguments.config.as_deref()) {
        Ok(config) => config,
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::from(2);
        }
    };
    logging::start(config.log);
    for warning in &config.warnings {
        tracing::warn!(target: "noaber", "{warning}");
    }
    // Two libraries bring rustls; one of its providers must be chosen before the first connection.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program cannot start its threads: {error}.");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(obey(arguments.command, config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn obey(command: Command, config: Config) -> Result<(), Failure> {
    match command {
        Command::Serve => startup::serve(config).await,
        Command::Migrate => {
            startup::open(&config).await?.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Community(command) => community::obey(&config, command).await,
        Command::Seed { set, if_empty } => seed_database(&config, set.into(), if_empty).await,
        Command::Backup { to } => backup::back_up(&config, &to).await,
        Command::Restore { from, force } => backup::restore(&config, &from, force).await,
        Command::Check => check::check(&config).await,
    }
}

async fn seed_database(config: &Config, set: DataSet, if_empty: bool) -> Result<(), Failure> {
    let store = startup::open(config).await?;
    if if_empty && !startup::is_empty(&store).await? {
        println!("The database has content already; nothing was changed.");
        return Ok(());
    }
    let services = startup::services(config, store.clone(), PasswordCost::Full).await?;
    let render = |markdown: &str| {
        let rendered = service::markdown::render(markdown);
        seed::Rendered { html: rendered.html, excerpt: rendered.excerpt }
    };
    let develop = async |pictures| develop(&services.photos, pictures).await;
    let report = seed::seed(&store, set, services.clock.now(), render, develop)
        .await
        .map_err(|error| Failure(format!("The database could not be filled: {error}.")))?;
    if set == DataSet::Demo {
        year_plan(&services).await?;
    }
    for site in report.sites {
        println!(
            "{}: {} members, {} posts, {} comments ({})",
            site.name,
            site.members,
            site.posts,
            site.comments,
            site.hosts.join(", ")
        );
    }
    store.close().await;
    Ok(())
}

/// Takes over the year plan of an association in the demo, as if a connector had sent the file.
///
/// # Errors
/// The file cannot be read as a calendar, or the database.
pub async fn year_plan(services: &service::context::Services) -> Result<(), Failure> {
    let seed::YearPlan { platform_slug, owner, draft, file } = seed::year_plan(services.clock.now());
    let made = service::sources::follow_file(services, (platform_slug, owner), &draft, file).await;
    match made {
        Ok(service::sources::Made::Followed(_)) => Ok(()),
        made => Err(Failure(format!("The year plan of the demo could not be taken over: {made:?}."))),
    }
}

/// Makes the files of the demo's photos, as of any that residents send.
async fn develop(
    photos: &service::photos::Files,
    pictures: Vec<seed::Picture>,
) -> Result<Vec<seed::Developed>, String> {
    let sent = |picture: &seed::Picture| {
        let mut file = tempfile::tempfile()?;
        file.write_all(picture.bytes)?;
        Ok(((picture.platform, picture.photo), file))
    };
    let sent: std::io::Result<Vec<_>> = pictures.iter().map(sent).collect();
    let sent = sent.map_err(|error| error.to_string())?;
    let made = service::photos::develop(photos, sent).await.map_err(|error| error.to_string())?;
    let known = |one: service::photos::Developed| seed::Developed {
        width: one.width,
        height: one.height,
        placeholder: one.placeholder,
    };
    Ok(made.into_iter().map(known).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_commands_are_well_formed() {
        Arguments::command().debug_assert();
    }
}
