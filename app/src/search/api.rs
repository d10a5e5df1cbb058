//! The server function of the search page.

use domain::search::SearchWish;
use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;

use super::present;
use super::view::SearchView;
use crate::context::{answer, request};
use crate::error::AppError;
use crate::wire::Packed;
use service::search;

#[server(endpoint = "search/find", output = Postcard)]
pub async fn find_posts(wish: SearchWish) -> Result<Packed<SearchView>, AppError> {
    let request = request();
    let found = answer(Box::pin(search::search(&request, &wish)).await)?;
    Ok(present::page(&request, &wish, found).into())
}
