//! The choice of activities, which lives in the address.

use domain::activities::filter::{AgendaQuery, YES};
use domain::activities::{Audience, Spoken};
use leptos::prelude::*;

use crate::site::use_site;
use crate::texts::{DeskTexts, use_desk_texts, use_texts};
use crate::ui::{Checkbox, FieldInfo, Icon, Select, SelectOption};

pub(super) const fn language_name(d: &DeskTexts, language: Spoken) -> &'static str {
    match language {
        Spoken::Nl => d.spoken_nl,
        Spoken::En => d.spoken_en,
        Spoken::De => d.spoken_de,
        Spoken::Ar => d.spoken_ar,
        Spoken::Tr => d.spoken_tr,
        Spoken::Uk => d.spoken_uk,
        Spoken::Pl => d.spoken_pl,
    }
}

pub(super) const fn audience_name(d: &DeskTexts, audience: Audience) -> &'static str {
    match audience {
        Audience::Children => d.audience_children,
        Audience::Young => d.audience_young,
        Audience::Families => d.audience_families,
        Audience::Older => d.audience_older,
        Audience::Newcomers => d.audience_newcomers,
    }
}

fn address(query: &AgendaQuery) -> String {
    format!("/agenda{}", query.to_query())
}

/// How the agenda is looked at: all as links, so that each has an address.
#[component]
pub(super) fn Views(query: AgendaQuery, has_map: bool) -> impl IntoView {
    let d = use_desk_texts();
    let now = query.dag.is_empty();
    let tabs = [
        ("", d.agenda_list, query.weergave.is_empty()),
        ("dag", d.agenda_today, query.weergave == "dag" && now),
        ("weekend", d.agenda_weekend, query.weergave == "weekend" && now),
        ("week", d.agenda_week, query.weergave == "week"),
        ("maand", d.agenda_month, query.weergave == "maand"),
        ("kaart", d.agenda_map, query.weergave == "kaart"),
    ]
    .into_iter()
    .filter(|(slug, ..)| has_map || *slug != "kaart")
    .map(|(slug, label, here)| {
        let dag = if matches!(slug, "dag" | "weekend") { String::new() } else { query.dag.clone() };
        let href = address(&AgendaQuery { weergave: slug.to_owned(), dag, ..query.clone() });
        view! {
            <a class="chip" href=href aria-current=here.then_some("true")>
                {label}
            </a>
        }
    })
    .collect_view();
    view! {
        <nav class="chips" aria-label=d.agenda_views>
            {tabs}
        </nav>
    }
}

#[component]
pub(super) fn FilterBar(query: AgendaQuery) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let site = use_site();
    let areas = std::iter::once(SelectOption::new("", t.whole_platform))
        .chain(site.choosable_areas().map(|area| SelectOption {
            value: area.slug.clone(),
            label: area.name.clone(),
            depth: area.depth.saturating_sub(1),
        }))
        .collect();
    let topics = std::iter::once(SelectOption::new("", t.all_topics))
        .chain(site.topics.iter().map(|topic| SelectOption::new(&topic.slug, &topic.name)))
        .collect();
    let languages = std::iter::once(SelectOption::new("", d.agenda_any_language))
        .chain(Spoken::ALL.into_iter().map(|one| SelectOption::new(one.key(), language_name(d, one))))
        .collect();
    let boxes = [
        ("gratis", "gratis", d.activity_free, &query.gratis),
        ("rolstoel", "rolstoel", d.activity_wheelchair, &query.rolstoel),
        ("kinderen", "kinderen", d.agenda_children, &query.kinderen),
    ]
    .into_iter()
    .map(|(id, name, label, value)| {
        view! { <Checkbox info=FieldInfo::new(id, label) name value=YES checked=value == YES/> }
    })
    .collect_view();
    let hidden = [("weergave", query.weergave.clone()), ("dag", query.dag.clone())]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let all = (!query.is_everything()).then(|| {
        let whole = AgendaQuery {
            weergave: query.weergave.clone(),
            dag: query.dag.clone(),
            ..AgendaQuery::default()
        };
        view! {
            <a class="nl-link" href=address(&whole)>
                {t.clear_all}
            </a>
        }
    });
    view! {
        <details class="agenda-filter no-print" open=!query.is_everything()>
            <summary class="nl-button nl-button--secondary">
                <Icon name="filter"/>
                {d.agenda_choose}
            </summary>
            <form class="agenda-filter__form card panel" method="get" action="/agenda">
                {hidden}
                <div class="agenda-filter__row">
                    <Select
                        info=FieldInfo::new("gebied", t.field_area)
                        name="gebied"
                        options=areas
                        selected=query.gebied.clone()
                    />
                    <Select
                        info=FieldInfo::new("thema", t.field_topic)
                        name="thema"
                        options=topics
                        selected=query.thema.clone()
                    />
                    <Select
                        info=FieldInfo::new("taal", d.activity_languages)
                        name="taal"
                        options=languages
                        selected=query.taal.clone()
                    />
                </div>
                <div class="cluster">{boxes}</div>
                <div class="cluster">
                    <button class="nl-button nl-button--primary">{t.show_selection}</button>
                    {all}
                </div>
            </form>
        </details>
    }
}
