//! One's own drafts: what is being written, what publishes itself, and what did so lately.

use domain::limits::DRAFTS_MAX;
use domain::posts::drafts::DraftState;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::{RestoreDraft, ThrowDraft, WithdrawDraft, own_drafts};
use super::view::DraftEntry;
use crate::posts::view::{kind_look, kind_name};
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Badge, Breadcrumb, Empty, LinkButton, Notice, NoticeKind, PostButton, Time, load};

#[component]
pub fn DraftsPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |_| Box::pin(own_drafts()) as _;
    let show = |drafts| view! { <Drafts drafts/> }.into_any();
    view! {
        <Title text=t.drafts_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb
                steps=vec![("/account".to_owned(), t.your_account.to_owned())]
                here=t.drafts_title
            />
            <h1>{t.drafts_title}</h1>
            {load(Vec::new, fetch, show)}
        </main>
    }
}

#[component]
fn Drafts(drafts: Vec<DraftEntry>) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let in_use = drafts.iter().filter(|draft| draft.state.is_going_on()).count();
    let max = DRAFTS_MAX as usize;
    let full = in_use >= max;
    let (n, most) = (in_use.to_string(), max.to_string());
    let count = fill(if full { d.drafts_full } else { d.drafts_count }, &[("n", &n), ("max", &most)]);
    let of = |wanted: &[DraftState]| -> Vec<DraftEntry> {
        drafts.iter().filter(|draft| wanted.contains(&draft.state)).cloned().collect()
    };
    let parts = [
        (d.drafts_planned, of(&[DraftState::Scheduled])),
        (d.drafts_open, of(&[DraftState::Open, DraftState::Refused])),
        (d.drafts_done, of(&[DraftState::Published])),
    ]
    .into_iter()
    .filter(|(_, drafts)| !drafts.is_empty())
    .map(|(title, drafts)| {
        let items = drafts.into_iter().map(|draft| view! { <Entry draft/> }).collect_view();
        view! {
            <section class="stack">
                <h2>{title}</h2>
                <ol class="case-list">{items}</ol>
            </section>
        }
    })
    .collect_view();
    let list = if drafts.is_empty() {
        view! {
            <Empty title=d.drafts_empty_title text=d.drafts_empty>
                <LinkButton href="/berichten/nieuw" label=t.write_post/>
            </Empty>
        }
        .into_any()
    } else {
        let more = (!full).then(|| {
            view! {
                <LinkButton href="/berichten/nieuw?concept=nieuw" label=t.draft_new look="secondary"/>
            }
        });
        view! {
            <p class="meta">{count}</p>
            {parts}
            <p class="cluster">{more}</p>
        }
        .into_any()
    };
    view! {
        <p class="lead">{d.drafts_lead}</p>
        <Told/>
        {list}
    }
}

/// What just happened, with the way back.
#[component]
fn Told() -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let query = use_query_map();
    let part = |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    let words = match part("gedaan").as_str() {
        "weg" => d.draft_thrown,
        "terug" => d.draft_is_back,
        "ingetrokken" => d.draft_is_withdrawn,
        _ => return None,
    };
    let id = part("concept");
    let back = id.parse::<domain::id::DraftId>().is_ok().then(|| {
        view! {
            <PostButton
                action=RestoreDraft::PATH
                fields=vec![("concept", id)]
                label=t.undo
                icon=Some("arrow-back-up")
            />
        }
    });
    Some(view! {
        <Notice kind=NoticeKind::Ok>
            <p>{words}</p>
            {back}
        </Notice>
    })
}

#[component]
fn Entry(draft: DraftEntry) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let title = if draft.title.is_empty() { d.draft_untitled.to_owned() } else { draft.title.clone() };
    let to = match &draft.post {
        Some(post) => format!("/berichten/{post}"),
        None => format!("/berichten/nieuw?concept={}", draft.id),
    };
    let at = [("moment", draft.moment.as_str())];
    let when = match draft.state {
        DraftState::Scheduled | DraftState::Published => {
            Some(view! { <p>{fill(d.draft_goes_on, &at)}</p> }.into_any())
        }
        DraftState::Refused => Some(view! { <p>{fill(d.draft_refused_about, &at)}</p> }.into_any()),
        _ => None,
    };
    let button = |action: &'static str, label: &'static str, icon: Option<&'static str>| {
        view! {
            <PostButton
                action=action
                fields=vec![("concept", draft.id.clone())]
                label=label
                icon=icon
            />
        }
    };
    let planned = draft.state == DraftState::Scheduled;
    let actions = draft.state.is_going_on().then(|| {
        let go_on = if planned { d.draft_change } else { d.draft_open };
        view! {
            <div class="cluster">
                <LinkButton href=to.clone() label=go_on look="secondary"/>
                {planned.then(|| button(WithdrawDraft::PATH, d.draft_withdraw, None))}
                {button(ThrowDraft::PATH, d.draft_throw, Some("trash"))}
            </div>
        }
    });
    view! {
        <li>
            <article class="card panel stack" aria-label=title.clone()>
                <p class="cluster">
                    {draft
                        .kind
                        .map(|kind| view! { <Badge label=kind_name(t, kind) look=kind_look(kind)/> })}
                    {(draft.state == DraftState::Refused)
                        .then(|| view! { <Badge label=d.draft_refused look="sun"/> })}
                </p>
                <h3>
                    <a href=to>{title.clone()}</a>
                </h3>
                {when}
                <p class="meta">{d.draft_changed} " " <Time moment=draft.changed.clone()/></p>
                {actions}
            </article>
        </li>
    }
}
