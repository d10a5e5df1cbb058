//! Photos: what is known of them. Their files lie apart; the row comes before them and goes after them.

use domain::clock::Timestamp;
use domain::id::{MemberId, PhotoId, PlatformId, PostId};
use domain::limits::PHOTO_WITHOUT_POST;
use domain::permit::Permit;
use domain::permit::action::{AddPhoto, CreatePost, EditPost, Operate};
use domain::photos::{Arranged, Focus, Photo, Placed};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::Result;
use crate::search::file_again;
use crate::store::Store;
use crate::tenant::{Tenant, Write};

macro_rules! photo_of {
    ($rest:literal) => {
        concat!(
            "SELECT id, owner_id, post_id, alt, caption, focal_x, focal_y, width, height, placeholder, created_at
             FROM photo WHERE platform_id = $1 ",
            $rest
        )
    };
}

const ONE: &str = photo_of!("AND id = $2");
const OF_POST: &str = photo_of!("AND post_id = $2 ORDER BY position LIMIT 100");
const INSERT: &str = "INSERT INTO photo
        (platform_id, id, owner_id, width, height, placeholder, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ATTACH: &str = "UPDATE photo SET post_id = $4, position = $5, alt = $6, caption = $7
    WHERE platform_id = $1 AND id = $2 AND owner_id = $3 AND post_id IS NULL
      AND (created_at > $8 OR EXISTS (SELECT 1 FROM draft_photo d
          WHERE d.platform_id = photo.platform_id AND d.photo_id = photo.id))";
const ARRANGE: &str = "UPDATE photo
    SET post_id = $3, position = $4, alt = $5, caption = $6, focal_x = $7, focal_y = $8
    WHERE platform_id = $1 AND id = $2
      AND (post_id = $3 OR (post_id IS NULL AND owner_id = $9 AND created_at > $10))";
/// Behind all that is arranged, whatever happens next.
const ASIDE: &str = "UPDATE photo SET position = position + 1000 WHERE platform_id = $1 AND post_id = $2";
const TAKE_AWAY: &str = "UPDATE photo SET post_id = NULL, position = 0, created_at = $4
    WHERE platform_id = $1 AND id = $2 AND post_id = $3";
const LEFT: &str = "SELECT COUNT(*) FROM photo WHERE platform_id = $1 AND post_id = $2 AND position >= 1000";
const DETACH: &str = "UPDATE photo SET created_at = 0
    WHERE platform_id = $1 AND id = $2 AND owner_id = $3 AND post_id IS NULL";
const LOOSE: &str = "SELECT platform_id, id FROM photo
    WHERE post_id IS NULL AND created_at < $1
      AND NOT EXISTS (SELECT 1 FROM draft_photo d
          WHERE d.platform_id = photo.platform_id AND d.photo_id = photo.id)
    ORDER BY created_at LIMIT $2";
const FORGET: &str = "DELETE FROM photo WHERE platform_id = $1 AND id = $2 AND post_id IS NULL";

/// Every list with its name, for the test that reads their query plans.
#[doc(hidden)]
pub const fn photo_statements() -> [(&'static str, &'static str); 1] {
    [("photos of a post", OF_POST)]
}

/// A photo that was just sent.
#[derive(Clone, Copy, Debug)]
pub struct NewPhoto<'a> {
    pub id: PhotoId,
    pub width: u32,
    pub height: u32,
    pub placeholder: &'a str,
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    owner_id: Uuid,
    post_id: Option<Uuid>,
    alt: String,
    caption: String,
    focal_x: i64,
    focal_y: i64,
    width: i64,
    height: i64,
    placeholder: String,
    created_at: i64,
}

impl From<Row> for Photo {
    fn from(row: Row) -> Self {
        let side = |side: i64| u32::try_from(side).unwrap_or_default();
        Self {
            id: PhotoId(row.id),
            owner: MemberId(row.owner_id),
            post: row.post_id.map(PostId),
            alt: row.alt,
            caption: row.caption,
            focus: Focus::nearest(row.focal_x, row.focal_y),
            width: side(row.width),
            height: side(row.height),
            placeholder: row.placeholder,
            at: Timestamp(row.created_at),
        }
    }
}

impl Tenant {
    /// One photo: who may see it, the policy decides.
    pub async fn photo(&self, id: PhotoId) -> Result<Option<Photo>> {
        let row: Option<Row> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        Ok(row.map(Photo::from))
    }

    /// The photos of a post in their order, the first hundred.
    pub async fn photos_of(&self, post: PostId) -> Result<Vec<Photo>> {
        let rows: Vec<Row> = read!(self, conn => sqlx::query_as(OF_POST)
            .bind(self.platform().0).bind(post.0).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(Photo::from).collect())
    }
}

