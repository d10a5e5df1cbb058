//! Reading an initiative: all that everybody may know in one statement, who takes part in another.

use domain::clock::Timestamp;
use domain::id::{MemberId, NeedId, PhotoId, PostId, UpdateId};
use domain::initiatives::{Initiative, Mine, Need, NeedKind, Participant, Stage, Team, Update};
use domain::photos::{Focus, Photo};
use uuid::Uuid;

use crate::conn::read;
use crate::error::{Result, known};
use crate::tenant::Tenant;

/// As many small posts as are shown.
const UPDATES: i64 = 50;
/// As many rows of who takes part (one for each thing they take care of) as are shown.
const PEOPLE: i64 = 500;

/// Rows of several kinds, so that a page of a post needs one statement more and not four. `part` says what a row
/// is: 0 the initiative itself, 1 something it needs, 2 a small post, 3 how many take part (no row of their own), 4 a
/// photo of the post.
const WHOLE: &str = "SELECT CAST(0 AS BIGINT) AS part, i.post_id AS id, i.post_id AS who, i.stage AS word, i.goal AS one,
        i.closing AS other, i.version AS a, CAST(0 AS BIGINT) AS b, CAST(0 AS BIGINT) AS c, CAST(0 AS BIGINT) AS d,
        CAST(0 AS BIGINT) AS e
    FROM initiative i WHERE i.platform_id = $1 AND i.post_id = $2
    UNION ALL
    SELECT 1, n.id, n.post_id, n.kind, n.label, '', n.version, n.wanted, n.found,
        (SELECT COUNT(*) FROM initiative_helper h WHERE h.platform_id = n.platform_id AND h.need_id = n.id), 0
    FROM initiative_need n WHERE n.platform_id = $1 AND n.post_id = $2
    UNION ALL
    SELECT * FROM (SELECT 2, u.id, u.author_id, m.name, u.html, '', u.created_at, 0, 0, 0, 0
        FROM initiative_update u JOIN member m ON m.platform_id = u.platform_id AND m.id = u.author_id
        WHERE u.platform_id = $1 AND u.post_id = $2 ORDER BY u.id DESC LIMIT $3) AS news
    UNION ALL
    SELECT 3, p.id, p.id, '', '', '',
        (SELECT COUNT(*) FROM initiative_member j WHERE j.platform_id = p.platform_id AND j.post_id = p.id),
        (SELECT COUNT(*) FROM initiative_member j WHERE j.platform_id = p.platform_id AND j.post_id = p.id
            AND j.team = 'in'), 0, 0, 0
    FROM post p WHERE p.platform_id = $1 AND p.id = $2
    UNION ALL
    SELECT * FROM (SELECT 4, f.id, f.owner_id, f.placeholder, f.alt, f.caption, f.width, f.height, f.focal_x, f.focal_y,
            f.created_at
        FROM photo f WHERE f.platform_id = $1 AND f.post_id = $2 ORDER BY f.position LIMIT 100) AS photos";
const TAKING_PART: &str = "SELECT j.member_id, m.name, j.team, h.need_id
    FROM initiative_member j
    JOIN member m ON m.platform_id = j.platform_id AND m.id = j.member_id
    LEFT JOIN initiative_helper h
        ON h.platform_id = j.platform_id AND h.post_id = j.post_id AND h.member_id = j.member_id
    WHERE j.platform_id = $1 AND j.post_id = $2
    ORDER BY j.member_id LIMIT $3";
const MINE: &str = "SELECT j.team, h.need_id
    FROM initiative_member j
    LEFT JOIN initiative_helper h
        ON h.platform_id = j.platform_id AND h.post_id = j.post_id AND h.member_id = j.member_id
    WHERE j.platform_id = $1 AND j.post_id = $2 AND j.member_id = $3";
/// The small posts of an initiative that everybody may read, for its feed.
const NEWS: &str = "SELECT u.id, u.author_id, m.name, u.html, u.created_at
    FROM initiative_update u
    JOIN post p ON p.platform_id = u.platform_id AND p.id = u.post_id AND p.status = 'published'
    JOIN member m ON m.platform_id = u.platform_id AND m.id = u.author_id
    WHERE u.platform_id = $1 AND u.post_id = $2 ORDER BY u.id DESC LIMIT $3";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn initiative_statements() -> [(&'static str, &'static str); 3] {
    [("people of an initiative", TAKING_PART), ("my part", MINE), ("news of an initiative", NEWS)]
}

