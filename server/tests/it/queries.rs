//! No page needs more than six queries, also for who is the first to see it after a change: then nothing of it is in
//! memory.

use domain::clock::Span;

use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site};
use crate::initiatives::{add_need, begun};
use crate::moderation::{by_fatma, case_of, decide, report};
use crate::registration::{register, with_room};
use crate::sources::{calendar, event, in_file};

const MOST: u32 = 6;

async fn measured() -> Site {
    Site::with("diagnostics = true").await
}

/// The pages that take more than they may, each seen by one reader, for whom nothing is in memory: the clock goes on.
async fn too_many(site: &Site, who: &str, reader: &mut Browser, pages: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for page in pages {
        site.clock.advance(Span::seconds(61));
        let answer = reader.get(page).await;
        assert!(answer.status.is_success(), "{who}, {page}: {answer:?}");
        let queries: u32 = answer.header("x-queries").parse().expect("a number");
        if queries > MOST {
            found.push(format!("{who}, {page}: {queries}"));
        }
    }
    found
}

fn pages(pages: &[&str]) -> Vec<String> {
    pages.iter().map(ToString::to_string).collect()
}

/// The same pages for a visitor, a resident and a connector who moderates.
async fn for_all(site: &Site, pages: &[String]) {
    let mut found = too_many(site, "a visitor", &mut site.browser(RIETVOORDE), pages).await;
    for email in ["joris@example.org", "willem@example.org"] {
        let mut member = site.signed_in(RIETVOORDE, email).await;
        found.extend(too_many(site, email, &mut member, pages).await);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn lists_and_posts() {
    let site = measured().await;
    let (mut fatma, path) = by_fatma(&site, "Wie past er op").await;
    let writer = fatma.get(&path).await.body;
    let writer = writer.split("/berichten?schrijver=").nth(1).and_then(|rest| rest.split('"').next());
    let writer = writer.expect("a writer").to_owned();
    let all = [
        "/".to_owned(),
        "/berichten".to_owned(),
        "/berichten?gebied=lindenhoek&soort=nieuws".to_owned(),
        format!("/berichten?schrijver={writer}"),
        format!("/berichten?gebied=lindenhoek&soort=nieuws&schrijver={writer}"),
        path.clone(),
        format!("/melden?over={path}"),
        "/insluiten".to_owned(),
        "/over".to_owned(),
    ];
    for_all(&site, &all).await;
    let found = too_many(&site, "its author", &mut fatma, &all).await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn searching_with_one_word_and_with_several() {
    let site = measured().await;
    let questions = [
        "koffie",
        "koffei",
        "xylofoonkwartet",
        // All of them somewhere, some of them somewhere, misspelt, and none.
        "koffie buurthuis",
        "koffie breien wandelen",
        "koffei wandelne xylofoon",
        "\"koffie wandelen\"",
        "xylofoon kwartet",
    ];
    let mut all = Vec::new();
    for question in questions {
        let q = question.replace(' ', "+").replace('"', "%22");
        all.push(format!("/zoeken?q={q}"));
        all.push(format!("/zoeken?q={q}&waar=reacties"));
        all.push(format!("/zoeken?q={q}&soort=nieuws"));
    }
    for_all(&site, &all).await;
}

#[tokio::test]
async fn the_agenda_and_an_activity_with_registration() {
    let site = measured().await;
    let (mut fatma, path) = with_room(&site, "3").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let all = [
        "/agenda".to_owned(),
        "/agenda?weergave=maand".to_owned(),
        "/agenda?weergave=week".to_owned(),
        "/agenda?weergave=kaart".to_owned(),
        path.clone(),
        format!("{path}/inschrijven"),
        format!("{path}/poster"),
    ];
    for_all(&site, &all).await;
    let own = [pages(&["/account/agenda", "/activiteiten/nieuw"]), all.to_vec()].concat();
    let mut found = too_many(&site, "who comes", &mut joris, &own).await;
    let more = ["deelnemers", "bewerken?wat=alles", "geschiedenis"].map(|page| format!("{path}/{page}"));
    found.extend(too_many(&site, "who organises", &mut fatma, &[own, more.to_vec()].concat()).await);
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn an_initiative() {
    let site = measured().await;
    let (mut fatma, path) = begun(&site).await;
    add_need(&mut fatma, &path, "scheppen", "2").await;
    let all = [path.clone(), format!("{path}/meedoen")];
    for_all(&site, &all).await;
    let team = [all.to_vec(), vec![format!("{path}/meedoen/team"), format!("{path}/geschiedenis")]].concat();
    let found = too_many(&site, "who began it", &mut fatma, &team).await;
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn the_queue_a_case_and_what_its_author_sees() {
    let site = measured().await;
    let (mut fatma, path) = by_fatma(&site, "Wie past er op").await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let case = case_of(&site, &path).await;
    decide(&mut willem, &case, "ask", "7").await;
    let desk = [
        "/beheer/meldingen".to_owned(),
        "/beheer/meldingen?deel=nieuw".to_owned(),
        "/beheer/meldingen?deel=gevraagd".to_owned(),
        "/beheer/meldingen?deel=besloten".to_owned(),
        "/beheer/meldingen?deel=bezwaar".to_owned(),
        format!("/beheer/meldingen/{}", case.id),
        "/beheer/voorstellen".to_owned(),
        "/beheer/berichten".to_owned(),
        path.clone(),
    ];
    let mut found = too_many(&site, "a moderator", &mut willem, &desk).await;
    let own = [path, "/account/bezwaar".to_owned(), format!("/account/bezwaar/{}", case.id)];
    found.extend(too_many(&site, "the author", &mut fatma, &own).await);
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn drafts_sources_and_what_is_ones_own() {
    let site = measured().await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let file = calendar(&[event("a", 1, "Koffie"), event("b", 2, "Soep")]);
    let sent = crate::sources::send(&mut willem, &in_file("Dorpshuis", file.as_bytes())).await;
    let source = crate::sources::path(&sent);
    let fields = [("draft[title]", "Later"), ("draft[body]", "Nog niet af."), ("draft[kind]", "news")];
    willem.script().post("/api/posts/keep-draft", &fields).await;
    let mut all = pages(&[
        "/account",
        "/account/concepten",
        "/account/voorstellen",
        "/account/agenda",
        "/account/reacties",
        "/account/bezwaar",
        "/berichten/nieuw",
        "/berichten/nieuw?concept=nieuw",
        "/berichten/sjabloon/kies",
        "/agenda/bronnen",
        "/agenda/bronnen/nieuw",
        "/demo/outbox",
    ]);
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut found = too_many(&site, "a resident", &mut joris, &all[..9]).await;
    all.push(source);
    found.extend(too_many(&site, "a connector", &mut willem, &all).await);
    assert!(found.is_empty(), "{found:#?}");
}
