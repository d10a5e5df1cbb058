//! How many photos a second go from a telephone to a published post, and what memory that takes.

use std::time::Instant;

use super::results::Results;
use super::servers::{Reader, Server};
use super::{Bench, HOST, form, people};
use crate::Outcome;
use crate::http::Connection;
use crate::run::{self, command};

const SENDERS: usize = 10;
const PHOTOS_EACH: usize = 3;
const MEMORY_MB: f64 = 400.0;

pub fn measure(bench: &Bench, data: &std::path::Path, results: &mut Results) -> Outcome<()> {
    let server = Server::start(bench, data)?;
    let senders = people::sign_in(&server, SENDERS)?;
    let file = bench.folder.join("photo.jpg");
    run::run(command(&bench.photo).arg(&file))?;
    let photo = std::fs::read(&file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
    let started = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            senders.iter().map(|sender| scope.spawn(|| send_all(server.port, sender, &photo))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "A sender broke off.".to_owned())?)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let sent = u32::try_from(SENDERS * PHOTOS_EACH).unwrap_or(u32::MAX);
    results.figure("photos of 12 megapixels, sent and published", f64::from(sent) / seconds, "per s");
    results.at_most("memory while ten send photos", server.peak_memory_mb()?, MEMORY_MB, "MB");
    Ok(())
}

fn send_all(port: u16, sender: &Reader, photo: &[u8]) -> Outcome<()> {
    let failed = |e: std::io::Error| format!("A photo was not answered: {e}.");
    let mut connection = Connection::open(port).map_err(failed)?;
    for number in 0..PHOTOS_EACH {
        let answer = connection.send(&upload(port, &sender.cookie, photo)).map_err(failed)?;
        if answer.status != 201 {
            return Err(format!("A photo was answered with {}.", answer.status));
        }
        let key = answer.text();
        let title = format!("Foto nummer {number} uit de meting");
        let request = form(
            port,
            "/api/posts/create",
            &sender.cookie,
            "10.9.9.9",
            &[
                ("draft[title]", &title),
                ("draft[body]", "Een bericht met een foto."),
                ("draft[kind]", "photo_album"),
                ("draft[photos][0][id]", key.trim()),
            ],
        );
        let answer = connection.send(&request).map_err(failed)?;
        if !answer.header("location").is_some_and(|to| to.contains("melding=geplaatst")) {
            return Err(format!("A post with a photo was answered with {}.", answer.status));
        }
    }
    Ok(())
}

fn upload(port: u16, cookie: &str, photo: &[u8]) -> Vec<u8> {
    let head = "--grens\r\nContent-Disposition: form-data; name=\"foto\"; filename=\"foto\"\r\n\r\n";
    let tail = "\r\n--grens--\r\n";
    let request = format!(
        "POST /fotos HTTP/1.1\r\nHost: {HOST}:{port}\r\nOrigin: http://{HOST}:{port}\r\nAccept: text/plain\r\n\
         X-Forwarded-For: 10.9.9.9\r\nCookie: {cookie}\r\n\
         Content-Type: multipart/form-data; boundary=grens\r\nContent-Length: {}\r\n\r\n",
        head.len() + photo.len() + tail.len()
    );
    [request.as_bytes(), head.as_bytes(), photo, tail.as_bytes()].concat()
}
