//! Searching, and suggestions while somebody types.

mod facets;
mod snippet;

use std::collections::BTreeSet;

use calendar::Series;
use domain::clock::Span;
use domain::id::{ActivityId, AreaId};
use domain::posts::PostSummary;
use domain::search::{FoundId, FoundKind, Period, Place, SearchFilter, SearchWish, Sought};
use store::search::{ActivityCard, Card, CommentsWish, Found, MOST_FOUND, Meant, Named, Narrowed, Outcome};

use crate::activities::{Time, next_time, series_of};
use crate::context::Request;
use crate::{Error, dates};

pub use facets::{Choices, choices};
pub use store::search::FoundComment;

pub use snippet::{Piece, marked, snippet};

/// Cards on a page of what was found; as many as the store gives at once.
const PAGE: usize = 20;
const SUGGESTIONS: usize = 6;
/// Fewer letters suggest nothing.
const SHORTEST: usize = 2;
/// How often a network may be given suggestions within a minute: nobody types faster.
const SUGGESTED_PER_MINUTE: u32 = 150;

/// Something that was found, with what to mark in its title and its text.
#[derive(Clone, Debug)]
pub struct Shown {
    pub what: What,
    pub title: Vec<Piece>,
    pub text: Vec<Piece>,
}

#[derive(Clone, Debug)]
pub enum What {
    Post(Box<PostSummary>),
    Activity(Box<FoundActivity>),
}

/// An activity that was found.
#[derive(Clone, Debug)]
pub struct FoundActivity {
    pub id: ActivityId,
    pub areas: Vec<AreaId>,
    pub place: String,
    pub series: Series,
    /// The next time that is not cancelled; `None` when nothing of it is to come.
    pub next: Option<Time>,
}

/// A page of what a search found.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// What was typed, cleaned.
    pub typed: String,
    /// The best first.
    pub cards: Vec<Shown>,
    /// Of everything that was found.
    pub choices: Choices,
    pub total: usize,
    /// The newest first, each with what to mark in it.
    pub comments: Vec<(FoundComment, Vec<Piece>)>,
    /// There is more than was looked at: the newest were.
    pub more_than_total: bool,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Words that were read as others.
    pub meant: Vec<Meant>,
    /// Nothing has all of the words: this has some.
    pub partly: bool,
}

/// What a reader looks for.
///
/// # Errors
/// A choice that is not there, or the database.
pub async fn search(request: &Request, wish: &SearchWish) -> Result<Page, Error> {
    let filter = wish.resolve(&request.platform).map_err(|_| Error::NotFound)?;
    let sought = Sought::read(&wish.q);
    if sought.is_empty() {
        return Ok(Page { typed: sought.typed, ..Page::default() });
    }
    let narrowed = narrowed(request, &filter);
    if filter.in_comments {
        return in_comments(request, sought, &narrowed, filter.after).await;
    }
    let outcome = find(request, &sought, &narrowed, false).await?;
    let comments = if filter.after.is_none() { outcome.comments } else { Vec::new() };
    let (page, next) = one_page(&outcome.found, filter.after.as_ref());
    let cards = cards(request, page).await?;
    let show = |card: Card| {
        let title = marked(card.title(), &outcome.marked);
        let text = snippet(card.body(), &outcome.marked);
        let what = match card {
            Card::Post { summary, .. } => What::Post(Box::new(summary)),
            Card::Activity(activity) => What::Activity(Box::new(found_activity(request, activity)?)),
        };
        Some(Shown { what, title, text })
    };
    Ok(Page {
        typed: sought.typed,
        cards: cards.into_iter().filter_map(show).collect(),
        choices: choices(request, &outcome.found),
        total: outcome.found.len(),
        comments: shown(comments, &outcome.marked_in_comments),
        more_than_total: outcome.found.len() == MOST_FOUND,
        next,
        meant: outcome.meant,
        partly: outcome.partly,
    })
}

fn found_activity(request: &Request, found: ActivityCard) -> Option<FoundActivity> {
    let Some(series) = series_of(&found.series) else {
        tracing::error!(activity = %found.id, "a series that is none");
        return None;
    };
    Some(FoundActivity {
        id: found.id,
        areas: found.areas,
        place: found.place,
        next: next_time(&found.changes, &series, request.now),
        series,
    })
}

