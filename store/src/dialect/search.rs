//! How the two databases file words and find them again: FTS5, and text search with GIN.

use crate::conn::Kind;

/// Files a text on `SQLite`, where its moment is free, with its words that are not known yet, in one go. $1 platform, $2
/// moment, $3 post or $4 activity, $5 rules, $6 scope, $7 title, $8 body, $9 a JSON list of word, stem, tail and trigrams.
/// Gives a row without a word where the moment was free, and then the new words with their numbers.
pub(crate) const FILE_ON_SQLITE: &str = "
    INSERT INTO search_entry (platform_id, moment, post_id, activity_id, rules)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING '', 0;
    INSERT INTO search_text (rowid, scope, title, body) SELECT $2, $6, $7, $8 WHERE changes() > 0;
    INSERT INTO search_word (platform_id, word, stem, tail, number)
    SELECT $1, e.value ->> 0, e.value ->> 1, e.value ->> 2,
        (SELECT COALESCE(MAX(number), 0) FROM search_word) + e.key + 1
    FROM json_each($9) e
    WHERE NOT EXISTS (SELECT 1 FROM search_word w WHERE w.platform_id = $1 AND w.word = e.value ->> 0)
    RETURNING word, number";

/// Files a text on `PostgreSQL`, where its moment is free. $1 to $5 as there, $6 the document.
pub(crate) const INSERT_ENTRY: &str =
    "INSERT INTO search_entry (platform_id, moment, post_id, activity_id, rules, document)
     VALUES ($1, $2, $3, $4, $5, $6::text::tsvector) ON CONFLICT DO NOTHING";

/// Keeps words that are not known yet, on `PostgreSQL`. $1 platform, $2 a JSON list of word, stem, tail and trigrams.
pub(crate) const INSERT_WORDS: &str = "INSERT INTO search_word (platform_id, word, stem, tail, trigrams)
    SELECT $1, e ->> 0, e ->> 1, e ->> 2, string_to_array(e ->> 3, ' ')
    FROM json_array_elements($2::text::json) e
    WHERE NOT EXISTS (SELECT 1 FROM search_word w WHERE w.platform_id = $1 AND w.word = e ->> 0)
    ON CONFLICT DO NOTHING";

/// Their trigrams, for `SQLite`. $1 scope, $2 a JSON list of number and trigrams.
pub(crate) const INSERT_SPELLING: &str = "INSERT INTO search_spelling (rowid, scope, trigrams)
    SELECT e.value ->> 0, $1, e.value ->> 1 FROM json_each($2) e";

/// Words that begin or end like others. $1 platform, $2 and $3 JSON lists of number and beginning, $4 what comes after
/// every letter, $5 how many of each.
pub(crate) const fn kin(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT * FROM (SELECT e.value ->> 0, w.word, w.stem FROM json_each($2) e
                 CROSS JOIN search_word w ON w.platform_id = $1
                     AND w.word >= e.value ->> 1 AND w.word < (e.value ->> 1) || $4 LIMIT $5)
             UNION ALL
             SELECT * FROM (SELECT e.value ->> 0, w.word, w.stem FROM json_each($3) e
                 CROSS JOIN search_word w ON w.platform_id = $1
                     AND w.tail >= e.value ->> 1 AND w.tail < (e.value ->> 1) || $4 LIMIT $5)"
        }
        Kind::Postgres => {
            "(SELECT (e ->> 0)::bigint, w.word, w.stem FROM json_array_elements($2::text::json) e
                 JOIN search_word w ON w.platform_id = $1
                     AND w.word >= e ->> 1 AND w.word < (e ->> 1) || $4 LIMIT $5)
             UNION ALL
             (SELECT (e ->> 0)::bigint, w.word, w.stem FROM json_array_elements($3::text::json) e
                 JOIN search_word w ON w.platform_id = $1
                     AND w.tail >= e ->> 1 AND w.tail < (e ->> 1) || $4 LIMIT $5)"
        }
    }
}

