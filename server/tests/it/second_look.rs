//! An objection where no other connector can decide about it: whose turn it is, and what the others see.

use axum::http::StatusCode;
use domain::moderation::CaseStatus;
use domain::permit::Permit;
use domain::posts::PostStatus;
use domain::roles::Role;

use crate::common::browser::Browser;
use crate::common::{NOW, RIETVOORDE, Site};
use crate::moderation::{case_of, decide, mail, report, status_of};

/// A post for the whole community, for which Willem alone is a connector: removed by him, and Fatma objects.
async fn objected(site: &Site, willem: &mut Browser) -> (String, String) {
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [
        ("draft[title]", "Voor heel Rietvoorde"),
        ("draft[body]", "Bel mijn buurvrouw op 06 12 34 56 78."),
        ("draft[kind]", "news"),
    ];
    let made = fatma.post("/api/posts/create", &fields).await;
    let path = made.location().split('?').next().unwrap_or_default().to_owned();
    report(site, &path).await;
    let case = case_of(site, &path).await;
    decide(willem, &case, "remove", "").await;
    let id = case.id.to_string();
    let object = [("id", id.as_str()), ("appeal[message]", "Mijn buurvrouw vindt het goed.")];
    let sent = fatma.post("/api/moderation/appeal", &object).await;
    assert!(sent.location().contains("melding=bezwaar"), "{sent:?}");
    assert_eq!(case_of(site, &path).await.status, CaseStatus::Appealed);
    (path, id)
}

/// Takes a role away from whoever has it, as the operator does.
async fn without(site: &Site, email: &str, role: Role) {
    let platform = site.platform(RIETVOORDE).await;
    let member = site.store.on(platform).member_by_email(email).await.expect("a database").expect("a member");
    let mut write = site.store.on(platform).write().await.expect("a transaction");
    let permit = Permit::for_the_platform_itself(platform);
    write.revoke(&permit, member.id, role, NOW).await.expect("revoked");
    write.commit().await.expect("committed");
}

async fn answer(by: &Browser, id: &str, version: i64) -> StatusCode {
    let version = version.to_string();
    let reply = [
        ("id", id),
        ("reply[version]", version.as_str()),
        ("reply[outcome]", "overturned"),
        ("reply[reasons]", "De buurvrouw vindt het goed."),
    ];
    by.script().post("/api/moderation/answer", &reply).await.status
}

#[tokio::test]
async fn the_admin_decides_when_the_only_connector_decided_first() {
    let site = Site::with("diagnostics = true").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    let mut bas = site.signed_in(RIETVOORDE, "bas@example.org").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    assert!(!ingrid.get("/over").await.body.contains("/beheer/meldingen"), "nothing waits for her");
    let (path, id) = objected(&site, &mut willem).await;
    let page = format!("/beheer/meldingen/{id}");

    let own = willem.get(&page).await;
    assert!(own.body.contains("beslist de beheerder van de gemeente"), "{}", own.body);
    let queue = willem.get("/beheer/meldingen?deel=bezwaar").await.body;
    assert!(queue.contains("Voor heel Rietvoorde") && queue.contains("Voor de beheerder van de gemeente"));
    let version = case_of(&site, &path).await.version;
    let before = site.traces().await;
    for other in [&willem, &bas, &aicha] {
        assert_eq!(answer(other, &id, version).await, StatusCode::FORBIDDEN);
    }
    for other in [&mut bas, &mut aicha] {
        assert_eq!(other.get(&page).await.status, StatusCode::FORBIDDEN);
        let queue = other.get("/beheer/meldingen?deel=bezwaar").await.body;
        assert!(!queue.contains("Voor heel Rietvoorde"), "{queue}");
    }
    assert_eq!(site.traces().await, before);

    let menu = ingrid.get("/over").await.body.replace("<!>", "");
    assert!(menu.contains("/beheer/meldingen") && menu.contains("(1)"), "{menu}");
    let queue = ingrid.get("/beheer/meldingen").await.body;
    assert!(queue.contains("Voor heel Rietvoorde"), "objections come first for her: {queue}");
    let file = ingrid.get(&page).await;
    assert!(file.body.contains("/api/moderation/answer"), "{}", file.body);
    assert!(!file.body.contains("/api/moderation/decide"), "the objection, and nothing else");
    for browser in [&mut willem, &mut ingrid] {
        let shown = browser.get(&page).await;
        let queries: u32 = shown.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{queries}");
        let queue = browser.get("/beheer/meldingen?deel=bezwaar").await;
        let queries: u32 = queue.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "the queue: {queries}");
    }
    let done = answer(&ingrid, &id, version).await;
    assert!(done.is_success() || done.is_redirection(), "{done}");
    assert_eq!(status_of(&site, &path).await, PostStatus::Published);
    let text = mail(&site, "fatma@example.org", "Er is besloten over je bezwaar").await;
    assert!(text.contains("Je krijgt gelijk"), "{text}");
    assert_eq!(ingrid.get(&page).await.status, StatusCode::FORBIDDEN, "it is not her turn any more");
}

