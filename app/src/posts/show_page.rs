//! One post, which opens part by part for who may edit it.

use domain::posts::merge::Part;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{PinPost, RemovePost, RestorePost, show_post};
use super::card::author_line;
use super::last_day::LastDay;
use super::parts::{PartForm, Parts};
use super::photos::Gallery;
use super::view::{Named, ShowView, kind_look, kind_name};
use crate::comments::CommentsSection;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{
    Avatar, Badge, Breadcrumb, Editable, Icon, LinkButton, Notice, NoticeKind, PostButton, SceneArt, Time,
    focus_soon, kept, load_shared,
};
use crate::wire::Read;

use leptos::server_fn::ServerFn;

/// A server function of the moderators' desk, which only the server has.
const BEGIN_CASE: &str = "/api/moderation/begin";

#[component]
pub fn ShowPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let flash = Memo::new(move |_| query.with(|query| query.get("flash").unwrap_or_default()));
    let parts = Parts::provide();
    let saves = parts.saves();
    // What was saved in place is read again; opening another part reads nothing.
    let key = move || vec![id.get(), flash.get(), saves.get().to_string()];
    let fetch = |key: Vec<String>| {
        let mut parts = key.into_iter();
        let (id, flash) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        Box::pin(show_post(id, flash)) as _
    };
    let show = |post| view! { <Loaded post/> }.into_any();
    view! {
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            {load_shared(key, fetch, show)}
            <CommentsSection post=id/>
        </main>
    }
}

#[component]
fn Loaded(post: Read<ShowView>) -> impl IntoView {
    let site = use_site();
    let address = format!("{}/berichten/{}", site.base_url, post.id);
    let indexed = if post.removed || post.expired || !post.waits.is_empty() { "noindex" } else { "index" };
    let same_for_all = !(post.may_edit
        || post.may_remove
        || post.may_moderate
        || post.may_restore
        || post.may_pin
        || post.may_extend
        || post.may_propose
        || !post.waits.is_empty());
    view! {
        <Title text=post.title.clone()/>
        <Meta name="description" content=post.excerpt.clone()/>
        <Meta name="robots" content=indexed/>
        <Meta property="og:type" content="article"/>
        <Meta property="og:title" content=post.title.clone()/>
        <Meta property="og:description" content=post.excerpt.clone()/>
        <Meta property="og:url" content=address.clone()/>
        <Meta property="og:site_name" content=site.name.clone()/>
        <Meta property="og:image" content=post.photos.first().map_or_else(
                || format!("{address}/kaart.png"),
                |photo| format!("{}/fotos/{}/1280.jpg", site.base_url, photo.id),
            )/>
        {(!post.initiative.is_empty())
            .then(|| {
                let feed = format!("/berichten/{}/feed", post.id);
                view! { <Link rel="alternate" type_="application/atom+xml" href=feed/> }
            })}
        <Link rel="canonical" href=address/>
        <script type="application/ld+json" inner_html=post.json_ld.clone()></script>
        {if same_for_all {
            let (id, base) = (post.id.clone(), site.base_url.clone());
            kept(move || format!("post {id} {base}"), "post-page", || view! { <Whole post=post.into_inner()/> }.into_any())
        } else {
            view! {
                <div class="post-page">
                    <Whole post=post.into_inner()/>
                </div>
            }
                .into_any()
        }}
    }
}

