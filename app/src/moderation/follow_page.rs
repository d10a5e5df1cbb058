//! One's own notice, by its secret link, without an account.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{AppealNotice, follow_notice};
use super::own_page::ObjectForm;
use super::statement::{AppealCard, KindBadge, Statement, status_text};
use super::view::FollowView;
use crate::texts::{fill, use_desk_texts, use_texts};
use crate::ui::{Time, load_at};

#[component]
pub fn FollowPage() -> impl IntoView {
    let fetch = |[token, flash]: [String; 2]| Box::pin(follow_notice(token, flash)) as _;
    let show = |found| view! { <Followed found/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["token", "flash"], fetch, show)}
        </main>
    }
}

/// Says nothing of what was written in the notice: anybody can name anybody's address.
#[component]
fn Followed(found: FollowView) -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let title = fill(d.case_title, &[("reference", &found.reference)]);
    let about = if found.title.is_empty() {
        if found.address.is_empty() { d.subject_site.to_owned() } else { found.address.clone() }
    } else {
        found.title.clone()
    };
    let any = !found.decisions.is_empty();
    let decisions = found.decisions.into_iter().map(|decision| view! { <Statement decision/> });
    let appeals = found.appeals.into_iter().map(|appeal| view! { <AppealCard appeal title=d.appeal_mine/> });
    let object = found.may_appeal.then(|| {
        view! {
            <ObjectForm
                action=AppealNotice::PATH
                name="token"
                value=found.token.clone()
                appeal=found.appeal.clone()
            />
        }
    });
    view! {
        <Title text=title.clone()/>
        <h1>{title}</h1>
        <p class="lead">{status_text(d, found.status)}</p>
        <div class="card panel">
            <p class="cluster">
                {found.kind.map(|kind| view! { <KindBadge kind/> })}
                <strong>{about}</strong>
            </p>
            <p class="meta">
                <Time moment=found.at/>
            </p>
        </div>
        {any.then(|| view! { <h2>{d.decisions}</h2> })}
        {decisions.collect_view()}
        {appeals.collect_view()}
        {object}
        <p class="meta">{d.follow_lead}</p>
        <p>
            <a class="nl-link" href="/moderatie">
                {t.moderation_title}
            </a>
        </p>
    }
}
