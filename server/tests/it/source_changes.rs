//! Changing a calendar of others: its name, where it belongs, how often it is read, and where. Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;
use service::sources::{Outcome, run};

use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site};
use crate::sources::{Elsewhere, activity, at_address, calendar, event, in_file, month, path, send};

async fn save(by: &mut Browser, page: &str, edition: &str, fields: &[(&str, &str)]) -> Answer {
    let id = page.trim_start_matches("/agenda/bronnen/");
    let mut all = vec![("id", id), ("edition", edition)];
    all.extend(fields);
    by.post("/api/sources/save", &all).await
}

fn saved(answer: &Answer) {
    assert!(answer.location().ends_with("?gedaan=anders"), "{answer:?}");
}

async fn back(by: &mut Browser, answer: &Answer) -> String {
    let (path, _) = answer.location().split_once('#').unwrap_or_default();
    assert!(path.contains("/bewerken?flash="), "{answer:?}");
    by.get(path).await.body.replace("<!>", "")
}

#[tokio::test]
async fn another_name_and_place_go_along_with_what_is_in_the_agenda() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond")])).await;
    let site = Site::with(&there.settings()).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let page = path(&send(&mut willem, &at_address(&there.url(), "lindenhoek")).await);
    let address = activity(&site, "Schaakavond").await;
    let form = willem.get(&format!("{page}/bewerken")).await.body;
    for part in ["value=\"Dorpshuis De Linde\"", "name=\"edition\" value=\"1\"", "Vraag het na", "elke dag"] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let url = there.url();
    let fields = [
        ("draft[name]", "De Linde"),
        ("draft[address]", url.as_str()),
        ("draft[areas][]", "oosterkamp"),
        ("draft[cost]", "3 euro"),
        ("draft[rhythm]", "weekly"),
    ];
    saved(&save(&mut willem, &page, "1", &fields).await);
    let shown = willem.get(&page).await.body;
    for part in ["De Linde", "Oosterkamp", "elke week", "3 euro"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let shown = site.browser(RIETVOORDE).get(&address).await.body;
    for part in ["uit de agenda van De Linde", "Oosterkamp", "3 euro"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(there.times_asked(), 1, "nothing was asked again");
}

#[tokio::test]
async fn at_another_address_what_is_still_there_keeps_its_page() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond"), event("b", 4, "Zangkoor")])).await;
    let site = Site::with(&there.settings()).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let page = path(&send(&mut willem, &at_address(&there.url(), "")).await);
    let chess = activity(&site, "Schaakavond").await;
    there.says(200, calendar(&[event("a", 3, "Schaakavond in de zaal"), event("c", 5, "Bingo")]));
    let moved = format!("{}?nieuw", there.url());
    let fields = [("draft[name]", "De Linde"), ("draft[address]", moved.as_str())];
    saved(&save(&mut willem, &page, "1", &fields).await);
    assert_eq!(activity(&site, "Schaakavond in de zaal").await, chess);
    let month = month(&site).await;
    assert!(month.contains("Bingo") && !month.contains("Zangkoor"), "{month}");

    // An address that gives no calendar changes nothing, and what was typed comes back.
    there.says(404, String::new());
    let wrong = format!("{}?fout", there.url());
    let answer =
        save(&mut willem, &page, "2", &[("draft[name]", "Zo niet"), ("draft[address]", wrong.as_str())])
            .await;
    let form = back(&mut willem, &answer).await;
    for part in ["kon niet gelezen worden", "value=\"Zo niet\"", "?fout\"", "name=\"edition\" value=\"2\""] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let shown = willem.get(&page).await.body;
    assert!(shown.contains("De Linde") && !shown.contains("Zo niet"), "{shown}");
    // Addresses behind the server's own door are asked of nobody here either.
    let answer = save(
        &mut willem,
        &page,
        "2",
        &[("draft[name]", "Zo niet"), ("draft[address]", "https://127.0.0.1/")],
    )
    .await;
    assert!(back(&mut willem, &answer).await.contains("niet voor iedereen op internet te bereiken"));
}

