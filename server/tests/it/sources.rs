//! Calendars of others: from an address and from a file, followed day after day, by one of several servers. Without
//! JavaScript.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::clock::Span;
use service::sources::{Outcome, run};

use crate::activity_cases::case_of;
use crate::common::browser::{Answer, Browser};
use crate::common::database::Database;
use crate::common::{NOW, RIETVOORDE, Site, TestClock};
use crate::moderation::decide;

pub const NEW: &str = "/agenda/bronnen/nieuw";

/// An event on a day in December, after the demo was made.
pub fn event(uid: &str, day: u32, summary: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Europe/Amsterdam:202612{day:02}T190000\r\nDURATION:PT2H\r\n\
         SUMMARY:{summary}\r\nURL:https://delinde.example/{uid}\r\nEND:VEVENT\r\n"
    )
}

pub fn calendar(events: &[String]) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat())
}

/// A server with a calendar, which can be changed.
#[derive(Clone)]
pub struct Elsewhere {
    address: SocketAddr,
    /// Status and calendar.
    says: Arc<Mutex<(u16, String)>>,
    /// What it was asked: whether that was conditional.
    asked: Arc<Mutex<Vec<bool>>>,
}

async fn give(State(there): State<Elsewhere>, headers: HeaderMap) -> Response {
    let (status, text) = there.says.lock().expect("no panic").clone();
    let tag = format!("\"{}\"", text.len());
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).map(str::to_owned);
    there.asked.lock().expect("no panic").push(known.is_some());
    if known.as_deref() == Some(&tag) && status == 200 {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    (StatusCode::from_u16(status).expect("a status"), [(header::ETAG, tag)], text).into_response()
}

