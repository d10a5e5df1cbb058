//! What stands in a frame on another site: titles that lead here, without a script, without a cookie.

use domain::posts::PostSummary;
use domain::posts::filter::FilterQuery;
use leptos::prelude::*;
use service::context::Request;

use crate::posts::view::kind_name;
use crate::texts::{desk_in_language, fill, in_language};
use crate::ui::{Moment, Time};

/// As many posts as a frame may ask for.
pub const MOST: usize = 20;
/// As many as it gets when it does not say.
pub const FEWEST: usize = 5;

/// A whole document with these posts. `style` is the address of the style sheet.
pub fn document(request: &Request, query: &FilterQuery, posts: &[PostSummary], style: &str) -> String {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    let base = request.base_url.clone();
    let lang = (request.platform.locale != request.locale).then(|| request.platform.locale.tag());
    let items = posts
        .iter()
        .map(|post| {
            view! {
                <li>
                    <p class="embed__title">
                        <a
                            href=format!("{base}/berichten/{}", post.id)
                            target="_blank"
                            rel="noopener"
                            lang=lang
                        >
                            {post.title.clone()}
                            <span class="visually-hidden">{format!(" {}", d.new_window)}</span>
                        </a>
                    </p>
                    <p class="meta">
                        {kind_name(t, post.kind)} " · " <Time moment=Moment::ago(post.published_at, request)/>
                    </p>
                </li>
            }
        })
        .collect_view();
    let list = if posts.is_empty() {
        view! { <p>{d.embed_none}</p> }.into_any()
    } else {
        view! { <ul class="embed__list">{items}</ul> }.into_any()
    };
    let all = format!("{base}/berichten{}", query.to_query());
    let content = view! {
        {list}
        <p>
            <a class="nl-link" href=all target="_blank" rel="noopener">
                {fill(d.embed_more, &[("name", &request.platform.name)])}
                <span class="visually-hidden">{format!(" {}", d.new_window)}</span>
            </a>
        </p>
    };
    whole(request, style, content.into_any())
}

/// The same for a list that is not there (any more): a frame on somebody's site says so.
pub fn gone(request: &Request, style: &str) -> String {
    let d = desk_in_language(request.locale);
    let content = view! {
        <p>{d.embed_gone}</p>
        <p>
            <a class="nl-link" href=request.base_url.clone() target="_blank" rel="noopener">
                {fill(d.embed_more, &[("name", &request.platform.name)])}
                <span class="visually-hidden">{format!(" {}", d.new_window)}</span>
            </a>
        </p>
    };
    whole(request, style, content.into_any())
}

/// Light, as nearly all sites around it are.
fn whole(request: &Request, style: &str, content: AnyView) -> String {
    let t = in_language(request.locale);
    let name = request.platform.name.clone();
    let page = view! {
        <html
            lang=request.locale.tag()
            dir="ltr"
            data-theme=request.platform.theme.clone()
            data-scheme="light"
        >
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <title>{format!("{} – {name}", t.list_title)}</title>
                <link rel="stylesheet" href=style.to_owned()/>
            </head>
            <body>
                // Named, to be told apart from that of the page around it.
                <main class="embed" aria-labelledby="naam">
                    <h1 id="naam">{name}</h1>
                    {content}
                </main>
            </body>
        </html>
    };
    format!("<!DOCTYPE html>{}", page.to_html())
}
