//! Initiatives: taking part, the team, what everybody sees.

use axum::http::StatusCode;

use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{mail, mails_to};

/// Fatma begins one; gives its address.
pub async fn begun(site: &Site) -> (Browser, String) {
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [
        ("draft[title]", "Een buurttuin achter de flat"),
        ("draft[body]", "Samen groen maken wat nu grijs is."),
        ("draft[kind]", "initiative"),
        ("draft[areas][]", "lindenhoek"),
    ];
    let answer = fatma.post("/api/posts/create", &fields).await;
    let path = answer.location().split('?').next().unwrap_or_default().to_owned();
    assert!(path.starts_with("/berichten/"), "{answer:?}");
    (fatma, path)
}

fn id(path: &str) -> &str {
    path.trim_start_matches("/berichten/")
}

async fn act(browser: &mut Browser, what: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("id", id(path))];
    all.extend_from_slice(fields);
    browser.post(&format!("/api/initiatives/{what}"), &all).await
}

fn worked(answer: &Answer) -> bool {
    answer.location().contains("melding=bewaard")
}

pub async fn add_need(browser: &mut Browser, path: &str, label: &str, wanted: &str) -> String {
    let fields = [("wish[kind]", "hands"), ("wish[label]", label), ("wish[wanted]", wanted)];
    let answer = act(browser, "need", path, &fields).await;
    assert!(worked(&answer), "{answer:?}");
    let page = browser.get(&format!("{path}/meedoen/team")).await.body;
    let after = page.split("?wens=").last().unwrap_or_default();
    after.split('#').next().unwrap_or_default().to_owned()
}

async fn member(site: &Site, email: &str) -> String {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    tenant.member_by_email(email).await.expect("a database").expect("a member").id.to_string()
}

#[tokio::test]
async fn an_initiative_says_what_it_is_for_and_what_it_needs() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let plan = [("plan[version]", "0"), ("plan[goal]", "Groen & <gezellig>"), ("plan[stage]", "busy")];
    assert!(worked(&act(&mut fatma, "plan", &path, &plan).await));
    let need = add_need(&mut fatma, &path, "mensen om te spitten", "3").await;
    let told = act(&mut fatma, "tell", &path, &[("text", "De **eerste** tegels zijn eruit.")]).await;
    assert!(worked(&told), "{told:?}");

    let page = site.browser(RIETVOORDE).get(&path).await.body;
    for part in [
        "Groen &amp; &lt;gezellig&gt;",
        "We zijn bezig",
        "mensen om te spitten",
        "0 van 3",
        "<strong>eerste</strong> tegels",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(&format!("href=\"{path}/feed\"")), "the page names its feed");
    let feed = site.browser(RIETVOORDE).get(&format!("{path}/feed")).await;
    let feed: atom_syndication::Feed = feed.body.parse().expect("Atom");
    assert_eq!(feed.entries.len(), 1);
    assert!(
        feed.entries[0]
            .content
            .as_ref()
            .and_then(|content| content.value())
            .unwrap_or_default()
            .contains("tegels")
    );

    // Changed on an old version: nothing is lost without a word.
    let stale = [("plan[version]", "0"), ("plan[goal]", "Anders"), ("plan[stage]", "busy")];
    let refused = act(&mut fatma, "plan", &path, &stale).await;
    assert!(refused.location().contains("flash="), "{refused:?}");
    let back = refused.location().split('#').next().unwrap_or_default().to_owned();
    assert!(fatma.get(&back).await.body.contains("Anders"), "what was typed is still there");
    let wrong = [("wish[id]", need.as_str()), ("wish[version]", "7"), ("wish[kind]", "hands")];
    let wrong = [&wrong[..], &[("wish[label]", "minder"), ("wish[wanted]", "1")]].concat();
    assert!(!worked(&act(&mut fatma, "need", &path, &wrong).await));
}

#[tokio::test]
async fn a_member_takes_part_once_and_can_leave_again() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let need = add_need(&mut fatma, &path, "mensen om te spitten", "1").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    for _ in 0..2 {
        assert!(worked(&act(&mut joris, "join", &path, &[("need", &need)]).await));
    }
    assert!(!worked(&act(&mut henk, "join", &path, &[("need", &need)]).await), "there is enough of it");
    assert!(worked(&act(&mut henk, "join", &path, &[]).await));
    let mut visitor = site.browser(RIETVOORDE);
    let page = visitor.get(&path).await.body;
    assert!(page.contains("2 buren doen mee") && page.contains("1 van 1"), "{page}");

    assert!(worked(&act(&mut joris, "leave", &path, &[("need", &need)]).await));
    assert!(visitor.get(&path).await.body.contains("2 buren doen mee"));
    assert!(worked(&act(&mut henk, "join", &path, &[("need", &need)]).await), "now there is room");
    assert!(worked(&act(&mut henk, "leave", &path, &[]).await));
    let page = visitor.get(&path).await.body;
    assert!(page.contains("1 buur doet mee") && page.contains("0 van 1"), "{page}");
    // Who began it takes part already.
    assert!(!worked(&act(&mut fatma, "join", &path, &[]).await));
}

