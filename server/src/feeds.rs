//! What programs read: an Atom feed (RFC 4287) for every list of posts, and the site map.

use std::fmt::Write as _;
use std::sync::Arc;

use app::posts::view::kind_name;
use app::texts::{desk_in_language, fill, in_language};
use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::{Extension, Path, Query};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::activities::filter::AgendaQuery;
use domain::clock::Timestamp;
use domain::id::{ActivityId, PostId};
use domain::initiatives::Update;
use domain::posts::filter::FilterQuery;
use domain::posts::{Post, PostKind};
use service::context::Request;
use sha2::{Digest as _, Sha256};

use crate::encoding::is_known;
use crate::error_pages::escape;

/// Posts in a feed. Readers come by a few times a day.
const IN_FEED: i64 = 40;
/// Posts on the site map, and activities: what is older, or ends later, is found through the lists.
const ON_MAP: i64 = 1_000;
const CALENDAR: &str = "text/calendar; charset=utf-8";
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// `/berichten/feed`, with the filters of the list.
pub async fn posts(
    Extension(request): Extension<Arc<Request>>,
    Query(query): Query<FilterQuery>,
    asked: HeaderMap,
) -> Response {
    let query = query.first_page();
    match service::posts::list_recent(&request, &query, IN_FEED).await {
        Ok((posts, author)) => {
            let changed = posts.iter().map(changed).max();
            answer(ATOM, feed(&request, &query, &posts, &author), changed, &asked)
        }
        Err(error) => failed(error),
    }
}

/// `/berichten/ID/feed`: how an initiative goes.
pub async fn initiative(
    Extension(request): Extension<Arc<Request>>,
    Path(id): Path<String>,
    asked: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<PostId>() else { return StatusCode::NOT_FOUND.into_response() };
    match service::initiatives::news(&request, id).await {
        Ok((post, news)) => {
            let changed = news.iter().map(|update| update.at).max().unwrap_or(post.published_at);
            answer(ATOM, news_feed(&request, &post, &news, changed), Some(changed), &asked)
        }
        Err(error) => failed(error),
    }
}

/// `/agenda.ics`: a calendar to subscribe to, with the filters of the agenda.
pub async fn agenda(
    Extension(request): Extension<Arc<Request>>,
    Query(query): Query<AgendaQuery>,
    asked: HeaderMap,
) -> Response {
    match service::activities::subscription(&request, &query.whenever()).await {
        Ok((text, changed)) => answer(CALENDAR, text, changed, &asked),
        Err(error) => failed(error),
    }
}

/// Which time of an activity an address asks for.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct AskedTime {
    keer: String,
}

/// `/activiteiten/ID/agenda.ics`: all its times, or one of them.
pub async fn activity(
    Extension(request): Extension<Arc<Request>>,
    Path(id): Path<String>,
    Query(time): Query<AskedTime>,
    asked: HeaderMap,
) -> Response {
    let Ok(id) = id.parse::<ActivityId>() else { return StatusCode::NOT_FOUND.into_response() };
    match service::activities::of_activity(&request, id, &time.keer).await {
        Ok((text, changed)) => answer(CALENDAR, text, Some(changed), &asked),
        Err(error) => failed(error),
    }
}

/// `/mijn-agenda/TOKEN`: what the member goes to whose secret this is.
pub async fn own_calendar(
    Extension(request): Extension<Arc<Request>>,
    Path(token): Path<String>,
    asked: HeaderMap,
) -> Response {
    match service::activities::registration::calendar_of(&request, &token).await {
        Ok(text) => answer(CALENDAR, text, None, &asked),
        Err(service::Error::TooOften { .. }) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Err(error) => failed(error),
    }
}

/// `/sitemap.xml` (sitemaps.org, protocol 0.9).
pub async fn site_map(Extension(request): Extension<Arc<Request>>, asked: HeaderMap) -> Response {
    match on_map(&request).await {
        // Without a date: what is over goes, and changes nothing else.
        Ok(pages) => answer("application/xml; charset=utf-8", map(&request.base_url, &pages), None, &asked),
        Err(error) => failed(error),
    }
}

/// The pages of members that are on the map, each with the moment of its last change.
async fn on_map(request: &Request) -> Result<Vec<(String, Timestamp)>, service::Error> {
    let posts = service::posts::addresses(request, ON_MAP).await?;
    let activities = service::activities::addresses(request, ON_MAP).await?;
    let posts = posts.into_iter().map(|(id, at)| (format!("/berichten/{id}"), at));
    let activities = activities.into_iter().map(|(id, at)| (format!("/activiteiten/{id}"), at));
    Ok(posts.chain(activities).collect())
}

