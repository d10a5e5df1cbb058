//! `/account/agenda`: what one goes to, and the secret address under which one's own calendar reads it. A quiet page.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{EndCalendar, NewCalendar, own_agenda};
use super::view::{GoingView, OwnAgendaView};
use crate::site::use_site;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{
    Badge, Breadcrumb, FieldInfo, FormProblems, LinkButton, Notice, NoticeKind, PostButton, TextField,
    load_at,
};

#[component]
pub fn OwnAgendaPage() -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let fetch = |[flash]: [String; 1]| Box::pin(own_agenda(flash)) as _;
    let show = |view| view! { <Loaded view/> }.into_any();
    view! {
        <Title text=d.mine_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form stack" tabindex="-1">
            <Breadcrumb steps=vec![("/account".to_owned(), t.your_account.to_owned())] here=d.mine_title/>
            <h1>{d.mine_title}</h1>
            {load_at(["flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(view: OwnAgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let list = if view.going.is_empty() {
        view! {
            <p>{d.mine_none}</p>
            <LinkButton href="/agenda" label=d.mine_none_link look="secondary" icon=Some("calendar")/>
        }
        .into_any()
    } else {
        let lines = view.going.clone().into_iter().map(|one| view! { <Going one/> }).collect_view();
        view! {
            <p class="lead">{d.mine_lead}</p>
            <ul class="people">{lines}</ul>
        }
        .into_any()
    };
    view! {
        <FormProblems problems=view.problems.clone() ids=Vec::new()/>
        {list}
        <Feed view/>
    }
}

#[component]
fn Going(one: GoingView) -> impl IntoView {
    let d = use_desk_texts();
    let lang = use_site().written_in();
    let waiting = one.waiting.then(|| view! { <Badge label=d.mine_waiting look="sun"/> });
    let cancelled = one.cancelled.then(|| view! { <Badge label=d.activity_cancelled look="neutral"/> });
    let people = (one.people > 1)
        .then(|| view! { <p class="meta">{fill(d.reg_mine_people, &[("n", &one.people.to_string())])}</p> });
    let place = (!one.place.is_empty()).then(|| view! { <p class="meta" lang=lang>{one.place.clone()}</p> });
    view! {
        <li class="people__one">
            <div class="people__name">
                <a class="nl-link" href=one.href lang=lang>
                    {one.title}
                </a>
                {waiting}
                {cancelled}
            </div>
            <p>{one.when}</p>
            {place}
            {people}
        </li>
    }
}

/// The secret address: made, shown once, replaced, taken away.
#[component]
fn Feed(view: OwnAgendaView) -> impl IntoView {
    let d = use_desk_texts();
    let shown = (!view.address.is_empty()).then(|| {
        let open =
            view.address.split_once("://").map_or(String::new(), |(_, rest)| format!("webcal://{rest}"));
        view! {
            <div id="adres" class="stack">
                <Notice kind=NoticeKind::Ok>
                    <p>{d.mine_feed_new}</p>
                </Notice>
                <TextField
                    info=FieldInfo::new("geheim-adres", d.mine_feed_field)
                    name="address"
                    value=view.address.clone()
                />
                <a class="nl-button nl-button--primary" href=open rel="external">
                    {d.mine_feed_open}
                </a>
            </div>
        }
    });
    let has = !view.since.is_empty();
    let since = (has && view.address.is_empty())
        .then(|| view! { <p>{fill(d.mine_feed_since, &[("day", &view.since)])}</p> });
    let label = if has { d.mine_feed_again } else { d.mine_feed_make };
    let end = has.then(|| {
        view! {
            <PostButton
                action=EndCalendar::PATH
                fields=Vec::new()
                label=d.mine_feed_end
                look="subtle"
                icon=Some("trash")
            />
        }
    });
    view! {
        <section class="stack">
            <h2>{d.mine_feed}</h2>
            <p>{d.mine_feed_about}</p>
            {shown}
            {since}
            <div class="cluster">
                <PostButton
                    action=NewCalendar::PATH
                    fields=Vec::new()
                    label
                    look="secondary"
                    icon=Some("calendar")
                />
                {end}
            </div>
        </section>
    }
}
