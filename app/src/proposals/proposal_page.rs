//! One proposal: what would change, and what to do with it.

use domain::diff::Piece;
use domain::limits::REASON_MAX;
use domain::posts::merge::Part;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AcceptProposal, DeclineProposal, show_proposal};
use super::frame::framed;
use super::view::ProposalPageView;
use crate::posts::view::part_name;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, FormProblems, Notice, NoticeKind, PostButton, SubmitButton, TextField, Time,
};
use crate::versions::{Diff, DiffKey};

#[component]
pub fn ProposalPage() -> impl IntoView {
    let d = use_desk_texts();
    framed(
        d.proposals_title,
        "wrap page-narrow stack",
        |id, flash| Box::pin(show_proposal(id, flash)),
        |proposal| view! { <Loaded proposal/> }.into_any(),
    )
}

#[component]
fn Loaded(proposal: ProposalPageView) -> impl IntoView {
    let d = use_desk_texts();
    let ProposalPageView { entry, post, why, changes, meanwhile, clashes, reasons, problems } = proposal;
    let id = entry.id.clone();
    let news = (!meanwhile.is_empty()).then(|| {
        let words = if clashes { d.proposal_clash } else { d.proposal_behind };
        let kind = if clashes { NoticeKind::Warning } else { NoticeKind::Info };
        view! {
            <Notice kind=kind>
                <p>{words}</p>
            </Notice>
            <Changes title=d.proposal_meanwhile changes=meanwhile/>
        }
    });
    let accept = (!clashes).then(|| {
        view! {
            <PostButton
                action=AcceptProposal::PATH
                fields=vec![("id", id.clone())]
                label=d.proposal_accept
                look="primary"
            />
        }
    });
    view! {
        <Breadcrumb
            steps=vec![("/beheer/voorstellen".to_owned(), d.proposals_title.to_owned())]
            here=entry.title.clone()
        />
        <h1>{entry.title}</h1>
        <p class="meta">
            {fill(d.proposal_by, &[("name", &entry.by)])} " · " <Time moment=entry.at/>
        </p>
        {(!why.is_empty()).then(|| view! { <blockquote>{why}</blockquote> })}
        <FormProblems problems=problems.clone() ids=vec![(Field::Reason, "uitleg")]/>
        <Changes title=d.proposal_change changes=changes/>
        {news}
        <p>
            <a class="nl-link" href=format!("/berichten/{post}")>
                {d.proposal_see_post}
            </a>
        </p>
        {accept}
        <form class="form stack" method="post" novalidate=true action=DeclineProposal::PATH>
            <input type="hidden" name="id" value=id/>
            <TextField
                info=FieldInfo::new("uitleg", d.proposal_decline_why)
                    .describe(d.proposal_decline_about)
                    .problem(&problems, Field::Reason)
                name="reasons"
                value=reasons
                maxlength=REASON_MAX
            />
            <SubmitButton label=d.proposal_decline look="secondary"/>
        </form>
    }
}

/// What is different, word by word.
#[component]
fn Changes(title: &'static str, changes: Vec<(Part, Vec<Piece>)>) -> impl IntoView {
    let t = use_texts();
    let parts = changes
        .into_iter()
        .map(|(part, pieces)| {
            view! {
                <h3>{part_name(t, part)}</h3>
                <Diff pieces/>
            }
        })
        .collect_view();
    view! {
        <section class="card panel stack">
            <h2>{title}</h2>
            <DiffKey/>
            {parts}
        </section>
    }
}
