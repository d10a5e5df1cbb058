//! Header, footer, and the bar at the foot of a telephone.

mod menus;
mod toast;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::assets::SCENES;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{FRAMELESS, Icon, kept};
use menus::{AccountTool, MenuKeeper, ReturnFields, Tools, chosen_area, tools_kept_as};

pub(super) use toast::PageToast;

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

/// Links that know which of them is the current page.
struct Links(Vec<(&'static str, &'static str, Option<&'static str>)>);

impl Links {
    /// What tells them apart from others of this community.
    fn kept_as(&self, name: &str) -> String {
        let path = use_location().pathname.get_untracked();
        let here: Vec<bool> = self.0.iter().map(|(href, ..)| is_here(&path, href)).collect();
        let last = self.0.last().map_or("", |(href, ..)| *href);
        format!("{name} {last} {here:?}")
    }

    fn view(self) -> AnyView {
        self.0
            .into_iter()
            .map(|(href, label, icon)| view! { <NavLink href label icon/> })
            .collect_view()
            .into_any()
    }
}

/// Most of the header is the same for everybody: its two parts are kept, and who reads stands beside them.
#[component]
pub(super) fn Header() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let links = Links(vec![
        ("/", t.nav_home, None),
        ("/berichten", t.nav_posts, None),
        ("/agenda", t.nav_agenda, None),
        ("/over", t.nav_about, None),
    ]);
    let area = chosen_area();
    let (of_links, of_tools) = (links.kept_as("header"), tools_kept_as(area));
    view! {
        <a class="nl-skip-link" href="#inhoud" rel="external">
            {t.skip_to_content}
        </a>
        <MenuKeeper/>
        <header class="site-header">
            <div class="wrap site-header__bar">
                {kept(|| of_links, FRAMELESS, || view! { <NameAndMenu links/> }.into_any())}
                <div class="site-header__tools">
                    {kept(|| of_tools, FRAMELESS, move || view! { <Tools area/> }.into_any())}
                    <AccountTool/> <ReturnFields/>
                </div>
            </div>
            {site
                .viewer
                .suspended
                .then(|| {
                    view! {
                        <p class="wrap site-header__note">
                            {t.suspended_note} " " <a href="/account/bezwaar">{t.see_why}</a>
                        </p>
                    }
                })}
        </header>
    }
}

#[component]
fn NameAndMenu(links: Links) -> impl IntoView {
    let site = use_site();
    view! {
        <a class="logo" href="/">
            <svg class="logo__mark" viewBox="0 0 44 44" aria-hidden="true">
                <use href=format!("{SCENES}#mark")></use>
            </svg>
            <span class="logo__name">{site.name.clone()}</span>
        </a>
        <nav class="main-nav" aria-label=use_texts().main_menu>
            {links.view()}
        </nav>
    }
}

#[component]
pub(super) fn BottomNav() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let (href, label) = match (&site.viewer.signed_in, &site.viewer.half_way) {
        (true, _) => ("/account", t.nav_account),
        (_, true) => ("/aanmelden/tweede-stap", t.sign_in),
        _ => ("/aanmelden", t.sign_in),
    };
    let links = Links(vec![
        ("/", t.nav_home, Some("home")),
        ("/berichten", t.nav_posts, Some("news")),
        ("/berichten/nieuw", t.nav_write, Some("plus")),
        ("/agenda", t.nav_agenda, Some("calendar")),
        (href, label, Some("user")),
    ]);
    let name = links.kept_as("quick menu");
    view! {
        <nav class="bottom-nav no-print" aria-label=t.quick_menu>
            {kept(|| name, FRAMELESS, || links.view())}
        </nav>
    }
}

/// Where the community is reached.
#[component]
fn Contact() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    view! {
        <section>
            <h2>{site.name.clone()}</h2>
            <p lang=site.written_in()>{site.tagline.clone()}</p>
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
            <p class="meta" lang=site.written_in()>
                {site.hours.clone()}
            </p>
        </section>
    }
}

/// What the community has to say about itself.
#[component]
fn Statements() -> impl IntoView {
    let t = use_texts();
    view! {
        <h2>{t.footer_about}</h2>
        <ul>
            <li>
                <a href="/over">{t.about_title}</a>
            </li>
            <li>
                <a href="/huisregels">{t.house_rules_title}</a>
            </li>
            <li>
                <a href="/moderatie">{t.moderation_title}</a>
            </li>
            <li>
                <a href="/privacy">{t.privacy_title}</a>
            </li>
            <li>
                <a href="/toegankelijkheid">{t.accessibility_title}</a>
            </li>
        </ul>
    }
}

/// Under the line.
#[component]
fn Legal() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    view! {
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
    }
}

#[component]
pub(super) fn Footer() -> impl IntoView {
    let t = use_texts();
    let path = use_location().pathname;
    let same = |name: &'static str, make: fn() -> AnyView| kept(|| name.to_owned(), FRAMELESS, make);
    view! {
        <footer class="site-footer">
            <div class="wrap site-footer__grid">
                {same("contact", || view! { <Contact/> }.into_any())}
                <nav aria-label=t.footer_about>
                    {same("statements", || view! { <Statements/> }.into_any())}
                    <p>
                        <a href=move || format!("/melden?over={}", path.get()) rel="nofollow">
                            <Icon name="flag"/>
                            {t.report_title}
                        </a>
                    </p>
                </nav>
            </div>
            <div class="wrap site-footer__legal">{same("legal", || view! { <Legal/> }.into_any())}</div>
        </footer>
    }
}
