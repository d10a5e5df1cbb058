//! Deterministic demo content: the fictional municipality of Rietvoorde and its village
//! Veenzicht, in three sizes.
//!
//! A site is first planned in memory ([`plan`]), where the tests look at it, and then
//! written in one transaction per platform.

mod accounts;
mod activities;
mod calendar;
mod compose;
mod content;
mod drafts;
mod initiatives;
mod moderation;
mod people;
pub mod pictures;
pub mod plan;
pub mod random;
mod registrations;
mod say;
mod talk;
mod write;
mod year_plan;

use std::fmt;
use std::str::FromStr;

use domain::clock::Timestamp;
use store::Store;

pub use pictures::{Developed, Picture, undeveloped};

pub use year_plan::{YearPlan, year_plan};

pub use accounts::{DEMO_ACCOUNTS, DemoAccount, DemoScope, account};

/// How much content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataSet {
    /// A living neighbourhood to look around in.
    Demo,
    /// A community in its second year.
    Launch,
    /// A community after ten years.
    Mature,
}

impl DataSet {
    pub const ALL: [Self; 3] = [Self::Demo, Self::Launch, Self::Mature];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Launch => "launch",
            Self::Mature => "mature",
        }
    }

    /// Members of the large community.
    pub const fn members(self) -> usize {
        match self {
            Self::Demo => 60,
            Self::Launch => 1_700,
            Self::Mature => 10_000,
        }
    }

    /// Posts of the large community.
    pub const fn posts(self) -> usize {
        match self {
            Self::Demo => 120,
            Self::Launch => 2_200,
            Self::Mature => 64_000,
        }
    }

    /// Comments in the large community.
    pub const fn comments(self) -> usize {
        match self {
            Self::Demo => 400,
            Self::Launch => 16_000,
            Self::Mature => 470_000,
        }
    }

    /// How often something happens in the large community, as far as that is counted: around now, and in the past.
    pub const fn occurrences(self) -> usize {
        match self {
            Self::Demo => 300,
            Self::Launch => 1_800,
            Self::Mature => 48_000,
        }
    }

    /// Thanks for posts in the large community; some of the comments get a few besides.
    pub const fn thanks(self) -> usize {
        match self {
            Self::Demo => 400,
            Self::Launch => 16_000,
            Self::Mature => 150_000,
        }
    }

    /// How long the large community has existed.
    pub const fn days(self) -> i64 {
        match self {
            Self::Demo => 600,
            Self::Launch => 420,
            Self::Mature => 3_650,
        }
    }
}

impl fmt::Display for DataSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

impl FromStr for DataSet {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|set| set.key() == text).ok_or(())
    }
}

/// A text ready to be stored and shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// Sanitised HTML.
    pub html: String,
    /// The beginning, without mark-up.
    pub excerpt: String,
}

/// What was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub sites: Vec<SiteReport>,
}

/// One community that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteReport {
    pub slug: String,
    pub name: String,
    pub hosts: Vec<String>,
    pub members: usize,
    pub posts: usize,
    pub comments: usize,
    /// How often something happens.
    pub occurrences: usize,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Seeding again would make everything twice.
    #[error("the platform {0} exists already; seed an empty database")]
    Exists(String),
    /// A mistake in the content files, which the tests of this crate find.
    #[error("the demo content is wrong: {0}")]
    Content(String),
    #[error("the photos could not be made: {0}")]
    Photos(String),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Fills an empty database. `render` turns Markdown into what is shown, `develop` makes the files of photos and says
/// in the same order what came of them. Files come before the database knows of them: one that nobody knows does no
/// harm.
///
/// # Errors
/// One of the platforms exists already (nothing is changed then), the photos cannot be made, or the database refuses.
pub async fn seed(
    store: &Store,
    set: DataSet,
    now: Timestamp,
    render: impl Fn(&str) -> Rendered,
    develop: impl AsyncFn(Vec<Picture>) -> Result<Vec<Developed>, String>,
) -> Result<Report, Error> {
    let sites = plan::sites(set, now)?;
    for site in &sites {
        let slug = &site.platform.slug;
        if store.platform_by_slug(slug).await?.is_some() {
            return Err(Error::Exists(slug.clone()));
        }
    }
    let pictures = pictures::to_develop(&sites);
    let made = develop(pictures.clone()).await.map_err(Error::Photos)?;
    let photos = pictures.iter().map(|picture| picture.photo).zip(made).collect();
    let mut report = Report { sites: Vec::new() };
    for site in &sites {
        let occurrences = write::site(store, site, &render, &photos).await?;
        report.sites.push(SiteReport {
            slug: site.platform.slug.clone(),
            name: site.platform.name.clone(),
            hosts: site.hosts.clone(),
            members: site.members.len(),
            posts: site.posts.len(),
            occurrences,
            comments: site.talk.iter().map(|size| size.comments).sum(),
        });
    }
    store.analyse().await?;
    Ok(report)
}
