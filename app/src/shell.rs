//! The document around the app, on the server only.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::assets::{AssetNames, SITE};
use crate::quiet::QuietApp;
use crate::routes::App;
use crate::site::{self, Site};
use crate::texts::{desk_in_language, in_language};
use crate::ui::kept::as_it_is;

/// The document of a page that the browser takes over. Needs the request in context (see [`crate::context::request`]).
pub fn shell(assets: AssetNames) -> impl IntoView {
    let locale = site::current().locale;
    let nonce = leptos::nonce::use_nonce();
    // No preload link for the program: without JavaScript it would be loaded for nothing.
    let hydrate = format!(
        "const program = fetch('{wasm}'); \
         const texts = fetch('{texts}').then(answer => answer.text()); \
         import('{js}').then(m => Promise.all([texts, m.default({{module_or_path: program}})]) \
         .then(([texts]) => m.hydrate(texts)));",
        js = assets.js,
        texts = assets.texts_in(locale),
        wasm = assets.wasm
    );
    let scripts = view! {
        <link rel="modulepreload" href=assets.js.clone() nonce=nonce.clone()/>
        <script type="module" nonce=nonce>
            {hydrate}
        </script>
    };
    document(assets, scripts.into_any(), false, || view! { <App/> }.into_any())
}

/// The document of a quiet page: the same, without scripts.
pub fn quiet_shell(assets: AssetNames) -> impl IntoView {
    // Nothing is written into the page for a browser that will not read it.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    document(assets, ().into_any(), true, || view! { <QuietApp/> }.into_any())
}

/// What `public/site.js` says of a post that waited for a connection; to a visitor only that there is one.
fn said_later(site: &Site) -> String {
    let d = desk_in_language(site.locale);
    if !site.viewer.signed_in {
        return [d.later_waits, d.later_sign_in, d.later_close].join("|");
    }
    [
        d.later_posted,
        d.later_held,
        d.later_planned,
        d.later_see,
        d.later_refused,
        d.later_open,
        d.later_signed_out,
        d.later_sign_in,
        d.later_close,
    ]
    .join("|")
}

/// What is the same at the head of all pages in one language.
fn head(assets: &AssetNames, quiet: bool) -> String {
    let t = in_language(site::current().locale);
    view! {
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <link
            rel="preload"
            href=assets.font.clone()
            r#as="font"
            r#type="font/woff2"
            crossorigin=""
        />
        <link rel="stylesheet" href=assets.css.clone()/>
        {quiet.then(|| view! { <link rel="stylesheet" href=assets.quiet_css.clone()/> })}
        <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
        <link rel="icon" href="/favicon.ico" sizes="32x32"/>
        <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
        <link rel="manifest" href="/manifest.webmanifest"/>
        <link
            rel="alternate"
            r#type="application/atom+xml"
            title=t.feed_title
            href="/berichten/feed"
        />
    }
    .to_html()
}

/// The whole HTML document.
fn document(assets: AssetNames, scripts: AnyView, quiet: bool, app: fn() -> AnyView) -> impl IntoView {
    let site = site::current();
    let member = site.viewer.signed_in.then(|| site.viewer.key.clone());
    view! {
        <!DOCTYPE html>
        <html
            lang=site.locale.tag()
            dir="ltr"
            data-theme=site.theme.clone()
            data-scheme=site.scheme.clone()
        >
            <head>
                {as_it_is(|| format!("head {quiet}"), || head(&assets, quiet))}
                <MetaTags/>
                <script
                    src=SITE
                    defer=true
                    nonce=leptos::nonce::use_nonce()
                    data-member=member
                    data-texts=said_later(&site)
                ></script>
                {scripts}
            </head>
            <body data-quiet=quiet.then_some("")>{app()}</body>
        </html>
    }
}
