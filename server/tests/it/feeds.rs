//! Feeds: what programs read of lists.

use atom_syndication::Feed;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::clock::{Clock as _, Span, Timestamp};

use crate::activities::{id, page, path as path_of, planned, with};
use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site};

async fn feed(browser: &mut Browser, path: &str) -> (Answer, Feed) {
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let feed = answer.body.parse().unwrap_or_else(|error| panic!("{path} is no Atom: {error}"));
    (answer, feed)
}

async fn write(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let answer = browser.post("/api/posts/create", fields).await;
    let path = answer.location().split('?').next().unwrap_or_default();
    path.strip_prefix("/berichten/").unwrap_or_else(|| panic!("{answer:?}")).to_owned()
}

async fn key_of(site: &Site, email: &str) -> String {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    tenant.member_by_email(email).await.expect("a database").expect("a member").id.to_string()
}

#[tokio::test]
async fn each_list_has_a_feed_that_its_page_names() {
    let site = Site::demo().await;
    let mut visitor = site.browser(RIETVOORDE);
    let fatma = key_of(&site, "fatma@example.org").await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [
        ("draft[title]", "Zaad & <zo>"),
        ("draft[body]", "Wie wil zaadjes?"),
        ("draft[kind]", "story"),
        ("draft[topic]", "groen"),
        ("draft[areas][]", "lindenhoek"),
    ];
    let post = write(&mut writer, &fields).await;
    for filter in [
        "?gebied=lindenhoek".to_owned(),
        "?thema=groen".to_owned(),
        "?soort=verhaal".to_owned(),
        format!("?schrijver={fatma}"),
        format!("?gebied=lindenhoek&thema=groen&soort=verhaal&schrijver={fatma}"),
    ] {
        let page = visitor.get(&format!("/berichten{filter}")).await;
        let named = format!("href=\"/berichten/feed{}\"", filter.replace('&', "&amp;"));
        assert!(page.body.contains(&named), "{filter}");
        let hidden = page.body.contains("name=\"robots\" content=\"noindex\"");
        assert_eq!(hidden, filter.contains("schrijver"), "{filter}");
        let (_, feed) = feed(&mut visitor, &format!("/berichten/feed{filter}")).await;
        assert_eq!(feed.lang.as_deref(), Some("nl"));
        assert!(feed.id.starts_with("urn:uuid:"), "{}", feed.id);
        let entry = feed.entries.first().expect("an entry");
        assert_eq!(
            (entry.id.as_str(), entry.title.value.as_str()),
            (&*format!("urn:uuid:{post}"), "Zaad & <zo>")
        );
        assert!(entry.categories.iter().any(|category| category.term == "groen"), "{entry:?}");
    }
    let (_, all) = feed(&mut visitor, "/berichten/feed?gebied=lindenhoek&soort=verhaal").await;
    assert_eq!(all.title.value, "HalloRietvoorde – Lindenhoek – Verhaal");
}

