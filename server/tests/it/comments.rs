//! Comments and thanks from outside, with and without JavaScript, and live.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode, header};
use futures_util::StreamExt as _;
use server::listen::Peer;
use tower::Service as _;

use crate::common::browser::Browser;
use crate::common::database::Database;
use crate::common::{RIETVOORDE, Site, VEENZICHT};

async fn say(browser: &mut Browser, post: &str, body: &str) -> String {
    let fields = [("post", post), ("reply_to", ""), ("body", body)];
    let answer = browser.post("/api/comments/create", &fields).await;
    let place = answer.location().split_once("#reactie-").unwrap_or_else(|| panic!("{answer:?}"));
    place.1.to_owned()
}

async fn page(browser: &mut Browser, post: &str) -> String {
    browser.get(&format!("/berichten/{post}")).await.body
}

/// The events of one open page.
struct Stream(BodyDataStream);

impl Stream {
    async fn open(site: &Site, host: &str, post: &str, after: i64) -> Result<Self, StatusCode> {
        let mut request = Request::builder()
            .uri(format!("/berichten/{post}/reacties/stroom?na={after}"))
            .header(header::HOST, format!("{host}:3000"))
            .header(header::ACCEPT, "text/event-stream")
            .body(Body::empty())
            .expect("a request");
        request.extensions_mut().insert(Peer(([192, 0, 2, 7], 40_000).into()));
        let Ok(response) = site.router.clone().call(request).await;
        match response.status() {
            StatusCode::OK => Ok(Self(response.into_body().into_data_stream())),
            status => Err(status),
        }
    }

    /// The next event, within a time that nobody would wait.
    async fn next(&mut self) -> String {
        let event = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.expect("an event");
        String::from_utf8_lossy(&event.expect("open").expect("whole")).into_owned()
    }
}

#[tokio::test]
async fn a_comment_is_there_for_everybody_and_can_be_answered_changed_and_taken_away() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let id = say(&mut fatma, &post, "Wat leuk, **ik kom**!").await;
    assert!(page(&mut site.browser(RIETVOORDE), &post).await.contains("<strong>ik kom</strong>"));

    let fields = [("post", post.as_str()), ("reply_to", &id), ("body", "Tot dan, @Fatma Aydın")];
    joris.post("/api/comments/create", &fields).await;
    let shown = page(&mut site.browser(RIETVOORDE), &post).await;
    assert!(shown.contains("comment--reply") && shown.contains("<strong>@Fatma Aydın</strong>"), "{shown}");
    let for_fatma = fatma.get("/account/reacties").await.body;
    assert!(for_fatma.contains("Tot dan") && for_fatma.contains("noemt jou"), "{for_fatma}");

    let open = fatma.get(&format!("/berichten/{post}?verander={id}")).await.body;
    assert!(open.contains("Wat leuk, **ik kom**!"), "{open}");
    let fields = [("post", post.as_str()), ("id", &id), ("version", "1"), ("body", "Ik kom toch niet")];
    fatma.post("/api/comments/edit", &fields).await;
    let shown = page(&mut site.browser(RIETVOORDE), &post).await;
    assert!(shown.contains("Ik kom toch niet") && !shown.contains("<strong>ik kom</strong>"));

    let gone = fatma.post("/api/comments/remove", &[("post", &post), ("id", &id)]).await;
    assert!(gone.location().contains("melding=reactie-weg"), "{gone:?}");
    let shown = page(&mut site.browser(RIETVOORDE), &post).await;
    assert!(!shown.contains("Ik kom toch niet") && shown.contains("Tot dan"), "the answer stays");
    fatma.post("/api/comments/restore", &[("post", &post), ("id", &id)]).await;
    assert!(page(&mut site.browser(RIETVOORDE), &post).await.contains("Ik kom toch niet"));
}

#[tokio::test]
async fn somebody_elses_comment_can_be_neither_changed_nor_read_as_it_was_typed() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = say(&mut fatma, &post, "Van *mij*").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let fields = [("post", post.as_str()), ("id", &id), ("version", "1"), ("body", "Van Joris")];
    for path in ["/api/comments/edit", "/api/comments/remove", "/api/comments/restore"] {
        let answer = joris.script().post(path, &fields).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    let open = joris.get(&format!("/berichten/{post}?verander={id}")).await.body;
    assert!(!open.contains("Van *mij*") && open.contains("Van <em>mij</em>"), "{open}");
    // A connector of the place moderates it, with reasons; they do not just take it away.
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let fields = [("post", post.as_str()), ("id", id.as_str()), ("comment", "true")];
    assert_eq!(willem.script().post("/api/comments/remove", &fields).await.status, StatusCode::FORBIDDEN);
    let begun = willem.post("/api/moderation/begin", &fields).await;
    let case = begun.location().to_owned();
    assert!(case.starts_with("/beheer/meldingen/"), "{begun:?}");
    assert!(willem.get(&case).await.body.contains("Van *mij*"), "the comment as it was");
}

