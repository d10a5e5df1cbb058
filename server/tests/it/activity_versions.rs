//! What an activity was before: who changed what, compared word by word, and brought back.

use axum::http::StatusCode;

use crate::activities::{id, page, planned, with};
use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site};

async fn save(by: &mut Browser, path: &str, version: &str, fields: &[(&'static str, &'static str)]) {
    let mut all: Vec<(&str, &str)> = vec![("id", id(path)), ("version", version), ("scope", "alles")];
    let typed = with(fields);
    all.extend(typed);
    let saved = by.post("/api/activities/save", &all).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
}

/// The page without what Leptos adds.
fn plain(body: &str) -> String {
    body.replace("<!>", "")
}

#[tokio::test]
async fn a_version_is_compared_and_brought_back_as_a_new_one() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    save(&mut aicha, &path, "1", &[("draft[place]", "Zaal 4"), ("draft[when][from]", "11:00")]).await;
    assert!(page(&site, &path).await.contains("Zaal 4"));
    let history = format!("{path}/geschiedenis");
    let shown = plain(&fatma.get(&history).await.body);
    for part in ["veranderde: wanneer, waar", "zette dit in de agenda", "Aïcha", "<del>", "<ins>"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(plain(&fatma.get(&path).await.body).contains(&history), "the page leads there");

    let fields = [("id", id(&path)), ("version", "1"), ("on", "2")];
    let done = fatma.post("/api/activities/restore-version", &fields).await;
    assert!(done.location().contains("melding=bewaard"), "{done:?}");
    let shown = page(&site, &path).await;
    assert!(shown.contains("Zaal 3") && shown.contains("elke dinsdag van 10.00 tot 12.00 uur"), "{shown}");
    let late = fatma.post("/api/activities/restore-version", &fields).await;
    assert!(late.location().contains("flash="), "somebody saved meanwhile: {late:?}");
    let shown = plain(&fatma.get(&format!("{history}?van=2&tot=3")).await.body);
    assert!(shown.contains("Van versie 2 naar versie 3"), "{shown}");
    // Another version, or a word, is none.
    for version in ["9", "x"] {
        let fields = [("id", id(&path)), ("version", version), ("on", "3")];
        let answer = fatma.script().post("/api/activities/restore-version", &fields).await;
        assert!(answer.status.is_client_error(), "{version}: {answer:?}");
    }
}

#[tokio::test]
async fn only_who_may_change_it_reads_what_it_was() {
    let site = Site::demo().await;
    let (_, path) = planned(&site).await;
    let history = format!("{path}/geschiedenis");
    let mut visitor = site.browser(RIETVOORDE);
    let asked = visitor.get(&history).await;
    assert!(!asked.body.contains("zette dit in de agenda"), "{asked:?}");
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    assert_eq!(joris.get(&history).await.status, StatusCode::FORBIDDEN);
    let fields = [("id", id(&path)), ("version", "1"), ("on", "1")];
    let answer = joris.script().post("/api/activities/restore-version", &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!plain(&joris.get(&path).await.body).contains(&history));
}

#[tokio::test]
async fn where_an_activity_goes_on_as_another_its_times_stay_apart() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let mut cut = with(&[("draft[place]", "Zaal 9"), ("draft[when][day]", "2026-12-15")]);
    cut.extend([("version", "1"), ("scope", "vanaf"), ("at", "2026-12-15T10:00")]);
    let key = id(&path).to_owned();
    let mut fields: Vec<(&str, &str)> = vec![("id", &key)];
    fields.extend(cut);
    let saved = fatma.post("/api/activities/save", &fields).await;
    assert!(saved.location().contains("melding=bewaard"), "{saved:?}");
    let fields = [("id", id(&path)), ("version", "1"), ("on", "2")];
    let done = fatma.post("/api/activities/restore-version", &fields).await;
    assert!(done.location().contains("melding=bewaard"), "{done:?}");
    let day = page(&site, "/agenda?weergave=dag&dag=2026-12-22").await;
    assert_eq!(
        plain(&day).matches("Breien &amp; &lt;haken&gt;").count(),
        1,
        "not twice at the same time: {day}"
    );
}