#[tokio::test]
async fn a_program_that_comes_back_hears_that_nothing_is_new() {
    let site = Site::demo().await;
    let mut reader = site.browser(RIETVOORDE);
    reader.accept = "application/atom+xml";
    let (first, _) = feed(&mut reader, "/berichten/feed").await;
    let (tag, date) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    assert!(date.ends_with(" GMT"), "{date}");
    // Hours later, when no page is kept any more, or from another server.
    site.clock.advance(Span::hours(5));
    for known in [("if-none-match", tag.clone()), ("if-modified-since", date.clone())] {
        let again =
            reader.send(Method::GET, "/berichten/feed", std::slice::from_ref(&known), Body::empty()).await;
        assert_eq!((again.status, again.body.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known:?}");
        assert_eq!(again.header("etag"), tag);
    }
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [("draft[title]", "Vers"), ("draft[body]", "Nieuw brood"), ("draft[kind]", "news")];
    write(&mut writer, &fields).await;
    for known in [("if-none-match", tag.clone()), ("if-modified-since", date)] {
        let again =
            reader.send(Method::GET, "/berichten/feed", std::slice::from_ref(&known), Body::empty()).await;
        assert_eq!(again.status, StatusCode::OK, "{known:?}");
        assert!(again.body.contains("Vers"));
    }
}

#[tokio::test]
async fn who_is_signed_in_gets_the_feed_that_is_kept_for_everybody() {
    let site = Site::with("diagnostics = true").await;
    let mut member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut visitor = site.browser(RIETVOORDE);
    for path in ["/agenda.ics", "/berichten/feed", "/sitemap.xml"] {
        let first = visitor.get(path).await;
        let own = member.get(path).await;
        assert_eq!((own.status, own.header("x-queries")), (StatusCode::OK, "1"), "{path}");
        assert_eq!(own.body, first.body, "{path}");
        assert!(own.header("set-cookie").is_empty(), "{path}: nobody is signed out by it");
    }
    assert_eq!(member.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_story_told_through_a_connector_is_not_found_by_its_writer() {
    let site = Site::demo().await;
    let willem = key_of(&site, "willem@example.org").await;
    let mut connector = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let own = [("draft[title]", "Van mijzelf"), ("draft[body]", "Dit is van mij."), ("draft[kind]", "news")];
    write(&mut connector, &own).await;
    let told = [
        ("draft[title]", "Mijn schulden"),
        ("draft[body]", "Dit vertelt iemand die liever niet genoemd wordt."),
        ("draft[kind]", "experience_story"),
        ("draft[on_behalf_of]", "een buurvrouw"),
        ("draft[consent]", "true"),
    ];
    let story = write(&mut connector, &told).await;
    let mut visitor = site.browser(RIETVOORDE);
    for path in ["/berichten", "/berichten/feed"] {
        let page = visitor.get(&format!("{path}?schrijver={willem}")).await;
        assert!(page.body.contains("Van mijzelf"), "{path}");
        assert!(!page.body.contains("Mijn schulden"), "{path}");
    }
    let (answer, all) = feed(&mut visitor, "/berichten/feed").await;
    let entry = all.entries.iter().find(|entry| entry.title.value == "Mijn schulden").expect("the story");
    assert_eq!(
        entry.authors.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(),
        ["een buurvrouw"]
    );
    assert!(!answer.body.contains(&willem));
    let page = visitor.get(&format!("/berichten/{story}")).await;
    assert!(!page.body.contains(&willem), "the story leads to nobody's list");
}

#[tokio::test]
async fn who_published_nothing_has_no_list() {
    let site = Site::demo().await;
    let mut visitor = site.browser(RIETVOORDE);
    let bas = key_of(&site, "bas@example.org").await;
    for author in [bas.as_str(), "0198c0de-0000-7000-8000-000000000000", "fatma"] {
        for path in ["/berichten", "/berichten/feed"] {
            let answer = visitor.get(&format!("{path}?schrijver={author}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {author}");
            assert!(!answer.body.contains("Bas Verhoeven"));
        }
    }
}

#[tokio::test]
async fn the_site_map_has_what_is_to_come_and_nothing_that_is_over_or_removed() {
    let site = Site::demo().await;
    let (mut fatma, weekly) = planned(&site).await;
    let once = [("draft[title]", "Eenmalig"), ("draft[when][repeat]", "once")];
    let once = path_of(&fatma.post("/api/activities/create", &with(&once)).await);
    let on_map = |path: &str| format!("{path}</loc>");
    let map = page(&site, "/sitemap.xml").await;
    assert!(map.contains(&on_map(&weekly)) && map.contains(&on_map(&once)), "{map}");
    assert!(map.contains("/berichten/"), "beside the posts");
    // The day after the first of December.
    let after = Timestamp(1_796_169_600_000);
    site.clock.advance(Span(after.0 - site.clock.now().0));
    // What everybody is given is kept for a minute by another clock; under an address of one's own nothing is.
    let map = fatma.get("/sitemap.xml?mijn=kaart").await.body;
    assert!(map.contains(&on_map(&weekly)) && !map.contains(&on_map(&once)), "{map}");
    fatma.post("/api/activities/remove", &[("id", id(&weekly))]).await;
    assert!(!fatma.get("/sitemap.xml").await.body.contains(&on_map(&weekly)));
}
