//! The search page.

use domain::search::SearchWish;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::find_posts;
use super::form::SearchForm;
use super::refine::{Chosen, Refine};
use super::view::{FoundActivityView, FoundCommentView, PieceView, ResultView, SearchView, WhatView};
use crate::posts::view::{CardView, kind_look, kind_name};
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Avatar, Badge, Breadcrumb, Empty, LinkButton, Notice, NoticeKind, Time, load};

fn wish() -> SearchWish {
    let query = use_query_map();
    let part = |name: &str| query.with_untracked(|query| query.get(name).unwrap_or_default());
    SearchWish {
        q: part("q"),
        soort: part("soort"),
        gebied: part("gebied"),
        thema: part("thema"),
        periode: part("periode"),
        waar: part("waar"),
        na: part("na"),
    }
}

#[component]
pub fn SearchPage() -> impl IntoView {
    let d = use_desk_texts();
    let wish = wish();
    let asked = domain::search::Sought::read(&wish.q).typed;
    let title =
        if asked.is_empty() { d.search_title.to_owned() } else { fill(d.search_title_of, &[("q", &asked)]) };
    let fetch = {
        let wish = wish.clone();
        move |_| Box::pin(find_posts(wish.clone())) as _
    };
    let show = |found| view! { <Found view=found/> }.into_any();
    let first = wish.first_page();
    view! {
        <Title text=title/>
        <Meta name="robots" content="noindex, nofollow"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb steps=Vec::new() here=d.search_title/>
            <h1>{d.search_title}</h1>
            <SearchForm wish=first/>
            {load(Vec::new, fetch, show)}
        </main>
    }
}

/// Text with the words that were sought marked: text nodes only, whatever somebody wrote.
fn pieces(pieces: Vec<PieceView>) -> AnyView {
    pieces
        .into_iter()
        .map(|piece| {
            if piece.marked { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
        })
        .collect_view()
        .into_any()
}

fn count_text(view: &SearchView) -> String {
    let d = use_desk_texts();
    let (q, n) = (view.wish.q.as_str(), view.total.to_string());
    if view.in_comments {
        return fill(d.search_found_comments, &[("q", q)]);
    }
    match view.total {
        0 => fill(d.search_found_none, &[("q", q)]),
        1 => fill(d.search_found_one, &[("q", q)]),
        _ if view.more_than_total => fill(d.search_found_more, &[("q", q), ("n", &n)]),
        _ => fill(d.search_found, &[("q", q), ("n", &n)]),
    }
}

#[component]
fn Found(view: SearchView) -> impl IntoView {
    let d = use_desk_texts();
    if view.is_empty {
        return view! {
            <Chosen wish=view.wish/>
            <Start/>
        }
        .into_any();
    }
    if view.total == 0 && view.comments.is_empty() {
        return view! {
            <Where wish=view.wish.clone() in_comments=view.in_comments/>
            <Chosen wish=view.wish.clone()/>
            <Nothing view/>
        }
        .into_any();
    }
    let instead = (!view.in_comments && !view.comments.is_empty()).then(|| {
        view! { <Instead comments=view.comments.clone() wish=view.wish.clone()/> }
    });
    let meant = (!view.meant.is_empty()).then(|| {
        let words = view
            .meant
            .iter()
            .map(|(typed, meant)| fill(d.search_meant, &[("meant", meant), ("typed", typed)]));
        let words = words.collect::<Vec<_>>().join(" ");
        view! { <Notice kind=NoticeKind::Info>{words}</Notice> }
    });
    let partly = view.partly.then(|| view! { <Notice kind=NoticeKind::Info>{d.search_partly}</Notice> });
    let next = view.next.as_ref().map(|next| {
        view! {
            <p class="more">
                <a class="nl-button nl-button--secondary" rel="next nofollow" href=next.address()>
                    {d.search_more}
                </a>
            </p>
        }
    });
    let back = (!view.wish.na.is_empty()).then(|| {
        view! {
            <p>
                <a class="nl-link" rel="nofollow" href=view.wish.first_page().address()>
                    {d.search_first_page}
                </a>
            </p>
        }
    });
    let comments = view.in_comments.then(|| {
        let items = view.comments.iter().cloned().map(|comment| view! { <Comment comment/> }).collect_view();
        view! { <ol class="comments__items">{items}</ol> }
    });
    let results = (!view.results.is_empty()).then(|| {
        let items = view.results.iter().cloned().map(|result| view! { <Item result/> }).collect_view();
        view! { <ol class="search-results">{items}</ol> }
    });
    view! {
        <p role="status">{count_text(&view)}</p>
        <Where wish=view.wish.clone() in_comments=view.in_comments/>
        {meant}
        {instead}
        {partly}
        <Chosen wish=view.wish.clone()/>
        <Refine view/>
        {back}
        {results}
        {comments}
        {next}
    }
    .into_any()
}

/// Posts and activities, or comments.
#[component]
fn Where(wish: SearchWish, in_comments: bool) -> impl IntoView {
    let d = use_desk_texts();
    let one = |to: bool, name: &'static str| {
        let here = (to == in_comments).then_some("page");
        view! {
            <a class="chip" href=wish.elsewhere(to).address() aria-current=here rel="nofollow">
                {name}
            </a>
        }
    };
    view! {
        <nav class="chips" aria-label=d.search_where>
            {one(false, d.search_in_posts)}
            {one(true, d.search_in_comments)}
        </nav>
    }
}

