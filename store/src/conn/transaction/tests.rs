use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};
use tokio::task::JoinSet;

use super::{Closing, Opening, SqliteTxn, Writer};
use crate::conn::sqlite_options;

type Done<T = ()> = Result<T, sqlx::Error>;

/// A file with a writer, and somebody who only looks.
struct Bench {
    writer: Writer,
    reader: SqliteConnection,
    _folder: tempfile::TempDir,
}

const TABLES: &str = "CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE row (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent)";
const PUT: &str = "INSERT INTO row (id) VALUES ($1)";
const PUT_OR_ALL_BACK: &str = "INSERT OR ROLLBACK INTO row (id) VALUES ($1)";
const PUT_AND_CLOSE: Closing = closing!("INSERT INTO row (id) VALUES ($1)");
const BEGIN_AND_COUNT: Opening = opening!("SELECT COUNT(*) FROM row");

impl Bench {
    async fn make() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options: SqliteConnectOptions = sqlite_options(&folder.path().join("test.db"));
        let options = options.create_if_missing(true).journal_mode(sqlx::sqlite::SqliteJournalMode::Wal);
        let mut conn = options.connect().await.expect("a database");
        sqlx::raw_sql(TABLES).execute(&mut conn).await.expect("tables");
        let reader = options.connect().await.expect("a reader");
        Self { writer: Writer::new(conn), reader, _folder: folder }
    }

    async fn begin(&self) -> SqliteTxn {
        SqliteTxn::begin(&self.writer).await.expect("a turn")
    }

    /// What lasts.
    async fn rows(&mut self) -> Vec<i64> {
        let rows = sqlx::query_scalar("SELECT id FROM row ORDER BY id").fetch_all(&mut self.reader).await;
        rows.expect("a table")
    }

    /// A first transaction that has written `row` and is done, and a second that was waiting for it.
    async fn two(&self, row: i64) -> (Pin<Box<dyn Future<Output = Done> + Send>>, SqliteTxn) {
        let mut first = self.begin().await;
        put(&mut first, row).await.expect("a row");
        let mut second = Box::pin(joins(&self.writer));
        assert!(poll(&mut second).is_pending());
        let mut first: Pin<Box<dyn Future<Output = Done> + Send>> = Box::pin(first.commit(None));
        assert!(poll(&mut first).is_pending());
        (first, second.await.expect("a turn"))
    }
}

