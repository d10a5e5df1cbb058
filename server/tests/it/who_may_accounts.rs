//! What is of one account, and of the demo alone.

use axum::http::StatusCode;

use crate::common::{RIETVOORDE, Site};
use crate::who_may::call;

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
