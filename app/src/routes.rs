//! The addresses, and the frame around every page.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::{SsrMode, path};

use crate::error::AppError;
use crate::home::HomePage;
use crate::posts::{ListPage, ShowPage, WritePage};
use crate::site::provide_site;
use crate::ui::{ProblemView, Skeleton};

mod frame;
use frame::{BottomNav, Footer, Header, PageToast};

/// The app: the same on both sides.
///
/// All routes are `Async`: status, redirects and titles are right, and pages are whole without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    // Browser tests wait for this: clicks before hydration are lost.
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "");
        }
    });
    framed(|| {
        view! {
            <Routes fallback=NotFoundPage>
                <Route path=path!("") view=HomePage ssr=SsrMode::Async/>
                <Route path=path!("berichten") view=ListPage ssr=SsrMode::Async/>
                <Route path=path!("berichten/nieuw") view=WritePage ssr=SsrMode::Async/>
                <Route path=path!("berichten/:id") view=ShowPage ssr=SsrMode::Async/>
            </Routes>
        }
        .into_any()
    })
}

/// What stands around every page, whether the browser takes it over or not.
pub(crate) fn framed(pages: impl FnOnce() -> AnyView + Send + 'static) -> AnyView {
    provide_meta_context();
    let site = provide_site();
    let name = site.name.clone();
    view! {
        <Title formatter=move |text: String| {
            let title = if text.is_empty() { name.clone() } else { format!("{text} · {name}") };
            title_text(title)
        }/>
        <Router>
            <Header/>
            // Here `public/site.js` says what became of a post that waited for a connection.
            <div class="later no-print" id="later" role="status"></div>
            <FirstPath/>
            {pages()}
            <PageToast/>
            <Footer/>
            <BottomNav/>
        </Router>
    }
    .into_any()
}

/// The address that the server answered with the page that the browser took over.
#[derive(Clone)]
struct Arrived(String);

#[component]
fn FirstPath() -> impl IntoView {
    provide_context(Arrived(use_location().pathname.get_untracked()));
}

/// `leptos_meta` 0.8 writes the title into the served page without escaping it: a post's title could end the
/// element. In the browser the title is set as text, which must not be escaped.
fn title_text(title: String) -> String {
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

/// The query of an address: the router keeps it with its question mark or without.
pub(crate) fn query(search: &String) -> String {
    if search.is_empty() || search.starts_with('?') { search.clone() } else { format!("?{search}") }
}

/// An address that leads nowhere; or, in the browser, to a quiet page, which only the server has.
#[component]
fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::context::set_status(404);
    let location = use_location();
    let here = location.pathname.get_untracked();
    let is_new = use_context::<Arrived>().is_some_and(|arrived| arrived.0 != here);
    Effect::new(move |_| {
        if is_new {
            let to =
                format!("{here}{}{}", location.search.with_untracked(query), location.hash.get_untracked());
            let _ = window().location().replace(&to);
        }
    });
    view! {
        <main id="inhoud" class="wrap" tabindex="-1">
            {if is_new {
                view! { <Skeleton/> }.into_any()
            } else {
                view! { <ProblemView error=AppError::NotFound/> }.into_any()
            }}
        </main>
    }
}
