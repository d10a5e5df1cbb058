//! Two people changed the same part: both texts are here, and the editor chooses.

use domain::posts::merge::Part;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::load_conflict;
use super::diff_view::{Diff, DiffKey};
use super::parts::{AreaChoice, EDIT, topic_options};
use super::view::{ConflictPart, ConflictView, part_name};
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{
    Breadcrumb, FieldInfo, Icon, Notice, NoticeKind, Select, SubmitButton, TextArea, TextField, load,
};

#[component]
pub fn ConflictPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let wanted = Memo::new(move |_| {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("flash").unwrap_or_default()))
    });
    let key = move || {
        let (id, flash) = wanted.get();
        vec![id, flash]
    };
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let (id, flash) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Box::pin(load_conflict(id, flash)) as _
    };
    let show = |conflict| view! { <Loaded conflict/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load(key, fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(conflict: ConflictView) -> impl IntoView {
    let t = use_texts();
    let id = conflict.id.clone();
    let first = conflict.parts.first().map_or("tekst", |part| part.part.slug());
    let (title, text, theirs, keep) = match &conflict.other {
        Some(name) => {
            let with_name = |text: &str| fill(text, &[("name", name)]);
            let (theirs, keep) = (with_name(t.their_version), with_name(t.keep_theirs));
            (t.conflict_title, with_name(t.conflict_text), theirs, keep)
        }
        None => (
            t.conflict_own_title,
            t.conflict_own_text.to_owned(),
            t.stored_version.to_owned(),
            t.keep_stored.to_owned(),
        ),
    };
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb
            steps=vec![
                ("/berichten".to_owned(), t.list_title.to_owned()),
                (format!("/berichten/{id}"), conflict.title.clone()),
            ]
            here=title
        />
        <h1>{title}</h1>
        <Notice kind=NoticeKind::Info>
            <p>{text}</p>
        </Notice>
        <form class="form stack" method="post" action=EDIT>
            <input type="hidden" name="id" value=id.clone()/>
            <input type="hidden" name="part" value=first/>
            <input type="hidden" name="edit[version]" value=conflict.version.to_string()/>
            <input type="hidden" name="edit[reason]" value=conflict.reason/>
            {conflict
                .parts
                .into_iter()
                .map(|part| view! { <Choice part theirs=theirs.clone()/> })
                .collect_view()}
            <div class="form__actions">
                <SubmitButton label=t.save_combined/>
                <a class="nl-button nl-button--secondary" href=format!("/berichten/{id}")>
                    <Icon name="x"/>
                    {keep}
                </a>
            </div>
        </form>
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
                value=part.mine.clone()
                maxlength=domain::limits::TITLE_MAX
            />
        }
        .into_any(),
        Part::Body => view! {
            <TextArea
                info=FieldInfo::new("samen-tekst", t.combined).describe(t.combined_about)
                name="edit[body]"
                value=part.mine.clone()
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
        <section class="stack">
            <h2>{part_name(t, part.part)}</h2>
            <div class="diff-columns">
                <section class="card panel">
                    <h3>{t.your_version}</h3>
                    <div class="diff prose">{part.mine}</div>
                </section>
                <section class="card panel">
                    <h3>{theirs}</h3>
                    <div class="diff prose">{part.theirs}</div>
                </section>
            </div>
            <section class="card panel">
                <h3>{t.difference}</h3>
                <DiffKey/>
                <Diff pieces=part.diff/>
            </section>
            <input type="hidden" name="with[]" value=slug/>
            {control}
        </section>
    }
}
