//! How soon a comment is with everybody who has the page open.

use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::results::{Results, percentile};
use super::servers::{Reader, Server};
use super::{form, people};
use crate::Outcome;
use crate::http::{self, Connection};

const READERS: usize = 500;
/// Fewer than a member may write in an hour.
const COMMENTS: usize = 30;
/// Who has heard nothing by then never will.
const PATIENCE: Duration = Duration::from_secs(30);

/// When a reader was told of a change, and its number.
type Told = Outcome<(Instant, u64)>;

pub fn measure(server: &Server, database: &str, results: &mut Results) -> Outcome<()> {
    let pages = server.pages(&Reader::visitor(server.port))?;
    let (_, page) = pages.last().ok_or("there is no post")?;
    let mut writer = Writer::new(server, page)?;
    // Who opens the page is told of this one, and so says that they are there.
    writer.write("Wie leest er mee?")?;
    let told = listen(server.port, page);
    let opened: Vec<u64> = heard(&told)?.into_iter().map(|(_, number)| number).collect();
    together(&opened)?;
    let mut times = Vec::with_capacity(READERS * COMMENTS);
    for number in 1..=COMMENTS {
        // From the click on, so that the writing itself counts too.
        let clicked = Instant::now();
        writer.write(&format!("Reactie {number} uit de meting, van gewone lengte, zoals de meeste."))?;
        let all = heard(&told)?;
        together(&all.iter().map(|(_, number)| *number).collect::<Vec<_>>())?;
        times.extend(all.into_iter().map(|(at, _)| at.duration_since(clicked).as_secs_f64() * 1000.0));
    }
    let name = format!("comment to {READERS} open readers, {database}");
    results.figure(&format!("{name}, p50"), percentile(&mut times, 50)?, "ms");
    results.at_most(&format!("{name}, p99"), percentile(&mut times, 99)?, 1000.0, "ms");
    Ok(())
}

/// Somebody who writes under one post.
struct Writer<'a> {
    connection: Connection,
    port: u16,
    member: Reader,
    post: &'a str,
}

impl<'a> Writer<'a> {
    fn new(server: &Server, post: &'a str) -> Outcome<Self> {
        let member = people::sign_in(server, 1)?.pop().ok_or("nobody could sign in")?;
        let connection = Connection::open(server.port).map_err(|e| format!("The server is gone: {e}."))?;
        Ok(Self { connection, port: server.port, member, post })
    }

    fn write(&mut self, body: &str) -> Outcome<()> {
        let id = self.post.rsplit('/').next().unwrap_or_default();
        let fields = [("post", id), ("reply_to", ""), ("body", body)];
        let request = form(self.port, "/api/comments/create", &self.member.cookie, "10.9.9.9", &fields);
        let answer =
            self.connection.send(&request).map_err(|e| format!("A comment was not answered: {e}."))?;
        match answer.header("location") {
            Some(to) if to.contains("melding=reactie-geplaatst") => Ok(()),
            to => Err(format!("A comment was answered with {} {to:?}.", answer.status)),
        }
    }
}

/// Readers with the post open. Each ends when the server does.
fn listen(port: u16, page: &str) -> Receiver<Told> {
    let (tell, told) = mpsc::channel();
    let host = Reader::visitor(port).host;
    let request = http::get(&host, &format!("{page}/reacties/stroom"), "Accept: text/event-stream\r\n");
    for _ in 0..READERS {
        let (request, tell) = (request.clone(), tell.clone());
        std::thread::spawn(move || {
            if let Err(problem) = read(port, &request, &tell) {
                // Nobody wants to know any more when the measuring is over.
                let _ = tell.send(Err(problem));
            }
        });
    }
    told
}

fn read(port: u16, request: &[u8], tell: &Sender<Told>) -> Outcome<()> {
    let failed = |e: std::io::Error| format!("A reader was told nothing: {e}.");
    let mut connection = Connection::open(port).map_err(failed)?;
    let head = connection.listen(request).map_err(failed)?;
    if head.status != 200 {
        return Err(format!("A reader was answered with {}.", head.status));
    }
    loop {
        let number = connection.next_event().map_err(failed)?;
        if tell.send(Ok((Instant::now(), number))).is_err() {
            return Ok(());
        }
    }
}

/// What each of the readers was told next.
fn heard(told: &Receiver<Told>) -> Outcome<Vec<(Instant, u64)>> {
    let slow = |_| format!("Not every reader was told within {} seconds.", PATIENCE.as_secs());
    (0..READERS).map(|_| told.recv_timeout(PATIENCE).map_err(slow)?).collect()
}

/// Everybody was told of the same change, and nobody twice.
fn together(numbers: &[u64]) -> Outcome<()> {
    if numbers.iter().all(|number| Some(number) == numbers.first()) {
        Ok(())
    } else {
        Err("Readers of the same page were told different things.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_who_were_told_different_things_give_no_figures() {
        assert!(together(&[4, 4, 4]).is_ok());
        assert!(together(&[4, 5, 4]).is_err());
    }
}