/// Words that share trigrams, those first that share most, and words that are exactly one of some.
/// $1 platform, $2 the trigrams (an expression of FTS5, or a JSON list), $3 a JSON list of words, $4 how many.
pub(crate) const fn alike(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT * FROM (SELECT w.word, w.stem FROM search_spelling s
                 CROSS JOIN search_word w ON w.number = s.rowid
                 WHERE search_spelling MATCH $2 AND w.platform_id = $1 ORDER BY s.rank LIMIT $4)
             UNION
             SELECT w.word, w.stem FROM json_each($3) e
             CROSS JOIN search_word w ON w.platform_id = $1 AND w.word = e.value"
        }
        Kind::Postgres => {
            "(SELECT w.word, w.stem FROM search_word w,
                 (SELECT ARRAY(SELECT json_array_elements_text($2::text::json)) AS sought) q
                 WHERE w.platform_id = $1
                   AND w.trigrams && (ARRAY(SELECT json_array_elements_text($2::text::json)))
                 ORDER BY (SELECT COUNT(*) FROM unnest(w.trigrams) t WHERE t = ANY (q.sought)) * 1.0
                     / (cardinality(w.trigrams) + 4) DESC, w.word LIMIT $4)
             UNION
             (SELECT w.word, w.stem FROM json_array_elements_text($3::text::json) e
             JOIN search_word w ON w.platform_id = $1 AND w.word = e)"
        }
    }
}

/// The newest posts and activities in which what is sought stands, with points for how well: $2 has to be so, $3 gives
/// 4 points, $4 gives 2 and $5 gives 1; the same question twice is asked once. $1 platform, $6 and $7 from when until
/// when, $8 how many are looked at. Only what everybody may read.
macro_rules! found {
    ($join:literal, $in:literal, $as:literal, $from:literal) => {
        concat!(
            "WITH hit (moment, points) AS (
                 SELECT moment, CASE WHEN $4 = $2 THEN 2 ELSE 0 END FROM (", $in, "$2", $as, $from, ") all_of_it
                 UNION ALL SELECT moment, CASE WHEN $5 = $3 THEN 5 ELSE 4 END FROM (", $in, "$3", $as, $from, ") best_of_it
                 UNION ALL SELECT moment, 2 FROM (", $in, "$4", $as, " AND $4 <> $2", $from, ") good_of_it
                 UNION ALL SELECT moment, 1 FROM (", $in, "$5", $as, " AND $5 <> $3", $from, ") fair_of_it),
             best (moment, points) AS (SELECT moment, SUM(points) FROM hit GROUP BY moment)
             SELECT COALESCE(p.id, a.id) AS id, CAST(best.points AS BIGINT) AS points, best.moment,
                 COALESCE(p.kind, 'activity') AS kind, COALESCE(p.topic_id, a.topic_id) AS topic_id,
                 COALESCE(p.area_ids, a.area_ids) AS area_ids,
                 COALESCE(p.published_at, a.created_at) AS published_at, a.last_at
             FROM best",
            $join, "search_entry s ON s.platform_id = $1 AND s.moment = best.moment
             LEFT JOIN post p ON p.platform_id = s.platform_id AND p.id = s.post_id AND p.status = 'published'
             LEFT JOIN activity a ON a.platform_id = s.platform_id AND a.id = s.activity_id
                 AND a.status = 'published'
             WHERE s.platform_id = $1 AND (p.id IS NOT NULL OR a.id IS NOT NULL)
             ORDER BY best.points DESC, best.moment DESC LIMIT $8"
        )
    };
}

/// In this order: left alone, it may look at every post.
macro_rules! found_on_sqlite {
    () => {
        found!(
            " CROSS JOIN ",
            "SELECT rowid AS moment FROM search_text WHERE search_text MATCH ",
            "",
            " AND rowid >= $6 AND rowid < $7 ORDER BY rowid DESC LIMIT $8"
        )
    };
}

macro_rules! found_on_postgres {
    () => {
        found!(
            " JOIN ",
            "SELECT moment FROM search_entry WHERE platform_id = $1 AND document @@ ",
            "::text::tsquery",
            " AND moment >= $6 AND moment < $7 ORDER BY moment DESC LIMIT $8"
        )
    };
}

pub(crate) const fn found(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => found_on_sqlite!(),
        Kind::Postgres => found_on_postgres!(),
    }
}