/// The status for a use case that did not happen.
pub fn failed(error: service::Error) -> Response {
    match error {
        service::Error::NotFound => StatusCode::NOT_FOUND.into_response(),
        error => {
            service::error::log(&error);
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The text with a tag of its content, so that a program that comes back hears in one line that nothing is new,
/// whichever server answers and however long it was away.
pub fn answer(
    kind: &'static str,
    body: impl Into<Bytes>,
    changed: Option<Timestamp>,
    asked: &HeaderMap,
) -> Response {
    let body = body.into();
    let tag = Sha256::digest(&body).iter().take(16).fold(String::from("\""), |mut tag, byte| {
        let _ = write!(tag, "{byte:02x}");
        tag
    }) + "\"";
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    let date = changed.map(|at| moment(at).format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(Ok(date)) = date.map(HeaderValue::try_from) {
        headers.insert(header::LAST_MODIFIED, date);
    }
    if is_known(asked, &headers) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, body).into_response()
}

fn moment(at: Timestamp) -> FixedDateTime {
    chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default().fixed_offset()
}

fn changed(post: &Post) -> Timestamp {
    post.edited_at.unwrap_or(post.published_at)
}

fn feed(request: &Request, query: &FilterQuery, posts: &[Post], author: &str) -> String {
    let base = &request.base_url;
    let filter = query.to_query();
    let platform = &request.platform;
    Feed {
        // Stays the same when the community moves to another address.
        id: format!("urn:uuid:{}{}", platform.id, filter.replacen('?', "#", 1)),
        title: Text::plain(title(request, query, author)),
        subtitle: Some(Text::plain(platform.tagline.clone())),
        lang: Some(platform.locale.tag().to_owned()),
        updated: moment(posts.iter().map(changed).max().unwrap_or(Timestamp(0))),
        icon: Some(format!("{base}/favicon.svg")),
        links: vec![
            link("self", "application/atom+xml", format!("{base}/berichten/feed{filter}")),
            link("alternate", "text/html", format!("{base}/berichten{filter}")),
        ],
        entries: posts.iter().map(|post| entry(request, post)).collect(),
        ..Feed::default()
    }
    .to_string()
}

fn news_feed(request: &Request, post: &Post, news: &[Update], changed: Timestamp) -> String {
    let platform = &request.platform;
    let address = format!("{}/berichten/{}", request.base_url, post.id);
    let title = fill(desk_in_language(platform.locale).feed_of, &[("title", &post.text.title)]);
    let entry = |update: &Update| Entry {
        id: format!("urn:uuid:{}", update.id),
        // As a date says it: these small posts have no title of their own.
        title: Text::plain(format!("{} – {}", post.text.title, moment(update.at).format("%Y-%m-%d"))),
        published: Some(moment(update.at)),
        updated: moment(update.at),
        authors: vec![Person { name: update.author_name.clone(), ..Person::default() }],
        links: vec![link("alternate", "text/html", address.clone())],
        content: Some(html(&request.base_url, &update.html)),
        ..Entry::default()
    };
    Feed {
        id: format!("urn:uuid:{}#feed", post.id),
        title: Text::plain(format!("{} – {title}", platform.name)),
        lang: Some(platform.locale.tag().to_owned()),
        updated: moment(changed),
        authors: vec![Person { name: platform.name.clone(), ..Person::default() }],
        links: vec![
            link("self", "application/atom+xml", format!("{address}/feed")),
            link("alternate", "text/html", address.clone()),
        ],
        entries: news.iter().map(entry).collect(),
        ..Feed::default()
    }
    .to_string()
}

fn html(base: &str, html: &str) -> Content {
    Content {
        base: Some(format!("{base}/")),
        content_type: Some("html".to_owned()),
        value: Some(html.to_owned()),
        ..Content::default()
    }
}

fn link(rel: &str, kind: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(kind.to_owned()), href, ..Link::default() }
}

/// The community's name, with what the list is about.
fn title(request: &Request, query: &FilterQuery, author: &str) -> String {
    let platform = &request.platform;
    let area = platform.areas.by_slug(&query.gebied).map(|area| area.name.as_str());
    let topic = platform.topic_by_slug(&query.thema).map(|topic| topic.name.as_str());
    let texts = in_language(platform.locale);
    let kind = PostKind::from_slug(&query.soort).map(|kind| kind_name(texts, kind));
    let author = Some(author).filter(|name| !name.is_empty());
    let parts = [Some(platform.name.as_str()), area, topic, kind, author];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn entry(request: &Request, post: &Post) -> Entry {
    let base = &request.base_url;
    let platform = &request.platform;
    let address = format!("{base}/berichten/{}", post.id);
    // Who tells a story through a connector is named as they want to be; the connector is not its author.
    let author = post.on_behalf_of.as_ref().unwrap_or(&post.author_name);
    let kind = Category {
        term: post.text.kind.slug().to_owned(),
        label: Some(kind_name(in_language(platform.locale), post.text.kind).to_owned()),
        ..Category::default()
    };
    let topic = post.text.topic.and_then(|topic| platform.topic(topic)).map(|topic| Category {
        term: topic.slug.clone(),
        label: Some(topic.name.clone()),
        ..Category::default()
    });
    Entry {
        id: format!("urn:uuid:{}", post.id),
        title: Text::plain(post.text.title.clone()),
        published: Some(moment(post.published_at)),
        updated: moment(changed(post)),
        authors: vec![Person { name: author.clone(), ..Person::default() }],
        categories: std::iter::once(kind).chain(topic).collect(),
        links: vec![link("alternate", "text/html", address)],
        summary: Some(Text::plain(post.excerpt.clone())),
        content: Some(html(base, &post.html)),
        ..Entry::default()
    }
}

fn map(base: &str, pages: &[(String, Timestamp)]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let base = escape(base);
    for path in ["/", "/berichten", "/agenda", "/over", "/huisregels", "/privacy", "/toegankelijkheid"] {
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc></url>");
    }
    for (path, changed) in pages {
        let changed = moment(*changed).format("%Y-%m-%d");
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc><lastmod>{changed}</lastmod></url>");
    }
    xml.push_str("</urlset>\n");
    xml
}
