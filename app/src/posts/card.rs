//! A post on a list.

use leptos::prelude::*;

use super::view::{Byline, CardView, kind_look, kind_name};
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Badge, Icon, SceneArt, Time};

/// Who wrote it, as one line.
pub(super) fn author_line(by: &Byline, on_behalf: &str) -> String {
    match &by.on_behalf_of {
        Some(person) => fill(on_behalf, &[("person", person), ("author", &by.name)]),
        None => by.name.clone(),
    }
}

/// A card; the whole card leads to the post through its title.
#[component]
pub fn PostCard(
    card: CardView,
    /// The large one, first on the home page.
    #[prop(optional)]
    lead: bool,
    #[prop(optional)] pinned: bool,
) -> impl IntoView {
    let t = use_texts();
    let class = if lead { "card post-card post-card--lead" } else { "card post-card" };
    let author = author_line(&card.by, t.on_behalf_line);
    let lang = use_site().written_in();
    view! {
        <article class=class>
            {match (card.cover, card.scene) {
                (Some(cover), _) => {
                    let class = format!("card__photo focus-{}", cover.focus.key());
                    Some(
                        view! {
                            <div class="card__picture">
                                <img
                                    class=class
                                    src=format!("/fotos/{}/320.webp", cover.id)
                                    srcset=cover.sources
                                    sizes="(min-width: 48rem) 24rem, 100vw"
                                    alt=""
                                    loading="lazy"
                                />
                            </div>
                        }
                            .into_any(),
                    )
                }
                (None, Some(name)) => {
                    Some(
                        view! {
                            <div class="card__picture">
                                <SceneArt name=name/>
                            </div>
                        }
                            .into_any(),
                    )
                }
                (None, None) => None,
            }}
            <div class="card__body">
                <p class="cluster">
                    <Badge label=kind_name(t, card.kind) look=kind_look(card.kind)/>
                    {card.by.official.then(|| view! { <Badge label=t.official look="accent"/> })}
                    {card
                        .pinned_by
                        .filter(|_| pinned)
                        .map(|name| {
                            view! {
                                <span class="post-card__pin">
                                    <Icon name="pin"/>
                                    {fill(t.pinned_by, &[("name", &name)])}
                                </span>
                            }
                        })}
                </p>
                <h3 class="post-card__title">
                    <a href=format!("/berichten/{}", card.id) lang=lang>
                        {card.title}
                    </a>
                </h3>
                <p class="post-card__text" lang=lang>
                    {card.excerpt}
                </p>
                <div class="post-card__meta">
                    <Avatar name=card.by.name tone=card.by.tone/>
                    <span>
                        {author} ", " {card.place} " · " <Time moment=card.at/>
                    </span>
                    {(card.comments > 0)
                        .then(|| {
                            view! {
                                <span class="post-card__talk">
                                    <Icon name="message"/>
                                    {card.comments}
                                    <span class="visually-hidden">{t.comments_word}</span>
                                </span>
                            }
                        })}
                </div>
            </div>
        </article>
    }
}