#[tokio::test]
async fn only_members_see_who_takes_part() {
    let site = Site::demo().await;
    let (_, path) = begun(&site).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    act(&mut joris, "join", &path, &[]).await;
    let page = format!("{path}/meedoen");
    let seen = site.signed_in(RIETVOORDE, "henk@example.org").await.get(&page).await;
    assert!(seen.body.contains("Joris Hendriks"), "{}", seen.body);
    let mut foreign = site.browser(RIETVOORDE);
    foreign.cookies = site.signed_in(VEENZICHT, "geert@example.org").await.cookies;
    for mut browser in [site.browser(RIETVOORDE), foreign] {
        let seen = browser.get(&page).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(seen.body.contains("1 buur doet mee"));
        let joris = member(&site, "joris@example.org").await;
        assert!(!seen.body.contains("Joris Hendriks") && !seen.body.contains(&joris), "{}", seen.body);
        let data = browser.script().post("/api/initiatives/show", &[("id", id(&path))]).await;
        assert!(!data.body.contains("Joris"), "{}", data.body);
    }
    let elsewhere = site.browser(VEENZICHT).get(&page).await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn somebody_comes_into_the_team_when_both_sides_say_so() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let (joris_id, henk_id) =
        (member(&site, "joris@example.org").await, member(&site, "henk@example.org").await);
    let team = format!("{path}/meedoen/team");
    for browser in [&mut joris, &mut henk] {
        act(browser, "join", &path, &[]).await;
        assert_eq!(browser.get(&team).await.status, StatusCode::FORBIDDEN);
        for way in ["accept", "admit", "put_out"] {
            assert!(!worked(&act(browser, "answer", &path, &[("act", way)]).await), "{way} out of nothing");
        }
    }
    // Invited, and yes.
    assert!(worked(&act(&mut fatma, "place", &path, &[("member", &joris_id), ("act", "invite")]).await));
    assert_eq!(joris.get(&team).await.status, StatusCode::FORBIDDEN, "not before they said yes");
    assert!(worked(&act(&mut joris, "answer", &path, &[("act", "accept")]).await));
    assert_eq!(joris.get(&team).await.status, StatusCode::OK);
    let told = act(&mut joris, "tell", &path, &[("text", "We hebben een schep.")]).await;
    assert!(worked(&told), "{told:?}");
    // Asked, and yes by who leads, not by the team.
    assert!(worked(&act(&mut henk, "answer", &path, &[("act", "ask")]).await));
    let admit = [("member", henk_id.as_str()), ("act", "admit")];
    assert!(!worked(&act(&mut joris, "place", &path, &admit).await));
    assert!(worked(&act(&mut fatma, "place", &path, &admit).await));
    assert_eq!(henk.get(&team).await.status, StatusCode::OK);
    // Who leaves is out of the team too.
    assert!(worked(&act(&mut henk, "leave", &path, &[]).await));
    assert_eq!(henk.get(&team).await.status, StatusCode::FORBIDDEN);
    assert!(worked(&act(&mut fatma, "place", &path, &[("member", &joris_id), ("act", "put_out")]).await));
    assert!(!worked(&act(&mut joris, "tell", &path, &[("text", "Nog een.")]).await));
}

#[tokio::test]
async fn what_has_ended_thanks_those_who_took_part_and_takes_nobody_more() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    act(&mut joris, "join", &path, &[]).await;
    let silent = [("plan[version]", "0"), ("plan[stage]", "done")];
    assert!(!worked(&act(&mut fatma, "plan", &path, &silent).await), "without a word for them");
    let done = [("plan[version]", "0"), ("plan[stage]", "done"), ("plan[closing]", "Dank jullie wel!")];
    assert!(worked(&act(&mut fatma, "plan", &path, &done).await));
    let page = site.browser(RIETVOORDE).get(&path).await.body;
    assert!(page.contains("Gelukt") && page.contains("Dank jullie wel!"), "{page}");
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    assert!(!worked(&act(&mut henk, "join", &path, &[]).await));
    assert!(worked(&act(&mut joris, "leave", &path, &[]).await), "leaving is always possible");
}

