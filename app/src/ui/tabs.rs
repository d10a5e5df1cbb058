//! Tabs are links: each has an address, and works without JavaScript.

use leptos::prelude::*;

#[derive(Clone, Debug)]
pub struct Tab {
    pub href: String,
    pub label: String,
    pub current: bool,
}

#[component]
pub fn Tabs(#[prop(into)] label: String, tabs: Vec<Tab>) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {tabs
                .into_iter()
                .map(|tab| {
                    view! {
                        <a
                            class="tabs__tab"
                            href=tab.href
                            aria-current=tab.current.then_some("page")
                        >
                            {tab.label}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
