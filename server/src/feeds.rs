//! What programs read: an Atom feed (RFC 4287) for every list of posts, and the site map.

use std::fmt::Write as _;
use std::sync::Arc;

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::extract::{Extension, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::clock::Timestamp;
use domain::id::PostId;
use domain::posts::Post;
use domain::posts::filter::FilterQuery;
use service::context::Request;

use crate::error_pages::escape;

/// Posts in a feed. Readers come by a few times a day.
const IN_FEED: i64 = 40;
/// Posts on the site map: what is older is found through the lists.
const ON_MAP: i64 = 1_000;

/// `/berichten/feed`, with the filters of the list.
pub async fn posts(
    Extension(request): Extension<Arc<Request>>,
    Query(query): Query<FilterQuery>,
) -> Response {
    let query = query.first_page();
    match service::posts::list_recent(&request, &query, IN_FEED).await {
        Ok(posts) => answer("application/atom+xml; charset=utf-8", feed(&request, &query, &posts)),
        Err(error) => failed(error),
    }
}

/// `/sitemap.xml` (sitemaps.org, protocol 0.9).
pub async fn site_map(Extension(request): Extension<Arc<Request>>) -> Response {
    match service::posts::addresses(&request, ON_MAP).await {
        Ok(posts) => answer("application/xml; charset=utf-8", map(&request.base_url, &posts)),
        Err(error) => failed(error),
    }
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

fn answer(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
}

fn moment(at: Timestamp) -> FixedDateTime {
    chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default().fixed_offset()
}

fn feed(request: &Request, query: &FilterQuery, posts: &[Post]) -> String {
    let base = &request.base_url;
    let filter = query.to_query();
    let platform = &request.platform;
    let changed = posts.iter().map(|post| post.edited_at.unwrap_or(post.published_at)).max();
    let own = format!("{base}/berichten/feed{filter}");
    Feed {
        id: own.clone(),
        title: Text::plain(title(request, query)),
        subtitle: Some(Text::plain(platform.tagline.clone())),
        lang: Some(platform.locale.tag().to_owned()),
        updated: moment(changed.unwrap_or(Timestamp(0))),
        links: vec![
            link("self", "application/atom+xml", own),
            link("alternate", "text/html", format!("{base}/berichten{filter}")),
        ],
        entries: posts.iter().map(|post| entry(base, post)).collect(),
        ..Feed::default()
    }
    .to_string()
}

fn link(rel: &str, kind: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), mime_type: Some(kind.to_owned()), href, ..Link::default() }
}

/// The community's name, with what the list is about.
fn title(request: &Request, query: &FilterQuery) -> String {
    let platform = &request.platform;
    let area = platform.areas.by_slug(&query.gebied).map(|area| area.name.as_str());
    let topic = platform.topic_by_slug(&query.thema).map(|topic| topic.name.as_str());
    let parts = [Some(platform.name.as_str()), area, topic];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

fn entry(base: &str, post: &Post) -> Entry {
    let address = format!("{base}/berichten/{}", post.id);
    let author = post.on_behalf_of.as_ref().unwrap_or(&post.author_name);
    Entry {
        // Stays the same when the community moves to another address.
        id: format!("urn:uuid:{}", post.id),
        title: Text::plain(post.text.title.clone()),
        published: Some(moment(post.published_at)),
        updated: moment(post.edited_at.unwrap_or(post.published_at)),
        authors: vec![Person { name: author.clone(), ..Person::default() }],
        links: vec![link("alternate", "text/html", address)],
        summary: Some(Text::plain(post.excerpt.clone())),
        content: Some(Content {
            base: Some(format!("{base}/")),
            content_type: Some("html".to_owned()),
            value: Some(post.html.clone()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn map(base: &str, posts: &[(PostId, Timestamp)]) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let base = escape(base);
    for path in ["/", "/berichten", "/over", "/huisregels", "/privacy", "/toegankelijkheid"] {
        let _ = writeln!(xml, "<url><loc>{base}{path}</loc></url>");
    }
    for (id, changed) in posts {
        let changed = moment(*changed).format("%Y-%m-%d");
        let _ = writeln!(xml, "<url><loc>{base}/berichten/{id}</loc><lastmod>{changed}</lastmod></url>");
    }
    xml.push_str("</urlset>\n");
    xml
}
