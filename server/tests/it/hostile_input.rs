//! Malformed, truncated, oversized, wrongly encoded and wrongly typed requests: a 4xx in plain
//! words, nothing changed, nothing of the inside shown (TRUST 13).

use crate::common::browser::{Answer, Browser, FORM};
use crate::common::{RIETVOORDE, Site};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;

const PAGES: [&str; 59] = [
    "/",
    "/agenda",
    "/agenda.ics",
    "/agenda/bronnen",
    "/agenda/bronnen/nieuw",
    "/agenda/bronnen/0198c0de-0000-7000-8000-000000000000",
    "/agenda/bronnen/0198c0de-0000-7000-8000-000000000000/bewerken",
    "/activiteiten/eerste",
    "/activiteiten/nieuw",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/bewerken",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/deelnemers",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/deelnemers.csv",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/inschrijven",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/poster",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/samenvoegen",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/agenda.ics",
    "/berichten",
    "/berichten/nieuw",
    "/berichten/0198c0de-0000-7000-8000-000000000000",
    "/berichten/0198c0de-0000-7000-8000-000000000000/geschiedenis",
    "/berichten/0198c0de-0000-7000-8000-000000000000/samenvoegen",
    "/berichten/0198c0de-0000-7000-8000-000000000000/feed",
    "/berichten/0198c0de-0000-7000-8000-000000000000/kaart.png",
    "/berichten/0198c0de-0000-7000-8000-000000000000/meedoen",
    "/berichten/0198c0de-0000-7000-8000-000000000000/meedoen/team",
    "/berichten/feed",
    "/insluiten",
    "/insluiten/berichten",
    "/aanmelden",
    "/aanmelden/code",
    "/aanmelden/link/x",
    "/aanmelden/tweede-stap",
    "/lid-worden",
    "/account",
    "/account/agenda",
    "/account/concepten",
    "/account/voorstellen",
    "/berichten/sjabloon/verhaal",
    "/berichten/0198c0de-0000-7000-8000-000000000000/voorstel",
    "/berichten/0198c0de-0000-7000-8000-000000000000/laatste-dag",
    "/beheer/berichten",
    "/beheer/voorstellen",
    "/beheer/voorstellen/0198c0de-0000-7000-8000-000000000000",
    "/account/bezwaar",
    "/account/bezwaar/0198c0de-0000-7000-8000-000000000000",
    "/beheer/meldingen",
    "/beheer/meldingen/0198c0de-0000-7000-8000-000000000000",
    "/inschrijving/x",
    "/mijn-agenda/x",
    "/melden",
    "/melding/x",
    "/moderatie",
    "/over",
    "/stijl",
    "/demo/outbox",
    "/activiteiten/0198c0de-0000-7000-8000-000000000000/geschiedenis",
    "/sitemap.xml",
    "/zoeken",
];

/// These do what they do without looking at the form.
const WITHOUT_FIELDS: [&str; 4] = [
    "/api/account/sign-out",
    "/api/account/end-others",
    "/api/posts/discard-draft",
    "/api/second-factor/off",
];

fn shows_nothing_of_the_inside(answer: &Answer) -> bool {
    let body = answer.body.to_lowercase();
    ["panicked", "sqlx", "sqlite", "serde", "deserializ", "stack backtrace", ".rs:", "src/", "missing field"]
        .iter()
        .all(|inside| !body.contains(inside) && !answer.location().to_lowercase().contains(inside))
}

fn endpoints() -> Vec<&'static str> {
    let paths: Vec<&str> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(paths.len() > 20, "the server functions are linked in: {paths:?}");
    paths
}

async fn send(browser: &mut Browser, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
    let mut headers = browser.own_form();
    headers.retain(|(name, _)| *name != "content-type" || !kind.is_empty());
    for (name, value) in &mut headers {
        if *name == "content-type" {
            kind.clone_into(value);
        }
    }
    browser.send(Method::POST, path, &headers, body.into()).await
}

