//! From rows to posts.

use domain::clock::Timestamp;
use domain::comments::Talk;
use domain::id::{AreaId, MemberId, PhotoId, PostId, TopicId};
use domain::photos::Focus;
use domain::posts::scene::Scene;
use domain::posts::{Cover, Post, PostKind, PostStatus, PostSummary, PostText};
use uuid::Uuid;

use crate::error::{Result, known};

/// Areas as a JSON list of keys.
pub(crate) fn id_list_text(areas: &[AreaId]) -> String {
    serde_json::to_string(areas).unwrap_or_else(|_| "[]".to_owned())
}

fn id_list(text: &str, row: Uuid) -> Result<Vec<AreaId>> {
    known(serde_json::from_str(text).ok(), "post", "area_ids", row)
}

#[derive(sqlx::FromRow)]
pub(crate) struct SummaryRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) title: String,
    excerpt: String,
    topic_id: Option<Uuid>,
    pub(crate) area_ids: String,
    scene: Option<String>,
    scene_alt: String,
    author_name: String,
    on_behalf_of: Option<String>,
    official: bool,
    published_at: i64,
    edited_at: Option<i64>,
    pinned_by_name: Option<String>,
    comments: i64,
    thanks: i64,
    cover_id: Option<Uuid>,
    cover_x: Option<i64>,
    cover_y: Option<i64>,
    cover_width: Option<i64>,
}

pub(crate) fn summary(row: SummaryRow) -> Result<PostSummary> {
    Ok(PostSummary {
        id: PostId(row.id),
        kind: known(PostKind::from_key(&row.kind), "post", "kind", row.id)?,
        areas: id_list(&row.area_ids, row.id)?,
        title: row.title,
        excerpt: row.excerpt,
        topic: row.topic_id.map(TopicId),
        scene: row.scene.as_deref().and_then(Scene::from_key),
        scene_alt: row.scene_alt,
        cover: row.cover_id.map(|id| Cover {
            photo: PhotoId(id),
            focus: Focus::nearest(row.cover_x.unwrap_or(50), row.cover_y.unwrap_or(50)),
            width: row.cover_width.and_then(|width| u32::try_from(width).ok()).unwrap_or_default(),
        }),
        author_name: row.author_name,
        on_behalf_of: row.on_behalf_of,
        official: row.official,
        published_at: Timestamp(row.published_at),
        edited_at: row.edited_at.map(Timestamp),
        pinned_by_name: row.pinned_by_name,
        comments: row.comments,
        thanks: row.thanks,
    })
}

#[derive(sqlx::FromRow)]
pub(super) struct PostRow {
    id: Uuid,
    status: String,
    kind: String,
    topic_id: Option<Uuid>,
    author_id: Uuid,
    author_name: String,
    on_behalf_of: Option<String>,
    official: bool,
    version: i64,
    published_at: i64,
    edited_at: Option<i64>,
    pinned_until: Option<i64>,
    pinned_by_name: Option<String>,
    pinned_by: Option<Uuid>,
    removed_by: Option<Uuid>,
    expires_at: Option<i64>,
    area_ids: String,
    scene: Option<String>,
    scene_alt: String,
    title: String,
    excerpt: String,
    html: String,
    body: String,
    comments: i64,
    talk_version: i64,
    thanks: i64,
    closed: bool,
}

pub(super) fn post(row: PostRow) -> Result<Post> {
    Ok(Post {
        id: PostId(row.id),
        text: PostText {
            kind: known(PostKind::from_key(&row.kind), "post", "kind", row.id)?,
            areas: id_list(&row.area_ids, row.id)?,
            title: row.title,
            body: row.body,
            topic: row.topic_id.map(TopicId),
            scene: row.scene.as_deref().and_then(Scene::from_key),
            scene_alt: row.scene_alt,
        },
        html: row.html,
        excerpt: row.excerpt,
        status: known(PostStatus::from_key(&row.status), "post", "status", row.id)?,
        author: MemberId(row.author_id),
        author_name: row.author_name,
        on_behalf_of: row.on_behalf_of,
        official: row.official,
        version: row.version,
        published_at: Timestamp(row.published_at),
        edited_at: row.edited_at.map(Timestamp),
        pinned_until: row.pinned_until.map(Timestamp),
        pinned_by_name: row.pinned_by_name,
        pinned_by: row.pinned_by.map(MemberId),
        removed_by: row.removed_by.map(MemberId),
        expires_at: row.expires_at.map(Timestamp),
        talk: Talk {
            comments: row.comments,
            version: row.talk_version,
            thanks: row.thanks,
            closed: row.closed,
        },
    })
}
