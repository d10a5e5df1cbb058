//! Beginning with five questions.

use domain::limits::{ANSWER_MAX, TITLE_MAX};
use domain::posts::template::{Answers, Template};
use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{BeginTemplate, template_form};
use super::questions::{Questions, questions};
use super::view::TemplateView;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, FormProblems, SubmitButton, TextArea, TextField, load_at};

#[component]
pub fn TemplatePage() -> impl IntoView {
    let fetch = |[name, flash]: [String; 2]| Box::pin(template_form(name, flash)) as _;
    let show = |form: TemplateView| match form.template {
        Some(template) => view! { <Form template answers=form.answers problems=form.problems/> }.into_any(),
        None => view! { <Choice/> }.into_any(),
    };
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load_at(["naam", "flash"], fetch, show)}
        </main>
    }
}

/// What there is to choose from.
#[component]
fn Choice() -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let items = Template::ALL
        .into_iter()
        .map(|template| {
            let Questions { title, about, .. } = questions(d, template);
            view! {
                <li>
                    <article class="card panel">
                        <h2>
                            <a href=format!("/berichten/sjabloon/{}", template.slug())>{title}</a>
                        </h2>
                        <p>{about}</p>
                    </article>
                </li>
            }
        })
        .collect_view();
    view! {
        <Title text=d.template_choose/>
        <Breadcrumb
            steps=vec![("/berichten/nieuw".to_owned(), t.write_post.to_owned())]
            here=d.template_choose
        />
        <h1>{d.template_choose}</h1>
        <p class="lead">{d.template_choose_lead}</p>
        <ul class="case-list">{items}</ul>
        <p>
            <a class="nl-link" href="/berichten/nieuw?concept=nieuw">
                {d.template_blank}
            </a>
        </p>
    }
}

#[component]
fn Form(template: Template, answers: Answers, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let Questions { title, about, asked, .. } = questions(d, template);
    let [first, rest @ ..] = asked;
    let field = |number: u8, id: &'static str, (question, help): (&'static str, &'static str)| {
        FieldInfo::new(id, question).describe(help).problem(&problems, Field::Answer { number })
    };
    let names = [
        (2, "vraag-2", "answers[two]", answers.two.clone()),
        (3, "vraag-3", "answers[three]", answers.three.clone()),
        (4, "vraag-4", "answers[four]", answers.four.clone()),
        (5, "vraag-5", "answers[five]", answers.five.clone()),
    ];
    let more = names
        .into_iter()
        .zip(rest)
        .map(|((number, id, name, value), question)| {
            view! {
                <TextArea
                    info=field(number, id, question)
                    name=name
                    value=value
                    rows=4
                    maxlength=Some(ANSWER_MAX)
                />
            }
        })
        .collect_view();
    view! {
        <Title text=title/>
        <Breadcrumb
            steps=vec![
                ("/berichten/nieuw".to_owned(), t.write_post.to_owned()),
                ("/berichten/sjabloon/kies".to_owned(), d.template_choose.to_owned()),
            ]
            here=title
        />
        <h1>{title}</h1>
        <p class="lead">{about} " " {d.template_lead}</p>
        <form class="form stack" method="post" novalidate=true action=BeginTemplate::PATH>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Answer { number: 1 }, "vraag-1"),
                    (Field::Answer { number: 2 }, "vraag-2"),
                    (Field::Answer { number: 3 }, "vraag-3"),
                    (Field::Answer { number: 4 }, "vraag-4"),
                    (Field::Answer { number: 5 }, "vraag-5"),
                ]
            />
            <input type="hidden" name="naam" value=template.slug()/>
            <TextField
                info=field(1, "vraag-1", first)
                name="answers[one]"
                value=answers.one.clone()
                maxlength=TITLE_MAX
            />
            {more}
            <div class="form__actions">
                <SubmitButton label=d.template_go_on/>
                <a class="nl-button nl-button--subtle" href="/berichten/sjabloon/kies">
                    {t.cancel}
                </a>
            </div>
        </form>
    }
}
