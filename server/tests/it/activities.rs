//! Activities: the agenda, one and all of their times, other calendars, and who may change what. Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site, VEENZICHT};

/// 1 December 2026 is a Tuesday, some days after the demo was made.
const FIRST: &str = "2026-12-01";

/// The fields of a form: every Tuesday from ten to twelve.
fn weekly() -> Vec<(&'static str, &'static str)> {
    vec![
        ("draft[title]", "Breien & <haken>"),
        ("draft[body]", "Neem je **eigen** wol mee."),
        ("draft[place]", "Zaal 3"),
        ("draft[areas][]", "lindenhoek"),
        ("draft[when][day]", FIRST),
        ("draft[when][from]", "10:00"),
        ("draft[when][to]", "12:00"),
        ("draft[when][repeat]", "weekly"),
    ]
}

pub fn with(fields: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut all = weekly();
    for (name, value) in fields {
        all.retain(|(other, _)| other != name);
        all.push((name, value));
    }
    all
}

pub fn path(answer: &Answer) -> String {
    let path = answer.location().split('?').next().unwrap_or_default().to_owned();
    assert!(answer.location().contains("melding="), "{answer:?}");
    path
}

pub fn id(path: &str) -> &str {
    path.trim_start_matches("/activiteiten/")
}

/// Fatma puts it in the agenda; gives its address.
pub async fn planned(site: &Site) -> (Browser, String) {
    planned_as(site, &weekly()).await
}

/// The same with other fields.
pub async fn planned_as(site: &Site, fields: &[(&str, &str)]) -> (Browser, String) {
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let answer = fatma.post("/api/activities/create", fields).await;
    let path = path(&answer);
    assert!(path.starts_with("/activiteiten/"), "{answer:?}");
    (fatma, path)
}

pub async fn page(site: &Site, path: &str) -> String {
    let answer = site.browser(RIETVOORDE).get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
    answer.body
}

/// Where a refused form leads back to, with the page there.
async fn refused(browser: &mut Browser, answer: &Answer) -> String {
    let back = answer.location().split('#').next().unwrap_or_default().to_owned();
    assert!(back.contains("flash="), "{answer:?}");
    browser.get(&back).await.body
}

#[tokio::test]
async fn a_neighbour_finds_what_comes_back_every_week() {
    let site = Site::demo().await;
    let (_, path) = planned(&site).await;
    let shown = page(&site, &path).await;
    for part in [
        "Breien &amp; &lt;haken&gt;",
        "elke dinsdag van 10.00 tot 12.00 uur",
        "<strong>eigen</strong> wol",
        "Zaal 3",
        "gratis",
        "dinsdag 8 december",
        "application/ld+json",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    assert!(!shown.contains("<haken>"));
    for address in [
        "/agenda?weergave=dag&dag=2026-12-08",
        "/agenda?weergave=week&dag=2026-12-13",
        "/agenda?weergave=maand&dag=2027-03-01",
        "/agenda?dag=2028-01-01",
        "/agenda?weergave=dag&dag=2026-12-08&gebied=lindenhoek&gratis=ja",
    ] {
        assert!(page(&site, address).await.contains("Breien &amp; &lt;haken&gt;"), "{address}");
    }
    for address in [
        "/agenda?weergave=dag&dag=2026-12-09",
        "/agenda?weergave=dag&dag=2026-11-24",
        "/agenda?weergave=dag&dag=2026-12-08&gebied=oosterkamp",
        "/agenda?weergave=dag&dag=2026-12-08&rolstoel=ja",
    ] {
        assert!(!page(&site, address).await.contains("Breien"), "{address}");
    }
}

#[tokio::test]
async fn home_says_what_is_on_today_and_tomorrow_and_never_what_was() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    assert!(!fatma.get("/").await.body.contains("Breien"));
    // That morning.
    site.clock.advance(Span::hours(8 * 24 + 18));
    let home = page(&site, "/").await;
    assert!(home.contains("Vandaag en morgen") && home.contains("Breien"), "{home}");
    let fields = [("id", id(&path)), ("version", "1"), ("at", "2026-12-01T10:00"), ("cancelled", "true")];
    let mut fatma = {
        fatma.cookies = site.signed_in(RIETVOORDE, "fatma@example.org").await.cookies;
        fatma
    };
    fatma.post("/api/activities/cancel", &fields).await;
    assert!(!page(&site, "/").await.contains("Breien"), "what is cancelled is not on home");
}

