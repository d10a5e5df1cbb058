//! A browser as far as the server sees it: it keeps cookies, follows no redirect by itself, and
//! sends what Chromium sends.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use server::listen::Peer;
use tower::Service as _;

use super::Site;

pub const FORM: &str = "application/x-www-form-urlencoded";

#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub host: String,
    pub cookies: BTreeMap<String, String>,
    /// What the reader prefers: a page, or, from the app's own JavaScript, JSON.
    pub accept: &'static str,
    pub language: &'static str,
    pub peer: SocketAddr,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// The policy's nonce.
    pub fn nonce(&self) -> &str {
        let policy = self.header("content-security-policy");
        policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default()
    }
}

impl Browser {
    pub fn new(router: Router, host: &str) -> Self {
        Self {
            router,
            host: format!("{host}:3000"),
            cookies: BTreeMap::new(),
            accept: "text/html,application/xhtml+xml,*/*;q=0.8",
            language: "nl",
            peer: ([192, 0, 2, 1], 40_000).into(),
        }
    }

    /// The app's own JavaScript in this browser.
    pub fn script(&self) -> Self {
        Self { accept: "application/json", ..self.clone() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    /// Submits a form of the site's own pages.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &self.own_form(), Body::from(form(fields))).await
    }

    /// The headers of a form on one of the site's own pages.
    pub fn own_form(&self) -> Vec<(&'static str, String)> {
        vec![
            ("origin", format!("http://{}", self.host)),
            ("sec-fetch-site", "same-origin".into()),
            ("referer", format!("http://{}/berichten", self.host)),
            ("content-type", FORM.into()),
        ]
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: Body,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, &self.host)
            .header(header::ACCEPT, self.accept)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0");
        if !self.cookies.is_empty() {
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let mut request = request.body(body).expect("a request");
        request.extensions_mut().insert(Peer(self.peer));
        let response = match self.router.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a whole answer").to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("text"));
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        let Some((name, value)) = pair.split_once('=') else { return };
        if value.is_empty() || cookie.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub fn is_signed_in(&self) -> bool {
        self.cookies.contains_key("__Host-noaber")
    }

    /// Signs in as people do: ask for a mail, read it, type the code, and give the second factor.
    pub async fn sign_in(&mut self, site: &Site, email: &str) {
        let host = self.host.split(':').next().unwrap_or_default().to_owned();
        let asked = self.post("/api/sign-in/ask", &[("email", email), ("back", "/")]).await;
        let challenge =
            asked.location().strip_prefix("/aanmelden/code?c=").unwrap_or_else(|| panic!("{asked:?}"));
        let tenant = site.store.on(site.platform(&host).await);
        let mails = tenant.recent_mail(50).await.expect("mails");
        let mail = mails.iter().find(|mail| mail.to_address == email).expect("a mail");
        let code = six_digits(&mail.text).unwrap_or_else(|| panic!("no code in {}", mail.text));
        let entered = self.post("/api/sign-in/code", &[("challenge", challenge), ("code", &code)]).await;
        assert!(self.is_signed_in(), "{entered:?}");
        if entered.location().starts_with("/aanmelden/tweede-stap") {
            let account =
                seed::account(host.split('.').next().unwrap_or_default(), email).expect("a demo account");
            let secret = account.totp_secret.expect("a second factor");
            let now = domain::clock::Clock::now(site.clock.as_ref());
            let code = service::second_factor::code_now(secret, now).expect("a code");
            let given = self.post("/api/sign-in/second-factor", &[("code", &code), ("back", "/")]).await;
            assert!(given.location().contains("aangemeld"), "{given:?}");
        }
    }
}

/// Six digits that stand by themselves.
pub fn six_digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit() && c != ' ')
        .map(|part| part.split_whitespace().collect::<String>())
        .find(|digits| digits.len() == 6)
}

/// `application/x-www-form-urlencoded`.
pub fn form(fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        if !out.is_empty() {
            out.push('&');
        }
        escape(name, &mut out);
        out.push('=');
        escape(value, &mut out);
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}
