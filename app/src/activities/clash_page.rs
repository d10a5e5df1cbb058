//! `/activiteiten/ID/samenvoegen`: two people changed the same of an activity, and the editor chooses. A quiet page.

use domain::activities::draft::{ActivityDraft, TimeDraft};
use domain::activities::versions::{ActivityPart, TimePart};
use domain::problem::Problems;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChangeTime, SaveActivity, activity_conflict};
use super::fields::{
    AreasField, AudienceFields, BodyField, CostField, Look, OnlineField, PlaceFields, TitleField, TopicField,
};
use super::registration::RulesFields;
use super::time_fields::{TimeHours, TimeNote, TimePlace};
use super::view::{ActivityFormView, ClashForm as Fields, ClashPart, ClashView};
use super::when_fields::WhenFields;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{FieldInfo, Notice, NoticeKind, Select, SelectOption, load_at};
use crate::versions::clash::Words;
use crate::versions::{BothVersions, ClashForm};

/// A part is to be as the other made it.
pub(super) const THEIRS: &str = "theirs";
/// A part is to be as it is typed below.
const MINE: &str = "mine";

#[component]
pub fn ActivityConflictPage() -> impl IntoView {
    let fetch = |[id, scope, at, flash]: [String; 4]| Box::pin(activity_conflict(id, scope, at, flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load_at(["id", "wat", "keer", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: ClashView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let ClashView { id, title, version, other, scope, at, instead, parts, form } = view;
    let words = Words::of(t, other.as_deref());
    let text = match &other {
        Some(name) => fill(d.activity_conflict_text, &[("name", name)]),
        None => d.activity_conflict_own_text.to_owned(),
    };
    let names = Names { theirs: words.theirs.clone(), other: other.unwrap_or_default() };
    let back = format!("/activiteiten/{id}");
    let steps = vec![("/agenda".to_owned(), d.agenda_title.to_owned()), (back, title)];
    let mut hidden = vec![("id", id), ("version", version.to_string()), ("scope", scope)];
    let gone = if instead.is_empty() {
        hidden.push(("at", at));
        ().into_any()
    } else {
        view! { <Instead at instead/> }.into_any()
    };
    let action = match form {
        Fields::Time(_) => ChangeTime::PATH,
        Fields::Whole(_) => SaveActivity::PATH,
    };
    let (choices, rest) = match form {
        Fields::Time(time) => choices(parts, &TimePart::ALL, &names, TimePart::key, |part| {
            view! { <TimeField part time=time.clone()/> }.into_any()
        }),
        Fields::Whole(view) => choices(parts, &ActivityPart::ALL, &names, ActivityPart::key, |part| {
            view! { <PartField part view=(*view).clone()/> }.into_any()
        }),
    };
    view! {
        <ClashForm words text steps action hidden>
            {gone}
            {choices}
            <details class="clash-rest">
                <summary>{d.activity_conflict_rest}</summary>
                <div class="stack">{rest}</div>
            </details>
        </ClashForm>
    }
}

#[derive(Clone)]
struct Names {
    theirs: String,
    other: String,
}

/// A choice for each part that differs, in the order of the form, and the fields of all others.
fn choices<P: Copy>(
    parts: Vec<ClashPart>,
    all: &[P],
    names: &Names,
    key: impl Fn(P) -> &'static str,
    field: impl Fn(P) -> AnyView,
) -> (AnyView, AnyView) {
    let differs = |one: P| parts.iter().find(|part| part.key == key(one)).cloned();
    let chosen = all.iter().filter_map(|one| {
        let (part, field) = (differs(*one)?, field(*one));
        let names = names.clone();
        Some(view! { <Choice part names key=key(*one)>{field}</Choice> })
    });
    let chosen = chosen.collect_view().into_any();
    let rest = all.iter().filter(|one| differs(**one).is_none()).map(|one| field(*one)).collect_view();
    (chosen, rest.into_any())
}

/// Both versions, which one it is to be, and the fields to make something of one's own.
#[component]
fn Choice(part: ClashPart, names: Names, key: &'static str, children: Children) -> impl IntoView {
    let d = use_desk_texts();
    let Names { theirs, other } = names;
    // What only the other changed stays as they made it, unless the editor says otherwise.
    let take_theirs = part.by_them && !part.by_me;
    let told = match (part.by_me, part.by_them) {
        (false, _) => Some(d.activity_conflict_not_mine.to_owned()),
        (true, false) if other.is_empty() => Some(d.activity_conflict_only_here.to_owned()),
        (true, false) => Some(fill(d.activity_conflict_not_theirs, &[("name", &other)])),
        (true, true) => None,
    };
    let told = told.map(|told| view! { <p class="meta">{told}</p> });
    let name = format!("pick[{key}]");
    let option = |value: &'static str, label: String, checked: bool| {
        view! {
            <label class="choice">
                <input type="radio" name=name.clone() value=value checked=checked/>
                <span>{label}</span>
            </label>
        }
    };
    let mine = option(MINE, d.activity_conflict_mine.to_owned(), !take_theirs);
    let others = option(THEIRS, theirs.clone(), take_theirs);
    view! {
        <BothVersions name=part.name.clone() both=part.both theirs>
            {told}
            <fieldset class="utrecht-form-fieldset">
                <legend>
                    {d.activity_conflict_choose} " "
                    <span class="visually-hidden">{part.name}</span>
                </legend>
                <div class="choices">{mine} {others}</div>
            </fieldset>
            <div class="clash__fields stack">{children()}</div>
        </BothVersions>
    }
}

/// The time is none any more: from which one it is to be instead.
#[component]
fn Instead(at: String, instead: Vec<(String, String)>) -> impl IntoView {
    let d = use_desk_texts();
    let options = instead.iter().map(|(name, words)| SelectOption::new(name, words)).collect();
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{d.activity_conflict_gone}</p>
        </Notice>
        <Select info=FieldInfo::new("welke-keer", d.activity_conflict_instead) name="at" options selected=at/>
    }
}

#[component]
fn TimeField(part: TimePart, time: TimeDraft) -> impl IntoView {
    let problems = Problems::default();
    match part {
        TimePart::When => view! { <TimeHours time problems/> }.into_any(),
        TimePart::Place => view! { <TimePlace time problems/> }.into_any(),
        TimePart::Note => view! { <TimeNote time problems/> }.into_any(),
    }
}

#[component]
fn PartField(part: ActivityPart, view: ActivityFormView) -> impl IntoView {
    let problems = Problems::default();
    let draft: ActivityDraft = view.form.typed.clone();
    match part {
        ActivityPart::Title => view! { <TitleField draft problems/> }.into_any(),
        ActivityPart::Body => view! { <BodyField draft problems/> }.into_any(),
        ActivityPart::When => view! { <WhenFields view problems/> }.into_any(),
        // Each of these has a form of its own.
        ActivityPart::Times => ().into_any(),
        ActivityPart::Place => view! { <PlaceFields draft problems place=view.place/> }.into_any(),
        ActivityPart::Online => view! { <OnlineField draft problems/> }.into_any(),
        ActivityPart::Cost => view! { <CostField draft problems/> }.into_any(),
        ActivityPart::Audience => view! { <AudienceFields draft problems/> }.into_any(),
        ActivityPart::Picture => view! { <Look draft problems/> }.into_any(),
        ActivityPart::Areas => view! { <AreasField draft problems/> }.into_any(),
        ActivityPart::Topic => view! { <TopicField draft problems/> }.into_any(),
        ActivityPart::Registration => {
            view! { <RulesFields draft=draft.registration problems fixed=view.registered/> }.into_any()
        }
    }
}
