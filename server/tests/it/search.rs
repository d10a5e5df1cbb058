//! The search page, and suggestions.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::activities::{id, planned, with};
use crate::common::{RIETVOORDE, Site, VEENZICHT};

/// The page without its head and without what Leptos adds.
fn main_of(body: &str) -> String {
    let from = body.find("<main").unwrap_or(0);
    let to = body.find("</main>").unwrap_or(body.len());
    body.get(from..to).unwrap_or_default().replace("<!>", "")
}

#[tokio::test]
async fn what_is_found_is_marked_and_the_page_is_for_no_search_engine() {
    let site = Site::demo().await;
    let page = site.browser(RIETVOORDE).get("/zoeken?q=stekjeskasten").await;
    assert_eq!(page.status, StatusCode::OK);
    let main = main_of(&page.body);
    assert!(main.contains("<mark>stekjeskast</mark>"), "{main}");
    assert!(page.body.contains("noindex") && page.body.contains("data-quiet"));
    assert!(page.body.contains("<title>“stekjeskasten” zoeken"), "{}", page.body);
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text() {
    let site = Site::demo().await;
    let page =
        site.browser(RIETVOORDE).get("/zoeken?q=%3Cscript%3Ealert(1)%3C/script%3E%22+onfocus%3Dx").await;
    assert_eq!(page.status, StatusCode::OK);
    let main = main_of(&page.body);
    assert!(!main.contains("<script>alert"), "{main}");
    assert!(main.contains("value=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot; onfocus=x\""), "{main}");
}

#[tokio::test]
async fn a_misspelt_word_is_read_as_the_one_that_was_meant_and_the_page_says_so() {
    let site = Site::demo().await;
    let page = site.browser(RIETVOORDE).get("/zoeken?q=stekjeskst").await;
    let main = main_of(&page.body);
    assert!(main.contains("We zochten op “stekjeskast”, want “stekjeskst” staat nergens."), "{main}");
}

#[tokio::test]
async fn nothing_found_offers_somebody_to_ask() {
    let site = Site::demo().await;
    let page = site.browser(RIETVOORDE).get("/zoeken?q=xylofoonkwartet").await;
    let main = main_of(&page.body);
    assert_eq!(page.status, StatusCode::OK);
    assert!(main.contains("Niets gevonden voor “xylofoonkwartet”"), "{main}");
    assert!(main.contains("Vraag het aan een buurtverbinder") && main.contains("href=\"tel:"), "{main}");
}

#[tokio::test]
async fn choices_lead_to_fewer_and_back_to_all() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let all = browser.get("/zoeken?q=koffie").await;
    assert!(main_of(&all.body).contains("/zoeken?q=koffie&amp;soort="), "{}", main_of(&all.body));
    let some = browser.get("/zoeken?q=koffie&soort=nieuws").await;
    let main = main_of(&some.body);
    assert!(main.contains("chip--remove") && main.contains("href=\"/zoeken?q=koffie\""), "{main}");
    assert!(main.contains("name=\"soort\" value=\"nieuws\""), "a new question keeps the choice");
    for unknown in ["soort=x", "gebied=atlantis", "thema=x", "periode=eeuw", "na=x"] {
        let page = browser.get(&format!("/zoeken?q=koffie&{unknown}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn the_pages_of_what_is_found_show_each_post_once() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let mut address = "/zoeken?q=week".to_owned();
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..20 {
        let page = browser.get(&address).await;
        let main = main_of(&page.body);
        seen.extend(
            main.match_indices("href=\"/berichten/0").map(|(at, _)| main[at + 17..at + 53].to_owned()),
        );
        let next = main.find("rel=\"next nofollow\"").map(|at| {
            let link = &main[main[..at].rfind("<a ").expect("a link")..];
            let from = link.find("href=\"").expect("an address") + 6;
            link[from..from + link[from..].find('"').expect("its end")].replace("&amp;", "&")
        });
        match next {
            Some(next) => address = next,
            None => break,
        }
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all);
    assert!(all > 20, "there is more than one page: {all}");
}

#[tokio::test]
async fn hostile_questions_get_an_ordinary_page() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let long = "a".repeat(3_000);
    for q in ["%22%22%22", "*", "%25", "'%20OR%201=1", "NEAR(a%20b)", "%E2%80%AE", "%F0%9F%99%82", &long] {
        for path in ["/zoeken?q=", "/zoeken/suggesties?q="] {
            let page = browser.get(&format!("{path}{q}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}{q}: {}", page.body);
        }
    }
    // Refused at the door, as everywhere.
    assert_eq!(browser.get("/zoeken?q=%00").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn suggestions_are_titles_of_this_community_only() {
    let site = Site::demo().await;
    let here = site.browser(RIETVOORDE).get("/zoeken/suggesties?q=stekj").await;
    assert_eq!(here.header("content-type"), "application/json");
    let found: Vec<(String, String)> = serde_json::from_str(&here.body).expect("pairs");
    assert!(found.iter().any(|(to, title)| to.starts_with("/berichten/0") && title.contains("stekjeskast")));
    assert!(found.len() <= 6);
    let there = site.browser(VEENZICHT).get("/zoeken/suggesties?q=stekjeskast").await;
    assert!(!there.body.contains("stekjeskast"), "{}", there.body);
    let short = site.browser(RIETVOORDE).get("/zoeken/suggesties?q=s").await;
    assert_eq!(short.body, "[]");
}

#[tokio::test]
async fn activities_are_found_with_when_they_are_and_can_be_chosen_alone() {
    let site = Site::demo().await;
    let (mut fatma, path) = planned(&site).await;
    let mut browser = site.browser(RIETVOORDE);
    let main = main_of(&browser.get("/zoeken?q=bereien").await.body);
    for part in [
        path.as_str(),
        "Activiteit",
        "<mark>Breien</mark>",
        "elke dinsdag van 10.00 tot 12.00 uur (volgende keer dinsdag 1 december)",
        "Zaal 3",
    ] {
        assert!(main.contains(part), "{part}: {main}");
    }
    assert!(!main.contains("voorbij"));
    let chosen = main_of(&browser.get("/zoeken?q=zaal&soort=activiteit").await.body);
    assert!(chosen.contains(&path) && chosen.contains("chip--remove"), "{chosen}");
    assert!(!chosen.contains("href=\"/berichten/0"), "nothing but activities: {chosen}");
    let posts = main_of(&browser.get("/zoeken?q=zaal&soort=nieuws").await.body);
    assert!(!posts.contains(&path), "{posts}");
    let found: Vec<(String, String)> =
        serde_json::from_str(&browser.get("/zoeken/suggesties?q=breie").await.body).expect("pairs");
    assert!(found.iter().any(|(to, title)| *to == path && title == "Breien & <haken>"), "{found:?}");
    assert!(!site.browser(VEENZICHT).get("/zoeken?q=breien").await.body.contains(&path));

    // The next time that is not cancelled.
    let fields = [("id", id(&path)), ("version", "1"), ("at", "2026-12-01T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &fields).await;
    let main = main_of(&browser.get("/zoeken?q=breien").await.body);
    assert!(main.contains("volgende keer dinsdag 8 december"), "{main}");
    fatma.post("/api/activities/remove", &[("id", id(&path))]).await;
    assert!(!main_of(&browser.get("/zoeken?q=breien").await.body).contains(&path));
    assert!(!browser.get("/zoeken/suggesties?q=breie").await.body.contains(&path));
}

#[tokio::test]
async fn what_is_over_says_so_and_comes_after_what_is_to_come() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut plan = async |title: &'static str, day: &'static str| {
        let fields = [("draft[title]", title), ("draft[when][repeat]", "once"), ("draft[when][day]", day)];
        let answer = fatma.post("/api/activities/create", &with(&fields)).await;
        answer.location().split('?').next().unwrap_or_default().to_owned()
    };
    let late = plan("Zwaluwen tellen in december", "2026-12-20").await;
    site.clock.advance(Span::minutes(1));
    let early = plan("Zwaluwen tellen", "2026-12-01").await;
    let order = async || {
        let main = main_of(&site.browser(RIETVOORDE).get("/zoeken?q=zwaluwen+tellen").await.body);
        (main.find(&early).expect("one"), main.find(&late).expect("the other"), main.contains(">voorbij<"))
    };
    let (first, second, over) = order().await;
    assert!(first < second && !over, "the newest first");
    site.clock.advance(Span::days(12));
    let (first, second, over) = order().await;
    assert!(first > second && over, "what is to come first");
}

#[tokio::test]
async fn a_search_needs_no_more_than_six_queries() {
    let site = Site::with("diagnostics = true").await;
    planned(&site).await;
    let mut visitor = site.browser(RIETVOORDE);
    for q in ["breien", "bereien", "koffie", "koffie breien wandelen", "xylofoonkwartet", "koffei bereien"] {
        // Nothing is in memory yet: the clock went on.
        site.clock.advance(Span::minutes(2));
        let answer = visitor.get(&format!("/zoeken?q={}", q.replace(' ', "+"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{q}");
        let queries: u32 = answer.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{q}: {queries}");
    }
}

#[tokio::test]
async fn a_program_that_asks_for_suggestions_without_end_is_told_to_wait() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let mut last = StatusCode::OK;
    for number in 0..400 {
        last = browser.get(&format!("/zoeken/suggesties?q=woord{number}")).await.status;
        if last != StatusCode::OK {
            break;
        }
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(browser.get("/zoeken?q=koffie").await.status, StatusCode::OK);
}
