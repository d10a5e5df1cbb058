//! `/berichten/ID/meedoen/team`: what the team of an initiative keeps up to date. A quiet page.

use domain::initiatives::{NeedKind, Stage, Team};
use domain::limits;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{DropNeed, PlaceInTeam, SaveNeed, SavePlan, TakeBack, Tell, show_team};
use super::block::{NeedLine, stage_name};
use super::page::{Head, Person};
use super::view::{NeedView, PersonView, TakePartView, TeamView, UpdateView};
use crate::site::use_site;
use crate::texts::{DeskTexts, use_desk_texts, use_texts};
use crate::ui::{
    FieldInfo, FormProblems, PostButton, RadioGroup, RadioOption, SubmitButton, TextArea, TextField, Time,
    load,
};

#[component]
pub fn TeamPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let part = move |name: &str| query.with(|query| query.get(name).unwrap_or_default());
    let key =
        move || vec![params.with(|params| params.get("id").unwrap_or_default()), part("flash"), part("wens")];
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let mut next = || parts.next().unwrap_or_default();
        let (id, flash, open) = (next(), next(), next());
        Box::pin(show_team(id, flash, open)) as _
    };
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: TeamView) -> impl IntoView {
    let d = use_desk_texts();
    let whole = view.whole.clone();
    view! {
        <Head view=whole.clone() here=d.team_page.to_owned()/>
        <News view=view.clone()/>
        <Plan view=view.clone()/>
        <Needs view/>
        <People view=whole/>
    }
}

/// How it goes: a new small post, and those that are there.
#[component]
fn News(view: TeamView) -> impl IntoView {
    let d = use_desk_texts();
    let TeamView { whole, tell, .. } = view;
    let id = whole.id.clone();
    let told = whole.updates.into_iter().map(|update| view! { <li><Told id=id.clone() update/></li> });
    view! {
        <section class="stack">
            <h2>{d.updates_title}</h2>
            <form class="form stack" method="post" novalidate=true action=Tell::PATH>
                <FormProblems problems=tell.problems.clone() ids=vec![(Field::Message, "nieuws")]/>
                <input type="hidden" name="id" value=whole.id.clone()/>
                <TextArea
                    info=FieldInfo::new("nieuws", d.update_text)
                        .describe(d.update_about)
                        .problem(&tell.problems, Field::Message)
                    name="text"
                    value=tell.typed
                    rows=4
                    maxlength=Some(limits::UPDATE_MAX)
                />
                <div class="form__actions">
                    <SubmitButton label=d.update_send/>
                </div>
            </form>
            <ol class="updates">{told.collect_view()}</ol>
        </section>
    }
}

#[component]
fn Told(id: String, update: UpdateView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let remove = update.may_remove.then(|| {
        let fields = vec![("id", id), ("update", update.id)];
        view! { <PostButton action=TakeBack::PATH fields label=d.update_remove icon=Some("trash")/> }
    });
    view! {
        <p class="meta">
            <Time moment=update.at/> " · " {update.by}
        </p>
        <div class="prose" lang=lang inner_html=update.html></div>
        {remove}
    }
}

#[component]
fn Plan(view: TeamView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let plan = view.plan;
    let stages = Stage::ALL
        .iter()
        .map(|stage| RadioOption {
            value: stage.key().to_owned(),
            label: stage_name(d, *stage).to_owned(),
            about: String::new(),
            depth: 0,
        })
        .collect();
    view! {
        <section class="stack">
            <h2>{d.plan_title}</h2>
            <form class="form stack" method="post" novalidate=true action=SavePlan::PATH>
                <FormProblems
                    problems=plan.problems.clone()
                    ids=vec![(Field::Goal, "doel"), (Field::Stage, "stand"), (Field::Closing, "slot")]
                />
                <input type="hidden" name="id" value=view.whole.id/>
                <input type="hidden" name="plan[version]" value=plan.typed.version.to_string()/>
                <TextArea
                    info=FieldInfo::new("doel", d.plan_goal)
                        .hint(t.optional)
                        .describe(d.plan_goal_about)
                        .problem(&plan.problems, Field::Goal)
                    name="plan[goal]"
                    value=plan.typed.goal
                    rows=3
                    maxlength=Some(limits::GOAL_MAX)
                />
                <RadioGroup
                    info=FieldInfo::new("stand", d.plan_stage).problem(&plan.problems, Field::Stage)
                    name="plan[stage]"
                    options=stages
                    selected=plan.typed.stage
                />
                <TextArea
                    info=FieldInfo::new("slot", d.plan_closing)
                        .describe(d.plan_closing_about)
                        .problem(&plan.problems, Field::Closing)
                    name="plan[closing]"
                    value=plan.typed.closing
                    rows=3
                    maxlength=Some(limits::GOAL_MAX)
                />
                <div class="form__actions">
                    <SubmitButton label=d.plan_save/>
                </div>
            </form>
        </section>
    }
}