impl Elsewhere {
    pub async fn begin(text: String) -> Self {
        // Two libraries bring rustls; the program chooses one of its providers when it begins.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let there = Self { address, says: Arc::new(Mutex::new((200, text))), asked: Arc::default() };
        let router = axum::Router::new().fallback(give).with_state(there.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        there
    }

    pub fn says(&self, status: u16, text: String) {
        *self.says.lock().expect("no panic") = (status, text);
    }

    pub fn settings(&self) -> String {
        format!("[calendars]\nbesides = \"{}\"", self.address)
    }

    pub fn times_asked(&self) -> usize {
        self.asked.lock().expect("no panic").len()
    }

    pub fn url(&self) -> String {
        format!("http://{}/agenda.ics", self.address)
    }
}

pub fn part(name: &str, file: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    let head = format!("--grens\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

pub async fn send(browser: &mut Browser, parts: &[Vec<u8>]) -> Answer {
    let mut headers = browser.own_form();
    headers.retain(|(name, _)| *name != "content-type");
    headers.push(("content-type", "multipart/form-data; boundary=grens".into()));
    let body = [parts.concat(), b"--grens--\r\n".to_vec()].concat();
    browser.send(Method::POST, "/agenda/bestand", &headers, Body::from(body)).await
}

pub fn at_address(address: &str, area: &str) -> Vec<Vec<u8>> {
    let mut parts = vec![
        part("draft[name]", None, b"Dorpshuis De Linde"),
        part("draft[address]", None, address.as_bytes()),
        part("draft[cost]", None, b"Vraag het na"),
        part("file", Some(""), b""),
    ];
    if !area.is_empty() {
        parts.push(part("draft[areas][]", None, area.as_bytes()));
    }
    parts
}

pub fn in_file(name: &str, file: &[u8]) -> Vec<Vec<u8>> {
    vec![part("draft[name]", None, name.as_bytes()), part("file", Some("agenda.ics"), file)]
}

/// The page of what was just followed.
pub fn path(answer: &Answer) -> String {
    let (path, told) = answer.location().split_once('?').unwrap_or_default();
    assert!(path.starts_with("/agenda/bronnen/") && told == "gedaan=nieuw", "{answer:?}");
    path.to_owned()
}

/// The form that came back.
async fn back(browser: &mut Browser, answer: &Answer) -> String {
    let (path, _) = answer.location().split_once('#').unwrap_or_default();
    assert!(path.starts_with(&format!("{NEW}?flash=")), "{answer:?}");
    browser.get(path).await.body
}

/// Sends a form that cannot be accepted; gives what came back.
pub async fn sent_back(browser: &mut Browser, parts: &[Vec<u8>]) -> String {
    let answer = send(browser, parts).await;
    back(browser, &answer).await
}

pub async fn month(site: &Site) -> String {
    site.browser(RIETVOORDE).get("/agenda?dag=2026-12-01").await.body
}

/// The address of the first activity with this title on the agenda.
pub async fn activity(site: &Site, title: &str) -> String {
    let page = month(site).await;
    let before = page.split(title).next().expect("a part");
    assert!(before.len() < page.len(), "{title}: {page}");
    let link = before.rsplit("href=\"/activiteiten/").next().expect("a link");
    format!("/activiteiten/{}", link.split(['"', '?']).next().expect("a key"))
}

#[tokio::test]
async fn a_calendar_is_followed_and_its_activities_say_where_they_come_from() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond"), event("b", 4, "Zangkoor")])).await;
    let site = Site::with(&there.settings()).await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    assert!(henk.get("/agenda").await.body.contains("/agenda/bronnen"));
    let sent = send(&mut henk, &at_address(&there.url(), "lindenhoek")).await;
    let source = path(&sent);
    let page = henk.get(&source).await;
    for part in ["Dorpshuis De Linde", "2 in de agenda", "Henk Postma", "Lees de agenda nu"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(page.header("cache-control").contains("no-store"), "an address may hold a secret");
    let list = henk.get("/agenda/bronnen").await.body;
    assert!(list.contains("Dorpshuis De Linde") && !list.contains("agenda.ics"), "{list}");
    let chess = activity(&site, "Schaakavond").await;
    let shown = site.browser(RIETVOORDE).get(&chess).await.body;
    for part in [
        "uit de agenda van Dorpshuis De Linde",
        "https://delinde.example/a",
        "Vraag het na",
        "van 19.00 tot 21.00 uur",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // It is changed there and nowhere else, by nobody.
    let willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    for (mut browser, way) in [(henk.clone(), "/api/activities/remove"), (willem, "/api/moderation/begin")] {
        let shown = browser.get(&chess).await.body;
        assert!(!shown.contains("/bewerken") && shown.contains(way), "{shown}");
        assert_eq!(browser.get(&format!("{chess}/bewerken")).await.status, StatusCode::FORBIDDEN);
        let id = chess.trim_start_matches("/activiteiten/");
        let fields = [("id", id), ("version", "1"), ("draft[title]", "Anders"), ("draft[body]", "Anders")];
        assert_eq!(
            browser.script().post("/api/activities/save", &fields).await.status,
            StatusCode::FORBIDDEN
        );
    }
    // A second click leads to the first one.
    let again = send(&mut henk, &at_address(&there.url(), "lindenhoek")).await;
    assert_eq!(path(&again), source);
    assert_eq!(
        month(&site).await.matches("Schaakavond").count(),
        month(&site).await.matches("Zangkoor").count()
    );
}

#[tokio::test]
async fn day_after_day_it_is_as_it_is_there() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond"), event("b", 4, "Zangkoor")])).await;
    let site = Site::with(&there.settings()).await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let source = path(&send(&mut henk, &at_address(&there.url(), "")).await);
    assert_eq!(run(&site.services).await.expect("a database"), None, "it was just read");
    let chess = activity(&site, "Schaakavond").await;

    site.clock.advance(Span::hours(25));
    assert_eq!(run(&site.services).await.expect("a database"), Some(Outcome::Same));
    assert_eq!(*there.asked.lock().expect("no panic"), [false, true], "it is asked whether it changed");

    there.says(200, calendar(&[event("a", 5, "Schaken voor iedereen"), event("c", 6, "Toneel")]));
    site.clock.advance(Span::hours(25));
    assert_eq!(run(&site.services).await.expect("a database"), Some(Outcome::Read));
    let page = month(&site).await;
    assert!(page.contains("Schaken voor iedereen") && page.contains("Toneel"), "{page}");
    assert!(!page.contains("Schaakavond") && !page.contains("Zangkoor"), "{page}");
    assert_eq!(activity(&site, "Schaken voor iedereen").await, chess, "its address stays");

    // What was gone and is there again has its old address too.
    there.says(200, calendar(&[event("c", 6, "Toneel")]));
    site.clock.advance(Span::hours(25));
    run(&site.services).await.expect("a database");
    assert_eq!(site.browser(RIETVOORDE).get(&chess).await.status, StatusCode::NOT_FOUND);
    there.says(200, calendar(&[event("a", 5, "Schaken"), event("c", 6, "Toneel")]));
    site.clock.advance(Span::hours(25));
    run(&site.services).await.expect("a database");
    assert_eq!(activity(&site, "Schaken").await, chess);

    // Trouble there changes nothing here, and is said.
    there.says(500, String::new());
    site.clock.advance(Span::hours(25));
    let failed = run(&site.services).await.expect("a database");
    assert!(matches!(failed, Some(Outcome::Failed(_))), "{failed:?}");
    assert_eq!(run(&site.services).await.expect("a database"), None);
    site.clock.advance(Span::minutes(61));
    assert!(run(&site.services).await.expect("a database").is_some(), "it is tried again after an hour");
    site.clock.advance(Span::minutes(61));
    assert_eq!(run(&site.services).await.expect("a database"), None, "and then after two");
    assert!(month(&site).await.contains("Toneel"));
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let page = henk.get(&source).await.body;
    assert!(page.contains("kon niet gelezen worden") && page.contains("(500)"), "{page}");
    assert!(henk.get("/agenda/bronnen").await.body.contains("niet gelukt"));
}

#[tokio::test]
async fn two_servers_at_once_take_each_thing_over_once() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond")])).await;
    let (database, clock) = (Database::demo(), TestClock::at(NOW));
    let one = Site::with_clock(&database, &there.settings(), Arc::clone(&clock)).await;
    let two = Site::with_clock(&database, &there.settings(), clock).await;
    let mut henk = one.signed_in(RIETVOORDE, "henk@example.org").await;
    let source = path(&send(&mut henk, &at_address(&there.url(), "")).await);
    there.says(200, calendar(&[event("a", 3, "Schaakavond"), event("b", 4, "Zangkoor")]));
    one.clock.advance(Span::hours(25));
    let mut henk = one.signed_in(RIETVOORDE, "henk@example.org").await;
    let id = source.trim_start_matches("/agenda/bronnen/").to_owned();
    let fields = [("id", id.as_str())];
    let mut elsewhere = henk.clone();
    let (first, second, third, fourth) = tokio::join!(
        run(&one.services),
        run(&two.services),
        henk.post("/api/sources/read", &fields),
        elsewhere.post("/api/sources/read", &fields),
    );
    let read = |outcome: &Option<Outcome>| usize::from(*outcome == Some(Outcome::Read));
    let (first, second) = (first.expect("a database"), second.expect("a database"));
    assert!(read(&first) + read(&second) <= 1, "{first:?} {second:?}");
    assert!([third, fourth].iter().all(|answer| answer.status.is_redirection()));
    let page = two.browser(RIETVOORDE).get("/agenda?weergave=dag&dag=2026-12-04").await.body;
    assert_eq!(page.matches(">Zangkoor<").count(), 1, "{page}");
}

#[tokio::test]
async fn a_file_is_read_and_what_cannot_be_is_named() {
    let site = Site::demo().await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let broken =
        event("b", 4, "Zonder tijd").replace("DTSTART;TZID=Europe/Amsterdam:20261204T190000", "DTSTART:ooit");
    let file = calendar(&[event("a", 3, "Schaakavond"), broken]);
    let source = path(&send(&mut henk, &in_file("Schaakclub", file.as_bytes())).await);
    let page = henk.get(&source).await.body;
    for part in [
        "1 in de agenda",
        "1 niet overgenomen",
        "Zonder tijd",
        "De datum of de tijd klopt niet.",
        "(regel 10 van het bestand)",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("/api/sources/read"), "there is nothing to read again");
    assert_eq!(run(&site.services).await.expect("a database"), None);
    // A newer file takes its place.
    let id = source.trim_start_matches("/agenda/bronnen/");
    let newer = calendar(&[event("c", 5, "Toernooi")]);
    let sent =
        send(&mut henk, &[part("id", None, id.as_bytes()), part("file", Some("x.ics"), newer.as_bytes())])
            .await;
    assert_eq!(sent.location(), format!("{source}?gedaan=gelezen"));
    let page = month(&site).await;
    assert!(page.contains("Toernooi") && !page.contains("Schaakavond"), "{page}");
    // What is no calendar changes nothing.
    for (file, says) in
        [(b"<html>".to_vec(), "Dit is geen agenda"), (vec![b'x'; 2_100_000], "groter dan 2 MB")]
    {
        send(&mut henk, &[part("id", None, id.as_bytes()), part("file", Some("x.ics"), &file)]).await;
        let page = henk.get(&source).await.body;
        assert!(page.contains(says) && page.contains("blijft staan"), "{page}");
    }
    assert!(month(&site).await.contains("Toernooi"));
    let none = send(&mut henk, &[part("id", None, id.as_bytes()), part("file", Some(""), b"")]).await;
    assert!(henk.get(none.location()).await.body.contains("Kies eerst een bestand"));
}

#[tokio::test]
async fn what_cannot_be_followed_is_said_and_nothing_typed_is_lost() {
    let there = Elsewhere::begin(String::new()).await;
    let site = Site::with(&there.settings()).await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    for (address, says) in [
        ("https://127.0.0.1/agenda.ics", "niet voor iedereen op internet"),
        ("https://[::1]/agenda.ics", "niet voor iedereen op internet"),
        ("https://169.254.169.254/latest/meta-data/", "niet voor iedereen op internet"),
        ("http://127.0.0.1:1/agenda.ics", "niet voor iedereen op internet"),
        ("http://10.0.0.1/agenda.ics", "niet voor iedereen op internet"),
        (&there.url(), "Dit is geen agenda"),
    ] {
        let form = sent_back(&mut henk, &at_address(address, "lindenhoek")).await;
        assert!(form.contains(says), "{address}: {form}");
        for kept in [address, "Dorpshuis De Linde", "Vraag het na"] {
            assert!(form.contains(kept), "{kept}: {form}");
        }
    }
    let form = sent_back(&mut henk, &[part("draft[name]", None, b"")]).await;
    assert!(form.contains("#naam") && form.contains("#adres"), "{form}");
    let form = sent_back(&mut henk, &in_file("Groot", &vec![b'x'; 2_100_000])).await;
    assert!(form.contains("groter dan 2 MB") && form.contains("Groot"), "{form}");
    assert!(henk.get("/agenda/bronnen").await.body.contains("We nemen nog geen agenda over"));
}

#[tokio::test]
async fn what_somebody_takes_away_here_stays_away() {
    let there = Elsewhere::begin(calendar(&[
        event("a", 3, "Schaakavond"),
        event("b", 4, "Zangkoor"),
        event("c", 5, "Bingo"),
    ]))
    .await;
    let site = Site::with(&there.settings()).await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let source = path(&send(&mut henk, &at_address(&there.url(), "")).await);
    let chess = activity(&site, "Schaakavond").await;
    let id = chess.trim_start_matches("/activiteiten/");
    henk.post("/api/activities/remove", &[("id", id)]).await;
    // What a moderator took away does so too.
    let bingo = activity(&site, "Bingo").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let begin = [("id", bingo.trim_start_matches("/activiteiten/")), ("activity", "true")];
    willem.post("/api/moderation/begin", &begin).await;
    decide(&mut willem, &case_of(&site, &bingo).await, "remove", "").await;
    there.says(
        200,
        calendar(&[
            event("a", 3, "Schaakavond met hapjes"),
            event("b", 4, "Zangkoor"),
            event("c", 5, "Bingo met prijzen"),
        ]),
    );
    let read = henk.post("/api/sources/read", &[("id", source.trim_start_matches("/agenda/bronnen/"))]).await;
    assert_eq!(read.location(), format!("{source}?gedaan=gelezen"));
    let page = month(&site).await;
    assert!(page.contains("Zangkoor") && !page.contains("Schaakavond"), "{page}");
    assert!(!page.contains("Bingo"), "{page}");
    assert!(henk.get(&source).await.body.contains("2 hier weggehaald"));
    // Not too often.
    let mut last = read;
    for _ in 0..domain::limits::READINGS_PER_SOURCE.times {
        last = henk.post("/api/sources/read", &[("id", source.trim_start_matches("/agenda/bronnen/"))]).await;
    }
    assert!(last.location().contains("flash="), "{last:?}");
}