#[tokio::test]
async fn one_time_can_be_moved_and_cancelled_and_the_others_stay() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let form = fatma.get(&format!("{path}/bewerken?keer=2026-12-08T10:00")).await.body;
    for part in ["Alleen deze keer", "Deze en alle volgende keren", "Alle keren"] {
        assert!(form.contains(part), "{part}");
    }
    let fields = [
        ("id", id(&path)),
        ("version", "1"),
        ("at", "2026-12-08T10:00"),
        ("time[day]", "2026-12-09"),
        ("time[from]", "14:00"),
        ("time[to]", "15:00"),
        ("time[place]", "De bibliotheek"),
        ("time[note]", "Met taart"),
    ];
    let moved = fatma.post("/api/activities/time", &fields).await;
    assert!(moved.location().contains("melding=bewaard"), "{moved:?}");
    let wednesday = page(&site, "/agenda?weergave=dag&dag=2026-12-09").await;
    for part in ["Breien", "14.00", "De bibliotheek", "Met taart", "andere tijd"] {
        assert!(wednesday.contains(part), "{part}");
    }
    assert!(!page(&site, "/agenda?weergave=dag&dag=2026-12-08").await.contains("Breien"));
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-15").await.contains("Breien"));

    let cancel = [("id", id(&path)), ("version", "2"), ("at", "2026-12-15T10:00"), ("cancelled", "true")];
    assert!(fatma.post("/api/activities/cancel", &cancel).await.location().contains("melding=bewaard"));
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-15").await.contains("gaat niet door"));
    // Made on a version that is not the newest: nothing changes, and the page says so.
    let again = fatma.post("/api/activities/cancel", &cancel).await;
    assert!(again.location().contains("flash="), "{again:?}");

    let ics = page(&site, &format!("{path}/agenda.ics")).await;
    for part in [
        "RRULE:FREQ=WEEKLY;BYDAY=TU\r\n",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261208T100000\r\n",
        "DTSTART;TZID=Europe/Amsterdam:20261209T140000\r\n",
        "STATUS:CANCELLED\r\n",
        "BEGIN:VTIMEZONE\r\n",
        "SUMMARY:Breien & <haken>\r\n",
    ] {
        assert!(ics.contains(part), "{part} in {ics}");
    }
    let one = page(&site, &format!("{path}/agenda.ics?keer=2026-12-22T10:00")).await;
    assert!(one.contains("20261222T100000") && !one.contains("RRULE:FREQ=WEEKLY"), "{one}");
}

#[tokio::test]
async fn from_one_time_on_it_can_be_different_and_before_it_stays() {
    let site = Site::demo().await;
    let (mut fatma, first) = planned(&site).await;
    let form = fatma.get(&format!("{first}/bewerken?wat=vanaf&keer=2026-12-15T10:00")).await.body;
    assert!(form.contains("Vanaf dinsdag 15 december verandert alles"), "{form}");
    assert!(form.contains("value=\"2026-12-15\""));
    let mut fields = with(&[
        ("draft[title]", "Breien bij Loes"),
        ("draft[when][day]", "2026-12-17"),
        ("draft[when][from]", "19:00"),
        ("draft[when][to]", "21:00"),
    ]);
    fields.extend([("id", id(&first)), ("version", "1"), ("scope", "vanaf"), ("at", "2026-12-15T10:00")]);
    let second = path(&fatma.post("/api/activities/save", &fields).await);
    assert_ne!(first, second);
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-08").await.contains("Breien &amp; &lt;haken&gt;"));
    assert!(!page(&site, "/agenda?weergave=dag&dag=2026-12-15").await.contains("Breien"));
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-24").await.contains("Breien bij Loes"));
    assert!(page(&site, &first).await.contains(&format!("href=\"{second}\"")), "the old one leads on");
}

