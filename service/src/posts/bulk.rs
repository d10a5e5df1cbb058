//! The same change to several posts at once, by connectors.

use domain::clock::Timestamp;
use domain::id::{AreaId, PostId, TopicId};
use domain::limits::{self, BULK_MAX, EXPIRY_MAX};
use domain::paging::Page;
use domain::posts::filter::FilterQuery;
use domain::posts::policy::{self, PostFacts};
use domain::posts::proposals::may_see_proposals;
use domain::posts::{Post, PostSummary, PostText};
use domain::problem::{Fault, Field};
use domain::roles::{Capability, Place, holds};
use serde::{Deserialize, Serialize};
use store::Write;

use super::edit::save_in;
use super::read::load;
use crate::context::Request;
use crate::limits::limit_member;
use crate::moderation::Newcomer;
use crate::{Error, dates};

const PAGE: i64 = 30;

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkForm {
    /// Keys of posts.
    #[serde(default)]
    pub posts: Vec<String>,
    /// `thema`, `geen-thema`, `gebied`, `boven` or `niet-boven`.
    #[serde(default)]
    pub action: String,
    /// Slug.
    #[serde(default)]
    pub topic: String,
    /// Slug; empty for the whole platform.
    #[serde(default)]
    pub area: String,
    /// The last day on top.
    #[serde(default)]
    pub until: String,
}

/// Why a post was left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotDone {
    Denied,
    Gone,
    ChangedMeanwhile,
    Same,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkDone {
    pub asked: u32,
    pub done: u32,
    /// Titles, with why not; without a title where the reader may not know it.
    pub not: Vec<(String, NotDone)>,
}

/// What is to be done with each.
#[derive(Clone, Copy, Debug)]
enum Action {
    Topic(Option<TopicId>),
    Area(Option<AreaId>),
    Pin(Timestamp),
    Unpin,
}

/// Posts to choose from, each with whether the reader may change it.
///
/// # Errors
/// No connector, the filter names what is not there, or the database.
pub async fn to_choose(request: &Request, query: &FilterQuery) -> Result<Page<(PostSummary, bool)>, Error> {
    may_see_proposals(&request.actor, request.platform.id)?;
    let filter = query.resolve(&request.platform).map_err(|_| Error::NotFound)?;
    let page = request.tenant.list_posts(&filter, &[], request.now, PAGE).await?;
    let mine = |post: &PostSummary| {
        let place = Place::new(request.platform.id, &request.platform.areas, &post.areas, post.topic);
        holds(&request.actor, Capability::EditContent, &place)
    };
    Ok(Page {
        items: page.items.into_iter().map(|post| (post.clone(), mine(&post))).collect(),
        next: page.next,
    })
}

/// Does the same to several posts, all in one transaction; each is asked about by itself. What may not or need not be
/// changed is left, and said.
///
/// # Errors
/// No connector, what is wrong with the form, too often, or the database (nothing is changed then).
pub async fn change_many(request: &Request, form: &BulkForm) -> Result<BulkDone, Error> {
    may_see_proposals(&request.actor, request.platform.id)?;
    let action = action(request, form)?;
    let mut ids: Vec<PostId> = Vec::new();
    for id in form.posts.iter().filter_map(|id| id.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        return Err(Error::field(Field::Form, Fault::Required));
    }
    if ids.len() > BULK_MAX as usize {
        return Err(Error::field(Field::Form, Fault::TooMany { max: BULK_MAX }));
    }
    limit_member(request, &limits::EDITS_PER_MEMBER).await?;
    let newcomer = Newcomer::of(request).await?;
    let mut done = BulkDone { asked: u32::try_from(ids.len()).unwrap_or(BULK_MAX), ..BulkDone::default() };
    let mut found = Vec::new();
    for id in ids {
        match load(request, id).await {
            Ok((post, facts)) => found.push((post, facts)),
            Err(Error::NotFound) => done.not.push((String::new(), NotDone::Gone)),
            Err(error) => return Err(error),
        }
    }
    let mut write = request.tenant.write().await?;
    for (post, facts) in &found {
        match one(request, &mut write, newcomer, (post, facts), action).await? {
            None => done.done += 1,
            Some(why) => done.not.push((post.text.title.clone(), why)),
        }
    }
    write.commit().await?;
    Ok(done)
}

