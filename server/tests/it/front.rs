//! The way of a request: hosts, headers, origins, sizes, preferences, small files.

use crate::common::browser::FORM;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use axum::body::Body;
use axum::http::{Method, StatusCode};

const PUBLIC: [&str; 8] =
    ["/", "/berichten", "/over", "/privacy", "/toegankelijkheid", "/huisregels", "/aanmelden", "/lid-worden"];

#[tokio::test]
async fn every_public_page_is_whole_and_leaves_no_cookie() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    for path in PUBLIC.into_iter().chain(["/melden", "/stijl", "/demo/outbox"]) {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.body.contains("HalloRietvoorde") && page.body.contains("</html>"), "{path}");
        assert!(!page.headers.contains_key("set-cookie"), "{path}");
        let kept = if path == "/demo/outbox" { "private, no-store" } else { "private, no-cache" };
        assert_eq!(page.header("cache-control"), kept, "{path}");
    }
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn the_policy_names_the_nonce_of_every_script_on_the_page() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    for path in PUBLIC.into_iter().chain(["/nergens"]) {
        let page = browser.get(path).await;
        let nonce = page.nonce().to_owned();
        assert_eq!(nonce.len(), 32, "{path}");
        for script in page.body.split("<script").skip(1) {
            let opening = script.split('>').next().unwrap_or_default();
            assert!(opening.contains(&format!("nonce=\"{nonce}\"")), "{path}: <script{opening}>");
        }
        assert!(!page.body.contains(" style=\""), "{path}");
        assert!(!page.body.contains(" onclick="), "{path}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn each_host_is_its_own_community() {
    let site = Site::demo().await;
    let here = site.browser(RIETVOORDE).get("/").await;
    let there = site.browser(VEENZICHT).get("/").await;
    assert!(here.body.contains("data-theme=\"rietvoorde\"") && !here.body.contains("PuurVeenzicht"));
    assert!(there.body.contains("data-theme=\"veenzicht\"") && !there.body.contains("HalloRietvoorde"));
}

#[tokio::test]
async fn an_unknown_host_gets_a_page_that_says_so() {
    let site = Site::demo().await;
    for host in ["noaber.example", "evil.example", "hallorietvoorde.localhost.evil.example"] {
        let page = site.browser(host).get("/berichten").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("Deze naam kennen we niet"), "{}", page.body);
        assert!(!page.body.contains("Rietvoorde"), "{host}");
    }
}

#[tokio::test]
async fn who_opens_the_demo_under_the_plain_name_of_the_machine_is_shown_the_way() {
    let page = Site::demo().await.browser("localhost").get("/").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    for link in [
        "href=\"http://hallorietvoorde.localhost:3000\">HalloRietvoorde<",
        "href=\"http://puurveenzicht.localhost:3000\">PuurVeenzicht<",
    ] {
        assert!(page.body.contains(link), "{}", page.body);
    }
    let real = Site::without_demo().await.browser("localhost").get("/").await;
    assert!(!real.body.contains("Rietvoorde"), "{}", real.body);
}

#[tokio::test]
async fn a_mail_never_links_to_a_name_that_whoever_asked_for_it_made_up() {
    let site = Site::with("fallback_platform = 'hallorietvoorde'").await;
    let mut stranger = site.browser("evil.example");
    let asked = stranger.post("/api/sign-in/ask", &[("email", "fatma@example.org"), ("back", "/")]).await;
    assert!(asked.location().starts_with("/aanmelden/code"), "{asked:?}");
    let mails = site.store.on(site.platform(RIETVOORDE).await).recent_mail(1).await.expect("mails");
    let mail = mails.first().expect("a mail");
    assert!(mail.text.contains("http://hallorietvoorde.localhost:3000/aanmelden/link/"), "{}", mail.text);
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"), "{}", mail.text);
    let page = stranger.get("/").await;
    assert!(!page.body.contains("evil.example"), "{}", page.body);
}

