//! Two people changed the same part: both texts are here, and the editor chooses.

use domain::posts::merge::Part;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EditPost, load_conflict};
use super::parts::{AreaChoice, topic_options};
use super::view::{ConflictPart, ConflictView, part_name};
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{FieldInfo, Select, TextArea, TextField, load_at};
use crate::versions::clash::Words;
use crate::versions::{BothVersions, ClashForm};

#[component]
pub fn ConflictPage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(load_conflict(id, flash)) as _;
    let show = |conflict| view! { <Loaded conflict/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(conflict: ConflictView) -> impl IntoView {
    let t = use_texts();
    let ConflictView { id, title, version, other, parts, reason } = conflict;
    let first = parts.first().map_or("tekst", |part| part.part.slug());
    let words = Words::of(t, other.as_deref());
    let text = match &other {
        Some(name) => fill(t.conflict_text, &[("name", name)]),
        None => t.conflict_own_text.to_owned(),
    };
    let theirs = words.theirs.clone();
    let steps = vec![("/berichten".to_owned(), t.list_title.to_owned()), (format!("/berichten/{id}"), title)];
    let hidden = vec![
        ("id", id),
        ("part", first.to_owned()),
        ("edit[version]", version.to_string()),
        ("edit[reason]", reason),
    ];
    view! {
        <ClashForm words text steps action=EditPost::PATH hidden>
            {parts
                .into_iter()
                .map(|part| view! { <Choice part theirs=theirs.clone()/> })
                .collect_view()}
        </ClashForm>
    }
}

#[component]
fn Choice(part: ConflictPart, theirs: String) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let slug = part.part.slug();
    let control = match part.part {
        Part::Title => view! {
            <TextField
                info=FieldInfo::new("samen-titel", t.combined).describe(t.combined_about)
                name="edit[title]"
                value=part.both.mine.clone()
                maxlength=domain::limits::TITLE_MAX
            />
        }
        .into_any(),
        Part::Body => view! {
            <TextArea
                info=FieldInfo::new("samen-tekst", t.combined).describe(t.combined_about)
                name="edit[body]"
                value=part.both.mine.clone()
                rows=14
            />
        }
        .into_any(),
        Part::Areas => view! {
            <AreaChoice
                info=FieldInfo::new("samen-gebied", t.combined)
                name="edit[areas][]"
                chosen=part.mine_choice.clone()
            />
        }
        .into_any(),
        Part::Topic => view! {
            <Select
                info=FieldInfo::new("samen-thema", t.combined)
                name="edit[topic]"
                options=topic_options(&site, t.no_topic)
                selected=part.mine_choice.first().cloned().unwrap_or_default()
            />
        }
        .into_any(),
    };
    view! {
        <BothVersions name=part_name(t, part.part) both=part.both theirs>
            <input type="hidden" name="with[]" value=slug/>
            {control}
        </BothVersions>
    }
}
