//! Two people change the same activity at once: both changes survive, or both versions are shown. Without JavaScript.

use axum::http::StatusCode;

use crate::activities::{id, page, planned, with};
use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site};

const BACK: &str = "/samenvoegen?wat=";

/// Saves what is as planned but for these fields.
async fn save(
    by: &mut Browser,
    path: &str,
    (version, scope, at): (&str, &str, &str),
    fields: &[(&'static str, &'static str)],
) -> Answer {
    let mut all: Vec<(&str, &str)> =
        vec![("id", id(path)), ("version", version), ("scope", scope), ("at", at)];
    let typed = with(fields);
    all.extend(typed);
    by.post("/api/activities/save", &all).await
}

async fn all(by: &mut Browser, path: &str, version: &str, fields: &[(&'static str, &'static str)]) -> Answer {
    save(by, path, (version, "alles", ""), fields).await
}

async fn note(by: &mut Browser, path: &str, version: &str, fields: &[(&str, &str)]) -> Answer {
    let mut sent: Vec<(&str, &str)> =
        vec![("id", id(path)), ("version", version), ("at", "2026-12-08T10:00")];
    for usual in [("time[day]", "2026-12-08"), ("time[from]", "10:00"), ("time[to]", "12:00")] {
        if fields.iter().all(|(name, _)| *name != usual.0) {
            sent.push(usual);
        }
    }
    sent.extend(fields);
    by.post("/api/activities/time", &sent).await
}

/// The page with both versions, without what Leptos adds.
async fn asked(by: &mut Browser, answer: &Answer) -> String {
    assert!(answer.location().contains(BACK), "{answer:?}");
    let shown = by.get(answer.location()).await;
    assert_eq!(shown.status, StatusCode::OK, "{shown:?}");
    shown.body.replace("<!>", "")
}

fn saved(answer: &Answer) {
    assert!(answer.location().contains("melding=bewaard"), "{answer:?}");
}

/// Aïcha has a role in the place; Fatma organises it.
async fn two(site: &Site) -> (Browser, Browser, String) {
    let (fatma, path) = planned(site).await;
    (fatma, site.signed_in(RIETVOORDE, "aicha@example.org").await, path)
}

#[tokio::test]
async fn changes_to_different_parts_are_both_kept_without_a_question() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    saved(&all(&mut aicha, &path, "1", &[("draft[place]", "Zaal 4"), ("draft[when][from]", "11:00")]).await);
    saved(&all(&mut fatma, &path, "1", &[("draft[title]", "Wol en draad"), ("draft[cost]", "2 euro")]).await);
    let shown = page(&site, &path).await;
    for part in ["Wol en draad", "2 euro", "Zaal 4", "van 11.00 tot 12.00 uur"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    // What they both made the same is no question either.
    saved(&all(&mut aicha, &path, "3", &[("draft[title]", "Wol"), ("draft[place]", "Zaal 4")]).await);
    saved(&all(&mut fatma, &path, "3", &[("draft[title]", "Wol"), ("draft[place]", "Zaal 4")]).await);
}

#[tokio::test]
async fn who_changed_the_same_sees_both_versions_and_chooses_for_each_part() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    let theirs = [("draft[title]", "Haken"), ("draft[body]", "Neem garen mee."), ("draft[cost]", "3 euro")];
    saved(&all(&mut aicha, &path, "1", &theirs).await);
    let mine = [("draft[title]", "Breien"), ("draft[body]", "Neem wol mee."), ("draft[place]", "Zaal 5")];
    let answer = all(&mut fatma, &path, "1", &mine).await;
    let shown = asked(&mut fatma, &answer).await;
    for part in [
        "Iemand anders was je net voor",
        "Aïcha",
        "Haken",
        "Breien",
        "<ins>wol</ins>",
        "<del>garen</del>",
        "Zaal 5",
        "3 euro",
        "Jij veranderde dit niet.",
        "name=\"pick[title]\"",
        "name=\"pick[cost]\"",
        "name=\"version\" value=\"2\"",
        "Al het andere is in beide versies gelijk",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("name=\"pick[online]\""), "what is the same is not asked: {shown}");
    // Every field of the form is there, so that nothing is emptied.
    for field in
        ["draft[online]", "draft[topic]", "draft[when][day]", "draft[registration][capacity]", "draft[scene]"]
    {
        assert_eq!(shown.matches(&format!("name=\"{field}\"")).count(), 1, "{field}");
    }
    let chosen = [
        ("draft[title]", "Breien"),
        ("draft[body]", "Neem wol of garen mee."),
        ("draft[place]", "Zaal 5"),
        ("pick[title]", "theirs"),
        ("pick[body]", "mine"),
        ("pick[place]", "mine"),
        ("pick[cost]", "theirs"),
    ];
    saved(&all(&mut fatma, &path, "2", &chosen).await);
    let shown = page(&site, &path).await;
    for part in ["Haken", "Neem wol of garen mee.", "Zaal 5", "3 euro"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[tokio::test]
async fn a_third_editor_during_the_combining_is_asked_about_too() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    saved(&all(&mut aicha, &path, "1", &[("draft[title]", "Haken")]).await);
    let first = all(&mut fatma, &path, "1", &[("draft[title]", "Breien")]).await;
    asked(&mut fatma, &first).await;
    saved(&all(&mut aicha, &path, "2", &[("draft[title]", "Punniken")]).await);
    let again =
        all(&mut fatma, &path, "2", &[("draft[title]", "Breien en haken"), ("pick[title]", "mine")]).await;
    let shown = asked(&mut fatma, &again).await;
    assert!(shown.contains("Punniken") && shown.contains("Breien en haken"), "{shown}");
    saved(
        &all(&mut fatma, &path, "3", &[("draft[title]", "Breien en haken"), ("pick[title]", "mine")]).await,
    );
}

