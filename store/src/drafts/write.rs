//! Keeping drafts, and what becomes of them.

use domain::clock::Timestamp;
use domain::id::{DraftId, MemberId, PhotoId, PostId};
use domain::limits::PHOTO_WITHOUT_POST;
use domain::permit::Permit;
use domain::permit::action::{KeepDraft, Operate};
use uuid::Uuid;

use crate::conn::{Closing, Kind, Together, Txn, bump, change, change_together, closing, together};
use crate::error::{Error, Result};
use crate::tenant::Write;

/// A draft has become a post. $1 platform, $2 member, $3 draft, $4 when, $5 what was typed, $6 the post.
macro_rules! close {
    () => {
        "INSERT INTO draft (platform_id, member_id, id, state, updated_at, content, post_id)
    VALUES ($1, $2, $3, 'published', $4, $5, $6)
    ON CONFLICT (platform_id, member_id, id)
    DO UPDATE SET state = 'published', updated_at = excluded.updated_at, content = excluded.content,
        post_id = excluded.post_id, publish_at = NULL"
    };
}

macro_rules! drop_photos {
    () => {
        "DELETE FROM draft_photo WHERE platform_id = $1 AND member_id = $2 AND draft_id = $3"
    };
}

const COUNT_OTHERS: &str = "SELECT COUNT(*) FROM draft
    WHERE platform_id = $1 AND member_id = $2 AND id <> $3 AND state IN ('open', 'scheduled', 'refused')";
/// Typing changes nothing that publishes itself, and brings nothing back.
const PUT: &str = "INSERT INTO draft (platform_id, member_id, id, state, updated_at, content)
    VALUES ($1, $2, $3, 'open', $4, $5)
    ON CONFLICT (platform_id, member_id, id)
    DO UPDATE SET state = 'open', updated_at = excluded.updated_at, content = excluded.content
    WHERE draft.state IN ('open', 'refused')";
const SCHEDULE: &str =
    "INSERT INTO draft (platform_id, member_id, id, state, updated_at, content, publish_at)
    VALUES ($1, $2, $3, 'scheduled', $4, $5, $6)
    ON CONFLICT (platform_id, member_id, id)
    DO UPDATE SET state = 'scheduled', updated_at = excluded.updated_at, content = excluded.content,
        publish_at = excluded.publish_at
    WHERE draft.state IN ('open', 'scheduled', 'refused')";
const CLOSE: &str = close!();
/// $7 and $8 how much the platform's numbers count up.
const CLOSE_AND_COMMIT_ON_SQLITE: Closing = closing!(concat!(close!(), "; ", bump!("$7", "$8")));
const CLOSE_KEPT: Together = together!(close!(), drop_photos!());
/// Of two processes at once only one changes the row.
const CLAIM: &str = "UPDATE draft SET state = 'published', updated_at = $5, post_id = NULL
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state = 'scheduled' AND publish_at = $4";
const CLAIMED: &str = "UPDATE draft SET post_id = $4
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state = 'published'";
const REFUSE: &str = "UPDATE draft SET state = 'refused', updated_at = $4
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state = 'scheduled'";
const WITHDRAW: &str = "UPDATE draft SET state = 'open', publish_at = NULL, updated_at = $4
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state IN ('scheduled', 'refused')";
const DISCARD: &str = "UPDATE draft SET state = 'discarded', publish_at = NULL, updated_at = $4
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state IN ('open', 'scheduled', 'refused')";
const RESTORE: &str = "UPDATE draft SET state = 'open', publish_at = NULL, updated_at = $4
    WHERE platform_id = $1 AND member_id = $2 AND id = $3 AND state = 'discarded'";
const PHOTOS: &str = "SELECT photo_id FROM draft_photo
    WHERE platform_id = $1 AND member_id = $2 AND draft_id = $3";