#[tokio::test]
async fn a_cookie_of_a_session_that_has_ended_is_cleared() {
    let site = Site::demo().await;
    let mut browser = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    assert!(browser.get("/account").await.body.contains("Fatma"));
    site.clock.advance(domain::clock::Span::days(61));
    let page = browser.get("/").await;
    assert!(page.header("set-cookie").contains("Max-Age=0"), "{page:?}");
    assert!(!browser.is_signed_in());
}

#[tokio::test]
async fn an_installation_for_one_community_answers_under_every_name() {
    let site = Site::with("fallback_platform = 'puurveenzicht'").await;
    let page = site.browser("www.veenzicht.example").get("/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("PuurVeenzicht"));
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_with_status_404() {
    let site = Site::demo().await;
    for path in
        ["/nergens", "/berichten/0198c0de-0000-7000-8000-000000000000", "/berichten/x", "/api/nergens"]
    {
        let page = site.browser(RIETVOORDE).get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.body.contains("HalloRietvoorde"), "{path}");
    }
    let filter = site.browser(RIETVOORDE).get("/berichten?gebied=atlantis").await;
    assert_eq!(filter.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_change_from_another_site_is_refused_and_changes_nothing() {
    let site = Site::demo().await;
    let mut browser = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.traces().await;
    let body = "draft[title]=Hallo+buren&draft[body]=Dit+is+een+bericht&draft[kind]=news";
    let evil: [&[(&str, &str)]; 5] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "http://puurveenzicht.localhost:3000")],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", "null"), ("sec-fetch-site", "same-origin")],
    ];
    for headers in evil {
        let mut sent: Vec<(&str, String)> = vec![("content-type", FORM.into())];
        sent.extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let answer = browser.send(Method::POST, "/api/posts/create", &sent, Body::from(body)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(answer.body.contains("Dit mag hier niet"), "{}", answer.body);
    }
    assert_eq!(site.traces().await, before);
}

#[tokio::test]
async fn language_and_look_are_remembered_by_the_browser_alone() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let chosen =
        browser.post("/voorkeur/taal", &[("waarde", "en"), ("terug", "/berichten?thema=groen")]).await;
    assert_eq!((chosen.status, chosen.location()), (StatusCode::SEE_OTHER, "/berichten?thema=groen"));
    browser.post("/voorkeur/weergave", &[("waarde", "dark"), ("terug", "/")]).await;
    assert_eq!(browser.cookies["taal"], "en");
    let page = browser.get("/").await;
    assert!(page.body.contains("lang=\"en\"") && page.body.contains("data-scheme=\"dark\""));
    let other = site.browser(RIETVOORDE).get("/").await;
    assert!(other.body.contains("lang=\"nl\"") && other.body.contains("data-scheme=\"auto\""));

    for (value, back) in [("klingon", "/"), ("", "/"), ("<script>", "/")] {
        let refused = browser.post("/voorkeur/taal", &[("waarde", value), ("terug", back)]).await;
        assert!(refused.status.is_client_error(), "{value}");
    }
    for evil in ["https://evil.example", "//evil.example", "/\\evil.example", "/a\r\nset-cookie: x=y"] {
        let answer = browser.post("/voorkeur/weergave", &[("waarde", "light"), ("terug", evil)]).await;
        assert_eq!(answer.location(), "/", "{evil}");
    }
}

#[tokio::test]
async fn the_browsers_language_is_the_first_guess() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    browser.language = "de-AT,de;q=0.9,nl;q=0.5";
    assert!(browser.get("/").await.body.contains("lang=\"de\""));
}

#[tokio::test]
async fn the_feed_can_be_read_by_others_and_holds_what_the_list_holds() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let answer = browser.get("/berichten/feed").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-type").starts_with("application/atom+xml"));
    let feed: atom_syndication::Feed = answer.body.parse().expect("Atom");
    assert_eq!(feed.title.value, "HalloRietvoorde");
    assert!(!feed.entries.is_empty());
    for entry in &feed.entries {
        let link = entry.links.first().expect("a link");
        assert!(link.href.starts_with("http://hallorietvoorde.localhost:3000/berichten/"), "{}", link.href);
        assert!(!entry.authors.is_empty());
    }
    let tag = answer.header("etag").to_owned();
    let again = browser.send(Method::GET, "/berichten/feed", &[("if-none-match", tag)], Body::empty()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert_eq!(browser.get("/berichten/feed?gebied=atlantis").await.status, StatusCode::NOT_FOUND);
    let none: atom_syndication::Feed =
        browser.get("/berichten/feed?soort=in-memoriam").await.body.parse().expect("Atom");
    assert!(none.entries.len() < feed.entries.len());
}