async fn in_comments(
    request: &Request,
    sought: Sought,
    narrowed: &Narrowed,
    after: Option<Place>,
) -> Result<Page, Error> {
    // One more, to know whether there is another page.
    let most = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let wish = CommentsWish { before: after.map(|place| place.moment), most };
    let mut outcome = request.tenant.search_comments(&sought, narrowed, wish).await?;
    let is_more = outcome.found.len() > PAGE;
    outcome.found.truncate(PAGE);
    let last = outcome.found.last().filter(|_| is_more);
    let next = last.map(|last| Place { rank: 0, moment: last.moment }.to_string());
    Ok(Page {
        typed: sought.typed,
        comments: shown(outcome.found, &outcome.marked),
        meant: outcome.meant,
        next,
        ..Page::default()
    })
}

fn shown(found: Vec<FoundComment>, marked: &BTreeSet<String>) -> Vec<(FoundComment, Vec<Piece>)> {
    found
        .into_iter()
        .map(|comment| {
            let text = snippet(&comment.body, marked);
            (comment, text)
        })
        .collect()
}

/// Addresses and titles of what somebody may be looking for who typed this so far.
///
/// # Errors
/// Too often within this minute, or the database.
pub async fn suggest(request: &Request, typed: &str) -> Result<Vec<(String, String)>, Error> {
    let sought = Sought::read(typed);
    if sought.typed.chars().count() < SHORTEST || sought.is_empty() {
        return Ok(Vec::new());
    }
    let memory = &request.services.memory;
    let network = format!("{} {}", request.platform.id, request.network);
    if memory.count(&network, request.now) > SUGGESTED_PER_MINUTE {
        return Err(Error::TooOften { minutes: 1 });
    }
    let words = [sought.words.join(" "), format!("{:?}", sought.phrases)].join("\n");
    let make = Box::pin(async {
        let outcome = find(request, &sought, &Narrowed::default(), true).await?;
        let found = outcome.found.get(..SUGGESTIONS).unwrap_or(&outcome.found);
        let cards = cards(request, found).await?;
        Ok::<_, Error>(
            cards.into_iter().map(|card| (card.id().address(), card.title().to_owned())).collect::<Vec<_>>(),
        )
    });
    let kept = memory.or_suggest(request.kept_as(words), make).await?;
    Ok(kept.to_vec())
}

async fn find(
    request: &Request,
    sought: &Sought,
    narrowed: &Narrowed,
    begun: bool,
) -> Result<Outcome, Error> {
    let platform = &request.platform;
    let areas = platform.areas.all().iter().filter(|area| !platform.areas.is_all(area.id));
    let mut names: Vec<(Named, &str)> =
        areas.map(|area| (Named::Area(area.id), area.name.as_str())).collect();
    names.extend(platform.topics.iter().map(|topic| (Named::Topic(topic.id), topic.name.as_str())));
    names.extend(FoundKind::all().map(|kind| (Named::Kind(kind), kind.slug())));
    Ok(request.tenant.search(sought, &names, narrowed, begun, request.now).await?)
}

fn narrowed(request: &Request, filter: &SearchFilter) -> Narrowed {
    let before = |days| Some(request.now.minus(Span::days(days)));
    let (from, until) = match filter.period {
        None => (None, None),
        Some(Period::Week) => (before(7), None),
        Some(Period::Month) => (before(31), None),
        Some(Period::Year) => (before(365), None),
        Some(Period::Of(year)) => {
            (Some(dates::begins(year.into())), Some(dates::begins(i32::from(year) + 1)))
        }
    };
    Narrowed { kind: filter.kind, area: filter.area, topic: filter.topic, from, until }
}

/// What comes after a place, and where it goes on after that.
fn one_page<'a>(found: &'a [Found], after: Option<&Place>) -> (&'a [Found], Option<String>) {
    let is_before = |one: &Found| {
        after.is_some_and(|after| (one.place.rank, one.place.moment) >= (after.rank, after.moment))
    };
    let rest = found.get(found.partition_point(is_before)..).unwrap_or_default();
    let page = rest.get(..PAGE).unwrap_or(rest);
    let next = page.last().filter(|_| rest.len() > PAGE).map(|last| last.place.to_string());
    (page, next)
}

/// The cards of what was found, in its order.
async fn cards(request: &Request, found: &[Found]) -> Result<Vec<Card>, Error> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<FoundId> = found.iter().map(|found| found.id).collect();
    let mut cards = request.tenant.search_cards(&ids, request.now).await?;
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.id()));
    Ok(cards)
}
