//! From a notice about an activity to the end of an appeal, through the pages and the mails.

use axum::http::StatusCode;
use domain::moderation::{CaseStatus, Subject};
use store::moderation::CaseRecord;

use crate::activities::{id, page, planned, with};
use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{decide, mail, mails_to, report};

pub async fn case_of(site: &Site, path: &str) -> CaseRecord {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let subject = Subject::Activity(id(path).parse().expect("a key"));
    tenant.case_of(&subject).await.expect("a database").expect("a case")
}

/// Saves the activity again with these fields instead, at this version.
async fn change(by: &mut Browser, path: &str, version: &str, fields: &[(&'static str, &'static str)]) {
    let mut typed = with(fields);
    let key = id(path).to_owned();
    typed.push(("scope", "alles"));
    let mut all: Vec<(&str, &str)> = vec![("id", &key), ("version", version)];
    all.extend(typed);
    let saved = by.post("/api/activities/save", &all).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
}

const AGENDA: &str = "/agenda?weergave=dag&dag=2026-12-08";

#[tokio::test]
async fn a_notice_about_an_activity_leads_from_a_question_to_its_change() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let form = site.browser(RIETVOORDE).get(&format!("/melden?over={path}")).await;
    assert!(form.body.contains("Breien &amp; &lt;haken&gt;") && form.body.contains("Een activiteit"));
    let given = report(&site, &path).await;
    assert!(given.location().starts_with(&format!("{path}?melding=gemeld&volg=")), "{given:?}");

    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let queue = willem.get("/beheer/meldingen").await.body;
    assert!(queue.contains("Breien &amp; &lt;haken&gt;") && queue.contains("Een activiteit"), "{queue}");
    let case = case_of(&site, &path).await;
    let file = willem.get(&format!("/beheer/meldingen/{}", case.id)).await.body;
    for part in
        ["Neem je **eigen** wol mee.", "elke dinsdag van 10.00 tot 12.00 uur", "Zaal 3", path.as_str()]
    {
        assert!(file.contains(part), "{part}: {file}");
    }
    assert!(!file.contains("value=\"hide\""), "it stays, or it goes");
    let hidden = decide(&mut willem, &case, "hide", "").await;
    assert!(hidden.location().contains("flash="), "{hidden:?}");

    decide(&mut willem, &case, "ask", "7").await;
    let asked = mail(&site, "fatma@example.org", "Kun je je activiteit aanpassen?").await;
    assert!(asked.contains(&format!("{path}/bewerken")), "{asked}");
    let own = fatma.get(&path).await.body;
    assert!(
        own.contains("Er staat een telefoonnummer in.") && own.contains("Pas mijn activiteit aan"),
        "{own}"
    );
    assert!(!page(&site, &path).await.contains("Er staat een telefoonnummer in."), "for her alone");

    change(&mut fatma, &path, "1", &[("draft[place]", "Zaal 4")]).await;
    let changed = case_of(&site, &path).await;
    assert_eq!((changed.status, changed.changed_at.is_some()), (CaseStatus::Open, true));
    let file = willem.get(&format!("/beheer/meldingen/{}", case.id)).await.body;
    assert!(file.contains("<ins>4") || file.contains("<ins>Zaal 4"), "what changed, word by word: {file}");
    decide(&mut willem, &changed, "no_action", "").await;
    mail(&site, "fatma@example.org", "Je activiteit is in orde").await;
    mail(&site, "melder@example.org", "We hebben je melding bekeken").await;
    assert!(page(&site, AGENDA).await.contains("Breien"));
}

