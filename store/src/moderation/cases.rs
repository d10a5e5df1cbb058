//! Cases: one for each piece of content at a time, whoever gives notice of it.

use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId, CaseId, CommentId, MemberId, PostId, TopicId};
use domain::moderation::decision::DecisionKind;
use domain::moderation::{CaseOrigin, CaseStatus, Snapshot, Subject};
use domain::permit::Permit;
use domain::permit::action::{EditActivity, EditComment, EditPost, GiveNotice, Operate};
use uuid::Uuid;

use crate::conn::{change, read};
use crate::error::{Result, known};
use crate::posts::id_list_text;
use crate::tenant::{Tenant, Write};

/// The columns of a case.
macro_rules! case_columns {
    () => {
        "SELECT c.id, c.status, c.origin, c.subject_kind, c.subject_id, c.subject_key, c.author_id, c.area_ids,
            c.topic_id, c.notices, c.version, c.created_at, c.outcome, c.decided_by, c.decided_at, c.due_at,
            c.changed_at, c.snapshot"
    };
}
pub(super) use case_columns;

macro_rules! cases {
    ($rest:literal) => {
        concat!(case_columns!(), " FROM moderation_case c WHERE c.platform_id = $1 ", $rest)
    };
}

/// Fifty at once make one: whoever is second adds to the first.
const OPEN: &str = "INSERT INTO moderation_case
        (platform_id, id, status, origin, subject_kind, subject_id, subject_key, author_id, area_ids, topic_id,
         notices, version, created_at, snapshot)
    VALUES ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $12)
    ON CONFLICT (platform_id, subject_key) WHERE status IN ('open', 'asked')
    DO UPDATE SET notices = moderation_case.notices + excluded.notices
    RETURNING id";
const ONE: &str = cases!("AND c.id = $2");
const OLDEST_FIRST: &str = cases!(
    "AND c.status = $2 AND (c.created_at, c.id) > ($3, $4) AND (c.origin = 'held') = $5
     ORDER BY c.created_at, c.id LIMIT $6"
);
const OLDEST_FIRST_OF_ALL: &str =
    cases!("AND c.status = $2 AND (c.created_at, c.id) > ($3, $4) ORDER BY c.created_at, c.id LIMIT $5");
const NEWEST_FIRST: &str = cases!(
    "AND c.status = $2 AND (c.created_at, c.id) < ($3, $4) ORDER BY c.created_at DESC, c.id DESC LIMIT $5"
);
const OF_AUTHOR: &str = cases!("AND c.author_id = $2 ORDER BY c.created_at DESC LIMIT 50");
const OF_CONTENT: &str = cases!("AND c.subject_key = $2 ORDER BY c.created_at DESC LIMIT 1");
/// Back to the queue, unless the same content has another case there already: then the moderators look anyway.
const CHANGED: &str = "UPDATE moderation_case
    SET status = 'open', changed_at = $3, version = version + 1
    WHERE platform_id = $1 AND subject_key = $2
      AND (status = 'asked' OR (status = 'decided' AND outcome = 'hide' AND NOT EXISTS (
        SELECT 1 FROM moderation_case o WHERE o.platform_id = moderation_case.platform_id
          AND o.subject_key = moderation_case.subject_key AND o.status IN ('open', 'asked'))))";
const PAST: &str = "UPDATE moderation_case SET created_at = $3 WHERE platform_id = $1 AND id = $2";

/// Lists of cases with their names, for the test that reads their query plans.
#[doc(hidden)]
pub const fn queue_statements() -> [(&'static str, &'static str); 5] {
    [
        ("open cases", OLDEST_FIRST),
        ("appealed cases", OLDEST_FIRST_OF_ALL),
        ("decided cases", NEWEST_FIRST),
        ("cases of an author", OF_AUTHOR),
        ("cases of content", OF_CONTENT),
    ]
}

/// A case about to begin.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    pub id: CaseId,
    pub origin: CaseOrigin,
    pub subject: &'a Subject,
    pub author: Option<MemberId>,
    pub areas: &'a [AreaId],
    pub topic: Option<TopicId>,
    /// How many notices it begins with, or gets more.
    pub notices: i64,
    pub snapshot: &'a Snapshot,
    pub at: Timestamp,
}

/// Where a notice went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    pub id: CaseId,
    /// It began now; otherwise it was there already.
    pub is_new: bool,
}

/// Which part of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Open,
    Held,
    Asked,
    Appealed,
    Decided,
    Closed,
}

/// A case with the content as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRecord {
    pub id: CaseId,
    pub status: CaseStatus,
    pub origin: CaseOrigin,
    pub subject: Subject,
    pub author: Option<MemberId>,
    pub areas: Vec<AreaId>,
    pub topic: Option<TopicId>,
    pub notices: i64,
    pub version: i64,
    pub created_at: Timestamp,
    pub outcome: Option<DecisionKind>,
    pub decided_by: Option<MemberId>,
    pub decided_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub changed_at: Option<Timestamp>,
    pub snapshot: Snapshot,
}

