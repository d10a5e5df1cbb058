//! Under which areas a post is found: those it names, and all that they lie in.

use domain::area::AreaTree;
use domain::clock::Timestamp;
use domain::id::{AreaId, PostId};

use crate::conn::change;
use crate::error::Result;
use crate::tenant::Write;

const INSERT: &str = "INSERT INTO post_area (platform_id, area_id, published_at, post_id, direct)
    VALUES ($1, $2, $3, $4, $5)";
const FORGET: &str = "DELETE FROM post_area WHERE platform_id = $1 AND post_id = $2";

/// The areas under which a post is found, each with whether its author chose it.
pub(crate) fn closure(areas: &[AreaId], tree: &AreaTree) -> Vec<(AreaId, bool)> {
    let mut found: Vec<(AreaId, bool)> = Vec::new();
    for area in areas {
        for above in tree.line(*area) {
            if !found.iter().any(|(seen, _)| *seen == above) {
                found.push((above, areas.contains(&above)));
            }
        }
    }
    found
}

/// Files a post under its areas.
pub(crate) async fn insert_areas(
    write: &mut Write,
    id: PostId,
    published_at: Timestamp,
    areas: &[AreaId],
    tree: &AreaTree,
) -> Result<()> {
    let platform = write.platform().0;
    for (area, direct) in closure(areas, tree) {
        change!(write, conn => sqlx::query(INSERT)
            .bind(platform).bind(area.0).bind(published_at.0).bind(id.0).bind(direct)
            .execute(conn).await.map(|_| ()))?;
    }
    Ok(())
}

/// Files a post anew.
pub(super) async fn replace_areas(
    write: &mut Write,
    id: PostId,
    published_at: Timestamp,
    areas: &[AreaId],
    tree: &AreaTree,
) -> Result<()> {
    let platform = write.platform().0;
    change!(write, conn => sqlx::query(FORGET)
        .bind(platform).bind(id.0).execute(conn).await.map(|_| ()))?;
    insert_areas(write, id, published_at, areas, tree).await
}
