//! What every page knows: the community, the reader, their language. Sent once per page and
//! read synchronously on both sides.

use std::sync::Arc;

use domain::locale::Locale;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An area in reading order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteArea {
    pub slug: String,
    pub name: String,
    /// 0 for the municipality itself.
    pub depth: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteTopic {
    pub slug: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteConnector {
    pub name: String,
    pub about: String,
    pub tone: u8,
    /// Slugs; empty for the whole platform.
    pub areas: Vec<String>,
}

/// Who is reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Tells apart what people who share a browser left in it; empty for strangers.
    pub key: String,
    pub name: String,
    pub tone: u8,
    pub signed_in: bool,
    /// The second factor is still to come.
    pub half_way: bool,
    pub may_announce: bool,
    pub may_write_for_others: bool,
    /// They have a queue of reports.
    pub moderates: bool,
    /// How many cases wait for them.
    pub waiting: u32,
    /// They may read and object, and nothing else.
    pub suspended: bool,
    /// Slug of the area they live in.
    pub area: String,
}

/// The community: the same for all its readers, and so made and packed once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Community {
    pub name: String,
    pub place: String,
    pub tagline: String,
    pub theme: String,
    /// What its people write in.
    pub language: Locale,
    pub locales: Vec<Locale>,
    pub phone: String,
    pub email: String,
    pub hours: String,
    pub address: String,
    pub publisher: String,
    pub areas: Vec<SiteArea>,
    pub topics: Vec<SiteTopic>,
    pub connectors: Vec<SiteConnector>,
}

/// The community, with this page and its reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Packed apart, once for all readers.
    #[serde(skip)]
    community: Arc<Community>,
    pub locale: Locale,
    pub scheme: String,
    pub base_url: String,
    pub viewer: Viewer,
    pub demo: bool,
    /// Key of the part of the day ("morning"), for the greeting.
    pub part_of_day: String,
}

impl std::ops::Deref for Site {
    type Target = Community;
    fn deref(&self) -> &Community {
        &self.community
    }
}

impl Community {
    pub fn area(&self, slug: &str) -> Option<&SiteArea> {
        self.areas.iter().find(|area| area.slug == slug)
    }

    /// The areas that people choose from: the one municipality that holds all others is the whole platform.
    pub fn choosable_areas(&self) -> impl Iterator<Item = &SiteArea> {
        let top =
            u8::from(self.areas.iter().filter(|area| area.depth == 0).count() == 1 && self.areas.len() > 1);
        self.areas.iter().filter(move |area| area.depth >= top)
    }

    pub fn topic(&self, slug: &str) -> Option<&SiteTopic> {
        self.topics.iter().find(|topic| topic.slug == slug)
    }

    /// The telephone number as a `tel:` address.
    pub fn tel(&self) -> String {
        let digits: String = self.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        format!("tel:{digits}")
    }
}

/// The community and the reader of this page.
pub fn use_site() -> StoredSite {
    expect_context::<StoredSite>()
}

/// The site, shared by every component without copying.
#[derive(Clone, Debug)]
pub struct StoredSite(Arc<Site>);

impl std::ops::Deref for StoredSite {
    type Target = Site;
    fn deref(&self) -> &Site {
        &self.0
    }
}

impl Site {
    /// The language of what people here wrote, where it is another than that of the page around it: for the `lang`
    /// attribute (WCAG 3.1.2).
    pub fn written_in(&self) -> Option<&'static str> {
        (self.language != self.locale).then(|| self.language.tag())
    }
}

/// A [`Site`] as it stands in the page: the community, a line end, and the rest.
struct SiteText(String);