/// What a list shows of a case is all of it: the content is cut where it is shown.
pub type CaseSummary = CaseRecord;
/// A case about what somebody wrote, for them.
pub type OfAuthor = CaseRecord;

/// As much of a case as decides whose queue it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub areas: Vec<AreaId>,
    pub topic: Option<TopicId>,
    pub author: Option<MemberId>,
    /// Who decided first, where somebody objected.
    pub not_for: Option<MemberId>,
}

/// What the author of something is asked to change in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedOf {
    /// Of what ([`Subject::key`]).
    pub subject: String,
    pub facts: String,
    pub until: Option<Timestamp>,
}

impl AskedOf {
    /// What stands beside a session (`dialect::sessions`), the last decision first.
    pub(crate) fn listed(json: Option<&str>) -> Result<Vec<Self>> {
        type Row = (String, i64, String, Option<i64>);
        let Some(json) = json else { return Ok(Vec::new()) };
        let rows: Option<Vec<Row>> = serde_json::from_str(json).ok();
        let mut rows = known(rows, TABLE, "the list", "what is asked")?;
        rows.sort_by_key(|(_, made_at, ..)| std::cmp::Reverse(*made_at));
        let one = |(subject, _, facts, until): Row| Self { subject, facts, until: until.map(Timestamp) };
        Ok(rows.into_iter().map(one).collect())
    }
}

impl Waiting {
    /// What stands beside a session (`dialect::sessions`).
    pub(crate) fn listed(json: Option<&str>) -> Result<Vec<Self>> {
        type Row = (String, Option<String>, Option<String>, Option<String>, String);
        const WHICH: &str = "a waiting case";
        let Some(json) = json else { return Ok(Vec::new()) };
        let rows: Vec<Row> = known(serde_json::from_str(json).ok(), TABLE, "the list", WHICH)?;
        // Nothing is an empty text in one database and null in the other.
        let key = |text: Option<String>| match text.filter(|text| !text.is_empty()) {
            Some(text) => known(text.parse::<Uuid>().ok(), TABLE, "a key", WHICH).map(Some),
            None => Ok(None),
        };
        rows.into_iter()
            .map(|(areas, topic, author, decided_by, status)| {
                Ok(Self {
                    areas: known(serde_json::from_str(&areas).ok(), TABLE, "area_ids", WHICH)?,
                    topic: key(topic)?.map(TopicId),
                    author: key(author)?.map(MemberId),
                    not_for: key(decided_by)?.filter(|_| status == "appealed").map(MemberId),
                })
            })
            .collect()
    }
}

#[derive(sqlx::FromRow)]
pub(super) struct CaseRow {
    id: Uuid,
    status: String,
    origin: String,
    subject_kind: String,
    subject_id: Option<Uuid>,
    subject_key: String,
    author_id: Option<Uuid>,
    area_ids: String,
    topic_id: Option<Uuid>,
    notices: i64,
    version: i64,
    created_at: i64,
    outcome: Option<String>,
    decided_by: Option<Uuid>,
    decided_at: Option<i64>,
    due_at: Option<i64>,
    changed_at: Option<i64>,
    snapshot: String,
}

const TABLE: &str = "moderation_case";

pub(super) fn record(row: CaseRow) -> Result<CaseRecord> {
    let id = row.id;
    let subject = match (row.subject_kind.as_str(), row.subject_id) {
        ("post", Some(post)) => Some(Subject::Post(PostId(post))),
        ("comment", Some(comment)) => Some(Subject::Comment(CommentId(comment))),
        ("activity", Some(activity)) => Some(Subject::Activity(ActivityId(activity))),
        ("address", _) => {
            let path = row.subject_key.strip_prefix("address:").unwrap_or_default();
            // One that names no page has a key of its own.
            Some(Subject::Address(if path.starts_with('/') { path.to_owned() } else { String::new() }))
        }
        _ => None,
    };
    Ok(CaseRecord {
        id: CaseId(id),
        status: known(CaseStatus::from_key(&row.status), TABLE, "status", id)?,
        origin: known(CaseOrigin::from_key(&row.origin), TABLE, "origin", id)?,
        subject: known(subject, TABLE, "subject_kind", id)?,
        author: row.author_id.map(MemberId),
        areas: known(serde_json::from_str(&row.area_ids).ok(), TABLE, "area_ids", id)?,
        topic: row.topic_id.map(TopicId),
        notices: row.notices,
        version: row.version,
        created_at: Timestamp(row.created_at),
        outcome: row
            .outcome
            .map(|key| known(DecisionKind::from_key(&key), TABLE, "outcome", id))
            .transpose()?,
        decided_by: row.decided_by.map(MemberId),
        decided_at: row.decided_at.map(Timestamp),
        due_at: row.due_at.map(Timestamp),
        changed_at: row.changed_at.map(Timestamp),
        snapshot: known(serde_json::from_str(&row.snapshot).ok(), TABLE, "snapshot", id)?,
    })
}

impl Tenant {
    pub async fn case(&self, id: CaseId) -> Result<Option<CaseRecord>> {
        let row: Option<CaseRow> = read!(self, conn => sqlx::query_as(ONE)
            .bind(self.platform().0).bind(id.0).fetch_optional(conn).await)?;
        row.map(record).transpose()
    }

