//! Writing a post.

use domain::posts::PostKind;
use domain::posts::scene::Scene;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{CreatePost, DiscardDraft, write_form};
use super::draft_keeper::{CONCEPT, DraftKeeper, FORM};
use super::parts::{AreaChoice, topic_options};
use super::photos::PhotoFields;
use super::view::{WriteView, kind_about, kind_name};
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{
    Breadcrumb, Checkbox, DateTimeField, FieldInfo, FormProblems, MarkdownEditor, Notice, NoticeKind,
    PostButton, RadioGroup, RadioOption, Select, SelectOption, SubmitButton, TextField, load_at,
};

#[component]
pub fn WritePage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash, draft]: [String; 2]| Box::pin(write_form(flash, draft)) as _;
    let show = |form| view! { <Form form/> }.into_any();
    view! {
        <Title text=t.write_post/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash", "concept"], fetch, show)}
        </main>
    }
}

#[component]
fn Form(form: WriteView) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let WriteView { draft, problems, kept_at, refused, concept, planned } = form;
    let is_planned = !planned.is_empty();
    let since = if refused { i64::MAX } else { kept_at.unwrap_or_default() };
    let kinds = PostKind::ALL
        .into_iter()
        .filter(|kind| *kind != PostKind::Announcement || site.viewer.may_announce)
        .map(|kind| RadioOption {
            value: kind.key().to_owned(),
            label: kind_name(t, kind).to_owned(),
            about: kind_about(t, kind).to_owned(),
            depth: 0,
        })
        .collect();
    let kind = if draft.kind.is_empty() { PostKind::News.key().to_owned() } else { draft.kind.clone() };
    let scenes = std::iter::once(SelectOption::new("", t.no_scene))
        .chain(Scene::ALL.iter().map(|scene| SelectOption::new(scene.key(), scene_name(t, *scene))))
        .collect();
    let for_others = site.viewer.may_write_for_others.then(|| {
        view! {
            <details class="card panel" open=!draft.on_behalf_of.is_empty()>
                <summary>{t.for_others_title}</summary>
                <div class="stack">
                    <TextField
                        info=FieldInfo::new("namens", t.field_on_behalf_of)
                            .hint(t.optional)
                            .describe(t.for_others_about)
                            .problem(&problems, Field::OnBehalfOf)
                        name="draft[on_behalf_of]"
                        value=draft.on_behalf_of.clone()
                        maxlength=domain::limits::NAME_MAX
                    />
                    <Checkbox
                        info=FieldInfo::new("toestemming", t.field_consent)
                            .problem(&problems, Field::Consent)
                        name="draft[consent]"
                        checked=draft.consent
                    />
                </div>
            </details>
        }
    });
    let when = view! {
        <details
            class="card panel"
            open=!(draft.publish_on.is_empty() && draft.expires_on.is_empty())
                || problems.of(Field::PublishAt).is_some()
        >
            <summary>{t.plan_title}</summary>
            <div class="stack">
                <DateTimeField
                    info=FieldInfo::new("op-dag", t.field_publish_on)
                        .hint(t.optional)
                        .describe(t.field_publish_on_about)
                        .problem(&problems, Field::PublishAt)
                    name="draft[publish_on]"
                    kind="date"
                    value=draft.publish_on.clone()
                />
                <DateTimeField
                    info=FieldInfo::new("op-tijd", t.field_publish_time).hint(t.optional)
                    name="draft[publish_time]"
                    kind="time"
                    value=draft.publish_time.clone()
                />
                <DateTimeField
                    info=FieldInfo::new("tot-dag", t.field_expires_on)
                        .hint(t.optional)
                        .describe(t.field_expires_on_about)
                        .problem(&problems, Field::ExpiresAt)
                    name="draft[expires_on]"
                    kind="date"
                    value=draft.expires_on.clone()
                />
            </div>
        </details>
    };
    view! {
        <Breadcrumb
            steps=vec![("/berichten".to_owned(), t.list_title.to_owned())]
            here=t.write_post
        />
        <h1>{t.write_post}</h1>
        <p class="lead">
            {t.write_lead} " " <span class="js-only">{t.write_lead_kept}</span>
        </p>
        <Which is_kept=kept_at.is_some() planned concept=concept.clone()/>
        <DraftKeeper since planned=is_planned/>
        <form class="form stack" id=FORM method="post" novalidate=true action=CreatePost::PATH>
            <input type="hidden" name=CONCEPT value=concept/>
            <FormProblems
                problems=problems.clone()
                ids=vec![
                    (Field::Kind, "soort"),
                    (Field::Title, "titel"),
                    (Field::Body, "tekst"),
                    (Field::Topic, "thema"),
                    (Field::Areas, "gebied"),
                    (Field::Scene, "tekening"),
                    (Field::SceneAlt, "tekening-uitleg-veld"),
                    (Field::Photos, "fotos"),
                    (Field::OnBehalfOf, "namens"),
                    (Field::Consent, "toestemming"),
                    (Field::PublishAt, "op-dag"),
                    (Field::ExpiresAt, "tot-dag"),
                ]
            />
            <TextField
                info=FieldInfo::new("titel", t.field_title)
                    .describe(t.field_title_about)
                    .problem(&problems, Field::Title)
                name="draft[title]"
                value=draft.title
                maxlength=domain::limits::TITLE_MAX
                required=true
            />
            <MarkdownEditor
                info=FieldInfo::new("tekst", t.field_body)
                    .describe(t.field_body_about)
                    .problem(&problems, Field::Body)
                name="draft[body]"
                value=draft.body
                rows=10
                maxlength=domain::limits::BODY_MAX
            />
            <RadioGroup
                info=FieldInfo::new("soort", t.field_kind).problem(&problems, Field::Kind)
                name="draft[kind]"
                options=kinds
                selected=kind
            />
            <AreaChoice
                info=FieldInfo::new("gebied", t.field_areas)
                    .describe(t.field_areas_about)
                    .problem(&problems, Field::Areas)
                name="draft[areas][]"
                chosen=draft.areas
            />
            <Select
                info=FieldInfo::new("thema", t.field_topic)
                    .hint(t.optional)
                    .problem(&problems, Field::Topic)
                name="draft[topic]"
                options=topic_options(&site, t.no_topic)
                selected=draft.topic
            />
            <Select
                info=FieldInfo::new("tekening", t.field_scene)
                    .hint(t.optional)
                    .problem(&problems, Field::Scene)
                name="draft[scene]"
                options=scenes
                selected=draft.scene
            />
            <TextField
                info=FieldInfo::new("tekening-uitleg-veld", t.field_scene_alt)
                    .hint(t.optional)
                    .describe(t.field_scene_alt_about)
                    .problem(&problems, Field::SceneAlt)
                name="draft[scene_alt]"
                value=draft.scene_alt
                maxlength=domain::limits::ALT_MAX
            />
            <PhotoFields photos=draft.photos problems=problems.clone()/>
            {for_others}
            {when}
            <div class="form__actions">
                <SubmitButton label=if is_planned { t.save } else { t.publish }/>
                <a class="nl-button nl-button--subtle" href="/berichten">
                    {t.cancel}
                </a>
            </div>
            <p class="meta">{t.publish_note} " " <a href="/huisregels">{t.house_rules_title}</a></p>
        </form>
    }
}

