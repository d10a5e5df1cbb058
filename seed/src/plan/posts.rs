//! What people wrote: the written posts, and as many composed ones as the data set asks for.

use domain::actor::Scope;
use domain::area::Area;
use domain::clock::{Span, Timestamp};
use domain::id::{AreaId, MemberId, PostId};
use domain::platform::Platform;
use domain::posts::draft::{Draft, ValidPost};
use domain::posts::{PostKind, PostText};
use domain::roles::Role;

use super::members::Everybody;
use super::{PlannedEdit, PlannedMember, PlannedPost};
use crate::Error;
use crate::calendar;
use crate::compose::{Composed, Composer, Setting};
use crate::content::{Scheme, Site, Words, WrittenPost};
use crate::random::Seeded;

/// Where nobody wrote yet, composed posts fill the demo: older than the written ones.
const QUIET_DAYS: i64 = 84;

/// The posts of the content files.
pub fn written(
    site: &Site,
    platform: &Platform,
    people: &Everybody,
    now: Timestamp,
    random: &Seeded,
) -> Result<Vec<PlannedPost>, Error> {
    site.posts.iter().map(|post| one_written(post, platform, people, now, random)).collect()
}

fn one_written(
    post: &WrittenPost,
    platform: &Platform,
    people: &Everybody,
    now: Timestamp,
    random: &Seeded,
) -> Result<PlannedPost, Error> {
    let published_at = moment(post, now, random)?;
    let on_behalf_of = post.field("on-behalf-of");
    let dated = |text: &str| dates(text, published_at);
    let check = |title: &str, body: &str| {
        checked(
            platform,
            &Draft {
                title: title.to_owned(),
                body: dated(body),
                kind: post.field("kind").to_owned(),
                topic: post.field("topic").to_owned(),
                areas: post.field("areas").split(',').map(|slug| slug.trim().to_owned()).collect(),
                scene: post.field("scene").to_owned(),
                scene_alt: post.field("alt").to_owned(),
                on_behalf_of: on_behalf_of.to_owned(),
                consent: !on_behalf_of.is_empty(),
                photos: Vec::new(),
                ..Draft::default()
            },
        )
    };
    let valid = check(post.title, post.body)?;
    let by = post.field("by");
    let edit = if post.field("edited").is_empty() {
        None
    } else {
        let title = match post.field("was-title") {
            "" => post.title,
            title => title,
        };
        // Every line but the one that was added later.
        let added = post.field("was-line");
        let body: Vec<&str> = post.body.lines().filter(|line| *line != added).collect();
        let body = if added.is_empty() { post.body.to_owned() } else { body.join("\n") };
        Some(PlannedEdit {
            before: check(title, &body)?.text().clone(),
            editor: people.find(by)?,
            at: now.minus(field_span(post, "edited")?),
            reason: post.field("reason").to_owned(),
        })
    };
    let pinned = match post.field("pinned") {
        "" => None,
        _ => Some((now.plus(field_span(post, "pinned")?), people.find(by)?)),
    };
    Ok(PlannedPost {
        id: PostId::new(published_at, random),
        author: people.find(post.field("author"))?,
        text: valid.text().clone(),
        on_behalf_of: valid.on_behalf_of().map(str::to_owned),
        official: !post.field("official").is_empty(),
        published_at,
        edit,
        pinned,
        photos: Vec::new(),
    })
}

fn field_span(post: &WrittenPost, name: &str) -> Result<Span, Error> {
    calendar::span(post.field(name))
        .ok_or_else(|| Error::Content(format!("the post {} has no {name}", post.key)))
}

/// Exactly so long ago when hours are given; otherwise some time of that day.
fn moment(post: &WrittenPost, now: Timestamp, random: &Seeded) -> Result<Timestamp, Error> {
    let ago = post.field("ago");
    let at = now.minus(field_span(post, "ago")?);
    let at = calendar::back_to(calendar::season(post.field("season")), at);
    let whole_days = !ago.contains(['h', 'm']);
    Ok(if whole_days { calendar::daytime(at, random) } else { at })
}

