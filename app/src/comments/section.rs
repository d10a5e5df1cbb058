//! The conversation under a post: thanks, comments, and the form.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{CloseComments, CreateComment, Thank, show_comments};
use super::comment::CommentItem;
use super::form::CommentFields;
use super::live::listen;
use super::shared::for_many;
use super::view::{CommentForm, CommentView, CommentsView, Opened, PartView};
use crate::error::AppError;
use crate::forms::Filled;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{FRAMELESS, Icon, PostButton, kept, kept_when, load_beside};
use crate::wire::Read;

/// Sending and thanking without leaving the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub create: ServerAction<CreateComment>,
    pub thank: ServerAction<Thank>,
}

/// Counts up when something arrived (not when it was refused).
fn arrivals<I>(action: ServerAction<I>) -> Memo<usize>
where
    I: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&usize>| {
        let done = action.value().with(|value| matches!(value, Some(Ok(()))));
        if done { action.version().get() } else { before.copied().unwrap_or_default() }
    })
}

#[component]
pub fn CommentsSection(#[prop(into)] post: Signal<String>) -> impl IntoView {
    let query = use_query_map();
    let acts = Acts { create: ServerAction::new(), thank: ServerAction::new() };
    provide_context(acts);
    let (created, thanked) = (arrivals(acts.create), arrivals(acts.thank));
    let part = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let now = move |name: &'static str| untrack(|| part(name));
    let key = move || {
        vec![
            post.get(),
            part("na"),
            part("verander"),
            part("flash"),
            created.get().to_string(),
            thanked.get().to_string(),
        ]
    };
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (post, after, change, flash) = (next(), next(), next(), next());
        Box::pin(show_comments(post, after, change, flash)) as _
    };
    let show = move |view: Read<CommentsView>| {
        let post = post.get_untracked();
        let name = for_many(&view, &post, now);
        let whole = move || view! { <Conversation post view=view.into_inner()/> }.into_any();
        kept_when(name.is_some(), || name.unwrap_or_default(), "comments__all", whole)
    };
    view! {
        <section class="comments" id="reacties">
            {load_beside(key, fetch, show)}
        </section>
    }
}

#[component]
fn Conversation(post: String, view: CommentsView) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let query = use_query_map();
    let CommentsView { conversation, part, typed, source } = view;
    let opened = Memo::new(move |_| {
        query.with(|query| Opened {
            answer: query.get("antwoord").unwrap_or_default(),
            change: query.get("verander").unwrap_or_default(),
        })
    });
    let is_last = conversation.next.is_none();
    let later = conversation.next.clone().map(|next| {
        view! {
            <p class="more">
                <a
                    class="nl-button nl-button--secondary"
                    href=format!("/berichten/{post}?na={next}#reacties")
                >
                    {t.comments_more}
                </a>
            </p>
        }
    });
    let count = RwSignal::new(conversation.count);
    let comments = RwSignal::new(conversation.comments);
    let news = listen(&post, conversation.version, comments, count, is_last);
    // Who has nothing of their own in a conversation sees the same list as others.
    let is_plain = part.written.is_empty()
        && part.thanked.is_empty()
        && !part.may_remove_any
        && opened.with_untracked(|opened| opened.change.is_empty());
    let page = query.with_untracked(|query| query.get("na").unwrap_or_default());
    let who = u8::from(part.may_comment) + 2 * u8::from(site.viewer.signed_in);
    let list = {
        let (post, part) = (post.clone(), part.clone());
        move || {
            let post = post.clone();
            view! { <CommentList post part comments opened source/> }.into_any()
        }
    };
    let list = kept_when(is_plain, || format!("comments {post} {page} {who}"), "comments__list", list);
    let closed = conversation.closed.then(|| view! { <p class="meta">{t.comments_closed}</p> });
    let close = part.may_close.then(|| {
        let label = if conversation.closed { t.comments_open_again } else { t.comments_close };
        let fields = vec![("post", post.clone()), ("closed", (!conversation.closed).to_string())];
        view! { <PostButton action=CloseComments::PATH fields label icon=Some("message-off")/> }
    });
    let form = if part.may_comment {
        // Who has the name of one who wrote is not offered that name.
        let me = &site.viewer.name;
        let is_fresh = typed == Filled::default()
            && opened.with_untracked(|opened| opened.answer.is_empty())
            && comments.with_untracked(|all| all.iter().all(|comment| comment.name != *me));
        let name = || format!("comment form {post} {page}");
        let held = part.held.clone();
        let fields = || view! { <CommentFields post=post.clone() comments held opened typed/> }.into_any();
        kept_when(is_fresh, name, "card panel no-print", fields)
    } else if !site.viewer.signed_in && !conversation.closed {
        view! {
            <p class="card panel panel--tint no-print">
                {t.comments_sign_in} " "
                <a
                    class="nl-link"
                    rel="nofollow"
                    href=format!("/aanmelden?terug=/berichten/{post}%23reacties")
                >
                    {t.sign_in}
                </a>
            </p>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <ThanksLine post=post.clone() thanks=conversation.thanks mine=part.thanked_post may=part.may_thank/>
        <h2 id="reacties-titel">
            {move || match count.get() {
                0 => t.comments_none.to_owned(),
                1 => t.comments_one.to_owned(),
                n => fill(t.comments_many, &[("n", &n.to_string())]),
            }}
        </h2>
        <p class="visually-hidden" role="status">
            {news}
        </p>
        {list}
        {later}
        {closed}
        {form}
        <div class="no-print">{close}</div>
    }
}

