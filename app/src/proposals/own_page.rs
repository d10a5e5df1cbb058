//! What the reader proposed, and what became of it.

use domain::posts::proposals::ProposalStatus;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::own_proposals;
use super::view::OwnProposal;
use crate::posts::view::part_name;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Badge, Breadcrumb, Empty, Time, load};

#[component]
pub fn OwnProposalsPage() -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let fetch = |_| Box::pin(own_proposals()) as _;
    let show = |list| view! { <List list/> }.into_any();
    view! {
        <Title text=d.own_proposals_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb
                steps=vec![("/account".to_owned(), t.your_account.to_owned())]
                here=d.own_proposals_title
            />
            <h1>{d.own_proposals_title}</h1>
            <p class="lead">{d.own_proposals_lead}</p>
            {load(Vec::new, fetch, show)}
        </main>
    }
}

#[component]
fn List(list: Vec<OwnProposal>) -> impl IntoView {
    let d = use_desk_texts();
    if list.is_empty() {
        return view! { <Empty title=d.own_proposals_empty_title text=d.own_proposals_empty/> }.into_any();
    }
    let items = list.into_iter().map(|proposal| view! { <li><Item proposal/></li> }).collect_view();
    view! { <ol class="case-list">{items}</ol> }.into_any()
}

#[component]
fn Item(proposal: OwnProposal) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let OwnProposal { entry, post, status, decided, reasons } = proposal;
    let parts: Vec<&str> = entry.parts.iter().map(|part| part_name(t, *part)).collect();
    let (words, look) = match status {
        ProposalStatus::Open => (d.own_proposal_open, "sun"),
        ProposalStatus::Accepted => (d.own_proposal_accepted, "brand"),
        ProposalStatus::Declined => (d.own_proposal_declined, "neutral"),
    };
    view! {
        <article class="card panel stack">
            <p class="cluster">
                <Badge label=words look=look/>
            </p>
            <h2>
                <a href=format!("/berichten/{post}")>{entry.title}</a>
            </h2>
            <p>{fill(d.proposal_parts, &[("parts", &parts.join(", "))])}</p>
            {(!reasons.is_empty())
                .then(|| {
                    view! {
                        <p>{d.own_proposal_why}</p>
                        <blockquote class="prose as-typed">{reasons}</blockquote>
                    }
                })}
            <p class="meta">
                {d.own_proposal_sent} " " <Time moment=entry.at/>
                {decided
                    .map(|at| {
                        view! {
                            " · "
                            {d.own_proposal_decided}
                            " "
                            <Time moment=at/>
                        }
                    })}
            </p>
        </article>
    }
}
