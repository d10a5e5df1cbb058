//! Header, footer, the bar at the foot of a telephone, and messages of the moment.

use domain::locale::Locale;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use crate::assets::SCENES;
use crate::members::api::SignOut;
use crate::posts::api::RestorePost;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Icon, Toast};

use leptos::server_fn::ServerFn;

fn is_here(path: &str, href: &str) -> bool {
    path == href || (href != "/" && path.starts_with(href) && path != "/berichten/nieuw")
}

/// A link that knows whether it is the current page.
#[component]
fn NavLink(
    href: &'static str,
    label: &'static str,
    #[prop(optional_no_strip)] icon: Option<&'static str>,
) -> impl IntoView {
    let path = use_location().pathname;
    let current = move || is_here(&path.get(), href).then_some("page");
    view! {
        <a href=href aria-current=current>
            {icon
                .map(|name| {
                    view! { <Icon name/> }
                })}
            <span>{label}</span>
        </a>
    }
}

#[component]
pub(super) fn Header() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    view! {
        <a class="nl-skip-link" href="#inhoud" rel="external">
            {t.skip_to_content}
        </a>
        <header class="site-header no-print">
            <div class="wrap site-header__bar">
                <a class="logo" href="/">
                    <svg class="logo__mark" viewBox="0 0 44 44" aria-hidden="true">
                        <use href=format!("{SCENES}#mark")></use>
                    </svg>
                    <span class="logo__name">{site.name.clone()}</span>
                </a>
                <nav class="main-nav" aria-label=t.main_menu>
                    <NavLink href="/" label=t.nav_home/>
                    <NavLink href="/berichten" label=t.nav_posts/>
                    <NavLink href="/over" label=t.nav_about/>
                </nav>
                <div class="site-header__tools">
                    <AreaMenu/>
                    <LanguageMenu/>
                    <DisplayMenu/>
                    <AccountTool/>
                </div>
            </div>
        </header>
    }
}

#[component]
fn AreaMenu() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let query = use_query_map();
    let chosen = Memo::new(move |_| query.with(|query| query.get("gebied").unwrap_or_default()));
    let label = {
        let site = site.clone();
        move || {
            site.area(&chosen.get())
                .map_or_else(|| t.whole_platform.to_owned(), |area| area.name.clone())
        }
    };
    let items = site
        .areas
        .iter()
        .filter(|area| area.depth == 1 || area.depth == 2)
        .map(|area| {
            let slug = area.slug.clone();
            let class = if area.depth > 1 {
                "menu__item menu__item--sub"
            } else {
                "menu__item"
            };
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
        <details class="menu menu--area" name="kop">
            <summary>
                <Icon name="map-pin"/>
                <span class="menu__label">{label}</span>
                <Icon name="chevron-down"/>
                <span class="visually-hidden">{t.choose_area}</span>
            </summary>
            <div class="menu__list">
                <p class="menu__title">{t.choose_area}</p>
                <a
                    class="menu__item"
                    href="/berichten"
                    aria-current=move || chosen.get().is_empty().then_some("true")
                >
                    {t.whole_platform}
                </a>
                {items}
            </div>
        </details>
    }
}

