//! When it is, in plain words, and the next times that this gives.

use domain::activities::draft::{Repeat, WhenDraft};
use domain::problem::{Field, Problems};
use leptos::prelude::*;
use service::activities::DAYS;

use super::present::PREVIEW;
use super::view::{ActivityFormView, PreviewView};
use crate::site::use_site;
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Badge, DateTimeField, FieldInfo, RadioGroup, RadioOption, TextField};

const fn repeat_words(d: &DeskTexts, repeat: Repeat) -> (&'static str, &'static str) {
    match repeat {
        Repeat::Once => (d.repeat_once, ""),
        Repeat::Daily => (d.repeat_daily, ""),
        Repeat::Weekly => (d.repeat_weekly, d.repeat_weekly_about),
        Repeat::MonthDay => (d.repeat_month_day, d.repeat_month_day_about),
        Repeat::MonthWeekday => (d.repeat_month_weekday, d.repeat_month_weekday_about),
        Repeat::MonthLast => (d.repeat_month_last, d.repeat_month_last_about),
        Repeat::Yearly => (d.repeat_yearly, ""),
        Repeat::Kept => (d.repeat_kept, ""),
    }
}

#[component]
pub(super) fn WhenFields(view: ActivityFormView, problems: Problems) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let locale = use_site().locale;
    let when = view.form.typed.when.clone();
    let kept = view.kept_rule.clone();
    let repeats = Repeat::ALL
        .into_iter()
        .filter(|one| *one != Repeat::Kept || !kept.is_empty())
        .map(|one| {
            let (label, about) = repeat_words(d, one);
            RadioOption {
                value: one.key().to_owned(),
                label: label.to_owned(),
                about: if one == Repeat::Kept { kept.clone() } else { about.to_owned() },
                depth: 0,
            }
        })
        .collect();
    let rule = (!when.rule.is_empty())
        .then(|| view! { <input type="hidden" name="draft[when][rule]" value=when.rule.clone()/> });
    let chosen = if when.repeat.is_empty() { Repeat::Once.key().to_owned() } else { when.repeat.clone() };
    let days = DAYS
        .into_iter()
        .map(|(key, day)| RadioOption {
            value: key.to_owned(),
            label: calendar::words::weekday(day, locale).to_owned(),
            about: String::new(),
            depth: 0,
        })
        .collect();
    view! {
        <fieldset class="activity-when-fields card panel">
            <legend class="visually-hidden">{d.activity_when}</legend>
            <h2>{d.activity_when}</h2>
            <div class="activity-hours">
                <DateTimeField
                    info=FieldInfo::new("dag", d.when_day).problem(&problems, Field::Start)
                    name="draft[when][day]"
                    kind="date"
                    value=when.day.clone()
                />
                <DateTimeField
                    info=FieldInfo::new("van", d.when_from)
                    name="draft[when][from]"
                    kind="time"
                    value=when.from.clone()
                />
                <DateTimeField
                    info=FieldInfo::new("tot", d.when_to).hint(t.optional)
                    name="draft[when][to]"
                    kind="time"
                    value=when.to.clone()
                />
            </div>
            {rule}
            <RadioGroup
                info=FieldInfo::new("herhaling", d.when_repeat).problem(&problems, Field::Repeat)
                name="draft[when][repeat]"
                options=repeats
                selected=chosen
            />
            <details open=more_is_filled(&when)>
                <summary>{d.when_more}</summary>
                <div class="stack">
                    <TextField
                        info=FieldInfo::new("om-de", d.when_every).hint(t.optional).describe(d.when_every_about)
                        name="draft[when][every]"
                        inputmode="numeric"
                        value=when.every.clone()
                    />
                    <RadioGroup
                        info=FieldInfo::new("dagen", d.when_days).hint(t.optional).describe(d.when_days_about)
                        name="draft[when][days][]"
                        options=days
                        selected=""
                        many=when.days.clone()
                    />
                    <DateTimeField
                        info=FieldInfo::new("tot-en-met", d.when_until).hint(t.optional).describe(d.when_until_about)
                        name="draft[when][until]"
                        kind="date"
                        value=when.until.clone()
                    />
                    <More when=when.clone()/>
                </div>
            </details>
            <Times view when/>
            <button class="nl-button nl-button--secondary" name="act" value=PREVIEW>
                {d.when_preview}
            </button>
        </fieldset>
    }
}

fn more_is_filled(when: &WhenDraft) -> bool {
    !(when.every.is_empty() && when.days.is_empty() && when.until.is_empty() && when.more.is_empty())
        || when.repeat == Repeat::Weekly.key()
}

/// Days besides.
#[component]
fn More(when: WhenDraft) -> impl IntoView {
    let d = use_desk_texts();
    let filled = when.more.into_iter().filter(|day| !day.is_empty());
    let fields = filled
        .chain(std::iter::repeat_n(String::new(), 2))
        .enumerate()
        .map(|(index, day)| {
            let label = fill(d.when_extra_number, &[("n", &(index + 1).to_string())]);
            view! {
                <input
                    class="utrecht-textbox"
                    type="date"
                    name="draft[when][more][]"
                    value=day
                    aria-label=label
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="utrecht-form-fieldset">
            <legend>{d.when_extra}</legend>
            <div class="activity-hours">{fields}</div>
        </fieldset>
    }
}

/// The next times, each with a box to leave it out. What is left out and not among them stays so.
#[component]
fn Times(view: ActivityFormView, when: WhenDraft) -> impl IntoView {
    let d = use_desk_texts();
    let hidden = when
        .skip
        .into_iter()
        .filter(|day| !day.is_empty() && view.times.iter().all(|time| time.date != *day))
        .map(|day| view! { <input type="hidden" name="draft[when][skip][]" value=day/> })
        .collect_view();
    let once = view.rule.is_empty();
    let lines = view
        .times
        .into_iter()
        .map(|time| {
            let PreviewView { date, text, holiday, left_out } = time;
            let badge = (!holiday.is_empty()).then(|| view! { <Badge label=holiday look="sun"/> });
            let skip = (!once).then(|| {
                view! {
                    <label class="choice">
                        <input type="checkbox" name="draft[when][skip][]" value=date checked=left_out/>
                        <span>
                            {d.when_skip} " " <span class="visually-hidden">{text.clone()}</span>
                        </span>
                    </label>
                }
            });
            view! {
                <li>
                    <span class="activity-preview__when">{text} " " {badge}</span>
                    {skip}
                </li>
            }
        })
        .collect_view();
    let rule = (!once).then(|| {
        let mut said = view.rule.clone();
        if let Some(first) = said.get(..1).map(str::to_uppercase) {
            said.replace_range(..1, &first);
        }
        view! { <p class="activity-preview__rule">{said} "."</p> }
    });
    view! {
        <div id="keren" class="activity-preview" role="group" aria-label=d.when_preview_title>
            {hidden}
            {rule}
            <ol class="activity-preview__times">{lines}</ol>
        </div>
    }
}
