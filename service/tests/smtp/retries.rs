//! A mail that does not arrive at once: tried again, given up, never sent twice.

use domain::clock::Span;
use service::mail::{Mailer, Smtp, SmtpOptions, deliver_due, give_up_on_uncertain};
use store::mail::MailState;

use crate::community::Community;
use crate::server::Server;
use crate::{GOES_ON, through};

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
