//! What keeps advertisers and programs out, and people in.

use axum::http::StatusCode;
use domain::clock::Span;
use domain::moderation::Subject;
use domain::moderation::sieve::begins_with_zeros;
use domain::posts::PostStatus;

use crate::common::browser::{Answer, Browser, six_digits};
use crate::common::database::Database;
use crate::common::{NOW, RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{by_fatma, case_of, decide, mail, mails_to, status_of};

async fn join(site: &Site, name: &str, email: &str) -> (Browser, Answer) {
    let mut browser = site.browser(RIETVOORDE);
    let fields = [
        ("draft[name]", name),
        ("draft[email]", email),
        ("draft[age]", "true"),
        ("draft[house_rules]", "true"),
    ];
    let asked = browser.post("/api/members/join", &fields).await;
    (browser, asked)
}

pub async fn newcomer(site: &Site) -> Browser {
    let (mut browser, asked) = join(site, "Nienke Nieuw", "nienke@example.org").await;
    let challenge = asked.location().trim_start_matches("/aanmelden/code?c=").to_owned();
    let (subject, _) = mails_to(site, "nienke@example.org").await.remove(0);
    let code = six_digits(&subject).expect("a code");
    browser.post("/api/sign-in/code", &[("challenge", &challenge), ("code", &code)]).await;
    assert!(browser.is_signed_in());
    browser
}

async fn post(by: &mut Browser, title: &str, body: &str) -> Answer {
    by.post("/api/posts/create", &[("draft[title]", title), ("draft[body]", body), ("draft[kind]", "news")])
        .await
}

fn path(answer: &Answer) -> String {
    answer.location().split('?').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_link_by_somebody_new_is_looked_at_first() {
    let site = Site::demo().await;
    let mut nienke = newcomer(&site).await;
    let held = post(&mut nienke, "Kijk hier", "Kijk op [deze site](https://winkel.example).").await;
    assert!(held.location().contains("wacht=1"), "{held:?}");
    let held = path(&held);
    assert_eq!(status_of(&site, &held).await, PostStatus::Held);
    assert_eq!(site.browser(RIETVOORDE).get(&held).await.status, StatusCode::NOT_FOUND);
    assert!(!site.browser(RIETVOORDE).get("/berichten").await.body.contains("Kijk hier"));
    assert!(nienke.get(&held).await.body.contains("Je bent hier nieuw"));
    mail(&site, "nienke@example.org", "We kijken even mee met je bericht").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let queue = willem.get("/beheer/meldingen?deel=nieuw").await;
    assert!(
        queue.body.contains("Kijk hier") && queue.body.contains("nieuw account met links"),
        "{}",
        queue.body
    );
    decide(&mut willem, &case_of(&site, &held).await, "no_action", "").await;
    assert!(site.browser(RIETVOORDE).get(&held).await.status.is_success());
    mail(&site, "nienke@example.org", "Je bericht is in orde").await;
}

#[tokio::test]
async fn a_link_put_in_later_is_looked_at_too_and_one_within_the_site_is_not() {
    let site = Site::demo().await;
    let mut nienke = newcomer(&site).await;
    let fine = path(&post(&mut nienke, "Hoi", "Lees [dit](/over) eens.").await);
    assert_eq!(status_of(&site, &fine).await, PostStatus::Published);
    let id = fine.trim_start_matches("/berichten/");
    let edit = [
        ("id", id),
        ("part", "tekst"),
        ("with[]", "tekst"),
        ("edit[version]", "1"),
        ("edit[body]", "Koop op https://winkel.example of [hier](https://winkel.example)."),
    ];
    nienke.post("/api/posts/edit", &edit).await;
    assert_eq!(status_of(&site, &fine).await, PostStatus::Held);
}

#[tokio::test]
async fn somebody_new_posts_three_times_an_hour_and_the_fourth_waits() {
    let site = Site::demo().await;
    let mut nienke = newcomer(&site).await;
    for title in ["Een", "Twee", "Drie"] {
        // Held ones do not count as proof, and so she stays new.
        let body = format!("{title}: [kijk](https://winkel.example)");
        assert!(post(&mut nienke, &format!("Bericht {title}"), &body).await.location().contains("geplaatst"));
    }
    let fourth = post(&mut nienke, "Bericht vier", "Nog een.").await;
    assert!(fourth.location().contains("flash="), "{fourth:?}");
    site.clock.advance(Span::hours(2));
    assert!(post(&mut nienke, "Bericht vier", "Nog een.").await.location().contains("geplaatst"));
}

#[tokio::test]
async fn a_comment_by_somebody_new_with_a_link_is_looked_at_first() {
    let site = Site::demo().await;
    let (mut fatma, path) = by_fatma(&site, "Wie weet een goede fietsenmaker?").await;
    let post = path.trim_start_matches("/berichten/");
    let mut nienke = newcomer(&site).await;
    let text = "Kijk op [deze winkel](https://winkel.example).";
    let sent = nienke.post("/api/comments/create", &[("post", post), ("body", text)]).await;
    assert!(sent.location().contains("wacht=1"), "{sent:?}");
    let id = sent.location().split("#reactie-").nth(1).expect("a comment").to_owned();

    let own = nienke.get(&path).await.body;
    assert!(own.contains("winkel.example") && own.contains("Alleen jij ziet deze reactie nog"), "{own}");
    let mut stranger = site.browser(RIETVOORDE);
    for reader in [&mut stranger, &mut fatma] {
        let page = reader.get(&path).await.body;
        assert!(!page.contains("winkel.example") && page.contains("Nog geen reacties"), "{page}");
        let form = reader.get(&format!("/melden?over={path}%23reactie-{id}")).await.body;
        assert!(!form.contains("fietsenmaker"), "what is held cannot be reported: {form}");
    }
    assert!(!fatma.get("/voor-jou").await.body.contains("winkel.example"));
    assert!(mails_to(&site, "fatma@example.org").await.iter().all(|(_, text)| !text.contains("winkel")));
    mail(&site, "nienke@example.org", "We kijken even mee met je reactie").await;

    // Nobody can answer it yet, and that is said kindly to who tries: what was typed stays, and goes as it is.
    let answering = format!("antwoord={id}");
    assert!(!own.contains(&answering), "{own}");
    let typed = [("post", post), ("reply_to", id.as_str()), ("body", "En ze zijn snel.")];
    let refused = nienke.post("/api/comments/create", &typed).await;
    assert!(refused.location().contains(&answering) && refused.location().contains("flash="), "{refused:?}");
    let back = nienke.get(refused.location().split('#').next().unwrap_or_default()).await.body;
    assert!(
        back.contains("Je vorige reactie wordt nog bekeken") && back.contains("En ze zijn snel."),
        "{back}"
    );
    assert!(!back.contains("name=\"reply_to\""), "{back}");

    // She may change it and take it away, and what she puts back still waits.
    let (key, change) = (id.as_str(), "Kijk op [deze winkel](https://winkel.example), echt.");
    let edit = [("post", post), ("id", key), ("version", "1"), ("body", change)];
    assert!(nienke.post("/api/comments/edit", &edit).await.location().contains("bewaard"));
    nienke.post("/api/comments/remove", &[("post", post), ("id", key)]).await;
    nienke.post("/api/comments/restore", &[("post", post), ("id", key)]).await;
    assert!(nienke.get(&path).await.body.contains("Alleen jij ziet deze reactie nog"));
    assert!(!stranger.get(&path).await.body.contains("winkel.example"));

    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let queue = willem.get("/beheer/meldingen?deel=nieuw").await.body;
    assert!(queue.contains("fietsenmaker"), "{queue}");
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let subject = Subject::Comment(id.parse().expect("a key"));
    let case = tenant.case_of(&subject).await.expect("a database").expect("a case");
    let file = willem.get(&format!("/beheer/meldingen/{}", case.id)).await.body;
    assert!(file.contains("winkel.example") && file.contains("<ins>"), "as it was and as it is: {file}");
    decide(&mut willem, &case, "no_action", "").await;
    for reader in [&mut stranger, &mut fatma] {
        let page = reader.get(&path).await.body;
        assert!(page.contains("winkel.example") && !page.contains("Alleen jij ziet"), "{page}");
    }
    assert!(nienke.get(&path).await.body.contains(&answering), "now it can be answered");
    mail(&site, "nienke@example.org", "Je reactie is in orde").await;
}

#[tokio::test]
async fn a_link_put_into_a_comment_later_is_looked_at_and_can_be_refused() {
    let site = Site::demo().await;
    let (_, path) = by_fatma(&site, "Wie weet een schilder?").await;
    let post = path.trim_start_matches("/berichten/");
    let mut nienke = newcomer(&site).await;
    let sent = nienke.post("/api/comments/create", &[("post", post), ("body", "Ik wel [zie](/over).")]).await;
    assert!(sent.location().contains("reactie-geplaatst"), "{sent:?}");
    let id = sent.location().split("#reactie-").nth(1).expect("a comment").to_owned();
    let edit = [("post", post), ("id", &id), ("version", "1"), ("body", "Bel https://winkel.example nu")];
    nienke.post("/api/comments/edit", &edit).await;
    let edit = [("post", post), ("id", &id), ("version", "2"), ("body", "[Hier](https://winkel.example)")];
    nienke.post("/api/comments/edit", &edit).await;
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("winkel.example"));
    assert!(nienke.get(&path).await.body.contains("Alleen jij ziet deze reactie nog"));
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let subject = Subject::Comment(id.parse().expect("a key"));
    let case = tenant.case_of(&subject).await.expect("a database").expect("a case");
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    decide(&mut willem, &case, "remove", "").await;
    assert!(!nienke.get(&path).await.body.contains("winkel.example"));
    assert!(tenant.case_of(&subject).await.expect("a database").expect("a case").outcome.is_some());
}

#[tokio::test]
async fn the_same_text_by_two_accounts_is_looked_at_and_stays() {
    let site = Site::demo().await;
    let body = "Kom allemaal naar de geweldige actie van deze week, want die is er maar één keer!";
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    post(&mut fatma, "Actie", body).await;
    let mut nienke = newcomer(&site).await;
    let second = path(&post(&mut nienke, "Actie!", body).await);
    assert_eq!(status_of(&site, &second).await, PostStatus::Published);
    assert_eq!(case_of(&site, &second).await.origin, domain::moderation::CaseOrigin::SameText);
}

#[tokio::test]
async fn a_name_that_advertises_is_refused_kindly() {
    let site = Site::demo().await;
    for name in ["Koop op koop.nl", "Bel 06 12345678", "www.gratis.example"] {
        let (mut browser, refused) = join(&site, name, "reclame@example.org").await;
        let page = refused.location().split('#').next().unwrap_or_default().to_owned();
        assert!(page.contains("flash="), "{name}: {refused:?}");
        assert!(browser.get(&page).await.body.contains("Hier past geen webadres"), "{name}");
    }
    assert!(mails_to(&site, "reclame@example.org").await.is_empty());
}

fn notice<'a>(message: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("report[message]", message), ("report[email]", "melder@example.org")], more].concat()
}

