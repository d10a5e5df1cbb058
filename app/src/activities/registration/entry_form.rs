//! Putting somebody on the list who phones or stands at the door, or changing what was written down about them.

use domain::limits;
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ChangeFor, PutOnList};
use super::register_page::{Answers, ids};
use super::view::{EntryView, ForView};
use crate::activities::present::with_time;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{FieldInfo, FormProblems, SubmitButton, TextField};

#[component]
pub(super) fn Entry(what: ForView, entry: EntryView) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let EntryView { who, version, name, says, opened, form } = entry;
    let (draft, problems) = (form.typed, form.problems);
    let is_new = who.is_empty();
    let page = with_time(&format!("/activiteiten/{}/deelnemers", what.id), &what.at);
    let (action, title, label) = if is_new {
        (PutOnList::PATH, d.reg_put_on.to_owned(), d.reg_put_on_yes)
    } else {
        (ChangeFor::PATH, fill(d.reg_change_for_title, &[("name", &name)]), t.save)
    };
    let mut hidden = vec![("id", what.id.clone()), ("at", what.at.clone())];
    if !is_new {
        hidden.extend([("who", who), ("version", version.to_string())]);
    }
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let lead = is_new.then(|| view! { <p class="meta">{d.reg_put_on_about} " " {says}</p> });
    let email = is_new.then(|| {
        view! {
            <TextField
                info=FieldInfo::new("email", d.reg_put_on_email)
                    .hint(t.optional)
                    .describe(d.reg_put_on_email_about)
                    .problem(&problems, Field::Email)
                name="draft[email]"
                kind="email"
                value=draft.email.clone()
                maxlength=limits::EMAIL_MAX
            />
        }
    });
    let cancel = (!is_new).then(|| {
        view! {
            <a class="nl-button nl-button--subtle" href=page>
                {t.cancel}
            </a>
        }
    });
    view! {
        <details class="card panel no-print" id="erbij" open=opened>
            <summary>{title}</summary>
            <form class="form stack" method="post" novalidate=true action=action>
                <FormProblems problems=problems.clone() ids=ids()/>
                {lead}
                {hidden}
                <TextField
                    info=FieldInfo::new("naam", d.reg_put_on_name).problem(&problems, Field::Name)
                    name="draft[name]"
                    value=draft.name.clone()
                    maxlength=limits::NAME_MAX
                    required=true
                />
                {email}
                <Answers what draft problems of_others=true/>
                <div class="form__actions">
                    <SubmitButton label=label/>
                    {cancel}
                </div>
            </form>
        </details>
    }
}
