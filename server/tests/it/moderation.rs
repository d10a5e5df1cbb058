//! From a notice to the end of an appeal, through the pages and the mails.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::clock::Span;
use domain::moderation::{CaseStatus, Subject};
use domain::posts::PostStatus;
use store::moderation::CaseRecord;

use crate::common::browser::{Answer, Browser, FORM, form};
use crate::common::{RIETVOORDE, Site, VEENZICHT};

/// A post by Fatma in Lindenhoek, for which there are two connectors: its path.
pub async fn by_fatma(site: &Site, title: &str) -> (Browser, String) {
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [
        ("draft[title]", title),
        ("draft[body]", "Bel mijn buurvrouw op 06 12 34 56 78."),
        ("draft[kind]", "news"),
        ("draft[areas][]", "lindenhoek"),
    ];
    let answer = fatma.post("/api/posts/create", &fields).await;
    let path = answer.location().split('?').next().unwrap_or_default().to_owned();
    assert!(path.starts_with("/berichten/"), "{answer:?}");
    (fatma, path)
}

pub async fn report(site: &Site, path: &str) -> Answer {
    let fields = [
        ("report[address]", path),
        ("report[category]", "privacy"),
        ("report[rule]", "3"),
        ("report[message]", "Hier staat mijn telefoonnummer in."),
        ("report[email]", "melder@example.org"),
    ];
    site.browser(RIETVOORDE).post("/api/reports/give", &fields).await
}

pub async fn case_of(site: &Site, path: &str) -> CaseRecord {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let id = path.trim_start_matches("/berichten/").parse().expect("a key");
    tenant.case_of(&Subject::Post(id)).await.expect("a database").expect("a case")
}

pub async fn status_of(site: &Site, path: &str) -> PostStatus {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let id = path.trim_start_matches("/berichten/").parse().expect("a key");
    tenant.post(id).await.expect("a database").expect("a post").status
}

pub async fn decide(by: &mut Browser, case: &CaseRecord, kind: &str, days: &str) -> Answer {
    let (id, version) = (case.id.to_string(), case.version.to_string());
    let fields = [
        ("id", id.as_str()),
        ("decision[version]", version.as_str()),
        ("decision[kind]", kind),
        ("decision[facts]", "Er staat een telefoonnummer in."),
        ("decision[ground]", "house_rule"),
        ("decision[rule]", "3. Denk aan de ander."),
        ("decision[days]", days),
        // Fields that no form has.
        ("decision[made_by]", "0198c0de-0000-7000-8000-000000000000"),
        ("decision[automated]", "true"),
    ];
    by.post("/api/moderation/decide", &fields).await
}

pub async fn mails_to(site: &Site, address: &str) -> Vec<(String, String)> {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let mails = tenant.recent_mail(200).await.expect("mails");
    let to = mails.into_iter().filter(|mail| mail.to_address == address);
    to.map(|mail| (mail.subject, mail.text)).collect()
}

/// The mail with this subject: the clock stands still, so that none is the last.
pub async fn mail(site: &Site, address: &str, subject: &str) -> String {
    let mails = mails_to(site, address).await;
    let found = mails.iter().find(|(other, _)| other == subject);
    found.unwrap_or_else(|| panic!("no mail {subject} among {mails:?}")).1.clone()
}

