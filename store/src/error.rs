//! What can go wrong between the program and its database.

use sqlx::migrate::MigrateError;

/// Everything a function of this crate can fail with. That nothing was found is no error: look-ups
/// return `Result<Option<T>>`, and outcomes that callers act on have a type of their own.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database refused a statement: a fault in this program, or a broken database.
    #[error("the database refused: {0}")]
    Driver(#[source] sqlx::Error),
    /// The database cannot be reached or is too busy; trying again later can help.
    #[error("the database is unavailable: {0}")]
    Unavailable(#[source] sqlx::Error),
    #[error("the migrations could not be run: {0}")]
    Migration(#[from] MigrateError),
    /// There is no file at the path of an `SQLite` database that should be there.
    #[error("{0} is not there")]
    Missing(String),
    /// The schema is older than this program.
    #[error("the database is not migrated to version {wanted}")]
    NotMigrated { wanted: i64 },
    /// The permit is for another platform than the handle.
    #[error("the permit is for another platform")]
    WrongPlatform,
    /// The permit is for another post or member than the one to be changed, or for nobody.
    #[error("the permit is for another subject")]
    WrongSubject,
    /// A stored value that this program could not have written.
    #[error("inconsistent data in {table}.{column} of {row}")]
    Inconsistent { table: &'static str, column: &'static str, row: String },
    /// An earlier statement of this transaction failed, so there is nothing to commit.
    #[error("an earlier step of this transaction failed")]
    Broken,
    /// This database cannot do it; the text says what to use instead.
    #[error("{0}")]
    Unsupported(&'static str),
    /// The address of the database cannot be used. Never holds a password.
    #[error("unusable database address: {0}")]
    Address(&'static str),
    #[error("file system: {0}")]
    Files(#[from] std::io::Error),
}

/// The result of every function of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        if is_temporary(&error) { Self::Unavailable(error) } else { Self::Driver(error) }
    }
}

/// Whether the same call could succeed in a while.
fn is_temporary(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            // SQLite: busy (5, and its extended forms) and full (13); PostgreSQL: connection
            // exceptions (08), serialisation and deadlock (40), resources (53), shutdown (57P).
            match code.parse::<i64>() {
                Ok(number) if code.len() <= 4 => matches!(number & 0xff, 5 | 6 | 13),
                _ => ["08", "40", "53", "57P"].iter().any(|class| code.starts_with(class)),
            }
        }
        _ => false,
    }
}

/// Turns a stored word or JSON text that means nothing into [`Error::Inconsistent`].
pub(crate) fn known<T>(
    value: Option<T>,
    table: &'static str,
    column: &'static str,
    row: impl std::fmt::Display,
) -> Result<T> {
    value.ok_or_else(|| Error::Inconsistent { table, column, row: row.to_string() })
}
