//! What is written with a new post, and under which areas posts are found.

use crate::conn::{Kind, Opening, Together, opening, together};

/// What somebody published lately: how many, and one with the same text. $1 platform, $2 author, $3 from when on they
/// count, $4 from when on the same is the same, $5 title, $6 text.
pub(crate) const LATELY: Opening = opening!(
    "SELECT (SELECT COUNT(*) FROM post WHERE platform_id = $1 AND author_id = $2 AND published_at > $3),
         (SELECT id FROM post WHERE platform_id = $1 AND author_id = $2 AND published_at > $4
             AND title = $5 AND body = $6 AND status = 'published' ORDER BY published_at LIMIT 1)"
);

/// The areas of a JSON list of key and whether it was chosen.
macro_rules! insert_areas {
    (sqlite $at:literal, $post:literal, $list:literal) => {
        concat!(
            "INSERT INTO post_area (platform_id, area_id, published_at, post_id, direct)
             SELECT $1, unhex(e.value ->> 0), ",
            $at,
            ", ",
            $post,
            ", e.value ->> 1 FROM json_each(",
            $list,
            ") e"
        )
    };
    (postgres $at:literal, $post:literal, $list:literal) => {
        concat!(
            "INSERT INTO post_area (platform_id, area_id, published_at, post_id, direct)
             SELECT $1, (e ->> 0)::uuid, ",
            $at,
            ", ",
            $post,
            ", (e ->> 1)::boolean
             FROM json_array_elements(",
            $list,
            "::text::json) e"
        )
    };
}

/// The post, its first version, and its areas. $1 platform, $2 post, $3 kind, $4 topic, $5 author, $6 on whose behalf,
/// $7 official, $8 when, $9 areas as chosen, $10 and $11 the drawing, $12 title, $13 excerpt, $14 HTML, $15 text, $16 the
/// last moment on lists, $17 the version, $18 a JSON list of areas.
macro_rules! publish {
    ($areas:expr) => {
        together!(
            "INSERT INTO post
                (platform_id, id, status, kind, topic_id, author_id, on_behalf_of, official, version,
                 published_at, area_ids, scene, scene_alt, title, excerpt, html, body, expires_at)
             VALUES ($1, $2, 'published', $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            "INSERT INTO post_revision (platform_id, post_id, version, editor_id, saved_at, reason, content)
             VALUES ($1, $2, 1, $5, $8, '', $17)",
            $areas
        )
    };
}

pub(crate) const fn publish(kind: Kind) -> Together {
    match kind {
        Kind::Sqlite => publish!(insert_areas!(sqlite "$8", "$2", "$18")),
        Kind::Postgres => publish!(insert_areas!(postgres "$8", "$2", "$18")),
    }
}

/// Files a post under its areas. $1 platform, $2 post, $3 when it was published, $4 a JSON list of areas.
pub(crate) const fn insert_areas(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => insert_areas!(sqlite "$3", "$2", "$4"),
        Kind::Postgres => insert_areas!(postgres "$3", "$2", "$4"),
    }
}