fn follow_path(text: &str) -> String {
    let at = text.find("/melding/").expect("a link");
    text[at..].split_whitespace().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_notice_is_followed_from_the_receipt_to_the_decision_without_an_account() {
    let site = Site::demo().await;
    let (mut fatma, path) = by_fatma(&site, "Wie past er op").await;
    let page = site.browser(RIETVOORDE).get(&format!("/melden?over={path}")).await;
    assert!(page.body.contains("Wie past er op"), "it says what is reported, not where it is");
    let given = report(&site, &path).await;
    assert!(given.location().starts_with(&format!("{path}?melding=gemeld&volg=")), "{given:?}");
    let receipt = mail(&site, "melder@example.org", "We hebben je melding ontvangen").await;
    let follow = follow_path(&receipt);
    let mut notifier = site.browser(RIETVOORDE);
    let shown = notifier.get(&follow).await;
    assert!(shown.status.is_success() && shown.body.contains("Een mens kijkt ernaar"), "{}", shown.body);
    assert!(!shown.body.contains("Hier staat mijn telefoonnummer"), "words of a stranger stay inside");

    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let queue = willem.get("/beheer/meldingen").await;
    assert!(queue.body.contains("Wie past er op"), "{}", queue.body);
    assert!(willem.get("/").await.body.replace("<!>", "").contains("Meldingen ("), "the menu counts");
    let case = case_of(&site, &path).await;
    let file = willem.get(&format!("/beheer/meldingen/{}", case.id)).await;
    assert!(file.body.contains("Hier staat mijn telefoonnummer in."), "{}", file.body);

    let asked = decide(&mut willem, &case, "ask", "7").await;
    assert!(asked.location().contains("melding=besloten"), "{asked:?}");
    assert_eq!(status_of(&site, &path).await, PostStatus::Published, "it stays where it is");
    mail(&site, "fatma@example.org", "Kun je je bericht aanpassen?").await;
    assert_eq!(mails_to(&site, "melder@example.org").await.len(), 1, "nothing is decided yet");

    let id = path.trim_start_matches("/berichten/");
    let edit = [
        ("id", id),
        ("part", "tekst"),
        ("with[]", "tekst"),
        ("edit[version]", "1"),
        ("edit[body]", "Bel mij."),
    ];
    let saved = fatma.post("/api/posts/edit", &edit).await;
    assert!(saved.location().contains("bewaard"), "{saved:?}");
    let changed = case_of(&site, &path).await;
    assert_eq!((changed.status, changed.changed_at.is_some()), (CaseStatus::Open, true));
    let file = willem.get(&format!("/beheer/meldingen/{}", case.id)).await;
    assert!(file.body.contains("<del>") && file.body.contains("<ins>"), "what changed, word by word");

    decide(&mut willem, &changed, "no_action", "").await;
    assert_eq!(case_of(&site, &path).await.status, CaseStatus::Decided);
    mail(&site, "fatma@example.org", "Je bericht is in orde").await;
    let answer = mail(&site, "melder@example.org", "We hebben je melding bekeken").await;
    assert!(answer.contains("> Er staat een telefoonnummer in."));
    // Both links work, and GET changed nothing.
    for link in [follow, follow_path(&answer)] {
        let shown = notifier.get(&link).await;
        assert!(
            shown.body.contains("Laat staan") && shown.body.contains("Verstuur bezwaar"),
            "{}",
            shown.body
        );
    }
    let token = follow_path(&answer).trim_start_matches("/melding/").to_owned();
    let object = [("token", token.as_str()), ("appeal[message]", "Het staat er nog steeds in.")];
    notifier.post("/api/moderation/appeal-notice", &object).await;
    assert_eq!(case_of(&site, &path).await.status, CaseStatus::Appealed);
}

#[tokio::test]
async fn what_is_removed_comes_with_reasons_and_is_looked_at_again_by_somebody_else() {
    let site = Site::demo().await;
    let (mut fatma, path) = by_fatma(&site, "Dit moet weg").await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let case = case_of(&site, &path).await;
    decide(&mut willem, &case, "remove", "").await;
    assert_eq!(status_of(&site, &path).await, PostStatus::Removed);
    assert_eq!(site.browser(RIETVOORDE).get(&path).await.status, StatusCode::NOT_FOUND);

    // Who is second hears that somebody was faster.
    let late = decide(&mut aicha, &case, "no_action", "").await;
    assert!(late.location().contains("flash="), "{late:?}");
    let page = late.location().split('#').next().unwrap_or_default().to_owned();
    assert!(aicha.get(&page).await.body.contains("Iemand heeft dit ondertussen veranderd"));
    assert!(
        aicha.get(&page).await.body.contains("Er staat een telefoonnummer in."),
        "what was typed is kept"
    );

    let reasons = mail(&site, "fatma@example.org", "We hebben je bericht weggehaald").await;
    for part in
        ["Denk aan de ander", "Er staat een telefoonnummer in.", "geen computer", "binnen zes maanden"]
    {
        assert!(reasons.contains(part), "{part}: {reasons}");
    }
    let own = format!("/account/bezwaar/{}", case.id);
    assert!(reasons.contains(&own));
    let page = fatma.get(&own).await;
    assert!(page.body.contains("huisregels") && page.body.contains("Verstuur bezwaar"), "{}", page.body);
    assert!(
        !page.body.contains("melder@example.org") && !page.body.contains("Willem"),
        "who reported, who decided"
    );

    let id = case.id.to_string();
    let short = fatma.post("/api/moderation/appeal", &[("id", &id), ("appeal[message]", "nee")]).await;
    let back = short.location().split('#').next().unwrap_or_default().to_owned();
    assert!(fatma.get(&back).await.body.contains(">\nnee<"), "what was typed is still there");
    let object = [("id", id.as_str()), ("appeal[message]", "Mijn buurvrouw vindt het goed.")];
    let sent = fatma.post("/api/moderation/appeal", &object).await;
    assert!(sent.location().contains("melding=bezwaar"), "{sent:?}");
    mail(&site, "fatma@example.org", "We hebben je bezwaar ontvangen").await;

    let appealed = case_of(&site, &path).await;
    let version = appealed.version.to_string();
    let reply = [
        ("id", id.as_str()),
        ("reply[version]", version.as_str()),
        ("reply[outcome]", "overturned"),
        ("reply[reasons]", "De buurvrouw vindt het goed."),
    ];
    let before = site.traces().await;
    let (own_page, same) = (
        willem.get(&format!("/beheer/meldingen/{id}")).await,
        willem.script().post("/api/moderation/answer", &reply).await,
    );
    assert!(own_page.body.contains("Jij nam het eerste besluit"), "{}", own_page.body);
    assert_eq!(same.status, StatusCode::FORBIDDEN, "not who decided first: {same:?}");
    assert_eq!(fatma.script().post("/api/moderation/answer", &reply).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.traces().await, before);

    let answered = aicha.post("/api/moderation/answer", &reply).await;
    assert!(answered.location().contains("besloten"), "{answered:?}");
    assert_eq!(case_of(&site, &path).await.status, CaseStatus::Closed);
    assert_eq!(status_of(&site, &path).await, PostStatus::Published);
    assert!(site.browser(RIETVOORDE).get(&path).await.status.is_success());
    let text = mail(&site, "fatma@example.org", "Er is besloten over je bezwaar").await;
    assert!(text.contains("Je krijgt gelijk") && text.contains("De buurvrouw vindt het goed."));
}

#[tokio::test]
async fn who_is_suspended_reads_why_objects_and_writes_again_when_it_is_over() {
    let site = Site::demo().await;
    let (mut fatma, path) = by_fatma(&site, "Even pauze").await;
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    decide(&mut willem, &case_of(&site, &path).await, "suspend", "7").await;
    let write = [("draft[title]", "Nog een keer"), ("draft[body]", "Mag dit?"), ("draft[kind]", "news")];
    let refused = fatma.script().post("/api/posts/create", &write).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{refused:?}");
    let home = fatma.get("/").await;
    assert!(home.body.contains("Je account is gepauzeerd") && home.body.contains("/account/bezwaar"));
    let own = fatma.get("/account/bezwaar").await;
    assert!(own.body.contains("De pauze stopt vanzelf") && own.body.contains("Even pauze"), "{}", own.body);
    let id = case_of(&site, &path).await.id.to_string();
    let object = [("id", id.as_str()), ("appeal[message]", "Ik wist het niet, sorry.")];
    assert!(fatma.post("/api/moderation/appeal", &object).await.location().contains("bezwaar"));
    site.clock.advance(Span::days(8));
    let posted = fatma.post("/api/posts/create", &write).await;
    assert!(posted.location().contains("geplaatst"), "{posted:?}");
}

#[tokio::test]
async fn a_hidden_post_shows_to_its_author_and_moderators_alone() {
    let site = Site::demo().await;
    let (mut fatma, path) = by_fatma(&site, "Even uit het zicht").await;
    let mut stranger = site.browser(RIETVOORDE);
    assert!(stranger.get(&path).await.status.is_success());
    report(&site, &path).await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    decide(&mut willem, &case_of(&site, &path).await, "hide", "").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    for reader in [&mut stranger, &mut joris] {
        assert_eq!(reader.get(&path).await.status, StatusCode::NOT_FOUND);
        for list in ["/", "/berichten", "/berichten?gebied=lindenhoek", "/berichten/feed", "/sitemap.xml"] {
            let page = reader.get(list).await.body;
            assert!(!page.contains("Even uit het zicht") && !page.contains(&path), "{list}");
        }
    }
    for reader in [&mut fatma, &mut willem] {
        let page = reader.get(&path).await;
        assert!(page.body.contains("even niet te zien voor anderen"), "{}", page.body);
        assert!(page.body.contains("noindex"));
    }
    assert!(fatma.get(&path).await.body.contains("/account/bezwaar/"));
    assert!(willem.get(&path).await.body.contains("/beheer/meldingen/"));
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "nothing of it was kept for others");
}

