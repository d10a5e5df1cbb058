//! The form of one part of a post, in place.

use domain::posts::merge::Part;
use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::api::EditPost;
use super::view::{EditForm, ShowView};
use crate::error::AppError;
use crate::site::{StoredSite, use_site};
use crate::texts::use_texts;
use crate::ui::{
    FieldInfo, FormCopy, FormProblems, MarkdownEditor, RadioGroup, RadioOption, Select, SelectOption,
    SubmitButton, TextField, focus_soon, problem_of,
};

/// The one form that can be open in a page.
const FORM: &str = "deel";

/// Saving in place: one action for all parts of the page.
#[derive(Clone, Copy)]
pub(super) struct Parts(ServerAction<EditPost>);

impl Parts {
    pub(super) fn provide() -> Self {
        let parts = Self(ServerAction::new());
        provide_context(parts);
        parts
    }

    /// Counts up when something was saved (not when it was refused).
    pub(super) fn saves(self) -> Memo<usize> {
        let action = self.0;
        Memo::new(move |before: Option<&usize>| {
            let before = before.copied().unwrap_or_default();
            let saved = action.value().with(|value| matches!(value, Some(Ok(()))));
            if saved { action.version().get() } else { before }
        })
    }
}

#[component]
pub(super) fn PartForm(post: ShowView, part: Part) -> impl IntoView {
    let t = use_texts();
    let typed = post.typed.clone();
    let Parts(action) = expect_context::<Parts>();
    let id = post.id.clone();
    let heading = (part == Part::Title).then(|| post.title.clone());
    let version = post.version;
    let reason = typed.typed.reason.clone();
    // What the server refused: as the page came, or as the action answered just now.
    let problems = {
        let from_page = typed.problems.clone();
        Memo::new(move |_| {
            action.value().with(|value| match value {
                Some(Err(AppError::Invalid(problems))) => problems.clone(),
                Some(Err(error)) => problem_of(error),
                _ => from_page.clone(),
            })
        })
    };
    let first = if typed.problems.is_empty() {
        format!("input#deel-{0}, textarea#deel-{0}, select#deel-{0}, #deel-{0} input", part.slug())
    } else {
        "#fouten".to_owned()
    };
    Effect::new(move |_| focus_soon(first.clone()));
    let copy = kept_copy(&format!("{id}:{}", part.slug()), typed.problems.is_empty(), action);
    let leave = {
        let copy = copy.clone();
        move |_| copy.forget()
    };
    let close = {
        let navigate = use_navigate();
        let href = format!("/berichten/{id}");
        move |event: leptos::ev::KeyboardEvent| {
            if event.key() == "Escape" {
                copy.forget();
                let options = NavigateOptions { scroll: false, ..Default::default() };
                navigate(&href, options);
            }
        }
    };
    let base = if typed.typed.version > 0 { typed.typed.version } else { version };
    let control = {
        let site = use_site();
        move || control(part, &site, &post, &typed.typed, &problems.get())
    };
    view! {
        // While the title is being edited the page still has one.
        {heading.map(|title| view! { <h1 class="visually-hidden">{title}</h1> })}
        <div class="editable editable--open" on:keydown=close>
            <ActionForm action=action attr:class="inline-form" attr:id=FORM>
                <input type="hidden" name="id" value=id.clone()/>
                <input type="hidden" name="part" value=part.slug()/>
                <input type="hidden" name="with[]" value=part.slug()/>
                <input type="hidden" name="edit[version]" value=base.to_string()/>
                {move || {
                    view! {
                        <FormProblems
                            problems=problems.get()
                            ids=vec![
                                (Field::Title, "deel-titel"),
                                (Field::Body, "deel-tekst"),
                                (Field::Areas, "deel-gebied"),
                                (Field::Topic, "deel-thema"),
                                (Field::Reason, "deel-reden"),
                            ]
                        />
                    }
                }}
                {control}
                <TextField
                    info=FieldInfo::new("deel-reden", t.field_reason).hint(t.optional)
                    name="edit[reason]"
                    value=reason
                    maxlength=domain::limits::REASON_MAX
                />
                <div class="inline-form__actions">
                    <SubmitButton label=t.save/>
                    <a
                        class="nl-button nl-button--subtle"
                        href=format!("/berichten/{id}")
                        data-noscroll="true"
                        on:click=leave
                    >
                        {t.cancel}
                    </a>
                    <span class="meta">{t.version_word} " " {version}</span>
                </div>
            </ActionForm>
        </div>
    }
}

