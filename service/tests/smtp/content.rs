//! What arrives is what was written.

use domain::locale::Locale;
use domain::moderation::decision::{DecisionKind, Ground};
use service::mail::{Message, Note, compose, deliver_due};
use store::mail::MailState;

use crate::community::Community;
use crate::server::Server;
use crate::{GOES_ON, header, same_lines, through};

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let mail = community.sign_in_mail("Zoë van der Özdemir");
    let id = community.queue("Zoë van der Özdemir", "zoe@example.org", &mail).await;

    assert_eq!(deliver_due(&community.services, &through(server.smtp()), &GOES_ON).await.unwrap(), 1);

    assert_eq!(community.state(id).await, MailState::Sent);
    let received = server.stop().only();
    assert_eq!(received["subject"], mail.subject.as_str());
    assert_eq!(received["from"][0]["name"], "HalloRietvoorde");
    assert_eq!(received["from"][0]["address"], "post@noaber.example.org");
    assert_eq!(received["replyTo"][0]["address"], "hulp@rietvoorde.example.org");
    assert_eq!(received["to"][0]["name"], "Zoë van der Özdemir");
    assert_eq!(received["envelope"]["from"], "post@noaber.example.org");
    assert_eq!(received["envelope"]["to"], serde_json::json!(["zoe@example.org"]));
    assert_eq!(received["messageId"], format!("<{id}@noaber.example.org>"));
    assert_eq!(received["date"], "2026-09-21T14:13:20.000Z");
    assert_eq!(header(&received, "auto-submitted"), ["Auto-Submitted: auto-generated"]);
    assert_eq!(received["attachments"], serde_json::json!([]));
    assert!(same_lines(&received["text"], &mail.text), "{}", received["text"]);
    assert!(same_lines(&received["html"], &mail.html), "{}", received["html"]);
}

#[tokio::test]
async fn a_statement_of_reasons_arrives_whole_and_once() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let note = Note::Reasons {
        name: "Zoë van der Özdemir",
        title: "Bank\r\nBcc: iedereen@example.org",
        of: domain::moderation::ContentKind::Post(domain::posts::PostKind::News),
        done: DecisionKind::Suspend,
        ground: Ground::HouseRule,
        rule: "5. Verkopen doe je op een markt.",
        facts: "Je biedt iets te koop aan.\n.\nWeggeven mag wel.",
        until: "3 oktober 2026",
        link: "/account/bezwaar/0198c0de-0000-7000-8000-000000000000",
    };
    let mail = compose(&Message::Note(note), &community.platform, Locale::Nl, crate::community::BASE);
    community.queue("Zoë van der Özdemir", "zoe@example.org", &mail).await;
    let mailer = through(server.smtp());
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 1);
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
    let received = server.stop().only();
    assert_eq!(received["subject"], "We hebben je bericht weggehaald");
    assert_eq!(received["envelope"]["to"], serde_json::json!(["zoe@example.org"]));
    assert!(same_lines(&received["text"], &mail.text), "{}", received["text"]);
    let text = received["text"].as_str().unwrap();
    for part in
        ["> Weggeven mag wel.", "5. Verkopen doe je", "3 oktober 2026", "/account/bezwaar/", "geen computer"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[tokio::test]
async fn an_invitation_arrives_as_it_was_written_and_in_every_language() {
    use service::mail::{SeatKind, SeatNote};
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nSUMMARY:Soep – één kom\r\n\
                    END:VCALENDAR\r\n";
    for (locale, subject) in [
        (Locale::Nl, "Je bent ingeschreven"),
        (Locale::En, "You are registered"),
        (Locale::De, "Du bist angemeldet"),
    ] {
        let server = Server::start("plain");
        let community = Community::new().await;
        let note = SeatNote {
            kind: SeatKind::Seat,
            name: "Zoë van der Özdemir",
            title: "Soep\r\nBcc: iedereen@example.org",
            when: "dinsdag 1 december van 10.00 tot 12.00 uur",
            place: "Zaal 3",
            people: 2,
            link: "/inschrijving/abc",
            calendar: true,
        };
        let mail =
            compose(&Message::Note(Note::Seat(note)), &community.platform, locale, crate::community::BASE);
        community.queue_with("Zoë van der Özdemir", "zoe@example.org", &mail, calendar).await;
        assert_eq!(deliver_due(&community.services, &through(server.smtp()), &GOES_ON).await.unwrap(), 1);
        let received = server.stop().only();
        assert_eq!(received["subject"], subject);
        assert_eq!(received["envelope"]["to"], serde_json::json!(["zoe@example.org"]));
        assert!(same_lines(&received["text"], &mail.text), "{}", received["text"]);
        let parts = received["attachments"].as_array().unwrap();
        let types: Vec<&str> = parts.iter().map(|part| part["type"].as_str().unwrap()).collect();
        assert_eq!(types, ["text/calendar", "application/ics"]);
        assert_eq!(parts[1]["name"], "agenda.ics");
        for part in parts {
            assert!(same_lines(&part["text"], calendar), "{part}");
        }
    }
}

#[tokio::test]
async fn a_line_that_starts_with_a_dot_and_a_very_long_line_survive() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let mut mail = community.sign_in_mail("Joke");
    mail.text = format!("Dag,\n.\n..\n.verder\n{}\nslot", "lang ".repeat(500).trim_end());
    community.queue("Joke", "joke@example.org", &mail).await;
    deliver_due(&community.services, &through(server.smtp()), &GOES_ON).await.unwrap();
    let received = server.stop().only();
    assert!(same_lines(&received["text"], &mail.text), "{}", received["text"]);
}

#[tokio::test]
async fn nobody_can_add_a_receiver_or_a_header() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let mut mail = community.sign_in_mail("Joke");
    let attack = "x\r\nBcc: everyone@example.org\r\n\r\n<h1>";
    mail.subject = attack.into();
    community.queue(attack, "joke@example.org", &mail).await;
    community.queue("Joke", "joke@example.org\r\nRCPT TO:<everyone@example.org>", &mail).await;
    deliver_due(&community.services, &through(server.smtp()), &GOES_ON).await.unwrap();
    let received = server.stop().only();
    assert_eq!(received["envelope"]["to"], serde_json::json!(["joke@example.org"]));
    assert!(header(&received, "bcc").is_empty());
    assert_eq!(received["subject"], "x Bcc: everyone@example.org <h1>");
}
