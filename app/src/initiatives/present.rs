//! From an initiative to what its pages show.

use domain::id::{NeedId, PostId};
use domain::initiatives::draft::{NeedDraft, PlanDraft};
use domain::initiatives::{Need, Participant, Team};
use domain::permit::Denied;
use service::Error;
use service::context::Request;
use service::initiatives::InitiativeView;

use super::view::{NeedView, PersonView, TakePartView, TeamView, UpdateView};
use crate::context::typed;
use crate::error::AppError;
use crate::forms::Filled;
use crate::site::tone;
use crate::ui::Moment;

pub(super) fn key<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// A need that may be left out.
pub(super) fn need(text: &str) -> Result<Option<NeedId>, Error> {
    if text.is_empty() { Ok(None) } else { key(text).map(Some) }
}

/// Under which name a form of one initiative is kept.
pub(super) fn form(what: &str, post: PostId) -> String {
    format!("{what}-{post}")
}

pub(super) fn whole(request: &Request, view: &InitiativeView, refused: Filled<()>) -> TakePartView {
    let initiative = &view.initiative;
    let post = &view.post;
    let me = request.actor.member_id();
    let mut people: Vec<PersonView> = view.people.iter().map(|one| person(one, &initiative.needs)).collect();
    // The team first.
    people.sort_by_key(|one| one.team != Team::In);
    TakePartView {
        id: post.id.to_string(),
        title: post.text.title.clone(),
        initiator: post.on_behalf_of.clone().unwrap_or_else(|| post.author_name.clone()),
        stage: initiative.stage,
        goal: initiative.goal.clone(),
        closing: initiative.closing.clone(),
        needs: initiative
            .needs
            .iter()
            .map(|need| NeedView {
                id: need.id.to_string(),
                kind: need.kind,
                label: need.label.clone(),
                wanted: need.wanted,
                filled: need.filled(),
                open: need.is_open(),
                mine: view.mine.needs.contains(&need.id),
            })
            .collect(),
        members: initiative.members,
        people,
        updates: initiative
            .updates
            .iter()
            .map(|update| UpdateView {
                id: update.id.to_string(),
                by: update.author_name.clone(),
                at: Moment::ago(update.at, request),
                html: update.html.clone(),
                may_remove: view.may_lead || (view.may_manage && me == Some(update.author)),
            })
            .collect(),
        mine: view.mine.team,
        may_see_people: view.may_see_people,
        may_join: view.may_join,
        may_lead: view.may_lead,
        may_manage: view.may_manage,
        refused,
    }
}

fn person(one: &Participant, needs: &[Need]) -> PersonView {
    let label = |id: &NeedId| needs.iter().find(|need| need.id == *id).map(|need| need.label.clone());
    PersonView {
        id: one.member.to_string(),
        name: one.name.clone(),
        tone: tone(&one.name),
        team: one.team,
        helps: one.needs.iter().filter_map(label).collect(),
    }
}

/// The page of the team, with `open` the key of the need that is being changed.
///
/// # Errors
/// It is not for this reader, or the database.
pub(super) async fn team(
    request: &Request,
    view: InitiativeView,
    flash: &str,
    open: &str,
) -> Result<TeamView, AppError> {
    if !view.may_manage {
        let denied = if request.is_signed_in() { Denied::NotAllowed } else { Denied::SignInFirst };
        return crate::context::answer(Err(denied.into()));
    }
    let id = view.post.id;
    let refused = typed::<()>(request, &form("button", id), flash).await?.into();
    let mut plan: Filled<PlanDraft> = typed(request, &form("plan", id), flash).await?.into();
    if plan.problems.is_empty() {
        plan.typed = PlanDraft {
            version: view.initiative.version,
            goal: view.initiative.goal.clone(),
            stage: view.initiative.stage.key().to_owned(),
            closing: view.initiative.closing.clone(),
        };
    }
    let mut need: Filled<NeedDraft> = typed(request, &form("need", id), flash).await?.into();
    let opened = view.initiative.needs.iter().find(|one| one.id.to_string() == open);
    if let Some(opened) = opened.filter(|_| need.problems.is_empty()) {
        need.typed = NeedDraft {
            id: opened.id.to_string(),
            version: opened.version,
            kind: opened.kind.key().to_owned(),
            label: opened.label.clone(),
            wanted: opened.wanted.to_string(),
            found: opened.found.to_string(),
        };
    }
    let tell = typed(request, &form("tell", id), flash).await?.into();
    Ok(TeamView { whole: whole(request, &view, refused), plan, need, tell })
}
