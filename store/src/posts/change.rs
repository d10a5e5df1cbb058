//! Changing posts: the text, their place on top, whether they are there at all.

use domain::area::AreaTree;
use domain::clock::Timestamp;
use domain::id::{MemberId, PostId};
use domain::permit::Permit;
use domain::permit::action::{EditPost, PinPost, RemovePost, RestorePost};
use domain::posts::PostText;
use domain::posts::scene::Scene;

use super::areas::replace_areas;
use super::id_list_text;
use super::write::file;
use crate::conn::change;
use crate::error::Result;
use crate::revisions::insert_revision;
use crate::tenant::{Saved, Write};

/// The version in the condition is what makes two editors at once safe. Gives back what is
/// needed to file the post anew.
const UPDATE: &str = "UPDATE post
    SET kind = $4, topic_id = $5, area_ids = $6, scene = $7, scene_alt = $8, title = $9,
        excerpt = $10, html = $11, body = $12, edited_at = $13, version = version + 1,
        pinned_until = CASE WHEN $14 THEN NULL ELSE pinned_until END,
        pinned_by = CASE WHEN $14 THEN NULL ELSE pinned_by END
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status IN ('published', 'hidden', 'held')
    RETURNING published_at";
const REMOVE: &str = "UPDATE post
    SET status = 'removed', removed_at = $3, removed_by = $4, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status <> 'removed'
      AND ($5 IS NULL OR version = $5)";
/// What a moderator keeps back comes back as that, whoever took it away and puts it back.
const RESTORE: &str = "UPDATE post
    SET status = CASE WHEN moderated IN ('hidden', 'held') THEN moderated ELSE 'published' END,
        moderated = CASE WHEN moderated IN ('hidden', 'held') THEN moderated END, removed_at = NULL, removed_by = NULL, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'removed'
      AND (removed_by = $3 OR (removed_by IS NULL AND $3 IS NULL))";
const PIN: &str = "UPDATE post
    SET pinned_until = $3, pinned_by = $4, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND status = 'published'";

/// A changed text, made on a version.
#[derive(Clone, Copy, Debug)]
pub struct PostChange<'a> {
    pub id: PostId,
    pub expected_version: i64,
    pub text: &'a PostText,
    /// Sanitised.
    pub html: &'a str,
    pub excerpt: &'a str,
    /// May be empty.
    pub reason: &'a str,
    pub at: Timestamp,
    /// It does not stay on top: it goes where whoever moves it could not have pinned it.
    pub unpin: bool,
    pub tree: &'a AreaTree,
}

impl Write {
    /// Saves a text as a new version, unless somebody was faster.
    pub async fn update_post(&mut self, permit: &Permit<EditPost>, to: &PostChange<'_>) -> Result<Saved> {
        self.allow_for(permit, to.id.0)?;
        let editor = self.actor(permit)?;
        let platform = self.platform().0;
        let text = to.text;
        let areas = id_list_text(&text.areas);
        let published_at: Option<i64> = change!(self, conn => sqlx::query_scalar(UPDATE)
            .bind(platform).bind(to.id.0).bind(to.expected_version).bind(text.kind.key())
            .bind(text.topic.map(|id| id.0)).bind(areas).bind(text.scene.map(Scene::key))
            .bind(&text.scene_alt).bind(&text.title).bind(to.excerpt).bind(to.html)
            .bind(&text.body).bind(to.at.0).bind(to.unpin)
            .fetch_optional(conn).await)?;
        let Some(published_at) = published_at else {
            return Ok(Saved::Stale);
        };
        let version = to.expected_version + 1;
        insert_revision(self, to.id, version, text, editor, to.at, to.reason).await?;
        replace_areas(self, to.id, Timestamp(published_at), &text.areas, to.tree).await?;
        file(self, to.id, Timestamp(published_at), text, to.tree).await?;
        self.touch();
        Ok(Saved::Done { version })
    }

    /// Takes a post away; `false` when it was gone already (or is not at this version).
    pub async fn remove_post(
        &mut self,
        permit: &Permit<RemovePost>,
        id: PostId,
        expected_version: Option<i64>,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(REMOVE)
            .bind(platform).bind(id.0).bind(at.0).bind(by.0).bind(expected_version)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(self.touched(changed))
    }

    /// Puts back a post that somebody removed; `false` when it was not removed, or by somebody else meanwhile.
    pub async fn restore_post(
        &mut self,
        permit: &Permit<RestorePost>,
        id: PostId,
        removed_by: Option<MemberId>,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(RESTORE)
            .bind(platform).bind(id.0).bind(removed_by.map(|member| member.0))
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(self.touched(changed))
    }

    /// Keeps a post on top until a moment, or (with `None`) lets go of it.
    pub async fn pin_post(
        &mut self,
        permit: &Permit<PinPost>,
        id: PostId,
        until: Option<Timestamp>,
    ) -> Result<bool> {
        self.allow_for(permit, id.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let by = until.map(|_| by.0);
        let changed = change!(self, conn => sqlx::query(PIN)
            .bind(platform).bind(id.0).bind(until.map(|at| at.0)).bind(by)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(self.touched(changed))
    }

    /// Notes that what is kept of pages is old when a row was changed; whether it was.
    fn touched(&mut self, rows: u64) -> bool {
        if rows > 0 {
            self.touch();
        }
        rows > 0
    }
}
