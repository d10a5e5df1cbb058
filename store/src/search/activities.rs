//! Filing activities under their words. They are found as posts are; those that are over come last.

use std::collections::BTreeMap;

use domain::clock::Timestamp;
use domain::id::{ActivityId, AreaId, TopicId};
use domain::search::{FoundId, FoundKind};
use uuid::Uuid;

use super::file::{BATCH, Filed, RULES, file_entry};
use crate::conn::change;
use crate::dialect::search as sql;
use crate::error::{Result, known};
use crate::store::Store;
use crate::tenant::{Tenant, Write};

const ONE: &str = "SELECT id, topic_id, area_ids, created_at, title, body, place FROM activity
    WHERE platform_id = $1 AND id = $2";
const AREAS: &str = "SELECT id, parent_id FROM area WHERE platform_id = $1";

type Row = (Uuid, Option<Uuid>, String, i64, String, String, String);
/// What each area lies in.
type Parents = BTreeMap<Uuid, Option<Uuid>>;

/// Files an activity anew under its words. Whatever writes its title, text, place, topic or areas calls this in the same
/// transaction; its status and its times need nothing.
pub(crate) async fn file_activity(write: &mut Write, id: ActivityId) -> Result<()> {
    let platform = write.platform().0;
    let row: Option<Row> = change!(write, conn => sqlx::query_as(ONE)
        .bind(platform).bind(id.0).fetch_optional(conn).await)?;
    let Some(row) = row else { return Ok(()) };
    let parents = parents(write).await?;
    file_row(write, &row, &parents).await
}

async fn parents(write: &mut Write) -> Result<Parents> {
    let platform = write.platform().0;
    let rows: Vec<(Uuid, Option<Uuid>)> = change!(write, conn => sqlx::query_as(AREAS)
        .bind(platform).fetch_all(conn).await)?;
    Ok(rows.into_iter().collect())
}

/// These areas with all that they lie in, each once.
fn with_all_above(areas: &[AreaId], parents: &Parents) -> Vec<AreaId> {
    let mut found: Vec<AreaId> = Vec::new();
    for area in areas {
        let mut at = Some(area.0);
        // What was there already has been followed to its end.
        while let Some(id) = at.filter(|id| !found.contains(&AreaId(*id))) {
            found.push(AreaId(id));
            at = parents.get(&id).copied().flatten();
        }
    }
    found
}

async fn file_row(write: &mut Write, row: &Row, parents: &Parents) -> Result<()> {
    let (id, topic, areas, created_at, title, body, place) = row;
    let areas: Vec<AreaId> = known(serde_json::from_str(areas).ok(), "activity", "area_ids", id)?;
    let filed = Filed {
        id: FoundId::Activity(ActivityId(*id)),
        published_at: Timestamp(*created_at),
        kind: FoundKind::Activity,
        topic: topic.map(TopicId),
        areas: &with_all_above(&areas, parents),
        title,
        body: &format!("{body}\n{place}"),
    };
    file_entry(write, &filed).await
}

impl Store {
    /// Files every activity that is not filed, or by older rules; says how many those were.
    pub(crate) async fn file_activities(&self) -> Result<u64> {
        let mut filed = 0;
        for platform in self.platform_ids().await? {
            let tenant = self.on(platform);
            let mut last = Uuid::nil();
            loop {
                let (count, to) = tenant.file_some_activities(last).await?;
                filed += count;
                match to {
                    Some(to) => last = to,
                    None => break,
                }
            }
        }
        Ok(filed)
    }
}

impl Tenant {
    async fn file_some_activities(&self, after: Uuid) -> Result<(u64, Option<Uuid>)> {
        let platform = self.platform().0;
        let mut write = self.write().await?;
        let text = sql::unfiled_activities(write.kind());
        let rows: Vec<Row> = change!(write, conn => sqlx::query_as(text)
            .bind(platform).bind(after).bind(RULES).bind(BATCH).fetch_all(conn).await)?;
        if rows.is_empty() {
            return Ok((0, None));
        }
        let parents = parents(&mut write).await?;
        for row in &rows {
            file_row(&mut write, row, &parents).await?;
        }
        write.commit().await?;
        Ok((rows.len() as u64, rows.last().map(|row| row.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_brings_what_it_lies_in_and_a_circle_ends() {
        let key = Uuid::from_u128;
        let parents = Parents::from([
            (key(1), None),
            (key(2), Some(key(1))),
            (key(3), Some(key(2))),
            (key(8), Some(key(9))),
            (key(9), Some(key(8))),
        ]);
        let lines = |areas: &[u128]| {
            let areas: Vec<AreaId> = areas.iter().map(|area| AreaId(key(*area))).collect();
            with_all_above(&areas, &parents).into_iter().map(|area| area.0.as_u128()).collect::<Vec<_>>()
        };
        assert_eq!(lines(&[3, 2]), [3, 2, 1]);
        assert_eq!(lines(&[8]), [8, 9]);
        assert_eq!(lines(&[]), [] as [u128; 0]);
    }
}
