//! One mail's conversation with the server (RFC 5321), and what each answer means.

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};

use super::{Outcome, Smtp};

/// Waiting for the answer to the whole text takes longer than for a command (RFC 5321,
/// 4.5.3.2.6): giving up early would leave a delivered mail without a known outcome.
const PATIENCE: u32 = 4;

impl Smtp {
    pub(super) async fn talk(&self, message: &Message) -> Outcome {
        let mut connection = match self.connect().await {
            Ok(connection) => connection,
            Err(reason) => return Outcome::Unreachable(reason),
        };
        let outcome = self.hand_over(&mut connection, message).await;
        if !connection.has_broken() && !matches!(outcome, Outcome::Unknown(_)) {
            self.bid_farewell(&mut connection).await;
        }
        outcome
    }

    async fn hand_over(&self, connection: &mut AsyncSmtpConnection, message: &Message) -> Outcome {
        let bytes = message.formatted();
        let envelope = message.envelope();
        let mut parameters = Vec::new();
        if !bytes.is_ascii() && connection.server_info().supports_feature(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let mail = Mail::new(envelope.from().cloned(), parameters);
        if let Err(outcome) = self.step("mail", connection.command(mail)).await {
            return outcome;
        }
        for to in envelope.to() {
            let rcpt = Rcpt::new(to.clone(), Vec::new());
            if let Err(outcome) = self.step("rcpt", connection.command(rcpt)).await {
                return outcome;
            }
        }
        if let Err(outcome) = self.step("data", connection.command(Data)).await {
            return outcome;
        }
        match tokio::time::timeout(self.options.timeout * PATIENCE, connection.message(&bytes)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => after_the_text(&error),
            Err(_) => Outcome::Unknown("text timeout".into()),
        }
    }

    /// A command before the text: whatever goes wrong, nothing was delivered.
    async fn step<T>(
        &self,
        name: &str,
        future: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Outcome> {
        match tokio::time::timeout(self.options.timeout, future).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(before_the_text(name, &error)),
            Err(_) => Err(Outcome::Unreachable(format!("{name} timeout"))),
        }
    }
}

fn before_the_text(step: &str, error: &Error) -> Outcome {
    let reason = reason(step, error);
    if error.is_permanent() {
        if is_about_signing_in(error) { Outcome::Unreachable(reason) } else { Outcome::Refused(reason) }
    } else if error.is_transient() {
        Outcome::Later(reason)
    } else {
        Outcome::Unreachable(reason)
    }
}

/// Only an answer of the server is certain now. A lost connection, half an answer or nonsense is not.
fn after_the_text(error: &Error) -> Outcome {
    let reason = reason("text", error);
    if error.is_permanent() {
        Outcome::Refused(reason)
    } else if error.is_transient() {
        Outcome::Later(reason)
    } else {
        Outcome::Unknown(reason)
    }
}

/// 530, 534, 535, 538 (RFC 4954, 6): the configuration is wrong, not the mail.
fn is_about_signing_in(error: &Error) -> bool {
    error.status().is_some_and(|code| matches!(code.to_string().as_str(), "530" | "534" | "535" | "538"))
}

/// The step and the kind of trouble. Never the server's own words, which may repeat an address.
pub(super) fn reason(step: &str, error: &Error) -> String {
    match error.status() {
        Some(code) => format!("{step} {code}"),
        None if error.is_timeout() => format!("{step} timeout"),
        None if error.is_tls() || is_certificate_trouble(error) => format!("{step} tls"),
        None if error.is_response() => format!("{step} answer"),
        None => format!("{step} connection"),
    }
}

/// A failed handshake reaches us as an input or output error that wraps the TLS error.
fn is_certificate_trouble(error: &Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        if let Some(io) = inner.downcast_ref::<std::io::Error>()
            && io.kind() == std::io::ErrorKind::InvalidData
        {
            return true;
        }
        source = inner.source();
    }
    false
}