/// Fills `{za}` and its like in.
fn dates(text: &str, at: Timestamp) -> String {
    let mut out = text.to_owned();
    for weekday in ["ma", "di", "wo", "do", "vr", "za", "zo"] {
        let slot = format!("{{{weekday}}}");
        if let Some(date) = calendar::coming(weekday, at).filter(|_| out.contains(&slot)) {
            let mut capital = date.clone();
            capital[..1].make_ascii_uppercase();
            // At the beginning of a paragraph or after a full stop the date begins the sentence.
            out = out
                .replace(&format!("\n{slot}"), &format!("\n{capital}"))
                .replace(&format!(". {slot}"), &format!(". {capital}"));
            if out.starts_with(&slot) {
                out.replace_range(..slot.len(), &capital);
            }
            out = out.replace(&slot, &date);
        }
    }
    out
}

/// Through the same form as everybody.
fn checked(platform: &Platform, draft: &Draft) -> Result<ValidPost, Error> {
    draft.check(platform).map_err(|problems| Error::Content(format!("post {}: {problems:?}", draft.title)))
}

/// Nobody writes before they are a member.
pub fn joined_before_they_wrote(members: &mut [PlannedMember], posts: &[PlannedPost]) {
    for post in posts {
        let day_before = post.published_at.minus(Span::days(1));
        for member in members.iter_mut().filter(|member| member.id == post.author) {
            member.joined = member.joined.min(day_before);
        }
    }
    members.sort_by_key(|member| member.joined);
}

/// Composes posts by invented members.
pub struct Writer<'a> {
    pub site: &'a Site,
    pub platform: &'a Platform,
    pub people: &'a Everybody,
    pub random: &'a Seeded,
    pub founded: Timestamp,
    pub now: Timestamp,
}