/// The newest comments in which what is sought stands, among the newest thousand that have it (`$hits`), of a kind, a
/// topic and an area (or null), and how many. $1 platform. Only what everybody may read.
macro_rules! found_comments {
    ($columns:literal, $join:literal, $hits:literal, $kind:literal, $topic:literal, $area:literal, $most:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (",
            $hits,
            ") h",
            $join,
            "search_comment s ON s.platform_id = $1 AND s.moment = h.moment",
            $join,
            "comment c ON c.platform_id = s.platform_id AND c.id = s.comment_id",
            $join,
            "post p ON p.platform_id = c.platform_id AND p.id = c.post_id",
            $join,
            "member m ON m.platform_id = c.platform_id AND m.id = c.author_id
             WHERE c.platform_id = $1 AND c.status = 'published' AND p.status = 'published'
               AND (",
            $kind,
            " IS NULL OR p.kind = ",
            $kind,
            ")
               AND (",
            $topic,
            " IS NULL OR p.topic_id = ",
            $topic,
            ")
               AND (",
            $area,
            " IS NULL OR EXISTS (SELECT 1 FROM post_area a
                   WHERE a.platform_id = p.platform_id AND a.post_id = p.id AND a.area_id = ",
            $area,
            "))
             ORDER BY h.moment DESC LIMIT ",
            $most
        )
    };
}

/// Comments alone. $1 platform, $2 the question, $3 and $4 from when until when, $5 kind, $6 topic, $7 area, $8 how many.
pub(crate) const fn found_comments(kind: Kind) -> &'static str {
    match kind {
        // In this order, as above. PostgreSQL plans for the thousand, not for the few of them that are shown.
        Kind::Sqlite => found_comments!(
            "c.id, c.post_id, p.title, m.name AS author_name, c.author_id, c.created_at, c.body, h.moment",
            " CROSS JOIN ",
            "SELECT rowid AS moment FROM search_comment_text WHERE search_comment_text MATCH $2
             AND rowid >= $3 AND rowid < $4 ORDER BY rowid DESC LIMIT 1000",
            "$5",
            "$6",
            "$7",
            "$8"
        ),
        Kind::Postgres => found_comments!(
            "c.id, c.post_id, p.title, m.name AS author_name, c.author_id, c.created_at, c.body, h.moment",
            " JOIN ",
            "WITH newest AS MATERIALIZED (SELECT moment FROM search_comment
                 WHERE platform_id = $1 AND document @@ $2::text::tsquery
                   AND moment >= $3 AND moment < $4 ORDER BY moment DESC LIMIT 1000)
             SELECT moment FROM newest",
            "$5",
            "$6",
            "$7",
            "$8"
        ),
    }
}

/// What of a comment stands where what is found of a post or an activity does.
macro_rules! with_comments {
    ($found:expr, $join:literal, $hits:literal) => {
        concat!(
            "SELECT of_posts.*, CAST(NULL AS UUID) AS post_id, CAST(NULL AS TEXT) AS title,
                 CAST(NULL AS TEXT) AS author_name, CAST(NULL AS UUID) AS author_id, CAST(NULL AS TEXT) AS body
             FROM (", $found, ") of_posts
             UNION ALL SELECT * FROM (",
            found_comments!(
                "c.id, 0 AS points, h.moment, 'comment' AS kind, CAST(NULL AS UUID) AS topic_id, '[]' AS area_ids,
                 c.created_at, CAST(NULL AS BIGINT) AS last_at, c.post_id, p.title, m.name, c.author_id, c.body",
                $join, $hits, "$10", "$11", "$12", "$13"
            ),
            ") of_comments"
        )
    };
}

/// [`found`] and comments in one statement. $1 to $8 as there; $9 the question to comments, $10 kind, $11 topic, $12
/// area, $13 how many of them.
pub(crate) const fn found_with_comments(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => with_comments!(
            found_on_sqlite!(),
            " CROSS JOIN ",
            "SELECT rowid AS moment FROM search_comment_text WHERE search_comment_text MATCH $9
             AND rowid >= $6 AND rowid < $7 ORDER BY rowid DESC LIMIT 1000"
        ),
        Kind::Postgres => with_comments!(
            found_on_postgres!(),
            " JOIN ",
            "WITH newest AS MATERIALIZED (SELECT moment FROM search_comment
                 WHERE platform_id = $1 AND document @@ $9::text::tsquery
                   AND moment >= $6 AND moment < $7 ORDER BY moment DESC LIMIT 1000)
             SELECT moment FROM newest"
        ),
    }
}

/// Files comments. $1 platform, $2 the rules, $3 a JSON list of moment, key and document (for `PostgreSQL`). Gives the
/// keys of those that were filed: another moment may have been taken.
pub(crate) const fn insert_comments(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "INSERT INTO search_comment (platform_id, moment, comment_id, rules)
             SELECT $1, e.value ->> 0, unhex(e.value ->> 1), $2 FROM json_each($3) e WHERE true
             ON CONFLICT DO NOTHING RETURNING comment_id"
        }
        Kind::Postgres => {
            "INSERT INTO search_comment (platform_id, moment, comment_id, rules, document)
             SELECT $1, (e ->> 0)::bigint, (e ->> 1)::uuid, $2, (e ->> 2)::tsvector
             FROM json_array_elements($3::text::json) e
             ON CONFLICT DO NOTHING RETURNING comment_id"
        }
    }
}

