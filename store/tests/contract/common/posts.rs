use domain::actor::Actor;
use domain::clock::Timestamp;
use domain::id::{AreaId, MemberId, PostId, TopicId};
use domain::permit::Permit;
use domain::permit::action::{CreatePost, EditPost, PinPost, RemovePost, RestorePost};
use domain::posts::filter::PostFilter;
use domain::posts::policy::{self, PostFacts};
use domain::posts::scene::Scene;
use domain::posts::{Post, PostKind, PostText};
use domain::roles::Place;
use store::Saved;
use store::operator::PostPast;
use store::posts::{NewPost, PostChange};

use super::{NOW, World};

/// A text with this title and nothing special about it.
pub fn text(title: &str) -> PostText {
    PostText {
        title: title.to_owned(),
        body: format!("Over **{title}**."),
        kind: PostKind::News,
        topic: None,
        areas: vec![],
        scene: Some(Scene::Garden),
        scene_alt: "Een tuin".to_owned(),
    }
}

/// A post by Joke, published at [`NOW`] unless told otherwise.
pub fn a_post(title: &str) -> PostSpec {
    PostSpec { text: text(title), at: NOW, expires_at: None }
}

#[derive(Clone)]
pub struct PostSpec {
    pub text: PostText,
    pub at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

impl PostSpec {
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = at;
        self
    }
    pub fn until(mut self, until: Timestamp) -> Self {
        self.expires_at = Some(until);
        self
    }
    pub fn kind(mut self, kind: PostKind) -> Self {
        self.text.kind = kind;
        self
    }
    pub fn topic(mut self, topic: TopicId) -> Self {
        self.text.topic = Some(topic);
        self
    }
    pub fn in_area(mut self, area: AreaId) -> Self {
        self.text.areas.push(area);
        self
    }
}

impl World {
    pub fn may_create(&self) -> Permit<CreatePost> {
        policy::may_create(&self.resident(), PostKind::News, &Place::whole(self.platform))
            .expect("residents may publish")
    }

    pub fn new_post<'a>(&'a self, id: PostId, spec: &'a PostSpec) -> NewPost<'a> {
        NewPost {
            id,
            text: &spec.text,
            html: "<p>Over</p>",
            excerpt: "Over",
            on_behalf_of: None,
            official: false,
            at: spec.at,
            expires_at: spec.expires_at,
            tree: &self.tree,
        }
    }

    pub fn new_id(&self, at: Timestamp) -> PostId {
        PostId::new(at, &self.chance)
    }

    pub async fn publish(&self, spec: PostSpec) -> store::Result<PostId> {
        let id = self.new_id(spec.at);
        let mut write = self.tenant.write().await?;
        write.insert_post(&self.may_create(), &self.new_post(id, &spec)).await?;
        write.commit().await?;
        Ok(id)
    }

    /// Several at once, much faster than one by one.
    pub async fn publish_all(&self, specs: &[PostSpec], author: MemberId) -> store::Result<Vec<PostId>> {
        let permit = self.operate();
        let mut ids = Vec::new();
        let mut write = self.tenant.write().await?;
        for spec in specs {
            let id = self.new_id(spec.at);
            let new = self.new_post(id, spec);
            write.insert_post_as_operator(&permit, author, &new, &PostPast::default()).await?;
            ids.push(id);
        }
        write.commit().await?;
        Ok(ids)
    }

    pub async fn post(&self, id: PostId) -> store::Result<Post> {
        Ok(self.tenant.post(id).await?.expect("the post is there"))
    }

    async fn facts(&self, id: PostId) -> store::Result<PostFacts> {
        Ok(PostFacts::of(&self.post(id).await?, self.platform, &self.tree))
    }

    pub async fn may_edit(&self, actor: &Actor, id: PostId) -> store::Result<Permit<EditPost>> {
        Ok(policy::may_edit(actor, &self.facts(id).await?).expect("this actor may edit"))
    }

    pub async fn may_remove(&self, actor: &Actor, id: PostId) -> store::Result<Permit<RemovePost>> {
        Ok(policy::may_remove(actor, &self.facts(id).await?).expect("this actor may remove"))
    }

    pub async fn may_restore(&self, actor: &Actor, id: PostId) -> store::Result<Permit<RestorePost>> {
        Ok(policy::may_restore(actor, &self.facts(id).await?).expect("this actor may restore"))
    }

    pub async fn may_pin(&self, id: PostId) -> store::Result<Permit<PinPost>> {
        Ok(policy::may_pin(&self.connector(), &self.facts(id).await?).expect("connectors may pin"))
    }

    pub fn change<'a>(&'a self, id: PostId, version: i64, text: &'a PostText) -> PostChange<'a> {
        PostChange {
            id,
            expected_version: version,
            text,
            html: "<p>Anders</p>",
            excerpt: "Anders",
            reason: "spelling",
            at: super::at(5),
            unpin: false,
            tree: &self.tree,
        }
    }

    /// Saves `text` on top of `version`, as the author.
    pub async fn edit(&self, id: PostId, version: i64, text: &PostText) -> store::Result<Saved> {
        let permit = self.may_edit(&self.resident(), id).await?;
        let mut write = self.tenant.write().await?;
        let saved = write.update_post(&permit, &self.change(id, version, text)).await?;
        write.commit().await?;
        Ok(saved)
    }

    pub async fn remove(&self, actor: &Actor, id: PostId, at: Timestamp) -> store::Result<bool> {
        let permit = self.may_remove(actor, id).await?;
        let mut write = self.tenant.write().await?;
        let done = write.remove_post(&permit, id, None, at).await?;
        write.commit().await?;
        Ok(done)
    }

    pub async fn pin(&self, id: PostId, until: Option<Timestamp>) -> store::Result<bool> {
        let permit = self.may_pin(id).await?;
        let mut write = self.tenant.write().await?;
        let done = write.pin_post(&permit, id, until).await?;
        write.commit().await?;
        Ok(done)
    }

    /// The titles of the first page, below what is on top.
    pub async fn titles(&self, filter: PostFilter, now: Timestamp) -> store::Result<Vec<String>> {
        let on_top = self.tenant.pinned_posts(&filter, now).await?;
        let on_top: Vec<PostId> = on_top.into_iter().map(|post| post.id).collect();
        let page = self.tenant.list_posts(&filter, &on_top, now, 50).await?;
        Ok(page.items.into_iter().map(|post| post.title).collect())
    }

    /// The titles of what is on top.
    pub async fn pinned(&self, filter: PostFilter, now: Timestamp) -> store::Result<Vec<String>> {
        let posts = self.tenant.pinned_posts(&filter, now).await?;
        Ok(posts.into_iter().map(|post| post.title).collect())
    }
}
