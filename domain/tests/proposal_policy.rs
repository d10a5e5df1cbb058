//! Who lets a post stay longer, who proposes a change to it, and who decides about that.

mod common;
#[path = "common/people.rs"]
mod people;

use common::AUTHOR;
use domain::id::{PostId, ProposalId};
use domain::posts::PostStatus;
use domain::posts::policy::{PostFacts, may_extend, may_set_last_day};
use domain::posts::proposals::{may_decide_proposal, may_propose, may_see_proposals};
use people::{PEOPLE, answer, person, place};
use uuid::Uuid;

const POST: PostId = PostId(Uuid::from_u128(51));
const PROPOSAL: ProposalId = ProposalId(Uuid::from_u128(53));

/// About "groen", in the centre.
fn post(status: PostStatus, expires: bool) -> PostFacts {
    PostFacts {
        id: POST,
        author: AUTHOR,
        status,
        removed_by: None,
        pinned_by: None,
        official: false,
        on_behalf: false,
        expires,
        place: place(&["centrum"]),
    }
}

/// Exactly these people may.
fn only(allowed: &[&str], may: impl Fn(&domain::actor::Actor) -> bool) {
    for name in PEOPLE {
        assert_eq!(may(&person(name)), allowed.contains(&name), "{name}");
    }
}

const EDITORS: [&str; 4] = ["author", "connector", "connector_here", "connector_author"];

#[test]
fn who_may_change_a_post_lets_it_stay_longer_before_and_after_its_last_day() {
    let may = |post: PostFacts| {
        move |actor: &domain::actor::Actor| answer(actor, may_extend(actor, &post), Some(POST.0))
    };
    only(&EDITORS, may(post(PostStatus::Published, true)));
    only(&EDITORS, may(post(PostStatus::Expired, true)));
}

#[test]
fn who_may_change_a_post_says_until_when_it_is_to_be_read() {
    let may = |post: PostFacts| {
        move |actor: &domain::actor::Actor| answer(actor, may_set_last_day(actor, &post), Some(POST.0))
    };
    for expires in [true, false] {
        only(&EDITORS, may(post(PostStatus::Published, expires)));
        only(&EDITORS, may(post(PostStatus::Expired, expires)));
        for status in [PostStatus::Hidden, PostStatus::Held, PostStatus::Removed, PostStatus::Draft] {
            only(&[], |actor| may_set_last_day(actor, &post(status, expires)).is_ok());
        }
    }
}

#[test]
fn nobody_extends_what_does_not_expire_or_is_kept_back() {
    for (status, expires) in [
        (PostStatus::Published, false),
        (PostStatus::Hidden, true),
        (PostStatus::Held, true),
        (PostStatus::Removed, true),
        (PostStatus::Draft, true),
    ] {
        only(&[], |actor| may_extend(actor, &post(status, expires)).is_ok());
    }
}

#[test]
fn supporters_propose_within_their_scope_and_whoever_may_change_it_does_so() {
    let published = post(PostStatus::Published, false);
    only(&["supporter"], |actor| answer(actor, may_propose(actor, &published), Some(POST.0)));
    let elsewhere = PostFacts {
        place: domain::roles::Place { topic: None, ..place(&["centrum"]) },
        ..post(PostStatus::Published, false)
    };
    only(&[], |actor| may_propose(actor, &elsewhere).is_ok());
    for status in PostStatus::ALL.into_iter().filter(|status| *status != PostStatus::Published) {
        only(&[], |actor| may_propose(actor, &post(status, false)).is_ok());
    }
}

#[test]
fn connectors_of_the_place_decide_about_what_somebody_else_proposed() {
    let published = post(PostStatus::Published, false);
    let decide = |by| {
        let published = published.clone();
        move |actor: &domain::actor::Actor| may_decide_proposal(actor, &published, PROPOSAL, by).is_ok()
    };
    let somebody = domain::id::MemberId(Uuid::from_u128(54));
    only(&["connector", "connector_here", "connector_author"], decide(somebody));
    only(&["connector", "connector_here"], decide(AUTHOR));
    let connectors = ["connector", "connector_here", "connector_elsewhere", "connector_author"];
    only(&connectors, |actor| may_see_proposals(actor, common::RIETVOORDE).is_ok());
}
