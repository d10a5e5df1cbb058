//! Who lives in a community: the written members first, then invented ones.

use std::collections::BTreeMap;

use domain::actor::Scope;
use domain::clock::{Span, Timestamp};
use domain::id::{GrantId, MemberId, OrganisationId};
use domain::members::draft::SignUpDraft;
use domain::platform::Platform;
use domain::roles::Role;

use super::{PlannedGrant, PlannedMember, Scale, unknown};
use crate::Error;
use crate::accounts::{self, DemoScope, FURTHER_GRANTS};
use crate::content::{Site, Words};
use crate::people::People;
use crate::random::Seeded;

/// The members with what is needed to write about them.
#[derive(Debug)]
pub struct Everybody {
    /// In the order in which they joined.
    pub members: Vec<PlannedMember>,
    pub grants: Vec<PlannedGrant>,
    /// Key in the content files → member.
    by_key: BTreeMap<String, MemberId>,
}

impl Everybody {
    pub fn find(&self, key: &str) -> Result<MemberId, Error> {
        self.by_key.get(key).copied().ok_or_else(|| unknown("member", key))
    }

    /// The first member with this role, and where it holds.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &PlannedGrant> {
        self.grants.iter().filter(move |grant| grant.role == role)
    }
}

pub fn everybody(
    site: &Site,
    platform: &Platform,
    words: &Words,
    scale: &Scale,
    now: Timestamp,
    random: &Seeded,
) -> Result<Everybody, Error> {
    let mut members = Vec::with_capacity(scale.members);
    let mut by_key = BTreeMap::new();
    for (place, written) in (0_i64..).zip(&site.members) {
        // The founders join in the first weeks, a few a day.
        let joined = scale.founded.plus(Span(Span::hours(9).0 * place + random.span(Span::hours(8).0)));
        let email = format!("{}@example.org", written.0);
        let account = accounts::account(&platform.slug, &email);
        let mut member = checked(platform, &written.1, &email, &written.2)?;
        member.id = MemberId::new(joined, random);
        member.joined = joined;
        member.about.clone_from(&written.3);
        member.demo = account.is_some();
        member.totp_secret = account.and_then(|account| account.totp_secret);
        by_key.insert(written.0.clone(), member.id);
        members.push(member);
    }
    let more = scale.members.saturating_sub(members.len());
    let taken = members.iter().map(|member| member.email.clone()).collect();
    let mut people = People::new(words, taken);
    let span = now.0 - scale.founded.0;
    let mut joined: Vec<i64> = (0..more).map(|_| random.span(span).max(random.span(span))).collect();
    joined.sort_unstable();
    let weights: Vec<usize> = site.platform.areas.iter().map(|area| area.people).collect();
    for after in joined {
        let person = people.next(random);
        let area = &site.platform.areas[random.weighted(&weights)].slug;
        let mut member = checked(platform, &person.name, &person.email, area)?;
        member.joined = scale.founded.plus(Span(after));
        member.id = MemberId::new(member.joined, random);
        member.about = person.about;
        members.push(member);
    }
    members.sort_by_key(|member| member.joined);
    let grants = grants(platform, &members, scale.founded, random)?;
    Ok(Everybody { members, grants, by_key })
}

/// Through the same form as everybody.
fn checked(platform: &Platform, name: &str, email: &str, area: &str) -> Result<PlannedMember, Error> {
    let valid = SignUpDraft {
        name: name.to_owned(),
        email: email.to_owned(),
        area: area.to_owned(),
        house_rules: true,
        age: true,
    }
    .check(platform)
    .map_err(|problems| Error::Content(format!("member {name}: {problems:?}")))?;
    Ok(PlannedMember {
        id: MemberId(platform.id.0),
        name: valid.name,
        email: valid.email.as_str().to_owned(),
        area: valid.area,
        about: String::new(),
        joined: Timestamp(0),
        demo: false,
        totp_secret: None,
    })
}

fn grants(
    platform: &Platform,
    members: &[PlannedMember],
    founded: Timestamp,
    random: &Seeded,
) -> Result<Vec<PlannedGrant>, Error> {
    let organisation = OrganisationId::new(founded, random);
    let demo = accounts::DEMO_ACCOUNTS.iter().filter_map(|account| {
        let role = account.role?;
        Some((account.platform_slug, account.email, role, account.scope))
    });
    let mut grants = Vec::new();
    for (slug, email, role, scope) in demo.chain(FURTHER_GRANTS.iter().copied()) {
        if slug != platform.slug {
            continue;
        }
        let member =
            members.iter().find(|member| member.email == email).ok_or_else(|| unknown("account", email))?;
        let scope = match scope {
            DemoScope::Platform => Scope::Platform,
            DemoScope::Area(slug) => {
                Scope::Area(platform.areas.by_slug(slug).ok_or_else(|| unknown("area", slug))?.id)
            }
            DemoScope::Topic(slug) => {
                Scope::Topic(platform.topic_by_slug(slug).ok_or_else(|| unknown("topic", slug))?.id)
            }
            DemoScope::Organisation => Scope::Organisation(organisation),
        };
        grants.push(PlannedGrant {
            id: GrantId::new(member.joined, random),
            member: member.id,
            role,
            scope,
            by: None,
            from: member.joined,
        });
    }
    // Who manages the roles gave out the others.
    let admin = grants.iter().find(|grant| grant.role == Role::MunicipalAdmin).map(|grant| grant.member);
    for grant in &mut grants {
        grant.by = admin.filter(|admin| *admin != grant.member);
    }
    Ok(grants)
}
