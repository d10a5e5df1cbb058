//! Choosing which posts are shown: area, topic and kind, the same wherever posts are listed.

use domain::posts::PostKind;
use leptos::prelude::*;

use super::parts::topic_options;
use super::view::kind_name;
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{FieldInfo, Select, SelectOption};

/// The three fields, as they are named in addresses; `all` says what it is called when nothing is chosen.
pub(crate) fn filter_fields(
    gebied: String,
    thema: String,
    soort: String,
    all: [&'static str; 3],
) -> impl IntoView + use<> {
    let t = use_texts();
    let site = use_site();
    let [all_areas, all_topics, all_kinds] = all;
    let areas = std::iter::once(SelectOption::new("", all_areas))
        .chain(site.choosable_areas().map(|area| SelectOption {
            value: area.slug.clone(),
            label: area.name.clone(),
            depth: area.depth.saturating_sub(1),
        }))
        .collect();
    let kinds = std::iter::once(SelectOption::new("", all_kinds))
        .chain(PostKind::ALL.into_iter().map(|kind| SelectOption::new(kind.slug(), kind_name(t, kind))))
        .collect();
    view! {
        <Select info=FieldInfo::new("gebied", t.field_area) name="gebied" options=areas selected=gebied/>
        <Select
            info=FieldInfo::new("thema", t.field_topic)
            name="thema"
            options=topic_options(&site, all_topics)
            selected=thema
        />
        <Select info=FieldInfo::new("soort", t.field_kind) name="soort" options=kinds selected=soort/>
    }
}