#[tokio::test]
async fn all_times_change_together_and_what_was_particular_stays_on_its_day() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let cancel = [("id", id(&path)), ("version", "1"), ("at", "2026-12-08T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &cancel).await;
    let mut fields = with(&[("draft[when][from]", "11:00"), ("draft[when][every]", "1")]);
    fields.extend([("id", id(&path)), ("version", "2"), ("scope", "alles"), ("at", "")]);
    let saved = fatma.post("/api/activities/save", &fields).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
    let day = page(&site, "/agenda?weergave=dag&dag=2026-12-08").await;
    assert!(day.contains("11.00") && day.contains("gaat niet door"), "{day}");
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-15").await.contains("11.00"));
}

#[tokio::test]
async fn a_form_shows_the_dates_it_would_give_with_the_holidays() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut fields = with(&[
        ("draft[when][day]", "2026-12-11"),
        ("draft[when][every]", "2"),
        ("draft[when][skip][]", "2027-01-08"),
    ]);
    fields.push(("act", "preview"));
    let answer = fatma.post("/api/activities/create", &fields).await;
    let shown = refused(&mut fatma, &answer).await;
    for part in [
        "Om de week op vrijdag van 10.00 tot 12.00 uur",
        "vrijdag 25 december",
        "eerste kerstdag",
        "value=\"2027-01-08\" checked",
        "value=\"Breien &amp; &lt;haken&gt;\"",
    ] {
        assert!(shown.contains(part), "{part}");
    }
    assert!(
        !page(&site, "/agenda?weergave=dag&dag=2026-12-11").await.contains("Breien"),
        "nothing is kept yet"
    );
    fields.pop();
    fatma.post("/api/activities/create", &fields).await;
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-25").await.contains("Breien"));
    assert!(!page(&site, "/agenda?weergave=dag&dag=2027-01-08").await.contains("Breien"));
    assert!(page(&site, "/agenda?weergave=dag&dag=2027-01-22").await.contains("Breien"));
}

#[tokio::test]
async fn what_is_wrong_comes_back_and_nothing_typed_is_lost() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    for (field, value) in [
        ("draft[title]", ""),
        ("draft[when][day]", "morgen"),
        ("draft[when][day]", "2026-02-30"),
        ("draft[when][day]", "99999-01-01"),
        ("draft[when][day]", "2090-01-01"),
        ("draft[when][from]", "25:00"),
        ("draft[when][repeat]", "hourly"),
        ("draft[when][every]", "0"),
        ("draft[when][every]", "99999999999999999999"),
        ("draft[when][until]", "2026-11-30"),
        ("draft[when][skip][]", "nooit"),
        ("draft[online]", "javascript:alert(1)"),
        ("draft[areas][]", "atlantis"),
    ] {
        let answer = fatma.post("/api/activities/create", &with(&[(field, value)])).await;
        let shown = refused(&mut fatma, &answer).await;
        assert!(shown.contains("utrecht-form-field-error-message"), "{field}={value}");
        assert!(shown.contains("Neem je **eigen** wol mee."), "{field}={value}");
    }
    // One time, and long ago.
    let past = with(&[("draft[when][repeat]", "once"), ("draft[when][day]", "2026-01-06")]);
    let answer = fatma.post("/api/activities/create", &past).await;
    assert!(refused(&mut fatma, &answer).await.contains("utrecht-form-field-error-message"));
}

#[tokio::test]
async fn a_second_click_is_no_second_activity() {
    let site = Site::demo().await;
    let (mut fatma, first) = planned(&site).await;
    assert_eq!(path(&fatma.post("/api/activities/create", &weekly()).await), first);
}

