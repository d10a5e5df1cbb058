//! Who organises it puts people on the list who phone or stand at the door. Without JavaScript.

use axum::http::StatusCode;
use domain::clock::Span;

use crate::activities::id;
use crate::common::browser::{Answer, Browser};
use crate::common::{RIETVOORDE, Site};
use crate::moderation::{mail, mails_to};
use crate::registration::{AT, at, key_of, link, register, shown, token, with_room};

async fn put_on(by: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    by.post("/api/activities/put-on-list", &at(path, fields)).await
}

async fn how_many_mails(site: &Site) -> usize {
    let tenant = site.store.on(site.platform(RIETVOORDE).await);
    tenant.recent_mail(1_000).await.expect("mails").len()
}

/// The page of the organiser after a form.
async fn after(by: &mut Browser, answer: &Answer) -> String {
    let page = by.get(answer.location().split('#').next().unwrap_or_default()).await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    page.body.replace("<!>", "")
}

#[tokio::test]
async fn somebody_who_phones_gets_a_seat_or_waits_and_the_organiser_sees_which() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "3").await;
    let form = shown(&mut fatma, &path, "/deelnemers").await.replace("<!>", "");
    for part in ["Iemand erbij zetten", "Nog 3 van de 3 plekken vrij.", "Eet je vlees?", "komen er mee"] {
        assert!(form.contains(part), "{part}: {form}");
    }
    let fields = [("draft[name]", "Opa Jan"), ("draft[guests]", "1"), ("draft[answers][]", "Nee")];
    let answer = put_on(&mut fatma, &path, &fields).await;
    assert!(answer.location().contains("klaar=plek&wie="), "{answer:?}");
    let page = after(&mut fatma, &answer).await;
    for part in
        ["Opa Jan heeft een plek.", "met 2 mensen", "Nee", "erbij gezet", "geen mailadres", "Nog 1 van de 3"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    // The same words at once are a double click.
    put_on(&mut fatma, &path, &fields).await;
    assert_eq!(shown(&mut fatma, &path, "/deelnemers").await.matches("<strong>Opa Jan").count(), 1);
    // Two more do not fit: they wait, and the one after them does too, who came later.
    let answer = put_on(&mut fatma, &path, &[("draft[name]", "Tante Truus"), ("draft[guests]", "1")]).await;
    assert!(after(&mut fatma, &answer).await.contains("Tante Truus staat op de wachtlijst."));
    let answer = put_on(&mut fatma, &path, &[("draft[name]", "Neef Bas")]).await;
    let page = after(&mut fatma, &answer).await;
    assert!(
        page.contains("Neef Bas staat op de wachtlijst.") && page.contains("wie je er nu bij zet"),
        "{page}"
    );
    // Checked in, changed and taken off.
    let jan = key_of(&page, "Opa Jan");
    fatma.post("/api/activities/check-in", &at(&path, &[("who", &jan), ("came", "true")])).await;
    let change = fatma.get(&format!("{path}/deelnemers?keer={AT}&wie={jan}")).await.body.replace("<!>", "");
    assert!(
        change.contains("Verander Opa Jan op de lijst") && change.contains("name=\"version\" value=\"2\""),
        "{change}"
    );
    let fields =
        [("who", jan.as_str()), ("version", "2"), ("draft[name]", "Opa Jan Bakker"), ("draft[guests]", "")];
    let answer = fatma.post("/api/activities/change-for", &at(&path, &fields)).await;
    let page = after(&mut fatma, &answer).await;
    for part in ["De verandering is bewaard.", "<strong>Opa Jan Bakker", "Aanwezig"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert_eq!(
        page.matches("met 2 mensen").count(),
        1,
        "who waited together has the seats that came free: {page}"
    );
    // On the version from before nothing is changed, and nothing typed is lost.
    let answer = fatma.post("/api/activities/change-for", &at(&path, &fields)).await;
    let page = after(&mut fatma, &answer).await;
    assert!(page.contains("Iemand heeft dit ondertussen veranderd"), "{page}");
    fatma.post("/api/activities/cancel-for", &at(&path, &[("who", &jan)])).await;
    let page = shown(&mut fatma, &path, "/deelnemers").await;
    assert!(!page.contains("<strong>Opa Jan Bakker") && page.contains("<li>Opa Jan Bakker"), "{page}");
}

#[tokio::test]
async fn who_has_no_address_gets_no_mail_and_who_has_one_is_told_by_whom() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "5").await;
    let before = how_many_mails(&site).await;
    put_on(&mut fatma, &path, &[("draft[name]", "Opa Jan")]).await;
    let list = shown(&mut fatma, &path, "/deelnemers").await;
    fatma.post("/api/activities/cancel-for", &at(&path, &[("who", &key_of(&list, "Opa Jan"))])).await;
    put_on(&mut fatma, &path, &[("draft[name]", "Oma Jo")]).await;
    // To all of them: there is nobody to write to.
    let all = fatma.post("/api/activities/message-to-all", &at(&path, &[("text", "Tot morgen.")])).await;
    assert!(all.location().contains("flash="), "{all:?}");
    assert_eq!(how_many_mails(&site).await, before, "no mail at all");

    let typed = [("draft[name]", "Truus Visser"), ("draft[email]", "truus@example.org")];
    put_on(&mut fatma, &path, &typed).await;
    let text = mail(&site, "truus@example.org", "Je staat op de lijst").await;
    assert!(
        text.contains("Op de lijst gezet door: Fatma Aydın") && text.contains("Weet je van niets"),
        "{text}"
    );
    let own = link(&text);
    let mut truus = site.browser(RIETVOORDE);
    assert!(truus.get(&own).await.body.contains("Je bent ingeschreven."), "nothing is to be confirmed");
    // Once more is told, and changes nothing.
    let answer = put_on(&mut fatma, &path, &typed).await;
    assert!(after(&mut fatma, &answer).await.contains("Dit mailadres staat al op de lijst."));
    let page = shown(&mut fatma, &path, "/deelnemers").await.replace("<!>", "");
    assert!(page.contains("Eén iemand op deze lijst heeft geen mailadres"), "{page}");
    assert!(!page.contains("truus@example.org"), "an address is shown to nobody: {page}");
    let all = fatma.post("/api/activities/message-to-all", &at(&path, &[("text", "Tot morgen.")])).await;
    assert!(all.location().contains("klaar=verstuurd"), "{all:?}");
    // They take themselves off with the link.
    let fields = [("activity", id(&path)), ("registration", ""), ("at", AT), ("token", token(&own))];
    truus.post("/api/activities/cancel-registration", &fields).await;
    assert!(mail(&site, "truus@example.org", "Je bent afgemeld").await.contains("Jammer"));
}