/// All that a reader sees of the post.
#[component]
fn Whole(post: ShowView) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let author = author_line(&post.by, t.on_behalf_line);
    // Several parts of the page need the post: they share one copy.
    let shared = StoredValue::new(post.clone());
    let (title, html, areas, topic) =
        (post.title.clone(), post.html.clone(), post.areas.clone(), post.topic.clone());
    // Who may edit can give it one; to others there is nothing to say.
    let topic_shown = topic.is_some() || post.may_edit;
    let picture = post.scene.clone().map(|name| {
        view! {
            <figure class="post__picture">
                <SceneArt name=name alt=post.scene_alt.clone()/>
            </figure>
        }
    });
    let lang = site.written_in();
    view! {
        <Breadcrumb
            steps=vec![("/berichten".to_owned(), t.list_title.to_owned())]
            here=post.title.clone()
        />
        {post
            .removed
            .then(|| {
                view! {
                    <Notice kind=NoticeKind::Warning>
                        <p>{t.post_removed}</p>
                    </Notice>
                }
            })}
        <Waits post=post.clone()/>
        <LastDay post=post.clone()/>
        <article class="post" class:post--memorial=post.kind == domain::posts::PostKind::Memorial>
            <p class="cluster">
                <Badge label=kind_name(t, post.kind) look=kind_look(post.kind)/>
                {post.by.official.then(|| view! { <Badge label=t.official look="accent"/> })}
                {post
                    .pinned_by
                    .clone()
                    .map(|name| {
                        view! {
                            <span class="pinned">
                                <Icon name="pin"/>
                                {fill(t.pinned_by, &[("name", &name)])}
                            </span>
                        }
                    })}
            </p>
            <EditablePart shared part=Part::Title>
                <h1 lang=lang>{title.clone()}</h1>
            </EditablePart>
            <div class="post__byline person">
                <Avatar name=post.by.name.clone() tone=post.by.tone/>
                <div>
                    <strong>
                        {if post.author.is_empty() {
                            author.into_any()
                        } else {
                            let href = format!("/berichten?schrijver={}", post.author);
                            view! { <a href=href>{author}</a> }.into_any()
                        }}
                    </strong>
                    <p class="meta">
                        <Time moment=post.at.clone()/>
                        {post
                            .edited
                            .clone()
                            .map(|at| view! { " · " {t.edited} " " <Time moment=at/> })}
                    </p>
                </div>
            </div>
            {picture}
            <EditablePart shared part=Part::Body>
                <div class="prose" lang=lang inner_html=html.clone()></div>
            </EditablePart>
            <Gallery post=post.id.clone() photos=post.photos.clone()/>
            <div inner_html=post.initiative.clone()></div>
            <div class="post__facts">
                <EditablePart shared part=Part::Areas>
                    <dl class="facts">
                        <div>
                            <dt>
                                <Icon name="map-pin"/>
                                {t.field_areas}
                            </dt>
                            <dd>
                                <AreaLinks areas=areas.clone()/>
                            </dd>
                        </div>
                    </dl>
                </EditablePart>
                {topic_shown
                    .then(|| {
                        view! {
                            <EditablePart shared part=Part::Topic>
                                <TopicFact topic=topic.clone()/>
                            </EditablePart>
                        }
                    })}
            </div>
            <Actions post=post.clone()/>
            <div inner_html=post.share.clone()></div>
            <p class="print-only meta">{format!("{}/berichten/{}", site.base_url, post.id)}</p>
        </article>
        <section class="card panel panel--tint no-print">
            <h2>{t.post_question_title}</h2>
            <p>
                {t.post_question_text} " " <a href=site.tel()>{site.phone.clone()}</a>
            </p>
            <div class="cluster">
                <LinkButton href="/berichten/nieuw" label=t.write_post look="secondary"/>
                <a class="nl-link" rel="nofollow" href=format!("/melden?over=/berichten/{}", post.id)>
                    <Icon name="flag"/>
                    {t.report_post}
                </a>
            </div>
        </section>
    }
}

/// Why a post is kept back, for its author and the moderators.
#[component]
fn Waits(post: ShowView) -> impl IntoView {
    let t = use_texts();
    let text = match post.waits.as_str() {
        "held" if post.own => Some(t.post_held),
        "held" => Some(t.post_held_desk),
        "" => None,
        _ => Some(t.post_hidden),
    };
    let link = (!post.case_link.is_empty()).then(|| {
        view! {
            <p>
                <a class="nl-link" href=post.case_link>
                    {t.see_why}
                </a>
            </p>
        }
    });
    (text.is_some() || link.is_some()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning>
                {text.map(|text| view! { <p>{text}</p> })} {link}
            </Notice>
        }
    })
}

