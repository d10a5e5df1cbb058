//! What the post of an initiative shows of it. The server writes it, and the browser takes it as it is; what can be
//! done with it is on pages of its own.

use domain::initiatives::{Initiative, NeedKind, Stage};
use domain::posts::Post;
use leptos::prelude::*;
use service::context::Request;

use crate::texts::{DeskTexts, desk_in_language, fill};
use crate::ui::{Badge, Icon, Moment, Time};

pub(super) const fn stage_name(d: &DeskTexts, stage: Stage) -> &'static str {
    match stage {
        Stage::Begun => d.stage_begun,
        Stage::Busy => d.stage_busy,
        Stage::Done => d.stage_done,
        Stage::Stopped => d.stage_stopped,
    }
}

pub(super) const fn stage_look(stage: Stage) -> &'static str {
    match stage {
        Stage::Begun => "sun",
        Stage::Busy => "brand",
        Stage::Done => "accent",
        Stage::Stopped => "neutral",
    }
}

pub(super) const fn need_icon(kind: NeedKind) -> &'static str {
    match kind {
        NeedKind::Hands => "users",
        NeedKind::Things => "tag",
        NeedKind::Money => "heart",
        NeedKind::Place => "map-pin",
    }
}

/// How much of something is there, in words.
pub(super) fn amount(d: &DeskTexts, kind: NeedKind, filled: u32, wanted: u32) -> String {
    let text = match kind {
        NeedKind::Money => d.need_money_amount,
        NeedKind::Hands | NeedKind::Things | NeedKind::Place => d.need_amount,
    };
    fill(text, &[("n", &filled.min(wanted).to_string()), ("wanted", &wanted.to_string())])
}

/// How many take part, in words.
pub(super) fn people_count(d: &DeskTexts, members: u32) -> String {
    match members {
        0 => d.taking_part_none.to_owned(),
        1 => d.taking_part_one.to_owned(),
        n => fill(d.taking_part_many, &[("n", &n.to_string())]),
    }
}

/// Something that is needed, with how much of it is there.
#[component]
pub(super) fn NeedLine(
    d: &'static DeskTexts,
    kind: NeedKind,
    label: String,
    filled: u32,
    wanted: u32,
    open: bool,
    lang: Option<&'static str>,
) -> impl IntoView {
    let amount = amount(d, kind, filled, wanted);
    view! {
        <div class="need">
            <Icon name=need_icon(kind)/>
            <span class="need__label" lang=lang>
                {label.clone()}
            </span>
            <progress
                class="need__bar"
                value=filled.min(wanted).to_string()
                max=wanted.to_string()
                aria-label=label
            >
                {amount.clone()}
            </progress>
            <span class="meta">{if open { amount } else { format!("{} · {amount}", d.need_full) }}</span>
        </div>
    }
}

/// The part of the page between the text and its facts; nothing for posts of another kind.
pub(crate) fn html(request: &Request, post: &Post, initiative: &Initiative, may_manage: bool) -> String {
    let d = desk_in_language(request.locale);
    let lang = (request.platform.locale != request.locale).then(|| request.platform.locale.tag());
    let needs = (!initiative.needs.is_empty()).then(|| {
        let lines = initiative
            .needs
            .iter()
            .map(|need| {
                let (kind, label) = (need.kind, need.label.clone());
                let (filled, wanted, open) = (need.filled(), need.wanted, need.is_open());
                view! {
                    <li>
                        <NeedLine d kind label filled wanted open lang/>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h3>{d.needs_title}</h3>
            <ul class="needs">{lines}</ul>
        }
    });
    let updates = (!initiative.updates.is_empty()).then(|| {
        let entries = initiative
            .updates
            .iter()
            .map(|update| {
                view! {
                    <li>
                        <p class="meta">
                            <Time moment=Moment::ago(update.at, request)/> " · "
                            {update.author_name.clone()}
                        </p>
                        <div class="prose" lang=lang inner_html=update.html.clone()></div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <h3>{d.updates_title}</h3>
            <ol class="updates">{entries}</ol>
        }
    });
    let page = format!("/berichten/{}/meedoen", post.id);
    let (label, look) = if initiative.stage.is_open() {
        (d.take_part, "nl-button nl-button--primary")
    } else {
        (d.see_people, "nl-button nl-button--secondary")
    };
    let team = may_manage.then(|| {
        view! {
            <a class="nl-button nl-button--secondary" href=format!("{page}/team")>
                <Icon name="pencil"/>
                {d.team_page}
            </a>
        }
    });
    view! {
        <section class="initiative card panel" aria-labelledby="initiatief-titel">
            <div class="cluster">
                <h2 id="initiatief-titel">{d.initiative_title}</h2>
                <Badge label=stage_name(d, initiative.stage) look=stage_look(initiative.stage)/>
            </div>
            {(!initiative.goal.is_empty())
                .then(|| view! { <p class="initiative__goal" lang=lang>{initiative.goal.clone()}</p> })}
            {(!initiative.closing.is_empty() && !initiative.stage.is_open())
                .then(|| view! { <p class="initiative__closing" lang=lang>{initiative.closing.clone()}</p> })}
            {needs}
            <p>{people_count(d, initiative.members)}</p>
            <p class="cluster no-print">
                <a class=look rel="nofollow" href=page>
                    <Icon name="users"/>
                    {label}
                </a>
                {team}
            </p>
            {updates}
        </section>
    }
    .to_html()
}