/// Keeps what is typed until it is saved: a page that is drawn anew, or a tab that was closed, loses nothing.
fn kept_copy(what: &str, restore: bool, action: ServerAction<EditPost>) -> FormCopy {
    let copy = FormCopy::new(FORM, what);
    let (followed, saved) = (copy.clone(), copy.clone());
    Effect::new(move |_| {
        followed.restore(if restore { 0 } else { i64::MAX });
        followed.clone().follow(|| {});
    });
    let before = action.version().get_untracked();
    Effect::new(move |_| {
        if action.version().get() > before && action.value().with(|value| matches!(value, Some(Ok(())))) {
            saved.forget();
        }
    });
    copy
}

/// The control of one part, with what was typed before or what is stored.
fn control(part: Part, site: &StoredSite, post: &ShowView, typed: &EditForm, problems: &Problems) -> AnyView {
    let t = use_texts();
    match part {
        Part::Title => {
            let value = typed.title.clone().unwrap_or_else(|| post.title.clone());
            view! {
                <TextField
                    info=FieldInfo::new("deel-titel", t.field_title).problem(problems, Field::Title)
                    name="edit[title]"
                    value=value
                    class="utrecht-textbox utrecht-textbox--title"
                    maxlength=domain::limits::TITLE_MAX
                />
            }
            .into_any()
        }
        Part::Body => {
            let value = typed.body.clone().unwrap_or_else(|| post.body.clone());
            view! {
                <MarkdownEditor
                    info=FieldInfo::new("deel-tekst", t.field_body).problem(problems, Field::Body)
                    name="edit[body]"
                    value=value
                    rows=14
                    maxlength=domain::limits::BODY_MAX
                />
            }
            .into_any()
        }
        Part::Areas => {
            let chosen = typed
                .areas
                .clone()
                .unwrap_or_else(|| post.areas.iter().map(|area| area.slug.clone()).collect());
            view! {
                <AreaChoice
                    info=FieldInfo::new("deel-gebied", t.field_areas)
                        .describe(t.field_areas_about)
                        .problem(problems, Field::Areas)
                    name="edit[areas][]"
                    chosen=chosen
                />
            }
            .into_any()
        }
        Part::Topic => {
            let chosen = typed
                .topic
                .clone()
                .unwrap_or_else(|| post.topic.as_ref().map(|topic| topic.slug.clone()).unwrap_or_default());
            view! {
                <Select
                    info=FieldInfo::new("deel-thema", t.field_topic).problem(problems, Field::Topic)
                    name="edit[topic]"
                    options=topic_options(site, t.no_topic)
                    selected=chosen
                />
            }
            .into_any()
        }
    }
}

/// The topics of the community, with "none" first.
pub(crate) fn topic_options(site: &StoredSite, none: &str) -> Vec<SelectOption> {
    std::iter::once(SelectOption::new("", none))
        .chain(site.topics.iter().map(|topic| SelectOption::new(&topic.slug, &topic.name)))
        .collect()
}

/// The areas of the community as boxes to tick.
#[component]
pub(crate) fn AreaChoice(info: FieldInfo, name: &'static str, chosen: Vec<String>) -> impl IntoView {
    let site = use_site();
    let options = site
        .choosable_areas()
        .map(|area| RadioOption {
            value: area.slug.clone(),
            label: area.name.clone(),
            about: String::new(),
            depth: area.depth.saturating_sub(1),
        })
        .collect();
    view! { <RadioGroup info name options selected="" many=chosen/> }
}