/// The page to come back to after a preference was changed.
#[component]
fn ReturnField() -> impl IntoView {
    let location = use_location();
    let back = move || format!("{}{}", location.pathname.get(), location.search.with(|search| {
        if search.is_empty() || search.starts_with('?') { search.clone() } else { format!("?{search}") }
    }));
    view! { <input type="hidden" name="terug" value=back/> }
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
            <form class="menu__list" method="post" action="/voorkeur/taal">
                <ReturnField/>
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
    .collect_view();
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

#[component]
fn AccountTool() -> impl IntoView {
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
                    <a class="menu__item" href="/account">
                        <Icon name="user"/>
                        {t.your_account}
                    </a>
                    <a class="menu__item" href="/berichten/nieuw">
                        <Icon name="pencil"/>
                        {t.write_post}
                    </a>
                    <form method="post" action=SignOut::PATH>
                        <button class="menu__item">
                            <Icon name="logout"/>
                            {t.sign_out}
                        </button>
                    </form>
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

#[component]
pub(super) fn BottomNav() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let (href, label) = match (&site.viewer.signed_in, &site.viewer.half_way) {
        (true, _) => ("/account", t.nav_account),
        (_, true) => ("/aanmelden/tweede-stap", t.second_step),
        _ => ("/aanmelden", t.sign_in),
    };
    view! {
        <nav class="bottom-nav no-print" aria-label=t.quick_menu>
            <NavLink href="/" label=t.nav_home icon=Some("home")/>
            <NavLink href="/berichten" label=t.nav_posts icon=Some("news")/>
            <NavLink href="/berichten/nieuw" label=t.nav_write icon=Some("plus")/>
            <NavLink href="/over" label=t.nav_about icon=Some("users")/>
            <NavLink href=href label=label icon=Some("user")/>
        </nav>
    }
}

#[component]
pub(super) fn Footer() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let path = use_location().pathname;
    view! {
        <footer class="site-footer">
            <div class="wrap site-footer__grid">
                <section>
                    <h2>{site.name.clone()}</h2>
                    <p>{site.tagline.clone()}</p>
                    <p class="meta">{site.address.clone()}</p>
                </section>
                <section>
                    <h2>{t.footer_help}</h2>
                    <p>
                        <a href=site.tel()>
                            <Icon name="phone"/>
                            {site.phone.clone()}
                        </a>
                    </p>
                    <p>
                        <a href=format!("mailto:{}", site.email)>
                            <Icon name="mail"/>
                            {site.email.clone()}
                        </a>
                    </p>
                    <p class="meta">{site.hours.clone()}</p>
                </section>
                <nav aria-label=t.footer_about>
                    <h2>{t.footer_about}</h2>
                    <ul>
                        <li>
                            <a href="/over">{t.about_title}</a>
                        </li>
                        <li>
                            <a href="/huisregels">{t.house_rules_title}</a>
                        </li>
                        <li>
                            <a href="/privacy">{t.privacy_title}</a>
                        </li>
                        <li>
                            <a href="/toegankelijkheid">{t.accessibility_title}</a>
                        </li>
                        <li>
                            <a href=move || format!("/melden?over={}", path.get()) rel="nofollow">
                                <Icon name="flag"/>
                                {t.report_title}
                            </a>
                        </li>
                    </ul>
                </nav>
            </div>
            <div class="wrap site-footer__legal">
                <p>{fill(t.published_by, &[("publisher", &site.publisher)])}</p>
                {site
                    .demo
                    .then(|| {
                        view! {
                            <ul class="cluster">
                                <li>
                                    <a href="/demo/outbox">{t.outbox_title}</a>
                                </li>
                                <li>
                                    <a href="/stijl">{t.style_title}</a>
                                </li>
                            </ul>
                        }
                    })}
            </div>
        </footer>
    }
}

/// What just happened, told once by the address of the page that followed. Only known messages
/// are shown; the address cannot put words in our mouth.
#[component]
pub(super) fn PageToast() -> impl IntoView {
    let t = use_texts();
    let query = use_query_map();
    let message = Memo::new(move |_| query.with(|query| query.get("melding").unwrap_or_default()));
    let subject = Memo::new(move |_| query.with(|query| query.get("bericht").unwrap_or_default()));
    move || {
        let text = match message.get().as_str() {
            "geplaatst" => t.toast_published,
            "bewaard" => t.toast_saved,
            "ongewijzigd" => t.toast_unchanged,
            "verwijderd" => t.toast_removed,
            "teruggezet" => t.toast_restored,
            "vastgezet" => t.toast_pinned,
            "losgelaten" => t.toast_unpinned,
            "welkom" => t.toast_welcome,
            "aangemeld" => t.toast_signed_in,
            "afgemeld" => t.toast_signed_out,
            "gemeld" => t.toast_reported,
            "wachtwoord" => t.toast_password,
            "sessies" => t.toast_sessions,
            "mislukt" => t.fault_trouble,
            _ => return None,
        };
        let undo = (message.get() == "verwijderd" && subject.get().parse::<domain::id::PostId>().is_ok())
            .then(|| {
                view! {
                    <form method="post" action=RestorePost::PATH>
                        <input type="hidden" name="id" value=subject.get()/>
                        <button class="toast__button">
                            <Icon name="arrow-back-up"/>
                            {t.undo}
                        </button>
                    </form>
                }
            });
        let changes = (message.get() == "bewaard"
            && subject.get().parse::<domain::id::PostId>().is_ok())
            .then(|| {
                view! {
                    <a class="toast__button" href=format!("/berichten/{}/geschiedenis", subject.get())>
                        <Icon name="history"/>
                        {t.see_changes}
                    </a>
                }
            });
        Some(view! { <Toast text=text>{undo} {changes}</Toast> })
    }
}
