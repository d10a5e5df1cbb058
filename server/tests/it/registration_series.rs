//! Registering for a whole series, being reminded before each of its times, and one's own calendar. Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::activities::{id, planned_as, with};
use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
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

#[tokio::test]
async fn who_registered_for_a_whole_series_is_reminded_before_each_time_that_takes_place_when_it_does() {
    let site = Site::demo().await;
    let fields = [
        ("draft[registration][on]", "true"),
        ("draft[registration][whole]", "true"),
        ("draft[when][until]", "2026-12-29"),
    ];
    let (mut fatma, path) = planned_as(&site, &with(&fields)).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    // The second one is called off; the third is two days later.
    let off = [("id", id(&path)), ("version", "1"), ("at", "2026-12-08T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &off).await;
    let moved = [
        ("id", id(&path)),
        ("version", "2"),
        ("at", "2026-12-15T10:00"),
        ("time[day]", "2026-12-17"),
        ("time[from]", "20:00"),
    ];
    fatma.post("/api/activities/time", &moved).await;
    let reminders = async || {
        let mails = mails_to(&site, "joris@example.org").await;
        let mut days: Vec<String> = mails
            .into_iter()
            .filter(|(subject, _)| subject == "Het is bijna zover")
            .filter_map(|(_, text)| text.lines().find(|line| line.starts_with("Wanneer:")).map(str::to_owned))
            .collect();
        days.sort();
        days
    };
    let to = |time: &str| {
        let now = domain::clock::Clock::now(site.clock.as_ref());
        let at = calendar::zone::moment(calendar::local(time).expect("a time"));
        site.clock.advance(Span(at.0 - now.0));
    };
    for (time, told) in [
        ("2026-11-30T12:00", 1),
        ("2026-12-01T09:00", 1),
        ("2026-12-07T12:00", 1),
        // Tuesday is none any more, Thursday evening is.
        ("2026-12-14T12:00", 1),
        ("2026-12-16T19:00", 1),
        ("2026-12-16T21:00", 2),
        ("2026-12-21T12:00", 3),
    ] {
        to(time);
        let (first, second) = (site.keep_registrations().await, site.keep_registrations().await);
        assert_eq!(second.reminded, 0, "{time}: once, and it was {first:?} before");
        assert_eq!(reminders().await.len(), told, "{time}");
    }
    let days = reminders().await.join("\n");
    for part in ["1 december", "17 december", "20.00", "22 december"] {
        assert!(days.contains(part), "{part}: {days}");
    }
    // The last one has another hour, of which nobody is reminded once more.
    let later = [
        ("id", id(&path)),
        ("version", "3"),
        ("at", "2026-12-22T10:00"),
        ("time[day]", "2026-12-22"),
        ("time[from]", "14:00"),
    ];
    fatma.cookies = site.signed_in(RIETVOORDE, "fatma@example.org").await.cookies;
    fatma.post("/api/activities/time", &later).await;
    site.keep_registrations().await;
    assert_eq!(reminders().await.len(), 3);
    // No more of them, from the mail.
    let mails = mails_to(&site, "joris@example.org").await;
    let text = &mails.iter().find(|(subject, _)| subject == "Het is bijna zover").expect("a reminder").1;
    assert!(text.contains("Liever geen herinneringen meer?"), "{text}");
    let own = link(text);
    let mut reader = site.browser(RIETVOORDE);
    let page = reader.get(&own).await.body;
    assert!(page.contains("Stuur geen herinneringen meer"), "looking changes nothing: {page}");
    let fields = [("activity", id(&path)), ("registration", ""), ("token", token(&own)), ("on", "false")];
    let answer = reader.post("/api/activities/set-reminders", &fields).await;
    assert!(reader.get(answer.location()).await.body.contains("Stuur weer herinneringen"), "{answer:?}");
    to("2026-12-28T12:00");
    site.keep_registrations().await;
    assert_eq!(reminders().await.len(), 3, "they want none");
}

#[tokio::test]
async fn a_member_switches_reminders_of_their_own_registration_off_and_nobody_elses() {
    let site = Site::demo().await;
    let (_, path) = with_room(&site, "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let page = shown(&mut joris, &path, "/inschrijven").await;
    let start = page.find("name=\"registration\" value=\"").expect("a key") + 27;
    let key = page[start..start + 36].to_owned();
    let off = [("activity", id(&path)), ("registration", key.as_str()), ("at", AT), ("on", "false")];
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    let refused = ingrid.script().post("/api/activities/set-reminders", &off).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{refused:?}");
    register(&mut ingrid, &path, &[]).await;
    joris.post("/api/activities/set-reminders", &off).await;
    assert!(shown(&mut joris, &path, "/inschrijven").await.contains("Stuur weer herinneringen"));
    let now = domain::clock::Clock::now(site.clock.as_ref());
    let begins = calendar::zone::moment(calendar::local(AT).expect("a time"));
    site.clock.advance(Span(begins.0 - now.0 - Span::hours(20).0));
    site.keep_registrations().await;
    for (email, told) in [("joris@example.org", 0), ("ingrid@example.org", 1)] {
        let mails = mails_to(&site, email).await;
        let about =
            |(subject, text): &&(String, String)| subject == "Het is bijna zover" && text.contains("Breien");
        assert_eq!(mails.iter().filter(about).count(), told, "{email}");
    }
}