#[tokio::test]
async fn the_small_files_say_what_they_should() {
    let site = Site::with("public_scheme = 'https'").await;
    let mut browser = site.browser(RIETVOORDE);
    let security = browser.get("/.well-known/security.txt").await;
    assert!(security.body.contains("Contact: mailto:"), "{}", security.body);
    assert!(security.body.contains("Expires: 2027-05-"), "{}", security.body);
    assert!(security.body.contains("Canonical: https://hallorietvoorde.localhost/.well-known/security.txt"));
    let robots = browser.get("/robots.txt").await;
    assert!(
        robots.body.contains("Sitemap: https://hallorietvoorde.localhost/sitemap.xml"),
        "{}",
        robots.body
    );
    let map = browser.get("/sitemap.xml").await;
    assert!(map.body.contains("<loc>https://hallorietvoorde.localhost/berichten/"), "{}", map.body);
    let manifest: serde_json::Value =
        serde_json::from_str(&browser.get("/manifest.webmanifest").await.body).expect("JSON");
    assert_eq!(manifest["name"], "HalloRietvoorde");
    for path in ["/healthz", "/readyz"] {
        assert_eq!(site.browser("10.0.0.1").get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn https_only_is_told_when_switched_on() {
    let site = Site::with("hsts = true\npublic_scheme = 'https'").await;
    let page = site.browser(RIETVOORDE).get("/").await;
    assert!(page.header("strict-transport-security").starts_with("max-age=63072000"));
    let plain = Site::demo().await.browser(RIETVOORDE).get("/").await;
    assert_eq!(plain.header("strict-transport-security"), "");
}

#[tokio::test]
async fn no_page_needs_more_than_six_queries() {
    let site = Site::with("diagnostics = true").await;
    let post = site.some_post(RIETVOORDE).await;
    let paths = [
        "/".to_owned(),
        "/berichten".to_owned(),
        "/berichten?gebied=lindenhoek".to_owned(),
        format!("/berichten/{}", post.id),
        "/account".to_owned(),
        "/demo/outbox".to_owned(),
        format!("/berichten/{}/geschiedenis", post.id),
    ];
    let mut visitor = site.browser(RIETVOORDE);
    let mut member = site.signed_in(RIETVOORDE, "willem@example.org").await;
    for path in &paths {
        for browser in [&mut visitor, &mut member] {
            let page = browser.get(path).await;
            let queries: u32 =
                page.header("x-queries").parse().unwrap_or_else(|_| panic!("{path}: {page:?}"));
            assert!(queries <= 6, "{path}: {queries}");
        }
    }
    // Two editors at once: the page with both texts needs the most.
    let mut clash = String::new();
    let id = post.id.to_string();
    for title in ["Eerst de ene titel", "Dan de andere titel"] {
        let fields = [("id", id.as_str()), ("part", "titel"), ("edit[version]", "1"), ("edit[title]", title)];
        clash = member.post("/api/posts/edit", &fields).await.location().to_owned();
    }
    assert!(clash.contains("samenvoegen"), "{clash}");
    let page = member.get(&clash).await;
    let queries: u32 = page.header("x-queries").parse().expect("a number");
    assert!(queries <= 6, "the conflict page: {queries}");
}

#[tokio::test]
async fn without_its_database_the_site_says_it_is_away() {
    let site = Site::demo().await;
    site.store.close().await;
    let page = site.browser(RIETVOORDE).get("/").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains("We zijn er even niet"), "{}", page.body);
    assert_eq!(site.browser(RIETVOORDE).get("/healthz").await.status, StatusCode::OK);
    assert_eq!(site.browser(RIETVOORDE).get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
}
