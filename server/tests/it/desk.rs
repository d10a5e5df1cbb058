//! Proposals of supporters, the same change to several posts, and beginning with questions.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::common::browser::Browser;
use crate::common::{NOW, RIETVOORDE, Site, VEENZICHT};
use crate::moderation::{mail, mails_to};

/// Publishes a post about a topic, and gives its key.
async fn about(by: &mut Browser, title: &str, topic: &str, area: &str) -> String {
    let mut fields = vec![
        ("draft[title]", title),
        ("draft[body]", "Zaterdag om tien uur bij de vijver."),
        ("draft[kind]", "news"),
        ("draft[topic]", topic),
    ];
    if !area.is_empty() {
        fields.push(("draft[areas][]", area));
    }
    let posted = by.post("/api/posts/create", &fields).await;
    let path = posted.location().split('?').next().unwrap_or_default().to_owned();
    path.trim_start_matches("/berichten/").to_owned()
}

async fn propose(by: &mut Browser, post: &str, version: &str, title: &str) -> String {
    let fields = [
        ("id", post),
        ("edit[version]", version),
        ("edit[title]", title),
        ("edit[body]", "Zaterdag om tien uur bij de vijver."),
        ("edit[topic]", "groen"),
        ("edit[reason]", "Zo is het duidelijker"),
    ];
    by.post("/api/proposals/send", &fields).await.location().to_owned()
}

/// The keys of the proposals about a post on the page of a connector; the demo has one of its own.
async fn waiting(by: &mut Browser, title: &str) -> Vec<String> {
    let page = by.get("/beheer/voorstellen").await.body;
    let links = page
        .split("href=\"/beheer/voorstellen/")
        .skip(1)
        .filter(|rest| rest.split("</a>").next().is_some_and(|link| link.contains(title)));
    links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_proposal_waits_is_compared_and_accepted_with_both_names() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let post = about(&mut fatma, "Samen snoeien", "groen", "").await;
    let path = format!("/berichten/{post}");
    assert!(joris.get(&path).await.body.contains("Stel een wijziging voor"));
    assert!(!fatma.get(&path).await.body.contains("Stel een wijziging voor"), "authors change it");
    assert!(joris.get(&format!("{path}/voorstel")).await.body.contains("value=\"Samen snoeien\""));

    let sent = propose(&mut joris, &post, "1", "Samen snoeien in het park").await;
    assert!(sent.contains("voorgesteld"), "{sent}");
    assert!(!site.browser(RIETVOORDE).get(&path).await.body.contains("in het park"), "nothing changes yet");
    let same = propose(&mut joris, &post, "1", "Samen snoeien").await;
    assert!(same.contains("ongewijzigd"), "{same}");

    let ids = waiting(&mut willem, "Samen snoeien").await;
    assert_eq!(ids.len(), 1);
    let page = willem.get(&format!("/beheer/voorstellen/{}", ids[0])).await.body;
    assert!(page.contains("<ins>") && page.contains("Zo is het duidelijker"), "{page}");
    let accepted = willem.post("/api/proposals/accept", &[("id", &ids[0])]).await;
    assert!(willem.get(accepted.location()).await.body.contains("Het voorstel is overgenomen"));
    assert!(site.browser(RIETVOORDE).get(&path).await.body.contains("Samen snoeien in het park"));
    let history = willem.get(&format!("{path}/geschiedenis")).await.body;
    assert!(history.contains("Willem Brouwer") && history.contains("voorgesteld door Joris Hendriks"));
    let text = mail(&site, "joris@example.org", "Je voorstel is overgenomen").await;
    assert!(text.contains(&path), "{text}");
    assert!(waiting(&mut willem, "Samen snoeien").await.is_empty());
    let again = willem.script().post("/api/proposals/accept", &[("id", &ids[0])]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_proposal_is_declined_with_reasons_only() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let post = about(&mut fatma, "Samen snoeien", "groen", "").await;
    propose(&mut joris, &post, "1", "Snoeien met z'n allen").await;
    let id = waiting(&mut willem, "Samen snoeien").await.remove(0);
    let back = willem.post("/api/proposals/decline", &[("id", &id), ("reasons", "  ")]).await;
    let back = back.location().split('#').next().unwrap_or_default().to_owned();
    assert!(willem.get(&back).await.body.contains("Vul dit nog in"), "{back}");
    let fields = [("id", id.as_str()), ("reasons", "De titel was van de groep zelf.")];
    assert!(willem.post("/api/proposals/decline", &fields).await.location().contains("afgewezen"));
    let text = mail(&site, "joris@example.org", "Je voorstel is niet overgenomen").await;
    assert!(text.contains("De titel was van de groep zelf."), "{text}");
    let shown = site.browser(RIETVOORDE).get(&format!("/berichten/{post}")).await.body;
    assert!(shown.contains("Samen snoeien"));
}

/// How many proposals the way between the desks says that wait.
async fn counted(by: &mut Browser, page: &str) -> usize {
    let page = by.get(page).await.body.replace("<!>", "");
    let link = page.split("href=\"/beheer/voorstellen\"").nth(1).expect("a link").to_owned();
    let label = link.split("</a>").next().unwrap_or_default().to_owned();
    label.split_once('(').and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok()).unwrap_or(0)
}