impl std::fmt::Display for SiteText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for SiteText {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

/// Makes the site known to every component below.
#[cfg(not(feature = "ssr"))]
pub fn provide_site() -> StoredSite {
    // In the browser the text stands in the page; there is none to make.
    let SiteText(text) = SharedValue::new_str(|| SiteText(String::new())).into_inner();
    let site = text.split_once('\n').and_then(|(community, rest)| {
        let site = crate::wire::unpack::<Site>(rest)?;
        Some(Site { community: Arc::new(crate::wire::unpack(community)?), ..site })
    });
    let site = StoredSite(Arc::new(site.unwrap_or_default()));
    provide_context(site.clone());
    site
}

/// Makes the site known to every component below, and writes it into the page.
#[cfg(feature = "ssr")]
pub fn provide_site() -> StoredSite {
    let site = Arc::new(current());
    let _ = SharedValue::new_str(|| {
        let community = use_context::<Arc<service::context::Request>>().map(|request| shared(&request));
        let community = community.as_ref().map_or("", |shared| shared.packed.as_str());
        SiteText(format!("{community}\n{}", crate::wire::pack(&*site)))
    });
    let site = StoredSite(site);
    provide_context(site.clone());
    site
}

#[cfg(feature = "ssr")]
pub(crate) fn current() -> Site {
    let Some(request) = use_context::<Arc<service::context::Request>>() else {
        return Site::default();
    };
    from_request(&request)
}

/// A community with its packed form.
#[cfg(feature = "ssr")]
struct Shared {
    community: Arc<Community>,
    packed: String,
}

#[cfg(feature = "ssr")]
fn shared(request: &service::context::Request) -> Arc<Shared> {
    request.services.memory.or_make_now(request.kept_as("community"), || {
        let community = community(&request.platform);
        Shared { packed: crate::wire::pack(&community), community: Arc::new(community) }
    })
}

/// Which of six colours a person's initials stand on.
#[cfg(feature = "ssr")]
pub(crate) fn tone(name: &str) -> u8 {
    let sum: u32 = name.chars().map(u32::from).sum();
    u8::try_from(sum % 6 + 1).unwrap_or(1)
}

#[cfg(feature = "ssr")]
fn from_request(request: &service::context::Request) -> Site {
    use domain::posts::PostKind;
    use domain::posts::policy::may_offer;
    use domain::roles::{Capability, holds_somewhere};
    use service::dates::{PartOfDay, part_of_day};

    let slug_of = |id| request.platform.areas.get(id).map(|area| area.slug.clone()).unwrap_or_default();
    let viewer = request
        .session
        .as_ref()
        .map(|session| Viewer {
            key: session.member.id.to_string(),
            tone: tone(&session.member.name),
            name: session.member.name.clone(),
            signed_in: request.is_signed_in(),
            half_way: !request.is_signed_in(),
            may_announce: may_offer(&request.actor, PostKind::Announcement),
            // Who only looks again where nobody else can has a desk when something waits.
            moderates: holds_somewhere(&request.actor, Capability::Moderate) || request.waiting > 0,
            waiting: request.waiting,
            suspended: request.is_signed_in() && !request.actor.is_active(),
            may_write_for_others: holds_somewhere(&request.actor, Capability::PostOnBehalf),
            area: session.member.area.map(slug_of).unwrap_or_default(),
        })
        .unwrap_or_default();
    Site {
        community: Arc::clone(&shared(request).community),
        locale: request.locale,
        scheme: request.scheme.key().to_owned(),
        base_url: request.base_url.clone(),
        viewer,
        demo: request.services.settings.demo && request.platform.demo,
        part_of_day: match part_of_day(request.now) {
            PartOfDay::Night => "night",
            PartOfDay::Morning => "morning",
            PartOfDay::Afternoon => "afternoon",
            PartOfDay::Evening => "evening",
        }
        .to_owned(),
    }
}

#[cfg(feature = "ssr")]
fn community(platform: &domain::platform::Platform) -> Community {
    let slug_of = |id| platform.areas.get(id).map(|area| area.slug.clone()).unwrap_or_default();
    Community {
        name: platform.name.clone(),
        place: platform.place.clone(),
        tagline: platform.tagline.clone(),
        theme: platform.theme.clone(),
        language: platform.locale,
        locales: platform.locales.clone(),
        phone: platform.contact.phone.clone(),
        email: platform.contact.email.clone(),
        hours: platform.contact.hours.clone(),
        address: platform.contact.address.clone(),
        publisher: platform.contact.publisher.clone(),
        areas: platform
            .areas
            .outline()
            .into_iter()
            .map(|(depth, area)| SiteArea {
                slug: area.slug.clone(),
                name: area.name.clone(),
                depth: u8::try_from(depth).unwrap_or(u8::MAX),
            })
            .collect(),
        topics: platform
            .topics
            .iter()
            .map(|topic| SiteTopic { slug: topic.slug.clone(), name: topic.name.clone() })
            .collect(),
        connectors: platform
            .connectors
            .iter()
            .map(|connector| SiteConnector {
                name: connector.name.clone(),
                about: connector.about.clone(),
                tone: tone(&connector.name),
                areas: connector.areas.iter().map(|id| slug_of(*id)).collect(),
            })
            .collect(),
    }
}
