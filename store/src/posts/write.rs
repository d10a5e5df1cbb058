//! Publishing a post.

use domain::area::AreaTree;
use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId, PostId};
use domain::permit::Permit;
use domain::permit::action::CreatePost;
use domain::posts::PostText;
use domain::posts::scene::Scene;
use domain::search::{FoundId, FoundKind};
use uuid::Uuid;

use super::{area_rows, closure, id_list_text};
use crate::conn::{change, change_together};
use crate::dialect;
use crate::error::{Result, known};
use crate::search::{Filed, file_new_post, file_post};
use crate::tenant::{Tenant, Write};

/// A post about to be published.
#[derive(Clone, Copy, Debug)]
pub struct NewPost<'a> {
    pub id: PostId,
    pub text: &'a PostText,
    /// Sanitised.
    pub html: &'a str,
    pub excerpt: &'a str,
    pub on_behalf_of: Option<&'a str>,
    pub official: bool,
    pub at: Timestamp,
    /// From when on it is not on lists any more.
    pub expires_at: Option<Timestamp>,
    /// The platform's areas, to file the post under those above its own too.
    pub tree: &'a AreaTree,
}

/// A transaction that is to publish a post, and what its author published lately.
#[derive(Debug)]
pub struct Publishing {
    pub write: Write,
    /// How many since the moment from which on they count.
    pub lately: i64,
    /// One that has this text already: a double click, not a second post.
    pub same: Option<PostId>,
}

impl Tenant {
    /// Begins the transaction that publishes a post of the permit's member: with how many they published since
    /// `counted_from`, and which of those since `same_from` has this text already. Until it ends they publish no other.
    pub async fn begin_post(
        &self,
        permit: &Permit<CreatePost>,
        counted_from: Timestamp,
        same_from: Timestamp,
        (title, body): (&str, &str),
    ) -> Result<Publishing> {
        self.allow(permit)?;
        let mut write = self.write_with_first().await?;
        let author = write.actor(permit)?;
        write.lock_member(author).await?;
        let (platform, text) = (self.platform().0, write.opening(dialect::posts::LATELY));
        let (lately, same): (i64, Option<Uuid>) = change!(write, conn => sqlx::query_as(text)
            .bind(platform).bind(author.0).bind(counted_from.0).bind(same_from.0).bind(title).bind(body)
            .fetch_one(conn).await)?;
        Ok(Publishing { write, lately, same: same.map(PostId) })
    }
}

impl Write {
    /// Publishes a post as its first version.
    pub async fn insert_post(&mut self, permit: &Permit<CreatePost>, new: &NewPost<'_>) -> Result<()> {
        let author = self.actor(permit)?;
        insert_row(self, author, new).await
    }

    /// Fifty clicks at once come one after the other from here on.
    pub(crate) async fn lock_member(&mut self, member: MemberId) -> Result<()> {
        let Some(sql) = dialect::lock_member(self.kind()) else { return Ok(()) };
        let platform = self.platform().0;
        change!(self, conn => sqlx::query(sql)
            .bind(platform).bind(member.0).execute(conn).await.map(|_| ()))
    }
}

/// The post, its first version, and where it is found.
pub(crate) async fn insert_row(write: &mut Write, author: MemberId, new: &NewPost<'_>) -> Result<()> {
    let platform = write.platform().0;
    let text = new.text;
    let areas = id_list_text(&text.areas);
    let under = area_rows(&text.areas, new.tree)?;
    let content = known(serde_json::to_string(text).ok(), "post_revision", "content", new.id)?;
    change_together!(write, dialect::posts::publish(write.kind()), query => query
        .bind(platform).bind(new.id.0).bind(text.kind.key()).bind(text.topic.map(|id| id.0))
        .bind(author.0).bind(new.on_behalf_of).bind(new.official).bind(new.at.0)
        .bind(&areas).bind(text.scene.map(Scene::key)).bind(&text.scene_alt).bind(&text.title)
        .bind(new.excerpt).bind(new.html).bind(&text.body)
        .bind(new.expires_at.map(|at| at.0)).bind(&content).bind(&under))?;
    let areas = areas_above(text, new.tree);
    file_new_post(write, &filed(new.id, new.at, text, &areas)).await?;
    write.touch();
    Ok(())
}

/// Files a post anew under its words, so that search finds it.
pub(super) async fn file(
    write: &mut Write,
    id: PostId,
    published_at: Timestamp,
    text: &PostText,
    tree: &AreaTree,
) -> Result<()> {
    let areas = areas_above(text, tree);
    file_post(write, &filed(id, published_at, text, &areas)).await
}

fn areas_above(text: &PostText, tree: &AreaTree) -> Vec<AreaId> {
    closure(&text.areas, tree).into_iter().map(|(area, _)| area).collect()
}

fn filed<'a>(id: PostId, published_at: Timestamp, text: &'a PostText, areas: &'a [AreaId]) -> Filed<'a> {
    Filed {
        id: FoundId::Post(id),
        published_at,
        kind: FoundKind::Post(text.kind),
        topic: text.topic,
        areas,
        title: &text.title,
        body: &text.body,
    }
}
