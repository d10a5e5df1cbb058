//! From comments to what a page shows, on the server only.

use domain::comments::{Comment, CommentStatus};
use domain::id::{CommentId, PostId};
use domain::posts::Post;
use leptos::prelude::*;
use service::comments::{Conversation, ForYou, Part};
use service::context::Request;

use super::view::{
    CommentForm, CommentView, CommentsView, ConversationView, ForYouList, ForYouView, PartView,
};
use crate::context::kept;
use crate::forms::Filled;
use crate::site::tone;
use crate::texts::desk_in_language;
use crate::ui::Moment;
use crate::wire::{Packed, pack};

pub(super) fn parse<T: std::str::FromStr>(id: &str) -> Result<T, service::Error> {
    id.parse().map_err(|_| service::Error::NotFound)
}

type After = Option<(CommentId, CommentId)>;

/// Where a page of a conversation begins: a thread and a comment in it.
pub(super) fn cursor(text: &str) -> Result<After, service::Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let (thread, id) = text.split_once('_').ok_or(service::Error::NotFound)?;
    let after = Some((parse(thread)?, parse(id)?));
    // One spelling for one place: it is part of the name of what is kept.
    if cursor_text(after) == text { Ok(after) } else { Err(service::Error::NotFound) }
}

pub(super) fn cursor_text(after: After) -> String {
    after.map(|(thread, id)| format!("{}_{}", thread.0.simple(), id.0.simple())).unwrap_or_default()
}

fn comment(request: &Request, comment: &Comment) -> CommentView {
    // One's own that waits; of everybody else's nothing is left.
    let waits = comment.status == CommentStatus::Held && !comment.html.is_empty();
    let note = if waits { desk_in_language(request.locale).comment_held } else { "" };
    CommentView {
        id: comment.id.to_string(),
        reply_to: if comment.is_reply() { comment.thread.to_string() } else { String::new() },
        gone: comment.status != CommentStatus::Published && !waits,
        version: comment.version,
        name: comment.author_name.clone(),
        tone: tone(&comment.author_name),
        at: Moment::ago(comment.at, request),
        edited: comment.edited_at.is_some(),
        thanks: comment.thanks,
        html: if waits { with_note(note, &comment.html) } else { comment.html.clone() },
    }
}

/// The server writes the note into the text: the browser's program knows nothing of it.
fn with_note(note: &'static str, html: &str) -> String {
    let note = view! {
        <p class="comment__held meta">
            <strong>{note}</strong>
        </p>
    };
    note.to_html() + html
}

/// One page of a conversation: the one that is kept for everybody, or one with the reader's own that wait.
pub(super) async fn conversation_for(
    request: &Request,
    post: &Post,
    after: After,
    part: &Part,
) -> Result<ConversationView, service::Error> {
    if part.mine.held.is_empty() {
        return shared_conversation(request, post, after).await;
    }
    let found = service::comments::conversation(request, post, after, request.actor.member_id()).await?;
    Ok(conversation(request, post, &found))
}

/// One page of a conversation for readers without anything of their own in it, packed once for all of them.
pub(super) async fn for_many(
    request: &Request,
    post: &Post,
    after: After,
    part: PartView,
) -> Result<Packed<CommentsView>, service::Error> {
    let name = format!("conversation {} {} {}", post.id, cursor_text(after), part.name());
    let view = Box::pin(async {
        let conversation = shared_conversation(request, post, after).await?;
        Ok(CommentsView { conversation, part, ..CommentsView::default() })
    });
    kept(request, name, view).await
}

/// One page of a conversation, made once for all its readers.
async fn shared_conversation(
    request: &Request,
    post: &Post,
    after: After,
) -> Result<ConversationView, service::Error> {
    let key = request.kept_as(format!("comments {} {}", post.id, cursor_text(after)));
    let view = Box::pin(async {
        let found = service::comments::conversation(request, post, after, None).await?;
        Ok::<_, service::Error>(conversation(request, post, &found))
    });
    request.services.memory.or_make(key, view).await.map(std::sync::Arc::unwrap_or_clone)
}