#[tokio::test]
async fn without_an_admin_the_operator_decides_and_without_one_the_desk_says_what_to_do() {
    let site = Site::demo().await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let mut bas = site.signed_in(RIETVOORDE, "bas@example.org").await;
    let (path, id) = objected(&site, &mut willem).await;
    let page = format!("/beheer/meldingen/{id}");
    without(&site, "ingrid@example.org", Role::MunicipalAdmin).await;
    assert!(willem.get(&page).await.body.contains("beslist de beheerder van het platform"));
    assert!(bas.get(&page).await.body.contains("/api/moderation/answer"));

    without(&site, "bas@example.org", Role::Operator).await;
    let shown = willem.get(&page).await.body;
    assert!(
        shown.contains("er is nu niemand anders") && shown.contains("buurtverbinder te maken"),
        "{shown}"
    );
    let queue = willem.get("/beheer/meldingen?deel=bezwaar").await.body;
    assert!(queue.contains("Niemand kan hierover beslissen"), "{queue}");
    let version = case_of(&site, &path).await.version;
    assert_eq!(answer(&willem, &id, version).await, StatusCode::FORBIDDEN);

    let platform = site.platform(RIETVOORDE).await;
    let tenant = site.store.on(platform);
    let (loaded, _) = tenant.load_platform(NOW).await.expect("a database").expect("a platform");
    let alone = service::moderation::alone(&tenant, &loaded, NOW).await.expect("a database");
    assert_eq!(alone.stuck.iter().map(ToString::to_string).collect::<Vec<_>>(), [id]);
}

#[tokio::test]
async fn the_admin_puts_a_comment_back_too() {
    let site = Site::with("diagnostics = true").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let mut ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let fields = [("draft[title]", "Voor allemaal"), ("draft[body]", "Dag."), ("draft[kind]", "news")];
    let made = fatma.post("/api/posts/create", &fields).await;
    let path = made.location().split('?').next().unwrap_or_default().to_owned();
    let post = path.trim_start_matches("/berichten/");
    let sent = fatma.post("/api/comments/create", &[("post", post), ("body", "Rare vraag.")]).await;
    let anchor = sent.location().split('#').nth(1).unwrap_or_default().to_owned();
    report(&site, &format!("{path}#{anchor}")).await;
    let subject =
        domain::moderation::Subject::Comment(anchor.trim_start_matches("reactie-").parse().expect("a key"));
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let case = tenant.case_of(&subject).await.expect("a database").expect("a case");
    decide(&mut willem, &case, "remove", "").await;
    let id = case.id.to_string();
    let object = [("id", id.as_str()), ("appeal[message]", "Het was een grapje onder vrienden.")];
    fatma.post("/api/moderation/appeal", &object).await;
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("Rare vraag."));
    for browser in [&mut willem, &mut ingrid] {
        let shown = browser.get(&format!("/beheer/meldingen/{id}")).await;
        let queries: u32 = shown.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{queries}");
    }
    let version = tenant.case(case.id).await.expect("a database").expect("a case").version;
    let done = answer(&ingrid, &id, version).await;
    assert!(done.is_success() || done.is_redirection(), "{done}");
    assert!(site.browser(RIETVOORDE).get(&path).await.body.contains("Rare vraag."));
}
