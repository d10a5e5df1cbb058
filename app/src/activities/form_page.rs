//! `/activiteiten/nieuw`, and the form of a whole activity. A quiet page.

use domain::activities::draft::ActivityDraft;
use domain::activities::{Audience, Spoken};
use domain::limits;
use domain::posts::scene::Scene;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::{CreateActivity, SaveActivity, activity_form};
use super::filters::language_name;
use super::place_fields::PlaceOnMap;
use super::registration::{self, RulesFields};
use super::show_page::audience_name;
use super::view::{ActivityFormView, PlaceView};
use super::when_fields::WhenFields;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::posts::scene_name;
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{
    Breadcrumb, Checkbox, FieldInfo, FormProblems, Notice, NoticeKind, RadioGroup, RadioOption, Select,
    SelectOption, SubmitButton, TextArea, TextField, load,
};

#[component]
pub fn NewActivityPage() -> impl IntoView {
    let d = use_desk_texts();
    let query = use_query_map();
    let key = move || vec![query.with(|query| query.get("flash").unwrap_or_default())];
    let fetch = |key: Vec<String>| Box::pin(activity_form(key.into_iter().next().unwrap_or_default())) as _;
    let show = |view| view! { <WholeForm view/> }.into_any();
    view! {
        <Title text=d.activity_new/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            <Breadcrumb steps=vec![("/agenda".to_owned(), d.agenda_title.to_owned())] here=d.activity_new/>
            <h1>{d.activity_new}</h1>
            <p class="lead">{d.activity_new_lead}</p>
            <p>{d.first_invite} " " <a href="/activiteiten/eerste">{d.first_invite_link}</a></p>
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
pub(super) fn WholeForm(view: ActivityFormView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let is_new = view.id.is_empty();
    let problems = view.form.problems.clone();
    let hidden = (!is_new).then(|| {
        [
            ("id", view.id.clone()),
            ("version", view.version.to_string()),
            ("scope", view.scope.clone()),
            ("at", view.at.clone()),
        ]
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
    });
    let words = view.says.clone();
    let says = (!words.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Info>
                <p>{words}</p>
            </Notice>
        }
    });
    let (action, label, back) = if is_new {
        (CreateActivity::PATH, d.activity_publish, "/agenda".to_owned())
    } else {
        (SaveActivity::PATH, t.save, format!("/activiteiten/{}", view.id))
    };
    let draft = view.form.typed.clone();
    let (place, fixed) = (view.place.clone(), view.registered);
    view! {
        <form class="form stack" method="post" novalidate=true action=action>
            // Enter in a field saves; the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            {hidden}
            <FormProblems
                problems=problems.clone()
                ids=ids()
            />
            {says}
            <What draft=draft.clone() problems=problems.clone()/>
            <WhenFields view problems=problems.clone()/>
            <Where draft=draft.clone() problems=problems.clone() place/>
            <Whom draft=draft.clone() problems=problems.clone()/>
            <RulesFields draft=draft.registration.clone() problems=problems.clone() fixed/>
            <Look draft problems/>
            <div class="form__actions">
                <SubmitButton label=label/>
                <a class="nl-button nl-button--subtle" href=back>
                    {t.cancel}
                </a>
            </div>
            <p class="meta">{t.publish_note} " " <a href="/huisregels">{t.house_rules_title}</a></p>
        </form>
    }
}

/// Which field of the form asks for what.
pub(super) fn ids() -> Vec<(Field, &'static str)> {
    let mut ids = vec![
        (Field::Title, "titel"),
        (Field::Body, "tekst"),
        (Field::Start, "dag"),
        (Field::Repeat, "herhaling"),
        (Field::Place, "plek"),
        (Field::Address, "bekende-plek"),
        (Field::Online, "online"),
        (Field::Cost, "kosten"),
        (Field::Audience, "doelgroep"),
        (Field::Areas, "gebied"),
        (Field::Topic, "thema"),
        (Field::Scene, "tekening"),
        (Field::SceneAlt, "tekening-uitleg-veld"),
    ];
    ids.extend(registration::rules_ids());
    ids
}