/// Their texts, for `SQLite`. $1 scope, $2 a JSON list of moment and text.
pub(crate) const INSERT_COMMENT_TEXTS: &str = "INSERT INTO search_comment_text (rowid, scope, title, body)
    SELECT e.value ->> 0, $1, '', e.value ->> 1 FROM json_each($2) e";

/// Comments that are not filed, or by older rules. $1 platform, $2 after which comment, $3 the rules, $4 how many.
pub(crate) const UNFILED_COMMENTS: &str = "SELECT c.id, c.created_at, c.body FROM comment c
    LEFT JOIN search_comment s ON s.platform_id = c.platform_id AND s.comment_id = c.id
    WHERE c.platform_id = $1 AND c.id > $2 AND c.body <> '' AND (s.rules IS NULL OR s.rules <> $3)
    ORDER BY c.id LIMIT $4";

/// Some words in no text any more. $1 platform, $2 after which word, $3 how many are looked at.
pub(crate) const fn unused_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT w.word, NOT EXISTS (SELECT 1 FROM search_text WHERE search_text MATCH
                 'scope : \"p' || lower(hex(w.platform_id)) || '\" AND {title body} : \"' || w.stem || '\"')
             FROM search_word w WHERE w.platform_id = $1 AND w.word > $2 ORDER BY w.word LIMIT $3"
        }
        Kind::Postgres => {
            "SELECT w.word, NOT EXISTS (SELECT 1 FROM search_entry s WHERE s.platform_id = w.platform_id
                 AND s.document @@ ('''' || w.stem || '''')::tsquery)
             FROM search_word w WHERE w.platform_id = $1 AND w.word > $2 ORDER BY w.word LIMIT $3"
        }
    }
}

/// $1 platform, $2 a JSON list of words.
pub(crate) const fn delete_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "DELETE FROM search_word WHERE platform_id = $1 AND word IN (SELECT value FROM json_each($2))"
        }
        Kind::Postgres => {
            "DELETE FROM search_word
             WHERE platform_id = $1 AND word IN (SELECT json_array_elements_text($2::text::json))"
        }
    }
}

/// Posts that are not filed, or by older rules. $1 platform, $2 after which post, $3 the rules, $4 how many.
pub(crate) const fn unfiled(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT p.id, p.kind, p.topic_id, p.published_at, p.title, p.body FROM post p
             LEFT JOIN search_entry s ON s.platform_id = p.platform_id AND s.post_id = p.id
             WHERE p.platform_id = $1 AND p.id > $2 AND (s.rules IS NULL OR s.rules <> $3)
             ORDER BY p.id LIMIT $4"
        }
        Kind::Postgres => {
            "SELECT p.id, p.kind, p.topic_id, p.published_at, p.title, p.body FROM post p
             LEFT JOIN search_entry s ON s.platform_id = p.platform_id AND s.post_id = p.id
             WHERE p.platform_id = $1 AND p.id > $2 AND (s.rules IS NULL OR s.rules <> $3)
             ORDER BY p.id LIMIT $4 FOR NO KEY UPDATE OF p"
        }
    }
}

/// The same for activities.
pub(crate) const fn unfiled_activities(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "SELECT a.id, a.topic_id, a.area_ids, a.created_at, a.title, a.body, a.place FROM activity a
             LEFT JOIN search_entry s ON s.platform_id = a.platform_id AND s.activity_id = a.id
             WHERE a.platform_id = $1 AND a.id > $2 AND (s.rules IS NULL OR s.rules <> $3)
             ORDER BY a.id LIMIT $4"
        }
        Kind::Postgres => {
            "SELECT a.id, a.topic_id, a.area_ids, a.created_at, a.title, a.body, a.place FROM activity a
             LEFT JOIN search_entry s ON s.platform_id = a.platform_id AND s.activity_id = a.id
             WHERE a.platform_id = $1 AND a.id > $2 AND (s.rules IS NULL OR s.rules <> $3)
             ORDER BY a.id LIMIT $4 FOR NO KEY UPDATE OF a"
        }
    }
}
