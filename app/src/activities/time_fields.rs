//! The fields of one time alone, one component for each part that two people can change at once.

use domain::activities::draft::TimeDraft;
use domain::limits;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{DateTimeField, FieldInfo, TextField};

#[component]
pub(super) fn TimeHours(time: TimeDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    view! {
        <div class="activity-hours">
            <DateTimeField
                info=FieldInfo::new("dag", d.time_day).problem(&problems, Field::Start)
                name="time[day]"
                kind="date"
                value=time.day
            />
            <DateTimeField
                info=FieldInfo::new("van", d.when_from)
                name="time[from]"
                kind="time"
                value=time.from
            />
            <DateTimeField
                info=FieldInfo::new("tot", d.when_to).hint(t.optional)
                name="time[to]"
                kind="time"
                value=time.to
            />
        </div>
    }
}

#[component]
pub(super) fn TimePlace(
    time: TimeDraft,
    problems: Problems,
    /// To choose from while typing.
    #[prop(optional)]
    places: Vec<String>,
) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let list = (!places.is_empty()).then_some("plekken");
    let known = list.map(|id| {
        let options = places.into_iter().map(|place| view! { <option value=place></option> }).collect_view();
        view! { <datalist id=id>{options}</datalist> }
    });
    view! {
        <TextField
            info=FieldInfo::new("plek", d.time_place)
                .hint(t.optional)
                .describe(d.time_place_about)
                .problem(&problems, Field::Place)
            name="time[place]"
            value=time.place
            maxlength=limits::PLACE_MAX
            list
        />
        {known}
    }
}

#[component]
pub(super) fn TimeNote(time: TimeDraft, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    view! {
        <TextField
            info=FieldInfo::new("noot", d.time_note)
                .hint(t.optional)
                .describe(d.time_note_about)
                .problem(&problems, Field::Message)
            name="time[note]"
            value=time.note
            maxlength=limits::PLACE_MAX
        />
    }
}
