//! One comment, and what its reader can do with it.

use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EditComment, RemoveComment};
use super::form::BodyField;
use super::section::ThanksButton;
use super::view::{CommentForm, CommentView, PartView};
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, FormProblems, Icon, PostButton, SubmitButton, Time};

/// A server function of the moderators' desk, which only the server has.
const BEGIN_CASE: &str = "/api/moderation/begin";

#[component]
pub(super) fn CommentItem(
    post: String,
    comment: CommentView,
    part: PartView,
    /// One's own comment as it was written, while it is being changed.
    change: Option<Filled<CommentForm>>,
) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let is_reply = !comment.reply_to.is_empty();
    let id = format!("reactie-{}", comment.id);
    if comment.gone {
        return view! {
            <li class="comment comment--gone" class:comment--reply=is_reply id=id>
                <p class="meta">{t.comment_gone}</p>
            </li>
        }
        .into_any();
    }
    let text = match change {
        Some(change) => view! { <ChangeForm post=post.clone() change/> }.into_any(),
        None => view! {
            <div class="prose comment__text" lang=site.written_in() inner_html=comment.html.clone()></div>
        }
        .into_any(),
    };
    view! {
        <li class="comment" class:comment--reply=is_reply id=id>
            <div class="comment__head person">
                <Avatar name=comment.name.clone() tone=comment.tone/>
                <p>
                    {is_reply.then(|| view! { <span class="visually-hidden">{t.comment_reply_word} " "</span> })}
                    <strong>{comment.name.clone()}</strong> <span class="meta">
                        <Time moment=comment.at.clone()/>
                        {comment.edited.then(|| view! { " · " {t.edited} })}
                    </span>
                </p>
            </div>
            {text}
            <Actions post comment part/>
        </li>
    }
    .into_any()
}

#[component]
fn Actions(post: String, comment: CommentView, part: PartView) -> impl IntoView {
    let t = use_texts();
    let own = part.written.contains(&comment.id);
    let thanked = part.thanked.contains(&comment.id);
    let name = || [("name", comment.name.as_str())];
    let hidden = |text: &str| view! { <span class="visually-hidden">{text.to_owned()}</span> };
    let count = (comment.thanks > 0).then(|| comment.thanks.to_string());
    let thanks = if part.may_comment && !own {
        let label = match &count {
            Some(count) => format!("{} ({count})", t.thanks_short),
            None => t.thanks_short.to_owned(),
        };
        view! { <ThanksButton post=post.clone() comment=comment.id.clone() mine=thanked label/> }.into_any()
    } else {
        count
            .map(|count| {
                view! {
                    <span class="meta comment__thanks">
                        <Icon name="heart"/>
                        {count}
                        {hidden(t.thanks_times)}
                    </span>
                }
            })
            .into_any()
    };
    let may_answer = part.may_comment && !part.held.contains(&comment.id);
    let answer = may_answer.then(|| {
        view! {
            <a
                class="nl-button nl-button--subtle comment__button"
                href=format!("/berichten/{post}?antwoord={}#reageer", comment.id)
                data-noscroll="true"
                rel="nofollow"
            >
                <Icon name="corner-down-right"/>
                {t.comment_answer}
                {hidden(&fill(t.comment_answer_to, &name()))}
            </a>
        }
    });
    let change = own.then(|| {
        view! {
            <a
                class="nl-button nl-button--subtle comment__button"
                href=format!("/berichten/{post}?verander={0}#reactie-{0}", comment.id)
                data-noscroll="true"
                rel="nofollow"
            >
                <Icon name="pencil"/>
                {t.comment_change}
            </a>
        }
    });
    let moderate = (part.may_remove_any && !own).then(|| {
        let fields = vec![("id", comment.id.clone()), ("comment", "true".to_owned())];
        view! { <PostButton action=BEGIN_CASE fields label=t.moderate icon=Some("shield-lock")/> }
    });
    let remove = own.then(|| {
        let fields = vec![("post", post.clone()), ("id", comment.id.clone())];
        view! { <PostButton action=RemoveComment::PATH fields label=t.remove icon=Some("trash")/> }
    });
    let report = (!own).then(|| {
        view! {
            <a
                class="nl-button nl-button--subtle comment__button"
                rel="nofollow"
                href=format!("/melden?over=/berichten/{post}%23reactie-{}", comment.id)
            >
                <Icon name="flag"/>
                {t.comment_report}
                {hidden(&fill(t.comment_of, &name()))}
            </a>
        }
    });
    view! { <div class="comment__actions no-print">{thanks} {answer} {change} {remove} {moderate} {report}</div> }
}

/// One's own comment, open.
#[component]
fn ChangeForm(post: String, change: Filled<CommentForm>) -> impl IntoView {
    let t = use_texts();
    view! {
        <form class="form stack" method="post" action=EditComment::PATH>
            <FormProblems problems=change.problems.clone() ids=vec![(Field::Message, "verander-tekst")]/>
            <input type="hidden" name="post" value=post.clone()/>
            <input type="hidden" name="id" value=change.typed.id/>
            <input type="hidden" name="version" value=change.typed.version.to_string()/>
            <BodyField id="verander-tekst" value=change.typed.body problems=change.problems label=t.comment_change_label/>
            <div class="form__actions">
                <SubmitButton label=t.save/>
                <a class="nl-button nl-button--subtle" href=format!("/berichten/{post}#reacties")>
                    {t.cancel}
                </a>
            </div>
        </form>
    }
}