/// One's own, with no post yet, and not about to go.
const ADD_PHOTO: &str = "INSERT INTO draft_photo (platform_id, member_id, draft_id, photo_id)
    SELECT p.platform_id, p.owner_id, $3, p.id FROM photo p
    WHERE p.platform_id = $1 AND p.owner_id = $2 AND p.id = $4 AND p.post_id IS NULL
      AND (p.created_at > $5 OR EXISTS (SELECT 1 FROM draft_photo d
          WHERE d.platform_id = p.platform_id AND d.photo_id = p.id))
    ON CONFLICT (platform_id, member_id, draft_id, photo_id) DO NOTHING";
const DROP_PHOTOS: &str = drop_photos!();
const DROP_PHOTO: &str = "DELETE FROM draft_photo
    WHERE platform_id = $1 AND member_id = $2 AND draft_id = $3 AND photo_id = $4";

/// What somebody types, about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct TypedDraft<'a> {
    pub id: DraftId,
    pub json: &'a str,
    /// The photos in it stay for as long as it does.
    pub photos: &'a [PhotoId],
    pub at: Timestamp,
    /// How many drafts one member may have.
    pub most: u32,
}

/// What was kept of a draft before it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// It was typed and sent at one go.
    Nothing,
    Kept,
}

/// Whether a draft was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Yes,
    /// Its member has as many as may be.
    Full,
    /// It is a post by now, publishes itself, or was thrown away.
    Closed,
}

/// A statement about one draft of one member, at a moment.
macro_rules! about_draft {
    ($write:expr, $sql:expr, $member:expr, $id:expr $(, $part:expr)*) => {{
        let platform = $write.platform().0;
        change!($write, conn => sqlx::query($sql)
            .bind(platform).bind($member.0).bind($id.0) $(.bind($part))*
            .execute(conn).await.map(|done| done.rows_affected() > 0))
    }};
}

impl Write {
    /// Keeps what the permit's member is typing.
    pub async fn put_draft(&mut self, permit: &Permit<KeepDraft>, typed: &TypedDraft<'_>) -> Result<Kept> {
        let member = self.owner(permit)?;
        if self.is_full(member, typed).await? {
            return Ok(Kept::Full);
        }
        if !about_draft!(self, PUT, member, typed.id, typed.at.0, typed.json)? {
            return Ok(Kept::Closed);
        }
        self.keep_photos(member, typed).await?;
        Ok(Kept::Yes)
    }