#[component]
fn TopicFact(topic: Option<Named>) -> impl IntoView {
    let t = use_texts();
    let name = match topic {
        Some(topic) => {
            view! { <a href=format!("/berichten?thema={}", topic.slug)>{topic.name}</a> }.into_any()
        }
        None => t.no_topic.into_any(),
    };
    view! {
        <dl class="facts">
            <div>
                <dt>
                    <Icon name="tag"/>
                    {t.field_topic}
                </dt>
                <dd>{name}</dd>
            </div>
        </dl>
    }
}

#[component]
fn AreaLinks(areas: Vec<Named>) -> impl IntoView {
    let t = use_texts();
    if areas.is_empty() {
        return view! { <a href="/berichten">{t.whole_platform}</a> }.into_any();
    }
    let last = areas.len() - 1;
    areas
        .into_iter()
        .enumerate()
        .map(|(index, area)| {
            view! {
                <a href=format!("/berichten?gebied={}", area.slug)>{area.name}</a>
                {(index < last).then_some(", ")}
            }
        })
        .collect_view()
        .into_any()
}

/// Shows a part, or its form when the address says it is open.
#[component]
fn EditablePart(shared: StoredValue<ShowView>, part: Part, children: ChildrenFn) -> impl IntoView {
    let t = use_texts();
    let query = use_query_map();
    let open = Memo::new(move |_| query.with(|query| query.get("bewerk").as_deref() == Some(part.slug())));
    let may_edit = shared.with_value(|post| post.may_edit);
    let handle = may_edit.then(|| {
        let id = shared.with_value(|post| post.id.clone());
        format!("/berichten/{id}?bewerk={}", part.slug())
    });
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            focus_soon(format!("#pen-{}", part.slug()));
        }
        now
    });
    let label = match part {
        Part::Title => t.edit_title,
        Part::Body => t.edit_body,
        Part::Areas => t.edit_areas,
        Part::Topic => t.edit_topic,
    };
    move || {
        if may_edit && open.get() {
            let post = shared.get_value();
            view! { <PartForm post part/> }.into_any()
        } else {
            let children = children.clone();
            view! {
                <Editable handle=handle.clone() label=label id=format!("pen-{}", part.slug())>
                    {children()}
                </Editable>
            }
            .into_any()
        }
    }
}

#[component]
fn Actions(post: ShowView) -> impl IntoView {
    let t = use_texts();
    let id = || vec![("id", post.id.clone())];
    let pin = post.may_pin.then(|| {
        let pinned = post.pinned_by.is_some();
        let mut fields = id();
        fields.push(("on_top", (!pinned).to_string()));
        let label = if pinned { t.unpin } else { t.pin };
        view! { <PostButton action=PinPost::PATH fields label=label icon=Some("pin")/> }
    });
    let history = post.may_edit.then(|| {
        view! {
            <LinkButton
                href=format!("/berichten/{}/fotos", post.id)
                label=t.edit_photos
                look="subtle"
                icon=Some("photo")
            />
            <LinkButton
                href=format!("/berichten/{}/geschiedenis", post.id)
                label=t.history_title
                look="subtle"
                icon=Some("history")
            />
        }
    });
    let propose = post.may_propose.then(|| {
        view! {
            <LinkButton
                href=format!("/berichten/{}/voorstel", post.id)
                label=t.propose
                look="subtle"
                icon=Some("pencil")
            />
        }
    });
    let remove = post.may_remove.then(|| {
        view! { <PostButton action=RemovePost::PATH fields=id() label=t.remove icon=Some("trash")/> }
    });
    let moderate = post.may_moderate.then(|| {
        view! { <PostButton action=BEGIN_CASE fields=id() label=t.moderate icon=Some("flag")/> }
    });
    let restore = post.may_restore.then(|| {
        view! {
            <PostButton
                action=RestorePost::PATH
                fields=id()
                label=t.undo
                look="primary"
                icon=Some("arrow-back-up")
            />
        }
    });
    view! { <div class="post__actions no-print">{pin} {history} {propose} {remove} {moderate} {restore}</div> }
}
