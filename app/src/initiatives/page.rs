//! `/berichten/ID/meedoen`: taking part in an initiative, and who does. A quiet page.

use domain::initiatives::Team;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{AnswerTeam, JoinInitiative, LeaveInitiative, show_initiative};
use super::block::{NeedLine, people_count, stage_look, stage_name};
use super::view::{NeedView, PersonView, TakePartView};
use crate::site::use_site;
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Avatar, Badge, Breadcrumb, FormProblems, Icon, LinkButton, PostButton, load_at};

#[component]
pub fn TakePartPage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(show_initiative(id, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

/// Title and the way back, on both pages.
#[component]
pub(super) fn Head(view: TakePartView, here: String) -> impl IntoView {
    let d = use_desk_texts();
    let t = use_texts();
    let lang = use_site().written_in();
    view! {
        <Title text=format!("{here}: {}", view.title)/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/berichten".to_owned(), t.list_title.to_owned()),
                (format!("/berichten/{}", view.id), view.title.clone()),
            ]
            here=here.clone()
        />
        <p class="cluster">
            <Badge label=stage_name(d, view.stage) look=stage_look(view.stage)/>
        </p>
        <h1>{here} ": " <span lang=lang>{view.title}</span></h1>
        <FormProblems problems=view.refused.problems ids=Vec::new()/>
    }
}

#[component]
fn Loaded(view: TakePartView) -> impl IntoView {
    let d = use_desk_texts();
    let site = use_site();
    let lang = site.written_in();
    let id = view.id.clone();
    let goal = view.goal.clone();
    let ended = (!view.stage.is_open()).then(|| {
        view! {
            <div class="card panel panel--tint">
                <p>{d.initiative_ended}</p>
                <p lang=lang>{view.closing.clone()}</p>
            </div>
        }
    });
    let sign_in = (!site.viewer.signed_in).then(|| {
        view! {
            <p class="card panel panel--tint">
                {d.take_part_sign_in} " "
                <a class="nl-link" rel="nofollow" href=format!("/aanmelden?terug=/berichten/{id}/meedoen")>
                    {use_texts().sign_in}
                </a>
            </p>
        }
    });
    let team = view.may_manage.then(|| {
        view! {
            <p>
                <LinkButton
                    href=format!("/berichten/{}/meedoen/team", view.id)
                    label=d.team_page
                    look="secondary"
                    icon=Some("pencil")
                />
            </p>
        }
    });
    view! {
        <Head view=view.clone() here=d.take_part_title.to_owned()/>
        {(!goal.is_empty()).then(|| view! { <p class="lead" lang=lang>{goal}</p> })}
        <p>{fill(d.initiated_by, &[("name", &view.initiator)])}</p>
        {ended}
        {sign_in}
        <Mine view=view.clone()/>
        <Needs view=view.clone()/>
        <People view/>
        {team}
    }
}

/// What the reader does already, and how they stop.
#[component]
fn Mine(view: TakePartView) -> impl IntoView {
    let d = use_desk_texts();
    let button = |act: &'static str, label: &'static str, look: &'static str| {
        let fields = vec![("id", view.id.clone()), ("act", act.to_owned())];
        view! { <PostButton action=AnswerTeam::PATH fields label look/> }
    };
    let Some(team) = view.mine else {
        return view
            .may_join
            .then(|| {
                let fields = vec![("id", view.id.clone())];
                view! {
                    <section class="card panel stack">
                        <h2>{d.take_part}</h2>
                        <p>{d.take_part_about}</p>
                        <PostButton
                            action=JoinInitiative::PATH
                            fields
                            label=d.take_part
                            look="primary"
                            icon=Some("check")
                        />
                    </section>
                }
            })
            .into_any();
    };
    let (words, buttons) = match team {
        Team::No => (d.team_no, vec![button("ask", d.team_ask, "secondary")]),
        Team::Asked => (d.team_asked, vec![button("withdraw", d.team_withdraw, "subtle")]),
        Team::Invited => (
            d.team_invited,
            vec![button("accept", d.team_accept, "primary"), button("decline", d.team_decline, "secondary")],
        ),
        Team::In => (d.team_in, vec![button("step_back", d.team_step_back, "subtle")]),
    };
    let leave = vec![("id", view.id.clone())];
    view! {
        <section class="card panel panel--tint stack">
            <h2>{d.you_take_part}</h2>
            <p>{words}</p>
            <div class="cluster">
                {buttons} <PostButton action=LeaveInitiative::PATH fields=leave label=d.leave icon=Some("x")/>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Needs(view: TakePartView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let TakePartView { id, needs, may_join, .. } = view;
    (!needs.is_empty()).then(|| {
        let lines = needs
            .into_iter()
            .map(|need| {
                let action = need_action(d, &id, &need, may_join);
                let NeedView { kind, label, filled, wanted, open, .. } = need;
                view! {
                    <li>
                        <NeedLine d kind label filled wanted open lang/>
                        {action}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="stack">
                <h2>{d.needs_title}</h2>
                <ul class="needs">{lines}</ul>
            </section>
        }
    })
}

fn need_action(d: &'static DeskTexts, id: &str, need: &NeedView, may_join: bool) -> Option<AnyView> {
    let fields = vec![("id", id.to_owned()), ("need", need.id.clone())];
    if need.mine {
        Some(
            view! {
                <div class="cluster">
                    <span class="meta">
                        <Icon name="check"/>
                        {d.need_mine}
                    </span>
                    <PostButton action=LeaveInitiative::PATH fields label=d.need_leave/>
                </div>
            }
            .into_any(),
        )
    } else {
        (may_join && need.open).then(|| {
            view! { <PostButton action=JoinInitiative::PATH fields label=d.need_join look="secondary"/> }
                .into_any()
        })
    }
}

/// Who takes part: for members by name, for everybody else a number.
#[component]
fn People(view: TakePartView) -> impl IntoView {
    let d = use_desk_texts();
    let names = (view.may_see_people && !view.people.is_empty()).then(|| {
        let people = view.people.into_iter().map(|one| view! { <li><Person one/></li> }).collect_view();
        view! { <ul class="people">{people}</ul> }
    });
    view! {
        <section class="stack">
            <h2>{d.people_title}</h2>
            <p>{people_count(d, view.members)}</p>
            {names}
        </section>
    }
}

#[component]
pub(super) fn Person(one: PersonView) -> impl IntoView {
    let d = use_desk_texts();
    let helps = one.helps.join(", ");
    view! {
        <div class="person">
            <Avatar name=one.name.clone() tone=one.tone/>
            <div>
                <strong>{one.name}</strong>
                {(one.team == Team::In).then(|| view! { " " <Badge label=d.team_word/> })}
                {(!helps.is_empty()).then(|| view! { <p class="meta">{helps}</p> })}
            </div>
        </div>
    }
}