#[tokio::test]
async fn connectors_see_how_many_proposals_wait_and_get_one_mail_a_day() {
    let site = Site::with("diagnostics = true").await;
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let (platform, _) = tenant.load_platform(NOW).await.expect("a database").expect("a platform");
    let contact = platform.contact.email;
    let told = async || {
        let mails = mails_to(&site, &contact).await;
        mails.iter().filter(|(subject, _)| subject == "Er wacht een voorstel").count()
    };
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let post = about(&mut fatma, "Samen snoeien", "groen", "").await;
    let before =
        (counted(&mut willem, "/beheer/meldingen").await, counted(&mut aicha, "/beheer/meldingen").await);
    assert_eq!(told().await, 0);
    propose(&mut joris, &post, "1", "Samen snoeien in het park").await;
    propose(&mut joris, &post, "1", "Snoeien in het park").await;
    for page in ["/beheer/meldingen", "/beheer/voorstellen", "/beheer/berichten"] {
        assert_eq!(counted(&mut willem, page).await, before.0 + 2, "{page}");
        let queries: u32 = willem.get(page).await.header("x-queries").parse().expect("a number");
        assert!(queries <= 6, "{page}: {queries}");
    }
    assert_eq!(counted(&mut aicha, "/beheer/meldingen").await, before.1, "not of her place");
    assert_eq!(told().await, 1, "one for both");
    site.clock.advance(Span::days(1));
    propose(&mut joris, &post, "1", "Snoeien").await;
    assert_eq!(told().await, 2);
}

#[tokio::test]
async fn who_proposes_sees_what_became_of_it() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    assert!(joris.get("/account").await.body.contains("/account/voorstellen"));
    assert!(!fatma.get("/account").await.body.contains("/account/voorstellen"), "she proposes nothing");
    let post = about(&mut fatma, "Samen snoeien", "groen", "").await;
    let other = about(&mut fatma, "Samen harken", "groen", "").await;
    propose(&mut joris, &post, "1", "Snoeien met z'n allen").await;
    propose(&mut joris, &other, "1", "Harken in het park").await;
    let own = joris.get("/account/voorstellen").await.body;
    assert!(own.contains("Samen snoeien") && own.contains("Wacht op een buurtverbinder"), "{own}");
    let id = waiting(&mut willem, "Samen snoeien").await.remove(0);
    let fields = [("id", id.as_str()), ("reasons", "De titel was van de groep zelf.")];
    willem.post("/api/proposals/decline", &fields).await;
    let id = waiting(&mut willem, "Samen harken").await.remove(0);
    willem.post("/api/proposals/accept", &[("id", &id)]).await;
    let own = joris.get("/account/voorstellen").await.body;
    for words in ["Niet overgenomen", "De titel was van de groep zelf.", ">Overgenomen<"] {
        assert!(own.contains(words), "{words}: {own}");
    }
    assert!(!own.contains("Willem"), "that a person decided, not which");
    let none = fatma.get("/account/voorstellen").await.body;
    assert!(none.contains("Nog geen voorstellen") && !none.contains("Samen snoeien"), "{none}");
    let stranger = site.browser(RIETVOORDE).get("/account/voorstellen").await;
    assert!(!stranger.status.is_success() && !stranger.body.contains("Samen snoeien"), "{stranger:?}");
}

