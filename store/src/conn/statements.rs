//! The macros that write each statement once for both databases.

/// Runs the body on a connection of either database: it is expanded once per driver, so that one
/// SQL text serves both. `$on` is a [`crate::Tenant`] or a [`crate::Store`]; the body ends in a
/// `Result<T, sqlx::Error>`, and so does the whole, as [`Result<T>`].
macro_rules! read {
    ($on:expr, $conn:ident => $body:expr) => {{
        $on.count();
        match $on.pools() {
            $crate::conn::Pools::Sqlite(pools) => match pools.readers.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::SqliteConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
            $crate::conn::Pools::Postgres(pool) => match pool.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::PgConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::error::Error::from)
    }};
}

/// The same for one statement that changes something outside of any larger transaction.
macro_rules! change_alone {
    ($on:expr, $conn:ident => $body:expr) => {{
        $on.count();
        match $on.pools() {
            $crate::conn::Pools::Sqlite(pools) => match $crate::conn::SqliteTxn::only(&pools.writer).await {
                Ok(mut txn) => match txn.conn() {
                    Ok($conn) => $body,
                    Err(error) => Err(error),
                },
                Err(error) => Err(error),
            },
            $crate::conn::Pools::Postgres(pool) => match pool.acquire().await {
                Ok(mut held) => {
                    let $conn: &mut sqlx::PgConnection = &mut held;
                    $body
                }
                Err(error) => Err(error),
            },
        }
        .map_err($crate::error::Error::from)
    }};
}

/// The same inside the transaction of a [`crate::Write`]. After a failure it cannot be committed:
/// `PostgreSQL` would quietly roll back and report success.
macro_rules! change {
    ($write:expr, $conn:ident => $body:expr) => {{
        $write.count();
        let outcome = match $write.txn() {
            $crate::conn::Txn::Sqlite(txn) => match txn.conn() {
                Ok($conn) => $body,
                Err(error) => Err(error),
            },
            $crate::conn::Txn::Postgres(txn) => {
                let $conn: &mut sqlx::PgConnection = txn;
                $body
            }
        };
        outcome.map_err(|error: sqlx::Error| $write.broke(error))
    }};
}

/// Statements with the same parameters that only change something, one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Together {
    pub(crate) at_once: &'static str,
    pub(crate) each: &'static [&'static str],
}

macro_rules! together {
    ($($statement:expr),+ $(,)?) => {
        $crate::conn::Together { at_once: concat!($($statement, ";"),+), each: &[$($statement),+] }
    };
}

/// [`change`] for [`Together`]: `SQLite` does them at once, because its driver goes to another thread and back for each
/// time it is asked. Gives how many rows changed in all.
macro_rules! change_together {
    ($write:expr, $statements:expr, $query:ident => $bound:expr) => {{
        let statements: $crate::conn::Together = $statements;
        statements.each.iter().for_each(|_| $write.count());
        let outcome = match $write.txn() {
            $crate::conn::Txn::Sqlite(txn) => match txn.conn() {
                Ok(conn) => {
                    let $query = sqlx::query(statements.at_once);
                    $bound.execute(conn).await.map(|done| done.rows_affected())
                }
                Err(error) => Err(error),
            },
            $crate::conn::Txn::Postgres(txn) => {
                let mut changed = Ok(0);
                for statement in statements.each {
                    let $query = sqlx::query(*statement);
                    let done = $bound.execute(&mut **txn).await.map(|done| done.rows_affected());
                    changed = changed.and_then(|before| Ok(before + done?));
                    if changed.is_err() {
                        break;
                    }
                }
                changed
            }
        };
        outcome.map_err(|error: sqlx::Error| $write.broke(error))
    }};
}

pub(crate) use {change, change_alone, change_together, read, together};
