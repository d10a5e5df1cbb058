//! Asking for a calendar: once found, the address that was checked is the one that is asked. Led on three times at
//! most, each time checked anew; bounded in size and time; nothing is told but what is asked for (TRUST 19).

use calendar::read::BYTES_MAX;
use domain::sources::{Mark, Trouble};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url, redirect};

use super::reach::{Checked, Reach};

const LED_ON: usize = 3;
/// Bytes of what a server says its answer is.
const MARK_MAX: usize = 300;
const WE: &str = "Noaber-calendar/1.0";

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Got {
    /// It is still what it was.
    Same,
    New {
        bytes: Vec<u8>,
        mark: Mark,
    },
}

/// Asks for a calendar. `mark` is what its server said of it last time.
pub(super) async fn fetch(reach: &Reach, address: &str, mark: &Mark) -> Result<Got, Trouble> {
    tokio::time::timeout(reach.within, follow(reach, address, mark)).await.unwrap_or(Err(Trouble::TooSlow))
}

async fn follow(reach: &Reach, address: &str, mark: &Mark) -> Result<Got, Trouble> {
    let mut url = Url::parse(address).map_err(|_| Trouble::NotPublic)?;
    for _ in 0..=LED_ON {
        let checked = reach.check(url).await?;
        let response = ask(&checked, mark).await?;
        match response.status() {
            StatusCode::OK => return body(response).await,
            StatusCode::NOT_MODIFIED if *mark != Mark::default() => return Ok(Got::Same),
            status if is_leading_on(status) => url = next(&checked.url, &response)?,
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(Trouble::NotThere),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Trouble::Locked),
            status => return Err(Trouble::Answer(status.as_u16())),
        }
    }
    Err(Trouble::Redirects)
}