#[tokio::test]
async fn what_is_wrong_comes_back_and_only_what_was_written_down_by_hand_is_changed() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "5").await;
    for (fields, part) in [
        (vec![("draft[name]", " "), ("draft[answers][]", "Ja, graag")], "id=\"naam-fout\""),
        (
            vec![("draft[name]", "Jan"), ("draft[email]", "geen adres"), ("draft[answers][]", "Ja, graag")],
            "id=\"email-fout\"",
        ),
        (
            vec![("draft[name]", "Jan"), ("draft[guests]", "7"), ("draft[answers][]", "Ja, graag")],
            "id=\"gasten-fout\"",
        ),
    ] {
        let answer = put_on(&mut fatma, &path, &fields).await;
        let page = after(&mut fatma, &answer).await;
        assert!(page.contains(part) && page.contains("Ja, graag") && page.contains("open"), "{part}: {page}");
    }
    let mut joris = site.signed_in(RIETVOORDE, "joris@example.org").await;
    register(&mut joris, &path, &[]).await;
    let page = shown(&mut fatma, &path, "/deelnemers").await;
    let key = key_of(&page, "Joris Hendriks");
    assert!(!page.contains(&format!("wie={key}")), "what people answered is their own");
    let fields = [("who", key.as_str()), ("version", "2"), ("draft[name]", "Iemand anders")];
    let answer = fatma.script().post("/api/activities/change-for", &at(&path, &fields)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
    let ingrid = site.signed_in(RIETVOORDE, "ingrid@example.org").await;
    let answer = put_on(&mut ingrid.script(), &path, &[("draft[name]", "Ingrid")]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
}

#[tokio::test]
async fn at_the_door_it_works_until_the_day_is_over_and_not_for_what_is_called_off() {
    let site = Site::demo().await;
    let (mut fatma, path) = with_room(&site, "5").await;
    let now = domain::clock::Clock::now(site.clock.as_ref());
    let begins = calendar::zone::moment(calendar::local(AT).expect("a time"));
    // An hour after it began.
    site.clock.advance(Span(begins.0 - now.0 + Span::hours(1).0));
    fatma.cookies = site.signed_in(RIETVOORDE, "fatma@example.org").await.cookies;
    let answer = put_on(&mut fatma, &path, &[("draft[name]", "Laatkomer")]).await;
    assert!(answer.location().contains("klaar=plek"), "{answer:?}");
    site.clock.advance(Span::hours(14));
    fatma.cookies = site.signed_in(RIETVOORDE, "fatma@example.org").await.cookies;
    let page = shown(&mut fatma, &path, "/deelnemers").await;
    assert!(page.contains("Laatkomer") && !page.contains("Iemand erbij zetten"), "{page}");
    let answer = put_on(&mut fatma.script(), &path, &[("draft[name]", "Te laat")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    let off = [("id", id(&path)), ("version", "1"), ("at", "2026-12-08T10:00"), ("cancelled", "true")];
    fatma.post("/api/activities/cancel", &off).await;
    let fields = [("id", id(&path)), ("at", "2026-12-08T10:00"), ("draft[name]", "Niemand")];
    let answer = fatma.script().post("/api/activities/put-on-list", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{answer:?}");
    assert!(
        mails_to(&site, "fatma@example.org")
            .await
            .iter()
            .all(|(subject, _)| subject != "Je staat op de lijst")
    );
}