#[tokio::test]
async fn nobody_judges_their_own_and_a_foreign_page_sends_no_decision() {
    let site = Site::demo().await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let fields =
        [("draft[title]", "Van Willem"), ("draft[body]", "Zelf geschreven."), ("draft[kind]", "news")];
    let made = willem.post("/api/posts/create", &fields).await;
    let path = made.location().split('?').next().unwrap_or_default().to_owned();
    report(&site, &path).await;
    let case = case_of(&site, &path).await;
    let before = site.traces().await;
    let id = case.id.to_string();
    let shown = willem.get(&format!("/beheer/meldingen/{id}")).await;
    assert_eq!(shown.status, StatusCode::FORBIDDEN);
    assert!(!willem.get("/beheer/meldingen").await.body.contains("Van Willem"));
    let done = decide(&mut willem.script(), &case, "no_action", "").await;
    assert_eq!(done.status, StatusCode::FORBIDDEN, "{done:?}");

    let (_, other) = by_fatma(&site, "Van Fatma").await;
    report(&site, &other).await;
    let case = case_of(&site, &other).await;
    let (id, version) = (case.id.to_string(), case.version.to_string());
    let body = form(&[
        ("id", &id),
        ("decision[version]", &version),
        ("decision[kind]", "no_action"),
        ("decision[facts]", "Niets aan de hand."),
    ]);
    let foreign = [("origin", "https://kwaad.example".to_owned()), ("content-type", FORM.to_owned())];
    let sent = willem.send(Method::POST, "/api/moderation/decide", &foreign, Body::from(body)).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    assert_eq!(case_of(&site, &other).await.version, case.version);
    drop(before);
}

