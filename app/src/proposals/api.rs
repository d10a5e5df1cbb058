//! The server functions about proposals: context, the use case, what the page needs.

use domain::clock::Timestamp;
use domain::id::{PostId, ProposalId};
use domain::posts::proposals::Proposal;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};
use service::context::Request;
use service::posts;

use super::view::{OwnProposal, ProposalEntry, ProposalList, ProposalPageView, ProposeView};
use crate::context::{FormWay, answer, finish, request, typed, with_message};
use crate::error::AppError;
use crate::posts::present::{choice, compared};
use crate::posts::view::EditForm;
use crate::ui::Moment;
use crate::wire::Packed;

const QUEUE: &str = "/beheer/voorstellen";

fn post_id(id: &str) -> Result<PostId, service::Error> {
    id.parse().map_err(|_| service::Error::NotFound)
}

fn proposal_id(id: &str) -> Result<ProposalId, service::Error> {
    id.parse().map_err(|_| service::Error::NotFound)
}

/// Under which name a proposal is kept that could not be accepted yet.
fn form(post: PostId) -> String {
    format!("propose-{post}")
}

fn entry(request: &Request, proposal: &Proposal) -> ProposalEntry {
    ProposalEntry {
        id: proposal.id.to_string(),
        title: proposal.proposed.base.title.clone(),
        by: proposal.by_name.clone(),
        at: Moment::ago(proposal.at, request),
        parts: proposal.proposed.parts(),
    }
}

#[server(endpoint = "proposals/form", output = Postcard)]
pub async fn propose_form(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<ProposeView>, AppError> {
    use domain::posts::merge::Part;
    let request = request();
    let id = answer(post_id(&id))?;
    let post = answer(posts::to_propose(&request, id).await)?;
    let kept = typed::<EditForm>(&request, &form(id), &flash).await?;
    let title = post.text.title.clone();
    let edit = if kept.typed.version > 0 {
        kept.typed
    } else {
        EditForm {
            version: post.version,
            topic: choice(&request, &post.text, Part::Topic).into_iter().next(),
            areas: Some(choice(&request, &post.text, Part::Areas)),
            title: Some(post.text.title),
            body: Some(post.text.body),
            reason: String::new(),
        }
    };
    Ok(ProposeView { id: id.to_string(), title, edit, problems: kept.problems }.into())
}

#[server(endpoint = "proposals/send", output = Postcard)]
pub async fn send_proposal(id: String, edit: EditForm) -> Result<(), AppError> {
    let (request, mut edit) = (request(), edit);
    let post = answer(post_id(&id))?;
    // All parts are in the form: what was emptied arrives as nothing at all.
    edit.title.get_or_insert_default();
    edit.body.get_or_insert_default();
    edit.topic.get_or_insert_default();
    edit.areas.get_or_insert_default();
    let done = posts::propose(&request, post, &edit.clone().into()).await;
    let done = done.map(|made| {
        let word = if made.is_some() { "voorgesteld" } else { "ongewijzigd" };
        with_message(&format!("/berichten/{post}"), word)
    });
    let (form, back) = (form(post), format!("/berichten/{post}/voorstel"));
    finish(&request, FormWay { form: &form, back: &back }, edit, done).await
}

#[server(endpoint = "proposals/list", output = Postcard)]
pub async fn list_proposals(#[server(default)] after: String) -> Result<Packed<ProposalList>, AppError> {
    let request = request();
    let cursor = after
        .split_once('_')
        .and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse::<ProposalId>().ok()?)));
    let (found, next) = answer(posts::proposals(&request, cursor).await)?;
    let list = ProposalList {
        entries: found.iter().map(|proposal| entry(&request, proposal)).collect(),
        next: next.map(|(at, id)| format!("{}_{id}", at.0)).unwrap_or_default(),
    };
    Ok(list.into())
}

/// What the reader proposed.
#[server(endpoint = "proposals/own", output = Postcard)]
pub async fn own_proposals() -> Result<Packed<Vec<OwnProposal>>, AppError> {
    let request = request();
    let found = answer(posts::own_proposals(&request).await)?;
    let own = found.into_iter().map(|proposal| OwnProposal {
        entry: entry(&request, &proposal),
        post: proposal.post.to_string(),
        status: proposal.status,
        decided: proposal.decided_at.map(|at| Moment::ago(at, &request)),
        reasons: proposal.reasons,
    });
    Ok(own.collect::<Vec<_>>().into())
}

/// What was typed about a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Reasons(String);

#[server(endpoint = "proposals/show", output = Postcard)]
pub async fn show_proposal(
    id: String,
    #[server(default)] flash: String,
) -> Result<Packed<ProposalPageView>, AppError> {
    let request = request();
    let id = answer(proposal_id(&id))?;
    let found = answer(posts::proposal(&request, id).await)?;
    let kept = typed::<Reasons>(&request, &format!("decline-{id}"), &flash).await?;
    let (proposal, post) = (found.proposal, found.post);
    let proposed = &proposal.proposed;
    Ok(ProposalPageView {
        entry: entry(&request, &proposal),
        post: post.id.to_string(),
        changes: compared(&request, &proposed.base, &proposed.mine),
        meanwhile: compared(&request, &proposed.base, &post.text),
        clashes: !found.clashes.is_empty(),
        why: proposal.why,
        reasons: kept.typed.0,
        problems: kept.problems,
    }
    .into())
}

#[server(endpoint = "proposals/accept", output = Postcard)]
pub async fn accept_proposal(id: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(proposal_id(&id))?;
    let done = Box::pin(posts::accept(&request, id)).await;
    let done = done.map(|_| format!("{QUEUE}?gedaan=overgenomen"));
    let (form, back) = (format!("decline-{id}"), format!("{QUEUE}/{id}"));
    finish(&request, FormWay { form: &form, back: &back }, Reasons::default(), done).await
}

#[server(endpoint = "proposals/decline", output = Postcard)]
pub async fn decline_proposal(id: String, #[server(default)] reasons: String) -> Result<(), AppError> {
    let request = request();
    let id = answer(proposal_id(&id))?;
    let done = posts::decline(&request, id, &reasons).await;
    let done = done.map(|()| format!("{QUEUE}?gedaan=afgewezen"));
    let (form, back) = (format!("decline-{id}"), format!("{QUEUE}/{id}"));
    finish(&request, FormWay { form: &form, back: &back }, Reasons(reasons), done).await
}
