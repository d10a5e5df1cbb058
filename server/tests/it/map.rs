//! The agenda on the map, points in the form, the five steps to a first activity, and the poster. Without JavaScript.

use axum::http::StatusCode;

use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site, VEENZICHT};

const DAY: &str = "/agenda?weergave=kaart&dag=2026-12-07";
const TILES: &str =
    "[map]\ntiles = \"https://tiles.example.org/a/{z}/{x}/{y}.png\"\nattribution = \"Kaart van ons\"";

fn soup() -> Vec<(&'static str, &'static str)> {
    vec![
        ("draft[title]", "Soep & <brood>"),
        ("draft[body]", "Kom je ook eten?"),
        ("draft[when][day]", "2026-12-08"),
        ("draft[when][from]", "12:00"),
        ("draft[when][to]", "14:00"),
    ]
}

fn with(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut all = soup();
    all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    all.extend(more);
    all
}

async fn fatma(site: &Site) -> Browser {
    site.signed_in(RIETVOORDE, "fatma@example.org").await
}

async fn page(site: &Site, path: &str) -> Answer {
    let answer = site.browser(RIETVOORDE).get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
    answer
}

fn path(answer: &Answer) -> String {
    assert!(answer.location().contains("melding=bewaard"), "{answer:?}");
    answer.location().split('?').next().unwrap_or_default().to_owned()
}

/// The page that a form leads to.
async fn follow(browser: &mut Browser, answer: &Answer) -> String {
    assert!(answer.location().contains("flash="), "{answer:?}");
    let to = answer.location().split('#').next().unwrap_or_default().to_owned();
    browser.get(&to).await.body
}

/// What the field with this name holds on a page.
fn value<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let from = page.find(&format!("name=\"{name}\""))?;
    let start = page[..from].rfind('<')?;
    let field = &page[start..start + page[start..].find('>')?];
    field.split_once(" value=\"").map(|(_, value)| value.split('"').next().unwrap_or_default())
}

#[tokio::test]
async fn the_map_shows_what_the_list_says_and_knows_where_the_rest_is() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    fatma
        .post(
            "/api/activities/create",
            &with(&[("draft[known]", "de-linde"), ("draft[areas][]", "lindenhoek")]),
        )
        .await;
    fatma
        .post("/api/activities/create", &with(&[("draft[title]", "Ergens"), ("draft[place]", "Thuis")]))
        .await;
    let shown = page(&site, DAY).await;
    let line =
        shown.body.split("<li ").find(|line| line.contains("Soep &amp; &lt;brood&gt;")).expect("a line");
    assert!(
        line.contains("data-point=\"52.") && line.contains("data-place=\"Buurthuis De Linde, Lindeplein 1\"")
    );
    assert!(line.contains("data-when=\"dinsdag 8 december 12.00\""), "{line}");
    let at_home = shown.body.split("<li").find(|line| line.contains("Ergens")).expect("a line");
    assert!(!at_home.split("</li>").next().unwrap_or_default().contains("data-point"));
    for part in [
        "data-map-of=\"agenda\"",
        "/kaart/rietvoorde.svg?v=",
        "map__spot",
        "Alles op de kaart staat ook in de lijst",
    ] {
        assert!(shown.body.contains(part), "{part}");
    }
    // The list stands before the map, and what is chosen is chosen for both.
    assert!(shown.body.find("agenda-list") < shown.body.find("data-map-of"));
    let free = page(&site, &format!("{DAY}&gebied=oosterkamp")).await.body;
    assert!(free.contains("data-map-of") && !free.contains("Buurthuis De Linde, Lindeplein 1\""));
}

#[tokio::test]
async fn leaflet_is_loaded_with_a_map_and_nowhere_else_and_from_here() {
    let site = Site::demo().await;
    let shown = page(&site, DAY).await;
    let nonce = shown.nonce().to_owned();
    for script in ["/leaflet/leaflet.js?v=", "/map.js?v="] {
        let tag = shown.body.split("<script ").find(|tag| tag.contains(script)).expect("a script");
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{tag}");
    }
    assert!(shown.body.contains("/leaflet/leaflet.css?v="));
    assert!(!shown.body.contains(" style=\""));
    for path in ["/", "/agenda", "/agenda?weergave=maand", "/berichten"] {
        assert!(!page(&site, path).await.body.contains("leaflet"), "{path}");
    }
    let policy = shown.header("content-security-policy");
    assert!(policy.contains("img-src 'self' data:;"), "{policy}");
    // Every community has its own.
    let other = site.browser(VEENZICHT).get("/agenda?weergave=kaart").await.body;
    assert!(other.contains("/kaart/veenzicht.svg") && !other.contains("Lindeplein"));
}

