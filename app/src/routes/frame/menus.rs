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

/// The area that the address names, in the words of the address.
pub(super) fn chosen_area() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("gebied").unwrap_or_default()))
}

/// What tells one reader's tools from another's. What is not the name of an area chooses none.
pub(super) fn tools_kept_as(area: Memo<String>) -> String {
    let site = use_site();
    let area = area.with_untracked(|slug| site.area(slug).map_or("", |area| area.slug.as_str()).to_owned());
    format!("tools {area} {}", site.scheme)
}

/// Search and the menus of the header that know nobody.
#[component]
pub(super) fn Tools(area: Memo<String>) -> impl IntoView {
    view! {
        <a class="site-header__search" href="/zoeken">
            <Icon name="search"/>
            <span class="visually-hidden">{use_texts().search}</span>
        </a>
        <AreaMenu chosen=area/>
        <LanguageMenu/>
        <DisplayMenu/>
    }
}

#[component]
fn AreaMenu(chosen: Memo<String>) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let label = move || {
        site.area(&chosen.get()).map_or_else(|| t.whole_platform.to_owned(), |area| area.name.clone())
    };
    view! {
        <details class="menu menu--area" name="kop">
            <summary>
                <Icon name="map-pin"/>
                <span class="menu__label">{label}</span>
                <Icon name="chevron-down"/>
                <span class="visually-hidden">{t.choose_area}</span>
            </summary>
            <div class="menu__list">
                <AreaItems chosen/>
            </div>
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

const LANGUAGE_FORM: &str = "voorkeur-taal";
const DISPLAY_FORM: &str = "voorkeur-weergave";

/// For both forms, the page to come back to after a preference was changed.
#[component]
pub(super) fn ReturnFields() -> impl IntoView {
    let location = use_location();
    let back = Memo::new(move |_| format!("{}{}", location.pathname.get(), location.search.with(query)));
    [LANGUAGE_FORM, DISPLAY_FORM]
        .map(|form| view! { <input type="hidden" name="terug" form=form value=move || back.get()/> })
        .into_iter()
        .collect_view()
}

#[component]
fn LanguageMenu() -> impl IntoView {
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
            <form class="menu__list" id=LANGUAGE_FORM method="post" action="/voorkeur/taal">
                {items}
            </form>
        </details>
    }
}

#[component]
fn DisplayMenu() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let items = [
        ("auto", "device-desktop", t.display_auto),
        ("light", "sun", t.display_light),
        ("dark", "moon", t.display_dark),
        ("contrast", "contrast", t.display_contrast),
    ]
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
    .into_iter()
    .collect_view();
    view! {
        <details class="menu" name="kop">
            <summary>
                <Icon name="contrast"/>
                <span class="visually-hidden">{t.choose_display}</span>
            </summary>
            <form class="menu__list" id=DISPLAY_FORM method="post" action="/voorkeur/weergave">
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
