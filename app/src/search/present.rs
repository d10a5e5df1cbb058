//! From what was found to what the page shows.

use domain::search::{IN_COMMENTS, SearchWish};
use service::context::Request;
use service::search::{FoundActivity, FoundComment, Page, Piece, Shown, What};

use super::view::{
    ChoiceView, FoundActivityView, FoundCommentView, PieceView, ResultView, SearchView, WhatView,
};
use crate::activities::found_times;
use crate::posts::card_view;
use crate::site::tone;
use crate::ui::Moment;

fn pieces(pieces: Vec<Piece>) -> Vec<PieceView> {
    pieces.into_iter().map(|piece| PieceView { text: piece.text, marked: piece.marked }).collect()
}

fn found_activity(request: &Request, found: &FoundActivity) -> FoundActivityView {
    let (when, next) = found_times(request, &found.series, found.next.as_ref());
    let own = found.next.as_ref().map(|time| &time.place).filter(|place| !place.is_empty());
    let areas = found.areas.iter().filter_map(|id| request.platform.areas.get(*id));
    let place = own.unwrap_or(&found.place).clone();
    FoundActivityView {
        href: format!("/activiteiten/{}", found.id),
        when,
        next,
        place: if place.is_empty() {
            areas.map(|area| area.name.as_str()).collect::<Vec<_>>().join(", ")
        } else {
            place
        },
        over: found.next.is_none(),
    }
}

fn found_comment(request: &Request, comment: FoundComment, text: Vec<Piece>) -> FoundCommentView {
    FoundCommentView {
        address: format!("/berichten/{}#reactie-{}", comment.post, comment.id),
        post: comment.post_title,
        tone: tone(&comment.author_name),
        name: comment.author_name,
        at: Moment::ago(comment.at, request),
        text: pieces(text),
    }
}

pub(super) fn page(request: &Request, wish: &SearchWish, page: Page) -> SearchView {
    let wish = SearchWish { q: page.typed, ..wish.clone() };
    let platform = &request.platform;
    let choice =
        |slug: &str, name: &str, count| ChoiceView { slug: slug.to_owned(), name: name.to_owned(), count };
    let choices = page.choices;
    SearchView {
        is_empty: wish.q.is_empty(),
        results: page
            .cards
            .into_iter()
            .map(|Shown { what, title, text }| ResultView {
                what: match what {
                    What::Post(summary) => WhatView::Post(Box::new(card_view(request, &summary))),
                    What::Activity(found) => WhatView::Activity(found_activity(request, &found)),
                },
                title: pieces(title),
                text: pieces(text),
            })
            .collect(),
        comments: page
            .comments
            .into_iter()
            .map(|(comment, text)| found_comment(request, comment, text))
            .collect(),
        in_comments: wish.waar == IN_COMMENTS,
        kinds: choices
            .kinds
            .into_iter()
            .map(|(kind, count)| (kind, choice(kind.slug(), "", count)))
            .collect(),
        areas: choices
            .areas
            .into_iter()
            .filter_map(|(id, count)| {
                platform.areas.get(id).map(|area| choice(&area.slug, &area.name, count))
            })
            .collect(),
        topics: choices
            .topics
            .into_iter()
            .filter_map(|(id, count)| platform.topic(id).map(|topic| choice(&topic.slug, &topic.name, count)))
            .collect(),
        periods: choices
            .periods
            .into_iter()
            .map(|(period, count)| choice(&period.slug(), "", count))
            .collect(),
        total: page.total,
        more_than_total: page.more_than_total,
        next: page.next.map(|na| SearchWish { na, ..wish.clone() }),
        meant: page.meant.into_iter().map(|word| (word.typed, word.meant)).collect(),
        partly: page.partly,
        wish,
    }
}
