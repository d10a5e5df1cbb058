//! A community as its operator describes it in a file, checked before anything is stored.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::area::AreaKind;
use crate::geo::CommunityMap;
use crate::limits;
use crate::locale::Locale;
use crate::members::draft;
use crate::members::email::EmailAddress;
use crate::platform::{Contact, LaunchState};
use crate::roles::Role;
use crate::text;

/// The token sets in `style/themes`.
pub const THEMES: [&str; 2] = ["rietvoorde", "veenzicht"];
/// A slug stands in addresses and is typed by people.
const SLUG_MAX: usize = 40;
const TAGLINE_MAX: u32 = 140;

/// The file. What it does not name stays as it is, apart from the hosts, which are those of the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommunityFile {
    pub slug: String,
    pub name: String,
    /// The place as people say it, for greetings.
    pub place: String,
    pub tagline: String,
    pub theme: String,
    pub locale: Locale,
    #[serde(default)]
    pub locales: Vec<Locale>,
    pub launch: LaunchState,
    /// The first is the one that mails and links name.
    pub hosts: Vec<String>,
    pub contact: Contact,
    /// The names of Markdown files, beside this one.
    pub house_rules: String,
    pub about: String,
    /// Parents before what lies in them.
    #[serde(default)]
    pub areas: Vec<AreaEntry>,
    #[serde(default)]
    pub topics: Vec<TopicEntry>,
    #[serde(default)]
    pub map: Option<CommunityMap>,
    /// The people it begins with; they sign in with a code by mail, like everybody.
    #[serde(default)]
    pub members: Vec<MemberEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaEntry {
    pub slug: String,
    pub name: String,
    pub kind: AreaKind,
    /// Slug of the area it lies in; empty for the one that holds all.
    #[serde(default)]
    pub parent: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicEntry {
    pub slug: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberEntry {
    pub name: String,
    pub email: String,
    /// Slug of the area they live in, or empty.
    #[serde(default)]
    pub area: String,
    #[serde(default)]
    pub about: String,
    #[serde(default)]
    pub roles: Vec<RoleEntry>,
}

/// A role, for the whole community unless an area or a topic is named.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleEntry {
    pub role: Role,
    #[serde(default)]
    pub area: String,
    #[serde(default)]
    pub topic: String,
}

impl CommunityFile {
    /// # Errors
    /// A sentence for everything that is wrong, for the person who wrote the file.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let mut wrong = Vec::new();
        if !is_slug(&self.slug) {
            wrong.push(not_a_slug("slug", &self.slug));
        }
        for (field, value, max) in [
            ("name", &self.name, limits::NAME_MAX),
            ("place", &self.place, limits::NAME_MAX),
            ("tagline", &self.tagline, TAGLINE_MAX),
        ] {
            let clean = text::line(value);
            if clean != *value || clean.is_empty() || text::length(&clean) > max {
                wrong.push(format!("{field} = \"{value}\" must be one line of 1 to {max} characters."));
            }
        }
        if !THEMES.contains(&self.theme.as_str()) {
            wrong.push(format!("theme = \"{}\" is not there. There are: {}.", self.theme, THEMES.join(", ")));
        }
        if !self.locales.is_empty() && !self.locales.contains(&self.locale) {
            wrong.push(format!("locales must hold locale = \"{}\" too.", self.locale.tag()));
        }
        self.check_contact(&mut wrong);
        self.check_hosts(&mut wrong);
        self.check_areas(&mut wrong);
        unique(&mut wrong, "topic", self.topics.iter().map(|topic| topic.slug.as_str()));
        for topic in &self.topics {
            named(&mut wrong, "topic", &topic.slug, &topic.name);
        }
        self.check_map(&mut wrong);
        self.check_members(&mut wrong);
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }

    fn check_map(&self, wrong: &mut Vec<String>) {
        let Some(map) = &self.map else { return };
        let (south_west, north_east) = (map.south_west, map.north_east);
        if south_west.latitude >= north_east.latitude || south_west.longitude >= north_east.longitude {
            wrong.push("map.south_west must be to the south and to the west of map.north_east.".into());
        }
        if !map.picture.is_empty() && !is_slug(&map.picture) {
            wrong.push(not_a_slug("picture of the map", &map.picture));
        }
        unique(wrong, "place", map.places.iter().map(|place| place.slug.as_str()));
        for place in &map.places {
            named(wrong, "place", &place.slug, &place.name);
            if text::length(&place.line()) > limits::PLACE_MAX {
                wrong.push(format!(
                    "Name and address of the place \"{}\" are longer than {} characters.",
                    place.slug,
                    limits::PLACE_MAX
                ));
            }
            if !map.holds(place.point) {
                wrong.push(format!("The place \"{}\" lies outside the corners of the map.", place.slug));
            }
        }
    }

    fn check_contact(&self, wrong: &mut Vec<String>) {
        let contact = &self.contact;
        for (field, value) in
            [("phone", &contact.phone), ("hours", &contact.hours), ("publisher", &contact.publisher)]
        {
            if text::line(value).is_empty() {
                wrong.push(format!("contact.{field} is empty: every page says whom to turn to."));
            }
        }
        if EmailAddress::parse(&contact.email).is_err() {
            wrong.push(format!("contact.email = \"{}\" is no e-mail address.", contact.email));
        }
    }

    fn check_hosts(&self, wrong: &mut Vec<String>) {
        if self.hosts.is_empty() {
            wrong
                .push("hosts is empty: name the address of the site, such as [\"www.mijnbuurt.nl\"].".into());
        }
        unique(wrong, "host", self.hosts.iter().map(String::as_str));
        for host in self.hosts.iter().filter(|host| !is_host(host)) {
            wrong.push(format!(
                "hosts: \"{host}\" must be a name in lower case without a port, such as www.mijnbuurt.nl."
            ));
        }
    }

    fn check_areas(&self, wrong: &mut Vec<String>) {
        unique(wrong, "area", self.areas.iter().map(|area| area.slug.as_str()));
        let mut seen = BTreeSet::new();
        for area in &self.areas {
            named(wrong, "area", &area.slug, &area.name);
            if !area.parent.is_empty() && !seen.contains(area.parent.as_str()) {
                wrong.push(format!(
                    "The area \"{}\" lies in \"{}\", which must come before it.",
                    area.slug, area.parent
                ));
            }
            seen.insert(area.slug.as_str());
        }
    }

    fn check_members(&self, wrong: &mut Vec<String>) {
        unique(wrong, "member", self.members.iter().map(|member| member.email.as_str()));
        let has_area = |slug: &str| slug.is_empty() || self.areas.iter().any(|area| area.slug == slug);
        let has_topic = |slug: &str| slug.is_empty() || self.topics.iter().any(|topic| topic.slug == slug);
        for member in &self.members {
            let email = &member.email;
            if EmailAddress::parse(email).map_or(true, |clean| clean.as_str() != email) {
                wrong.push(format!("members: \"{email}\" must be an e-mail address in lower case."));
            }
            if draft::name(&member.name).map_or(true, |clean| clean != member.name) {
                wrong.push(format!("members: the name \"{}\" of {email} cannot be used.", member.name));
            }
            let roles = member.roles.iter();
            for area in
                roles.clone().map(|role| &role.area).chain([&member.area]).filter(|slug| !has_area(slug))
            {
                wrong.push(format!("members: {email} names the area \"{area}\", which is not in the file."));
            }
            for role in roles {
                if !has_topic(&role.topic) {
                    wrong.push(format!(
                        "members: {email} names the topic \"{}\", which is not in the file.",
                        role.topic
                    ));
                }
                if !role.area.is_empty() && !role.topic.is_empty() {
                    wrong.push(format!("members: a role of {email} names an area and a topic: choose one."));
                }
            }
        }
    }
}

fn named(wrong: &mut Vec<String>, what: &str, slug: &str, name: &str) {
    if !is_slug(slug) {
        wrong.push(not_a_slug(what, slug));
    }
    let clean = text::line(name);
    if clean != name || clean.is_empty() || text::length(&clean) > limits::NAME_MAX {
        wrong.push(format!(
            "The {what} \"{slug}\" needs a name of one line, of 1 to {} characters.",
            limits::NAME_MAX
        ));
    }
}

fn unique<'a>(wrong: &mut Vec<String>, what: &str, values: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(value) {
            wrong.push(format!("The {what} \"{value}\" is there twice."));
        }
    }
}

fn not_a_slug(what: &str, slug: &str) -> String {
    format!(
        "The {what} \"{slug}\" must be small letters, digits and hyphens, {SLUG_MAX} at most, and begin with a letter."
    )
}

/// Part of an address.
pub fn is_slug(text: &str) -> bool {
    text.len() <= SLUG_MAX
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A host name as browsers send it (RFC 1123, 2.1; labels of 63, names of 253).
fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
}