/// What it is.
#[component]
pub(super) fn What(draft: ActivityDraft, problems: domain::problem::Problems) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <TextField
            info=FieldInfo::new("titel", d.activity_field_title)
                .describe(d.activity_field_title_about)
                .problem(&problems, Field::Title)
            name="draft[title]"
            value=draft.title.clone()
            maxlength=limits::TITLE_MAX
            required=true
        />
        <TextArea
            info=FieldInfo::new("tekst", d.activity_field_body)
                .describe(d.activity_field_body_about)
                .problem(&problems, Field::Body)
            name="draft[body]"
            value=draft.body.clone()
            rows=6
            maxlength=Some(limits::BODY_MAX)
        />
    }
}

#[component]
pub(super) fn Where(
    draft: ActivityDraft,
    problems: domain::problem::Problems,
    place: PlaceView,
) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    view! {
        <TextField
            info=FieldInfo::new("plek", d.activity_place)
                .hint(t.optional)
                .describe(d.activity_place_about)
                .problem(&problems, Field::Place)
            name="draft[place]"
            value=draft.place.clone()
            maxlength=limits::PLACE_MAX
        />
        <PlaceOnMap draft=draft.clone() problems=problems.clone() view=place/>
        <Checkbox
            info=FieldInfo::new("rolstoel", d.activity_wheelchair_field)
            name="draft[wheelchair]"
            checked=draft.wheelchair
        />
        <TextField
            info=FieldInfo::new("online", d.activity_online)
                .hint(t.optional)
                .describe(d.activity_online_about)
                .problem(&problems, Field::Online)
            name="draft[online]"
            inputmode="url"
            value=draft.online.clone()
            maxlength=limits::PLACE_MAX
        />
        <TextField
            info=FieldInfo::new("kosten", d.activity_cost)
                .hint(t.optional)
                .describe(d.activity_cost_about)
                .problem(&problems, Field::Cost)
            name="draft[cost]"
            value=draft.cost.clone()
            maxlength=limits::PLACE_MAX
        />
        <AreaChoice
            info=FieldInfo::new("gebied", t.field_areas)
                .describe(t.field_areas_about)
                .problem(&problems, Field::Areas)
            name="draft[areas][]"
            chosen=draft.areas
        />
    }
}

#[component]
pub(super) fn Whom(draft: ActivityDraft, problems: domain::problem::Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let site = use_site();
    let option = |value: &str, label: &str| RadioOption {
        value: value.to_owned(),
        label: label.to_owned(),
        about: String::new(),
        depth: 0,
    };
    let audience = Audience::ALL.into_iter().map(|one| option(one.key(), audience_name(d, one))).collect();
    let languages = Spoken::ALL.into_iter().map(|one| option(one.key(), language_name(d, one))).collect();
    view! {
        <RadioGroup
            info=FieldInfo::new("doelgroep", d.activity_audience)
                .hint(t.optional)
                .describe(d.activity_audience_about)
                .problem(&problems, Field::Audience)
            name="draft[audience][]"
            options=audience
            selected=""
            many=draft.audience
        />
        <RadioGroup
            info=FieldInfo::new("talen", d.activity_languages).hint(t.optional)
            name="draft[languages][]"
            options=languages
            selected=""
            many=draft.languages
        />
        <Select
            info=FieldInfo::new("thema", t.field_topic).hint(t.optional).problem(&problems, Field::Topic)
            name="draft[topic]"
            options=topic_options(&site, t.no_topic)
            selected=draft.topic
        />
    }
}

/// How it looks in the agenda.
#[component]
pub(super) fn Look(draft: ActivityDraft, problems: domain::problem::Problems) -> impl IntoView {
    let t = use_texts();
    let scenes = std::iter::once(SelectOption::new("", t.no_scene))
        .chain(Scene::ALL.iter().map(|scene| SelectOption::new(scene.key(), scene_name(t, *scene))))
        .collect();
    view! {
        <Select
            info=FieldInfo::new("tekening", t.field_scene).hint(t.optional).problem(&problems, Field::Scene)
            name="draft[scene]"
            options=scenes
            selected=draft.scene
        />
        <TextField
            info=FieldInfo::new("tekening-uitleg-veld", t.field_scene_alt)
                .hint(t.optional)
                .describe(t.field_scene_alt_about)
                .problem(&problems, Field::SceneAlt)
            name="draft[scene_alt]"
            value=draft.scene_alt
            maxlength=limits::ALT_MAX
        />
    }
}
