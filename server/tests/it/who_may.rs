//! Every server function, times every role, times own, other and other platform's things
//! (TRUST 15). A function that is in no list here makes a test fail.

use crate::common::browser::Browser;
use crate::common::{RIETVOORDE, Site, VEENZICHT};
use axum::http::StatusCode;
use leptos::server_fn::axum::server_fn_paths;

/// Anyone may call these; what they give is public, or only the caller's own.
const FOR_ALL: [&str; 26] = [
    "/api/activities/agenda",
    "/api/activities/show",
    "/api/comments/show",
    // In the demo only; see below.
    "/api/demo/outbox",
    "/api/info/text",
    "/api/initiatives/show",
    "/api/members/form",
    "/api/members/join",
    "/api/photos/large",
    "/api/posts/home",
    "/api/posts/list",
    "/api/posts/show",
    "/api/reports/form",
    "/api/reports/give",
    "/api/search/find",
    "/api/second-factor/step",
    "/api/sign-in/ask",
    "/api/sign-in/code",
    "/api/sign-in/code-form",
    "/api/sign-in/form",
    "/api/sign-in/link",
    "/api/sign-in/link-works",
    "/api/sign-in/password",
    "/api/moderation/appeal-notice",
    "/api/moderation/figures",
    "/api/moderation/follow",
];

/// Somebody must be signed in, or half-way.
const FOR_MEMBERS: [&str; 34] = [
    "/api/activities/create",
    "/api/activities/form",
    "/api/account/end-others",
    "/api/account/end-session",
    "/api/account/password",
    "/api/account/profile",
    "/api/account/sign-out",
    "/api/account/view",
    "/api/comments/create",
    "/api/comments/edit",
    "/api/comments/for-you",
    "/api/comments/remove",
    "/api/comments/restore",
    "/api/comments/thank",
    "/api/initiatives/answer",
    "/api/initiatives/join",
    "/api/initiatives/leave",
    "/api/drafts/list",
    "/api/drafts/restore",
    "/api/drafts/throw",
    "/api/drafts/withdraw",
    "/api/posts/create",
    "/api/posts/discard-draft",
    "/api/posts/keep-draft",
    "/api/posts/preview",
    "/api/posts/write-form",
    "/api/templates/begin",
    "/api/templates/form",
    "/api/second-factor/confirm",
    "/api/second-factor/off",
    "/api/sign-in/second-factor",
    "/api/moderation/appeal",
    "/api/moderation/own",
    "/api/moderation/own-case",
];

/// The author, and connectors of the place; of an initiative its team too, see `initiatives.rs`; of an activity see
/// `activities.rs`.
const FOR_EDITORS: [&str; 24] = [
    "/api/activities/cancel",
    "/api/activities/change",
    "/api/activities/remove",
    "/api/activities/restore",
    "/api/activities/save",
    "/api/activities/time",
    "/api/comments/set-closed",
    "/api/initiatives/drop-need",
    "/api/initiatives/need",
    "/api/initiatives/place",
    "/api/initiatives/plan",
    "/api/initiatives/take-back",
    "/api/initiatives/team",
    "/api/initiatives/tell",
    "/api/photos/album",
    "/api/photos/arrange",
    "/api/posts/conflict",
    "/api/posts/edit",
    "/api/posts/extend",
    "/api/posts/history",
    "/api/posts/pin",
    "/api/posts/remove",
    "/api/posts/restore",
    "/api/posts/restore-version",
];

/// Supporters within their scope, who may not change it themselves; see `desk.rs`.
const FOR_SUPPORTERS: [&str; 2] = ["/api/proposals/form", "/api/proposals/send"];

/// Connectors: see `desk.rs` for what each may.
const FOR_DESKS: [&str; 6] = [
    "/api/bulk/change",
    "/api/bulk/show",
    "/api/proposals/accept",
    "/api/proposals/decline",
    "/api/proposals/list",
    "/api/proposals/show",
];

/// Connectors, each in their own places; see `moderation.rs` for one's own content and appeals.
const FOR_MODERATORS: [&str; 5] = [
    "/api/moderation/answer",
    "/api/moderation/begin",
    "/api/moderation/case",
    "/api/moderation/decide",
    "/api/moderation/queue",
];

