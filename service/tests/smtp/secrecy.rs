//! Who gets a mail and a password, and who does not.

use domain::clock::Span;
use service::mail::{Security, Smtp, SmtpOptions, deliver_due};
use store::mail::MailState;

use crate::community::Community;
use crate::server::Server;
use crate::{GOES_ON, through};

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
