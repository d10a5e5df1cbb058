//! What a moderator asks somebody about what they wrote, on its own page. The server writes it, and the browser takes it as it
//! is.

use leptos::prelude::*;
use service::context::Request;
use service::dates;
use service::moderation::Asked;

use crate::texts::{desk_in_language, fill};
use crate::ui::{Notice, NoticeKind};

/// The note, for the author alone, with the way to change it.
pub(crate) fn asked_note(request: &Request, edit: (String, &'static str), asked: &Asked) -> String {
    let d = desk_in_language(request.locale);
    let until = asked.until.map(|at| fill(d.asked_note_until, &[("day", &dates::day(at, request.locale))]));
    let facts = asked.facts.clone();
    let (href, label) = edit;
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>
                <strong>{d.asked_note_title}</strong>
            </p>
            <p>{d.asked_note}</p>
            <blockquote class="as-typed">{facts}</blockquote>
            {until.map(|until| view! { <p>{until}</p> })}
            <p>
                <a class="nl-link" href=href>
                    {label}
                </a>
            </p>
        </Notice>
    }
    .to_html()
}