impl Write {
    /// Makes a photo known, before its files are written.
    pub async fn insert_photo(&mut self, permit: &Permit<AddPhoto>, new: &NewPhoto<'_>) -> Result<()> {
        let owner = self.actor(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(owner.0).bind(i64::from(new.width))
            .bind(i64::from(new.height)).bind(new.placeholder).bind(new.at.0)
            .execute(conn).await.map(|_| ()))
    }

    /// Puts photos of the permit's member with their new post, in this order. `false` when one of them is not there,
    /// not theirs, with a post already, or too old: then nothing may be committed.
    pub async fn place_photos(
        &mut self,
        permit: &Permit<CreatePost>,
        post: PostId,
        photos: &[Placed],
        now: Timestamp,
    ) -> Result<bool> {
        let owner = self.actor(permit)?;
        let platform = self.platform().0;
        let since = now.minus(PHOTO_WITHOUT_POST);
        for (position, photo) in (0_i64..).zip(photos) {
            let placed = change!(self, conn => sqlx::query(ATTACH)
                .bind(platform).bind(photo.id.0).bind(owner.0).bind(post.0).bind(position)
                .bind(&photo.alt).bind(&photo.caption).bind(since.0)
                .execute(conn).await.map(|done| done.rows_affected()))?;
            if placed == 0 {
                return Ok(false);
            }
        }
        if !photos.is_empty() {
            file_again(self, post).await?;
            self.touch();
        }
        Ok(true)
    }

    /// Puts the photos of a post in this order, with what is said of them; new ones are the permit's member's own.
    /// Those that are `gone` are taken away, and go with their files a day later. `false` when one of them is not there,
    /// not theirs, with another post, too old, or when there are others: then nothing may be committed.
    pub async fn arrange_photos(
        &mut self,
        permit: &Permit<EditPost>,
        post: PostId,
        photos: &[Arranged],
        gone: &[PhotoId],
        now: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        let editor = self.actor(permit)?;
        let platform = self.platform().0;
        let since = now.minus(PHOTO_WITHOUT_POST);
        change!(self, conn => sqlx::query(ASIDE)
            .bind(platform).bind(post.0).execute(conn).await.map(|_| ()))?;
        for id in gone {
            change!(self, conn => sqlx::query(TAKE_AWAY)
                .bind(platform).bind(id.0).bind(post.0).bind(now.0).execute(conn).await.map(|_| ()))?;
        }
        for (position, photo) in (0_i64..).zip(photos) {
            let (across, down) = photo.focus.percent();
            let placed = change!(self, conn => sqlx::query(ARRANGE)
                .bind(platform).bind(photo.id.0).bind(post.0).bind(position).bind(&photo.alt)
                .bind(&photo.caption).bind(i64::from(across)).bind(i64::from(down)).bind(editor.0)
                .bind(since.0)
                .execute(conn).await.map(|done| done.rows_affected()))?;
            if placed == 0 {
                return Ok(false);
            }
        }
        let left: i64 = change!(self, conn => sqlx::query_scalar(LEFT)
            .bind(platform).bind(post.0).fetch_one(conn).await)?;
        file_again(self, post).await?;
        self.touch();
        Ok(left == 0)
    }

    /// Lets go of a photo of the permit's member that is with no post: it goes with the next sweep.
    pub async fn drop_photo(&mut self, permit: &Permit<AddPhoto>, id: PhotoId) -> Result<bool> {
        let owner = self.actor(permit)?;
        let platform = self.platform().0;
        let dropped = change!(self, conn => sqlx::query(DETACH)
            .bind(platform).bind(id.0).bind(owner.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(dropped > 0)
    }

    /// Forgets a photo without a post, after its files are gone.
    pub async fn forget_photo(&mut self, permit: &Permit<Operate>, id: PhotoId) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(FORGET)
            .bind(platform).bind(id.0).execute(conn).await.map(|_| ()))
    }
}

impl Store {
    /// Photos of all platforms that were with no post and in no draft for an hour longer than they may be, the oldest first. Nobody can
    /// put them with a post any more ([`Write::place_photos`]).
    pub async fn loose_photos(&self, now: Timestamp, most: i64) -> Result<Vec<(PlatformId, PhotoId)>> {
        let before = now.minus(PHOTO_WITHOUT_POST).minus(domain::clock::Span::hours(1));
        let rows: Vec<(Uuid, Uuid)> = read!(self, conn => sqlx::query_as(LOOSE)
            .bind(before.0).bind(most).fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(platform, id)| (PlatformId(platform), PhotoId(id))).collect())
    }
}
