//! Making a community and keeping it as its operator describes it: what `noaber community` does.

use domain::actor::Scope;
use domain::area::Area;
use domain::clock::Timestamp;
use domain::community::{CommunityFile, MemberEntry, RoleEntry};
use domain::id::{AreaId, GrantId, MemberId, PlatformId, TopicId};
use domain::locale::Locale;
use domain::permit::Permit;
use domain::permit::action::Operate;
use domain::platform::{Platform, Topic};
use domain::roles::Role;
use store::Write;
use store::members::NewMember;
use store::operator::{NewGrant, NewPlatform};

use crate::Error;
use crate::context::Services;

/// The texts that the file names, as Markdown.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    pub house_rules: &'a str,
    pub about: &'a str,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The community is new.
    pub made: bool,
    pub members: usize,
    pub grants: usize,
}

/// Makes the community, or brings it up to date: all of it, or nothing. What is not in the file (areas, topics,
/// members, roles) stays, because posts hang on it.
///
/// # Errors
/// A host that another community has, or the database.
pub async fn apply(services: &Services, file: &CommunityFile, texts: Texts<'_>) -> Result<Applied, Error> {
    let now = services.clock.now();
    let random = services.random.as_ref();
    let known = services.store.platform_by_slug(&file.slug).await?;
    let id = known.unwrap_or_else(|| PlatformId::new(now, random));
    let tenant = services.store.on(id);
    let before = match known {
        Some(_) => tenant.load_platform(now).await?.map(|(platform, _)| platform),
        None => None,
    };
    let mut people = Vec::new();
    for entry in &file.members {
        let member = tenant.member_by_email(&entry.email).await?;
        let roles = match &member {
            Some(member) => tenant.grants(member.id, now).await?,
            None => Vec::new(),
        };
        people.push((entry, member.map(|member| member.id), roles));
    }

    let permit = Permit::<Operate>::for_the_platform_itself(id);
    let mut write = tenant.write().await?;
    let locales: &[Locale] = if file.locales.is_empty() { &Locale::ALL } else { &file.locales };
    let new = NewPlatform {
        id,
        slug: &file.slug,
        name: &file.name,
        place: &file.place,
        tagline: &file.tagline,
        theme: &file.theme,
        locale: file.locale,
        locales,
        launch: file.launch,
        contact: &file.contact,
        house_rules: texts.house_rules,
        about: texts.about,
        map: file.map.as_ref(),
        hosts: &file.hosts,
        demo: false,
    };
    match &before {
        Some(_) => write.update_platform(&permit, &new).await?,
        None => write.create_platform(&permit, &new).await?,
    }
    let frame = Frame::of(services, file, before.as_ref(), now);
    for (position, area) in (0..).zip(&frame.areas) {
        write.insert_area(&permit, area, position).await?;
    }
    for (position, topic) in (0..).zip(&frame.topics) {
        write.insert_topic(&permit, topic, position).await?;
    }
    let mut applied = Applied { made: before.is_none(), ..Applied::default() };
    for (entry, member, held) in people {
        let member = if let Some(member) = member {
            member
        } else {
            applied.members += 1;
            join(services, &mut write, &permit, &frame, entry, now).await?
        };
        for role in &entry.roles {
            let scope = frame.scope(role);
            if held.iter().any(|grant| grant.role == role.role && grant.scope == scope) {
                continue;
            }
            applied.grants += 1;
            let id = GrantId::new(now, random);
            let grant = NewGrant { id, member, role: role.role, scope, by: None, from: now, until: None };
            write.grant(&permit, &grant).await?;
            write.audit(None, "role.grant", Some(member.0), now).await?;
        }
    }
    let action = if applied.made { "community.create" } else { "community.update" };
    write.audit(None, action, Some(id.0), now).await?;
    write.commit().await?;
    Ok(applied)
}

async fn join(
    services: &Services,
    write: &mut Write,
    permit: &Permit<Operate>,
    frame: &Frame,
    entry: &MemberEntry,
    now: Timestamp,
) -> Result<MemberId, Error> {
    let id = MemberId::new(now, services.random.as_ref());
    let new = NewMember {
        id,
        name: &entry.name,
        email: &entry.email,
        area: frame.area(&entry.area),
        locale: None,
        at: now,
    };
    write.insert_member_as_operator(permit, &new, &entry.about, false).await?;
    Ok(id)
}

/// Ends a role of a member; gives how many grants that were. Counts from the next request on, on every server.
///
/// # Errors
/// No such community or member, or the database.
pub async fn revoke(services: &Services, slug: &str, email: &str, role: Role) -> Result<u64, Error> {
    let now = services.clock.now();
    let id = services.store.platform_by_slug(slug).await?.ok_or(Error::NotFound)?;
    let tenant = services.store.on(id);
    let member = tenant.member_by_email(email).await?.ok_or(Error::NotFound)?;
    let permit = Permit::<Operate>::for_the_platform_itself(id);
    let mut write = tenant.write().await?;
    let ended = write.revoke(&permit, member.id, role, now).await?;
    write.audit(None, "role.revoke", Some(member.id.0), now).await?;
    write.commit().await?;
    Ok(ended)
}

/// Areas and topics with their keys: those that are there keep theirs.
struct Frame {
    areas: Vec<Area>,
    topics: Vec<Topic>,
}

impl Frame {
    fn of(services: &Services, file: &CommunityFile, before: Option<&Platform>, now: Timestamp) -> Self {
        let random = services.random.as_ref();
        let mut areas: Vec<Area> = Vec::with_capacity(file.areas.len());
        for entry in &file.areas {
            let known = before.and_then(|platform| platform.areas.by_slug(&entry.slug)).map(|area| area.id);
            areas.push(Area {
                id: known.unwrap_or_else(|| AreaId::new(now, random)),
                parent: areas.iter().find(|area| area.slug == entry.parent).map(|area| area.id),
                kind: entry.kind,
                slug: entry.slug.clone(),
                name: entry.name.clone(),
            });
        }
        let topics = file
            .topics
            .iter()
            .map(|entry| {
                let known =
                    before.and_then(|platform| platform.topic_by_slug(&entry.slug)).map(|topic| topic.id);
                Topic {
                    id: known.unwrap_or_else(|| TopicId::new(now, random)),
                    slug: entry.slug.clone(),
                    name: entry.name.clone(),
                }
            })
            .collect();
        Self { areas, topics }
    }

    fn area(&self, slug: &str) -> Option<AreaId> {
        self.areas.iter().find(|area| area.slug == slug).map(|area| area.id)
    }

    fn scope(&self, entry: &RoleEntry) -> Scope {
        if let Some(area) = self.area(&entry.area) {
            return Scope::Area(area);
        }
        let topic = self.topics.iter().find(|topic| topic.slug == entry.topic);
        topic.map_or(Scope::Platform, |topic| Scope::Topic(topic.id))
    }
}