/// A form with every field that any of them asks for.
fn fields(post: &str) -> Vec<(&'static str, String)> {
    vec![
        ("id", post.to_owned()),
        ("post", post.to_owned()),
        ("body", "Dit hoort hier niet te staan".into()),
        ("thanks", "true".into()),
        ("closed", "true".into()),
        ("part", "titel".into()),
        ("edit[title]", "Overgenomen door een ander".into()),
        ("edit[version]", "1".into()),
        ("edit[reason]", String::new()),
        ("album[version]", "1".into()),
        ("number", "1".into()),
        ("version", "1".into()),
        ("on", "1".into()),
        ("on_top", "true".into()),
        ("draft[title]", "Overgenomen door een ander".into()),
        ("draft[body]", "Dit hoort hier niet te staan".into()),
        ("draft[kind]", "news".into()),
        ("naam", "verhaal".into()),
        ("answers[one]", "Een titel".into()),
        ("concept", "0198c0de-0000-7000-8000-00000000c0de".into()),
        ("profile[version]", "1".into()),
        ("profile[name]", "Iemand Anders".into()),
        ("old", "een lang wachtwoord".into()),
        ("new", "nog een lang wachtwoord".into()),
        ("code", "123456".into()),
        ("text", "x".into()),
        ("query[gebied]", String::new()),
        ("at", "2026-12-01T10:00".into()),
        ("cancelled", "true".into()),
        ("time[day]", "2026-12-02".into()),
        ("draft[when][day]", "2026-12-02".into()),
        ("draft[when][from]", "10:00".into()),
        ("act", "invite".into()),
        ("member", "0198c0de-0000-7000-8000-000000000000".into()),
        ("need", "0198c0de-0000-7000-8000-000000000000".into()),
        ("update", "0198c0de-0000-7000-8000-000000000000".into()),
        ("plan[stage]", "busy".into()),
        ("wish[kind]", "hands".into()),
        ("wish[label]", "Handen".into()),
        ("wish[wanted]", "3".into()),
        ("token", "geen-geldige-link".into()),
        ("decision[version]", "1".into()),
        ("decision[kind]", "remove".into()),
        ("decision[facts]", "Dit halen we zomaar weg.".into()),
        ("decision[ground]", "law".into()),
        ("decision[rule]", "artikel 1".into()),
        ("reply[version]", "1".into()),
        ("reply[outcome]", "overturned".into()),
        ("reply[reasons]", "Dit zetten we zomaar terug.".into()),
        ("appeal[message]", "Hier ben ik het niet mee eens.".into()),
        // Fields that no form has (CVE-2026-28219).
        ("draft[author]", "0198c0de-0000-7000-8000-000000000000".into()),
        ("draft[pinned_until]", "9999999999999".into()),
        ("draft[official]", "true".into()),
        ("platform", "puurveenzicht".into()),
        ("role", "operator".into()),
    ]
}

