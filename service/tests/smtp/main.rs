//! Mails through a real mail server, read back by a parser that is not ours.

#![expect(clippy::unwrap_used, reason = "also the functions that the tests share are tests")]

mod community;
mod server;

use std::sync::atomic::AtomicBool;

use community::Community;
use domain::clock::Span;
use domain::locale::Locale;
use domain::moderation::decision::{DecisionKind, Ground};
use serde_json::Value;
use server::Server;
use service::mail::{
    Mailer, Message, Note, Security, Smtp, SmtpOptions, compose, deliver_due, give_up_on_uncertain,
};
use store::mail::MailState;

fn through(smtp: Smtp) -> Mailer {
    Mailer::Smtp(Box::new(smtp))
}

fn header<'a>(mail: &'a Value, key: &str) -> Vec<&'a str> {
    mail["headers"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|header| header["key"] == key)
        .map(|header| header["line"].as_str().unwrap())
        .collect()
}

fn same_lines(received: &Value, sent: &str) -> bool {
    let clean = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    clean(received.as_str().unwrap()) == clean(sent)
}

/// Nobody asks these deliveries to stop.
static GOES_ON: AtomicBool = AtomicBool::new(false);

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
    let mail = compose(&Message::Note(note), &community.platform, Locale::Nl, community::BASE);
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
        let mail = compose(&Message::Note(Note::Seat(note)), &community.platform, locale, community::BASE);
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

#[tokio::test]
async fn mail_goes_over_tls_from_the_first_byte_with_the_password() {
    let server = Server::start_private("tls");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let smtp = Smtp::new(server.private_options(Security::Implicit)).unwrap();
    smtp.check().await.unwrap();
    deliver_due(&community.services, &through(smtp), &GOES_ON).await.unwrap();
    assert_eq!(community.state(id).await, MailState::Sent);
    let received = server.stop().only();
    assert_eq!(received["secure"], true);
    assert_eq!(received["user"], "noaber");
}

#[tokio::test]
async fn mail_goes_over_tls_that_is_asked_for() {
    let server = Server::start_private("starttls");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let smtp = Smtp::new(server.private_options(Security::StartTls)).unwrap();
    deliver_due(&community.services, &through(smtp), &GOES_ON).await.unwrap();
    assert_eq!(community.state(id).await, MailState::Sent);
    assert_eq!(server.stop().only()["secure"], true);
}

#[tokio::test]
async fn a_server_that_does_not_offer_tls_gets_no_mail_and_no_password() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let smtp = Smtp::new(server.private_options(Security::StartTls)).unwrap();
    assert_eq!(smtp.check().await, Err("starttls not offered".into()));
    assert_eq!(deliver_due(&community.services, &through(smtp), &GOES_ON).await.unwrap(), 0);
    assert_eq!(community.state(id).await, MailState::Queued);
    assert!(server.stop().mails.is_empty());
}

#[tokio::test]
async fn a_server_with_an_unknown_certificate_gets_no_mail() {
    for (mode, security) in [("tls", Security::Implicit), ("starttls", Security::StartTls)] {
        let server = Server::start_private(mode);
        let community = Community::new().await;
        let id = community.queue_any("joke@example.org").await;
        let options = SmtpOptions { extra_root_pem: None, ..server.private_options(security) };
        let smtp = Smtp::new(options).unwrap();
        let reason = smtp.check().await.unwrap_err();
        assert!(reason.ends_with("tls"), "{reason}");
        assert_eq!(deliver_due(&community.services, &through(smtp), &GOES_ON).await.unwrap(), 0);
        assert_eq!(community.state(id).await, MailState::Queued);
        assert!(server.stop().mails.is_empty());
    }
}

#[tokio::test]
async fn a_wrong_password_is_put_right_without_losing_a_mail() {
    let server = Server::start_private("tls");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let right = server.private_options(Security::Implicit);
    let wrong = SmtpOptions { login: Some(("noaber".into(), "fout".into())), ..right.clone() };
    let wrong = Smtp::new(wrong).unwrap();
    assert_eq!(wrong.check().await, Err("auth 535".into()));
    deliver_due(&community.services, &through(wrong), &GOES_ON).await.unwrap();
    assert_eq!(community.state(id).await, MailState::Queued);
    community.later(Span::minutes(1));
    deliver_due(&community.services, &through(Smtp::new(right).unwrap()), &GOES_ON).await.unwrap();
    assert_eq!(community.state(id).await, MailState::Sent);
    server.stop().only();
}

#[tokio::test]
async fn a_refused_mail_is_not_tried_again() {
    for mode in ["refuse", "refuse-after-data"] {
        let server = Server::start(mode);
        let community = Community::new().await;
        let id = community.queue_any("nobody@example.org").await;
        let mailer = through(server.smtp());
        for _ in 0..3 {
            assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
            community.later(Span::days(1));
        }
        assert_eq!(community.state(id).await, MailState::Failed);
        assert_eq!(server.stop().connections, 1, "{mode}");
    }
}

#[tokio::test]
async fn a_greylisted_mail_arrives_exactly_once_on_the_second_attempt() {
    let server = Server::start("greylist");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let mailer = through(server.smtp());

    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
    assert_eq!(community.state(id).await, MailState::Queued);
    community.later(Span::seconds(59));
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0, "it is not due yet");
    community.later(Span::seconds(1));
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 1);
    community.later(Span::days(1));
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);

    assert_eq!(community.state(id).await, MailState::Sent);
    let seen = server.stop();
    assert_eq!(seen.connections, 2);
    seen.only();
}

