//! Two people changed the same: both versions are here, and the editor chooses.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::view::Both;
use super::{Diff, DiffKey};
use crate::texts::{Texts, fill, use_texts};
use crate::ui::{Breadcrumb, Icon, Notice, NoticeKind, SubmitButton};

/// The words for who was faster.
#[derive(Clone, Debug)]
pub struct Words {
    pub title: &'static str,
    /// Over what they changed.
    pub theirs: String,
    /// On the button that changes nothing.
    pub keep: String,
}

impl Words {
    /// `other` is nobody for oneself, in another window.
    pub fn of(t: &'static Texts, other: Option<&str>) -> Self {
        let Some(name) = other else {
            let (theirs, keep) = (t.stored_version.to_owned(), t.keep_stored.to_owned());
            return Self { title: t.conflict_own_title, theirs, keep };
        };
        let with_name = |text: &str| fill(text, &[("name", name)]);
        let (theirs, keep) = (with_name(t.their_version), with_name(t.keep_theirs));
        Self { title: t.conflict_title, theirs, keep }
    }
}

/// The page around the choices: one form, that saves on top of what is there now.
#[component]
pub fn ClashForm(
    words: Words,
    /// What happened, in a sentence or two.
    text: String,
    /// The way here.
    steps: Vec<(String, String)>,
    action: &'static str,
    hidden: Vec<(&'static str, String)>,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let back = steps.last().map(|(href, _)| href.clone()).unwrap_or_default();
    view! {
        <Title text=words.title/>
        <Meta name="robots" content="noindex"/>
        <Breadcrumb steps=steps here=words.title/>
        <h1>{words.title}</h1>
        <Notice kind=NoticeKind::Info>
            <p>{text}</p>
        </Notice>
        <form class="form stack" method="post" novalidate=true action=action>
            // Enter in a field saves; the first button of a form is the one that it presses.
            <button class="visually-hidden" tabindex="-1" aria-hidden="true">
                {t.save_combined}
            </button>
            {hidden
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view()}
            {children()}
            <div class="form__actions">
                <SubmitButton label=t.save_combined/>
                <a class="nl-button nl-button--secondary" href=back>
                    <Icon name="x"/>
                    {words.keep}
                </a>
            </div>
        </form>
    }
}

/// Both versions of one part beside each other, the difference, and what to do with it.
#[component]
pub fn BothVersions(
    #[prop(into)] name: String,
    both: Both,
    /// Over what the other changed.
    theirs: String,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="stack clash">
            <h2>{name}</h2>
            <div class="diff-columns">
                <section class="card panel">
                    <h3>{t.your_version}</h3>
                    <div class="diff prose">{both.mine}</div>
                </section>
                <section class="card panel">
                    <h3>{theirs}</h3>
                    <div class="diff prose">{both.theirs}</div>
                </section>
            </div>
            <section class="card panel">
                <h3>{t.difference}</h3>
                <DiffKey/>
                <Diff pieces=both.diff/>
            </section>
            {children()}
        </section>
    }
}