fn poll<F: Future + ?Sized>(future: &mut Pin<Box<F>>) -> Poll<F::Output> {
    future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

async fn joins(writer: &Writer) -> Done<SqliteTxn> {
    let mut txn = SqliteTxn::lent(writer).await?;
    let text = txn.opening(BEGIN_AND_COUNT);
    let _: i64 = sqlx::query_scalar(text).fetch_one(txn.conn()?).await?;
    Ok(txn)
}

async fn put(txn: &mut SqliteTxn, row: i64) -> Done {
    sqlx::query(PUT).bind(row).execute(txn.conn()?).await.map(drop)
}

#[tokio::test]
async fn alone_one_waits_for_nobody() {
    let mut bench = Bench::make().await;
    let mut txn = bench.begin().await;
    put(&mut txn, 1).await.expect("a row");
    txn.commit(None).await.expect("a commit");
    assert_eq!(bench.rows().await, [1]);
    drop(bench.begin().await);
    let mut dropped = bench.begin().await;
    put(&mut dropped, 2).await.expect("a row");
    drop(dropped);
    drop(bench.begin().await);
    assert_eq!(bench.rows().await, [1]);
}

#[tokio::test]
async fn who_waits_writes_in_the_same_group_and_nobody_is_told_before_it_lasts() {
    let mut bench = Bench::make().await;
    let (mut first, mut second) = bench.two(1).await;
    put(&mut second, 2).await.expect("a row");
    assert!(poll(&mut first).is_pending());
    assert_eq!(bench.rows().await, [0_i64; 0]);
    second.commit(None).await.expect("a commit");
    first.await.expect("a commit");
    assert_eq!(bench.rows().await, [1, 2]);
}

#[tokio::test]
async fn what_one_takes_back_is_not_taken_from_the_others() {
    let mut bench = Bench::make().await;
    let (first, mut second) = bench.two(1).await;
    put(&mut second, 2).await.expect("a row");
    assert!(put(&mut second, 1).await.is_err());
    drop(second);
    first.await.expect("a commit");
    assert_eq!(bench.rows().await, [1]);
}

#[tokio::test]
async fn when_the_commit_fails_all_of_the_group_hear_of_it() {
    let mut bench = Bench::make().await;
    let (first, mut second) = bench.two(1).await;
    let dangling = "PRAGMA defer_foreign_keys = ON; INSERT INTO row (id, parent) VALUES (2, 9)";
    sqlx::raw_sql(dangling).execute(second.conn().expect("a connection")).await.expect("a row");
    assert!(second.commit(None).await.is_err());
    assert!(matches!(crate::Error::from(first.await.expect_err("no commit")), crate::Error::Unavailable(_)));
    assert_eq!(bench.rows().await, [0_i64; 0]);
    let mut third = bench.begin().await;
    put(&mut third, 3).await.expect("a row");
    third.commit(None).await.expect("a commit");
    assert_eq!(bench.rows().await, [3]);
}

#[tokio::test]
async fn when_sqlite_takes_everything_back_by_itself_all_of_the_group_hear_of_it() {
    let mut bench = Bench::make().await;
    let (first, mut second) = bench.two(1).await;
    let taken = sqlx::query(PUT_OR_ALL_BACK).bind(1).execute(second.conn().expect("a connection")).await;
    assert!(taken.is_err());
    second.refuse();
    assert!(put(&mut second, 2).await.is_err(), "it would last at once");
    drop(second);
    assert!(first.await.is_err());
    let mut third = bench.begin().await;
    put(&mut third, 3).await.expect("a row");
    third.commit(None).await.expect("a commit");
    assert_eq!(bench.rows().await, [3]);
}

#[tokio::test]
async fn a_page_closed_in_the_middle_leaves_the_others_what_they_wrote() {
    let mut bench = Bench::make().await;
    let (first, mut second) = bench.two(1).await;
    put(&mut second, 2).await.expect("a row");
    let mut second = Box::pin(second.commit(None));
    assert!(poll(&mut second).is_pending(), "its savepoint is on the way to be released");
    drop(second);
    first.await.expect("a commit");
    assert_eq!(bench.rows().await, [1, 2]);

    let mut first = bench.begin().await;
    put(&mut first, 3).await.expect("a row");
    let mut second = Box::pin(SqliteTxn::begin(&bench.writer));
    assert!(poll(&mut second).is_pending());
    let mut first = Box::pin(first.commit(None));
    assert!(poll(&mut first).is_pending());
    drop(second);
    first.await.expect("a commit, though nobody came after it");
    assert_eq!(bench.rows().await, [1, 2, 3]);
}

#[tokio::test]
async fn who_does_not_join_begins_when_the_group_has_ended() {
    let mut bench = Bench::make().await;
    for (row, alone) in [(1, true), (3, false)] {
        let mut first = bench.begin().await;
        put(&mut first, row).await.expect("a row");
        let writer = bench.writer.clone();
        let mut second = Box::pin(async move {
            if alone { SqliteTxn::only(&writer).await } else { SqliteTxn::begin(&writer).await }
        });
        assert!(poll(&mut second).is_pending());
        let mut first = Box::pin(first.commit(None));
        assert!(poll(&mut first).is_pending());
        let mut second = second.await.expect("a turn");
        assert!(bench.rows().await.contains(&row), "what comes before it lasts");
        first.await.expect("a commit");
        put(&mut second, row + 1).await.expect("a row");
        assert_eq!(bench.rows().await.contains(&(row + 1)), alone);
        if !alone {
            second.commit(None).await.expect("a commit");
        }
    }
    assert_eq!(bench.rows().await, [1, 2, 3, 4]);
}

#[tokio::test]
async fn a_group_ends_also_when_who_waits_for_its_end_goes_away() {
    let mut bench = Bench::make().await;
    let mut first = bench.begin().await;
    put(&mut first, 1).await.expect("a row");
    let mut second = Box::pin(SqliteTxn::begin(&bench.writer));
    assert!(poll(&mut second).is_pending());
    let mut first = Box::pin(first.commit(None));
    assert!(poll(&mut first).is_pending());
    assert!(poll(&mut second).is_pending(), "its turn has come, and the commit is on its way");
    drop(second);
    first.await.expect("a commit");
    assert_eq!(bench.rows().await, [1]);
}

#[tokio::test]
async fn the_last_who_closes_ends_the_group() {
    let mut bench = Bench::make().await;
    let mut first = bench.begin().await;
    put(&mut first, 1).await.expect("a row");
    let writer = bench.writer.clone();
    let mut closing = Box::pin(writer.close());
    let mut waiting = Box::pin(SqliteTxn::begin(&bench.writer));
    assert!(poll(&mut closing).is_pending());
    assert!(poll(&mut waiting).is_pending());
    let mut first = Box::pin(first.commit(None));
    assert!(poll(&mut first).is_pending());
    closing.await;
    first.await.expect("a commit");
    assert!(waiting.await.is_err());
    assert_eq!(bench.rows().await, [1]);
}

/// What a writer of the next test knows of its row in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Lasts,
    TakenBack,
    /// The page was closed in the middle.
    Nothing,
}

