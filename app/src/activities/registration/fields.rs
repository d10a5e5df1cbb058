//! How people register, in the form of an activity.

use domain::activities::registration::RulesDraft;
use domain::limits;
use domain::problem::{Field, Problems};
use leptos::prelude::*;

use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Checkbox, FieldInfo, TextField};

/// The ids of the questions. Those of their fields are known when the program is made.
const QUESTIONS: [&str; limits::QUESTIONS_MAX as usize] =
    ["vraag-1", "vraag-2", "vraag-3", "vraag-4", "vraag-5"];

/// Which field of the form asks for what.
pub(in crate::activities) fn rules_ids() -> Vec<(Field, &'static str)> {
    let mut ids = vec![(Field::Wanted, "plekken"), (Field::Found, "gasten"), (Field::Term, "sluit")];
    ids.extend(QUESTIONS.into_iter().zip(0u8..).map(|(id, number)| (Field::Answer { number }, id)));
    ids
}

/// `fixed`: people have registered, so that for what stays as it is.
#[component]
pub(in crate::activities) fn RulesFields(
    draft: RulesDraft,
    problems: Problems,
    fixed: bool,
) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let asked = draft.questions.iter().any(|one| !one.is_empty());
    let questions = QUESTIONS
        .into_iter()
        .zip(0u8..)
        .map(|(id, number)| {
            let label = fill(d.reg_field_question, &[("n", &(number + 1).to_string())]);
            let info =
                FieldInfo::new(id, label).hint(t.optional).problem(&problems, Field::Answer { number });
            let info = if number == 0 { info.describe(d.reg_field_question_about) } else { info };
            let value = draft.questions.get(usize::from(number)).cloned().unwrap_or_default();
            view! {
                <TextField
                    info
                    name="draft[registration][questions][]"
                    value
                    maxlength=limits::QUESTION_MAX
                />
            }
        })
        .collect_view();
    let wrong = (0..limits::QUESTIONS_MAX).any(|number| {
        problems.of(Field::Answer { number: u8::try_from(number).unwrap_or_default() }).is_some()
    });
    let whole = if fixed {
        let kept = draft.whole.then(|| {
            view! { <input type="hidden" name="draft[registration][whole]" value="true"/> }
        });
        view! {
            <p class="meta">{d.reg_field_whole} ": " {d.reg_field_whole_fixed}</p>
            {kept}
        }
        .into_any()
    } else {
        view! {
            <Checkbox
                info=FieldInfo::new("alle-keren", d.reg_field_whole).describe(d.reg_field_whole_about)
                name="draft[registration][whole]"
                checked=draft.whole
            />
        }
        .into_any()
    };
    view! {
        <fieldset class="utrecht-form-fieldset stack">
            <legend class="utrecht-form-label">{d.reg_title}</legend>
            <Checkbox
                info=FieldInfo::new("inschrijven", d.reg_field_on).describe(d.reg_field_on_about)
                name="draft[registration][on]"
                checked=draft.on
            />
            <TextField
                info=FieldInfo::new("plekken", d.reg_field_capacity)
                    .hint(t.optional)
                    .describe(d.reg_field_capacity_about)
                    .problem(&problems, Field::Wanted)
                name="draft[registration][capacity]"
                inputmode="numeric"
                value=draft.capacity.clone()
            />
            <TextField
                info=FieldInfo::new("gasten", d.reg_field_guests)
                    .hint(t.optional)
                    .describe(d.reg_field_guests_about)
                    .problem(&problems, Field::Found)
                name="draft[registration][guests]"
                inputmode="numeric"
                value=draft.guests.clone()
            />
            <TextField
                info=FieldInfo::new("sluit", d.reg_field_closes)
                    .hint(t.optional)
                    .describe(d.reg_field_closes_about)
                    .problem(&problems, Field::Term)
                name="draft[registration][closes]"
                inputmode="numeric"
                value=draft.closes.clone()
            />
            {whole}
            <details open=asked || wrong>
                <summary>{d.reg_field_more}</summary>
                <div class="stack">{questions}</div>
            </details>
        </fieldset>
    }
}