fn action(request: &Request, form: &BulkForm) -> Result<Action, Error> {
    let platform = &request.platform;
    match form.action.as_str() {
        "thema" => {
            let topic = platform.topic_by_slug(&form.topic);
            let topic = topic.ok_or_else(|| Error::field(Field::Topic, Fault::UnknownChoice))?;
            Ok(Action::Topic(Some(topic.id)))
        }
        "geen-thema" => Ok(Action::Topic(None)),
        "gebied" => {
            if form.area.is_empty() {
                return Ok(Action::Area(None));
            }
            let area = platform.areas.by_slug(&form.area);
            let area = area.ok_or_else(|| Error::field(Field::Area, Fault::UnknownChoice))?;
            // The root is the platform itself.
            Ok(Action::Area(area.parent.map(|_| area.id)))
        }
        "boven" => {
            let until = dates::end_of(&form.until).map_err(|fault| Error::field(Field::Term, fault))?;
            if until <= request.now {
                return Err(Error::field(Field::Term, Fault::InThePast));
            }
            if until > request.now.plus(EXPIRY_MAX) {
                return Err(Error::field(Field::Term, Fault::TooFarAhead));
            }
            Ok(Action::Pin(until))
        }
        "niet-boven" => Ok(Action::Unpin),
        _ => Err(Error::field(Field::Kind, Fault::UnknownChoice)),
    }
}

async fn one(
    request: &Request,
    write: &mut Write,
    newcomer: Newcomer,
    (post, facts): (&Post, &PostFacts),
    action: Action,
) -> Result<Option<NotDone>, Error> {
    let text = match action {
        Action::Topic(topic) => PostText { topic, ..post.text.clone() },
        Action::Area(area) => PostText { areas: area.into_iter().collect(), ..post.text.clone() },
        Action::Pin(until) => return pin(request, write, (post, facts), Some(until)).await,
        Action::Unpin => return pin(request, write, (post, facts), None).await,
    };
    // One's own posts are changed here too, but only as a connector of their place.
    if !holds(&request.actor, Capability::EditContent, &facts.place) {
        return Ok(Some(NotDone::Denied));
    }
    if text == post.text {
        return Ok(Some(NotDone::Same));
    }
    match save_in(request, write, (newcomer, post), &text, "").await {
        Ok(Some(_)) => {
            write.audit(request.actor.member_id(), "post.bulk", Some(post.id.0), request.now).await?;
            Ok(None)
        }
        Ok(None) => Ok(Some(NotDone::ChangedMeanwhile)),
        Err(Error::Denied(_) | Error::Invalid(_)) => Ok(Some(NotDone::Denied)),
        Err(error) => Err(error),
    }
}

async fn pin(
    request: &Request,
    write: &mut Write,
    (post, facts): (&Post, &PostFacts),
    until: Option<Timestamp>,
) -> Result<Option<NotDone>, Error> {
    let permit = match until {
        Some(_) => policy::may_pin(&request.actor, facts),
        None => policy::may_unpin(&request.actor, facts),
    };
    let Ok(permit) = permit else { return Ok(Some(NotDone::Denied)) };
    let now = post.pinned_until.filter(|at| *at > request.now);
    if now == until {
        return Ok(Some(NotDone::Same));
    }
    if !write.pin_post(&permit, post.id, until).await? {
        return Ok(Some(NotDone::ChangedMeanwhile));
    }
    let action = if until.is_some() { "post.pin" } else { "post.unpin" };
    write.audit(request.actor.member_id(), action, Some(post.id.0), request.now).await?;
    Ok(None)
}
