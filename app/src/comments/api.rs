//! The server functions about comments and thanks.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use super::view::{CommentsView, ForYouList};
use crate::error::AppError;
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use {
    super::present,
    super::view::CommentForm,
    crate::context::{FormWay, answer, finish, request, typed},
    domain::comments::draft::CommentDraft,
    service::comments,
};

/// The conversation under a post, from `after` on, with what the reader may do in it; and their own comment `change`
/// as they wrote it.
#[server(endpoint = "comments/show", output = Postcard)]
pub async fn show_comments(
    post: String,
    #[server(default)] after: String,
    #[server(default)] change: String,
    #[server(default)] flash: String,
) -> Result<Packed<CommentsView>, AppError> {
    let request = request();
    let id = answer(present::parse(&post))?;
    let after = answer(present::cursor(&after))?;
    let found = answer(comments::post_of(&request, id).await)?;
    let part = answer(comments::part(&request, &found).await)?;
    if flash.is_empty() && change.is_empty() {
        let view = present::part(part.clone());
        if view.is_plain() {
            return answer(present::for_many(&request, &found, after, view).await);
        }
    }
    let conversation = answer(present::conversation_for(&request, &found, after, &part).await)?;
    let kept = typed::<CommentForm>(&request, &present::form(id), &flash).await?;
    let (typed, source) = answer(present::open_forms(&request, kept.into(), &change).await)?;
    Ok(CommentsView { conversation, part: present::part(part), typed, source }.into())
}

#[server(endpoint = "comments/create", output = Postcard)]
pub async fn create_comment(
    post: String,
    #[server(default)] reply_to: String,
    #[server(default)] body: String,
) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::parse(&post))?;
    let draft = CommentDraft { body, reply_to };
    let done = comments::create(&request, id, &draft).await;
    let done = done.map(|sent| {
        let word = if sent.held { "geplaatst&wacht=1" } else { "reactie-geplaatst" };
        present::at(id, sent.id, word)
    });
    let back = present::back_to_form(id, "antwoord", &draft.reply_to);
    let typed = CommentForm { body: draft.body, id: draft.reply_to, version: 0 };
    finish(&request, FormWay { form: &present::form(id), back: &back }, typed, done).await
}

#[server(endpoint = "comments/edit", output = Postcard)]
pub async fn edit_comment(
    post: String,
    id: String,
    version: i64,
    #[server(default)] body: String,
) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&post))?;
    let comment = answer(present::parse(&id))?;
    let done = comments::edit(&request, comment, version, &body).await;
    let done = done.map(|post| present::at(post, comment, "bewaard"));
    let back = present::back_to_form(post, "verander", &id);
    let typed = CommentForm { body, id, version };
    finish(&request, FormWay { form: &present::form(post), back: &back }, typed, done).await
}

#[server(endpoint = "comments/remove", output = Postcard)]
pub async fn remove_comment(post: String, id: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&post))?;
    let comment = answer(present::parse(&id))?;
    let done = comments::remove(&request, comment).await;
    let done = done.map(|post| format!("/berichten/{post}?melding=reactie-weg&reactie={comment}#reacties"));
    present::one_button(&request, post, done).await
}

#[server(endpoint = "comments/restore", output = Postcard)]
pub async fn restore_comment(post: String, id: String) -> Result<(), AppError> {
    let request = request();
    let post = answer(present::parse(&post))?;
    let comment = answer(present::parse(&id))?;
    let done = comments::restore(&request, comment).await;
    let done = done.map(|post| present::at(post, comment, "teruggezet"));
    present::one_button(&request, post, done).await
}

/// Ends the conversation under a post, or opens it again.
#[server(endpoint = "comments/set-closed", output = Postcard)]
pub async fn close_comments(post: String, closed: bool) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::parse(&post))?;
    let word = if closed { "reacties-dicht" } else { "reacties-open" };
    let done = comments::set_closed(&request, id, closed).await;
    let done = done.map(|()| format!("/berichten/{id}?melding={word}#reacties"));
    present::one_button(&request, id, done).await
}

/// Says thanks for a post or for one of the comments under it, or takes it back.
#[server(endpoint = "comments/thank", output = Postcard)]
pub async fn thank(post: String, #[server(default)] comment: String, thanks: bool) -> Result<(), AppError> {
    let request = request();
    let id = answer(present::parse(&post))?;
    let done = if comment.is_empty() {
        comments::thank_post(&request, id, thanks).await.map(|()| format!("/berichten/{id}#bedankt"))
    } else {
        let comment = answer(present::parse(&comment))?;
        let done = comments::thank_comment(&request, comment, thanks).await;
        done.map(|post| format!("/berichten/{post}#reactie-{comment}"))
    };
    present::one_button(&request, id, done).await
}

/// Comments that answer the reader or name them.
#[server(endpoint = "comments/for-you", output = Postcard)]
pub async fn comments_for_you(#[server(default)] before: String) -> Result<Packed<ForYouList>, AppError> {
    let request = request();
    let before = if before.is_empty() { None } else { Some(answer(present::parse(&before))?) };
    let found = answer(comments::for_you(&request, before).await)?;
    Ok(present::for_you(&request, found).into())
}
