//! The agenda with very many series, its feed, the rules alone, and the opening of something popular.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use super::results::Results;
use super::servers::{Reader, Server};
use super::{Bench, form, people};
use crate::Outcome;
use crate::demo;
use crate::http::Connection;
use crate::postgres::Postgres;
use crate::run::{self, command};

/// Series without an end that are put into the agenda beside what is there, spread over the week.
const ENDLESS: usize = 2_000;
/// Members who all want to come.
const WANTING: usize = 200;
/// What they all want to come to, one after the other.
const POPULAR: usize = 5;
const SEATS: usize = 50;
const AT_ONCE: usize = 16;

pub fn measure(bench: &Bench, mature: &Path, results: &mut Results) -> Outcome<()> {
    let milliseconds = run::output(&mut command(bench.bare.with_file_name("rules")))?;
    let milliseconds: f64 = milliseconds.trim().parse().map_err(|_| "rules says no number".to_owned())?;
    results.figure("10,000 rules over a month", milliseconds, "ms");

    let many = with_endless_series(bench, mature)?;
    let server = Server::start(bench, &many)?;
    let member = people::sign_in(&server, 1)?.pop().ok_or("nobody could sign in")?;
    let visitor = Reader::visitor(server.port);
    for (name, path) in
        [("agenda of a month", "/agenda?weergave=maand"), ("feed of the whole agenda", "/agenda.ics")]
    {
        let name = format!("{name}, with {ENDLESS} endless series");
        let queries = member.queries(path)?;
        results.at_most(&format!("queries: {name}"), f64::from(queries), 6.0, "");
        results.load(&format!("{name}, visitor"), &bench.load(server.port, &visitor, path)?);
        results.load(&format!("{name}, member"), &bench.load(server.port, &member, path)?);
    }
    drop(server);
    let _ = std::fs::remove_file(many);

    sign_ups(&Server::start(bench, mature)?, "SQLite", results)?;
    let postgres = Postgres::start_safe()?;
    let address = postgres.database("sign_ups")?;
    demo::fill(&bench.built, "demo", &address)?;
    sign_ups(&Server::start_on(bench, &postgres, address)?, "PostgreSQL", results)
}

/// A copy of the data with series that go on for ever.
fn with_endless_series(bench: &Bench, data: &Path) -> Outcome<PathBuf> {
    let database = bench.folder.join("endless.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    std::fs::copy(data, &database).map_err(|e| format!("{} cannot be copied: {e}.", data.display()))?;
    let script = format!(
        "create temp table more as with recursive n(i) as (select 1 union all select i + 1 from n where i < {ENDLESS})
             select activity.* from n join activity on activity.id =
                 (select id from activity where rule <> '' order by last_at desc, id limit 1);
         update more set id = randomblob(16), title = title || ' ' || rowid, rule = 'FREQ=WEEKLY',
             starts = strftime('%Y-%m-%dT%H:%M', starts, '+' || (rowid % 7) || ' days',
                 '+' || (rowid % 12) || ' hours'),
             last_at = 9223372036854775807;
         insert into activity select * from more;"
    );
    run::output(command("sqlite3").arg(&database).arg(script))?;
    Ok(database)
}

/// Everybody clicks at once. Nobody is lost, and no seat is given twice.
fn sign_ups(server: &Server, database: &str, results: &mut Results) -> Outcome<()> {
    let members = people::sign_in(server, WANTING)?;
    let organiser = members.first().ok_or("nobody could sign in")?;
    let day = run::output(command("date").args(["+%F", "-d", "+9 days"]))?.trim().to_owned();
    let at = format!("{day}T20:00");
    let popular: Vec<String> =
        (0..POPULAR).map(|number| popular(server, organiser, (&day, number))).collect::<Outcome<_>>()?;
    let next = AtomicUsize::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|_| scope.spawn(|| want_all(server.port, (&members, &popular), &at, &next)))
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "Somebody broke off.".to_owned())?)
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let all = members.len() * POPULAR;
    for id in &popular {
        check(server, id, members.len())?;
    }
    let rate = f64::from(u32::try_from(all).unwrap_or(u32::MAX)) / seconds;
    results.figure(&format!("sign-ups at an opening, {database}"), rate, "per s");
    Ok(())
}

/// Puts something in the agenda that has few seats; gives its key.
fn popular(server: &Server, organiser: &Reader, (day, number): (&str, usize)) -> Outcome<String> {
    let title = format!("Concert {number} in de kerk");
    let seats = SEATS.to_string();
    let fields = [
        ("draft[title]", title.as_str()),
        ("draft[body]", "Er zijn maar weinig plekken."),
        ("draft[place]", "De kerk"),
        ("draft[when][day]", day),
        ("draft[when][from]", "20:00"),
        ("draft[when][to]", "22:00"),
        ("draft[when][repeat]", "once"),
        ("draft[registration][on]", "true"),
        ("draft[registration][capacity]", seats.as_str()),
    ];
    let request = form(server.port, "/api/activities/create", &organiser.cookie, "10.9.9.9", &fields);
    let answer = Connection::open(server.port).and_then(|mut connection| connection.send(&request));
    let answer = answer.map_err(|e| format!("An activity was not answered: {e}."))?;
    let to = answer.header("location").unwrap_or_default();
    let path = to.split('?').next().unwrap_or_default();
    match path.strip_prefix("/activiteiten/") {
        Some(id) if to.contains("melding=bewaard") => Ok(id.to_owned()),
        _ => Err(format!("An activity was answered with {} {to:?}.", answer.status)),
    }
}

fn want_all(
    port: u16,
    (members, popular): (&[Reader], &[String]),
    at: &str,
    next: &AtomicUsize,
) -> Outcome<()> {
    let mut connection = Connection::open(port).map_err(|e| format!("The server is gone: {e}."))?;
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let (Some(member), Some(id)) =
            (members.get(number % members.len()), popular.get(number / members.len()))
        else {
            return Ok(());
        };
        let fields = [("id", id.as_str()), ("at", at)];
        let request = form(port, "/api/activities/register", &member.cookie, "10.9.9.9", &fields);
        let answer = connection.send(&request).map_err(|e| format!("A sign-up was not answered: {e}."))?;
        let to = answer.header("location").unwrap_or_default();
        if !to.contains("/inschrijven") || to.contains("flash=") {
            return Err(format!("A sign-up was answered with {} {to:?}.", answer.status));
        }
    }
}

/// Seats, waiting, and places: as many as there are, no place twice, and none left out.
fn check(server: &Server, id: &str, wanting: usize) -> Outcome<()> {
    let key = id.replace('-', "");
    let rows = server.rows(&format!(
        "select count(*), count(distinct r.place), max(r.place),
             sum(case when r.state = 'seat' then 1 else 0 end),
             max(case when r.state = 'seat' then r.place else 0 end)
         from registration r join registration_round o on o.platform_id = r.platform_id and o.id = r.round_id
         where {}",
        server.is_key("o.activity_id", &key)
    ))?;
    let seats = SEATS.min(wanting);
    let expected = format!("{wanting}|{wanting}|{wanting}|{seats}|{seats}");
    match rows.first() {
        Some(row) if *row == expected => Ok(()),
        row => Err(format!("The list of a popular activity is {row:?} and should be {expected}.")),
    }
}