#[derive(sqlx::FromRow)]
struct Row {
    part: i64,
    id: Uuid,
    who: Uuid,
    word: String,
    one: String,
    other: String,
    a: i64,
    b: i64,
    c: i64,
    d: i64,
    e: i64,
}

fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

impl Tenant {
    /// What everybody may know of an initiative; of a post of another kind, or none, nothing.
    pub async fn initiative(&self, post: PostId) -> Result<Initiative> {
        Ok(self.initiative_with_photos(post).await?.0)
    }

    /// The same with the photos of its post in their order, the first hundred.
    pub async fn initiative_with_photos(&self, post: PostId) -> Result<(Initiative, Vec<Photo>)> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(WHOLE)
            .bind(self.platform().0).bind(post.0).bind(UPDATES).fetch_all(conn).await)?;
        let (mut found, mut photos) = (Initiative::default(), Vec::new());
        for row in rows {
            match row.part {
                0 => {
                    found.stage = known(Stage::from_key(&row.word), "initiative", "stage", row.id)?;
                    found.goal = row.one;
                    found.closing = row.other;
                    found.version = row.a;
                }
                1 => found.needs.push(Need {
                    id: NeedId(row.id),
                    kind: known(NeedKind::from_key(&row.word), "initiative_need", "kind", row.id)?,
                    label: row.one,
                    version: row.a,
                    wanted: number(row.b),
                    found: number(row.c),
                    joined: number(row.d),
                }),
                2 => found.updates.push(Update {
                    id: UpdateId(row.id),
                    author: MemberId(row.who),
                    author_name: row.word,
                    html: row.one,
                    at: Timestamp(row.a),
                }),
                3 => (found.members, found.team) = (number(row.a), number(row.b)),
                _ => photos.push(Photo {
                    id: PhotoId(row.id),
                    owner: MemberId(row.who),
                    post: Some(post),
                    alt: row.one,
                    caption: row.other,
                    focus: Focus::nearest(row.c, row.d),
                    width: number(row.a),
                    height: number(row.b),
                    placeholder: row.word,
                    at: Timestamp(row.e),
                }),
            }
        }
        found.needs.sort_by_key(|need| need.id);
        found.updates.sort_by_key(|update| std::cmp::Reverse(update.id));
        Ok((found, photos))
    }

    /// Who takes part, and what they take care of; of very many the first.
    pub async fn participants(&self, post: PostId) -> Result<Vec<Participant>> {
        let rows: Vec<(Uuid, String, String, Option<Uuid>)> = read!(self, conn => sqlx::query_as(TAKING_PART)
            .bind(self.platform().0).bind(post.0).bind(PEOPLE).fetch_all(conn).await)?;
        let mut people: Vec<Participant> = Vec::new();
        for (member, name, team, need) in rows {
            let need = need.map(NeedId);
            match people.last_mut().filter(|last| last.member == MemberId(member)) {
                Some(last) => last.needs.extend(need),
                None => people.push(Participant {
                    member: MemberId(member),
                    name,
                    team: known(Team::from_key(&team), "initiative_member", "team", member)?,
                    needs: need.into_iter().collect(),
                }),
            }
        }
        Ok(people)
    }

    /// What a member has to do with an initiative.
    pub async fn my_initiative(&self, post: PostId, member: MemberId) -> Result<Mine> {
        let rows: Vec<(String, Option<Uuid>)> = read!(self, conn => sqlx::query_as(MINE)
            .bind(self.platform().0).bind(post.0).bind(member.0).fetch_all(conn).await)?;
        let team = match rows.first() {
            Some((team, _)) => Some(known(Team::from_key(team), "initiative_member", "team", member.0)?),
            None => None,
        };
        Ok(Mine { team, needs: rows.into_iter().filter_map(|(_, need)| need.map(NeedId)).collect() })
    }

    /// The newest small posts of a published initiative, for its feed.
    pub async fn initiative_news(&self, post: PostId, limit: i64) -> Result<Vec<Update>> {
        let rows: Vec<(Uuid, Uuid, String, String, i64)> = read!(self, conn => sqlx::query_as(NEWS)
            .bind(self.platform().0).bind(post.0).bind(limit).fetch_all(conn).await)?;
        Ok(rows
            .into_iter()
            .map(|(id, author, author_name, html, at)| Update {
                id: UpdateId(id),
                author: MemberId(author),
                author_name,
                html,
                at: Timestamp(at),
            })
            .collect())
    }
}