#[tokio::test]
async fn a_form_that_a_program_filled_in_goes_nowhere_and_says_nothing() {
    let site = Site::demo().await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let before = tenant.count_notices().await.expect("notices");
    let mut browser = site.browser(RIETVOORDE);
    let sent = notice("Koop nu goedkope dingen.", &[("sieve[website]", "https://winkel.example")]);
    let answer = browser.post("/api/reports/give", &sent).await;
    assert!(answer.location().contains("gemeld"), "{answer:?}");
    assert_eq!(tenant.count_notices().await.expect("notices"), before);
    assert!(mails_to(&site, "melder@example.org").await.is_empty());
    let join = [
        ("draft[name]", "Bot"),
        ("draft[email]", "bot@example.org"),
        ("draft[age]", "true"),
        ("draft[house_rules]", "true"),
        ("sieve[website]", "x"),
    ];
    let answer = browser.post("/api/members/join", &join).await;
    assert!(answer.location().starts_with("/aanmelden/code?c="), "{answer:?}");
    assert!(mails_to(&site, "bot@example.org").await.is_empty());
}

#[tokio::test]
async fn nobody_types_faster_than_three_seconds() {
    let site = Site::without_demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let since = since(&mut browser, "/melden").await;
    site.clock.advance(Span::seconds(2));
    let fast = notice("Dit klopt niet helemaal.", &[("sieve[since]", &since)]);
    let refused = browser.post("/api/reports/give", &fast).await;
    let page = refused.location().split('#').next().unwrap_or_default().to_owned();
    let shown = browser.get(&page).await;
    assert!(shown.body.contains("Dat ging wel heel snel"), "{}", shown.body);
    assert!(
        shown.body.contains(&format!("value=\"{since}\"")),
        "the moment stays, so that a second try is not too fast"
    );
    site.clock.advance(Span::seconds(1));
    assert!(browser.post("/api/reports/give", &fast).await.location().contains("gemeld"));
}