#[tokio::test]
async fn the_pages_of_another_community_know_nothing_of_a_case() {
    let site = Site::demo().await;
    let (_, path) = by_fatma(&site, "Alleen hier").await;
    let given = report(&site, &path).await;
    let token = given.location().split("volg=").nth(1).unwrap_or_default().to_owned();
    let case = case_of(&site, &path).await.id;
    let mut geert = site.signed_in(VEENZICHT, "geert@example.org").await;
    for page in
        [format!("/beheer/meldingen/{case}"), format!("/account/bezwaar/{case}"), format!("/melding/{token}")]
    {
        let shown = geert.get(&page).await;
        assert_eq!(shown.status, StatusCode::NOT_FOUND, "{page}");
        assert!(!shown.body.contains("Alleen hier"), "{page}");
    }
    assert!(!geert.get("/beheer/meldingen").await.body.contains("Alleen hier"));
    let how = site.browser(RIETVOORDE).get("/moderatie").await;
    assert!(how.status.is_success() && how.body.contains("minder dan 10"), "{}", how.body);
}

#[tokio::test]
async fn a_comment_is_reported_removed_and_put_back_like_a_post() {
    let site = Site::demo().await;
    let (_, path) = by_fatma(&site, "Met een reactie").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let post = path.trim_start_matches("/berichten/");
    let said = [("post", post), ("body", "Wat een rare vraag zeg.")];
    let sent = joris.post("/api/comments/create", &said).await;
    let anchor = sent.location().split('#').nth(1).unwrap_or_default().to_owned();
    assert!(anchor.starts_with("reactie-"), "{sent:?}");
    let address = format!("{path}#{anchor}");
    let form = site.browser(RIETVOORDE).get(&format!("/melden?over={path}%23{anchor}")).await;
    assert!(form.body.contains("Een reactie") && form.body.contains("Met een reactie"), "{}", form.body);
    let given = report(&site, &address).await;
    assert!(given.location().ends_with(&format!("#{anchor}")), "{given:?}");
    let id = anchor.trim_start_matches("reactie-").parse().expect("a key");
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let found =
        || async { tenant.case_of(&Subject::Comment(id)).await.expect("a database").expect("a case") };
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let case = found().await;
    assert!(willem.get(&format!("/beheer/meldingen/{}", case.id)).await.body.contains("Wat een rare vraag"));
    assert!(
        decide(&mut willem, &case, "hide", "").await.location().contains("flash="),
        "it goes, or it stays"
    );
    decide(&mut willem, &case, "remove", "").await;
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("Wat een rare vraag"));
    mail(&site, "joris@example.org", "We hebben je reactie weggehaald").await;
    let key = case.id.to_string();
    let object = [("id", key.as_str()), ("appeal[message]", "Het was een grapje onder vrienden.")];
    joris.post("/api/moderation/appeal", &object).await;
    let version = found().await.version.to_string();
    let reply = [
        ("id", key.as_str()),
        ("reply[version]", version.as_str()),
        ("reply[outcome]", "overturned"),
        ("reply[reasons]", "Een grapje mag hier."),
    ];
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    aicha.post("/api/moderation/answer", &reply).await;
    assert!(site.browser(RIETVOORDE).get(&path).await.body.contains("Wat een rare vraag"));
}

#[tokio::test]
async fn a_connector_takes_nothing_of_others_away_without_reasons() {
    let site = Site::demo().await;
    let (_, path) = by_fatma(&site, "Zelf gezien").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let id = path.trim_start_matches("/berichten/");
    let before = site.traces().await;
    assert_eq!(willem.script().post("/api/posts/remove", &[("id", id)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.traces().await, before);
    let page = willem.get(&path).await;
    assert!(page.body.contains("Modereer") && !page.body.contains("/api/posts/remove"), "{}", page.body);
    let begun = willem.post("/api/moderation/begin", &[("id", id)]).await;
    let case = case_of(&site, &path).await;
    assert_eq!(begun.location(), format!("/beheer/meldingen/{}", case.id));
    decide(&mut willem, &case, "remove", "").await;
    mail(&site, "fatma@example.org", "We hebben je bericht weggehaald").await;
    // Nobody gave notice, and so nobody else is told.
    assert_eq!(case_of(&site, &path).await.notices, 0);
}