/// Which of the reader's drafts this is, and the way to the others.
#[component]
fn Which(is_kept: bool, planned: String, concept: String) -> impl IntoView {
    let t = use_texts();
    let here = if planned.is_empty() {
        is_kept.then(|| t.draft_found.to_owned())
    } else {
        Some(fill(t.draft_planned, &[("moment", &planned)]))
    };
    let is_new = here.is_none();
    let links = view! {
        <p class="cluster">
            <a class="nl-link" href="/account/concepten">
                {t.drafts_title}
            </a>
            {is_new
                .then(|| {
                    view! {
                        <a class="nl-link" href="/berichten/sjabloon/kies">
                            {t.template_hint}
                        </a>
                    }
                })}
            {(!is_new)
                .then(|| {
                    view! {
                        <a class="nl-link" href="/berichten/nieuw?concept=nieuw">
                            {t.draft_new}
                        </a>
                    }
                })}
        </p>
    };
    match here {
        None => links.into_any(),
        Some(words) => view! {
            <Notice kind=NoticeKind::Info>
                <p>{words}</p>
                {links}
                <PostButton
                    action=DiscardDraft::PATH
                    fields=vec![(CONCEPT, concept)]
                    label=t.draft_discard
                    icon=Some("trash")
                />
            </Notice>
        }
        .into_any(),
    }
}

pub(crate) const fn scene_name(t: &crate::texts::Texts, scene: Scene) -> &'static str {
    match scene {
        Scene::Plants => t.scene_plants,
        Scene::Reading => t.scene_reading,
        Scene::Cat => t.scene_cat,
        Scene::Memorial => t.scene_memorial,
        Scene::Bridge => t.scene_bridge,
        Scene::Snow => t.scene_snow,
        Scene::Coffee => t.scene_coffee,
        Scene::Repair => t.scene_repair,
        Scene::Walking => t.scene_walking,
        Scene::Garden => t.scene_garden,
        Scene::Playground => t.scene_playground,
        Scene::Market => t.scene_market,
        Scene::Music => t.scene_music,
        Scene::Food => t.scene_food,
        Scene::Library => t.scene_library,
        Scene::Bike => t.scene_bike,
        Scene::Letter => t.scene_letter,
    }
}