#[tokio::test]
async fn one_greylisted_receiver_does_not_hold_up_the_others() {
    let server = Server::start("greylist");
    let community = Community::new().await;
    let mailer = through(server.smtp());
    for number in 0..6 {
        community.queue_any(&format!("member{number}@example.org")).await;
    }
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
    community.later(Span::minutes(1));
    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 6);
    assert_eq!(server.stop().connections, 12);
}

#[tokio::test]
async fn a_mail_is_given_up_after_six_attempts() {
    let server = Server::start("busy");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let mailer = through(server.smtp());
    for minutes in [1, 5, 15, 60, 240] {
        deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap();
        assert_eq!(community.state(id).await, MailState::Queued);
        community.later(Span::minutes(minutes));
    }
    deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap();
    assert_eq!(community.state(id).await, MailState::Failed);
    community.later(Span::days(1));
    deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap();
    assert_eq!(server.stop().connections, 6);
}

#[tokio::test]
async fn a_server_that_says_nothing_or_is_gone_costs_the_waiting_mails_nothing() {
    let silent = Server::start("timeout");
    let gone = Server::start("plain");
    let gone_options = gone.options();
    gone.stop();
    let hasty = SmtpOptions { timeout: std::time::Duration::from_millis(200), ..silent.options() };
    for options in [hasty, gone_options] {
        let community = Community::new().await;
        for number in 0..12 {
            community.queue_any(&format!("member{number}@example.org")).await;
        }
        let mailer = through(Smtp::new(options).unwrap());
        assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);

        // Only the four that were being tried wait now; the others go as soon as a server answers.
        let working = Server::start("plain");
        assert_eq!(deliver_due(&community.services, &through(working.smtp()), &GOES_ON).await.unwrap(), 8);
        community.later(Span::minutes(1));
        assert_eq!(deliver_due(&community.services, &through(working.smtp()), &GOES_ON).await.unwrap(), 4);
        assert_eq!(working.stop().mails.len(), 12);
    }
    assert!(silent.stop().mails.is_empty());
}

#[tokio::test]
async fn a_mail_whose_answer_got_lost_is_never_sent_again() {
    let server = Server::start("drop-after-data");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let mailer = through(server.smtp());

    assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
    for _ in 0..5 {
        community.later(Span::days(1));
        give_up_on_uncertain(&community.services).await.unwrap();
        assert_eq!(deliver_due(&community.services, &mailer, &GOES_ON).await.unwrap(), 0);
    }

    assert_eq!(community.state(id).await, MailState::Uncertain);
    server.stop().only();
}

#[tokio::test]
async fn a_mail_that_was_being_sent_when_the_program_was_killed_is_never_sent_again() {
    let server = Server::start("plain");
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let now = community.services.clock.now();
    let claimed = community.services.store.claim_mail(now, 1).await.unwrap();
    assert_eq!(claimed.len(), 1, "claimed by a program that is killed here");

    let mailer = through(server.smtp());
    let restarted = community.restart().await;
    for _ in 0..5 {
        assert_eq!(deliver_due(&restarted, &mailer, &GOES_ON).await.unwrap(), 0);
        community.later(Span::hours(2));
        give_up_on_uncertain(&restarted).await.unwrap();
    }
    assert_eq!(community.state(id).await, MailState::Uncertain);
    let seen = server.stop();
    assert_eq!((seen.mails.len(), seen.connections), (0, 0));
}

#[tokio::test]
async fn a_mail_that_another_process_is_sending_is_not_given_up_on() {
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    let now = community.services.clock.now();
    community.services.store.claim_mail(now, 1).await.unwrap();
    community.later(Span::minutes(10));
    assert_eq!(give_up_on_uncertain(&community.services).await.unwrap(), 0);
    assert_eq!(community.state(id).await, MailState::Sending);
}

#[tokio::test]
async fn two_processes_send_every_mail_once() {
    let server = Server::start("plain");
    let community = Community::new().await;
    for number in 0..25 {
        community.queue_any(&format!("member{number}@example.org")).await;
    }
    let (first, second) = (through(server.smtp()), through(server.smtp()));
    let other = community.restart().await;
    let (a, b) = tokio::join!(
        deliver_due(&community.services, &first, &GOES_ON),
        deliver_due(&other, &second, &GOES_ON)
    );
    assert_eq!(a.unwrap() + b.unwrap(), 25);
    let mut receivers: Vec<String> = server
        .stop()
        .mails
        .iter()
        .map(|mail| mail["envelope"]["to"][0].as_str().unwrap().to_owned())
        .collect();
    receivers.sort();
    receivers.dedup();
    assert_eq!(receivers.len(), 25);
}

#[tokio::test]
async fn the_demo_s_outbox_needs_no_mail_server() {
    let community = Community::new().await;
    let id = community.queue_any("joke@example.org").await;
    assert_eq!(deliver_due(&community.services, &Mailer::Off, &GOES_ON).await.unwrap(), 0);
    assert_eq!(community.state(id).await, MailState::Queued);
    assert_eq!(deliver_due(&community.services, &Mailer::Outbox, &GOES_ON).await.unwrap(), 1);
    assert_eq!(community.state(id).await, MailState::Sent);
    assert_eq!(deliver_due(&community.services, &Mailer::Outbox, &GOES_ON).await.unwrap(), 0);
}
