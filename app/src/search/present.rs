//! From what was found to what the page shows.

use domain::search::{IN_COMMENTS, SearchWish};
use service::context::Request;
use service::search::{FoundComment, Page, Piece};

use super::view::{ChoiceView, FoundCommentView, PieceView, ResultView, SearchView};
use crate::posts::card_view;
use crate::site::tone;
use crate::ui::Moment;

fn pieces(pieces: Vec<Piece>) -> Vec<PieceView> {
    pieces.into_iter().map(|piece| PieceView { text: piece.text, marked: piece.marked }).collect()
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
            .map(|(card, title, text)| ResultView {
                card: card_view(request, &card.summary),
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