#[tokio::test]
async fn tiles_are_allowed_where_a_map_is_and_only_when_they_are_switched_on() {
    let site = Site::with(TILES).await;
    let allowed =
        |answer: &Answer| answer.header("content-security-policy").contains("https://tiles.example.org");
    assert!(allowed(&page(&site, "/agenda?weergave=kaart").await));
    // From memory too.
    assert!(allowed(&page(&site, "/agenda?weergave=kaart").await));
    for path in ["/", "/berichten", "/over"] {
        assert!(!allowed(&page(&site, path).await), "{path}");
    }
    // The demo has a map of its own, which goes before.
    assert!(!page(&site, "/agenda?weergave=kaart").await.body.contains("tiles.example.org"));
}

#[tokio::test]
async fn a_point_that_is_none_comes_back_beside_its_field() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    for fields in [
        [("draft[known]", "atlantis"), ("draft[cost]", "")],
        [("draft[latitude]", "52.53"), ("draft[longitude]", "")],
        [("draft[latitude]", "noord"), ("draft[longitude]", "oost")],
        [("draft[latitude]", "48.85"), ("draft[longitude]", "2.35")],
    ] {
        let answer = fatma.post("/api/activities/create", &with(&fields)).await;
        let shown = follow(&mut fatma, &answer).await;
        assert!(shown.contains("bekende-plek-fout"), "{fields:?}");
        assert_eq!(value(&shown, "draft[title]"), Some("Soep &amp; &lt;brood&gt;"));
        if fields[0].0 == "draft[latitude]" {
            assert_eq!(value(&shown, "draft[latitude]"), Some(fields[0].1));
        }
    }
    let at = [("draft[latitude]", "52,53"), ("draft[longitude]", "5.16"), ("draft[place]", "Het grasveld")];
    let saved = path(&fatma.post("/api/activities/create", &with(&at)).await);
    let form = fatma.get(&format!("{saved}/bewerken")).await.body;
    assert_eq!(value(&form, "draft[latitude]"), Some("52.53"));
    assert!(form.contains("data-map-of=\"form\""));
}

#[tokio::test]
async fn five_steps_lead_to_an_activity_and_keep_what_was_typed() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    assert!(fatma.get("/activiteiten/nieuw").await.body.contains("/activiteiten/eerste"));
    let mut shown = fatma.get("/activiteiten/eerste").await.body;
    assert!(shown.contains("Stap 1 van 5"));
    let mut typed: Vec<(String, String)> = Vec::new();
    let steps: [&[(&str, &str)]; 5] = [
        &[("draft[title]", "Soep & <brood>"), ("draft[body]", "Kom je\nook eten?")],
        &[("draft[when][day]", "2026-12-08"), ("draft[when][from]", "12:00"), ("draft[when][to]", "14:00")],
        &[("draft[known]", "dorpshuis"), ("draft[wheelchair]", "true"), ("draft[areas][]", "oosterkamp")],
        &[("draft[audience][]", "older"), ("draft[languages][]", "tr"), ("draft[topic]", "ontmoeten")],
        &[("draft[scene]", "coffee"), ("draft[scene_alt]", "Een kop")],
    ];
    for (number, fields) in (1..).zip(steps) {
        // What was typed before is on the page, and goes along.
        for (name, before) in &typed {
            assert!(shown.contains(&format!("name=\"{name}\"")), "step {number}: {name}");
            assert!(!before.is_empty());
        }
        typed.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let step = number.to_string();
        let mut sent: Vec<(&str, &str)> = vec![("step", &step)];
        sent.extend(typed.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let answer = fatma.post("/api/activities/first", &sent).await;
        if number == 5 {
            let activity = page(&site, &path(&answer)).await.body;
            for part in ["Het dorpshuis, Dorpsstraat 12", "dinsdag 8 december", "Turks", "/poster"] {
                assert!(activity.contains(part), "{part}");
            }
            return;
        }
        assert!(
            answer.location().starts_with(&format!("/activiteiten/eerste?stap={}&", number + 1)),
            "{answer:?}"
        );
        shown = follow(&mut fatma, &answer).await;
        assert!(shown.contains(&format!("Stap {} van 5", number + 1)));
    }
}

