//! Three initiatives that live: one begun, one under way, one done.

use domain::clock::{Span, Timestamp};
use domain::id::{MemberId, NeedId, UpdateId};
use domain::initiatives::draft::{NeedDraft, PlanDraft};
use domain::permit::Permit;
use domain::permit::action::Operate;
use store::Write;
use store::initiatives::{NewNeed, NewUpdate, Plan};

use crate::content::{self, InitiativeFile};
use crate::plan::{PlannedPost, SitePlan};
use crate::random::Seeded;
use crate::{Error, Rendered};

/// Fills the initiatives of the written content; a community without those posts has none.
///
/// # Errors
/// The content is wrong, or the database refuses.
pub async fn lives(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let random = Seeded::new(59);
    for file in content::initiatives()? {
        let found = site.posts.iter().find(|post| post.text.title == file.title);
        if let Some(post) = found {
            one(write, permit, (site, post), &file, (render, &random)).await?;
        }
    }
    Ok(())
}

async fn one(
    write: &mut Write,
    permit: &Permit<Operate>,
    (site, post): (&SitePlan, &PlannedPost),
    file: &InitiativeFile,
    (render, random): (&impl Fn(&str) -> Rendered, &Seeded),
) -> Result<(), Error> {
    let wrong = |what: &str| Error::Content(format!("the initiative {}: {what}", file.title));
    let who = |name: &String| -> Result<MemberId, Error> {
        let member = site.members.iter().find(|member| member.name == *name);
        member.map(|member| member.id).ok_or_else(|| wrong(name))
    };
    let all = |names: &[String]| names.iter().map(who).collect::<Result<Vec<_>, _>>();
    let draft = PlanDraft {
        version: 0,
        goal: file.goal.clone(),
        stage: file.stage.clone(),
        closing: file.closing.clone(),
    };
    let text = draft.check().map_err(|problems| wrong(&format!("{problems:?}")))?;
    let mut valid = Vec::new();
    for (place, need) in (0..).zip(&file.needs) {
        let draft = NeedDraft {
            kind: need.kind.clone(),
            label: need.label.clone(),
            wanted: need.wanted.to_string(),
            found: need.found.to_string(),
            ..NeedDraft::default()
        };
        let need_text = draft.check().map_err(|problems| wrong(&format!("{problems:?}")))?;
        // Each a moment later than the one before: that is the order in which they are shown.
        let at = Timestamp(post.published_at.0 + place);
        valid.push((NeedId::new(at, random), need_text, all(&need.helpers)?));
    }
    let needs: Vec<_> = valid
        .iter()
        .map(|(id, text, helpers)| (NewNeed { id: *id, post: post.id, text }, helpers.clone()))
        .collect();
    let told: Vec<(MemberId, Timestamp, Rendered, &str)> = file
        .news
        .iter()
        .map(|news| {
            let at = post.published_at.plus(Span::hours(news.hours));
            // Never later than the site itself.
            let at = if at.0 < site.now.0 { at } else { Timestamp(site.now.0 - 1) };
            Ok((who(&news.by)?, at, render(&news.text), news.text.as_str()))
        })
        .collect::<Result<_, Error>>()?;
    let news: Vec<_> = told
        .iter()
        .map(|(author, at, rendered, body)| {
            let id = UpdateId::new(*at, random);
            (*author, NewUpdate { id, post: post.id, html: &rendered.html, body, at: *at })
        })
        .collect();
    let plan = Plan { post: post.id, expected_version: 0, text: &text, at: post.published_at };
    write.fill_initiative_as_operator(permit, &plan, &needs, &all(&file.team)?, &news).await?;
    Ok(())
}
