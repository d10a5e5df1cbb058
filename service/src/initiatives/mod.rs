//! Initiatives: reading, taking part, and what the team says.

mod manage;
mod take_part;

use std::sync::Arc;

use domain::id::PostId;
use domain::initiatives::policy::{self, InitiativeFacts};
use domain::initiatives::{Initiative, Mine, Participant, Update};
use domain::photos::Photo;
use domain::posts::policy::PostFacts;
use domain::posts::{Post, PostKind, PostStatus};

use crate::Error;
use crate::context::Request;
use crate::posts::load;

pub use manage::{add_update, remove_need, remove_update, save_need, save_plan};
pub use take_part::{TeamAct, answer, join, leave, place};

/// Small posts in a feed.
const IN_FEED: i64 = 40;

/// An initiative with the photos of its post.
pub type WithPhotos = (Arc<Initiative>, Arc<Vec<Photo>>);

/// An initiative with its post, and what the reader may do.
#[derive(Clone, Debug)]
pub struct InitiativeView {
    pub post: Post,
    pub initiative: Initiative,
    pub mine: Mine,
    /// Empty for who may not see them.
    pub people: Vec<Participant>,
    pub may_see_people: bool,
    pub may_join: bool,
    pub may_lead: bool,
    pub may_manage: bool,
}

/// What everybody may know of an initiative, with the photos of its post, from memory when it is there; nothing for
/// posts of another kind.
///
/// # Errors
/// The database.
pub async fn of_post(request: &Request, post: &Post) -> Result<Option<Arc<WithPhotos>>, Error> {
    if post.text.kind != PostKind::Initiative {
        return Ok(None);
    }
    let id = post.id;
    let stored = Box::pin(async {
        let (initiative, photos) = request.tenant.initiative_with_photos(id).await?;
        Ok::<_, Error>((Arc::new(initiative), Arc::new(photos)))
    });
    let key = request.kept_as(format!("initiative {id}"));
    Ok(Some(request.services.memory.or_make(key, stored).await?))
}

/// An initiative for who may read it.
///
/// # Errors
/// Not there, no initiative, not for this reader (all look the same), or the database.
pub async fn view(request: &Request, id: PostId) -> Result<InitiativeView, Error> {
    let (post, initiative, mine, facts) = found(request, id).await?;
    let actor = &request.actor;
    let may_see_people = policy::may_see_people(actor, &facts);
    Ok(InitiativeView {
        people: if may_see_people { request.tenant.participants(id).await? } else { Vec::new() },
        may_see_people,
        may_join: policy::may_join(actor, &facts).is_ok(),
        may_lead: policy::may_lead(actor, &facts).is_ok(),
        may_manage: policy::may_manage(actor, &facts).is_ok(),
        post,
        initiative,
        mine,
    })
}

/// The post of a published initiative and its small posts, newest first: for its feed.
///
/// # Errors
/// Not there, or no published initiative, whoever asks; or the database.
pub async fn news(request: &Request, id: PostId) -> Result<(Post, Vec<Update>), Error> {
    let post = request.tenant.post(id).await?.ok_or(Error::NotFound)?;
    if post.text.kind != PostKind::Initiative || post.status != PostStatus::Published {
        return Err(Error::NotFound);
    }
    let news = request.tenant.initiative_news(id, IN_FEED).await?;
    Ok((post, news))
}

/// Everything that decides about an initiative, when this reader may see its post.
async fn found(request: &Request, id: PostId) -> Result<(Post, Initiative, Mine, InitiativeFacts), Error> {
    let (post, facts) = load(request, id).await?;
    if post.text.kind != PostKind::Initiative {
        return Err(Error::NotFound);
    }
    let initiative = request.tenant.initiative(id).await?;
    let mine = match request.actor.member_id() {
        Some(member) => request.tenant.my_initiative(id, member).await?,
        None => Mine::default(),
    };
    let facts = facts_of(facts, &post, &initiative, &mine);
    Ok((post, initiative, mine, facts))
}

fn facts_of(facts: PostFacts, post: &Post, initiative: &Initiative, mine: &Mine) -> InitiativeFacts {
    InitiativeFacts { post: facts, kind: post.text.kind, stage: initiative.stage, mine: mine.team }
}
