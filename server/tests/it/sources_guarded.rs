//! Calendars of others: who may follow one, and calendars and forms that mean harm.

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::common::{RIETVOORDE, Site, VEENZICHT};
use crate::sources::{NEW, activity, calendar, event, in_file, month, part, path, send, sent_back};

#[tokio::test]
async fn only_who_can_answer_for_it_follows_sees_and_stops_a_calendar() {
    let site = Site::demo().await;
    let file = calendar(&[event("a", 3, "Schaakavond")]);
    let in_area = |area: &str| {
        [in_file("Club", file.as_bytes()), vec![part("draft[areas][]", None, area.as_bytes())]].concat()
    };
    // Visitors sign in first; residents and supporters may not; nor a connector of another community.
    let mut visitor = site.browser(RIETVOORDE);
    assert!(send(&mut visitor, &in_area("lindenhoek")).await.location().starts_with("/aanmelden?terug="));
    assert_eq!(send(&mut visitor.script(), &in_area("lindenhoek")).await.status, StatusCode::UNAUTHORIZED);
    let mut foreign = site.browser(RIETVOORDE);
    foreign.cookies = site.signed_in(VEENZICHT, "geert@example.org").await.cookies;
    assert_eq!(send(&mut foreign.script(), &in_area("lindenhoek")).await.status, StatusCode::UNAUTHORIZED);
    for email in ["fatma@example.org", "joris@example.org", "noor@example.org", "bas@example.org"] {
        let mut browser = site.signed_in(RIETVOORDE, email).await;
        assert_eq!(send(&mut browser, &in_area("lindenhoek")).await.status, StatusCode::FORBIDDEN, "{email}");
        assert_eq!(browser.get(NEW).await.status, StatusCode::FORBIDDEN, "{email}");
        assert_eq!(browser.get("/agenda/bronnen").await.status, StatusCode::FORBIDDEN, "{email}");
        assert!(!browser.get("/agenda").await.body.contains("/agenda/bronnen"), "{email}");
    }
    // Each in their own places.
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let refused = sent_back(&mut aicha, &in_area("oosterkamp")).await;
    assert!(refused.contains("#gebied"), "{refused}");
    let source = path(&send(&mut aicha, &in_area("lindenhoek")).await);
    let id = source.trim_start_matches("/agenda/bronnen/").to_owned();
    // A connector of everything sees to it as well; who is not of the place does not know that it is there.
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    assert_eq!(willem.get(&source).await.status, StatusCode::OK);
    for email in ["henk@example.org", "sander@example.org"] {
        let mut browser = site.signed_in(RIETVOORDE, email).await;
        assert_eq!(browser.get(&source).await.status, StatusCode::NOT_FOUND, "{email}");
        for path in ["/api/sources/remove", "/api/sources/read", "/api/sources/restore"] {
            let answer = browser.script().post(path, &[("id", &id)]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{email} {path}");
        }
        let newer = [part("id", None, id.as_bytes()), part("file", Some("x.ics"), file.as_bytes())];
        let sent = send(&mut browser.script(), &newer).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{email}");
    }
    assert!(month(&site).await.contains("Schaakavond"));
    // Stopped, and brought back.
    let stopped = willem.post("/api/sources/remove", &[("id", &id)]).await;
    let page = willem.get(stopped.location()).await;
    assert!(page.status == StatusCode::GONE && page.body.contains("niet meer over"), "{page:?}");
    assert!(!month(&site).await.contains("Schaakavond"));
    let back = aicha.post("/api/sources/restore", &[("id", &id)]).await;
    assert!(aicha.get(back.location()).await.body.contains("weer over"));
    assert!(month(&site).await.contains("Schaakavond"));
}

#[tokio::test]
async fn hostile_calendars_and_forms_do_no_harm() {
    let site = Site::demo().await;
    let mut henk = site.signed_in(RIETVOORDE, "henk@example.org").await;
    let bad = "<script>alert(1)</script>";
    let mut nasty = event("x", 3, &format!("Boos {bad}"))
        .replace("https://delinde.example/x", "javascript:alert(1)")
        .replace("END:VEVENT", &format!("DESCRIPTION:{bad}<img src=x onerror=alert(1)> \u{202e}om\\, [a](javascript:x)\r\nLOCATION:{bad}\r\nGEO:1e999;NaN\r\nEND:VEVENT"));
    nasty.push_str(&event(&"u".repeat(5_000), 4, "Lange naam"));
    nasty.push_str(&event("nul\0nul", 5, "Nul \0 erin"));
    let source =
        path(&send(&mut henk, &in_file(&format!("Club {bad}"), calendar(&[nasty]).as_bytes())).await);
    let shown = site.browser(RIETVOORDE).get(&activity(&site, "Boos").await).await.body;
    for page in
        [henk.get(&source).await.body, henk.get("/agenda/bronnen").await.body, month(&site).await, shown]
    {
        assert!(
            !page.contains("<script>alert")
                && !page.contains("href=\"javascript:")
                && !page.contains("<img src=x"),
            "{page}"
        );
    }
    for title in ["Lange naam", "Nul erin"] {
        assert!(month(&site).await.contains(title), "{title}");
    }
    // Forms that are none.
    let headers = |kind: &str| {
        let mut headers = henk.own_form();
        headers.retain(|(name, _)| *name != "content-type");
        headers.push(("content-type", kind.to_owned()));
        headers
    };
    let long = [
        b"--grens\r\nContent-Disposition: form-data; name=\"draft[name]\"\r\n\r\n".to_vec(),
        vec![b'a'; 100_000],
    ]
    .concat();
    for (kind, body) in [
        ("application/x-www-form-urlencoded", b"draft[name]=a".to_vec()),
        ("multipart/form-data", b"x".to_vec()),
        (
            "multipart/form-data; boundary=grens",
            b"--grens\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf".to_vec(),
        ),
        ("multipart/form-data; boundary=grens", part("draft[name]", None, b"\xff\xfe")),
        ("multipart/form-data; boundary=grens", part("draft[name]", None, b"a\0b")),
        ("multipart/form-data; boundary=grens", long),
        ("multipart/form-data; boundary=grens", vec![b'x'; 6_000_000]),
        (
            "multipart/form-data; boundary=grens",
            [part("id", None, b"../../etc"), b"--grens--\r\n".to_vec()].concat(),
        ),
    ] {
        let answer =
            henk.clone().send(Method::POST, "/agenda/bestand", &headers(kind), Body::from(body)).await;
        assert!(answer.status.is_client_error(), "{kind}: {answer:?}");
        assert!(answer.body.contains("<html"), "{answer:?}");
    }
    // From another site.
    let mut headers = headers("multipart/form-data; boundary=grens");
    for (name, value) in &mut headers {
        if *name == "origin" {
            *value = "https://kwaad.example".into();
        }
    }
    headers.retain(|(name, _)| *name != "sec-fetch-site");
    headers.push(("sec-fetch-site", "cross-site".into()));
    let body = Body::from([in_file("Ander", b"x").concat(), b"--grens--\r\n".to_vec()].concat());
    let answer = henk.send(Method::POST, "/agenda/bestand", &headers, body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}
