//! From a plan to the database: one transaction per platform.

use std::collections::BTreeMap;

use domain::id::PhotoId;
use domain::permit::Permit;
use domain::permit::action::{EditPost, Operate};
use domain::photos::{Arranged, may_add};
use domain::posts::policy::{PostFacts, may_edit};
use domain::posts::{PostStatus, PostText};
use domain::roles::Place;
use store::members::NewMember;
use store::operator::{NewGrant, NewPlatform, PostPast};
use store::photos::NewPhoto;
use store::posts::{NewPost, PostChange};
use store::{Saved, Store, Write};

use crate::plan::{PlannedEdit, PlannedPost, SitePlan};
use crate::talk;
use crate::{Developed, Error, Rendered, activities, drafts, initiatives, moderation};

/// The first version of everything.
const FIRST: i64 = 1;

/// What became of the pictures.
pub type Photos = BTreeMap<PhotoId, Developed>;

pub async fn site(
    store: &Store,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
    made: &Photos,
) -> Result<usize, Error> {
    let permit = Permit::<Operate>::for_the_platform_itself(site.platform.id);
    let tenant = store.on(site.platform.id);
    let mut write = tenant.write().await?;
    write.expect_much(&permit).await?;
    frame(&mut write, &permit, site).await?;
    people(&mut write, &permit, site).await?;
    for post in &site.posts {
        publish(&mut write, &permit, site, post, render).await?;
        photos(&mut write, site, post, made).await?;
    }
    talk::conversations(&mut write, &permit, site, render).await?;
    initiatives::lives(&mut write, &permit, site, render).await?;
    let times = activities::agenda(&mut write, &permit, site, render).await?;
    moderation::cases(&mut write, &permit, site, render).await?;
    drafts::in_the_making(&mut write, site).await?;
    write.commit().await?;
    Ok(times)
}

/// The platform itself with its areas and topics.
async fn frame(write: &mut Write, permit: &Permit<Operate>, site: &SitePlan) -> Result<(), Error> {
    let platform = &site.platform;
    let new = NewPlatform {
        id: platform.id,
        slug: &platform.slug,
        name: &platform.name,
        place: &platform.place,
        tagline: &platform.tagline,
        theme: &platform.theme,
        locale: platform.locale,
        locales: &platform.locales,
        launch: platform.launch,
        contact: &platform.contact,
        house_rules: &platform.house_rules,
        about: &platform.about,
        map: platform.map.as_ref(),
        hosts: &site.hosts,
        demo: true,
    };
    write.create_platform(permit, &new).await?;
    for (position, area) in (0..).zip(platform.areas.all()) {
        write.insert_area(permit, area, position).await?;
    }
    for (position, topic) in (0..).zip(&platform.topics) {
        write.insert_topic(permit, topic, position).await?;
    }
    Ok(())
}

async fn people(write: &mut Write, permit: &Permit<Operate>, site: &SitePlan) -> Result<(), Error> {
    for member in &site.members {
        let new = NewMember {
            id: member.id,
            name: &member.name,
            email: &member.email,
            area: member.area,
            locale: None,
            at: member.joined,
        };
        write.insert_member_as_operator(permit, &new, &member.about, member.demo).await?;
        if member.totp_secret.is_some() {
            write.set_secrets_as_operator(permit, member.id, None, member.totp_secret).await?;
        }
    }
    for grant in &site.grants {
        let new = NewGrant {
            id: grant.id,
            member: grant.member,
            role: grant.role,
            scope: grant.scope,
            by: grant.by,
            from: grant.from,
            until: None,
        };
        write.grant(permit, &new).await?;
    }
    Ok(())
}

async fn publish(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    post: &PlannedPost,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let first: &PostText = post.edit.as_ref().map_or(&post.text, |edit| &edit.before);
    let rendered = render(&first.body);
    let new = NewPost {
        id: post.id,
        text: first,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        on_behalf_of: post.on_behalf_of.as_deref(),
        official: post.official,
        at: post.published_at,
        expires_at: None,
        tree: &site.platform.areas,
    };
    let already = PostPast {
        edited_at: None,
        pinned_until: post.pinned.map(|(until, _)| until),
        pinned_by: post.pinned.map(|(_, by)| by),
    };
    write.insert_post_as_operator(permit, post.author, &new, &already).await?;
    match &post.edit {
        Some(edit) => change(write, site, post, edit, render).await,
        None => Ok(()),
    }
}

/// A real edit, with the editor's own permit, so that its history is there to be looked at.
async fn change(
    write: &mut Write,
    site: &SitePlan,
    post: &PlannedPost,
    edit: &PlannedEdit,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let wrong = || Error::Content(format!("the edit of {}", post.text.title));
    let permit: Permit<EditPost> =
        may_edit(&site.actor(edit.editor), &facts(site, post)).map_err(|_| wrong())?;
    let rendered = render(&post.text.body);
    let change = PostChange {
        id: post.id,
        expected_version: FIRST,
        text: &post.text,
        html: &rendered.html,
        excerpt: &rendered.excerpt,
        reason: &edit.reason,
        at: edit.at,
        unpin: false,
        tree: &site.platform.areas,
    };
    match write.update_post(&permit, &change).await? {
        Saved::Done { .. } => Ok(()),
        Saved::Stale => Err(wrong()),
    }
}

/// The photos of a post, sent and put there by its author when it was written.
async fn photos(write: &mut Write, site: &SitePlan, post: &PlannedPost, made: &Photos) -> Result<(), Error> {
    if post.photos.is_empty() {
        return Ok(());
    }
    let wrong = || Error::Content(format!("the photos of {}", post.text.title));
    let author = site.actor(post.author);
    let sends = may_add(&author).map_err(|_| wrong())?;
    for photo in &post.photos {
        let id = photo.arranged.id;
        let Developed { width, height, placeholder } = made.get(&id).ok_or_else(wrong)?;
        let (width, height) = (*width, *height);
        let new = NewPhoto { id, width, height, placeholder, at: post.published_at };
        write.insert_photo(&sends, &new).await?;
    }
    let edits: Permit<EditPost> = may_edit(&author, &facts(site, post)).map_err(|_| wrong())?;
    let arranged: Vec<Arranged> = post.photos.iter().map(|photo| photo.arranged.clone()).collect();
    if write.arrange_photos(&edits, post.id, &arranged, &[], post.published_at).await? {
        Ok(())
    } else {
        Err(wrong())
    }
}

fn facts(site: &SitePlan, post: &PlannedPost) -> PostFacts {
    PostFacts {
        id: post.id,
        author: post.author,
        status: PostStatus::Published,
        removed_by: None,
        pinned_by: None,
        official: post.official,
        on_behalf: post.on_behalf_of.is_some(),
        expires: false,
        place: Place::new(site.platform.id, &site.platform.areas, &post.text.areas, post.text.topic),
    }
}
