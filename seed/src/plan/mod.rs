//! What will be written, before any of it is: whole sites as plain values.

mod comments;
mod members;
mod posts;

use std::collections::{BTreeMap, BTreeSet};

use domain::actor::{Actor, Grant, Scope};
use domain::area::{Area, AreaTree};
use domain::clock::{Span, Timestamp};
use domain::id::{AreaId, GrantId, MemberId, PlatformId, PostId, TopicId};
use domain::photos::Arranged;
use domain::platform::{LaunchState, Platform, Topic};
use domain::posts::PostText;
use domain::roles::Role;

use crate::content::{self, ActivityFile, PlatformFile, Site};
use crate::random::Seeded;
use crate::{DataSet, Error, pictures};

pub use comments::{Conversation, PlannedComment, Talk, TalkSize};

/// How long the village's own community has existed.
const VILLAGE_DAYS: i64 = 380;

/// One community with everybody and everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitePlan {
    /// Without connectors: those follow from the grants.
    pub platform: Platform,
    pub hosts: Vec<String>,
    /// When the platform was made.
    pub founded: Timestamp,
    pub members: Vec<PlannedMember>,
    pub grants: Vec<PlannedGrant>,
    /// Oldest first.
    pub posts: Vec<PlannedPost>,
    /// How much is said under each of them.
    pub talk: Vec<TalkSize>,
    pub written_comments: BTreeMap<PostId, Vec<PlannedComment>>,
    /// How many of a hundred comments somebody said thanks for.
    pub comment_thanks: usize,
    /// What happens, as it is written.
    pub activities: Vec<ActivityFile>,
    /// How often something happens, at least.
    pub wanted_times: usize,
    /// Nothing is later than this.
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMember {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub area: Option<AreaId>,
    pub about: String,
    pub joined: Timestamp,
    /// One of [`crate::DEMO_ACCOUNTS`].
    pub demo: bool,
    pub totp_secret: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedGrant {
    pub id: GrantId,
    pub member: MemberId,
    pub role: Role,
    pub scope: Scope,
    pub by: Option<MemberId>,
    pub from: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPost {
    pub id: PostId,
    pub author: MemberId,
    /// As it reads now.
    pub text: PostText,
    pub on_behalf_of: Option<String>,
    pub official: bool,
    pub published_at: Timestamp,
    pub edit: Option<PlannedEdit>,
    /// Until when, and by whom.
    pub pinned: Option<(Timestamp, MemberId)>,
    /// In their order.
    pub photos: Vec<PlannedPhoto>,
}

/// A photo of a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPhoto {
    /// One of [`pictures::names`].
    pub picture: &'static str,
    pub arranged: Arranged,
}

/// The change that made a post what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedEdit {
    /// The text before.
    pub before: PostText,
    pub editor: MemberId,
    pub at: Timestamp,
    pub reason: String,
}

impl SitePlan {
    /// Somebody as the policies see them.
    pub fn actor(&self, member: MemberId) -> Actor {
        let grants = self
            .grants
            .iter()
            .filter(|grant| grant.member == member)
            .map(|grant| Grant { role: grant.role, scope: grant.scope })
            .collect();
        Actor::member(self.platform.id, member, grants)
    }
}

/// Both communities of a data set. The same `set` and `now` give the same plan, down to the keys.
///
/// # Errors
/// The content files contradict themselves.
pub fn sites(set: DataSet, now: Timestamp) -> Result<Vec<SitePlan>, Error> {
    let large = Scale {
        members: set.members(),
        posts: set.posts(),
        comments: Some(set.comments()),
        thanks: set.thanks(),
        times: if set == DataSet::Demo { 0 } else { set.occurrences() },
        comment_thanks: if set == DataSet::Mature { 5 } else { 20 },
        founded: now.minus(Span::days(set.days())),
        evenly: set == DataSet::Demo,
        pictures: set == DataSet::Demo,
    };
    let site = content::VEENZICHT.read()?;
    let small = Scale {
        members: site.members.len(),
        posts: site.posts.len(),
        comments: None,
        thanks: site.posts.len() * 4,
        times: 0,
        comment_thanks: 20,
        founded: now.minus(Span::days(VILLAGE_DAYS)),
        evenly: true,
        pictures: set == DataSet::Demo,
    };
    Ok(vec![plan(&content::RIETVOORDE.read()?, &large, now, 1)?, plan(&site, &small, now, 2)?])
}