async fn call(browser: &Browser, path: &str, post: &str) -> (StatusCode, String) {
    let owned = fields(post);
    let fields: Vec<(&str, &str)> = owned.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = browser.script().post(path, &fields).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn every_server_function_is_in_one_of_the_lists() {
    let mut listed: Vec<&str> = FOR_ALL
        .into_iter()
        .chain(FOR_MEMBERS)
        .chain(FOR_EDITORS)
        .chain(FOR_MODERATORS)
        .chain(FOR_SUPPORTERS)
        .chain(FOR_DESKS)
        .collect();
    let mut registered: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    listed.sort_unstable();
    registered.sort_unstable();
    assert_eq!(registered, listed, "say here who may call a new server function");
}

#[tokio::test]
async fn a_visitor_and_a_session_of_another_platform_may_change_nothing() {
    let site = Site::demo().await;
    let visitor = site.browser(RIETVOORDE);
    // A connector there, with a session that is nothing here (CVE-2026-45414).
    let mut foreign = site.browser(RIETVOORDE);
    foreign.cookies = site.signed_in(VEENZICHT, "geert@example.org").await.cookies;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    let before = site.traces().await;
    for browser in [visitor, foreign] {
        let all = FOR_MEMBERS.into_iter().chain(FOR_EDITORS).chain(FOR_MODERATORS);
        for path in all.chain(FOR_SUPPORTERS).chain(FOR_DESKS) {
            let (status, body) = call(&browser, path, &post).await;
            let refused = match path {
                // Without a session there is nothing to sign out of, or to go on with.
                "/api/account/sign-out" => true,
                _ => {
                    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
                }
            };
            assert!(refused, "{path}: {status} {body}");
            assert!(!body.contains("example.org"), "{path}: {body}");
        }
    }
    assert_eq!(site.traces().await, before);
}

#[tokio::test]
async fn no_role_but_a_connector_of_the_place_may_change_what_another_wrote() {
    let site = Site::demo().await;
    let post = {
        let mut author = site.signed_in(RIETVOORDE, "fatma@example.org").await;
        let fields = [("draft[title]", "Van Fatma"), ("draft[body]", "Blijf eraf"), ("draft[kind]", "news")];
        let answer = author.post("/api/posts/create", &fields).await;
        let path = answer.location().split('?').next().unwrap_or_default().to_owned();
        path.trim_start_matches("/berichten/").to_owned()
    };
    let others = [
        "joris@example.org",
        // Connector of one area; the post is of the whole municipality.
        "aicha@example.org",
        "henk@example.org",
        "marijke@example.org",
        "sander@example.org",
        "ingrid@example.org",
        "bas@example.org",
        "noor@example.org",
    ];
    for email in others {
        let browser = site.signed_in(RIETVOORDE, email).await;
        let before = site.traces().await;
        for path in FOR_EDITORS {
            let (status, body) = call(&browser, path, &post).await;
            let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
            assert!(refused, "{email} {path}: {status} {body}");
        }
        assert_eq!(site.traces().await, before, "{email}");
    }
    let connector = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let before = site.traces().await;
    let (status, body) = call(&connector, "/api/posts/pin", &post).await;
    assert!(status.is_success() || status.is_redirection(), "{status} {body}");
    assert_ne!(site.traces().await, before, "a connector of the place may");
}

#[tokio::test]
async fn only_connectors_of_the_place_open_a_case_and_decide_it() {
    let site = Site::demo().await;
    let post = site.some_post(RIETVOORDE).await;
    let mut visitor = site.browser(RIETVOORDE);
    let address = format!("/berichten/{}", post.id);
    let given = [("report[address]", address.as_str()), ("report[message]", "Dit klopt niet helemaal.")];
    visitor.post("/api/reports/give", &given).await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let subject = domain::moderation::Subject::Post(post.id);
    let case = tenant.case_of(&subject).await.expect("a database").expect("a case").id.to_string();
    let others = [
        (RIETVOORDE, "fatma@example.org"),
        (RIETVOORDE, "joris@example.org"),
        (RIETVOORDE, "henk@example.org"),
        (RIETVOORDE, "marijke@example.org"),
        (RIETVOORDE, "sander@example.org"),
        (RIETVOORDE, "ingrid@example.org"),
        (RIETVOORDE, "bas@example.org"),
        (RIETVOORDE, "noor@example.org"),
        // A connector, of another community.
        (VEENZICHT, "geert@example.org"),
    ];
    for (host, email) in others {
        let browser = site.signed_in(host, email).await;
        let before = site.traces().await;
        for path in FOR_MODERATORS {
            let (status, body) = call(&browser, path, &case).await;
            let refused = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
            let own_queue = host == VEENZICHT && path == "/api/moderation/queue";
            assert!(refused || own_queue, "{email} {path}: {status} {body}");
            assert!(!body.contains(&post.text.title), "{email} {path}: {body}");
        }
        assert_eq!(site.traces().await, before, "{email}");
    }
    let willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    for path in ["/api/moderation/queue", "/api/moderation/case", "/api/moderation/decide"] {
        let (status, body) = call(&willem, path, &case).await;
        assert!(status.is_success() || status.is_redirection(), "{path}: {status} {body}");
    }
}

#[tokio::test]
async fn a_post_of_another_platform_does_not_exist_here() {
    let site = Site::demo().await;
    let there = site.some_post(VEENZICHT).await;
    let connector = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let before = site.traces().await;
    for path in FOR_EDITORS.into_iter().chain([
        "/api/posts/show",
        "/api/photos/large",
        "/api/comments/show",
        "/api/comments/create",
    ]) {
        let (status, body) = call(&connector, path, &there.id.to_string()).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}: {body}");
        assert!(!body.contains(&there.text.title), "{path}: {body}");
    }
    let mut reader = connector.clone();
    for path in ["", "/geschiedenis", "/samenvoegen", "/fotos", "/foto/1"] {
        let page = reader.get(&format!("/berichten/{}{path}", there.id)).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.body.contains(&there.text.title), "{path}");
    }
    assert_eq!(site.traces().await, before);
}