#[tokio::test]
async fn a_comment_that_cannot_be_sent_comes_back_as_it_was_typed() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let long = "buurt ".repeat(900);
    let fields = [("post", post.as_str()), ("body", long.as_str())];
    let back = fatma.post("/api/comments/create", &fields).await.location().to_owned();
    let shown = fatma.get(back.split('#').next().unwrap_or_default()).await.body;
    assert!(shown.contains(long.trim()) && shown.contains("Maak dit korter"), "{back}");
    // Without a session it waits until somebody has signed in.
    let mut stranger = site.browser(RIETVOORDE);
    let sent = stranger.post("/api/comments/create", &[("post", &post), ("body", "Hoi")]).await;
    assert!(sent.location().starts_with("/aanmelden?terug="), "{sent:?}");
}

#[tokio::test]
async fn nothing_runs_that_somebody_types_into_a_comment() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    say(&mut fatma, &post, "<img src=x onerror=alert(1)> [klik](javascript:alert(1)) @**<b>").await;
    let shown = page(&mut site.browser(RIETVOORDE), &post).await;
    assert!(!shown.contains("<img src=x") && !shown.contains("href=\"javascript"), "{shown}");
}

#[tokio::test]
async fn thanks_are_counted_once_and_can_be_taken_back() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.talk(RIETVOORDE, &post).await.thanks;
    for _ in 0..3 {
        fatma.post("/api/comments/thank", &[("post", &post), ("thanks", "true")]).await;
    }
    assert_eq!(site.talk(RIETVOORDE, &post).await.thanks, before + 1);
    assert!(page(&mut fatma, &post).await.contains("Je zei bedankt"));
    fatma.post("/api/comments/thank", &[("post", &post), ("thanks", "false")]).await;
    assert_eq!(site.talk(RIETVOORDE, &post).await.thanks, before);
}

#[tokio::test]
async fn who_has_the_page_open_is_told_also_by_another_server() {
    let database = Database::demo();
    let (here, there) = (Site::on(&database, "").await, Site::on(&database, "").await);
    let post = here.some_post(RIETVOORDE).await.id.to_string();
    let known = here.talk(RIETVOORDE, &post).await.version;
    let (live, store) = (here.live.clone(), here.store.clone());
    let looking = tokio::spawn(async move { live.run(store).await });
    let mut stream = Stream::open(&here, RIETVOORDE, &post, known).await.expect("a stream");
    let mut fatma = there.signed_in(RIETVOORDE, "fatma@example.org").await;
    let id = say(&mut fatma, &post, "Hallo van de andere server").await;
    let event = stream.next().await;
    assert!(event.contains("event: reacties") && event.contains("andere server"), "{event}");
    assert!(event.contains(&format!("id: {}", known + 1)), "{event}");
    fatma.post("/api/comments/remove", &[("post", &post), ("id", &id)]).await;
    let event = stream.next().await;
    assert!(
        event.contains(&id) && !event.contains("andere server"),
        "nothing of what was taken away: {event}"
    );
    // Who was away is told what it missed.
    let mut late = Stream::open(&here, RIETVOORDE, &post, known).await.expect("a stream");
    assert!(late.next().await.contains(&id));
    // The program stops: the connection ends, and does not hold it up.
    here.live.close();
    assert!(stream.0.next().await.is_none());
    looking.abort();
}

#[tokio::test]
async fn nobody_listens_to_what_they_may_not_read() {
    let site = Site::demo().await;
    let there = site.some_post(VEENZICHT).await.id.to_string();
    assert_eq!(Stream::open(&site, RIETVOORDE, &there, 0).await.err(), Some(StatusCode::NOT_FOUND));
    assert_eq!(Stream::open(&site, RIETVOORDE, "x", 0).await.err(), Some(StatusCode::NOT_FOUND));
}
