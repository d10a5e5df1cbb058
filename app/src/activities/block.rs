//! What home shows of the agenda: today and tomorrow. The server writes it, and the browser takes it as it is.

use leptos::prelude::*;
use service::activities::Occurrence;
use service::context::Request;

use super::present::{soon_day, time_view};
use super::time_line::TimeLine;
use crate::texts::desk_in_language;

/// Nothing of it depends on who reads; "today" is kept for a minute at most, as the whole page is.
pub(crate) fn html(request: &Request, soon: &[Occurrence]) -> String {
    let d = desk_in_language(request.locale);
    let lang = (request.platform.locale != request.locale).then(|| request.platform.locale.tag());
    let body = if soon.is_empty() {
        view! {
            <p>{d.soon_none} " " <a href="/activiteiten/nieuw">{d.activity_new}</a></p>
        }
        .into_any()
    } else {
        let lines = soon
            .iter()
            .map(|one| {
                let (time, day) = (time_view(request, one), soon_day(request, one));
                view! { <li><TimeLine time d lang day/></li> }
            })
            .collect_view();
        view! { <ol class="agenda-list">{lines}</ol> }.into_any()
    };
    view! {
        <section class="card panel agenda-soon" aria-labelledby="binnenkort">
            <div class="section-head">
                <h2 id="binnenkort">{d.soon_title}</h2>
                <a href="/agenda">{d.soon_all}</a>
            </div>
            {body}
        </section>
    }
    .to_html()
}
