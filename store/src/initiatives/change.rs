//! What the team says of its initiative: goal, needs, how it goes.

use domain::clock::Timestamp;
use domain::id::{MemberId, NeedId, PostId, UpdateId};
use domain::initiatives::draft::{ValidNeed, ValidPlan};
use domain::permit::Permit;
use domain::permit::action::{ManageInitiative, Operate};

use crate::conn::change;
use crate::error::Result;
use crate::search::file_again;
use crate::tenant::{Saved, Write};

const FIRST: &str = "INSERT INTO initiative (platform_id, post_id, stage, goal, closing, version, changed_at)
    VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT DO NOTHING";
const NEXT: &str = "UPDATE initiative
    SET stage = $3, goal = $4, closing = $5, changed_at = $6, version = version + 1
    WHERE platform_id = $1 AND post_id = $2 AND version = $7";
const NEEDS: &str = "SELECT COUNT(*) FROM initiative_need WHERE platform_id = $1 AND post_id = $2";
const ADD: &str =
    "INSERT INTO initiative_need (platform_id, id, post_id, kind, label, wanted, found, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 1)";
const CHANGE: &str = "UPDATE initiative_need
    SET kind = $4, label = $5, wanted = $6, found = $7, version = version + 1
    WHERE platform_id = $1 AND id = $2 AND post_id = $3 AND version = $8";
const DROP: &str = "DELETE FROM initiative_need WHERE platform_id = $1 AND id = $2 AND post_id = $3";
const TELL: &str =
    "INSERT INTO initiative_update (platform_id, id, post_id, author_id, created_at, html, body)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const TAKE_BACK: &str = "DELETE FROM initiative_update WHERE platform_id = $1 AND id = $2 AND post_id = $3";
const JOIN_AS_OPERATOR: &str =
    "INSERT INTO initiative_member (platform_id, post_id, member_id, team, joined_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
const HELP_AS_OPERATOR: &str = "INSERT INTO initiative_helper (platform_id, need_id, member_id, post_id)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

/// Goal and stage, made on a version (0 for the first).
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    pub post: PostId,
    pub expected_version: i64,
    pub text: &'a ValidPlan,
    pub at: Timestamp,
}

/// Something more that is needed.
#[derive(Clone, Copy, Debug)]
pub struct NewNeed<'a> {
    pub id: NeedId,
    pub post: PostId,
    pub text: &'a ValidNeed,
}

/// A small post.
#[derive(Clone, Copy, Debug)]
pub struct NewUpdate<'a> {
    pub id: UpdateId,
    pub post: PostId,
    /// Sanitised.
    pub html: &'a str,
    pub body: &'a str,
    pub at: Timestamp,
}

impl Write {
    /// Saves goal and stage, unless somebody was faster.
    pub async fn plan_initiative(
        &mut self,
        permit: &Permit<ManageInitiative>,
        plan: &Plan<'_>,
    ) -> Result<Saved> {
        self.allow_for(permit, plan.post.0)?;
        let saved = self.save_plan(plan).await?;
        file_again(self, plan.post).await?;
        Ok(saved)
    }