#[tokio::test]
async fn only_its_organiser_and_connectors_of_its_place_change_it() {
    let site = Site::demo().await;
    let (_, path) = planned(&site).await;
    let fields = [("id", id(&path)), ("version", "1"), ("at", "2026-12-08T10:00"), ("cancelled", "true")];
    let visitor = site.browser(RIETVOORDE).script().post("/api/activities/cancel", &fields).await;
    assert_eq!(visitor.status, StatusCode::UNAUTHORIZED);
    for (host, email, status) in [
        (RIETVOORDE, "joris@example.org", StatusCode::FORBIDDEN),
        (RIETVOORDE, "ingrid@example.org", StatusCode::FORBIDDEN),
        (VEENZICHT, "geert@example.org", StatusCode::NOT_FOUND),
    ] {
        let mut browser = site.signed_in(host, email).await;
        for what in ["cancel", "remove"] {
            let answer = browser.script().post(&format!("/api/activities/{what}"), &fields).await;
            assert_eq!(answer.status, status, "{email} {what}");
        }
        let form = browser.get(&format!("{path}/bewerken")).await;
        assert_eq!(form.status, status, "{email}");
        let mut draft = weekly();
        draft.extend([("id", id(&path)), ("version", "1"), ("scope", "alles")]);
        let answer = browser.script().post("/api/activities/save", &draft).await;
        assert_eq!(answer.status, status, "{email}");
    }
    // A connector of Lindenhoek.
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let answer = aicha.post("/api/activities/cancel", &fields).await;
    assert!(answer.location().contains("melding=bewaard"), "{answer:?}");
    // Where she is none, she cannot put it.
    let mut moved = with(&[("draft[areas][]", "oosterkamp")]);
    moved.extend([("id", id(&path)), ("version", "2"), ("scope", "alles")]);
    let answer = aicha.post("/api/activities/save", &moved).await;
    assert!(answer.location().contains("flash="), "{answer:?}");
    assert_eq!(site.browser(VEENZICHT).get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.browser(VEENZICHT).get(&format!("{path}/agenda.ics")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_taken_away_is_nowhere_and_can_be_put_back() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let calendar = page(&site, "/agenda.ics").await;
    assert!(calendar.contains(id(&path)));
    fatma.post("/api/activities/remove", &[("id", id(&path))]).await;
    assert!(!page(&site, "/agenda?weergave=dag&dag=2026-12-08").await.contains("Breien"));
    assert!(!page(&site, "/agenda.ics").await.contains(id(&path)));
    assert_eq!(site.browser(RIETVOORDE).get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(fatma.get(&format!("{path}/agenda.ics")).await.status, StatusCode::NOT_FOUND);
    let gone = fatma.get(&path).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert!(gone.body.contains("/api/activities/restore"));
    fatma.post("/api/activities/restore", &[("id", id(&path))]).await;
    assert!(page(&site, "/agenda?weergave=dag&dag=2026-12-08").await.contains("Breien"));
}

#[tokio::test]
async fn a_program_that_comes_back_hears_that_nothing_is_new() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let first = browser.get("/agenda.ics?gebied=lindenhoek").await;
    assert_eq!(first.header("content-type"), "text/calendar; charset=utf-8");
    assert!(!first.header("last-modified").is_empty());
    assert!(first.body.matches("BEGIN:VEVENT").count() > 3, "{}", first.body);
    assert!(first.body.split("\r\n").all(|line| line.len() <= 75));
    let asked = [("if-none-match", first.header("etag").to_owned())];
    let again = browser
        .send(axum::http::Method::GET, "/agenda.ics?gebied=lindenhoek", &asked, axum::body::Body::empty())
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    for wrong in ["/agenda.ics?gebied=atlantis", "/agenda?gebied=atlantis", "/agenda?weergave=jaar"] {
        assert_eq!(browser.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    for wrong in ["/agenda?dag=2026-13-01", "/agenda?dag=0001-01-01", "/agenda?dag=9999-12-31"] {
        assert_eq!(browser.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn who_is_new_here_writes_activities_without_links() {
    let site = Site::demo().await;
    let mut nienke = crate::newcomers::newcomer(&site).await;
    for field in
        [("draft[body]", "Kijk op [deze site](https://winkel.example)."), ("draft[online]", "winkel.example")]
    {
        let answer = nienke.post("/api/activities/create", &with(&[field])).await;
        let shown = refused(&mut nienke, &answer).await;
        assert!(shown.contains("utrecht-form-field-error-message"), "{field:?}");
    }
    path(&nienke.post("/api/activities/create", &weekly()).await);
}

#[tokio::test]
async fn pages_of_activities_need_no_more_than_six_queries() {
    let site = Site::with("diagnostics = true").await;
    let (mut fatma, path) = planned(&site).await;
    let edit = format!("{path}/bewerken?wat=alles");
    for address in
        ["/", "/agenda", "/agenda?weergave=maand", "/agenda.ics", &path, &edit, "/activiteiten/nieuw"]
    {
        // Nothing is in memory yet: the clock went on.
        site.clock.advance(Span::minutes(2));
        let answer = fatma.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let queries: u32 = answer.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{address}: {queries}");
    }
}
