//! Proposals that wait for a connector.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::list_proposals;
use super::view::{ProposalEntry, ProposalList};
use crate::bulk::DeskNav;
use crate::posts::view::part_name;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, Empty, Notice, NoticeKind, Time, load_at};

#[component]
pub fn ProposalsPage() -> impl IntoView {
    let d = use_desk_texts();
    let query = use_query_map();
    let fetch = |[after]: [String; 1]| Box::pin(list_proposals(after)) as _;
    let show = |list| view! { <List list/> }.into_any();
    let told = match query.with_untracked(|query| query.get("gedaan").unwrap_or_default()).as_str() {
        "overgenomen" => Some(d.proposal_accepted),
        "afgewezen" => Some(d.proposal_declined),
        _ => None,
    }
    .map(|words| {
        view! {
            <Notice kind=NoticeKind::Ok>
                <p>{words}</p>
            </Notice>
        }
    });
    view! {
        <Title text=d.proposals_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb steps=Vec::new() here=d.proposals_title/>
            <h1>{d.proposals_title}</h1>
            <p class="lead">{d.proposals_lead}</p>
            <DeskNav here="/beheer/voorstellen"/>
            {told}
            {load_at(["na"], fetch, show)}
        </main>
    }
}

#[component]
fn List(list: ProposalList) -> impl IntoView {
    let d = use_desk_texts();
    let more = (!list.next.is_empty()).then(|| {
        view! {
            <p class="more">
                <a
                    class="nl-button nl-button--secondary"
                    rel="next"
                    href=format!("/beheer/voorstellen?na={}", list.next)
                >
                    {d.proposals_more}
                </a>
            </p>
        }
    });
    if list.entries.is_empty() {
        return view! {
            <Empty title=d.proposals_empty_title text=d.proposals_empty/>
            {more}
        }
        .into_any();
    }
    let items = list.entries.into_iter().map(|entry| view! { <Entry entry/> }).collect_view();
    view! {
        <ol class="case-list">{items}</ol>
        {more}
    }
    .into_any()
}

#[component]
fn Entry(entry: ProposalEntry) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let parts: Vec<&str> = entry.parts.iter().map(|part| part_name(t, *part)).collect();
    view! {
        <li>
            <article class="card panel">
                <h2>
                    <a href=format!("/beheer/voorstellen/{}", entry.id)>{entry.title}</a>
                </h2>
                <p>{fill(d.proposal_parts, &[("parts", &parts.join(", "))])}</p>
                <p class="meta">
                    {fill(d.proposal_by, &[("name", &entry.by)])} " · " <Time moment=entry.at/>
                </p>
            </article>
        </li>
    }
}
