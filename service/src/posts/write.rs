//! Publishing a post.

use domain::clock::Span;
use domain::id::PostId;
use domain::limits::{POSTS_PER_MEMBER, POSTS_PER_NEWCOMER};
use domain::posts::PostKind;
use domain::posts::draft::Draft;
use domain::posts::policy;
use domain::problem::{Fault, Field};
use domain::roles::{Capability, Place, holds_somewhere};
use store::posts::NewPost;

use crate::context::Request;
use crate::{Error, drafts, markdown, moderation};

/// The same text by the same person within this time is a double click.
const TWICE: Span = Span::minutes(5);

/// Publishes a post and throws the kept draft away. A second click on the button
/// gives the first post again.
///
/// # Errors
/// The policy, what is wrong with the draft, too many in an hour, or the database.
pub async fn create(request: &Request, draft: &Draft) -> Result<PostId, Error> {
    // Ask first whether somebody may write at all: a visitor gets "sign in", not a list of faults.
    let whole = Place::whole(request.platform.id);
    policy::may_create(&request.actor, Default::default(), &whole)?;
    let valid = draft.check(&request.platform)?;
    let text = valid.text();
    let place = Place::new(request.platform.id, &request.platform.areas, &text.areas, text.topic);
    let permit = policy::may_create(&request.actor, text.kind, &place)
        .map_err(|_| Error::field(Field::Kind, Fault::NotYours))?;
    // The made-up communities have albums of before there were photos.
    if text.kind == PostKind::PhotoAlbum && valid.photos().is_empty() {
        return Err(Error::field(Field::Photos, Fault::Required));
    }
    if valid.on_behalf_of().is_some() && !policy::may_write_for_others(&request.actor, &place) {
        return Err(Error::field(Field::OnBehalfOf, Fault::NotYours));
    }
    let rendered = markdown::render(&text.body);
    let now = request.now;
    let id = PostId::new(now, request.services.random.as_ref());

    let newcomer = moderation::Newcomer::of(request).await?;
    let look = moderation::look_at_new(request, newcomer, text, &rendered.html).await?;
    let mut write = request.tenant.write().await?;
    let again = write.same_post_since(&permit, &text.title, &text.body, now.minus(TWICE)).await?;
    if let Some(first) = again {
        return Ok(first);
    }
    let busy = holds_somewhere(&request.actor, Capability::EditContent);
    let most = if newcomer.0 { POSTS_PER_NEWCOMER } else { POSTS_PER_MEMBER };
    let since = now.minus(most.per);
    if !busy && write.count_posts_since(&permit, since).await? >= most.times {
        return Err(Error::field(Field::Form, Fault::TooOften { minutes: 60 }));
    }
    write
        .insert_post(
            &permit,
            &NewPost {
                id,
                text,
                html: &rendered.html,
                excerpt: &rendered.excerpt,
                on_behalf_of: valid.on_behalf_of(),
                official: policy::is_official(&request.actor, &place),
                at: now,
                tree: &request.platform.areas,
            },
        )
        .await?;
    if !write.place_photos(&permit, id, valid.photos(), now).await? {
        return Err(Error::field(Field::Photos, Fault::Gone));
    }
    look.at(request, &mut write, &permit, id, text).await?;
    if valid.on_behalf_of().is_some() {
        write.audit(request.actor.member_id(), "post.consent", Some(id.0), now).await?;
    }
    drafts::discard_in(request, &mut write).await?;
    write.commit().await?;
    Ok(id)
}
