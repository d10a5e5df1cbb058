//! `/insluiten`: makes the code with which another site shows a list of posts. A quiet page.

use domain::posts::PostKind;
use domain::posts::filter::FilterQuery;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::list::{FEWEST, MOST};
use crate::posts::filter_fields::filter_fields;
use crate::site::{StoredSite, use_site};
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, FieldInfo, Icon, Select, SelectOption, SubmitButton, TextArea};

/// How many posts somebody can choose.
const NUMBERS: [usize; 4] = [3, FEWEST, 10, MOST];

/// What was chosen, as far as it is there: the rest would be code that shows nothing.
fn chosen(site: &StoredSite, get: impl Fn(&str) -> String) -> (FilterQuery, usize) {
    let known = |text: String, is_known: bool| if is_known { text } else { String::new() };
    let (area, topic, kind) = (get("gebied"), get("thema"), get("soort"));
    let (is_area, is_topic) = (site.area(&area).is_some(), site.topic(&topic).is_some());
    let is_kind = PostKind::from_slug(&kind).is_some();
    let query = FilterQuery {
        gebied: known(area, is_area),
        thema: known(topic, is_topic),
        soort: known(kind, is_kind),
        ..FilterQuery::default()
    };
    let number = get("aantal").parse().ok().filter(|number| NUMBERS.contains(number));
    (query, number.unwrap_or(FEWEST))
}

/// The code for another site. The address and the name are of the community; a name may hold anything.
fn code(address: &str, title: &str) -> String {
    let (address, title) = (in_attribute(address), in_attribute(title));
    format!(
        "<iframe src=\"{address}\" title=\"{title}\" width=\"100%\" height=\"420\" style=\"border:0\" loading=\"lazy\" \
         sandbox=\"allow-popups allow-popups-to-escape-sandbox\"></iframe>"
    )
}

fn in_attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[component]
pub fn EmbedPage() -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let site = use_site();
    let map = use_query_map();
    let (query, number) = chosen(&site, |key| map.with_untracked(|map| map.get(key).unwrap_or_default()));
    let filter = query.to_query();
    let mark = if filter.is_empty() { '?' } else { '&' };
    let path = format!("/insluiten/berichten{filter}{mark}aantal={number}");
    let frame_title = fill(d.embed_frame_title, &[("name", &site.name)]);
    let code = code(&format!("{}{path}", site.base_url), &frame_title);
    let feed = format!("/berichten/feed{filter}");
    view! {
        <Title text=d.embed_title/>
        <Meta name="description" content=d.embed_lead/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb
                steps=vec![("/berichten".to_owned(), t.list_title.to_owned())]
                here=d.embed_title
            />
            <h1>{d.embed_title}</h1>
            <p class="lead">{d.embed_lead}</p>
            <Choices query number/>
            <section class="stack">
                <h2>{d.embed_code}</h2>
                <TextArea
                    info=FieldInfo::new("code", d.embed_code_label).describe(d.embed_code_about)
                    name="code"
                    value=code
                    rows=5
                />
                <h2>{d.embed_preview}</h2>
                <iframe class="embed-preview" src=path title=frame_title></iframe>
            </section>
            <section class="card panel panel--tint stack">
                <h2>{d.feed_about_title}</h2>
                <p>{d.feed_about}</p>
                <p>
                    <a class="nl-link" href=feed.clone()>
                        <Icon name="rss"/>
                        {format!("{}{feed}", site.base_url)}
                    </a>
                </p>
            </section>
        </main>
    }
}

#[component]
fn Choices(query: FilterQuery, number: usize) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let all = [t.whole_platform, t.all_topics, t.all_kinds];
    let fields = filter_fields(query.gebied, query.thema, query.soort, all);
    let numbers =
        NUMBERS.iter().map(|number| SelectOption::new(number.to_string(), number.to_string())).collect();
    view! {
        <form class="form stack" method="get" action="/insluiten">
            {fields}
            <Select
                info=FieldInfo::new("aantal", d.embed_count)
                name="aantal"
                options=numbers
                selected=number.to_string()
            />
            <div class="form__actions">
                <SubmitButton label=d.embed_make look="secondary"/>
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_name_cannot_break_out_of_the_code() {
        let code = code("https://x.nl/insluiten/berichten?gebied=a&aantal=5", "Van \"ons\" <script>");
        assert!(code.contains("title=\"Van &quot;ons&quot; &lt;script&gt;\""), "{code}");
        assert!(code.contains("gebied=a&amp;aantal=5"), "{code}");
    }
}