#[tokio::test]
async fn looking_at_the_dates_or_a_mistake_does_not_forget_on_which_version_it_was_typed() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    saved(&all(&mut aicha, &path, "1", &[("draft[title]", "Haken")]).await);
    for fields in [
        [("draft[title]", "Breien"), ("act", "preview")],
        [("draft[title]", "Breien"), ("draft[online]", "geen adres")],
    ] {
        let answer = all(&mut fatma, &path, "1", &fields).await;
        let back = answer.location().split('#').next().unwrap_or_default().to_owned();
        let form = fatma.get(&back).await.body;
        assert!(form.contains("name=\"version\" value=\"1\"") && form.contains("Breien"), "{form}");
    }
}

#[tokio::test]
async fn one_time_that_two_people_changed_is_combined_or_asked_about() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    saved(&note(&mut aicha, &path, "1", &[("time[place]", "Buiten")]).await);
    saved(&note(&mut fatma, &path, "1", &[("time[note]", "Met taart")]).await);
    let time = format!("{path}?keer=2026-12-08T10:00");
    let shown = page(&site, &time).await;
    assert!(shown.contains("Buiten") && shown.contains("Met taart"), "{shown}");

    let on = [("time[place]", "Buiten"), ("time[note]", "Met koek")];
    saved(&note(&mut aicha, &path, "3", &on).await);
    let mine = [("time[place]", "Buiten"), ("time[note]", "Met soep"), ("time[from]", "10:30")];
    let answer = note(&mut fatma, &path, "3", &mine).await;
    let shown = asked(&mut fatma, &answer).await;
    for part in ["Met koek", "Met soep", "name=\"pick[note]\"", "name=\"pick[when]\"", "10.30"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let mut chosen = mine.to_vec();
    chosen.extend([("pick[note]", "theirs"), ("pick[when]", "mine")]);
    saved(&note(&mut fatma, &path, "4", &chosen).await);
    let shown = page(&site, &time).await;
    assert!(shown.contains("Met koek") && shown.contains("10.30"), "{shown}");
}

#[tokio::test]
async fn from_a_time_on_is_asked_of_the_part_that_has_the_time_now() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    let cut = [("draft[when][day]", "2026-12-15"), ("draft[place]", "Zaal 9")];
    let answer = save(&mut aicha, &path, ("1", "vanaf", "2026-12-15T10:00"), &cut).await;
    saved(&answer);
    let later = answer.location().split('?').next().expect("a path").to_owned();
    assert_ne!(later, path);
    let typed = [("draft[when][day]", "2026-12-22"), ("draft[title]", "Kerstbreien")];
    let answer = save(&mut fatma, &path, ("1", "vanaf", "2026-12-22T10:00"), &typed).await;
    let shown = asked(&mut fatma, &answer).await;
    assert!(shown.contains(&format!("name=\"id\" value=\"{}\"", id(&later))), "{shown}");
    assert!(shown.contains("value=\"2026-12-22T10:00\"") && shown.contains("Kerstbreien"), "{shown}");
    let mut chosen = typed.to_vec();
    chosen.extend([("pick[place]", "theirs"), ("pick[title]", "mine")]);
    saved(&save(&mut fatma, &later, ("1", "vanaf", "2026-12-22T10:00"), &chosen).await);
    let day = page(&site, "/agenda?weergave=dag&dag=2026-12-22").await;
    assert!(day.contains("Kerstbreien") && day.contains("Zaal 9"), "{day}");
    assert_eq!(
        day.matches("agenda-item__title").count(),
        page(&site, "/agenda?weergave=dag&dag=2026-12-29").await.matches("agenda-item__title").count(),
        "not twice"
    );
}

#[tokio::test]
async fn a_time_that_is_none_any_more_can_be_chosen_anew() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    // On Wednesdays from now on.
    let moved = [("draft[when][day]", "2026-12-02")];
    saved(&all(&mut aicha, &path, "1", &moved).await);
    let answer = note(&mut fatma, &path, "1", &[("time[note]", "Met taart")]).await;
    let shown = asked(&mut fatma, &answer).await;
    assert!(shown.contains("De keer die je wilde veranderen is er niet meer"), "{shown}");
    assert!(shown.contains("value=\"2026-12-09T10:00\"") && shown.contains("Met taart"), "{shown}");
    let typed = [("draft[when][day]", "2026-12-08"), ("draft[title]", "Breien met taart")];
    let answer = save(&mut fatma, &path, ("1", "vanaf", "2026-12-08T10:00"), &typed).await;
    let shown = asked(&mut fatma, &answer).await;
    assert!(shown.contains("Breien met taart") && shown.contains("id=\"welke-keer\""), "{shown}");
}

#[tokio::test]
async fn only_who_may_change_it_and_typed_it_sees_both_versions() {
    let site = Site::demo().await;
    let (mut fatma, mut aicha, path) = two(&site).await;
    saved(&all(&mut aicha, &path, "1", &[("draft[title]", "Haken")]).await);
    let answer = all(&mut fatma, &path, "1", &[("draft[title]", "Breien")]).await;
    let address = answer.location().to_owned();
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    for other in [&mut aicha, &mut joris] {
        let shown = other.get(&address).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "what somebody typed is theirs: {shown:?}");
    }
    let taken = all(&mut joris, &path, "1", &[("draft[title]", "Van mij"), ("pick[title]", "theirs")]).await;
    assert!(!taken.location().contains("melding=bewaard"), "{taken:?}");
    assert!(page(&site, &path).await.contains("Haken"));
}
