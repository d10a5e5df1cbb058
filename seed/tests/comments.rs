//! What people say under posts, looked at before it is written.

use std::collections::{BTreeMap, BTreeSet};

use domain::clock::{Span, Timestamp};
use domain::posts::PostKind;
use seed::DataSet;
use seed::plan::{Conversation, PlannedPost, SitePlan, Talk, sites};

/// Thursday 12 March 2026, 9.00 UTC.
const NOW: Timestamp = Timestamp(1_773_306_000_000);

fn plan(set: DataSet, now: Timestamp) -> Vec<SitePlan> {
    sites(set, now).expect("a plan")
}

/// Every post with what is said under it.
fn all(site: &SitePlan) -> Vec<(&PlannedPost, Conversation)> {
    let talk = Talk::new(site).expect("parts");
    site.posts.iter().zip(&site.talk).map(|(post, size)| (post, talk.under(post, *size))).collect()
}

/// Without capitals and the spaces around them.
fn sentences(body: &str) -> Vec<String> {
    body.split_inclusive(['.', '!', '?'])
        .map(|sentence| sentence.trim().to_lowercase())
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

#[test]
fn every_data_set_has_the_promised_number_of_comments() {
    for set in DataSet::ALL {
        let sites = plan(set, NOW);
        let count = |site: &SitePlan| site.talk.iter().map(|size| size.comments).sum::<usize>();
        assert_eq!(count(&sites[0]), set.comments());
        let written: usize = sites[1].written_comments.values().map(Vec::len).sum();
        assert_eq!(count(&sites[1]), written);
        assert!(written >= 25, "{written}");
        let thanks: usize = sites[0].talk.iter().map(|size| size.thanks).sum();
        assert_eq!(thanks, set.thanks());
    }
}

#[test]
fn under_most_posts_little_is_said_and_under_some_much() {
    for set in [DataSet::Launch, DataSet::Mature] {
        let talk = &plan(set, NOW)[0].talk;
        let little = talk.iter().filter(|size| size.comments <= 6).count();
        let much = talk.iter().filter(|size| size.comments >= 40).count();
        assert!(little * 2 > talk.len(), "{little} of {}", talk.len());
        assert!(much * 100 > talk.len() && much * 20 < talk.len(), "{much} of {}", talk.len());
        assert!(talk.iter().all(|size| size.comments <= 120 && size.thanks <= 40));
        assert!(talk.iter().any(|size| size.thanks > 25) && talk.iter().any(|size| size.thanks == 0));
    }
    let demo = plan(DataSet::Demo, NOW);
    assert!(demo[0].talk.iter().any(|size| size.comments >= 40));
}

#[test]
fn what_is_planned_is_said() {
    for set in [DataSet::Demo, DataSet::Launch] {
        for site in plan(set, NOW) {
            for ((post, conversation), size) in all(&site).iter().zip(&site.talk) {
                assert_eq!(conversation.comments.len(), size.comments, "{}", post.text.title);
                assert!(conversation.thanks.len() <= size.thanks, "{}", post.text.title);
            }
        }
    }
}

#[test]
fn people_answer_after_the_post_and_before_now_and_as_members() {
    let hours = |hours: i64| Timestamp(NOW.0 + hours * 3_600_000);
    for (set, now) in [
        (DataSet::Demo, NOW),
        (DataSet::Demo, hours(16)),
        (DataSet::Launch, NOW),
        (DataSet::Demo, hours(24 * 120 + 15)),
        (DataSet::Demo, hours(24 * 230 + 20)),
    ] {
        for site in plan(set, now) {
            let joined: BTreeMap<_, _> =
                site.members.iter().map(|member| (member.id, member.joined)).collect();
            let (mut soon, mut together) = (0, 0);
            for (post, conversation) in all(&site) {
                let title = &post.text.title;
                for (place, comment) in conversation.comments.iter().enumerate() {
                    assert!(comment.at > post.published_at && comment.at < now, "{title}: {comment:?}");
                    assert!(joined[&comment.author] < comment.at, "{title}: {comment:?}");
                    let before = &conversation.comments[..place];
                    assert!(before.iter().all(|one| one.id < comment.id && one.at < comment.at), "{title}");
                    let begun = before.iter().find(|one| one.id == comment.thread);
                    assert!(comment.thread == comment.id || begun.is_some_and(|one| one.thread == one.id));
                    soon += usize::from(comment.at < post.published_at.plus(Span::days(2)));
                    together += 1;
                }
            }
            assert!(soon * 100 >= together * 85, "{soon} of {together}");
        }
    }
}

#[test]
fn under_one_post_nobody_reads_the_same_sentence_twice() {
    for set in [DataSet::Demo, DataSet::Launch] {
        for site in plan(set, NOW) {
            for (post, conversation) in all(&site) {
                let mut seen = BTreeSet::new();
                for comment in &conversation.comments {
                    assert!(!comment.body.contains(['{', '}']) && !comment.body.contains("  "));
                    let spoken = sentences(&comment.body);
                    assert!(!spoken.is_empty(), "{}: {comment:?}", post.text.title);
                    for sentence in spoken {
                        assert!(seen.insert(sentence.clone()), "{}: {sentence}", post.text.title);
                    }
                }
            }
        }
    }
}

#[test]
fn in_memory_of_somebody_nothing_is_cried_out() {
    let site = plan(DataSet::Launch, NOW).remove(0);
    let mut condolences = 0;
    for (post, conversation) in all(&site) {
        for comment in conversation.comments.iter().filter(|_| post.text.kind == PostKind::Memorial) {
            assert!(!comment.body.contains('!') && !comment.body.contains("Haha"), "{}", comment.body);
            condolences += 1;
        }
    }
    assert!(condolences > 20, "{condolences}");
}

#[test]
fn who_is_named_is_in_the_conversation_and_stands_out() {
    let (mut written, mut composed) = (0, 0);
    for site in plan(DataSet::Launch, NOW) {
        for (post, conversation) in all(&site) {
            let mut people = BTreeSet::from([post.author]);
            for comment in &conversation.comments {
                assert_eq!(comment.body.contains('@'), comment.markdown.contains("**@"), "{}", comment.body);
                if comment.body.contains('@') {
                    assert!(!comment.named.is_empty(), "{}", comment.body);
                    assert!(comment.named.iter().all(|member| people.contains(member)), "{}", comment.body);
                    let by_hand = site.written_comments.contains_key(&post.id);
                    written += usize::from(by_hand);
                    composed += usize::from(!by_hand);
                }
                assert!(!comment.named.contains(&comment.author), "{}", comment.body);
                people.insert(comment.author);
            }
        }
    }
    assert!(written > 8 && composed > 100, "{written} {composed}");
}

#[test]
fn thanks_come_from_others_and_once_from_each() {
    for site in plan(DataSet::Launch, NOW) {
        let mut for_comments = 0;
        for (post, conversation) in all(&site) {
            let each = |given: &[_]| given.iter().collect::<BTreeSet<_>>().len() == given.len();
            assert!(each(&conversation.thanks) && !conversation.thanks.contains(&post.author));
            for comment in &conversation.comments {
                assert!(each(&comment.thanks) && !comment.thanks.contains(&comment.author));
                for_comments += comment.thanks.len();
            }
        }
        assert!(for_comments > 0);
    }
}

#[test]
fn a_conversation_is_the_same_whichever_was_asked_for_before() {
    let site = plan(DataSet::Demo, NOW).remove(0);
    let talk = Talk::new(&site).expect("parts");
    let forwards = all(&site);
    for (post, size) in site.posts.iter().zip(&site.talk).rev() {
        let conversation = talk.under(post, *size);
        let first = forwards.iter().find(|(one, _)| one.id == post.id).expect("the same posts");
        assert_eq!(first.1, conversation);
    }
}
