//! The last day of a post, changed and taken away on a page of its own; and what its author is asked to change, on the
//! post itself. The demo's clock says 22 November 2026, 15:00 in the Netherlands.

use axum::http::StatusCode;
use domain::clock::Span;
use domain::posts::PostStatus;

use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{by_fatma, case_of, decide, report, status_of};

async fn post_until(by: &mut Browser, day: &str) -> String {
    let fields = [
        ("draft[title]", "Soep op vrijdag"),
        ("draft[body]", "Neem een kom mee."),
        ("draft[kind]", "news"),
        ("draft[areas][]", "lindenhoek"),
        ("draft[expires_on]", day),
    ];
    let answer = by.post("/api/posts/create", &fields).await;
    let path = answer.location().split('?').next().unwrap_or_default().to_owned();
    assert!(path.starts_with("/berichten/"), "{answer:?}");
    path
}

async fn set(by: &mut Browser, path: &str, version: &str, day: &str) -> String {
    let id = path.trim_start_matches("/berichten/");
    let fields = [("id", id), ("version", version), ("day", day)];
    by.post("/api/posts/last-day", &fields).await.location().to_owned()
}

#[tokio::test]
async fn the_last_day_is_changed_and_taken_away_and_the_versions_tell() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let path = post_until(&mut fatma, "2026-12-01").await;
    let page = format!("{path}/laatste-dag");
    assert!(fatma.get(&path).await.body.contains(&page), "the way to it is on the post");
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("laatste-dag"));
    assert!(fatma.get(&page).await.body.contains("value=\"2026-12-01\""));

    let saved = set(&mut fatma, &path, "1", "2026-11-25").await;
    assert!(saved.contains("melding=bewaard"), "{saved}");
    assert!(fatma.get(&path).await.body.contains("25 november"), "earlier is a change like any other");
    let same = set(&mut fatma, &path, "2", "2026-11-25").await;
    assert!(same.contains("ongewijzigd"), "{same}");
    // A connector of the place, who still has the first version before her.
    let late = set(&mut aicha, &path, "1", "2026-11-30").await;
    let form = aicha.get(late.split('#').next().unwrap_or_default()).await.body;
    assert!(form.contains("value=\"2026-11-30\"") && form.contains("ondertussen"), "nothing is lost: {form}");
    assert!(set(&mut aicha, &path, "2", "2026-11-30").await.contains("bewaard"));
    assert!(set(&mut fatma, &path, "3", "").await.contains("bewaard"));
    assert!(fatma.get(&page).await.body.contains("Dit bericht heeft geen laatste dag"));
    let history = fatma.get(&format!("{path}/geschiedenis")).await.body;
    for words in ["zette de laatste dag op", "30 november", "haalde de laatste dag weg", "Aïcha El Amrani"] {
        assert!(history.contains(words), "{words}: {history}");
    }
    site.clock.advance(Span::days(20));
    site.keep_time().await;
    assert_eq!(status_of(&site, &path).await, PostStatus::Published, "it ends no more");
}

#[tokio::test]
async fn a_post_that_is_over_gets_a_new_last_day_and_a_day_that_cannot_be_is_said() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let path = post_until(&mut fatma, "2026-11-23").await;
    site.clock.advance(Span::days(3));
    site.keep_time().await;
    assert_eq!(status_of(&site, &path).await, PostStatus::Expired);
    assert!(fatma.get(&path).await.body.contains("/laatste-dag"));
    for (day, words) in [("2026-11-20", "Dit is al voorbij"), ("morgen", "Dit is geen dag of tijd")] {
        let back = set(&mut fatma, &path, "2", day).await;
        let form = fatma.get(back.split('#').next().unwrap_or_default()).await.body;
        assert!(form.contains(words) && form.contains(&format!("value=\"{day}\"")), "{day}: {form}");
    }
    assert!(set(&mut fatma, &path, "2", "2026-12-24").await.contains("bewaard"));
    assert_eq!(status_of(&site, &path).await, PostStatus::Published);
}

#[tokio::test]
async fn nobody_but_its_editors_changes_the_last_day() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let path = post_until(&mut fatma, "2026-12-01").await;
    let id = path.trim_start_matches("/berichten/");
    let others = [
        (RIETVOORDE, "joris@example.org", StatusCode::FORBIDDEN),
        (RIETVOORDE, "sander@example.org", StatusCode::FORBIDDEN),
        (VEENZICHT, "geert@example.org", StatusCode::NOT_FOUND),
    ];
    let before = site.store.on(site.platform(RIETVOORDE).await).revisions(id.parse().expect("a key")).await;
    for (host, email, status) in others {
        let mut other = site.signed_in(host, email).await;
        let fields = [("id", id), ("version", "1"), ("day", "")];
        assert_eq!(other.script().post("/api/posts/last-day", &fields).await.status, status, "{email}");
        assert_eq!(other.get(&format!("{path}/laatste-dag")).await.status, status, "{email}");
    }
    let after = site.store.on(site.platform(RIETVOORDE).await).revisions(id.parse().expect("a key")).await;
    assert_eq!(after.expect("versions").len(), before.expect("versions").len());
}

#[tokio::test]
async fn what_an_author_is_asked_stands_on_the_post_for_them_alone() {
    let site = Site::with("diagnostics = true").await;
    let (mut fatma, path) = by_fatma(&site, "Wie past er op").await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    assert!(!fatma.get(&path).await.body.contains("Kun je dit aanpassen?"), "nobody asked yet");
    decide(&mut willem, &case_of(&site, &path).await, "ask", "7").await;

    let own = fatma.get(&path).await;
    for words in ["Kun je dit aanpassen?", "Er staat een telefoonnummer in.", "29 november", "?bewerk=tekst"]
    {
        assert!(own.body.contains(words), "{words}: {}", own.body);
    }
    // Just after a change everything is read anew; from then on what she is asked is kept as the post is.
    let queries: u32 = fatma.get(&path).await.header("x-queries").parse().expect("a number");
    assert!(queries <= 6, "{queries}");
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    for other in [&mut site.browser(RIETVOORDE), &mut willem, &mut joris] {
        assert!(!other.get(&path).await.body.contains("Kun je dit aanpassen?"));
    }
    let id = path.trim_start_matches("/berichten/");
    let edit = [
        ("id", id),
        ("part", "tekst"),
        ("with[]", "tekst"),
        ("edit[version]", "1"),
        ("edit[body]", "Bel mij."),
    ];
    assert!(fatma.post("/api/posts/edit", &edit).await.location().contains("bewaard"));
    assert!(!fatma.get(&path).await.body.contains("Kun je dit aanpassen?"), "she did");
}
