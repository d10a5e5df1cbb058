//! A client for our own server on this machine: plain HTTP/1.1, one request at a time.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::run::pause;

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that stays open.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub fn open(port: u16) -> std::io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends a whole request, head and body as they are, and reads the whole answer.
    pub fn send(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        self.answer()
    }

    /// Sends a request for events, and reads the head of the answer; the events come after it.
    pub fn listen(&mut self, request: &[u8]) -> std::io::Result<Answer> {
        self.stream.get_mut().write_all(request)?;
        self.head()
    }

    /// Waits for the next event that has a number (HTML standard, 9.2.6), and says which it has.
    pub fn next_event(&mut self) -> std::io::Result<u64> {
        loop {
            if let Some(number) = self.line()?.strip_prefix("id:").and_then(|id| id.trim().parse().ok()) {
                return Ok(number);
            }
        }
    }

    fn head(&mut self) -> std::io::Result<Answer> {
        let wrong = || std::io::Error::new(std::io::ErrorKind::InvalidData, "this is no HTTP");
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(wrong)?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(wrong)?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        Ok(Answer { status, headers, body: Vec::new() })
    }

    fn answer(&mut self) -> std::io::Result<Answer> {
        let wrong = || std::io::Error::new(std::io::ErrorKind::InvalidData, "this is no HTTP");
        let mut answer = self.head()?;
        if let Some(length) = answer.header("content-length").map(str::parse::<usize>) {
            answer.body.resize(length.map_err(|_| wrong())?, 0);
            self.stream.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding").is_some() {
            loop {
                let size = usize::from_str_radix(self.line()?.trim(), 16).map_err(|_| wrong())?;
                let start = answer.body.len();
                answer.body.resize(start + size, 0);
                self.stream.read_exact(&mut answer.body[start..])?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        }
        Ok(answer)
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// The text of a request without a body.
pub fn get(host: &str, path: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n").into_bytes()
}

/// A text as it may stand in a form.
pub fn escaped(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Asks until the server says it is ready.
pub fn wait_until_ready(port: u16, limit: Duration) -> Outcome<()> {
    let started = Instant::now();
    let request = get("localhost", "/readyz", "Connection: close\r\n");
    while started.elapsed() < limit {
        let answer = Connection::open(port).and_then(|mut connection| connection.send(&request));
        if answer.is_ok_and(|answer| answer.status == 200) {
            return Ok(());
        }
        pause(Duration::from_millis(50));
    }
    Err(format!("The server was not ready on port {port} after {} seconds.", limit.as_secs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    fn answered(bytes: &'static [u8]) -> std::io::Result<Answer> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a visitor");
            let mut asked = [0; 512];
            let _ = stream.read(&mut asked);
            stream.write_all(bytes).expect("heard");
        });
        let answer = Connection::open(port)?.send(&get("localhost", "/", ""));
        server.join().expect("ended");
        answer
    }

    #[test]
    fn an_answer_with_a_length_is_read() {
        let answer =
            answered(b"HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nX-A: b\r\n\r\nnee").expect("an answer");
        assert_eq!((answer.status, answer.header("x-a"), answer.text().as_str()), (404, Some("b"), "nee"));
    }

    #[test]
    fn an_answer_in_chunks_is_read() {
        let answer = answered(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\neen\r\n4\r\ntwee\r\n0\r\n\r\n",
        );
        assert_eq!(answer.expect("an answer").text(), "eentwee");
    }

    #[test]
    fn events_are_told_apart_by_their_numbers() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a visitor");
            let text = "HTTP/1.1 200 OK\r\n\r\n9\r\nid: 7\ndata: x\n\n\r\n3\r\n:\n\n\r\n7\r\nid: 12\n\r\n";
            stream.write_all(text.as_bytes()).expect("heard");
        });
        let mut connection = Connection::open(port).expect("a connection");
        assert_eq!(connection.listen(&get("localhost", "/", "")).expect("a head").status, 200);
        assert_eq!((connection.next_event().expect("one"), connection.next_event().expect("two")), (7, 12));
        server.join().expect("ended");
    }

    #[test]
    fn a_text_in_a_form_is_escaped() {
        assert_eq!(escaped("draft[title]=é & o"), "draft%5Btitle%5D%3D%C3%A9%20%26%20o");
    }

    #[test]
    fn what_is_no_http_is_an_error() {
        assert!(answered(b"hello\r\n").is_err());
    }
}
