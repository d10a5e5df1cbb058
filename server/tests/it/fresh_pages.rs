//! Pages from memory are never older than what a reader was told; one process or several.

use std::sync::Arc;

use crate::common::browser::Browser;
use crate::common::database::Database;
use crate::common::{RIETVOORDE, Site, TestClock, VEENZICHT};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::clock::Span;

/// Publishes a post and gives its address.
async fn publish(browser: &mut Browser, title: &str) -> String {
    let fields = [("draft[title]", title), ("draft[body]", "Kom je ook?"), ("draft[kind]", "news")];
    let answer = browser.post("/api/posts/create", &fields).await;
    assert!(answer.location().ends_with("?melding=geplaatst"), "{answer:?}");
    answer.location().split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_page_is_made_once_for_all_visitors_and_anew_after_a_write() {
    let site = Site::demo().await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let first = site.browser(RIETVOORDE).get("/berichten").await;
    let second = site.browser(RIETVOORDE).get("/berichten").await;
    assert_eq!(first.nonce(), second.nonce(), "the same page");
    let other_look = {
        let mut browser = site.browser(RIETVOORDE);
        browser.cookies.insert("weergave".into(), "dark".into());
        browser.get("/berichten").await
    };
    assert_ne!(first.nonce(), other_look.nonce());

    let address = publish(&mut writer, "Bladeren ruimen op zaterdag").await;
    let third = site.browser(RIETVOORDE).get("/berichten").await;
    assert_ne!(first.nonce(), third.nonce());
    assert!(third.body.contains("Bladeren ruimen op zaterdag"));
    let shown = site.browser(RIETVOORDE).get(&address).await;
    assert!(shown.body.contains("Bladeren ruimen op zaterdag"));
}

#[tokio::test]
async fn a_page_for_a_member_is_shown_to_nobody_else() {
    let site = Site::demo().await;
    let mut member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let own = member.get("/berichten").await;
    let again = member.get("/berichten").await;
    let visitor = site.browser(RIETVOORDE).get("/berichten").await;
    assert_ne!(own.nonce(), again.nonce());
    assert!(own.body.contains("Fatma"));
    assert!(!visitor.body.contains("fatma@example.org"));
    assert_ne!(own.nonce(), visitor.nonce());
}

#[tokio::test]
async fn a_post_is_kept_for_who_only_reads_it_and_anew_after_an_edit() {
    let site = Site::demo().await;
    let mut author = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut reader = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let address = publish(&mut author, "Wie helpt de heg knippen?").await;
    for _ in 0..2 {
        let own = author.get(&address).await;
        assert!(own.body.contains("?bewerk=titel"), "the author may change it");
        let shown = reader.get(&address).await;
        assert!(shown.body.contains("Wie helpt de heg knippen?"));
        assert!(!shown.body.contains("?bewerk="), "others only read it");
    }
    let id = address.trim_start_matches("/berichten/");
    let edit = [("id", id), ("part", "titel"), ("edit[version]", "1"), ("edit[title]", "De heg is geknipt")];
    let saved = author.post("/api/posts/edit", &edit).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
    for browser in [&mut author, &mut reader] {
        let shown = browser.get(&address).await;
        assert!(shown.body.contains("De heg is geknipt"), "{address}");
        assert!(!shown.body.contains("Wie helpt de heg knippen?"));
    }
    author.post("/api/posts/remove", &[("id", id)]).await;
    assert_eq!(reader.get(&address).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_write_here_leaves_the_pages_of_other_communities_in_memory() {
    let site = Site::demo().await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.browser(VEENZICHT).get("/").await;
    publish(&mut writer, "Alleen voor Rietvoorde").await;
    let after = site.browser(VEENZICHT).get("/").await;
    assert_eq!(before.nonce(), after.nonce());
    assert!(!after.body.contains("Alleen voor Rietvoorde"));
}

#[tokio::test]
async fn a_browser_that_has_the_page_gets_a_short_answer_until_somebody_writes() {
    let site = Site::demo().await;
    let mut writer = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut browser = site.browser(RIETVOORDE);
    let page = browser.get("/").await;
    let known = [("if-none-match", page.header("etag").to_owned())];
    let same = browser.send(Method::GET, "/", &known, Body::empty()).await;
    assert_eq!((same.status, same.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(same.nonce(), page.nonce(), "the browser keeps the page, so the policy must fit it");
    publish(&mut writer, "Er is iets nieuws").await;
    let changed = browser.send(Method::GET, "/", &known, Body::empty()).await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn made_up_addresses_do_not_fill_the_memory() {
    let site = Site::demo().await;
    let one = site.browser(RIETVOORDE).get("/berichten?x=1").await;
    let other = site.browser(RIETVOORDE).get("/berichten?x=1").await;
    assert_ne!(one.nonce(), other.nonce(), "made anew each time");
}

async fn two_processes(database: &Arc<Database>) {
    let clock = TestClock::at(crate::common::NOW);
    let a = Site::with_clock(database, "", Arc::clone(&clock)).await;
    let b = Site::with_clock(database, "", Arc::clone(&clock)).await;

    // A session that was made on one is known to the other, and gone there when ended here.
    let mut on_a = a.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut on_b = b.browser(RIETVOORDE);
    on_b.cookies.clone_from(&on_a.cookies);
    assert_eq!(on_b.get("/account").await.status, StatusCode::OK);

    // A page that A keeps in memory is fresh after a write on B.
    let kept = a.browser(RIETVOORDE).get("/").await;
    assert_eq!(kept.nonce(), a.browser(RIETVOORDE).get("/").await.nonce());
    for round in 0..5 {
        let title = format!("Geschreven op de ander, nummer {round}");
        publish(&mut on_b, &title).await;
        let fresh = a.browser(RIETVOORDE).get("/").await;
        assert!(fresh.body.contains(&title), "round {round}");
    }

    let out = on_a.post("/api/account/sign-out", &[]).await;
    assert!(out.location().contains("afgemeld"), "{out:?}");
    let refused = on_b.post("/api/posts/create", &[("draft[title]", "Te laat"), ("draft[body]", "x")]).await;
    assert!(!refused.location().contains("geplaatst"), "{refused:?}");

    // A limit counts what happens on both.
    let mut sent = 0;
    for (turn, site) in [&a, &b].into_iter().cycle().take(12).enumerate() {
        let mut browser = site.browser(RIETVOORDE);
        let answer = browser.post("/api/sign-in/ask", &[("email", "joris@example.org")]).await;
        let accepted = answer.location().starts_with("/aanmelden/code");
        assert!(accepted || turn >= 5, "turn {turn}: {answer:?}");
        sent += i64::from(accepted);
    }
    assert_eq!(sent, domain::limits::MAILS_PER_ADDRESS.times);

    // Periodic work is done by one of them.
    let claims = [&a, &b, &a, &b].map(|site| {
        let (store, clock) = (site.store.clone(), Arc::clone(&clock));
        tokio::spawn(async move {
            let now = domain::clock::Clock::now(clock.as_ref());
            store.claim_periodic("test", now, Span::hours(1)).await.expect("a database")
        })
    });
    let mut claimed = 0;
    for claim in claims {
        claimed += u32::from(claim.await.expect("an answer"));
    }
    assert_eq!(claimed, 1);
    clock.advance(Span::hours(1));
    let now = domain::clock::Clock::now(clock.as_ref());
    assert!(b.store.claim_periodic("test", now, Span::hours(1)).await.expect("a database"));
    assert!(!a.store.claim_periodic("test", now, Span::hours(1)).await.expect("a database"));
}

#[tokio::test]
async fn two_processes_on_one_sqlite_file_behave_as_one() {
    two_processes(&Database::demo()).await;
}

#[tokio::test]
async fn two_processes_on_one_postgresql_behave_as_one() {
    let Some(database) = Database::demo_on_postgres().await else { return };
    two_processes(&database).await;
}