#[component]
fn CommentList(
    post: String,
    part: PartView,
    comments: RwSignal<Vec<CommentView>>,
    opened: Memo<Opened>,
    source: Option<Filled<CommentForm>>,
) -> impl IntoView {
    let each = move || {
        comments
            .get()
            .into_iter()
            .map(|comment| {
                let change = source.clone().filter(|source| {
                    source.typed.id == comment.id && opened.with(|opened| opened.change == comment.id)
                });
                view! { <CommentItem post=post.clone() comment part=part.clone() change/> }
            })
            .collect_view()
    };
    view! { <ol class="comments__items">{each}</ol> }
}

/// How many said thanks, and the button to do so.
#[component]
fn ThanksLine(post: String, thanks: i64, mine: bool, may: bool) -> impl IntoView {
    let signed_in = use_site().viewer.signed_in;
    let name = {
        let post = post.clone();
        move || format!("thanks {post} {thanks} {mine} {may} {signed_in}")
    };
    let line = move || view! { <Thanks post thanks mine may signed_in/> }.into_any();
    view! {
        <div class="thanks no-print" id="bedankt">
            {kept(name, FRAMELESS, line)}
        </div>
    }
}

#[component]
fn Thanks(post: String, thanks: i64, mine: bool, may: bool, signed_in: bool) -> impl IntoView {
    let t = use_texts();
    let count = match thanks {
        0 => None,
        1 => Some(t.thanks_one.to_owned()),
        n => Some(fill(t.thanks_many, &[("n", &n.to_string())])),
    };
    let button = if may {
        let label = if mine { t.thanks_take_back } else { t.thanks_say };
        view! {
            <ThanksButton post comment=String::new() mine label/>
        }
        .into_any()
    } else if signed_in {
        ().into_any()
    } else {
        view! {
            <a
                class="nl-button nl-button--secondary"
                rel="nofollow"
                href=format!("/aanmelden?terug=/berichten/{post}%23bedankt")
            >
                <Icon name="heart"/>
                {t.thanks_say}
            </a>
        }
        .into_any()
    };
    view! {
        {button}
        {count.map(|text| view! { <p class="meta">{text}</p> })}
    }
}

/// Says thanks, or takes it back.
#[component]
pub(super) fn ThanksButton(
    post: String,
    /// Empty for the post itself.
    comment: String,
    mine: bool,
    #[prop(into)] label: String,
) -> impl IntoView {
    let Acts { thank, .. } = expect_context::<Acts>();
    let small = !comment.is_empty();
    let class = match (small, mine) {
        (true, _) => "nl-button nl-button--subtle comment__button",
        (false, true) => "nl-button nl-button--secondary thanks__button thanks__button--given",
        (false, false) => "nl-button nl-button--secondary thanks__button",
    };
    let icon = if mine { "heart-filled" } else { "heart" };
    view! {
        <ActionForm action=thank>
            <input type="hidden" name="post" value=post/>
            <input type="hidden" name="comment" value=comment/>
            <input type="hidden" name="thanks" value=(!mine).to_string()/>
            <button type="submit" class=class>
                <Icon name=icon/>
                {label}
            </button>
        </ActionForm>
    }
}