#[tokio::test]
async fn extra_fields_change_nothing() {
    let site = Site::demo().await;
    let fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let (status, body) = call(&fatma, "/api/posts/create", "").await;
    assert!(status.is_success() || status.is_redirection(), "{status} {body}");
    let post = site.some_post(RIETVOORDE).await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let author = tenant.member_by_email("fatma@example.org").await.expect("a database").expect("a member");
    assert_eq!((post.author, post.official, post.pinned_until), (author.id, false, None));
    assert_eq!(post.text.title, "Overgenomen door een ander");
}

#[tokio::test]
async fn nobody_can_end_somebody_elses_session() {
    let site = Site::demo().await;
    let mut victim = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let attacker = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let member = tenant.member_by_email("joris@example.org").await.expect("a database").expect("a member");
    let sessions = tenant.sessions_of(member.id, crate::common::NOW).await.expect("sessions");
    let session = sessions.first().expect("a session").id.to_string();
    let (status, _) = call(&attacker, "/api/account/end-session", &session).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let page = victim.get("/account").await;
    assert!(page.status.is_success() && page.body.contains("joris@example.org"));
}

#[tokio::test]
async fn half_way_is_not_signed_in() {
    let site = Site::demo().await;
    let mut willem = site.browser(RIETVOORDE);
    let asked = willem.post("/api/sign-in/ask", &[("email", "willem@example.org")]).await;
    let challenge = asked.location().trim_start_matches("/aanmelden/code?c=").to_owned();
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let mail = tenant.recent_mail(1).await.expect("mails").remove(0);
    let code = crate::common::browser::six_digits(&mail.text).expect("a code");
    let entered = willem.post("/api/sign-in/code", &[("challenge", &challenge), ("code", &code)]).await;
    assert!(entered.location().starts_with("/aanmelden/tweede-stap"), "{entered:?}");
    let before = site.traces().await;
    let post = site.some_post(RIETVOORDE).await.id.to_string();
    for path in [
        "/api/posts/create",
        "/api/posts/pin",
        "/api/posts/remove",
        "/api/account/profile",
        "/api/account/view",
    ] {
        let (status, body) = call(&willem, path, &post).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}: {body}");
    }
    assert_eq!(site.traces().await, before);
    // The code of the mail works once.
    let again = site
        .browser(RIETVOORDE)
        .post("/api/sign-in/code", &[("challenge", &challenge), ("code", &code)])
        .await;
    assert!(again.location().contains("flash="), "{again:?}");
}

#[tokio::test]
async fn the_outbox_exists_in_the_demo_alone() {
    let site = Site::without_demo().await;
    let (status, body) = call(&site.browser(RIETVOORDE), "/api/demo/outbox", "").await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
    for path in ["/demo/outbox", "/stijl"] {
        let page = site.browser(RIETVOORDE).get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn what_a_member_typed_is_shown_to_nobody_else() {
    let site = Site::demo().await;
    let mut author = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let refused = [("draft[title]", ""), ("draft[body]", "Alleen voor mijn ogen."), ("draft[kind]", "news")];
    let back = author.post("/api/posts/create", &refused).await.location().to_owned();
    let page = back.split('#').next().unwrap_or_default();
    assert!(author.get(page).await.body.contains("Alleen voor mijn ogen."));
    let mut other = site.signed_in(RIETVOORDE, "joris@example.org").await;
    assert!(!other.get(page).await.body.contains("Alleen voor mijn ogen."));
}
