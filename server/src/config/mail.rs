//! How mail leaves.

use std::fmt;
use std::time::Duration;

use super::settings::{Settings, as_text};
use super::{file_content, port, seconds, secret};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailMode {
    /// Mails are delivered to a mail server.
    Smtp,
    /// Mails stay in the database, to be read on the demo's outbox page.
    Outbox,
    /// Mails wait in the queue until somebody turns delivery on.
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailTls {
    Implicit,
    Starttls,
    None,
}

#[derive(Clone)]
pub struct Mail {
    /// `None` when nobody said: fine for the demo, an error for residents (see `startup::mail_mode`).
    pub mode: Option<MailMode>,
    pub host: String,
    pub port: u16,
    pub tls: MailTls,
    pub user: Option<String>,
    pub password: Option<String>,
    /// A certificate (PEM) to trust beside the machine's own.
    pub certificate: Option<Vec<u8>>,
    /// The address mails come from.
    pub from: String,
    pub timeout: Duration,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail").field("mode", &self.mode).field("host", &self.host).finish_non_exhaustive()
    }
}

pub fn read(from: &mut Settings) -> Mail {
    let mode = from.choice(
        "mail.mode",
        None,
        &[("smtp", Some(MailMode::Smtp)), ("outbox", Some(MailMode::Outbox)), ("off", Some(MailMode::Off))],
    );
    let host = from.text("mail.host");
    let tls = from.choice(
        "mail.tls",
        MailTls::Starttls,
        &[("implicit", MailTls::Implicit), ("starttls", MailTls::Starttls), ("none", MailTls::None)],
    );
    let usual = match tls {
        MailTls::Implicit => 465,
        MailTls::Starttls => 587,
        MailTls::None => 25,
    };
    let port = port(from, "mail.port").unwrap_or(usual);
    let address = from.take("mail.from");
    if let Some(given) = &address
        && as_text(&given.value)
            .is_none_or(|text| domain::members::email::EmailAddress::parse(&text).is_err())
    {
        from.refuse("mail.from", given, "an e-mail address, such as noreply@example.org");
    }
    let address = address.and_then(|given| as_text(&given.value));
    if mode == Some(MailMode::Smtp) {
        if host.is_none() {
            from.note("mail.host is missing: mail.mode = \"smtp\" needs the name of a mail server.".into());
        }
        if address.is_none() {
            from.note("mail.from is missing: mail.mode = \"smtp\" needs the address mails come from.".into());
        }
    }
    let user = from.text("mail.user");
    let password = secret(from, "mail.password", "mail.password_file");
    if user.is_some() != password.is_some() {
        from.note(
            "mail.user and mail.password (or mail.password_file) go together: give both or none.".into(),
        );
    }
    Mail {
        mode,
        host: host.unwrap_or_default(),
        port,
        tls,
        user,
        password,
        certificate: from
            .text("mail.certificate_file")
            .and_then(|file| file_content(from, "mail.certificate_file", &file)),
        from: address.unwrap_or_else(|| "noreply@localhost.invalid".into()),
        timeout: seconds(from, "mail.timeout_seconds", 20),
    }
}