fn is_leading_on(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn next(from: &Url, response: &Response) -> Result<Url, Trouble> {
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    to.and_then(|to| from.join(to).ok()).ok_or(Trouble::Redirects)
}

/// A client of its own for each question: it knows no cookies and no other address than the one that was checked.
async fn ask(checked: &Checked, mark: &Mark) -> Result<Response, Trouble> {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .resolve_to_addrs(&checked.host, &checked.addresses)
        .no_proxy()
        .referer(false)
        .user_agent(WE)
        .pool_max_idle_per_host(0)
        .build()
        .map_err(|error| {
            tracing::error!(%error, "calendars cannot be asked for");
            Trouble::Inside
        })?;
    let mut headers =
        HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/calendar, */*;q=0.1"))]);
    for (name, value) in [(header::IF_NONE_MATCH, &mark.tag), (header::IF_MODIFIED_SINCE, &mark.modified)] {
        if let Ok(value) = HeaderValue::from_str(value)
            && !value.is_empty()
        {
            headers.insert(name, value);
        }
    }
    client.get(checked.url.clone()).headers(headers).send().await.map_err(|error| trouble(&error))
}

/// The body, as long as it is no longer than any calendar.
async fn body(mut response: Response) -> Result<Got, Trouble> {
    if response.content_length().is_some_and(|length| length > BYTES_MAX as u64) {
        return Err(Trouble::TooLarge);
    }
    let said = |name: HeaderName| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if value.len() <= MARK_MAX { value.to_owned() } else { String::new() }
    };
    let mark = Mark { tag: said(header::ETAG), modified: said(header::LAST_MODIFIED) };
    let mut bytes = Vec::new();
    while let Some(part) = response.chunk().await.map_err(|error| trouble(&error))? {
        bytes.extend_from_slice(&part);
        if bytes.len() > BYTES_MAX {
            return Err(Trouble::TooLarge);
        }
    }
    Ok(Got::New { bytes, mark })
}

fn trouble(error: &reqwest::Error) -> Trouble {
    if error.is_timeout() { Trouble::TooSlow } else { Trouble::Unreachable }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::net::{IpAddr, Ipv4Addr, SocketAddr};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that answers each path as it is told to, and remembers what it was asked.
    struct There {
        address: SocketAddr,
        asked: Arc<Mutex<Vec<String>>>,
    }

    impl There {
        async fn begin(answers: Vec<(&'static str, Vec<u8>)>) -> Self {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
            let address = listener.local_addr().expect("an address");
            let asked: Arc<Mutex<Vec<String>>> = Arc::default();
            let noted = Arc::clone(&asked);
            tokio::spawn(async move {
                while let Ok((mut connection, _)) = listener.accept().await {
                    let (answers, noted) = (answers.clone(), Arc::clone(&noted));
                    tokio::spawn(async move {
                        let mut question = Vec::new();
                        while !question.ends_with(b"\r\n\r\n") {
                            let mut byte = [0];
                            match connection.read(&mut byte).await {
                                Ok(1) => question.push(byte[0]),
                                _ => return,
                            }
                        }
                        let question = String::from_utf8_lossy(&question).into_owned();
                        let path = question.split(' ').nth(1).unwrap_or_default().to_owned();
                        noted.lock().expect("no panic").push(question);
                        match answers.iter().find(|(other, _)| *other == path) {
                            Some((_, answer)) => {
                                let _ = connection.write_all(answer).await;
                            }
                            // It thinks about it.
                            None => std::future::pending().await,
                        }
                    });
                }
            });
            Self { address, asked }
        }

        fn reach(&self) -> Reach {
            let names = BTreeMap::from([
                ("agenda.example".to_owned(), vec![IpAddr::V4(Ipv4Addr::LOCALHOST)]),
                ("binnen.example".to_owned(), vec![IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1))]),
            ]);
            Reach { besides: Some(self.address), names, within: Duration::from_millis(900) }
        }

        async fn ask(&self, path: &str, mark: &Mark) -> Result<Got, Trouble> {
            // Two libraries bring rustls; the program chooses one of its providers when it begins.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let address = format!("http://agenda.example:{}{path}", self.address.port());
            fetch(&self.reach(), &address, mark).await
        }

        fn asked(&self) -> Vec<String> {
            self.asked.lock().expect("no panic").clone()
        }
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let length = body.len();
        [format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n").as_bytes(), body].concat()
    }

    #[tokio::test]
    async fn the_address_that_was_checked_is_asked_and_told_nothing() {
        let found =
            answer("200 OK\r\nETag: \"een\"\r\nLast-Modified: toen\r\nSet-Cookie: a=b", b"BEGIN:VCALENDAR");
        let there = There::begin(vec![("/a.ics", found)]).await;
        let got = there.ask("/a.ics", &Mark::default()).await;
        let mark = Mark { tag: "\"een\"".into(), modified: "toen".into() };
        assert_eq!(got, Ok(Got::New { bytes: b"BEGIN:VCALENDAR".to_vec(), mark: mark.clone() }));
        there.ask("/a.ics", &mark).await.expect("an answer");
        let asked = there.asked().join("\n").to_lowercase();
        assert!(asked.contains("user-agent: noaber-calendar") && asked.contains("host: agenda.example"));
        assert!(asked.contains("if-none-match: \"een\"") && asked.contains("if-modified-since: toen"));
        for told in ["cookie", "referer", "authorization", "x-forwarded"] {
            assert!(!asked.contains(told), "{told}: {asked}");
        }
    }

    #[tokio::test]
    async fn what_is_still_the_same_is_not_sent_again() {
        let there = There::begin(vec![("/a.ics", b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec())]).await;
        let mark = Mark { tag: "\"een\"".into(), ..Mark::default() };
        assert_eq!(there.ask("/a.ics", &mark).await, Ok(Got::Same));
        assert_eq!(there.ask("/a.ics", &Mark::default()).await, Err(Trouble::Answer(304)), "of nothing");
    }

    #[tokio::test]
    async fn nobody_is_led_behind_the_door() {
        let inside = There::begin(vec![("/geheim", answer("200 OK", b"geheim"))]).await;
        let lead = |to: &str| answer(&format!("302 Found\r\nLocation: {to}"), b"");
        let secret = format!("http://{}/geheim", inside.address);
        let there = There::begin(vec![
            ("/naast", lead(&secret)),
            ("/metadata", lead("http://169.254.169.254/latest/meta-data/")),
            ("/zes", lead("https://[::1]/")),
            ("/naam", lead("https://binnen.example/")),
            ("/bestand", lead("file:///etc/passwd")),
            ("/wie", lead("https://iemand:geheim@1.1.1.1/")),
        ])
        .await;
        for path in ["/naast", "/metadata", "/zes", "/naam", "/bestand", "/wie"] {
            assert_eq!(there.ask(path, &Mark::default()).await, Err(Trouble::NotPublic), "{path}");
        }
        assert_eq!(inside.asked(), [] as [String; 0], "nobody knocked");
        // The switch for tests is for one address alone.
        let direct = fetch(&there.reach(), &secret, &Mark::default()).await;
        assert_eq!(direct, Err(Trouble::NotPublic));
        let usual =
            fetch(&Reach::default(), &format!("http://{}/naast", there.address), &Mark::default()).await;
        assert_eq!(usual, Err(Trouble::NotPublic));
    }

    #[tokio::test]
    async fn one_is_led_on_three_times_and_no_more() {
        let lead = |to: &str| answer(&format!("301 Moved\r\nLocation: {to}"), b"");
        let there = There::begin(vec![
            ("/4", lead("/3")),
            ("/3", lead("/2")),
            ("/2", lead("/1")),
            ("/1", lead("/0")),
            ("/0", answer("200 OK", b"hier")),
            ("/rond", lead("/rond")),
            ("/nergens", answer("302 Found", b"")),
        ])
        .await;
        assert!(matches!(there.ask("/3", &Mark::default()).await, Ok(Got::New { .. })));
        for path in ["/4", "/rond", "/nergens"] {
            assert_eq!(there.ask(path, &Mark::default()).await, Err(Trouble::Redirects), "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_too_large_or_too_slow_ends() {
        let large = vec![b'x'; BYTES_MAX + 1];
        // It says nothing of its length.
        let endless = [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".as_slice(), &large].concat();
        let half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nBEGIN".to_vec();
        let there =
            There::begin(vec![("/groot", answer("200 OK", &large)), ("/lang", endless), ("/half", half)])
                .await;
        for path in ["/groot", "/lang"] {
            assert_eq!(there.ask(path, &Mark::default()).await, Err(Trouble::TooLarge), "{path}");
        }
        assert_eq!(there.ask("/traag", &Mark::default()).await, Err(Trouble::TooSlow));
        // Cut off in the middle: what came is not taken for all of it.
        assert_eq!(there.ask("/half", &Mark::default()).await, Err(Trouble::Unreachable));
    }

    #[tokio::test]
    async fn an_answer_without_a_calendar_says_why() {
        let there = There::begin(vec![
            ("/404", answer("404 Not Found", b"")),
            ("/410", answer("410 Gone", b"")),
            ("/401", answer("401 Unauthorized", b"")),
            ("/403", answer("403 Forbidden", b"")),
            ("/500", answer("500 Oops", b"")),
            ("/204", answer("204 No Content", b"")),
        ])
        .await;
        for (path, trouble) in [
            ("/404", Trouble::NotThere),
            ("/410", Trouble::NotThere),
            ("/401", Trouble::Locked),
            ("/403", Trouble::Locked),
            ("/500", Trouble::Answer(500)),
            ("/204", Trouble::Answer(204)),
        ] {
            assert_eq!(there.ask(path, &Mark::default()).await, Err(trouble), "{path}");
        }
        let closed = Reach { besides: Some(SocketAddr::from(([127, 0, 0, 1], 1))), ..Reach::default() };
        assert_eq!(fetch(&closed, "http://127.0.0.1:1/", &Mark::default()).await, Err(Trouble::Unreachable));
    }
}
