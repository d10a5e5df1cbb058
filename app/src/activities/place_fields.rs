//! Where on the map: a place that the community knows, a click on the map, or two numbers.

use domain::activities::draft::ActivityDraft;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use super::map::Canvas;
use super::view::PlaceView;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{FieldInfo, Select, SelectOption, TextField};

const DEGREES_MAX: u32 = 24;

#[component]
pub(super) fn PlaceOnMap(draft: ActivityDraft, problems: Problems, view: PlaceView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    if view.known.is_empty() && view.map.is_none() {
        return ().into_any();
    }
    let options = std::iter::once(SelectOption::new("", d.place_other))
        .chain(view.known.iter().map(|(slug, line)| SelectOption::new(slug, line)))
        .collect();
    let open =
        !draft.latitude.is_empty() || !draft.longitude.is_empty() || problems.of(Field::Address).is_some();
    let canvas = view.map.map(|view| {
        view! {
            <p class="meta js-only">{d.place_click}</p>
            <Canvas view of="form"/>
        }
    });
    view! {
        <Select
            info=FieldInfo::new("bekende-plek", d.place_known)
                .hint(t.optional)
                .describe(d.place_known_about)
                .problem(&problems, Field::Address)
            name="draft[known]"
            options
            selected=draft.known
        />
        <details class="place-on-map" open=open>
            <summary class="nl-link">{d.place_on_map}</summary>
            <div class="stack">
                <p class="meta">{d.place_on_map_about}</p>
                {canvas}
                <div class="activity-hours">
                    <TextField
                        info=FieldInfo::new("breedte", d.place_latitude)
                        name="draft[latitude]"
                        inputmode="decimal"
                        value=draft.latitude
                        maxlength=DEGREES_MAX
                    />
                    <TextField
                        info=FieldInfo::new("lengte", d.place_longitude)
                        name="draft[longitude]"
                        inputmode="decimal"
                        value=draft.longitude
                        maxlength=DEGREES_MAX
                    />
                </div>
            </div>
        </details>
    }
    .into_any()
}