impl Writer<'_> {
    pub fn composed(
        &self,
        schemes: &[Scheme],
        words: &Words,
        wanted: usize,
        evenly: bool,
    ) -> Result<Vec<PlannedPost>, Error> {
        let topics: Vec<String> = self.platform.topics.iter().map(|topic| topic.slug.clone()).collect();
        let mut composer = Composer::new(schemes, words, &topics, evenly);
        // In a small site the written posts come first, so that they are what a newcomer sees.
        let newest =
            if evenly { self.now.minus(Span::days(QUIET_DAYS)) } else { self.now.minus(Span::hours(1)) };
        let mut times: Vec<Timestamp> = (0..wanted).map(|_| self.moment(newest)).collect();
        times.sort_unstable();
        times.into_iter().map(|at| self.one(&mut composer, at)).collect()
    }

    /// More and more is written as the community grows: the later of two chances.
    fn moment(&self, newest: Timestamp) -> Timestamp {
        let oldest = self.founded.plus(Span::days(30));
        let span = newest.0 - oldest.0;
        let day = oldest.plus(Span(self.random.span(span).max(self.random.span(span))));
        let at = calendar::daytime(day, self.random);
        if at > newest { at.minus(Span::days(1)) } else { at }
    }

    fn one(&self, composer: &mut Composer<'_>, at: Timestamp) -> Result<PlannedPost, Error> {
        let random = self.random;
        let scheme = composer.next_scheme(at, random);
        let kind = composer.kind(scheme);
        let official = kind == PostKind::Announcement;
        let (author, home) = if official { self.sender() } else { self.author(at) };
        let areas = self.areas(home, official);
        let made = composer.compose(scheme, self.setting(&areas, at), random);
        let valid = checked(self.platform, &self.draft(&made, &areas))?;
        let text = valid.text().clone();
        Ok(PlannedPost {
            id: PostId::new(at, random),
            author,
            edit: self.edit(&text, author, at),
            text,
            on_behalf_of: None,
            official,
            published_at: at,
            pinned: None,
            photos: Vec::new(),
        })
    }

    fn draft(&self, made: &Composed<'_>, areas: &[AreaId]) -> Draft {
        let slugs = areas.iter().filter_map(|id| self.platform.areas.get(*id)).map(|area| area.slug.clone());
        Draft {
            title: made.title.clone(),
            body: made.body.clone(),
            kind: made.kind.key().to_owned(),
            topic: if self.random.chance(94) { made.topic.to_owned() } else { String::new() },
            areas: slugs.collect(),
            scene: made.scene.to_owned(),
            scene_alt: made.scene_alt.to_owned(),
            ..Draft::default()
        }
    }

    /// Somebody who had joined by then; those of the beginning write most. The demo accounts
    /// have a character of their own, which composed posts could contradict.
    fn author(&self, at: Timestamp) -> (MemberId, Option<AreaId>) {
        let members = &self.people.members;
        let joined = members.partition_point(|member| member.joined < at);
        for _ in 0..20 {
            if let Some(member) = members.get(self.random.mostly_low(joined))
                && !member.demo
            {
                return (member.id, member.area);
            }
        }
        members.first().map_or((MemberId(self.platform.id.0), None), |first| (first.id, first.area))
    }

    /// The municipality, or the manager of an area for that area.
    fn sender(&self) -> (MemberId, Option<AreaId>) {
        let role = if self.random.chance(30) { Role::AreaManager } else { Role::MunicipalAdmin };
        let grant = self.people.with_role(role).next();
        grant.map_or((MemberId(self.platform.id.0), None), |grant| {
            let area = match grant.scope {
                Scope::Area(area) => Some(area),
                _ => None,
            };
            (grant.member, area)
        })
    }

    /// Mostly near home, often the whole platform, now and then elsewhere or two places.
    fn areas(&self, home: Option<AreaId>, official: bool) -> Vec<AreaId> {
        let random = self.random;
        let tree = &self.platform.areas;
        if official {
            return home.map_or_else(
                || if random.chance(50) { vec![self.anywhere()] } else { Vec::new() },
                |area| vec![area],
            );
        }
        let own: Vec<AreaId> = home
            .map(|home| tree.line(home))
            .unwrap_or_default()
            .into_iter()
            .filter(|id| tree.get(*id).is_some_and(|area| area.parent.is_some()))
            .collect();
        let first = match random.below(100) {
            0..22 => return Vec::new(),
            22..80 if !own.is_empty() => own[random.below(own.len())],
            _ => self.anywhere(),
        };
        let mut areas = vec![first];
        if random.chance(6) {
            let second = self.anywhere();
            if second != first {
                areas.push(second);
            }
        }
        areas
    }

    fn anywhere(&self) -> AreaId {
        let files = &self.site.platform.areas;
        let weights: Vec<usize> = files.iter().map(|area| area.people).collect();
        self.platform.areas.all()[self.random.weighted(&weights)].id
    }

    fn setting(&self, areas: &[AreaId], at: Timestamp) -> Setting<'_> {
        let files = &self.site.platform.areas;
        let file = |area: &Area| files.iter().find(|file| file.slug == area.slug);
        let tree = &self.platform.areas;
        let line = areas.first().map(|id| tree.line(*id)).unwrap_or_default();
        let near =
            line.iter().filter_map(|id| tree.get(*id).and_then(file)).find(|file| !file.venues.is_empty());
        let venues: Vec<&String> = near.map_or_else(
            || files.iter().flat_map(|file| &file.venues).collect(),
            |file| file.venues.iter().collect(),
        );
        let place = line.first().and_then(|id| tree.get(*id)).or_else(|| tree.all().first()).and_then(file);
        Setting {
            place: place.map_or("", |file| &file.place),
            venue: venues.get(self.random.below(venues.len())).map_or("", |venue| venue.as_str()),
            at,
        }
    }

    /// Now and then somebody adds a line afterwards.
    fn edit(&self, text: &PostText, author: MemberId, at: Timestamp) -> Option<PlannedEdit> {
        let later = at.plus(Span(Span::minutes(10).0 + self.random.span(Span::days(2).0)));
        let cut = text.body.rfind("\n\n")?;
        let edited = self.random.chance(4) && later < self.now && cut > 80;
        edited.then(|| PlannedEdit {
            before: PostText { body: text.body[..cut].to_owned(), ..text.clone() },
            editor: author,
            at: later,
            reason: String::new(),
        })
    }
}
