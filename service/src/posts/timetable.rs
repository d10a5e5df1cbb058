//! What happens to posts by the clock: planned ones are published, and those whose last day is over leave the lists.
//! Every server process looks; claims in the database see to it that each thing happens once (ADR 0019).

use std::sync::Arc;

use domain::actor::{Actor, SignedIn};
use domain::clock::Timestamp;
use domain::id::{DraftId, MemberId, PlatformId, PostId, SessionId};
use domain::members::sign_in::SessionStage;
use domain::permit::Permit;
use domain::posts::PostText;
use store::Write;
use store::sessions::SessionRecord;

use super::write::publish_planned;
use crate::Error;
use crate::context::{BaseUrl, Request, Services};
use crate::mail::{Message, Note};
use crate::moderation::{Letters, Look, To};

/// How many are published in one go.
const AT_ONCE: i64 = 50;
/// Where somebody finds their drafts.
const OWN_DRAFTS: &str = "/account/concepten";

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub published: u64,
    /// Planned, and could not be published: a role or an account ended, a topic is gone.
    pub refused: u64,
    pub expired: u64,
}

/// Does what is due now.
///
/// # Errors
/// The database. One draft that cannot be published keeps no other from it.
pub async fn run(services: &Services, base: BaseUrl<'_>) -> Result<Done, Error> {
    let now = services.clock.now();
    let mut done = Done::default();
    for platform in services.store.with_expired_posts(now).await? {
        let mut write = services.store.on(platform).write().await?;
        done.expired += write.expire_posts(&Permit::for_the_platform_itself(platform), now).await?;
        write.commit().await?;
    }
    for (platform, member, id) in services.store.due_drafts(now, AT_ONCE).await? {
        match Box::pin(publish(services, base, (platform, member, id), now)).await {
            Ok(Some(true)) => done.published += 1,
            Ok(Some(false)) => done.refused += 1,
            Ok(None) => {}
            Err(error) => crate::error::log(&error),
        }
    }
    Ok(done)
}

/// `true` when this process published it, `false` when it refused it, `None` when there was nothing to do (any more).
async fn publish(
    services: &Services,
    base: BaseUrl<'_>,
    (platform, member, id): (PlatformId, MemberId, DraftId),
    now: Timestamp,
) -> Result<Option<bool>, Error> {
    let tenant = services.store.on(platform);
    let Some(record) = tenant.draft(member, id).await? else { return Ok(None) };
    let Some(community) = Request::by_the_clock(services, base, platform).await? else { return Ok(None) };
    let Some(request) = on_behalf_of(community, member).await? else { return Ok(None) };
    match publish_planned(&request, &record).await {
        Ok(post) => Ok(post.map(|_| true)),
        Err(Error::Invalid(_) | Error::Denied(_)) => {
            let mut write = request.tenant.write().await?;
            let permit = Permit::for_the_platform_itself(platform);
            if !write.refuse_draft(&permit, member, id, now).await? {
                return Ok(None);
            }
            tell_refused(&request, &mut write, &record.json).await?;
            write.commit().await?;
            Ok(Some(false))
        }
        Err(error) => Err(error),
    }
}

/// The same as if somebody asked at this moment, with the roles that they have now.
async fn on_behalf_of(community: Request, member: MemberId) -> Result<Option<Request>, Error> {
    let (tenant, now) = (&community.tenant, community.now);
    let Some(mut known) = tenant.member(member).await? else { return Ok(None) };
    known.suspended = known.suspended || tenant.suspension_of(member, now).await?.is_some();
    let grants = tenant.grants(member, now).await?;
    let signed_in = SignedIn { member, grants: grants.clone(), suspended: known.suspended };
    let locale = crate::mail::language_for(Some(&known), community.platform.locale, &community.platform);
    let session = SessionRecord {
        id: SessionId::new(now, community.services.random.as_ref()),
        salt: String::new(),
        member: known,
        stage: SessionStage::Complete,
        created_at: now,
        seen_at: now,
        ends_at: now,
        grants,
        has_totp: false,
        has_password: false,
        waiting: Vec::new(),
        asked: None,
        mine: None,
    };
    let actor = Actor { platform: community.platform.id, signed_in: Some(signed_in) };
    Ok(Some(Request { actor, session: Some(Arc::new(session)), locale, ..community }))
}

/// A mail to the author, unless they get one already because a moderator looks first.
pub(super) async fn tell_published(
    request: &Request,
    write: &mut Write,
    text: &PostText,
    post: PostId,
    look: Look,
) -> Result<(), Error> {
    let Some(session) = request.session.as_ref().filter(|_| look != Look::Hold) else { return Ok(()) };
    let author = &session.member;
    let link = format!("/berichten/{post}");
    let note = Note::Published { name: &author.name, title: &text.title, link: &link };
    Letters::new(request, write).send(&To::member(request, author), &Message::Note(note)).await
}

async fn tell_refused(request: &Request, write: &mut Write, json: &str) -> Result<(), Error> {
    let Some(session) = &request.session else { return Ok(()) };
    let author = &session.member;
    let draft: domain::posts::draft::Draft = serde_json::from_str(json).unwrap_or_default();
    let note = Note::NotPublished { name: &author.name, title: &draft.title, link: OWN_DRAFTS };
    Letters::new(request, write).send(&To::member(request, author), &Message::Note(note)).await
}
