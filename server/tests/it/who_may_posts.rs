//! Who may change, and who may see, what somebody wrote.

use axum::http::StatusCode;

use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::who_may::{FOR_EDITORS, call};

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
