//! What of newcomers is looked at before everybody can read it, and what two accounts say in the same words.

use domain::id::{CommentId, PostId};
use domain::moderation::newcomers::{PROVEN_AFTER, SAME_TEXT_MIN, SAME_TEXT_WITHIN, is_new, leads_away};
use domain::moderation::{CaseOrigin, ContentKind, Snapshot, Subject, comment_page};
use domain::permit::Permit;
use domain::permit::action::{CreatePost, EditPost};
use domain::posts::{Post, PostText};

use super::letters::{Letters, To};
use super::notices::flag;
use crate::Error;
use crate::context::Request;
use crate::mail::{Message, Note};

/// Whether the member who asks is new here. Whoever has a role is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Newcomer(pub(crate) bool);

impl Newcomer {
    /// # Errors
    /// The database.
    pub(crate) async fn of(request: &Request) -> Result<Self, Error> {
        let Some(session) = request.session.as_ref().filter(|session| session.grants.is_empty()) else {
            return Ok(Self(false));
        };
        let member = &session.member;
        let new_for = request.services.settings.new_for;
        if !is_new(member.created_at, 0, new_for, request.now) {
            return Ok(Self(false));
        }
        let published = request.tenant.count_published(member.id, PROVEN_AFTER).await?;
        Ok(Self(is_new(member.created_at, published, new_for, request.now)))
    }
}

/// What is to be done with a new post, found out before its transaction begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Nothing,
    /// Keep it back until a moderator has looked.
    Hold,
    /// Others wrote the same: it stands there, and a moderator looks.
    SameText,
}

/// Looks at a text that is about to be published; everything that publishes one asks here first.
///
/// # Errors
/// The database.
pub(crate) async fn look_at_new(
    request: &Request,
    newcomer: Newcomer,
    text: &PostText,
    html: &str,
) -> Result<Look, Error> {
    if newcomer.0 && leads_away(html, &request.base_url) {
        return Ok(Look::Hold);
    }
    let Some(author) = request.actor.member_id() else { return Ok(Look::Nothing) };
    if !request.actor.grants().is_empty() || domain::text::length(&text.body) < SAME_TEXT_MIN {
        return Ok(Look::Nothing);
    }
    let since = request.now.minus(SAME_TEXT_WITHIN);
    let same = request.tenant.count_same_body(author, &text.body, since).await?;
    Ok(if same > 0 { Look::SameText } else { Look::Nothing })
}

impl Look {
    /// Does it, in the transaction that published the post.
    ///
    /// # Errors
    /// The database.
    pub(crate) async fn at(
        self,
        request: &Request,
        write: &mut store::Write,
        permit: &Permit<CreatePost>,
        id: PostId,
        text: &PostText,
    ) -> Result<(), Error> {
        let origin = match self {
            Self::Nothing => return Ok(()),
            Self::Hold => CaseOrigin::Held,
            Self::SameText => CaseOrigin::SameText,
        };
        if self == Self::Hold && !write.hold_new_post(permit, id).await? {
            return Ok(());
        }
        tell(request, write, origin, id, text, 1).await
    }
}

/// A newcomer put a link into a post that had none: it is looked at too, or else everybody would begin without one.
///
/// # Errors
/// The database.
pub(crate) async fn hold_changed(
    request: &Request,
    write: &mut store::Write,
    permit: &Permit<EditPost>,
    (newcomer, before): (Newcomer, &Post),
    text: &PostText,
    html: &str,
) -> Result<(), Error> {
    let base = &request.base_url;
    let own = request.actor.member_id() == Some(before.author);
    let added = leads_away(html, base) && !leads_away(&before.html, base);
    if newcomer.0 && own && added && write.hold_changed_post(permit, before.id).await? {
        tell(request, write, CaseOrigin::Held, before.id, text, before.version + 1).await?;
    }
    Ok(())
}

/// Whether a comment with this text waits for a moderator: its writer is new, and it leads to another site, which it
/// did not `before`.
///
/// # Errors
/// The database.
pub(crate) async fn holds_comment(request: &Request, html: &str, before: &str) -> Result<bool, Error> {
    let base = &request.base_url;
    if !leads_away(html, base) || leads_away(before, base) {
        return Ok(false);
    }
    Ok(Newcomer::of(request).await?.0)
}

/// Brings a comment that is held to the desk, and tells its writer.
///
/// # Errors
/// The database.
pub(crate) async fn flag_comment(
    request: &Request,
    write: &mut store::Write,
    post: &Post,
    (id, body, version): (CommentId, &str, i64),
) -> Result<(), Error> {
    let Some(session) = &request.session else { return Ok(()) };
    let author = &session.member;
    let snapshot = Snapshot {
        kind: ContentKind::Comment.key().to_owned(),
        title: post.text.title.clone(),
        page: comment_page(post.id, id),
        body: body.to_owned(),
        author_name: author.name.clone(),
        version,
    };
    let subject = (&Subject::Comment(id), author.id);
    flag(request, write, CaseOrigin::Held, subject, &snapshot, &post.text).await?;
    let title = &post.text.title;
    let note = Note::Held { name: &author.name, title, comment: true, link: &snapshot.page };
    Letters::new(request, write).send(&To::member(request, author), &Message::Note(note)).await?;
    write.audit(Some(author.id), "comment.held", Some(id.0), request.now).await?;
    Ok(())
}

async fn tell(
    request: &Request,
    write: &mut store::Write,
    origin: CaseOrigin,
    id: PostId,
    text: &PostText,
    version: i64,
) -> Result<(), Error> {
    let Some(session) = &request.session else { return Ok(()) };
    let author = &session.member;
    let snapshot = Snapshot {
        kind: text.kind.key().to_owned(),
        title: text.title.clone(),
        body: text.body.clone(),
        author_name: author.name.clone(),
        page: String::new(),
        version,
    };
    flag(request, write, origin, (&Subject::Post(id), author.id), &snapshot, text).await?;
    if origin == CaseOrigin::Held {
        let link = format!("/berichten/{id}");
        let note = Note::Held { name: &author.name, title: &text.title, comment: false, link: &link };
        Letters::new(request, write).send(&To::member(request, author), &Message::Note(note)).await?;
        write.audit(Some(author.id), "post.held", Some(id.0), request.now).await?;
    }
    Ok(())
}
