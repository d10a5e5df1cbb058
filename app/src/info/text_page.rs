//! Pages of text: about this community, house rules, privacy, accessibility.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use leptos_meta::Title;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::site::use_site;
use crate::texts::{fill, use_texts};
use crate::ui::{Avatar, Breadcrumb, load};
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use crate::context::request;

/// Which text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextName {
    About,
    HouseRules,
    Privacy,
    Accessibility,
}

/// The text as HTML, in the reader's language where it is ours, in the community's where it is theirs.
#[server(endpoint = "info/text", output = Postcard)]
pub async fn info_text(name: TextName) -> Result<Packed<String>, AppError> {
    use domain::locale::Locale;
    let request = request();
    let platform = &request.platform;
    let markdown = match (name, request.locale) {
        (TextName::About, _) => platform.about.clone(),
        (TextName::HouseRules, _) => platform.house_rules.clone(),
        (TextName::Privacy, Locale::Nl) => include_str!("../../locales/pages/privacy.nl.md").into(),
        (TextName::Privacy, Locale::En) => include_str!("../../locales/pages/privacy.en.md").into(),
        (TextName::Privacy, Locale::De) => include_str!("../../locales/pages/privacy.de.md").into(),
        (TextName::Accessibility, Locale::Nl) => {
            include_str!("../../locales/pages/accessibility.nl.md").into()
        }
        (TextName::Accessibility, Locale::En) => {
            include_str!("../../locales/pages/accessibility.en.md").into()
        }
        (TextName::Accessibility, Locale::De) => {
            include_str!("../../locales/pages/accessibility.de.md").into()
        }
    };
    let contact = &platform.contact;
    let filled = fill(
        &markdown,
        &[
            ("name", &platform.name),
            ("publisher", &contact.publisher),
            ("email", &contact.email),
            ("phone", &contact.phone),
            ("address", &contact.address),
        ],
    );
    Ok(service::markdown::render(&filled).html.into())
}

#[component]
pub fn AboutPage() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let title = fill(t.about_of, &[("name", &site.name)]);
    view! {
        <TextPage name=TextName::About title=title>
            <Connectors/>
        </TextPage>
    }
}

#[component]
pub fn HouseRulesPage() -> impl IntoView {
    let t = use_texts();
    view! { <TextPage name=TextName::HouseRules title=t.house_rules_title/> }
}

#[component]
pub fn PrivacyPage() -> impl IntoView {
    let t = use_texts();
    view! { <TextPage name=TextName::Privacy title=t.privacy_title/> }
}

#[component]
pub fn AccessibilityPage() -> impl IntoView {
    let t = use_texts();
    view! { <TextPage name=TextName::Accessibility title=t.accessibility_title/> }
}

#[component]
fn TextPage(
    name: TextName,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let fetch = move |_: Vec<String>| Box::pin(info_text(name)) as _;
    let ours = matches!(name, TextName::Privacy | TextName::Accessibility);
    let lang = site.written_in().filter(|_| !ours);
    let show = move |html: String| view! { <div class="prose" lang=lang inner_html=html></div> }.into_any();
    view! {
        <Title text=title.clone()/>
        <main id="inhoud" class="wrap page-narrow" tabindex="-1">
            <Breadcrumb steps=Vec::new() here=title.clone()/>
            <h1>{title}</h1>
            {load(Vec::new, fetch, show)}
            {children.map(|children| children())}
            <section class="card panel panel--tint text-part">
                <h2>{t.footer_help}</h2>
                <p>
                    <a href=site.tel()>{site.phone.clone()}</a>
                    " · "
                    <a href=format!("mailto:{}", site.email)>{site.email.clone()}</a>
                </p>
                <p class="meta" lang=site.written_in()>
                    {site.hours.clone()}
                </p>
            </section>
        </main>
    }
}

/// The people of the community, with their areas.
#[component]
fn Connectors() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    let people = site
        .connectors
        .iter()
        .map(|connector| {
            let areas: Vec<String> = connector
                .areas
                .iter()
                .filter_map(|slug| site.area(slug))
                .map(|area| area.name.clone())
                .collect();
            let areas = if areas.is_empty() { t.whole_platform.to_owned() } else { areas.join(", ") };
            view! {
                <li class="person">
                    <Avatar name=connector.name.clone() tone=connector.tone large=true/>
                    <div>
                        <strong>{connector.name.clone()}</strong>
                        <p class="meta">{areas}</p>
                        <p lang=site.written_in()>{connector.about.clone()}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack text-part">
            <h2>{t.all_connectors}</h2>
            <ul class="plain-list stack">{people}</ul>
        </section>
    }
}