/// Comments that have all of the words, where nothing else has.
#[component]
fn Instead(comments: Vec<FoundCommentView>, wish: SearchWish) -> impl IntoView {
    let d = use_desk_texts();
    let all = wish.elsewhere(true).address();
    let items = comments.into_iter().map(|comment| view! { <Comment comment/> }).collect_view();
    view! {
        <section class="card panel stack" aria-labelledby="in-reacties">
            <h2 id="in-reacties">{d.search_said_in_comments}</h2>
            <ol class="comments__items">{items}</ol>
            <p>
                <a class="nl-link" rel="nofollow" href=all>
                    {d.search_all_comments}
                </a>
            </p>
        </section>
    }
}

#[component]
fn Comment(comment: FoundCommentView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    view! {
        <li class="comment">
            <div class="comment__head person">
                <Avatar name=comment.name.clone() tone=comment.tone/>
                <p>
                    {fill(d.search_said, &[("name", &comment.name)])} " "
                    <a class="nl-link" href=comment.address lang=lang>
                        {comment.post}
                    </a> " "
                    <span class="meta">
                        <Time moment=comment.at/>
                    </span>
                </p>
            </div>
            <p class="comment__text" lang=lang>
                {pieces(comment.text)}
            </p>
        </li>
    }
}

#[component]
fn Item(result: ResultView) -> impl IntoView {
    let lang = use_site().written_in();
    let (href, badges, meta) = match result.what {
        WhatView::Post(card) => post_parts(*card),
        WhatView::Activity(activity) => activity_parts(activity),
    };
    view! {
        <li>
            <article class="card panel post-card">
                <p class="cluster">{badges}</p>
                <h2 class="post-card__title">
                    <a href=href lang=lang>
                        {pieces(result.title)}
                    </a>
                </h2>
                <p lang=lang>{pieces(result.text)}</p>
                <p class="meta">{meta}</p>
            </article>
        </li>
    }
}

/// Where it leads, what it is, and by whom and when.
fn post_parts(card: CardView) -> (String, AnyView, AnyView) {
    let t = use_texts();
    let badges = view! {
        <Badge label=kind_name(t, card.kind) look=kind_look(card.kind)/>
        {card.by.official.then(|| view! { <Badge label=t.official look="accent"/> })}
    };
    let meta = view! {
        {card.by.name}
        ", "
        {card.place}
        " · "
        <Time moment=card.at/>
    };
    (format!("/berichten/{}", card.id), badges.into_any(), meta.into_any())
}

/// The same, with when and where it is.
fn activity_parts(activity: FoundActivityView) -> (String, AnyView, AnyView) {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let FoundActivityView { href, when, next, place, over } = activity;
    let badges = view! {
        <Badge label=d.search_activity look="brand"/>
        {over.then(|| view! { <Badge label=d.search_over look="neutral"/> })}
    };
    let next = (!next.is_empty()).then(|| format!(" ({})", fill(d.search_next, &[("day", &next)])));
    let place = (!place.is_empty()).then(|| view! { " · " <span lang=lang>{place}</span> });
    let meta = view! {
        {when}
        {next}
        {place}
    };
    (href, badges.into_any(), meta.into_any())
}

/// Nothing was asked yet: what people look for.
#[component]
fn Start() -> impl IntoView {
    let d = use_desk_texts();
    let site = use_site();
    let topics = site
        .topics
        .iter()
        .map(|topic| {
            view! {
                <a class="chip" href=format!("/berichten?thema={}", topic.slug)>
                    {topic.name.clone()}
                </a>
            }
        })
        .collect_view();
    view! {
        <p>{d.search_help}</p>
        <h2>{d.search_topics}</h2>
        <div class="chips">{topics}</div>
    }
}

/// Nothing found: what else to try, and a human being to ask.
#[component]
fn Nothing(view: SearchView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let everything = SearchWish { q: view.wish.q.clone(), ..SearchWish::default() }.address();
    let narrowed = !view.wish.is_everything();
    let text = if narrowed { d.search_nothing_here } else { d.search_nothing_tips };
    let connector = site
        .connectors
        .iter()
        .find(|connector| connector.areas.is_empty())
        .or_else(|| site.connectors.first())
        .map(|connector| fill(t.your_connector, &[("name", &connector.name)]));
    view! {
        <p class="visually-hidden" role="status">
            {fill(d.search_nothing, &[("q", &view.wish.q)])}
        </p>
        <Empty title=fill(d.search_nothing, &[("q", &view.wish.q)]) text=text>
            <div class="cluster">
                {narrowed.then(|| view! { <LinkButton href=everything label=d.search_without_choices/> })}
                <LinkButton href="/berichten" label=t.all_posts look="secondary"/>
            </div>
        </Empty>
        <section class="card panel panel--tint">
            <h2>{d.search_ask_title}</h2>
            <p>
                {d.search_ask_text} " " {connector.map(|line| format!("{line}."))}
            </p>
            <p class="cluster">
                <a class="nl-button nl-button--primary" href=site.tel()>
                    {fill(t.call, &[("phone", &site.phone)])}
                </a>
                <a class="nl-link" href=format!("mailto:{}", site.email)>
                    {site.email.clone()}
                </a>
                <a class="nl-link" href="/over">
                    {t.all_connectors}
                </a>
            </p>
        </section>
    }
}