    /// Lets a draft publish itself at a moment; or at another moment, or with another text.
    pub async fn schedule_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        typed: &TypedDraft<'_>,
        publish_at: Timestamp,
    ) -> Result<Kept> {
        let member = self.owner(permit)?;
        if self.is_full(member, typed).await? {
            return Ok(Kept::Full);
        }
        if !about_draft!(self, SCHEDULE, member, typed.id, typed.at.0, typed.json, publish_at.0)? {
            return Ok(Kept::Closed);
        }
        self.keep_photos(member, typed).await?;
        Ok(Kept::Yes)
    }

    /// A draft has become this post: whoever sends the same again gets this one. Its photos are with the post now.
    pub async fn close_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        typed: &TypedDraft<'_>,
        post: PostId,
        before: Before,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        let platform = self.platform().0;
        match before {
            Before::Nothing => {
                about_draft!(self, CLOSE, member, typed.id, typed.at.0, typed.json, post.0)?;
            }
            Before::Kept => {
                change_together!(self, CLOSE_KEPT, query => query.bind(platform).bind(member.0).bind(typed.id.0)
                    .bind(typed.at.0).bind(typed.json).bind(post.0))?;
            }
        }
        Ok(())
    }

    /// [`Self::close_draft`], and all of it lasts ([`Self::commit`]). On `SQLite`, where its driver goes to another thread
    /// and back for each time it is asked, in one go when nothing was kept before.
    pub async fn close_draft_and_commit(
        mut self,
        permit: &Permit<KeepDraft>,
        typed: &TypedDraft<'_>,
        post: PostId,
        before: Before,
    ) -> Result<()> {
        if before != Before::Nothing || self.kind() != Kind::Sqlite {
            self.close_draft(permit, typed, post, before).await?;
            return self.commit().await;
        }
        let member = self.owner(permit)?;
        self.count();
        self.count();
        let (txn, bump) = self.ending()?;
        // Of either kind above.
        let Txn::Sqlite(mut txn) = txn else { return Err(Error::Broken) };
        let text = txn.closing(CLOSE_AND_COMMIT_ON_SQLITE);
        sqlx::query(text)
            .bind(bump.platform)
            .bind(member.0)
            .bind(typed.id.0)
            .bind(typed.at.0)
            .bind(typed.json)
            .bind(post.0)
            .bind(bump.content)
            .bind(bump.config)
            .execute(txn.conn()?)
            .await?;
        Ok(txn.ended().await?)
    }

    /// Takes a draft whose moment has come, to publish it; `false` when another process did, or its author has changed
    /// or withdrawn it meanwhile.
    pub async fn claim_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        id: DraftId,
        publish_at: Timestamp,
        at: Timestamp,
    ) -> Result<bool> {
        let member = self.owner(permit)?;
        about_draft!(self, CLAIM, member, id, publish_at.0, at.0)
    }

    /// A claimed draft has become this post.
    pub async fn claimed_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        id: DraftId,
        post: PostId,
    ) -> Result<()> {
        let member = self.owner(permit)?;
        about_draft!(self, CLAIMED, member, id, post.0)?;
        about_draft!(self, DROP_PHOTOS, member, id)?;
        Ok(())
    }

    /// A draft could not publish itself; `false` when it is not about to any more.
    pub async fn refuse_draft(
        &mut self,
        permit: &Permit<Operate>,
        member: MemberId,
        id: DraftId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow(permit)?;
        about_draft!(self, REFUSE, member, id, at.0)
    }

    /// A draft does not publish itself any more, and is an ordinary one again.
    pub async fn withdraw_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        id: DraftId,
        at: Timestamp,
    ) -> Result<bool> {
        let member = self.owner(permit)?;
        about_draft!(self, WITHDRAW, member, id, at.0)
    }

    /// Throws a draft away; it can be taken back until the sweep.
    pub async fn discard_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        id: DraftId,
        at: Timestamp,
    ) -> Result<bool> {
        let member = self.owner(permit)?;
        about_draft!(self, DISCARD, member, id, at.0)
    }

    /// Takes back a draft that was thrown away. One that would have published itself does not.
    pub async fn restore_draft(
        &mut self,
        permit: &Permit<KeepDraft>,
        id: DraftId,
        most: u32,
        at: Timestamp,
    ) -> Result<Kept> {
        let member = self.owner(permit)?;
        let typed = TypedDraft { id, json: "", photos: &[], at, most };
        if self.is_full(member, &typed).await? {
            return Ok(Kept::Full);
        }
        Ok(if about_draft!(self, RESTORE, member, id, at.0)? { Kept::Yes } else { Kept::Closed })
    }

    /// Whether the member has as many other drafts as may be. Those who ask at once come one after the other.
    async fn is_full(&mut self, member: MemberId, typed: &TypedDraft<'_>) -> Result<bool> {
        self.lock_member(member).await?;
        let platform = self.platform().0;
        let others: i64 = change!(self, conn => sqlx::query_scalar(COUNT_OTHERS)
            .bind(platform).bind(member.0).bind(typed.id.0).fetch_one(conn).await)?;
        Ok(others >= i64::from(typed.most))
    }

    async fn keep_photos(&mut self, member: MemberId, typed: &TypedDraft<'_>) -> Result<()> {
        let platform = self.platform().0;
        let before: Vec<Uuid> = change!(self, conn => sqlx::query_scalar(PHOTOS)
            .bind(platform).bind(member.0).bind(typed.id.0).fetch_all(conn).await)?;
        let since = typed.at.minus(PHOTO_WITHOUT_POST).0;
        for photo in typed.photos.iter().filter(|photo| !before.contains(&photo.0)) {
            about_draft!(self, ADD_PHOTO, member, typed.id, photo.0, since)?;
        }
        for photo in before.into_iter().filter(|photo| !typed.photos.contains(&PhotoId(*photo))) {
            about_draft!(self, DROP_PHOTO, member, typed.id, photo)?;
        }
        Ok(())
    }
}
