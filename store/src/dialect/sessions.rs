//! Sessions with their members and what they may, in one statement; and with what waits at the desks, what its member is
//! asked to change, and what of a conversation is theirs, each as one list.

use crate::conn::Kind;

/// For each of those who are asked for, a row for each of the member's roles, or one without: who is asked for on every
/// page takes one statement, for all pages of one moment. $1 platform, $2 a list in JSON of who is asked for: the hash
/// of the token, whether what waits and what is asked is wanted, and the post whose conversation is, or null; $3 now.
/// Only who has a role can have a queue.
macro_rules! by_token {
    ($asked_for:literal, $waiting:literal, $asked:literal, $mine:literal) => {
        concat!(
            "SELECT a.number, s.id AS session_id, s.salt, s.stage, s.created_at AS session_created_at, s.seen_at,
                s.ends_at, m.id, m.name, m.email, m.area_id, m.about, m.locale, m.created_at, m.version,
                (m.suspended = TRUE OR EXISTS (SELECT 1 FROM suspension u
                    WHERE u.platform_id = s.platform_id AND u.member_id = s.member_id AND u.ends_at > $3
                      AND u.lifted_at IS NULL)) AS suspended,
                c.password_hash IS NOT NULL AS has_password, c.totp_secret IS NOT NULL AS has_totp,
                g.id AS grant_id, g.role, g.scope_kind, g.area_id AS grant_area_id, g.topic_id, g.organisation_id,
                CASE WHEN a.waiting AND g.id IS NOT NULL THEN (SELECT ", $waiting, "
                    FROM (SELECT area_ids, topic_id, author_id, decided_by, status FROM moderation_case
                        WHERE platform_id = $1 AND status IN ('open', 'appealed') LIMIT 200) w) END AS waiting,
                CASE WHEN a.waiting THEN (SELECT ", $asked, "
                    FROM moderation_case k
                    JOIN decision d ON d.platform_id = k.platform_id AND d.case_id = k.id
                    WHERE k.platform_id = $1 AND k.author_id = s.member_id AND k.status = 'asked') END AS asked,
                CASE WHEN a.part_in IS NOT NULL THEN (SELECT ", $mine, "
                    FROM (", crate::comments::mine!("a.part_in", "s.member_id"), ") t) END AS mine
            FROM (", $asked_for, ") a
            CROSS JOIN session s
            JOIN member m ON m.platform_id = s.platform_id AND m.id = s.member_id
            LEFT JOIN credential c ON c.platform_id = s.platform_id AND c.member_id = s.member_id
            LEFT JOIN member_grant g ON g.platform_id = s.platform_id AND g.member_id = s.member_id
                AND g.valid_from <= $3 AND (g.valid_until IS NULL OR g.valid_until > $3)
            WHERE s.platform_id = $1 AND s.token_hash = a.token_hash AND s.ends_at > $3
            ORDER BY a.number, g.id"
        )
    };
}

pub(crate) const fn by_token(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => by_token!(
            "SELECT key AS number, unhex(value ->> 0) AS token_hash, value ->> 1 AS waiting, unhex(value ->> 2) AS part_in
                FROM json_each($2)",
            "json_group_array(json_array(w.area_ids, hex(w.topic_id), hex(w.author_id), hex(w.decided_by), w.status))",
            "json_group_array(json_array(k.subject_key, d.made_at, d.facts, k.due_at))",
            "json_group_array(json_array(t.what, hex(t.id)))"
        ),
        Kind::Postgres => by_token!(
            "SELECT number - 1 AS number, decode(value ->> 0, 'hex') AS token_hash, (value ->> 1)::boolean AS waiting,
                    (value ->> 2)::uuid AS part_in
                FROM json_array_elements($2::json) WITH ORDINALITY AS e(value, number)",
            "json_agg(json_build_array(w.area_ids, w.topic_id, w.author_id, w.decided_by, w.status))::text",
            "json_agg(json_build_array(k.subject_key, d.made_at, d.facts, k.due_at))::text",
            "json_agg(json_build_array(t.what, t.id))::text"
        ),
    }
}
