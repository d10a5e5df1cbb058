//! How many posts per second are accepted, beside what the disk allows.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::results::Results;
use super::servers::{Reader, Server};
use super::{Bench, form, people};
use crate::Outcome;
use crate::http::Connection;
use crate::run::{self, command};

const WRITERS: usize = 400;
/// Fewer than a resident may write in an hour.
const POSTS_EACH: usize = 10;
const AT_ONCE: usize = 16;
const COMMITS: usize = 5_000;

pub fn measure(bench: &Bench, data: &Path, results: &mut Results) -> Outcome<()> {
    results.figure(
        "single-row commits of this disk (synchronous=FULL)",
        commits_per_second(&bench.folder)?,
        "per s",
    );
    let server = Server::start(bench, data)?;
    let writers = people::sign_in(&server, WRITERS)?;
    let count = || -> Outcome<usize> {
        let rows = server.rows("select count(*) from post")?;
        rows.first().and_then(|row| row.parse().ok()).ok_or_else(|| "The posts cannot be counted.".to_owned())
    };
    let before = count()?;
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..AT_ONCE).map(|_| scope.spawn(|| write_all(server.port, &writers, &next))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "A writer broke off.".to_owned())?)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let accepted = writers.len() * POSTS_EACH;
    let kept = count()? - before;
    if kept != accepted {
        return Err(format!("{accepted} posts were accepted and {kept} are there."));
    }
    let rate = f64::from(u32::try_from(accepted).unwrap_or(u32::MAX)) / seconds;
    results.at_least("posts accepted", rate, 1000.0, "per s");
    Ok(())
}

fn write_all(port: u16, writers: &[Reader], next: &AtomicUsize) -> Outcome<()> {
    let mut connection = Connection::open(port).map_err(|e| format!("The server is gone: {e}."))?;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= writers.len() * POSTS_EACH {
            return Ok(());
        }
        let writer = &writers[number % writers.len()];
        let title = format!("Nieuws nummer {number} uit de meting");
        let request = form(
            port,
            "/api/posts/create",
            &writer.cookie,
            "10.9.9.9",
            &[
                ("draft[title]", &title),
                ("draft[body]", "Een bericht met **één** alinea, zoals de meeste."),
                ("draft[kind]", "news"),
            ],
        );
        let answer = connection.send(&request).map_err(|e| format!("A post was not answered: {e}."))?;
        if !answer.header("location").is_some_and(|to| to.contains("melding=geplaatst")) {
            return Err(format!(
                "A post was answered with {} {:?}.",
                answer.status,
                answer.header("location")
            ));
        }
    }
}

/// The same machine, the same settings, one row per transaction, without a server.
fn commits_per_second(folder: &Path) -> Outcome<f64> {
    let database = folder.join("commits.db");
    let script = folder.join("commits.sql");
    let mut text = String::from(
        "pragma journal_mode=wal; pragma synchronous=full; create table t (id integer primary key, x text);\n",
    );
    for _ in 0..COMMITS {
        text.push_str("insert into t (x) values ('een regel van gewone lengte');\n");
    }
    std::fs::write(&script, text).map_err(|e| format!("{} cannot be written: {e}.", script.display()))?;
    let started = Instant::now();
    run::output(command("sqlite3").arg(&database).arg(format!(".read {}", script.display())))?;
    let seconds = started.elapsed().as_secs_f64();
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    let _ = std::fs::remove_file(script);
    Ok(f64::from(u32::try_from(COMMITS).unwrap_or(u32::MAX)) / seconds)
}
