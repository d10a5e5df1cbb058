//! The fields of a calendar of others.

use domain::limits;
use domain::problem::{Field, Problems};
use domain::sources::Rhythm;
use domain::sources::draft::SourceDraft;
use leptos::prelude::*;

use super::words::rhythm_name;
use crate::posts::parts::{AreaChoice, topic_options};
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{FieldInfo, FormProblems, Notice, NoticeKind, Select, SelectOption, TextField};

/// What is wrong with the form, and why it could not be read.
#[component]
pub(super) fn Wrong(trouble: String, problems: Problems) -> impl IntoView {
    let d = use_desk_texts();
    let trouble = (!trouble.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Error>
                <h2 id="fouten" tabindex="-1">
                    {d.source_trouble}
                </h2>
                <p>{trouble}</p>
                <p>{d.source_nothing_taken}</p>
            </Notice>
        }
    });
    view! {
        {trouble}
        <FormProblems
            problems=problems
            ids=vec![
                (Field::Name, "naam"),
                (Field::Address, "adres"),
                (Field::Repeat, "hoe-vaak"),
                (Field::Areas, "gebied"),
                (Field::Topic, "thema"),
                (Field::Cost, "kosten"),
            ]
        />
    }
}

#[component]
pub(super) fn NameField(draft: SourceDraft, problems: Problems) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <TextField
            info=FieldInfo::new("naam", d.source_name)
                .describe(d.source_name_about)
                .problem(&problems, Field::Name)
            name="draft[name]"
            value=draft.name
            maxlength=limits::NAME_MAX
            required=true
        />
    }
}

#[component]
pub(super) fn AddressField(draft: SourceDraft, problems: Problems, about: &'static str) -> impl IntoView {
    let d = use_desk_texts();
    view! {
        <TextField
            info=FieldInfo::new("adres", d.source_address).describe(about).problem(&problems, Field::Address)
            name="draft[address]"
            inputmode="url"
            value=draft.address
        />
    }
}

/// How often it is read, where it has an address.
#[component]
pub(super) fn RhythmField(draft: SourceDraft, problems: Problems) -> impl IntoView {
    let d = use_desk_texts();
    let options = Rhythm::ALL.map(|one| SelectOption::new(one.key(), rhythm_name(d, one))).to_vec();
    let selected = if draft.rhythm.is_empty() { Rhythm::Daily.key().to_owned() } else { draft.rhythm };
    view! {
        <Select
            info=FieldInfo::new("hoe-vaak", d.source_rhythm)
                .describe(d.source_rhythm_about)
                .problem(&problems, Field::Repeat)
            name="draft[rhythm]"
            options
            selected
        />
    }
}

/// Where its activities belong, and what they cost.
#[component]
pub(super) fn PlaceFields(draft: SourceDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let site = use_site();
    view! {
        <AreaChoice
            info=FieldInfo::new("gebied", t.field_areas)
                .describe(d.source_areas_about)
                .problem(&problems, Field::Areas)
            name="draft[areas][]"
            chosen=draft.areas
        />
        <Select
            info=FieldInfo::new("thema", t.field_topic).hint(t.optional).problem(&problems, Field::Topic)
            name="draft[topic]"
            options=topic_options(&site, t.no_topic)
            selected=draft.topic
        />
        <TextField
            info=FieldInfo::new("kosten", d.activity_cost)
                .hint(t.optional)
                .describe(d.source_cost_about)
                .problem(&problems, Field::Cost)
            name="draft[cost]"
            value=draft.cost
            maxlength=limits::PLACE_MAX
        />
    }
}
