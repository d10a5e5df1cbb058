//! Who takes part: each member once, however often and however fast they click (TRUST 1).

use domain::clock::Timestamp;
use domain::id::{MemberId, NeedId, PostId};
use domain::initiatives::{NeedKind, Team};
use domain::permit::Permit;
use domain::permit::action::{LeadInitiative, TakePart};

use crate::conn::change;
use crate::error::Result;
use crate::tenant::Write;

const JOIN: &str = "INSERT INTO initiative_member (platform_id, post_id, member_id, team, joined_at)
    VALUES ($1, $2, $3, 'no', $4) ON CONFLICT DO NOTHING";
const LEAVE: &str =
    "DELETE FROM initiative_member WHERE platform_id = $1 AND post_id = $2 AND member_id = $3";
/// Changes nothing, and holds the row until the transaction ends: what is left of it is given out one by one
/// (TRUST 24).
const HOLD: &str = "UPDATE initiative_need SET found = found
    WHERE platform_id = $1 AND id = $2 AND post_id = $3 RETURNING kind, wanted, found";
const HELPERS: &str = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN member_id = $3 THEN 1 ELSE 0 END), 0)
    FROM initiative_helper WHERE platform_id = $1 AND need_id = $2";
const HELP: &str = "INSERT INTO initiative_helper (platform_id, need_id, member_id, post_id)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const STOP_HELPING: &str = "DELETE FROM initiative_helper
    WHERE platform_id = $1 AND need_id = $2 AND member_id = $3 AND post_id = $4";
const SET_TEAM: &str = "UPDATE initiative_member SET team = $5
    WHERE platform_id = $1 AND post_id = $2 AND member_id = $3 AND team = $4";

/// What became of "I take part".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    Done,
    /// They did already.
    Already,
    /// There is enough of it.
    Full,
    /// What they wanted to take care of is not there (any more).
    Gone,
}

impl Write {
    /// The permit's member takes part; with a need, they take care of that too. Only after [`Joined::Done`] there
    /// is something to commit.
    pub async fn join_initiative(
        &mut self,
        permit: &Permit<TakePart>,
        post: PostId,
        need: Option<NeedId>,
        at: Timestamp,
    ) -> Result<Joined> {
        self.allow_for(permit, post.0)?;
        let member = self.actor(permit)?;
        let platform = self.platform().0;
        if let Some(need) = need {
            let held: Option<(String, i64, i64)> = change!(self, conn => sqlx::query_as(HOLD)
                .bind(platform).bind(need.0).bind(post.0).fetch_optional(conn).await)?;
            let Some((kind, wanted, found)) = held else { return Ok(Joined::Gone) };
            let (others, mine): (i64, i64) = change!(self, conn => sqlx::query_as(HELPERS)
                .bind(platform).bind(need.0).bind(member.0).fetch_one(conn).await)?;
            if mine > 0 {
                return Ok(Joined::Already);
            }
            let counted = if kind == NeedKind::Money.key() { 0 } else { others };
            if found + counted >= wanted {
                return Ok(Joined::Full);
            }
        }
        let changed = change!(self, conn => sqlx::query(JOIN)
            .bind(platform).bind(post.0).bind(member.0).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if let Some(need) = need {
            change!(self, conn => sqlx::query(HELP)
                .bind(platform).bind(need.0).bind(member.0).bind(post.0)
                .execute(conn).await.map(|_| ()))?;
        } else if changed == 0 {
            return Ok(Joined::Already);
        }
        self.touch();
        Ok(Joined::Done)
    }

    /// The permit's member does not take care of something any more, or (with `None`) leaves altogether; `false`
    /// when that was so already.
    pub async fn leave_initiative(
        &mut self,
        permit: &Permit<TakePart>,
        post: PostId,
        need: Option<NeedId>,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        let member = self.actor(permit)?;
        let platform = self.platform().0;
        let changed = match need {
            Some(need) => change!(self, conn => sqlx::query(STOP_HELPING)
                .bind(platform).bind(need.0).bind(member.0).bind(post.0)
                .execute(conn).await.map(|done| done.rows_affected()))?,
            None => change!(self, conn => sqlx::query(LEAVE)
                .bind(platform).bind(post.0).bind(member.0)
                .execute(conn).await.map(|done| done.rows_affected()))?,
        };
        if changed > 0 {
            self.touch();
        }
        Ok(changed > 0)
    }

    /// The permit's member goes from one place in or beside the team to another; `false` when they were not there.
    pub async fn answer_team(
        &mut self,
        permit: &Permit<TakePart>,
        post: PostId,
        from: Team,
        to: Team,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        let member = self.actor(permit)?;
        self.set_team(post, member, from, to).await
    }

    /// The same for somebody else who takes part.
    pub async fn place_in_team(
        &mut self,
        permit: &Permit<LeadInitiative>,
        post: PostId,
        member: MemberId,
        from: Team,
        to: Team,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        self.set_team(post, member, from, to).await
    }

    async fn set_team(&mut self, post: PostId, member: MemberId, from: Team, to: Team) -> Result<bool> {
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(SET_TEAM)
            .bind(platform).bind(post.0).bind(member.0).bind(from.key()).bind(to.key())
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if changed > 0 {
            self.touch();
        }
        Ok(changed > 0)
    }
}
