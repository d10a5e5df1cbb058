//! Registering for a whole series, and one's own calendar. Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::activities::{id, planned_as, with};
use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site};
use crate::moderation::{mail, mails_to};
use crate::registration::{AT, link, register, shown, token, with_room};

#[tokio::test]
async fn who_registers_for_a_whole_series_is_on_one_list() {
    let site = Site::demo().await;
    let fields = [
        ("draft[registration][on]", "true"),
        ("draft[registration][capacity]", "1"),
        ("draft[registration][whole]", "true"),
        ("draft[when][until]", "2026-12-22"),
    ];
    let (mut fatma, path) = planned_as(&site, &with(&fields)).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let other = joris.get(&format!("{path}?keer=2026-12-15T10:00")).await.body;
    assert!(other.contains("Je bent ingeschreven.") && other.contains("alle keren samen"), "{other}");
    // One of them does not take place: they are told, and stay on the list.
    let fields = [("id", id(&path)), ("version", "1"), ("at", "2026-12-15T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &fields).await;
    assert!(mail(&site, "joris@example.org", "Het gaat niet door").await.contains("15 december"));
    assert!(shown(&mut joris, &path, "").await.contains("Je bent ingeschreven."));
}

#[tokio::test]
async fn the_day_before_everybody_who_comes_is_reminded_once() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "1").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    register(&mut joris, &path, &[]).await;
    register(&mut ingrid, &path, &[]).await;
    site.keep_registrations().await;
    assert!(mails_to(&site, "joris@example.org").await.iter().all(|(one, _)| one != "Het is bijna zover"));
    let now = domain::clock::Clock::now(site.clock.as_ref());
    let begins = calendar::zone::moment(calendar::local(AT).expect("a time"));
    site.clock.advance(Span(begins.0 - now.0 - Span::hours(20).0));
    assert!(site.keep_registrations().await.reminded > 0);
    assert_eq!(site.keep_registrations().await.reminded, 0, "once");
    let reminders = async |email: &str| {
        let mails = mails_to(&site, email).await;
        mails
            .iter()
            .filter(|(subject, text)| subject == "Het is bijna zover" && text.contains("Breien"))
            .count()
    };
    assert_eq!(reminders("joris@example.org").await, 1);
    assert_eq!(reminders("ingrid@example.org").await, 0, "who waits is not");
}

#[tokio::test]
async fn ones_own_calendar_has_a_secret_address_that_can_be_changed_and_taken_away() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let own = joris.get("/account/agenda").await.body;
    assert!(own.contains("Breien &amp; &lt;haken&gt;") && own.contains("Maak een geheim adres"), "{own}");
    let made = async |joris: &mut Browser| {
        let done = joris.post("/api/activities/new-calendar", &[]).await;
        let page = joris.get(done.location().split('#').next().unwrap_or_default()).await.body;
        let start = page.find("/mijn-agenda/").unwrap_or_else(|| panic!("no address in {page}"));
        page[start..].split(['"', '<']).next().unwrap_or_default().to_owned()
    };
    let first = made(&mut joris).await;
    let mut phone = site.browser(RIETVOORDE);
    let calendar = phone.get(&first).await;
    assert!(calendar.body.contains("SUMMARY:Breien & <haken>"), "{calendar:?}");
    assert_eq!(calendar.header("cache-control"), "private, no-store");
    // It says nothing to another community, and is not shown again.
    assert_eq!(site.browser(VEENZICHT).get(&first).await.status, StatusCode::NOT_FOUND);
    assert!(!joris.get("/account/agenda").await.body.contains("/mijn-agenda/"));
    let second = made(&mut joris).await;
    assert_eq!(phone.get(&first).await.status, StatusCode::NOT_FOUND, "the old one is over");
    assert_eq!(phone.get(&second).await.status, StatusCode::OK);
    joris.post("/api/activities/end-calendar", &[]).await;
    assert_eq!(phone.get(&second).await.status, StatusCode::NOT_FOUND);
}
