//! Comments that answer the reader or name them.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::comments_for_you;
use super::view::{ForYouList, ForYouView};
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Breadcrumb, Empty, LinkButton, Time, load_at};

#[component]
pub fn ForYouPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[after]: [String; 1]| Box::pin(comments_for_you(after)) as _;
    let show = |list| view! { <List list/> }.into_any();
    view! {
        <Title text=t.for_you_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb
                steps=vec![("/account".to_owned(), t.your_account.to_owned())]
                here=t.for_you_title
            />
            <h1>{t.for_you_title}</h1>
            <p class="lead">{t.for_you_lead}</p>
            {load_at(["na"], fetch, show)}
        </main>
    }
}

#[component]
fn List(list: ForYouList) -> impl IntoView {
    let t = use_texts();
    if list.items.is_empty() {
        return view! {
            <Empty title=t.for_you_empty_title text=t.for_you_empty_text>
                <LinkButton href="/berichten" label=t.all_posts/>
            </Empty>
        }
        .into_any();
    }
    let more = list.next.map(|next| {
        view! {
            <p class="more">
                <a
                    class="nl-button nl-button--secondary"
                    rel="next"
                    href=format!("/account/reacties?na={next}")
                >
                    {t.comments_more}
                </a>
            </p>
        }
    });
    let items = list.items.into_iter().map(|item| view! { <Item item/> }).collect_view();
    view! {
        <ol class="comments__items">{items}</ol>
        {more}
    }
    .into_any()
}

#[component]
fn Item(item: ForYouView) -> impl IntoView {
    let t = use_texts();
    let text = if item.mentioned { t.for_you_named } else { t.for_you_answered };
    view! {
        <li class="comment">
            <div class="comment__head person">
                <Avatar name=item.name.clone() tone=item.tone/>
                <p>
                    {fill(text, &[("name", &item.name)])} " " <a class="nl-link" href=item.address>
                        {item.post}
                    </a> " " <span class="meta">
                        <Time moment=item.at/>
                    </span>
                </p>
            </div>
            <div class="prose comment__text" inner_html=item.html></div>
        </li>
    }
}
