//! Decisions, objections, and the times in which somebody may not write.

use domain::clock::Timestamp;
use domain::id::{AppealId, CaseId, DecisionId, MemberId, SuspensionId};
use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use domain::moderation::{CaseStatus, Party, Subject};
use domain::permit::Permit;
use domain::permit::action::{Appeal, DecideAppeal, DecideCase};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::tenant::{Saved, Tenant, Write};

/// The version in the condition is what makes two moderators at once safe.
const DECIDE: &str = "UPDATE moderation_case
    SET status = $4, outcome = $5, decided_by = $6, decided_at = $7, due_at = $8, changed_at = NULL,
        version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status IN ('open', 'asked')";
const INSERT: &str = "INSERT INTO decision
        (platform_id, id, case_id, kind, made_by, made_at, ground, rule, until_at, facts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const ABOUT: &str = "SELECT d.kind, d.made_at FROM moderation_case c
    JOIN decision d ON d.platform_id = c.platform_id AND d.case_id = c.id
    WHERE c.platform_id = $1 AND c.author_id = $2 AND d.made_at > $3 AND d.overturned_at IS NULL
    ORDER BY d.made_at DESC LIMIT 500";
/// What the author of a post was asked last, while they have time for it.
const ASKED: &str = "SELECT d.facts, c.due_at FROM moderation_case c
    JOIN decision d ON d.platform_id = c.platform_id AND d.case_id = c.id
    WHERE c.platform_id = $1 AND c.subject_key = $2 AND c.status = 'asked'
    ORDER BY d.made_at DESC, d.id DESC LIMIT 1";
const SUSPEND: &str = "INSERT INTO suspension
        (platform_id, id, member_id, case_id, decision_id, starts_at, ends_at)
    SELECT $1, $2, author_id, $3, $4, $5, $6 FROM moderation_case
    WHERE platform_id = $1 AND id = $3 AND author_id IS NOT NULL";
const SUSPENSION: &str = "SELECT case_id, starts_at, ends_at FROM suspension
    WHERE platform_id = $1 AND member_id = $2 AND ends_at > $3 AND lifted_at IS NULL
    ORDER BY ends_at DESC LIMIT 1";
const APPEAL: &str = "INSERT INTO appeal
        (platform_id, id, case_id, decision_id, party, party_id, created_at, message, reasons)
    SELECT $1, $2, $3, d.id, $4, $5, $6, $7, '' FROM decision d
    WHERE d.platform_id = $1 AND d.case_id = $3
    ORDER BY d.made_at DESC, d.id DESC LIMIT 1
    ON CONFLICT (platform_id, decision_id, party_id) DO NOTHING";
const APPEALED: &str = "UPDATE moderation_case SET status = 'appealed', version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'decided'";
/// Where the same content has an open case already, this one ends: the moderators look at that one.
const ANSWERED: &str = "UPDATE moderation_case
    SET status = CASE WHEN $4 = 'open' AND EXISTS (
            SELECT 1 FROM moderation_case o WHERE o.platform_id = moderation_case.platform_id
              AND o.subject_key = moderation_case.subject_key AND o.status IN ('open', 'asked'))
          THEN 'closed' ELSE $4 END,
        version = version + 1
    WHERE platform_id = $1 AND id = $2 AND version = $3 AND status = 'appealed'";
const ANSWER: &str = "UPDATE appeal SET outcome = $3, decided_by = $4, decided_at = $5, reasons = $6
    WHERE platform_id = $1 AND case_id = $2 AND outcome IS NULL";
const OVERTURN: &str = "UPDATE decision SET overturned_at = $3
    WHERE platform_id = $1 AND overturned_at IS NULL
      AND id IN (SELECT decision_id FROM appeal WHERE platform_id = $1 AND case_id = $2)";
const LIFT: &str = "UPDATE suspension SET lifted_at = $3
    WHERE platform_id = $1 AND lifted_at IS NULL
      AND decision_id IN (SELECT decision_id FROM appeal WHERE platform_id = $1 AND case_id = $2)";
/// What a moderator keeps from being read; only the post that the case is about.
const KEEP_BACK: &str = "UPDATE post
    SET status = CASE WHEN status = 'removed' THEN 'removed' ELSE $3 END, moderated = $3, version = version + 1,
        removed_at = CASE WHEN $3 = 'removed' AND removed_at IS NULL THEN $4 ELSE removed_at END,
        removed_by = CASE WHEN $3 = 'removed' THEN $5 ELSE removed_by END,
        pinned_until = NULL, pinned_by = NULL
    WHERE platform_id = $1 AND status IN ('published', 'expired', 'archived', 'hidden', 'held', 'removed')
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'post')";
/// What its author took away stays away; they can put it back now.
const LET_GO: &str = "UPDATE post
    SET status = CASE WHEN status = 'removed' AND moderated <> 'removed' THEN 'removed' ELSE 'published' END,
        removed_at = CASE WHEN status = 'removed' AND moderated <> 'removed' THEN removed_at END,
        removed_by = CASE WHEN status = 'removed' AND moderated <> 'removed' THEN removed_by END,
        moderated = NULL, version = version + 1
    WHERE platform_id = $1 AND moderated IS NOT NULL
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'post')";
/// The same for an activity. Who organises it may have taken it away already: it is still theirs then, but they cannot
/// put it back.
const REMOVE_ACTIVITY: &str = "UPDATE activity
    SET status = 'removed', moderated = TRUE, version = version + 1, changed_at = $3,
        removed_at = CASE WHEN status = 'removed' THEN removed_at ELSE $3 END,
        removed_by = CASE WHEN status = 'removed' THEN removed_by ELSE $4 END
    WHERE platform_id = $1
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'activity')";
const LET_ACTIVITY_GO: &str = "UPDATE activity
    SET status = CASE WHEN removed_by = organiser_id THEN status ELSE 'published' END,
        removed_at = CASE WHEN removed_by = organiser_id THEN removed_at END,
        removed_by = CASE WHEN removed_by = organiser_id THEN removed_by END,
        moderated = FALSE, version = version + 1, changed_at = $3
    WHERE platform_id = $1 AND moderated
      AND id = (SELECT subject_id FROM moderation_case
                WHERE platform_id = $1 AND id = $2 AND subject_kind = 'activity')";

