//! Under which areas a post is found: those it names, and all that they lie in.

use domain::area::AreaTree;
use domain::clock::Timestamp;
use domain::id::{AreaId, PostId};

use crate::conn::change;
use crate::dialect;
use crate::error::{Result, known};
use crate::tenant::Write;

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

/// The same as a JSON list, as the statements take it.
pub(super) fn area_rows(areas: &[AreaId], tree: &AreaTree) -> Result<String> {
    let rows: Vec<(String, bool)> = closure(areas, tree)
        .into_iter()
        .map(|(area, direct)| (area.0.simple().to_string(), direct))
        .collect();
    known(serde_json::to_string(&rows).ok(), "post_area", "area_id", "")
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
    let (text, rows) = (dialect::posts::insert_areas(write.kind()), area_rows(areas, tree)?);
    change!(write, conn => sqlx::query(text)
        .bind(platform).bind(id.0).bind(published_at.0).bind(&rows).execute(conn).await.map(|_| ()))
}