#[tokio::test]
async fn nobody_but_the_team_and_connectors_of_the_place_changes_an_initiative() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let need = add_need(&mut fatma, &path, "scheppen", "2").await;
    let calls = [
        ("plan", vec![("plan[version]", "0"), ("plan[stage]", "stopped"), ("plan[closing]", "Weg")]),
        ("need", vec![("wish[kind]", "things"), ("wish[label]", "Iets"), ("wish[wanted]", "1")]),
        ("drop-need", vec![("need", need.as_str())]),
        ("tell", vec![("text", "Dit hoort hier niet.")]),
        ("place", vec![("member", need.as_str()), ("act", "invite")]),
        ("team", vec![]),
    ];
    let others = ["joris", "henk", "marijke", "sander", "ingrid", "bas", "noor"];
    for name in others {
        let browser = site.signed_in(RIETVOORDE, &format!("{name}@example.org")).await;
        for (what, fields) in &calls {
            let answer = act(&mut browser.script(), what, &path, fields).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name} {what}: {answer:?}");
        }
    }
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    assert!(
        worked(&act(&mut aicha, "drop-need", &path, &[("need", &need)]).await),
        "a connector of Lindenhoek"
    );
    // A post of another kind is no initiative, not even its author's.
    let fields =
        [("draft[title]", "Gewoon nieuws"), ("draft[body]", "Verder niets."), ("draft[kind]", "news")];
    let news = fatma.post("/api/posts/create", &fields).await.location().to_owned();
    let news = news.split('?').next().unwrap_or_default();
    for page in ["meedoen", "meedoen/team", "feed"] {
        assert_eq!(fatma.get(&format!("{news}/{page}")).await.status, StatusCode::NOT_FOUND, "{page}");
    }
}

#[tokio::test]
async fn who_is_asked_into_the_team_gets_a_mail_and_says_yes_or_no_on_the_page() {
    let site = Site::demo().await;
    let (mut fatma, path) = begun(&site).await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    act(&mut joris, "join", &path, &[]).await;
    let joris_id = member(&site, "joris@example.org").await;
    let invite = [("member", joris_id.as_str()), ("act", "invite")];
    assert!(worked(&act(&mut fatma, "place", &path, &invite).await));
    let text = mail(&site, "joris@example.org", "Kom je in het team?").await;
    assert!(text.contains("Een buurttuin achter de flat") && text.contains("Fatma Aydın"), "{text}");
    let link = format!("{path}/meedoen");
    assert!(text.contains(&link), "{text}");

    let before = site.traces().await;
    let page = joris.get(&link).await.body;
    assert!(page.contains("value=\"accept\"") && page.contains("value=\"decline\""), "{page}");
    let stranger = site.browser(RIETVOORDE).get(&link).await.body;
    assert!(stranger.contains(&format!("/aanmelden?terug={link}")), "{stranger}");
    assert_eq!(site.traces().await, before, "looking answers nothing");
    assert!(worked(&act(&mut joris, "answer", &path, &[("act", "decline")]).await));

    // Asked again and again, somebody gets two mails a day at most.
    for _ in 0..3 {
        assert!(worked(&act(&mut fatma, "place", &path, &invite).await));
        act(&mut fatma, "place", &path, &[("member", &joris_id), ("act", "uninvite")]).await;
    }
    let mails = mails_to(&site, "joris@example.org").await;
    assert_eq!(mails.iter().filter(|(subject, _)| subject == "Kom je in het team?").count(), 2);
    assert!(worked(&act(&mut fatma, "place", &path, &invite).await));
    assert!(worked(&act(&mut joris, "answer", &path, &[("act", "accept")]).await));
    assert!(joris.get(&format!("{path}/meedoen/team")).await.status.is_success());
}

#[tokio::test]
async fn pages_of_an_initiative_need_no_more_than_six_queries() {
    let site = Site::with("diagnostics = true").await;
    let (mut fatma, path) = begun(&site).await;
    add_need(&mut fatma, &path, "scheppen", "2").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut visitor = site.browser(RIETVOORDE);
    for page in [path.clone(), format!("{path}/meedoen"), format!("{path}/feed")] {
        for browser in [&mut visitor, &mut fatma, &mut joris] {
            let answer = browser.get(&page).await;
            let queries: u32 = answer.header("x-queries").parse().expect("a number");
            assert!(queries <= 6, "{page}: {queries}");
        }
    }
}