    /// One page of the queue, after a case: the oldest first where somebody waits, the newest first where it is done.
    pub async fn queue(
        &self,
        tab: Tab,
        after: Option<(Timestamp, CaseId)>,
        limit: i64,
    ) -> Result<Vec<CaseSummary>> {
        let platform = self.platform().0;
        let from_end = matches!(tab, Tab::Decided | Tab::Closed);
        let (at, id) = after.map_or_else(
            || if from_end { (i64::MAX, Uuid::max()) } else { (i64::MIN, Uuid::nil()) },
            |(at, id)| (at.0, id.0),
        );
        let rows: Vec<CaseRow> = match tab {
            Tab::Open | Tab::Held => read!(self, conn => sqlx::query_as(OLDEST_FIRST)
                .bind(platform).bind("open").bind(at).bind(id).bind(tab == Tab::Held).bind(limit)
                .fetch_all(conn).await)?,
            Tab::Asked | Tab::Appealed => read!(self, conn => sqlx::query_as(OLDEST_FIRST_OF_ALL)
                .bind(platform).bind(if tab == Tab::Asked { "asked" } else { "appealed" })
                .bind(at).bind(id).bind(limit).fetch_all(conn).await)?,
            Tab::Decided | Tab::Closed => read!(self, conn => sqlx::query_as(NEWEST_FIRST)
                .bind(platform).bind(if tab == Tab::Decided { "decided" } else { "closed" })
                .bind(at).bind(id).bind(limit).fetch_all(conn).await)?,
        };
        rows.into_iter().map(record).collect()
    }

    /// The cases about what somebody wrote, newest first.
    pub async fn cases_of_author(&self, author: MemberId) -> Result<Vec<OfAuthor>> {
        let rows: Vec<CaseRow> = read!(self, conn => sqlx::query_as(OF_AUTHOR)
            .bind(self.platform().0).bind(author.0).fetch_all(conn).await)?;
        rows.into_iter().map(record).collect()
    }

    /// The newest case about some content.
    pub async fn case_of(&self, subject: &Subject) -> Result<Option<CaseRecord>> {
        let row: Option<CaseRow> = read!(self, conn => sqlx::query_as(OF_CONTENT)
            .bind(self.platform().0).bind(subject.key()).fetch_optional(conn).await)?;
        row.map(record).transpose()
    }
}

impl Write {
    /// Begins a case, or finds the one that is open for the same content.
    pub async fn open_case(&mut self, permit: &Permit<GiveNotice>, new: &NewCase<'_>) -> Result<Opened> {
        self.allow(permit)?;
        let platform = self.platform().0;
        let subject = new.subject;
        // Notices that name no page are about nothing that they could share.
        let key = match subject {
            Subject::Address(path) if path.is_empty() => format!("address:{}", new.id),
            _ => subject.key(),
        };
        let areas = id_list_text(new.areas);
        let snapshot = known(serde_json::to_string(new.snapshot).ok(), TABLE, "snapshot", new.id)?;
        let id: Uuid = change!(self, conn => sqlx::query_scalar(OPEN)
            .bind(platform).bind(new.id.0).bind(new.origin.key()).bind(subject.kind()).bind(subject.id())
            .bind(key).bind(new.author.map(|id| id.0)).bind(areas).bind(new.topic.map(|id| id.0))
            .bind(new.notices).bind(new.at.0).bind(snapshot)
            .fetch_one(conn).await)?;
        Ok(Opened { id: CaseId(id), is_new: id == new.id.0 })
    }

    /// The author (or a moderator) changed a post that somebody was asked to change: back to the queue with it.
    /// Whether there was such a case.
    pub async fn note_change(
        &mut self,
        permit: &Permit<EditPost>,
        post: PostId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, post.0)?;
        self.changed(&Subject::Post(post), at).await
    }

    /// The same for a comment.
    pub async fn note_comment_change(
        &mut self,
        permit: &Permit<EditComment>,
        comment: CommentId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, comment.0)?;
        self.changed(&Subject::Comment(comment), at).await
    }

    /// The same for an activity.
    pub async fn note_activity_change(
        &mut self,
        permit: &Permit<EditActivity>,
        activity: ActivityId,
        at: Timestamp,
    ) -> Result<bool> {
        self.allow_for(permit, activity.0)?;
        self.changed(&Subject::Activity(activity), at).await
    }

    async fn changed(&mut self, subject: &Subject, at: Timestamp) -> Result<bool> {
        let platform = self.platform().0;
        let changed = change!(self, conn => sqlx::query(CHANGED)
            .bind(platform).bind(subject.key()).bind(at.0)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        Ok(changed > 0)
    }

    /// A case that is brought in began earlier.
    pub async fn set_case_past(&mut self, permit: &Permit<Operate>, id: CaseId, at: Timestamp) -> Result<()> {
        self.allow(permit)?;
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(PAST).bind(platform).bind(id.0).bind(at.0)
            .execute(conn).await.map(|_| ()))
    }
}
