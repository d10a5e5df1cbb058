//! The menus in the header: area, language, display, account.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::wasm_bindgen::JsCast;
use leptos_router::hooks::{use_location, use_query_map};
use web_sys::HtmlElement;

use crate::members::api::SignOut;
use crate::routes::query;
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{Avatar, FRAMELESS, Icon, focus_soon, kept};

/// Every menu that is open.
fn open_menus() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all("details.menu[open]") else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// Menus close when the page under them becomes another one, and with Escape, which gives the focus back; and the
/// keyboard begins at the new page.
#[component]
pub(super) fn MenuKeeper() -> impl IntoView {
    let location = use_location();
    Effect::new(move |before: Option<(String, String)>| {
        let here = (location.pathname.get(), location.search.get());
        if let Some(before) = before
            && before != here
        {
            for menu in open_menus() {
                let _ = menu.remove_attribute("open");
            }
            if before.0 != here.0 {
                focus_soon("#inhoud".to_owned());
            }
        }
        here
    });
    Effect::new(move |_| {
        let listener = window_event_listener(leptos::ev::keydown, |event| {
            if event.key() == "Escape" {
                for menu in open_menus() {
                    let _ = menu.remove_attribute("open");
                    let summary = menu.query_selector("summary").ok().flatten();
                    if let Some(summary) = summary.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                        let _ = summary.focus();
                    }
                }
            }
        });
        on_cleanup(move || listener.remove());
    });
}

#[component]
pub(super) fn AreaMenu() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|query| query.get("gebied").unwrap_or_default()));
    let label = {
        let site = site.clone();
        move || site.area(&chosen.get()).map_or_else(|| t.whole_platform.to_owned(), |area| area.name.clone())
    };
    // What is not the name of an area chooses none.
    let here =
        chosen.with_untracked(|slug| if site.area(slug).is_some() { slug.clone() } else { String::new() });
    let items = kept(
        move || format!("area menu {here}"),
        "menu__list",
        move || view! { <AreaItems chosen/> }.into_any(),
    );
    view! {
        <details class="menu menu--area" name="kop">
            <summary>
                <Icon name="map-pin"/>
                <span class="menu__label">{label}</span>
                <Icon name="chevron-down"/>
                <span class="visually-hidden">{t.choose_area}</span>
            </summary>
            {items}
        </details>
    }
}

#[component]
fn AreaItems(chosen: Memo<String>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let none = {
        let site = site.clone();
        move || chosen.with(|slug| site.area(slug).is_none()).then_some("true")
    };
    let items = site
        .areas
        .iter()
        .filter(|area| area.depth == 1 || area.depth == 2)
        .map(|area| {
            let slug = area.slug.clone();
            let class = if area.depth > 1 { "menu__item menu__item--sub" } else { "menu__item" };
            view! {
                <a
                    class=class
                    href=format!("/berichten?gebied={}", area.slug)
                    aria-current=move || (chosen.get() == slug).then_some("true")
                >
                    {area.name.clone()}
                </a>
            }
        })
        .collect_view();
    view! {
        <p class="menu__title">{t.choose_area}</p>
        <a class="menu__item" href="/berichten" aria-current=none>
            {t.whole_platform}
        </a>
        {items}
    }
}

/// The page to come back to after a preference was changed.
#[component]
fn ReturnField() -> impl IntoView {
    let location = use_location();
    let back = move || format!("{}{}", location.pathname.get(), location.search.with(query));
    view! { <input type="hidden" name="terug" value=back/> }
}

#[component]
pub(super) fn LanguageMenu() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let items = site
        .locales
        .iter()
        .map(|locale: &Locale| {
            view! {
                <button
                    class="menu__item"
                    name="waarde"
                    value=locale.tag()
                    lang=locale.tag()
                    aria-pressed=(*locale == site.locale).to_string()
                >
                    {locale.own_name()}
                </button>
            }
        })
        .collect_view();
    view! {
        <details class="menu" name="kop">
            <summary>
                <Icon name="language"/>
                <span class="menu__label">{site.locale.tag().to_uppercase()}</span>
                <span class="visually-hidden">{t.choose_language}</span>
            </summary>
            <form class="menu__list" method="post" action="/voorkeur/taal">
                <ReturnField/>
                {items}
            </form>
        </details>
    }
}

#[component]
pub(super) fn DisplayMenu() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let name = site.clone();
    let items = move || {
        [
            ("auto", "device-desktop", t.display_auto),
            ("light", "sun", t.display_light),
            ("dark", "moon", t.display_dark),
            ("contrast", "contrast", t.display_contrast),
        ]
        .into_iter()
        .map(|(key, icon, label)| {
            view! {
                <button
                    class="menu__item"
                    name="waarde"
                    value=key
                    aria-pressed=(site.scheme == key).to_string()
                >
                    <Icon name=icon/>
                    {label}
                </button>
            }
        })
        .collect_view()
        .into_any()
    };
    let items = kept(move || format!("display menu {}", name.scheme), FRAMELESS, items);
    view! {
        <details class="menu" name="kop">
            <summary>
                <Icon name="contrast"/>
                <span class="visually-hidden">{t.choose_display}</span>
            </summary>
            <form class="menu__list" method="post" action="/voorkeur/weergave">
                <ReturnField/>
                {items}
            </form>
        </details>
    }
}

/// The same for all who have as much waiting for them.
#[component]
fn AccountItems() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let viewer = &site.viewer;
    view! {
        <a class="menu__item" href="/account">
            <Icon name="user"/>
            {t.your_account}
        </a>
        <a class="menu__item" href="/berichten/nieuw">
            <Icon name="pencil"/>
            {t.write_post}
        </a>
        {viewer
            .moderates
            .then(|| {
                view! {
                    <a class="menu__item" href="/beheer/meldingen">
                        <Icon name="flag"/>
                        {t.menu_reports}
                        {(viewer.waiting > 0).then(|| format!(" ({})", viewer.waiting))}
                    </a>
                }
            })}
        <form method="post" action=SignOut::PATH>
            <button class="menu__item">
                <Icon name="logout"/>
                {t.sign_out}
            </button>
        </form>
    }
}

#[component]
pub(super) fn AccountTool() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let viewer = &site.viewer;
    if viewer.half_way {
        view! {
            <a
                class="nl-button nl-button--secondary site-header__sign-in"
                href="/aanmelden/tweede-stap"
            >
                {t.second_step}
            </a>
        }
        .into_any()
    } else if viewer.signed_in {
        view! {
            <details class="menu menu--account" name="kop">
                <summary>
                    <Avatar name=viewer.name.clone() tone=viewer.tone/>
                    <span class="visually-hidden">{t.your_account}</span>
                </summary>
                <div class="menu__list">
                    <p class="menu__title">{viewer.name.clone()}</p>
                    {kept(
                        || format!("account menu {} {}", viewer.moderates, viewer.waiting),
                        FRAMELESS,
                        || view! { <AccountItems/> }.into_any(),
                    )}
                </div>
            </details>
        }
        .into_any()
    } else {
        view! {
            <a class="nl-button nl-button--secondary site-header__sign-in" href="/aanmelden">
                {t.sign_in}
            </a>
        }
        .into_any()
    }
}