#[tokio::test]
async fn one_time_that_is_changed_is_a_change_too() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    decide(&mut willem, &case_of(&site, &path).await, "ask", "7").await;
    let fields = [("id", id(&path)), ("version", "1"), ("at", "2026-12-08T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &fields).await;
    assert_eq!(case_of(&site, &path).await.status, CaseStatus::Open);
}

#[tokio::test]
async fn an_activity_that_is_removed_comes_with_reasons_and_back_when_an_objection_is_right() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let case = case_of(&site, &path).await;
    decide(&mut willem, &case, "remove", "").await;
    for address in [path.clone(), format!("{path}/poster"), format!("{path}/agenda.ics")] {
        assert_eq!(site.browser(RIETVOORDE).get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert!(!page(&site, AGENDA).await.contains("Breien"));
    let reasons = mail(&site, "fatma@example.org", "We hebben je activiteit weggehaald").await;
    let own = format!("/account/bezwaar/{}", case.id);
    for part in ["Denk aan de ander", "Er staat een telefoonnummer in.", "binnen zes maanden", own.as_str()] {
        assert!(reasons.contains(part), "{part}: {reasons}");
    }
    // Who organises it cannot get around that.
    let before = site.traces().await;
    for what in ["restore", "remove"] {
        let answer = fatma.script().post(&format!("/api/activities/{what}"), &[("id", id(&path))]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}: {answer:?}");
    }
    assert_eq!(site.traces().await, before);
    // Moderators read why.
    let seen = willem.get(&path).await;
    assert_eq!(seen.status, StatusCode::GONE);
    assert!(seen.body.contains(&format!("/beheer/meldingen/{}", case.id)), "{}", seen.body);

    let shown = fatma.get(&own).await;
    assert!(shown.body.contains("Verstuur bezwaar") && shown.body.contains("Zaal 3"), "{}", shown.body);
    let key = case.id.to_string();
    let object = [("id", key.as_str()), ("appeal[message]", "Het is mijn eigen nummer.")];
    fatma.post("/api/moderation/appeal", &object).await;
    let version = case_of(&site, &path).await.version.to_string();
    let reply = [
        ("id", key.as_str()),
        ("reply[version]", version.as_str()),
        ("reply[outcome]", "overturned"),
        ("reply[reasons]", "Je eigen nummer mag."),
    ];
    let same = willem.script().post("/api/moderation/answer", &reply).await;
    assert_eq!(same.status, StatusCode::FORBIDDEN, "not who decided first");
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    aicha.post("/api/moderation/answer", &reply).await;
    assert!(page(&site, AGENDA).await.contains("Breien"));
    assert!(page(&site, &path).await.contains("Zaal 3"));
    let text = mail(&site, "fatma@example.org", "Er is besloten over je bezwaar").await;
    assert!(text.contains("Je krijgt gelijk"), "{text}");
}

#[tokio::test]
async fn a_connector_takes_no_activity_of_others_away_without_reasons() {
    let site = Site::demo().await;
    let (_, path) = planned(&site).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let before = site.traces().await;
    let bare = willem.script().post("/api/activities/remove", &[("id", id(&path))]).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    assert_eq!(site.traces().await, before);
    let shown = willem.get(&path).await.body;
    assert!(shown.contains("Modereer") && !shown.contains("/api/activities/remove"), "{shown}");
    let fields = [("id", id(&path)), ("activity", "true")];
    let begun = willem.post("/api/moderation/begin", &fields).await;
    let case = case_of(&site, &path).await;
    assert_eq!(begun.location(), format!("/beheer/meldingen/{}", case.id));
    decide(&mut willem, &case, "remove", "").await;
    mail(&site, "fatma@example.org", "We hebben je activiteit weggehaald").await;
    assert!(mails_to(&site, "melder@example.org").await.is_empty());
}

#[tokio::test]
async fn only_connectors_of_the_place_begin_a_case_about_an_activity() {
    let site = Site::demo().await;
    let (fatma, path) = planned(&site).await;
    let fields = [("id", id(&path)), ("activity", "true")];
    let own = fatma.script().post("/api/moderation/begin", &fields).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN, "not about what is her own: {own:?}");
    for (host, email, status) in [
        (RIETVOORDE, "joris@example.org", StatusCode::FORBIDDEN),
        (RIETVOORDE, "ingrid@example.org", StatusCode::FORBIDDEN),
        (VEENZICHT, "geert@example.org", StatusCode::NOT_FOUND),
    ] {
        let browser = site.signed_in(host, email).await;
        let before = site.traces().await;
        let answer = browser.script().post("/api/moderation/begin", &fields).await;
        assert_eq!(answer.status, status, "{email}: {answer:?}");
        assert_eq!(site.traces().await, before, "{email}");
    }
    // What is not there, or is somebody else's, is an address like any other.
    let elsewhere = [("report[address]", path.as_str()), ("report[message]", "Dit klopt niet helemaal.")];
    site.browser(VEENZICHT).post("/api/reports/give", &elsewhere).await;
    let there = site.store.on(site.platform(VEENZICHT).await);
    let subject = Subject::Activity(id(&path).parse().expect("a key"));
    assert!(there.case_of(&subject).await.expect("a database").is_none());
}
