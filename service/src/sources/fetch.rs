//! Asking for a calendar: once found, the address that was checked is the one that is asked. Led on three times at
//! most, each time checked anew; bounded in size and time; nothing is told but what is asked for (TRUST 19).

use std::time::Duration;

use calendar::read::BYTES_MAX;
use domain::sources::{Mark, Trouble};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode, Url, redirect};

use super::reach::{Checked, Reach};

/// For all of it: the form that names an address waits for the answer.
const WITHIN: Duration = Duration::from_secs(10);
const LED_ON: usize = 3;
/// Bytes of what a server says its answer is.
const MARK_MAX: usize = 300;
const WE: &str = "Noaber-calendar/1.0";

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Got {
    /// It is still what it was.
    Same,
    New { bytes: Vec<u8>, mark: Mark },
}

/// Asks for a calendar. `mark` is what its server said of it last time.
pub(super) async fn fetch(reach: &Reach, address: &str, mark: &Mark) -> Result<Got, Trouble> {
    tokio::time::timeout(WITHIN, follow(reach, address, mark)).await.unwrap_or(Err(Trouble::TooSlow))
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
    let mut headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/calendar, */*;q=0.1"))]);
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
