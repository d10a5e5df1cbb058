//! One time on a list: when, what, where, and what one needs to know beforehand.

use leptos::prelude::*;

use super::view::TimeView;
use crate::texts::DeskTexts;
use crate::ui::{Badge, Icon};

/// `lang` is that of what people wrote, where it is another than that of the page.
#[component]
pub(super) fn TimeLine(
    time: TimeView,
    d: &'static DeskTexts,
    lang: Option<&'static str>,
    /// "vandaag" or "morgen", on a list without days.
    #[prop(optional, into)]
    day: String,
) -> impl IntoView {
    let class = if time.cancelled { "agenda-item agenda-item--off" } else { "agenda-item" };
    let until = (!time.until.is_empty())
        .then(|| view! { <span class="agenda-item__until">{format!("– {}", time.until)}</span> });
    let cost = if time.cost.is_empty() { d.activity_free.to_owned() } else { time.cost.clone() };
    let place = (!time.place.is_empty()).then(|| view! { <span lang=lang>{time.place.clone()}</span> " · " });
    let note = (!time.note.is_empty()).then(|| {
        view! {
            <p class="agenda-item__note" lang=lang>
                {time.note.clone()}
            </p>
        }
    });
    let badges = [
        time.cancelled.then(|| view! { <Badge label=d.activity_cancelled look="neutral"/> }.into_any()),
        (time.moved && !time.cancelled)
            .then(|| view! { <Badge label=d.activity_moved look="accent"/> }.into_any()),
        (!day.is_empty()).then(|| view! { <Badge label=day look="brand"/> }.into_any()),
    ]
    .into_iter()
    .flatten()
    .collect_view();
    let icons = [
        time.repeats.then_some(("history", d.activity_repeats)),
        time.wheelchair.then_some(("check", d.activity_wheelchair)),
        time.online.then_some(("device-desktop", d.activity_online_too)),
    ]
    .into_iter()
    .flatten()
    .map(|(icon, label)| {
        view! {
            <span class="agenda-item__mark">
                <Icon name=icon/>
                {label}
            </span>
        }
    })
    .collect_view();
    view! {
        <div class=class>
            <p class="agenda-item__time">
                <time datetime=time.iso>{time.time}</time>
                {until}
            </p>
            <div class="agenda-item__what">
                <p class="agenda-item__title">
                    <a href=time.href lang=lang>
                        {time.title}
                    </a>
                </p>
                <p class="meta">{place} <span lang=lang>{cost}</span></p>
                {note}
                <p class="agenda-item__marks meta">{icons}</p>
            </div>
            <p class="agenda-item__badges">{badges}</p>
        </div>
    }
}