/// What becomes of the post or activity that a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostFate {
    /// For everybody (again).
    LetGo,
    /// Of a post alone.
    Hide,
    Remove,
}

/// What a decision does to the case.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    pub status: CaseStatus,
    pub post: Option<PostFate>,
}

#[derive(Clone, Copy, Debug)]
pub struct NewDecision<'a> {
    pub id: DecisionId,
    pub case: CaseId,
    /// Of the case, as it was seen.
    pub expected_version: i64,
    pub kind: DecisionKind,
    pub ground: Option<Ground>,
    pub rule: &'a str,
    pub facts: &'a str,
    /// Of a term or a suspension.
    pub until: Option<Timestamp>,
    pub fate: Fate,
    /// For a suspension.
    pub suspension: SuspensionId,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub struct NewAppeal<'a> {
    pub id: AppealId,
    pub case: CaseId,
    pub expected_version: i64,
    pub party: Party,
    /// The author's key, or that of the notice.
    pub party_id: Uuid,
    pub message: &'a str,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug)]
pub struct NewAnswer<'a> {
    pub case: CaseId,
    pub expected_version: i64,
    pub outcome: Outcome,
    pub reasons: &'a str,
    /// What becomes of the case and what it is about.
    pub fate: Fate,
    pub at: Timestamp,
}

/// A time in which somebody may read and object, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuspensionRecord {
    pub case: CaseId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

impl Tenant {
    /// What was decided about somebody's content since a moment and when, without what was overturned.
    pub async fn decisions_about(
        &self,
        author: MemberId,
        since: Timestamp,
    ) -> Result<Vec<(DecisionKind, Timestamp)>> {
        let rows: Vec<(String, i64)> = read!(self, conn => sqlx::query_as(ABOUT)
            .bind(self.platform().0).bind(author.0).bind(since.0).fetch_all(conn).await)?;
        rows.into_iter()
            .map(|(kind, at)| {
                Ok((known(DecisionKind::from_key(&kind), "decision", "kind", &kind)?, Timestamp(at)))
            })
            .collect()
    }

    /// What the author was asked to change, and until when.
    pub async fn asked_about(&self, subject: &Subject) -> Result<Option<(String, Option<Timestamp>)>> {
        let row: Option<(String, Option<i64>)> = read!(self, conn => sqlx::query_as(ASKED)
            .bind(self.platform().0).bind(subject.key()).fetch_optional(conn).await)?;
        Ok(row.map(|(facts, due)| (facts, due.map(Timestamp))))
    }

    /// The suspension that lasts longest, when there is one now.
    pub async fn suspension_of(&self, member: MemberId, now: Timestamp) -> Result<Option<SuspensionRecord>> {
        let row: Option<(Uuid, i64, i64)> = read!(self, conn => sqlx::query_as(SUSPENSION)
            .bind(self.platform().0).bind(member.0).bind(now.0).fetch_optional(conn).await)?;
        Ok(row.map(|(case, starts, ends)| SuspensionRecord {
            case: CaseId(case),
            starts_at: Timestamp(starts),
            ends_at: Timestamp(ends),
        }))
    }
}