const fn need_name(d: &DeskTexts, kind: NeedKind) -> &'static str {
    match kind {
        NeedKind::Hands => d.need_hands,
        NeedKind::Things => d.need_things,
        NeedKind::Money => d.need_money,
        NeedKind::Place => d.need_place,
    }
}

#[component]
fn Needs(view: TeamView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let TeamView { whole, need, .. } = view;
    let id = whole.id;
    let lines = whole
        .needs
        .into_iter()
        .map(|one| {
            let change = format!("/berichten/{id}/meedoen/team?wens={}#wens", one.id);
            let fields = vec![("id", id.clone()), ("need", one.id.clone())];
            let NeedView { kind, label, filled, wanted, open, .. } = one;
            view! {
                <li>
                    <NeedLine d kind label filled wanted open lang/>
                    <div class="cluster">
                        <a class="nl-link" href=change>
                            {d.need_change}
                        </a>
                        <PostButton action=DropNeed::PATH fields label=d.need_remove icon=Some("trash")/>
                    </div>
                </li>
            }
        })
        .collect_view();
    let kinds = NeedKind::ALL
        .iter()
        .map(|kind| RadioOption {
            value: kind.key().to_owned(),
            label: need_name(d, *kind).to_owned(),
            about: String::new(),
            depth: 0,
        })
        .collect();
    let (typed, problems) = (need.typed, need.problems);
    let title = if typed.id.is_empty() { d.need_new } else { d.need_change_title };
    let kind = if typed.kind.is_empty() { NeedKind::Hands.key().to_owned() } else { typed.kind };
    view! {
        <section class="stack" id="wens">
            <h2>{d.needs_title}</h2>
            <ul class="needs">{lines}</ul>
            <form class="form stack" method="post" novalidate=true action=SaveNeed::PATH>
                <h3>{title}</h3>
                <FormProblems
                    problems=problems.clone()
                    ids=vec![
                        (Field::Kind, "wens-soort"),
                        (Field::Label, "wens-wat"),
                        (Field::Wanted, "wens-aantal"),
                        (Field::Found, "wens-er"),
                    ]
                />
                <input type="hidden" name="id" value=id.clone()/>
                <input type="hidden" name="wish[id]" value=typed.id/>
                <input type="hidden" name="wish[version]" value=typed.version.to_string()/>
                <RadioGroup
                    info=FieldInfo::new("wens-soort", d.need_kind).problem(&problems, Field::Kind)
                    name="wish[kind]"
                    options=kinds
                    selected=kind
                />
                <TextField
                    info=FieldInfo::new("wens-wat", d.need_label)
                        .describe(d.need_label_about)
                        .problem(&problems, Field::Label)
                    name="wish[label]"
                    value=typed.label
                    maxlength=limits::NEED_MAX
                />
                <TextField
                    info=FieldInfo::new("wens-aantal", d.need_wanted)
                        .describe(d.need_wanted_about)
                        .problem(&problems, Field::Wanted)
                    name="wish[wanted]"
                    inputmode="numeric"
                    value=typed.wanted
                />
                <TextField
                    info=FieldInfo::new("wens-er", d.need_found)
                        .hint(use_texts().optional)
                        .describe(d.need_found_about)
                        .problem(&problems, Field::Found)
                    name="wish[found]"
                    inputmode="numeric"
                    value=typed.found
                />
                <div class="form__actions">
                    <SubmitButton label=d.need_save look="secondary"/>
                </div>
            </form>
        </section>
    }
}

/// Who takes part; who leads says who is in the team.
#[component]
fn People(view: TakePartView) -> impl IntoView {
    let d = use_desk_texts();
    let TakePartView { id, people, may_lead, .. } = view;
    let none = people.is_empty().then(|| view! { <p>{d.taking_part_none}</p> });
    let lines = people
        .into_iter()
        .map(|one| {
            let acts = if may_lead { team_acts(d, &id, &one) } else { Vec::new() };
            view! {
                <li>
                    <Person one/>
                    <div class="cluster">{acts}</div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack">
            <h2>{d.people_title}</h2>
            <p class="meta">{d.team_about}</p>
            {none}
            <ul class="people">{lines}</ul>
        </section>
    }
}

fn team_acts(d: &'static DeskTexts, id: &str, one: &PersonView) -> Vec<AnyView> {
    let acts: &[(&'static str, &'static str)] = match one.team {
        Team::No => &[("invite", d.team_invite)],
        Team::Invited => &[("uninvite", d.team_uninvite)],
        Team::Asked => &[("admit", d.team_admit), ("refuse", d.team_refuse)],
        Team::In => &[("put_out", d.team_put_out)],
    };
    acts.iter()
        .map(|(act, label)| {
            let fields = vec![("id", id.to_owned()), ("member", one.id.clone()), ("act", (*act).to_owned())];
            view! { <PostButton action=PlaceInTeam::PATH fields label=*label/> }.into_any()
        })
        .collect()
}