#[tokio::test]
async fn a_step_says_what_is_wrong_in_it_and_nothing_of_later_ones() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    let stays = |answer: &Answer, step: u8| {
        assert!(answer.location().starts_with(&format!("/activiteiten/eerste?stap={step}&")), "{answer:?}");
    };
    let answer =
        fatma.post("/api/activities/first", &[("step", "1"), ("draft[body]", "Kom je ook eten?")]).await;
    stays(&answer, 1);
    let shown = follow(&mut fatma, &answer).await;
    assert!(shown.contains("titel-fout") && !shown.contains("dag-fout"));
    let past = with(&[("step", "2")])
        .into_iter()
        .map(|(name, value)| (name, if name == "draft[when][day]" { "2026-01-06" } else { value }));
    let answer = fatma.post("/api/activities/first", &past.collect::<Vec<_>>()).await;
    stays(&answer, 2);
    // Back asks for nothing, and keeps everything.
    let answer = fatma.post("/api/activities/first", &with(&[("step", "3"), ("act", "back")])).await;
    stays(&answer, 2);
    assert_eq!(value(&follow(&mut fatma, &answer).await, "draft[when][day]"), Some("2026-12-08"));
    // Who comes to the end without a beginning is led to it.
    let answer = fatma.post("/api/activities/first", &[("step", "5")]).await;
    stays(&answer, 1);
    for step in ["0", "6", "-1", "x", ""] {
        stays(&fatma.post("/api/activities/first", &[("step", step)]).await, 1);
    }
    // A visitor signs in first, and loses nothing.
    let mut visitor = site.browser(RIETVOORDE);
    let answer = visitor.post("/api/activities/first", &with(&[("step", "1")])).await;
    assert!(answer.location().starts_with("/aanmelden?terug="), "{answer:?}");
    assert_eq!(visitor.get("/activiteiten/eerste").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_poster_has_the_facts_and_the_address() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    let place = [("draft[known]", "de-linde"), ("draft[scene]", "coffee"), ("draft[when][repeat]", "weekly")];
    let saved = path(&fatma.post("/api/activities/create", &with(&place)).await);
    let poster = page(&site, &format!("{saved}/poster")).await;
    for part in [
        "Soep &amp; &lt;brood&gt;",
        "elke dinsdag van 12.00 tot 14.00 uur",
        "dinsdag 8 december",
        "Buurthuis De Linde, Lindeplein 1",
        "gratis",
        "class=\"poster__code\"",
        "noindex",
        saved.as_str(),
    ] {
        assert!(poster.body.contains(part), "{part}");
    }
    assert!(!poster.body.contains("<brood>") && !poster.body.contains(" style=\""));
    let other = site.browser(VEENZICHT).get(&format!("{saved}/poster")).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    fatma.post("/api/activities/remove", &[("id", saved.trim_start_matches("/activiteiten/"))]).await;
    assert_eq!(fatma.get(&format!("{saved}/poster")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_activity_shows_where_it_is_to_people_to_calendars_and_to_search_engines() {
    let site = Site::demo().await;
    let mut fatma = fatma(&site).await;
    let known = path(&fatma.post("/api/activities/create", &with(&[("draft[known]", "de-linde")])).await);
    let elsewhere = with(&[("draft[title]", "Ergens"), ("draft[place]", "Thuis")]);
    let unknown = path(&fatma.post("/api/activities/create", &elsewhere).await);
    let day = "href=\"/agenda?weergave=kaart&amp;dag=2026-12-08\"";
    let shown = page(&site, &known).await.body;
    assert!(shown.contains(day) && shown.contains("<image"), "{shown}");
    assert!(shown.contains("\"GeoCoordinates\""), "{shown}");
    assert!(!shown.contains("leaflet"), "only pages with a map that moves load it");
    assert!(page(&site, &format!("{known}/agenda.ics")).await.body.contains("\nGEO:"));
    let shown = page(&site, &unknown).await.body;
    assert!(!shown.contains(day) && !shown.contains("GeoCoordinates"), "{shown}");
    assert!(!page(&site, &format!("{unknown}/agenda.ics")).await.body.contains("\nGEO:"));
}