/// What says in the form on a page when it was made.
async fn since(browser: &mut Browser, page: &str) -> String {
    let body = browser.get(page).await.body;
    let field = body.split("name=\"sieve[since]\" value=\"").nth(1);
    field.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{page}: {body}")).to_owned()
}

#[tokio::test]
async fn nobody_but_the_servers_says_when_a_form_was_made() {
    let database = Database::demo();
    let site = Site::without_demo_on(&database).await;
    let mut browser = site.browser(RIETVOORDE);
    let good = since(&mut browser, "/melden").await;
    let (_, signature) = good.split_once('.').expect("a signature");
    let elsewhere = since(&mut site.browser(VEENZICHT), "/melden").await;
    let other_form = since(&mut browser, "/lid-worden").await;
    site.clock.advance(Span::seconds(10));
    let earlier = NOW.0.to_string();
    let claimed = format!("{}.{signature}", NOW.0 - 60_000);
    for wrong in ["", &earlier, &claimed, &elsewhere, &other_form, ".", "x.y"] {
        let sent = notice("Dit klopt niet helemaal.", &[("sieve[since]", wrong)]);
        let refused = browser.post("/api/reports/give", &sent).await;
        let page = refused.location().split('#').next().unwrap_or_default().to_owned();
        assert!(page.contains("flash="), "{wrong:?}: {refused:?}");
        // It comes back whole, with a moment of now, and may be sent once more.
        let back = browser.get(&page).await.body;
        assert!(
            back.contains("Verstuur het nog een keer") && back.contains("Dit klopt niet helemaal."),
            "{back}"
        );
        assert_ne!(since(&mut browser, &page).await, wrong);
    }
    let none = browser.post("/api/reports/give", &notice("Dit klopt niet helemaal.", &[])).await;
    assert!(none.location().contains("flash="), "{none:?}");
    // Another server of the same database knows what this one signed.
    let beside = Site::without_demo_on(&database).await;
    beside.clock.advance(Span::seconds(10));
    let sent = notice("Dit klopt niet helemaal.", &[("sieve[since]", &good)]);
    let sent = beside.browser(RIETVOORDE).post("/api/reports/give", &sent).await;
    assert!(sent.location().contains("gemeld"), "{sent:?}");
}

