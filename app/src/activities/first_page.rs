//! `/activiteiten/eerste`: a new organiser is led to a first activity in five steps. A quiet page.

use domain::activities::draft::ActivityDraft;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{FirstStep, first_form};
use super::fields::{Look, What, Where, Whom};
use super::form_page::ids;
use super::present_first::BACK;
use super::registration::RulesFields;
use super::view::FirstView;
use super::when_fields::WhenFields;
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FormProblems, Notice, NoticeKind, SubmitButton, load_at};

#[component]
pub fn FirstActivityPage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch = |[step, flash]: [String; 2]| Box::pin(first_form(step, flash)) as _;
    let show = |view| view! { <Step view/> }.into_any();
    view! {
        <Title text=d.first_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            <Breadcrumb steps=vec![("/agenda".to_owned(), d.agenda_title.to_owned())] here=d.first_title/>
            <h1>{d.first_title}</h1>
            {load_at(["stap", "flash"], fetch, show)}
        </main>
    }
}

/// Names, questions and examples of the steps.
const fn steps(d: &DeskTexts) -> [(&'static str, &'static str, &'static str); 5] {
    [
        (d.first_what, d.first_what_about, d.first_what_example),
        (d.first_when, d.first_when_about, d.first_when_example),
        (d.first_where, d.first_where_about, d.first_where_example),
        (d.first_whom, d.first_whom_about, d.first_whom_example),
        (d.first_look, d.first_look_about, d.first_look_example),
    ]
}

/// What the other steps asked, along with this one.
fn hidden(draft: &ActivityDraft, step: u8) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    let mut keep = |of: u8, name: &'static str, value: &str| {
        if of != step && !value.is_empty() {
            fields.push((name, value.to_owned()));
        }
    };
    keep(1, "draft[title]", &draft.title);
    keep(1, "draft[body]", &draft.body);
    let when = &draft.when;
    for (name, value) in [
        ("draft[when][day]", &when.day),
        ("draft[when][from]", &when.from),
        ("draft[when][to]", &when.to),
        ("draft[when][repeat]", &when.repeat),
        ("draft[when][every]", &when.every),
        ("draft[when][until]", &when.until),
    ] {
        keep(2, name, value);
    }
    for (name, list) in [
        ("draft[when][days][]", &when.days),
        ("draft[when][skip][]", &when.skip),
        ("draft[when][more][]", &when.more),
    ] {
        for value in list {
            keep(2, name, value);
        }
    }
    for (name, value) in [
        ("draft[place]", &draft.place),
        ("draft[known]", &draft.known),
        ("draft[latitude]", &draft.latitude),
        ("draft[longitude]", &draft.longitude),
        ("draft[online]", &draft.online),
        ("draft[cost]", &draft.cost),
    ] {
        keep(3, name, value);
    }
    keep(3, "draft[wheelchair]", if draft.wheelchair { "true" } else { "" });
    for (of, name, list) in [
        (3, "draft[areas][]", &draft.areas),
        (4, "draft[audience][]", &draft.audience),
        (4, "draft[languages][]", &draft.languages),
    ] {
        for value in list {
            keep(of, name, value);
        }
    }
    let rules = &draft.registration;
    for (name, value) in [
        ("draft[registration][on]", if rules.on { "true" } else { "" }),
        ("draft[registration][capacity]", &rules.capacity),
        ("draft[registration][guests]", &rules.guests),
        ("draft[registration][closes]", &rules.closes),
        ("draft[registration][whole]", if rules.whole { "true" } else { "" }),
    ] {
        keep(4, name, value);
    }
    for question in &rules.questions {
        keep(4, "draft[registration][questions][]", question);
    }
    keep(4, "draft[topic]", &draft.topic);
    keep(5, "draft[scene]", &draft.scene);
    keep(5, "draft[scene_alt]", &draft.scene_alt);
    fields
}

#[component]
fn Step(view: FirstView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let step = view.step;
    let form = view.form;
    let (draft, problems) = (form.form.typed.clone(), form.form.problems.clone());
    let all = steps(d);
    let (name, about, example) = all[usize::from(step - 1)];
    let way = (1u8..)
        .zip(all)
        .map(|(number, (name, ..))| {
            let class = if number < step { "steps__done" } else { "" };
            view! {
                <li class=class aria-current=(number == step).then_some("step")>
                    {name}
                </li>
            }
        })
        .collect_view();
    let kept = hidden(&draft, step)
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let last = step == FirstView::STEPS;
    let label = if last { d.activity_publish } else { d.first_next };
    let back = (step > 1).then(|| {
        view! {
            <button class="nl-button nl-button--secondary" name="act" value=BACK>
                {d.first_back}
            </button>
        }
    });
    let summary = last.then(|| view! { <Summary draft=draft.clone() rule=form.rule.clone() times=form.times.iter().map(|time| time.text.clone()).collect()/> });
    let number = fill(d.first_step, &[("n", &step.to_string()), ("of", &FirstView::STEPS.to_string())]);
    let fields = match step {
        1 => view! { <What draft=draft.clone() problems=problems.clone()/> }.into_any(),
        2 => view! { <WhenFields view=form.clone() problems=problems.clone()/> }.into_any(),
        3 => view! { <Where draft=draft.clone() problems=problems.clone() place=form.place.clone()/> }
            .into_any(),
        4 => view! {
            <Whom draft=draft.clone() problems=problems.clone()/>
            <RulesFields draft=draft.registration.clone() problems=problems.clone() fixed=false/>
        }
        .into_any(),
        _ => view! { <Look draft=draft.clone() problems=problems.clone()/> }.into_any(),
    };
    view! {
        <ol class="steps" aria-label=d.first_steps>
            {way}
        </ol>
        <form class="form stack" method="post" novalidate=true action=FirstStep::PATH>
            // Enter in a field goes on; the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            <input type="hidden" name="step" value=step.to_string()/>
            {kept}
            <p class="meta">{number}</p>
            <h2>{name}</h2>
            <p class="lead">{about}</p>
            <FormProblems
                problems=problems
                ids=ids()
            />
            <Notice kind=NoticeKind::Info>
                <p>{example}</p>
            </Notice>
            {fields}
            {summary}
            <div class="form__actions">
                <SubmitButton label=label/>
                {back}
            </div>
            {last.then(|| view! { <p class="meta">{t.publish_note} " " <a href="/huisregels">{t.house_rules_title}</a></p> })}
        </form>
        <p class="meta">{d.first_whole} " " <a href="/activiteiten/nieuw">{d.first_whole_link}</a></p>
    }
}

/// What will stand in the agenda.
#[component]
fn Summary(draft: ActivityDraft, rule: String, times: Vec<String>) -> impl IntoView {
    let d = use_desk_texts();
    let title = (!draft.title.is_empty()).then(|| view! { <h3>{draft.title}</h3> });
    let when = if rule.is_empty() { times.into_iter().next().unwrap_or_default() } else { rule };
    let cost = if draft.cost.is_empty() { d.activity_free.to_owned() } else { draft.cost };
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    view! {
        <section class="card panel panel--tint stack">
            {title}
            <dl class="facts">
                {fact(d.activity_when, when)} {fact(d.activity_place, draft.place)} {fact(d.activity_cost, cost)}
            </dl>
        </section>
    }
}