#[tokio::test]
async fn every_server_function_is_a_post() {
    for (path, method) in server_fn_paths() {
        assert_eq!(method, Method::POST, "{path}");
        assert!(path.starts_with("/api/"), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_form_is_refused_by_every_server_function() {
    let site = Site::demo().await;
    let mut member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.traces().await;
    let large = "a=".to_owned() + &"b".repeat(300_000);
    let broken: [(&str, Vec<u8>, StatusCode); 10] = [
        ("application/json", b"{\"id\":1}".to_vec(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n".to_vec(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("text/plain", b"id=1".to_vec(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("", b"id=1".to_vec(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (FORM, b"id=%".to_vec(), StatusCode::BAD_REQUEST),
        (FORM, b"id=%f".to_vec(), StatusCode::BAD_REQUEST),
        (FORM, b"id=%ff%fe".to_vec(), StatusCode::BAD_REQUEST),
        (FORM, b"id=\xff\xfe".to_vec(), StatusCode::BAD_REQUEST),
        (FORM, b"draft[title]=a%00b".to_vec(), StatusCode::BAD_REQUEST),
        (FORM, large.into_bytes(), StatusCode::PAYLOAD_TOO_LARGE),
    ];
    for path in endpoints().into_iter().chain(["/voorkeur/taal", "/voorkeur/weergave"]) {
        for (kind, body, status) in &broken {
            for mut browser in [member.clone(), member.script()] {
                let answer = send(&mut browser, path, kind, body.clone()).await;
                assert_eq!(answer.status, *status, "{path} {kind}");
                assert!(shows_nothing_of_the_inside(&answer), "{path} {kind}: {}", answer.body);
                assert_eq!(answer.body.contains("<html"), browser.accept.contains("html"), "{path}");
            }
        }
    }
    assert_eq!(site.traces().await, before);
    assert_eq!(member.get("/account").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn a_form_of_another_shape_changes_nothing_and_breaks_nothing() {
    let site = Site::demo().await;
    let member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.traces().await;
    let deep = format!("draft{}=1", "[a]".repeat(200));
    let many = vec!["a=1"; 20_000].join("&");
    let strange = [
        "",
        "&&&===&",
        "id=1&id=2&draft=3&draft[title]=4&edit=5",
        "id[]=1&on_top=maybe&version=x&on=y&part=%F0%9F%92%A9",
        "id=%27%3B+DROP+TABLE+post%3B--&version=99999999999999999999",
        "draft[areas][0]=a&draft[areas][99999999999]=b&draft[consent]=perhaps",
        "draft[title]=%3Cscript%3E&draft[kind]=no-such-kind&draft[body]=",
        "email=a%0d%0aBcc:+all@example.org&draft[email]=x&report[message]=",
        "challenge=../../etc/passwd&code=%D9%A1%D9%A2%D9%A3&token=%2e%2e",
        deep.as_str(),
        many.as_str(),
    ];
    for path in endpoints().into_iter().filter(|path| !WITHOUT_FIELDS.contains(path)) {
        for body in strange {
            for mut browser in [member.clone(), member.script()] {
                let answer = send(&mut browser, path, FORM, body.to_owned()).await;
                let shown: String = body.chars().take(60).collect();
                assert!(!answer.status.is_server_error(), "{path} {shown}: {answer:?}");
                assert!(!answer.location().contains("__err"), "{path} {shown}: {answer:?}");
                assert!(!answer.location().contains("geplaatst"), "{path} {shown}: {answer:?}");
                assert!(shows_nothing_of_the_inside(&answer), "{path} {shown}: {answer:?}");
            }
        }
    }
    assert_eq!(site.traces().await, before);
}

#[tokio::test]
async fn a_form_that_lacks_everything_is_not_understood() {
    let site = Site::demo().await;
    let mut member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    for path in ["/api/posts/edit", "/api/posts/remove", "/api/posts/pin", "/api/posts/restore-version"] {
        let page = send(&mut member, path, FORM, "").await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{path}: {page:?}");
        assert!(page.body.contains("Dit begrijpen we niet"), "{path}: {}", page.body);
        let json = send(&mut member.script(), path, FORM, "").await;
        assert_eq!(json.status, StatusCode::BAD_REQUEST, "{path}: {json:?}");
    }
}

#[tokio::test]
async fn pages_take_any_query_without_breaking() {
    let site = Site::demo().await;
    let visitor = site.browser(RIETVOORDE);
    let member = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let before = site.traces().await;
    let long = format!("gebied={}", "a".repeat(6_000));
    let queries = [
        "gebied=%27+OR+1%3D1",
        "na=9999999999999999999_x",
        "na=-1_00000000000000000000000000000000",
        "bewerk=%3Cscript%3E&flash=x&van=-1&tot=99999999999999999999",
        "c=%2e%2e%2f&terug=//evil.example&melding=%3Cb%3E",
        "a[b][c]=1&&=&%F0%9F%92%A9",
        long.as_str(),
    ];
    for path in PAGES {
        for query in queries {
            for mut browser in [visitor.clone(), member.clone()] {
                let answer = browser.get(&format!("{path}?{query}")).await;
                assert!(!answer.status.is_server_error(), "{path}?{query}: {}", answer.status);
                assert!(shows_nothing_of_the_inside(&answer), "{path}?{query}: {}", answer.body);
                assert!(!answer.body.contains("<script>"), "{path}?{query}");
                assert!(!answer.location().starts_with("//"), "{path}?{query}");
            }
        }
        for broken in ["?a=%ff", "?a=%", "?a=%00"] {
            let answer = visitor.clone().get(&format!("{path}{broken}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}{broken}");
        }
    }
    assert_eq!(site.traces().await, before);
}

#[tokio::test]
async fn a_method_that_does_not_fit_is_refused_with_a_page() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    let headers = browser.own_form();
    for path in PAGES.into_iter().chain(["/robots.txt"]) {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = browser.send(method.clone(), path, &headers, Body::from("a=b")).await;
            assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.status);
            assert!(answer.body.contains("<html"), "{method} {path}");
        }
        let options = browser.send(Method::OPTIONS, path, &headers, Body::empty()).await;
        assert!(options.status.is_client_error(), "{path}: {}", options.status);
    }
    for path in endpoints() {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert!(answer.body.contains("Dit kan hier niet"), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_request_without_a_host_or_with_a_strange_one_is_refused() {
    let site = Site::demo().await;
    let mut browser = site.browser(RIETVOORDE);
    for host in ["", "a b", "hallorietvoorde.localhost/x", "x@hallorietvoorde.localhost"] {
        browser.host = host.into();
        let answer = browser.get("/").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{host:?}");
    }
}

#[tokio::test]
async fn a_forged_address_does_not_reset_a_limit() {
    let site = Site::demo().await;
    let mut accepted = 0;
    for turn in 0..8 {
        let mut browser = site.browser(RIETVOORDE);
        let mut headers = browser.own_form();
        headers.push(("x-forwarded-for", format!("198.51.100.{turn}")));
        headers.push(("forwarded", format!("for=198.51.100.{turn}")));
        let body = Body::from("email=joris%40example.org");
        let answer = browser.send(Method::POST, "/api/sign-in/ask", &headers, body).await;
        accepted += i64::from(answer.location().starts_with("/aanmelden/code"));
    }
    assert_eq!(accepted, domain::limits::MAILS_PER_ADDRESS.times);
}
