//! A page that waits for its data.
//!
//! One resource type for all pages in the browser: what arrives is text until the page that asked reads it. So the
//! reactive machinery exists once in the browser's program, and not once per page.

use std::fmt;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use domain::problem::Fault;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::de::DeserializeOwned;

use super::{Notice, NoticeKind, ProblemView, fault_text, problem_of};
use crate::error::AppError;
use crate::texts::use_texts;
use crate::wire::{Packed, Read, pack, unpack};

type Later<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// An answer of the server on its way.
pub type Coming<T> = Later<Packed<T>>;

/// Text that nobody has read yet, or an error; travels as `=…` or `!…`.
#[derive(Clone, Debug, PartialEq)]
struct Answer(Result<Arc<str>, AppError>);

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(text) => write!(f, "={text}"),
            Err(error) => write!(f, "!{}", pack(error)),
        }
    }
}

impl FromStr for Answer {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(match text.strip_prefix('=') {
            Some(text) => Ok(text.into()),
            None => Err(unpack(text.trim_start_matches('!')).unwrap_or(AppError::Trouble)),
        }))
    }
}

/// Asks for data whenever `key` changes, and shows it; errors and waiting look the same everywhere.
pub fn load<T>(
    key: impl Fn() -> Vec<String> + Send + Sync + 'static,
    fetch: impl Fn(Vec<String>) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + DeserializeOwned + 'static,
{
    load_shared(key, fetch, move |read| show(read.into_inner()))
}

/// The same for what many readers get alike: most of it stands in parts that are kept, and is not even looked at.
pub fn load_shared<T>(
    key: impl Fn() -> Vec<String> + Send + Sync + 'static,
    fetch: impl Fn(Vec<String>) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(Read<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    load_or(key, fetch, show, |error| view! { <ProblemView error/> }.into_any())
}

/// The same for a page that asks with parts of its address: what is called so in its path, or else in its query.
pub fn load_at<T, const N: usize>(
    names: [&'static str; N],
    fetch: impl Fn([String; N]) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + DeserializeOwned + 'static,
{
    let fetch = move |parts: Vec<String>| {
        fetch(parts.try_into().unwrap_or_else(|_| std::array::from_fn(|_| String::new())))
    };
    load(in_address(names.to_vec()), fetch, show)
}

/// What an address says under these names.
fn in_address(names: Vec<&'static str>) -> impl Fn() -> Vec<String> + Send + Sync + 'static {
    let (path, query) = (use_params_map(), use_query_map());
    move || {
        let part = |name: &&str| {
            path.with(|path| path.get(name))
                .or_else(|| query.with(|query| query.get(name)))
                .unwrap_or_default()
        };
        names.iter().map(part).collect()
    }
}

/// The same for what stands beside the page's own content: where that is not there, it has nothing to add.
pub fn load_beside<T>(
    key: impl Fn() -> Vec<String> + Send + Sync + 'static,
    fetch: impl Fn(Vec<String>) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(Read<T>) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    load_or(key, fetch, show, |error| match error {
        AppError::NotFound => ().into_any(),
        error => {
            let text =
                fault_text(use_texts(), problem_of(&error).0.first().map_or(Fault::Trouble, |one| one.fault));
            view! { <Notice kind=NoticeKind::Warning>{text}</Notice> }.into_any()
        }
    })
}

/// In the browser the view follows the key. One machinery serves all pages: what arrives is text until the page that
/// asked reads it.
#[cfg(not(feature = "ssr"))]
fn load_or<T>(
    key: impl Fn() -> Vec<String> + Send + Sync + 'static,
    fetch: impl Fn(Vec<String>) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(Read<T>) -> AnyView + Send + Sync + 'static,
    otherwise: fn(AppError) -> AnyView,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    let start: Start = Arc::new(move |key| {
        let coming = fetch(key);
        Box::pin(async move { coming.await.map(Packed::into_text) })
    });
    let show: Show = Arc::new(move |answer| {
        let read = answer.and_then(|text| unpack(text).ok_or(AppError::Trouble));
        match read {
            Ok(data) => show(Read(data)),
            Err(error) => otherwise(error),
        }
    });
    shown(Memo::new(move |_| key()), start, show)
}

#[cfg(not(feature = "ssr"))]
type Start = Arc<dyn Fn(Vec<String>) -> Later<Arc<str>> + Send + Sync>;
#[cfg(not(feature = "ssr"))]
type Show = Arc<dyn Fn(Result<&str, AppError>) -> AnyView + Send + Sync>;

#[cfg(not(feature = "ssr"))]
fn shown(key: Memo<Vec<String>>, start: Start, show: Show) -> AnyView {
    use super::Skeleton;

    let answer = Resource::new_str(
        move || key.get(),
        move |key| {
            let coming = start(key);
            async move { Answer(coming.await) }
        },
    );
    view! {
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || {
                let show = Arc::clone(&show);
                Suspend::new(async move {
                    let Answer(answer) = answer.await;
                    show(answer.as_deref().map_err(Clone::clone))
                })
            }}
        </Transition>
    }
    .into_any()
}

/// On the server nothing changes while a page is made, and all of it is waited for (`SsrMode::Async`): the answer is
/// asked for once and shown once. `Transition` makes its content up to three times to find out what it waits for.
///
/// The page must look as if it had been there: one number for the answer, which is written into the page for the
/// browser, and one for the boundary around it.
#[cfg(feature = "ssr")]
fn load_or<T>(
    key: impl Fn() -> Vec<String> + Send + Sync + 'static,
    fetch: impl Fn(Vec<String>) -> Coming<T> + Send + Sync + 'static,
    show: impl Fn(Read<T>) -> AnyView + Send + Sync + 'static,
    otherwise: fn(AppError) -> AnyView,
) -> AnyView
where
    T: DeserializeOwned + 'static,
{
    use leptos::tachys::reactive_graph::OwnedView;

    let page = Owner::current_shared_context();
    let number = page.as_ref().map(|page| {
        let number = page.next_id();
        page.next_id();
        number
    });
    let coming = fetch(untrack(key));
    let owner = Owner::new();
    let inside = owner.clone();
    owner
        .with(|| {
            Suspend::new(async move {
                let (answer, read) = match coming.await {
                    Ok(packed) => {
                        let (text, value) = packed.into_parts();
                        let read = value.or_else(|| unpack(&text).map(Arc::new)).ok_or(AppError::Trouble);
                        (Answer(Ok(text)), read)
                    }
                    Err(error) => (Answer(Err(error.clone())), Err(error)),
                };
                if let (Some(page), Some(number)) = (page, number)
                    && page.get_is_hydrating()
                {
                    let text = answer.to_string();
                    page.write_async(number, Box::pin(async move { text }));
                }
                let view = match read {
                    Ok(value) => show(Read(value)),
                    Err(error) => otherwise(error),
                };
                OwnedView::new_with_owner(view, inside)
            })
        })
        .into_any()
}
