//! The server functions about several posts at once.

use domain::posts::PostKind;
use domain::posts::filter::FilterQuery;
use domain::problem::Problems;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use serde::{Deserialize, Serialize};
use service::posts::{self, BulkDone, BulkForm};

use crate::context::{FormWay, answer, finish, request, typed};
use crate::error::AppError;
use crate::ui::Moment;
use crate::wire::Packed;

/// A post to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choosable {
    pub id: String,
    pub title: String,
    pub kind: PostKind,
    pub by: String,
    pub at: Moment,
    pub place: String,
    pub topic: String,
    pub pinned: bool,
    /// The reader may change it.
    pub mine: bool,
}

/// The page: posts under a filter, what was typed, and what was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkView {
    pub(super) query: FilterQuery,
    pub(super) posts: Vec<Choosable>,
    /// Where the list goes on, or empty.
    pub(super) next: String,
    pub(super) typed: BulkForm,
    pub(super) problems: Problems,
    pub(super) done: Option<BulkDone>,
}

/// What is kept between the form and the page after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    form: BulkForm,
    done: Option<BulkDone>,
}

#[server(endpoint = "bulk/show", output = Postcard)]
pub async fn show_bulk(
    query: FilterQuery,
    #[server(default)] flash: String,
) -> Result<Packed<BulkView>, AppError> {
    let request = request();
    let page = answer(posts::to_choose(&request, &query).await)?;
    let kept = typed::<Kept>(&request, "bulk", &flash).await?;
    let platform = &request.platform;
    let chosen = page
        .items
        .into_iter()
        .map(|(post, mine)| Choosable {
            id: post.id.to_string(),
            kind: post.kind,
            by: post.on_behalf_of.unwrap_or(post.author_name),
            at: Moment::ago(post.published_at, &request),
            place: crate::posts::present::place(&request, &post.areas),
            topic: post
                .topic
                .and_then(|id| platform.topic(id))
                .map(|topic| topic.name.clone())
                .unwrap_or_default(),
            pinned: post.pinned_by_name.is_some(),
            title: post.title,
            mine,
        })
        .collect();
    Ok(BulkView {
        next: page.next.map(|cursor| cursor.to_string()).unwrap_or_default(),
        query,
        posts: chosen,
        typed: kept.typed.form,
        problems: kept.problems,
        done: kept.typed.done,
    }
    .into())
}

#[server(endpoint = "bulk/change", output = Postcard)]
pub async fn bulk_change(
    #[server(default)] form: BulkForm,
    #[server(default)] query: FilterQuery,
) -> Result<(), AppError> {
    let request = request();
    let back = format!("/beheer/berichten{}", query.to_query());
    let done = match Box::pin(posts::change_many(&request, &form)).await {
        Ok(done) => {
            let kept = Kept { form: BulkForm::default(), done: Some(done) };
            let kept = service::flash::keep(&request, "bulk", kept, Problems::default()).await;
            let mark = if back.contains('?') { '&' } else { '?' };
            kept.map(|id| format!("{back}{mark}flash={id}"))
        }
        Err(error) => Err(error),
    };
    finish(&request, FormWay { form: "bulk", back: &back }, Kept { form, done: None }, done).await
}