#[tokio::test]
async fn what_was_changed_meanwhile_stays_and_the_same_part_twice_is_a_conflict() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let post = about(&mut fatma, "Samen snoeien", "groen", "").await;
    propose(&mut joris, &post, "1", "Eerste voorstel").await;
    propose(&mut joris, &post, "1", "Tweede voorstel").await;
    let ids = waiting(&mut willem, "Samen snoeien").await;
    let edit =
        [("id", post.as_str()), ("part", "tekst"), ("edit[version]", "1"), ("edit[body]", "Nu om elf uur.")];
    fatma.post("/api/posts/edit", &edit).await;
    let page = willem.get(&format!("/beheer/voorstellen/{}", ids[0])).await.body;
    assert!(page.contains("Iemand veranderde ondertussen iets anders"), "{page}");
    let accepted = willem.post("/api/proposals/accept", &[("id", &ids[0])]).await;
    assert!(accepted.location().contains("overgenomen"), "{accepted:?}");
    let shown = site.browser(RIETVOORDE).get(&format!("/berichten/{post}")).await;
    // The two came in the same moment: either may be the first.
    let one = ["Eerste voorstel", "Tweede voorstel"].iter().any(|title| shown.body.contains(title));
    let both = one && shown.body.contains("Nu om elf uur.");
    assert!(both, "both changes stay: {shown:?}");

    let page = willem.get(&format!("/beheer/voorstellen/{}", ids[1])).await.body;
    assert!(page.contains("Iemand veranderde ondertussen hetzelfde deel"), "{page}");
    assert!(!page.contains("/api/proposals/accept"));
    let refused = willem.script().post("/api/proposals/accept", &[("id", &ids[1])]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn supporters_propose_within_their_scope_and_only_connectors_of_the_place_decide() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    let elsewhere = about(&mut fatma, "Over zorg", "zorg", "").await;
    let refused = joris.script().get(&format!("/berichten/{elsewhere}/voorstel")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let post = about(&mut fatma, "Samen snoeien", "groen", "centrum").await;
    propose(&mut joris, &post, "1", "Anders").await;
    let mut willem = site.signed_in(RIETVOORDE, "willem@example.org").await;
    let id = waiting(&mut willem, "Samen snoeien").await.remove(0);
    let before = site.traces().await;
    let mut people = vec![("its author", fatma.clone()), ("who proposed", joris.clone())];
    for (host, email) in [
        (RIETVOORDE, "henk@example.org"),
        (RIETVOORDE, "ingrid@example.org"),
        // Connectors, of another area and of another community.
        (RIETVOORDE, "aicha@example.org"),
        (VEENZICHT, "geert@example.org"),
    ] {
        people.push((email, site.signed_in(host, email).await));
    }
    for (email, browser) in people {
        for path in ["/api/proposals/accept", "/api/proposals/decline", "/api/proposals/show"] {
            let answer = browser.script().post(path, &[("id", &id), ("reasons", "Zomaar.")]).await;
            let no = matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
            assert!(no && !answer.body.contains("Samen snoeien"), "{email} {path}: {answer:?}");
        }
        let change = [("form[posts][]", post.as_str()), ("form[action]", "geen-thema")];
        let answer = browser.script().post("/api/bulk/change", &change).await;
        // Connectors of elsewhere are told that this post is left as it is.
        let told = answer.location().starts_with("/beheer/berichten?flash=");
        assert!(told || answer.status == StatusCode::FORBIDDEN, "{email}: {answer:?}");
    }
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let stored = tenant.post(post.parse().expect("a key")).await.expect("a database").expect("a post");
    assert_eq!(stored.version, 1);
    assert_eq!(site.traces().await[1], before[1], "no post has changed");
}

#[tokio::test]
async fn several_posts_are_changed_at_once_and_what_was_not_is_said() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let here = about(&mut fatma, "In Lindenhoek", "groen", "lindenhoek").await;
    let also = about(&mut fatma, "Ook in Lindenhoek", "zorg", "lindenhoek").await;
    let there = about(&mut fatma, "In het centrum", "groen", "centrum").await;
    let mut aicha = site.signed_in(RIETVOORDE, "aicha@example.org").await;
    let page = aicha.get("/beheer/berichten?gebied=lindenhoek").await.body;
    assert!(page.contains("In Lindenhoek") && !page.contains("In het centrum"), "{page}");
    let fields = [
        ("form[posts][]", here.as_str()),
        ("form[posts][]", also.as_str()),
        ("form[posts][]", there.as_str()),
        ("form[posts][]", "0198c0de-0000-7000-8000-000000000000"),
        ("form[action]", "thema"),
        ("form[topic]", "zorg"),
        ("query[gebied]", "lindenhoek"),
    ];
    let changed = aicha.post("/api/bulk/change", &fields).await;
    assert!(changed.location().starts_with("/beheer/berichten?gebied=lindenhoek&flash="), "{changed:?}");
    let told = aicha.get(changed.location()).await.body;
    assert!(told.contains("1 van de 4 berichten aangepast"), "{told}");
    for (title, why) in [
        ("Ook in Lindenhoek", "was al zo"),
        ("In het centrum", "dit mag je daar niet"),
        ("–", "bestaat niet (meer)"),
    ] {
        assert!(told.contains(title) && told.contains(why), "{title}: {told}");
    }
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    let stored =
        async |id: &str| tenant.post(id.parse().expect("a key")).await.expect("a database").expect("a post");
    assert_eq!((stored(&here).await.version, stored(&there).await.version), (2, 1));
    assert!(aicha.get(&format!("/berichten/{here}/geschiedenis")).await.body.contains("Aïcha El Amrani"));

    let pin = [("form[posts][]", here.as_str()), ("form[action]", "boven"), ("form[until]", "2026-12-01")];
    aicha.post("/api/bulk/change", &pin).await;
    assert!(stored(&here).await.pinned_until.is_some());
    let unpin = [("form[posts][]", here.as_str()), ("form[action]", "niet-boven")];
    aicha.post("/api/bulk/change", &unpin).await;
    assert!(stored(&here).await.pinned_until.is_none());
    // Out of her own area she moves nothing.
    let away = [("form[posts][]", here.as_str()), ("form[action]", "gebied"), ("form[area]", "centrum")];
    let told = aicha.post("/api/bulk/change", &away).await.location().to_owned();
    assert!(aicha.get(&told).await.body.contains("dit mag je daar niet"));

    for (fields, words) in [
        (vec![("form[action]", "geen-thema")], "Vul dit nog in"),
        (vec![("form[posts][]", here.as_str())], "Kies er een uit de lijst"),
        (
            vec![("form[posts][]", here.as_str()), ("form[action]", "boven"), ("form[until]", "2026-11-01")],
            "Dit is al voorbij",
        ),
    ] {
        let back = aicha.post("/api/bulk/change", &fields).await;
        let back = back.location().split('#').next().unwrap_or_default().to_owned();
        let page = aicha.get(&back).await.body;
        assert!(page.contains("id=\"fouten\"") && page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn five_answers_become_a_draft_that_can_be_published() {
    let site = Site::demo().await;
    let mut fatma = site.signed_in(RIETVOORDE, "fatma@example.org").await;
    let choice = fatma.get("/berichten/sjabloon/kies").await.body;
    for word in ["verhaal", "ervaring", "initiatief", "kwijt-of-gevonden"] {
        assert!(choice.contains(&format!("/berichten/sjabloon/{word}")), "{word}");
        assert!(fatma.get(&format!("/berichten/sjabloon/{word}")).await.status.is_success());
    }
    assert_eq!(fatma.get("/berichten/sjabloon/gedicht").await.status, StatusCode::NOT_FOUND);
    let fields = [
        ("naam", "kwijt-of-gevonden"),
        ("answers[one]", "Kat Moos is kwijt"),
        ("answers[two]", "Zwart, met één wit pootje."),
        ("answers[three]", ""),
        ("answers[four]", "Sinds gisteravond."),
    ];
    let begun = fatma.post("/api/templates/begin", &fields).await;
    assert!(begun.location().starts_with("/berichten/nieuw?concept="), "{begun:?}");
    let form = fatma.get(begun.location()).await.body;
    assert!(
        form.contains("Kat Moos is kwijt") && form.contains("**Wanneer**") && !form.contains("**Waar**"),
        "{form}"
    );
    assert!(fatma.get("/account/concepten").await.body.contains("Kat Moos is kwijt"));

    let nothing = fatma.post("/api/templates/begin", &[("naam", "verhaal")]).await;
    let back = nothing.location().split('#').next().unwrap_or_default().to_owned();
    assert!(fatma.get(&back).await.body.contains("Vul dit nog in"), "{back}");
    let mut visitor = site.browser(RIETVOORDE);
    assert_eq!(visitor.get("/berichten/sjabloon/verhaal").await.status, StatusCode::UNAUTHORIZED);
}
