//! `/activiteiten/ID/deelnemers`: who comes, for who organises it. A quiet page, and a sheet of paper for the door.

use domain::limits;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{CancelFor, CheckIn, MessageToAll, show_people};
use super::entry_form::Entry;
use super::register_page::What;
use super::view::{PeopleView, PersonView};
use crate::activities::present::with_time;
use crate::texts::{fill, use_desk_texts};
use crate::ui::{
    Badge, Breadcrumb, FieldInfo, FormProblems, Icon, Notice, NoticeKind, PostButton, SubmitButton, TextArea,
    load_at,
};

#[component]
pub fn PeoplePage() -> impl IntoView {
    let d = use_desk_texts();
    let fetch =
        |[id, at, done, who, flash]: [String; 5]| Box::pin(show_people(id, at, done, who, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <Title text=d.reg_people_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            {load_at(["id", "keer", "klaar", "wie", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: PeopleView) -> impl IntoView {
    let d = use_desk_texts();
    let id = view.what.id.clone();
    let back = with_time(&format!("/activiteiten/{id}"), &view.what.at);
    let n = view.seated.to_string();
    let count = match view.capacity {
        Some(all) => fill(d.reg_people_of, &[("n", &n), ("all", &all.to_string())]),
        None => fill(d.reg_people_taken, &[("n", &n)]),
    };
    let anybody = !view.seats.is_empty() || !view.waiting.is_empty();
    let list = if anybody || !view.cancelled.is_empty() {
        view! {
            <People view=view.clone() title=d.reg_people_seats people=view.seats.clone() seated=true/>
            <People view=view.clone() title=d.reg_people_waiting people=view.waiting.clone() seated=false/>
            <Cancelled people=view.cancelled.clone()/>
        }
        .into_any()
    } else {
        view! { <p class="empty">{d.reg_people_none}</p> }.into_any()
    };
    let sheet = (anybody || !view.cancelled.is_empty()).then(|| {
        let href = with_time(&format!("/activiteiten/{id}/deelnemers.csv"), &view.what.at);
        view! {
            <p class="no-print">
                <a class="nl-button nl-button--secondary" href=href rel="nofollow external">
                    <Icon name="list"/>
                    {d.reg_sheet}
                </a>
            </p>
        }
    });
    let words = view.done.clone();
    let done = (!words.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Ok>
                <p>{words}</p>
            </Notice>
        }
    });
    let entry = view.entry.clone().map(|entry| view! { <Entry what=view.what.clone() entry=*entry/> });
    let message = anybody.then(|| view! { <Message view=view.clone()/> });
    view! {
        <div class="no-print">
            <Breadcrumb
                steps=vec![
                    ("/agenda".to_owned(), d.agenda_title.to_owned()),
                    (back, view.what.title.clone()),
                ]
                here=d.reg_people_title
            />
        </div>
        <h1>{d.reg_people_title}</h1>
        {done}
        <FormProblems problems=view.message.problems.clone() ids=vec![(Field::Message, "bericht")]/>
        <What what=view.what.clone()/>
        <p>
            <strong>{count}</strong>
        </p>
        {entry}
        {list}
        {sheet}
        {message}
        <Rounds view/>
    }
}

#[component]
fn People(view: PeopleView, title: &'static str, people: Vec<PersonView>, seated: bool) -> impl IntoView {
    if people.is_empty() {
        return ().into_any();
    }
    let lines =
        people.into_iter().map(|person| view! { <Person view=view.clone() person seated/> }).collect_view();
    view! {
        <section class="stack">
            <h2>{title}</h2>
            <ol class="people">{lines}</ol>
        </section>
    }
    .into_any()
}

#[component]
fn Person(view: PeopleView, person: PersonView, seated: bool) -> impl IntoView {
    let d = use_desk_texts();
    let what = view.what;
    let answers: Vec<_> = what
        .questions
        .iter()
        .zip(&person.answers)
        .filter(|(_, answer)| !answer.is_empty())
        .map(|(question, answer)| {
            view! {
                <div>
                    <dt>{question.clone()}</dt>
                    <dd>{answer.clone()}</dd>
                </div>
            }
        })
        .collect();
    let answers = (!answers.is_empty()).then(|| view! { <dl class="facts">{answers}</dl> });
    let fields = |more: Vec<(&'static str, String)>| {
        let mut fields = vec![("id", what.id.clone()), ("who", person.id.clone()), ("at", what.at.clone())];
        fields.extend(more);
        fields
    };
    let check_in = (seated && person.confirmed).then(|| {
        let (label, icon) = if person.came { (d.reg_check_out, "x") } else { (d.reg_check_in, "check") };
        let look = if person.came { "subtle" } else { "secondary" };
        let fields = fields(vec![("came", (!person.came).to_string())]);
        view! { <PostButton action=CheckIn::PATH fields label look icon=Some(icon)/> }
    });
    let guests = (person.guests > 0).then(|| {
        let with = fill(d.reg_guests_plus, &[("n", &(person.guests + 1).to_string())]);
        view! { <span>{with}</span> }
    });
    let came = person.came.then(|| view! { <Badge label=d.reg_came look="brand"/> });
    let by_hand = person.by_organiser.then(|| view! { <Badge label=d.reg_by_organiser look="neutral"/> });
    let silent = (!person.has_address).then(|| view! { <Badge label=d.reg_no_address look="sun"/> });
    let change = (person.by_organiser && view.entry.is_some()).then(|| {
        let page = with_time(&format!("/activiteiten/{}/deelnemers", what.id), &what.at);
        let mark = if page.contains('?') { '&' } else { '?' };
        let href = format!("{page}{mark}wie={}#erbij", person.id);
        view! {
            <a class="nl-link" href=href>
                {d.reg_change_for}
                " "
                <span class="visually-hidden">{person.name.clone()}</span>
            </a>
        }
    });
    let waits = (!person.confirmed).then(|| view! { <Badge label=d.reg_unconfirmed look="neutral"/> });
    view! {
        <li class="people__one" id=format!("wie-{}", person.id)>
            <div class="people__name">
                <strong>{person.name.clone()}</strong>
                {guests}
                {came}
                {by_hand}
                {silent}
                {waits}
            </div>
            {answers}
            <div class="people__acts no-print">
                {check_in}
                {change}
                <details>
                    <summary>{d.reg_take_off}</summary>
                    <p class="meta">{fill(d.reg_take_off_about, &[("name", &person.name)])}</p>
                    <PostButton
                        action=CancelFor::PATH
                        fields=fields(Vec::new())
                        label=d.reg_take_off_yes
                        look="secondary"
                    />
                </details>
            </div>
        </li>
    }
}

#[component]
fn Cancelled(people: Vec<PersonView>) -> impl IntoView {
    let d = use_desk_texts();
    if people.is_empty() {
        return ().into_any();
    }
    let names = people.into_iter().map(|person| view! { <li>{person.name}</li> }).collect_view();
    view! {
        <details class="no-print">
            <summary>{d.reg_people_cancelled}</summary>
            <ul>{names}</ul>
        </details>
    }
    .into_any()
}

#[component]
fn Message(view: PeopleView) -> impl IntoView {
    let d = use_desk_texts();
    let silent = match view.unreachable {
        0 => None,
        1 => Some(d.reg_no_address_one.to_owned()),
        n => Some(fill(d.reg_no_address_count, &[("n", &n.to_string())])),
    };
    let silent = silent.map(|words| view! { <p>{words}</p> });
    view! {
        <form class="form stack no-print" method="post" novalidate=true action=MessageToAll::PATH>
            <h2>{d.reg_message}</h2>
            {silent}
            <input type="hidden" name="id" value=view.what.id/>
            <input type="hidden" name="at" value=view.what.at/>
            <TextArea
                info=FieldInfo::new("bericht", d.reg_message_field)
                    .describe(d.reg_message_about)
                    .problem(&view.message.problems, Field::Message)
                name="text"
                value=view.message.typed
                rows=4
                maxlength=Some(limits::MESSAGE_MAX)
            />
            <div class="form__actions">
                <SubmitButton label=d.reg_message_send/>
            </div>
        </form>
    }
}

/// The other times that people registered for.
#[component]
fn Rounds(view: PeopleView) -> impl IntoView {
    let d = use_desk_texts();
    if view.rounds.is_empty() {
        return ().into_any();
    }
    let lines = view
        .rounds
        .into_iter()
        .map(|round| {
            view! {
                <li>
                    <a class="nl-link" href=round.href>
                        {round.text}
                    </a>
                    " (" {round.count.to_string()} ")"
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="stack no-print" aria-labelledby="andere-keren">
            <h2 id="andere-keren">{d.reg_rounds}</h2>
            <ul>{lines}</ul>
        </nav>
    }
    .into_any()
}
