//! Who opens a case and decides it.

use axum::http::StatusCode;

use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::who_may::{FOR_MODERATORS, call};

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
            // Who looks again where no other connector can has a queue too; nothing is in it.
            let second = ["ingrid@example.org", "bas@example.org"].contains(&email);
            let own_queue = (host == VEENZICHT || second) && path == "/api/moderation/queue";
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