    async fn save_plan(&mut self, plan: &Plan<'_>) -> Result<Saved> {
        let platform = self.platform().0;
        let statement = if plan.expected_version == 0 { FIRST } else { NEXT };
        let changed = change!(self, conn => {
            let query = sqlx::query(statement)
                .bind(platform).bind(plan.post.0).bind(plan.text.stage().key()).bind(plan.text.goal())
                .bind(plan.text.closing()).bind(plan.at.0);
            let query = if plan.expected_version == 0 { query } else { query.bind(plan.expected_version) };
            query.execute(conn).await.map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        self.touch();
        Ok(Saved::Done { version: plan.expected_version + 1 })
    }

    /// Adds something that is needed; `false` when there is as much as `most` already.
    pub async fn add_need(
        &mut self,
        permit: &Permit<ManageInitiative>,
        new: &NewNeed<'_>,
        most: u32,
    ) -> Result<bool> {
        self.allow_for(permit, new.post.0)?;
        let platform = self.platform().0;
        let there: i64 = change!(self, conn => sqlx::query_scalar(NEEDS)
            .bind(platform).bind(new.post.0).fetch_one(conn).await)?;
        if there >= i64::from(most) {
            return Ok(false);
        }
        self.insert_need(new).await?;
        file_again(self, new.post).await?;
        Ok(true)
    }

    async fn insert_need(&mut self, new: &NewNeed<'_>) -> Result<()> {
        let platform = self.platform().0;
        let text = new.text;
        change!(self, conn => sqlx::query(ADD)
            .bind(platform).bind(new.id.0).bind(new.post.0).bind(text.kind().key()).bind(text.label())
            .bind(i64::from(text.wanted())).bind(i64::from(text.found()))
            .execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(())
    }

    /// Changes something that is needed, unless somebody was faster or it is gone.
    pub async fn change_need(
        &mut self,
        permit: &Permit<ManageInitiative>,
        to: &NewNeed<'_>,
        expected_version: i64,
    ) -> Result<Saved> {
        self.allow_for(permit, to.post.0)?;
        let platform = self.platform().0;
        let text = to.text;
        let changed = change!(self, conn => sqlx::query(CHANGE)
            .bind(platform).bind(to.id.0).bind(to.post.0).bind(text.kind().key()).bind(text.label())
            .bind(i64::from(text.wanted())).bind(i64::from(text.found())).bind(expected_version)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed == 0 {
            return Ok(Saved::Stale);
        }
        file_again(self, to.post).await?;
        self.touch();
        Ok(Saved::Done { version: expected_version + 1 })
    }

    /// Something is not needed after all; who took care of it still takes part. `false` when it was gone already.
    pub async fn drop_need(
        &mut self,
        permit: &Permit<ManageInitiative>,
        post: PostId,
        id: NeedId,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        self.drop_row(DROP, post, id.0).await
    }

    /// Says how it goes.
    pub async fn insert_update(
        &mut self,
        permit: &Permit<ManageInitiative>,
        new: &NewUpdate<'_>,
    ) -> Result<()> {
        self.allow_for(permit, new.post.0)?;
        let author = self.actor(permit)?;
        self.insert_update_row(author, new).await?;
        file_again(self, new.post).await
    }

    async fn insert_update_row(&mut self, author: MemberId, new: &NewUpdate<'_>) -> Result<()> {
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(TELL)
            .bind(platform).bind(new.id.0).bind(new.post.0).bind(author.0).bind(new.at.0)
            .bind(new.html).bind(new.body)
            .execute(conn).await.map(|_| ()))?;
        self.touch();
        Ok(())
    }

    /// Takes back what was said about how it goes; `false` when it was gone already.
    pub async fn remove_update(
        &mut self,
        permit: &Permit<ManageInitiative>,
        post: PostId,
        id: UpdateId,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        self.drop_row(TAKE_BACK, post, id.0).await
    }

    async fn drop_row(&mut self, statement: &'static str, post: PostId, id: uuid::Uuid) -> Result<bool> {
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(statement)
            .bind(platform).bind(id).bind(post.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            file_again(self, post).await?;
            self.touch();
        }
        Ok(changed > 0)
    }

    /// Fills a database with an initiative: its plan, its needs with who takes care of each, its team, its news.
    pub async fn fill_initiative_as_operator(
        &mut self,
        permit: &Permit<Operate>,
        plan: &Plan<'_>,
        needs: &[(NewNeed<'_>, Vec<MemberId>)],
        team: &[MemberId],
        news: &[(MemberId, NewUpdate<'_>)],
    ) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let post = plan.post.0;
        self.save_plan(plan).await?;
        for member in team {
            change!(self, conn => sqlx::query(JOIN_AS_OPERATOR)
                .bind(platform).bind(post).bind(member.0).bind("in").bind(plan.at.0)
                .execute(conn).await.map(|_| ()))?;
        }
        for (need, helpers) in needs {
            self.insert_need(need).await?;
            for member in helpers {
                change!(self, conn => sqlx::query(JOIN_AS_OPERATOR)
                    .bind(platform).bind(post).bind(member.0).bind("no").bind(plan.at.0)
                    .execute(conn).await.map(|_| ()))?;
                change!(self, conn => sqlx::query(HELP_AS_OPERATOR)
                    .bind(platform).bind(need.id.0).bind(member.0).bind(post)
                    .execute(conn).await.map(|_| ()))?;
            }
        }
        for (author, update) in news {
            self.insert_update_row(*author, update).await?;
        }
        file_again(self, plan.post).await
    }
}