/// The form for a new comment and the one for one's own comment `change`, with what was typed into one of them.
pub(super) async fn open_forms(
    request: &Request,
    kept: Filled<CommentForm>,
    change: &str,
) -> Result<(Filled<CommentForm>, Option<Filled<CommentForm>>), service::Error> {
    if kept.typed.version > 0 {
        return Ok((Filled::default(), Some(kept)));
    }
    let Ok(id) = change.parse() else { return Ok((kept, None)) };
    // Somebody else's address of this kind opens nothing.
    let source = match service::comments::source(request, id).await {
        Ok(found) => Some(Filled { typed: source(&found), problems: Default::default() }),
        Err(service::Error::Denied(_) | service::Error::NotFound) => None,
        Err(error) => return Err(error),
    };
    Ok((kept, source))
}

fn conversation(request: &Request, post: &Post, found: &Conversation) -> ConversationView {
    ConversationView {
        comments: found.comments.iter().map(|one| comment(request, one)).collect(),
        next: found.next.map(|next| cursor_text(Some(next))),
        version: found.version,
        count: post.talk.comments,
        closed: found.closed,
        thanks: post.talk.thanks,
    }
}

pub(super) fn part(part: Part) -> PartView {
    let keys = |ids: Vec<CommentId>| ids.into_iter().map(|id| id.to_string()).collect();
    PartView {
        written: keys(part.mine.written),
        held: keys(part.mine.held),
        thanked: keys(part.mine.thanked),
        thanked_post: part.mine.thanked_post,
        may_comment: part.may_comment,
        may_thank: part.may_thank,
        may_remove_any: part.may_remove_any,
        may_close: part.may_close,
    }
}

fn source(comment: &Comment) -> CommentForm {
    CommentForm { body: comment.body.clone(), id: comment.id.to_string(), version: comment.version }
}

pub(super) fn for_you(request: &Request, (items, next): (Vec<ForYou>, Option<CommentId>)) -> ForYouList {
    let items = items
        .into_iter()
        .map(|one| ForYouView {
            address: format!("/berichten/{}#reactie-{}", one.post, one.comment),
            post: one.post_title,
            tone: tone(&one.author_name),
            name: one.author_name,
            at: Moment::ago(one.at, request),
            mentioned: one.mentioned,
            html: one.html,
        })
        .collect();
    ForYouList { items, next: next.map(|id| id.to_string()) }
}

/// What changed, as the browser reads it, without anything of what is not published.
pub fn live_changes(request: &Request, mut changes: Vec<Comment>) -> String {
    changes.iter_mut().for_each(service::comments::emptied);
    let changes: Vec<CommentView> = changes.iter().map(|one| comment(request, one)).collect();
    pack(&changes)
}

/// Under which name a comment that could not be saved is kept: never shown under another post.
pub(super) fn form(post: PostId) -> String {
    format!("comment-{post}")
}

/// The page at a comment, with a message of the moment.
pub(super) fn at(post: PostId, comment: CommentId, word: &str) -> String {
    format!("/berichten/{post}?melding={word}#reactie-{comment}")
}

/// The page with the form open as it was.
pub(super) fn back_to_form(post: PostId, name: &str, id: &str) -> String {
    match id.parse::<CommentId>() {
        Ok(id) => format!("/berichten/{post}?{name}={id}"),
        Err(_) => format!("/berichten/{post}"),
    }
}

/// A form without fields ends: nothing was typed, so nothing needs to be kept.
pub(super) async fn one_button(
    request: &Request,
    post: PostId,
    done: Result<String, service::Error>,
) -> Result<(), crate::error::AppError> {
    let back = format!("/berichten/{post}?melding=mislukt");
    let way = crate::context::FormWay { form: "button", back: &back };
    crate::context::finish(request, way, (), done).await
}
