//! What the search page shows.

use domain::search::{FoundKind, SearchWish};
use serde::{Deserialize, Serialize};

use crate::posts::view::CardView;
use crate::ui::Moment;

/// A piece of a text, and whether it is what was sought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceView {
    pub text: String,
    pub marked: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WhatView {
    Post(Box<CardView>),
    Activity(FoundActivityView),
}

/// An activity that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundActivityView {
    pub href: String,
    /// "elke dinsdag van 10.00 tot 12.00 uur"; of what happens once, the day and the hours.
    pub when: String,
    /// The next day of what comes back; or empty.
    pub next: String,
    /// Where, or for which areas.
    pub place: String,
    /// Nothing of it is to come.
    pub over: bool,
}

/// A post or an activity that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultView {
    pub what: WhatView,
    pub title: Vec<PieceView>,
    pub text: Vec<PieceView>,
}

/// A comment that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCommentView {
    pub address: String,
    /// The title of the post that it stands under.
    pub post: String,
    pub name: String,
    pub tone: u8,
    pub at: Moment,
    pub text: Vec<PieceView>,
}

/// A way to narrow the search, with how much it leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceView {
    /// The word in the address.
    pub slug: String,
    /// Empty where the page has the words itself.
    pub name: String,
    pub count: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchView {
    pub wish: SearchWish,
    /// Nothing was asked yet.
    pub is_empty: bool,
    pub results: Vec<ResultView>,
    /// All of a search in comments; the first few where nothing better was found.
    pub comments: Vec<FoundCommentView>,
    pub in_comments: bool,
    pub kinds: Vec<(FoundKind, ChoiceView)>,
    pub areas: Vec<ChoiceView>,
    pub topics: Vec<ChoiceView>,
    pub periods: Vec<ChoiceView>,
    pub total: usize,
    pub more_than_total: bool,
    pub next: Option<SearchWish>,
    /// Words that were read as others.
    pub meant: Vec<(String, String)>,
    pub partly: bool,
}
