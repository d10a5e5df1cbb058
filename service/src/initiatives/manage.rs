//! What the team says: goal and stage, what is needed, how it goes.

use domain::id::{NeedId, PostId, UpdateId};
use domain::initiatives::draft::{self, NeedDraft, PlanDraft};
use domain::initiatives::policy;
use domain::limits::{INITIATIVE_CHANGES, NEEDS_MAX, UPDATES_PER_MEMBER};
use domain::moderation::newcomers::leads_away;
use domain::problem::{Fault, Field};
use store::Saved;
use store::initiatives::{NewNeed, NewUpdate, Plan};

use super::found;
use crate::context::Request;
use crate::limits::limit_member;
use crate::{Error, markdown, moderation};

/// Saves goal and stage.
///
/// # Errors
/// The policy, what is wrong with it, saved by somebody else meanwhile, too often, not found, or the database.
pub async fn save_plan(request: &Request, id: PostId, typed: &PlanDraft) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_manage(&request.actor, &facts)?;
    let text = typed.check()?;
    limit_member(request, &INITIATIVE_CHANGES).await?;
    let mut write = request.tenant.write().await?;
    let plan = Plan { post: id, expected_version: typed.version, text: &text, at: request.now };
    if write.plan_initiative(&permit, &plan).await? == Saved::Stale {
        return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
    }
    let action = if text.stage() == facts.stage { "initiative.plan" } else { "initiative.stage" };
    write.audit(request.actor.member_id(), action, Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Adds something that is needed, or changes it.
///
/// # Errors
/// As [`save_plan`]; or too many.
pub async fn save_need(request: &Request, id: PostId, typed: &NeedDraft) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_manage(&request.actor, &facts)?;
    let text = typed.check()?;
    limit_member(request, &INITIATIVE_CHANGES).await?;
    let mut write = request.tenant.write().await?;
    if typed.id.is_empty() {
        let need = NeedId::new(request.now, request.services.random.as_ref());
        if !write.add_need(&permit, &NewNeed { id: need, post: id, text: &text }, NEEDS_MAX).await? {
            return Err(Error::field(Field::Form, Fault::TooMany { max: NEEDS_MAX }));
        }
    } else {
        let need = typed.id.parse().map_err(|_| Error::field(Field::Form, Fault::Gone))?;
        let to = NewNeed { id: need, post: id, text: &text };
        if write.change_need(&permit, &to, typed.version).await? == Saved::Stale {
            return Err(Error::field(Field::Form, Fault::ChangedMeanwhile));
        }
    }
    write.audit(request.actor.member_id(), "initiative.need", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Something is not needed after all.
///
/// # Errors
/// The policy, not found, too often, or the database.
pub async fn remove_need(request: &Request, id: PostId, need: NeedId) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_manage(&request.actor, &facts)?;
    limit_member(request, &INITIATIVE_CHANGES).await?;
    let mut write = request.tenant.write().await?;
    if !write.drop_need(&permit, id, need).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "initiative.need", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}

/// Says how it goes. Links by somebody who is new here are refused: there is no queue for small posts.
///
/// # Errors
/// The policy, what is wrong with it, too often, not found, or the database.
pub async fn add_update(request: &Request, id: PostId, typed: &str) -> Result<(), Error> {
    let (.., facts) = found(request, id).await?;
    let permit = policy::may_manage(&request.actor, &facts)?;
    let body = draft::update(typed).map_err(|fault| Error::field(Field::Message, fault))?;
    let html = markdown::render(&body).html;
    if moderation::Newcomer::of(request).await?.0 && leads_away(&html, &request.base_url) {
        return Err(Error::field(Field::Message, Fault::NoLinks));
    }
    limit_member(request, &UPDATES_PER_MEMBER).await?;
    let update = UpdateId::new(request.now, request.services.random.as_ref());
    let new = NewUpdate { id: update, post: id, html: &html, body: &body, at: request.now };
    let mut write = request.tenant.write().await?;
    write.insert_update(&permit, &new).await?;
    Ok(write.commit().await?)
}

/// Takes back what was said about how it goes.
///
/// # Errors
/// The policy, not found, or the database.
pub async fn remove_update(request: &Request, id: PostId, update: UpdateId) -> Result<(), Error> {
    let (_, initiative, _, facts) = found(request, id).await?;
    let there = initiative.updates.iter().find(|one| one.id == update).ok_or(Error::NotFound)?;
    let permit = policy::may_remove_update(&request.actor, &facts, there)?;
    let mut write = request.tenant.write().await?;
    if !write.remove_update(&permit, id, update).await? {
        return Err(Error::NotFound);
    }
    write.audit(request.actor.member_id(), "initiative.update.remove", Some(id.0), request.now).await?;
    Ok(write.commit().await?)
}
