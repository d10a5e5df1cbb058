//! The few texts in which the two databases really differ, side by side.

pub(crate) mod posts;
pub(crate) mod search;
pub(crate) mod sessions;

use crate::conn::Kind;

/// Claims due mails. `PostgreSQL` skips the rows that another process is claiming at this moment;
/// `SQLite` has one writer, so that nobody else is.
pub(crate) const fn claim_mail(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "UPDATE mail SET state = 'sending', started_at = $1, attempts = attempts + 1
             WHERE id IN (SELECT id FROM mail WHERE state = 'queued' AND due_at <= $1
                          ORDER BY due_at LIMIT $2)
             RETURNING id, platform_id, attempts, to_name, to_address, subject, text_body, html_body,
                calendar"
        }
        Kind::Postgres => {
            "UPDATE mail SET state = 'sending', started_at = $1, attempts = attempts + 1
             WHERE id IN (SELECT id FROM mail WHERE state = 'queued' AND due_at <= $1
                          ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING id, platform_id, attempts, to_name, to_address, subject, text_body, html_body,
                calendar"
        }
    }
}

/// Makes writers of one member's things wait for each other, so that "how many are there?" and "one
/// more" cannot be interleaved. `SQLite` has one writer, so that they do anyway.
pub(crate) const fn lock_member(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some("SELECT id FROM member WHERE platform_id = $1 AND id = $2 FOR NO KEY UPDATE"),
    }
}

/// Until the transaction ends, every statement is planned for what is there at that moment, also those that check keys.
pub(crate) const fn plan_anew(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Sqlite => None,
        Kind::Postgres => Some("SET LOCAL plan_cache_mode = force_custom_plan"),
    }
}

/// What an activity says about registering. Its row does not change until this transaction ends, so that nobody gets a
/// seat by a capacity that is not so any more; others who register wait for nothing here. `SQLite` has one writer.
pub(crate) const fn hold_rules(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT registration, version FROM activity WHERE platform_id = $1 AND id = $2 AND status = 'published'"
        }
        Kind::Postgres => {
            "SELECT registration, version FROM activity WHERE platform_id = $1 AND id = $2 AND status = 'published'
             FOR SHARE"
        }
    }
}