#[tokio::test]
async fn a_form_that_was_open_for_days_is_sent_once_more_with_nothing_lost() {
    let site = Site::without_demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let old = since(&mut browser, "/lid-worden").await;
    site.clock.advance(Span::hours(25));
    let mut fields = vec![
        ("draft[name]", "Truus Visser"),
        ("draft[email]", "truus@example.org"),
        ("draft[age]", "true"),
        ("draft[house_rules]", "true"),
        ("sieve[since]", old.as_str()),
    ];
    let refused = browser.post("/api/members/join", &fields).await;
    let page = refused.location().split('#').next().unwrap_or_default().to_owned();
    let back = browser.get(&page).await.body;
    for part in ["Dit formulier stond lang open.", "value=\"Truus Visser\"", "value=\"truus@example.org\""] {
        assert!(back.contains(part), "{part}: {back}");
    }
    assert!(mails_to(&site, "truus@example.org").await.is_empty());
    // At once: it was open for long enough.
    let fresh = since(&mut browser, &page).await;
    fields.pop();
    fields.push(("sieve[since]", &fresh));
    let done = browser.post("/api/members/join", &fields).await;
    assert!(done.location().starts_with("/aanmelden/code?c="), "{done:?}");
}

#[tokio::test]
async fn no_page_that_is_kept_for_all_readers_says_when_its_form_was_made() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let post = format!("/berichten/{}", site.some_post(RIETVOORDE).await.id);
    for path in ["/", "/berichten", "/agenda", "/over", &post] {
        let page = browser.get(path).await;
        assert!(!page.body.contains("sieve[since]"), "{path}");
    }
    for path in ["/melden", "/lid-worden"] {
        let key = server::page_cache::cacheable_path(path, None);
        assert!(key.is_none() && browser.get(path).await.body.contains("sieve[since]"), "{path}");
    }
}

#[tokio::test]
async fn a_network_that_sends_very_much_works_for_each_next_one_or_waits() {
    use sha2::{Digest as _, Sha256};
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    assert!(!browser.get("/melden").await.body.contains("data-puzzle"));
    for _ in 0..20 {
        let sent = browser.post("/api/reports/give", &notice("Dit klopt niet helemaal.", &[])).await;
        assert!(sent.location().contains("gemeld"), "{sent:?}");
    }
    let without = browser.post("/api/reports/give", &notice("Dit klopt niet helemaal.", &[])).await;
    assert!(without.location().contains("flash="), "without JavaScript it waits: {without:?}");
    let page = browser.get("/melden").await.body;
    let part = |name: &str| page.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    let (challenge, bits) = (part("data-puzzle").expect("a puzzle"), part("data-bits").expect("bits"));
    let bits: u32 = bits.parse().expect("a number");
    let proof = (0_u32..50_000_000)
        .map(|n| n.to_string())
        .find(|n| begins_with_zeros(&Sha256::digest(format!("{challenge}.{n}")), bits))
        .expect("a solution");
    let solved = notice("Dit klopt niet helemaal.", &[("sieve[proof]", &proof)]);
    let sent = browser.post("/api/reports/give", &solved).await;
    assert!(sent.location().contains("gemeld"), "{sent:?}");
    let again = browser.post("/api/reports/give", &solved).await;
    assert!(again.location().contains("flash="), "each solution counts once: {again:?}");
    // Members are known, and other networks have sent nothing.
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    assert!(
        fatma
            .post("/api/reports/give", &notice("Dit klopt niet helemaal.", &[]))
            .await
            .location()
            .contains("gemeld")
    );
    site.clock.advance(Span::hours(1));
    assert!(
        browser
            .post("/api/reports/give", &notice("Dit klopt niet helemaal.", &[]))
            .await
            .location()
            .contains("gemeld")
    );
}