/// One writer, who takes it back, fails, or closes the page after some steps.
async fn write(writer: Writer, row: i64, fate: i64) -> Known {
    let work = async {
        let mut txn = SqliteTxn::lent(&writer).await?;
        let text = txn.opening(BEGIN_AND_COUNT);
        let _: i64 = sqlx::query_scalar(text).fetch_one(txn.conn()?).await?;
        put(&mut txn, -row).await?;
        match fate {
            0 => return Ok(false),
            1 => put(&mut txn, -row).await?,
            2 => {
                let all_back = sqlx::query(PUT_OR_ALL_BACK).bind(-row).execute(txn.conn()?).await;
                txn.refuse();
                all_back?;
            }
            _ => {}
        }
        let text = txn.closing(PUT_AND_CLOSE);
        sqlx::query(text).bind(row).execute(txn.conn()?).await?;
        txn.ended().await?;
        Ok::<bool, sqlx::Error>(true)
    };
    let closed_after = if fate > 7 { fate - 7 } else { i64::MAX };
    let mut work = Box::pin(work);
    let mut steps = 0;
    let outcome = std::future::poll_fn(|cx| {
        steps += 1;
        match work.as_mut().poll(cx) {
            Poll::Ready(done) => Poll::Ready(Some(done)),
            Poll::Pending if steps >= closed_after => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await;
    match outcome {
        Some(Ok(true)) => Known::Lasts,
        Some(_) => Known::TakenBack,
        None => Known::Nothing,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_becomes_of_each_what_was_acknowledged_lasts_and_nothing_by_half() {
    let mut bench = Bench::make().await;
    let (mut lasting, mut unknown) = (HashSet::new(), HashSet::new());
    let mut number: i64 = 0;
    for round in 0..40_i64 {
        let mut running = JoinSet::new();
        for _ in 0..12 {
            number += 1;
            let (row, writer) = (number, bench.writer.clone());
            // Some spread that is the same in each run.
            let fate = (row * 7_919 + round * 104_729) % 13;
            running.spawn(async move { (row, write(writer, row, fate).await) });
        }
        for (row, known) in running.join_all().await {
            match known {
                Known::Lasts => drop(lasting.insert(row)),
                Known::Nothing => drop(unknown.insert(row)),
                Known::TakenBack => {}
            }
        }
    }
    // The last of those whose page was closed are taken back before this one's turn.
    bench.begin().await.commit(None).await.expect("a commit");
    let rows: HashSet<i64> = bench.rows().await.into_iter().collect();
    assert!(lasting.len() > 50 && unknown.len() > 50, "{} and {}", lasting.len(), unknown.len());
    for row in 1..=number {
        assert_eq!(rows.contains(&row), rows.contains(&-row), "{row} is there by half");
        assert!(rows.contains(&row) || !lasting.contains(&row), "{row} was acknowledged and is lost");
        let known = lasting.contains(&row) || unknown.contains(&row);
        assert!(!rows.contains(&row) || known, "{row} is there, and its writer was told otherwise");
    }
}
