//! The adapter to a mail server, and what its answers mean.
//!
//! The connection is driven step by step instead of through lettre's transport, because *when* a
//! step fails decides everything: before the text of the mail was given nothing can have been
//! delivered and trying again is safe; after it, without an answer, nobody knows, and the mail is
//! never given again (TRUST 22). That conversation is in [`talk`]; here is who with, and how safely.

mod parcel;
mod talk;

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::extension::ClientId;

pub use parcel::Parcel;

/// How the connection is kept private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (usually port 465).
    Implicit,
    /// TLS asked for in the conversation (usually port 587); without it nothing is sent.
    #[default]
    StartTls,
    /// None: for a mail server on the same machine or in the same closed network.
    None,
}

/// Which mail server, and how to speak with it.
#[derive(Clone)]
pub struct SmtpOptions {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// User and password.
    pub login: Option<(String, String)>,
    /// The name this program introduces itself with; usually the host part of the sender's address.
    pub hello_name: Option<String>,
    /// How long each step may take. The answer to the mail itself may take four times as long.
    pub timeout: Duration,
    /// A certificate (PEM) to trust beside the machine's own: of a relay in the closed network, or of a test.
    pub extra_root_pem: Option<Vec<u8>>,
}

impl fmt::Debug for SmtpOptions {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpOptions")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("security", &self.security)
            .field("login", &self.login.as_ref().map(|(user, _)| user))
            .finish_non_exhaustive()
    }
}

/// Why a mail server cannot be used as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    #[error("the extra certificate is not a certificate in PEM form")]
    NotACertificate,
    #[error("TLS cannot be set up for this host name: {0}")]
    Tls(#[source] lettre::transport::smtp::Error),
    #[error("a password is only sent over TLS, or to a mail server on this machine")]
    PasswordInTheOpen,
}

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it over.
    Sent,
    /// The server will never take it (5xx), or it cannot be written as a mail.
    Refused(String),
    /// Not now (4xx, greylisting); another mail may do better.
    Later(String),
    /// The server itself cannot be used: refused connection, time-out, certificate, password.
    Unreachable(String),
    /// The text was given and no answer came. It may have been delivered.
    Unknown(String),
}

/// A mail server.
pub struct Smtp {
    options: SmtpOptions,
    tls: Option<TlsParameters>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Smtp {
    /// Reads the certificates; does not connect yet.
    ///
    /// # Errors
    /// An unusable certificate or host name, or a password that would travel unprotected.
    pub fn new(options: SmtpOptions) -> Result<Self, SetupError> {
        if options.security == Security::None && options.login.is_some() && !is_this_machine(&options.host) {
            return Err(SetupError::PasswordInTheOpen);
        }
        let tls = match options.security {
            Security::None => None,
            Security::Implicit | Security::StartTls => Some(tls_parameters(&options)?),
        };
        Ok(Self { options, tls })
    }

    /// Gives one mail to the server.
    pub async fn send(&self, parcel: &Parcel<'_>) -> Outcome {
        match parcel.message() {
            Ok(message) => self.talk(&message).await,
            Err(reason) => Outcome::Refused(reason.into()),
        }
    }

    /// Connects, greets and signs in, without sending anything: for the command that checks an installation.
    ///
    /// # Errors
    /// Why it did not work, in one word and sometimes a number.
    pub async fn check(&self) -> Result<(), String> {
        let mut connection = self.connect().await?;
        self.bid_farewell(&mut connection).await;
        Ok(())
    }

    /// Connects as far as the server is ready to take a mail. Every failure here is about the server
    /// or the configuration, never about one mail, and so never final: a wrong password gets put right.
    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let hello = self.hello_name();
        let wrapped = self.tls.clone().filter(|_| self.options.security == Security::Implicit);
        let server = (self.options.host.as_str(), self.options.port);
        let connecting =
            AsyncSmtpConnection::connect_tokio1(server, Some(self.options.timeout), &hello, wrapped, None);
        let mut connection = self.within("connect", connecting).await?;
        if self.options.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            if !connection.can_starttls() {
                self.bid_farewell(&mut connection).await;
                return Err("starttls not offered".into());
            }
            self.within("starttls", connection.starttls(tls, &hello)).await?;
        }
        if let Some((user, password)) = &self.options.login {
            let credentials = Credentials::new(user.clone(), password.clone());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            self.within("auth", connection.auth(&mechanisms, &credentials)).await?;
        }
        Ok(connection)
    }

    fn hello_name(&self) -> ClientId {
        self.options.hello_name.clone().map_or_else(ClientId::default, ClientId::Domain)
    }

    async fn within<T>(
        &self,
        step: &str,
        future: impl Future<Output = Result<T, lettre::transport::smtp::Error>>,
    ) -> Result<T, String> {
        match tokio::time::timeout(self.options.timeout, future).await {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => Err(talk::reason(step, &error)),
            Err(_) => Err(format!("{step} timeout")),
        }
    }

    /// Says QUIT. Whether the server heard it no longer matters.
    async fn bid_farewell(&self, connection: &mut AsyncSmtpConnection) {
        let _ = self.within("quit", connection.quit()).await;
    }
}

fn tls_parameters(options: &SmtpOptions) -> Result<TlsParameters, SetupError> {
    let mut builder = TlsParametersBuilder::new(options.host.clone());
    if let Some(pem) = &options.extra_root_pem {
        if !pem.windows(27).any(|part| part == b"-----BEGIN CERTIFICATE-----") {
            return Err(SetupError::NotACertificate);
        }
        let certificate = Certificate::from_pem(pem).map_err(|_| SetupError::NotACertificate)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(SetupError::Tls)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> SmtpOptions {
        SmtpOptions {
            host: "mail.example.org".into(),
            port: 587,
            security: Security::None,
            login: Some(("noaber".into(), "very-secret".into())),
            hello_name: None,
            timeout: Duration::from_secs(1),
            extra_root_pem: None,
        }
    }

    #[test]
    fn a_password_never_travels_unprotected() {
        assert!(matches!(Smtp::new(options()), Err(SetupError::PasswordInTheOpen)));
        let on_this_machine = SmtpOptions { host: "127.0.0.1".into(), ..options() };
        assert!(Smtp::new(on_this_machine).is_ok());
    }

    #[test]
    fn a_password_is_never_printed() {
        assert!(!format!("{:?}", options()).contains("very-secret"));
    }

    #[test]
    fn what_is_no_certificate_is_refused_at_the_start() {
        let wrong = SmtpOptions {
            security: Security::StartTls,
            extra_root_pem: Some(b"not a certificate".to_vec()),
            ..options()
        };
        assert!(matches!(Smtp::new(wrong), Err(SetupError::NotACertificate)));
    }
}
