//! A moment as the server spelled it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A moment in the reader's language; made on the server, so that both sides agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub iso: String,
    pub text: String,
    pub exact: String,
}

#[cfg(feature = "ssr")]
impl Moment {
    pub fn ago(at: domain::clock::Timestamp, request: &service::context::Request) -> Self {
        let spoken = service::dates::ago(at, request.now, request.locale);
        Self { iso: spoken.iso, text: spoken.text, exact: spoken.exact }
    }
}

#[component]
pub fn Time(moment: Moment) -> impl IntoView {
    view! {
        <time datetime=moment.iso title=moment.exact>
            {moment.text}
        </time>
    }
}