impl Write {
    /// Decides, and does what was decided; `Stale` when somebody else was faster: nothing is stored then.
    pub async fn decide(&mut self, permit: &Permit<DecideCase>, new: &NewDecision<'_>) -> Result<Saved> {
        self.allow_for(permit, new.case.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let until = new.until.map(|at| at.0);
        let due = until.filter(|_| new.kind == DecisionKind::Ask);
        let decided = change!(self, conn => sqlx::query(DECIDE)
            .bind(platform).bind(new.case.0).bind(new.expected_version).bind(new.fate.status.key())
            .bind(new.kind.key()).bind(by.0).bind(new.at.0).bind(due)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if decided == 0 {
            return Ok(Saved::Stale);
        }
        change!(self, conn => sqlx::query(INSERT)
            .bind(platform).bind(new.id.0).bind(new.case.0).bind(new.kind.key()).bind(by.0).bind(new.at.0)
            .bind(new.ground.map(Ground::key)).bind(new.rule).bind(until).bind(new.facts)
            .execute(conn).await.map(|_| ()))?;
        if let (DecisionKind::Suspend, Some(until)) = (new.kind, until) {
            change!(self, conn => sqlx::query(SUSPEND)
                .bind(platform).bind(new.suspension.0).bind(new.case.0).bind(new.id.0).bind(new.at.0).bind(until)
                .execute(conn).await.map(|_| ()))?;
        }
        self.set_fate(new.case, new.fate.post, by, new.at).await?;
        // The page of its author says what they are asked.
        self.touch();
        Ok(Saved::Done { version: new.expected_version + 1 })
    }

    async fn set_fate(
        &mut self,
        case: CaseId,
        fate: Option<PostFate>,
        by: MemberId,
        at: Timestamp,
    ) -> Result<()> {
        let Some(fate) = fate else { return Ok(()) };
        let platform = self.platform().0;
        let word = match fate {
            PostFate::LetGo => None,
            PostFate::Hide => Some("hidden"),
            PostFate::Remove => Some("removed"),
        };
        match word {
            None => change!(self, conn => sqlx::query(LET_GO).bind(platform).bind(case.0)
                .execute(conn).await.map(|_| ()))?,
            Some(word) => change!(self, conn => sqlx::query(KEEP_BACK)
                .bind(platform).bind(case.0).bind(word).bind(at.0).bind(by.0)
                .execute(conn).await.map(|_| ()))?,
        }
        match fate {
            PostFate::LetGo => change!(self, conn => sqlx::query(LET_ACTIVITY_GO)
                .bind(platform).bind(case.0).bind(at.0).execute(conn).await.map(|_| ()))?,
            PostFate::Remove => change!(self, conn => sqlx::query(REMOVE_ACTIVITY)
                .bind(platform).bind(case.0).bind(at.0).bind(by.0).execute(conn).await.map(|_| ()))?,
            PostFate::Hide => {}
        }
        self.touch();
        Ok(())
    }

    /// Objects to the last decision; `Stale` when the case is not decided any more, or this party objected already.
    pub async fn insert_appeal(&mut self, permit: &Permit<Appeal>, new: &NewAppeal<'_>) -> Result<Saved> {
        self.allow_for(permit, new.case.0)?;
        let platform = self.platform().0;
        let appealed = change!(self, conn => sqlx::query(APPEALED)
            .bind(platform).bind(new.case.0).bind(new.expected_version)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if appealed == 0 {
            return Ok(Saved::Stale);
        }
        let made = change!(self, conn => sqlx::query(APPEAL)
            .bind(platform).bind(new.id.0).bind(new.case.0).bind(new.party.key()).bind(new.party_id)
            .bind(new.at.0).bind(new.message)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(if made == 1 { Saved::Done { version: new.expected_version + 1 } } else { Saved::Stale })
    }

    /// Answers the objections of a case, and undoes what was decided when they were right.
    pub async fn decide_appeal(
        &mut self,
        permit: &Permit<DecideAppeal>,
        new: &NewAnswer<'_>,
    ) -> Result<Saved> {
        self.allow_for(permit, new.case.0)?;
        let by = self.actor(permit)?;
        let platform = self.platform().0;
        let answered = change!(self, conn => sqlx::query(ANSWERED)
            .bind(platform).bind(new.case.0).bind(new.expected_version).bind(new.fate.status.key())
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if answered == 0 {
            return Ok(Saved::Stale);
        }
        change!(self, conn => sqlx::query(ANSWER)
            .bind(platform).bind(new.case.0).bind(new.outcome.key()).bind(by.0).bind(new.at.0).bind(new.reasons)
            .execute(conn).await.map(|_| ()))?;
        if new.outcome == Outcome::Overturned {
            for sql in [OVERTURN, LIFT] {
                change!(self, conn => sqlx::query(sql)
                    .bind(platform).bind(new.case.0).bind(new.at.0).execute(conn).await.map(|_| ()))?;
            }
            self.set_fate(new.case, new.fate.post, by, new.at).await?;
        }
        Ok(Saved::Done { version: new.expected_version + 1 })
    }
}
