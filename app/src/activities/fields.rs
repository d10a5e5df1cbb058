//! The fields of an activity: one component for each part that two people can change at once, and the groups in which
//! the forms show them.

use domain::activities::draft::ActivityDraft;
use domain::activities::{Audience, Spoken};
use domain::limits;
use domain::posts::scene::Scene;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use super::filters::{audience_name, language_name};
use super::place_fields::PlaceOnMap;
use super::view::PlaceView;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::posts::scene_name;
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{Checkbox, FieldInfo, RadioGroup, RadioOption, Select, SelectOption, TextArea, TextField};

/// What it is.
#[component]
pub(super) fn What(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    view! {
        <TitleField draft=draft.clone() problems=problems.clone()/>
        <BodyField draft problems/>
    }
}

#[component]
pub(super) fn Where(draft: ActivityDraft, problems: Problems, place: PlaceView) -> impl IntoView {
    view! {
        <PlaceFields draft=draft.clone() problems=problems.clone() place/>
        <OnlineField draft=draft.clone() problems=problems.clone()/>
        <CostField draft=draft.clone() problems=problems.clone()/>
        <AreasField draft problems/>
    }
}

#[component]
pub(super) fn Whom(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    view! {
        <AudienceFields draft=draft.clone() problems=problems.clone()/>
        <TopicField draft problems/>
    }
}

#[component]
pub(super) fn TitleField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <TextField
            info=FieldInfo::new("titel", d.activity_field_title)
                .describe(d.activity_field_title_about)
                .problem(&problems, Field::Title)
            name="draft[title]"
            value=draft.title
            maxlength=limits::TITLE_MAX
            required=true
        />
    }
}

#[component]
pub(super) fn BodyField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <TextArea
            info=FieldInfo::new("tekst", d.activity_field_body)
                .describe(d.activity_field_body_about)
                .problem(&problems, Field::Body)
            name="draft[body]"
            value=draft.body
            rows=6
            maxlength=Some(limits::BODY_MAX)
        />
    }
}

#[component]
pub(super) fn PlaceFields(draft: ActivityDraft, problems: Problems, place: PlaceView) -> impl IntoView {
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
        <PlaceOnMap draft=draft.clone() problems view=place/>
        <Checkbox
            info=FieldInfo::new("rolstoel", d.activity_wheelchair_field)
            name="draft[wheelchair]"
            checked=draft.wheelchair
        />
    }
}

#[component]
pub(super) fn OnlineField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    view! {
        <TextField
            info=FieldInfo::new("online", d.activity_online)
                .hint(t.optional)
                .describe(d.activity_online_about)
                .problem(&problems, Field::Online)
            name="draft[online]"
            inputmode="url"
            value=draft.online
            maxlength=limits::PLACE_MAX
        />
    }
}

#[component]
pub(super) fn CostField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    view! {
        <TextField
            info=FieldInfo::new("kosten", d.activity_cost)
                .hint(t.optional)
                .describe(d.activity_cost_about)
                .problem(&problems, Field::Cost)
            name="draft[cost]"
            value=draft.cost
            maxlength=limits::PLACE_MAX
        />
    }
}

#[component]
pub(super) fn AreasField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let t = use_texts();
    view! {
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
pub(super) fn AudienceFields(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
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
    }
}

#[component]
pub(super) fn TopicField(draft: ActivityDraft, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    view! {
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
pub(super) fn Look(draft: ActivityDraft, problems: Problems) -> impl IntoView {
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