struct Scale {
    members: usize,
    posts: usize,
    /// Together; without it only the written ones.
    comments: Option<usize>,
    /// For posts.
    thanks: usize,
    /// How often something happens; 0 for what is written.
    times: usize,
    /// How many of a hundred comments somebody said thanks for.
    comment_thanks: usize,
    founded: Timestamp,
    evenly: bool,
    /// Written posts have their photos.
    pictures: bool,
}

fn plan(site: &Site, scale: &Scale, now: Timestamp, seed: u64) -> Result<SitePlan, Error> {
    let random = Seeded::new(seed);
    let founded = scale.founded;
    let platform = platform(site, founded, &random)?;
    let words = content::words()?;
    let mut people = members::everybody(site, &platform, &words, scale, now, &random)?;
    let mut posts = posts::written(site, &platform, &people, now, &random)?;
    // Seeds of their own: whether there are photos must not change who wrote what.
    if scale.pictures {
        pictures::hang(site, &mut posts, &Seeded::new(seed + 150))?;
    }
    posts::joined_before_they_wrote(&mut people.members, &posts);
    // Seeds of their own: how much is said must not change who wrote what.
    let talking = Seeded::new(seed + 75);
    let written_comments = comments::written(site, &people, &posts, now, &talking)?;
    let written_posts: BTreeSet<PostId> = posts.iter().map(|post| post.id).collect();
    let wanted = scale.posts.saturating_sub(posts.len());
    if wanted > 0 {
        let schemes = content::schemes()?;
        let writer =
            posts::Writer { site, platform: &platform, people: &people, random: &random, founded, now };
        posts.extend(writer.composed(&schemes, &words, wanted, scale.evenly)?);
    }
    posts.sort_by_key(|post| (post.published_at, post.id));
    let composed: Vec<bool> = posts.iter().map(|post| !written_posts.contains(&post.id)).collect();
    let total = scale.comments.unwrap_or_default();
    let parts = content::comment_parts()?;
    let talk = comments::sizes(&posts, &written_comments, &composed, (total, scale.thanks), &parts, &talking);
    Ok(SitePlan {
        platform,
        hosts: site.platform.hosts.clone(),
        founded,
        members: people.members,
        grants: people.grants,
        posts,
        talk,
        written_comments,
        comment_thanks: scale.comment_thanks,
        activities: site.activities.clone(),
        wanted_times: scale.times,
        now,
    })
}

fn platform(site: &Site, founded: Timestamp, random: &Seeded) -> Result<Platform, Error> {
    let file: &PlatformFile = &site.platform;
    let mut ids: BTreeMap<&str, AreaId> = BTreeMap::new();
    let mut areas = Vec::new();
    for area in &file.areas {
        let parent = match area.parent.as_str() {
            "" => None,
            slug => Some(*ids.get(slug).ok_or_else(|| unknown("area", slug))?),
        };
        let id = AreaId::new(founded, random);
        ids.insert(&area.slug, id);
        areas.push(Area { id, parent, kind: area.kind, slug: area.slug.clone(), name: area.name.clone() });
    }
    Ok(Platform {
        id: PlatformId::new(founded, random),
        slug: file.slug.clone(),
        name: file.name.clone(),
        place: file.place.clone(),
        tagline: file.tagline.clone(),
        theme: file.theme.clone(),
        locale: file.locale,
        locales: file.locales.clone(),
        launch: LaunchState::Live,
        demo: true,
        contact: file.contact.clone(),
        house_rules: site.house_rules.to_owned(),
        about: site.about.to_owned(),
        areas: AreaTree::new(areas),
        topics: file
            .topics
            .iter()
            .map(|topic| Topic {
                id: TopicId::new(founded, random),
                slug: topic.slug.clone(),
                name: topic.name.clone(),
            })
            .collect(),
        connectors: Vec::new(),
        map: file.map.clone(),
    })
}

fn unknown(what: &str, name: &str) -> Error {
    Error::Content(format!("unknown {what} {name}"))
}
