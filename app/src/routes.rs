//! The addresses, and the frame around every page.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::nested_router::Outlet;
use leptos_router::{SsrMode, path};

use crate::error::AppError;
use crate::home::HomePage;
use crate::info::{AboutPage, AccessibilityPage, HouseRulesPage, OutboxPage, PrivacyPage, StyleGuidePage};
use crate::members::{AccountPage, CodePage, LinkPage, SecondFactorPage, SignInPage, SignUpPage};
use crate::posts::{ConflictPage, HistoryPage, ListPage, ShowPage, WritePage};
use crate::reports::ReportPage;
use crate::site::provide_site;
use crate::ui::ProblemView;

mod frame;
use frame::{BottomNav, Footer, Header, PageToast};

/// The app: the same on both sides.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let site = provide_site();
    let name = site.name.clone();
    // Browser tests wait for this: clicks before hydration are lost.
    Effect::new(|_| {
        if let Some(body) = document().body() {
            let _ = body.set_attribute("data-hydrated", "");
        }
    });
    view! {
        <Title formatter=move |text: String| {
            let title = if text.is_empty() { name.clone() } else { format!("{text} · {name}") };
            title_text(title)
        }/>
        <Router>
            <Header/>
            <Routes fallback=NotFoundPage>
                // Async on the parent: status, redirects and titles are right, and pages are
                // whole without JavaScript.
                <ParentRoute path=path!("") view=Outlet ssr=SsrMode::Async>
                    <Route path=path!("") view=HomePage ssr=SsrMode::Async/>
                    <Route path=path!("berichten") view=ListPage ssr=SsrMode::Async/>
                    <Route path=path!("berichten/nieuw") view=WritePage ssr=SsrMode::Async/>
                    <Route path=path!("berichten/:id") view=ShowPage ssr=SsrMode::Async/>
                    <Route
                        path=path!("berichten/:id/geschiedenis")
                        view=HistoryPage
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("berichten/:id/samenvoegen")
                        view=ConflictPage
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("aanmelden") view=SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("aanmelden/code") view=CodePage ssr=SsrMode::Async/>
                    <Route path=path!("aanmelden/link/:token") view=LinkPage ssr=SsrMode::Async/>
                    <Route
                        path=path!("aanmelden/tweede-stap")
                        view=SecondFactorPage
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("lid-worden") view=SignUpPage ssr=SsrMode::Async/>
                    <Route path=path!("account") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("melden") view=ReportPage ssr=SsrMode::Async/>
                    <Route path=path!("over") view=AboutPage ssr=SsrMode::Async/>
                    <Route path=path!("privacy") view=PrivacyPage ssr=SsrMode::Async/>
                    <Route path=path!("toegankelijkheid") view=AccessibilityPage ssr=SsrMode::Async/>
                    <Route path=path!("huisregels") view=HouseRulesPage ssr=SsrMode::Async/>
                    <Route path=path!("stijl") view=StyleGuidePage ssr=SsrMode::Async/>
                    <Route path=path!("demo/outbox") view=OutboxPage ssr=SsrMode::Async/>
                </ParentRoute>
            </Routes>
            <PageToast/>
            <Footer/>
            <BottomNav/>
        </Router>
    }
}

/// `leptos_meta` 0.8 writes the title into the served page without escaping it: a post's title could end the
/// element. In the browser the title is set as text, which must not be escaped.
fn title_text(title: String) -> String {
    if cfg!(feature = "ssr") { title.replace('&', "&amp;").replace('<', "&lt;") } else { title }
}

/// An address that leads nowhere.
#[component]
fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::context::set_status(404);
    view! {
        <main id="inhoud" class="wrap" tabindex="-1">
            <ProblemView error=AppError::NotFound/>
        </main>
    }
}