#[tokio::test]
async fn what_somebody_else_made_of_it_meanwhile_is_shown_before_it_is_written_over() {
    let site = Site::demo().await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let page = path(
        &send(&mut willem, &in_file("Zangkoor", calendar(&[event("a", 3, "Repetitie")]).as_bytes())).await,
    );
    let mut elsewhere = willem.clone();
    saved(
        &save(&mut elsewhere, &page, "1", &[("draft[name]", "Koor Voordewind"), ("draft[cost]", "1 euro")])
            .await,
    );
    let answer =
        save(&mut willem, &page, "1", &[("draft[name]", "Zangkoor Noord"), ("draft[cost]", "1 euro")]).await;
    let form = back(&mut willem, &answer).await;
    for part in
        ["intussen veranderd", "Koor Voordewind", "value=\"Zangkoor Noord\"", "name=\"edition\" value=\"2\""]
    {
        assert!(form.contains(part), "{part}: {form}");
    }
    saved(
        &save(&mut willem, &page, "2", &[("draft[name]", "Zangkoor Noord"), ("draft[cost]", "1 euro")]).await,
    );
}

#[tokio::test]
async fn one_that_rests_is_not_read_and_its_activities_stay() {
    let there = Elsewhere::begin(calendar(&[event("a", 3, "Schaakavond")])).await;
    let site = Site::with(&there.settings()).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let page = path(&send(&mut willem, &at_address(&there.url(), "")).await);
    let url = there.url();
    let with = |rhythm: &'static str| {
        [("draft[name]", "De Linde"), ("draft[address]", url.as_str()), ("draft[rhythm]", rhythm)]
    };
    saved(&save(&mut willem, &page, "1", &with("resting")).await);
    there.says(200, calendar(&[event("a", 3, "Verplaatst")]));
    site.clock.advance(Span::days(2));
    assert_eq!(run(&site.services).await.expect("an answer"), None);
    assert!(month(&site).await.contains("Schaakavond"));
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    saved(&save(&mut willem, &page, "2", &with("often")).await);
    assert_eq!(run(&site.services).await.expect("an answer"), Some(Outcome::Read), "at once");
    assert!(month(&site).await.contains("Verplaatst"));
    assert_eq!(run(&site.services).await.expect("an answer"), None);
    site.clock.advance(Span::hours(6));
    assert!(run(&site.services).await.expect("an answer").is_some(), "every six hours");
}

#[tokio::test]
async fn who_cannot_answer_for_a_place_does_not_change_what_is_read_there() {
    let site = Site::demo().await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let file = calendar(&[event("a", 3, "Repetitie")]);
    let page = path(&send(&mut willem, &in_file("Zangkoor", file.as_bytes())).await);
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    for other in [&mut fatma, &mut aicha] {
        let form = other.get(&format!("{page}/bewerken")).await;
        assert!(form.status.is_client_error(), "{form:?}");
        let answer = save(&mut other.script(), &page, "1", &[("draft[name]", "Van mij")]).await;
        assert!(matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{answer:?}");
    }
    // Nor to a place that is not theirs.
    let mut parts = in_file("Haakclub", file.as_bytes());
    parts.push(crate::sources::part("draft[areas][]", None, b"lindenhoek"));
    let own = path(&send(&mut aicha, &parts).await);
    let fields = [("draft[name]", "Haakclub"), ("draft[areas][]", "oosterkamp")];
    let answer = save(&mut aicha, &own, "1", &fields).await;
    assert!(back(&mut aicha, &answer).await.contains("id=\"gebied-fout\""));
}

#[tokio::test]
async fn the_demo_has_the_year_plan_of_an_association_with_what_was_not_understood() {
    let site = Site::demo().await;
    server::cli::year_plan(&site.services).await.expect("a year plan");
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let list = willem.get("/agenda/bronnen").await.body;
    assert!(list.contains("Dorpsbelangen Oosterkamp"), "{list}");
    let mut keys = list.split("/agenda/bronnen/").filter_map(|part| part.split('"').next());
    let page = format!("/agenda/bronnen/{}", keys.find(|key| key.len() == 36).expect("a key"));
    let shown = willem.get(&page).await.body.replace("<!>", "");
    for part in
        ["5 in de agenda", "1 al voorbij", "1 niet overgenomen", "Dorpsfeest", "Petra Wolters", "een bestand"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(month(&site).await.contains("Ledenvergadering Dorpsbelangen"));
    assert!(server::cli::year_plan(&site.services).await.is_ok(), "twice is once");
    let list = willem.get("/agenda/bronnen").await.body;
    assert_eq!(list.matches("aria-label=\"Dorpsbelangen Oosterkamp\"").count(), 1, "{list}");
}
