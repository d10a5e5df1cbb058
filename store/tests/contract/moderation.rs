//! Cases, decisions and appeals: one case for the same content, one decision at a time, and nothing reaches another
//! community.

use domain::actor::{Actor, Grant, Scope};
use domain::clock::{Span, Timestamp};
use domain::id::{AppealId, CaseId, DecisionId, MemberId, NoticeId, PostId, SuspensionId};
use domain::locale::Locale;
use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use domain::moderation::notice::may_give_notice;
use domain::moderation::policy::{self, CaseFacts};
use domain::moderation::second_look::SecondLook;
use domain::moderation::{
    APPEAL_WITHIN, CaseOrigin, CaseStatus, Category, FOLLOW_FOR, Party, Snapshot, Subject,
};
use domain::permit::Permit;
use domain::permit::action::DecideCase;
use domain::posts::PostStatus;
use domain::roles::{Place, Role};
use store::moderation::{
    CaseRecord, Fate, NewAnswer, NewAppeal, NewCase, NewDecision, NewNotice, Opened, PostFate, Tab,
};
use store::{Error, Saved, Store};

use crate::common::{NOW, World, a_post, at, contract};
use crate::races::fifty;

fn then(title: &str) -> Snapshot {
    Snapshot { title: title.into(), body: "Zoals het was.".into(), ..Snapshot::default() }
}

impl World {
    /// Another connector of the whole platform: Piet decides about what Fatma decided.
    pub fn other_connector(&self) -> Actor {
        Actor::member(
            self.platform,
            self.fatma,
            vec![Grant { role: Role::Connector, scope: Scope::Platform }],
        )
    }

    pub async fn give_notice(&self, post: PostId, minute: i64) -> store::Result<Opened> {
        notice(&self.tenant, self, post, &format!("link {minute}"), at(minute)).await
    }

    pub async fn case(&self, id: CaseId) -> store::Result<CaseRecord> {
        Ok(self.tenant.case(id).await?.expect("the case is there"))
    }

    pub async fn case_facts(&self, id: CaseId) -> store::Result<CaseFacts> {
        let case = self.case(id).await?;
        Ok(CaseFacts {
            id,
            status: case.status,
            place: Place::new(self.platform, &self.tree, &case.areas, case.topic),
            author: case.author,
            notifiers: vec![],
            decided: case.outcome.zip(case.decided_by).zip(case.decided_at).map(|((a, b), c)| (a, b, c)),
            second_look: SecondLook::default(),
        })
    }

    pub async fn may_decide(&self, id: CaseId) -> store::Result<Permit<DecideCase>> {
        Ok(policy::may_decide(&self.connector(), &self.case_facts(id).await?).expect("connectors decide"))
    }

    pub async fn decide(
        &self,
        id: CaseId,
        version: i64,
        kind: DecisionKind,
        post: PostFate,
    ) -> store::Result<Saved> {
        let permit = self.may_decide(id).await?;
        let decision = self.decision(id, version, kind, post);
        let mut write = self.tenant.write().await?;
        let saved = write.decide(&permit, &decision).await?;
        write.commit().await?;
        Ok(saved)
    }

    pub fn decision(
        &self,
        case: CaseId,
        version: i64,
        kind: DecisionKind,
        post: PostFate,
    ) -> NewDecision<'static> {
        NewDecision {
            id: DecisionId::new(at(9), &self.chance),
            case,
            expected_version: version,
            kind,
            ground: Some(Ground::HouseRule),
            rule: "3",
            facts: "Er staat een adres in.",
            until: (kind == DecisionKind::Suspend).then(|| at(9).plus(Span::days(7))),
            fate: Fate { status: CaseStatus::Decided, post: Some(post) },
            suspension: SuspensionId::new(at(9), &self.chance),
            at: at(9),
        }
    }
}

/// One notice about a post, as any process would take it in.
async fn notice(
    tenant: &store::Tenant,
    world: &World,
    post: PostId,
    link: &str,
    at: Timestamp,
) -> store::Result<Opened> {
    let ids = (CaseId::new(at, &world.chance), NoticeId::new(at, &world.chance));
    notice_as(tenant, world.platform, world.joke, ids, post, link, at).await
}

async fn notice_as(
    tenant: &store::Tenant,
    platform: domain::id::PlatformId,
    author: MemberId,
    (case, notice): (CaseId, NoticeId),
    post: PostId,
    link: &str,
    at: Timestamp,
) -> store::Result<Opened> {
    let permit = may_give_notice(&Actor::visitor(platform), platform);
    let new = NewCase {
        id: case,
        origin: CaseOrigin::Notice,
        subject: &Subject::Post(post),
        author: Some(author),
        areas: &[],
        topic: None,
        notices: 1,
        snapshot: &then("Zo was het"),
        at,
    };
    let mut write = tenant.write().await?;
    let opened = write.open_case(&permit, &new).await?;
    let new = NewNotice {
        id: notice,
        case: opened.id,
        email: Some("melder@example.org"),
        locale: Locale::De,
        category: Category::Privacy,
        rule: Some(3),
        address: "/berichten/1",
        token_hash: link.as_bytes(),
        follow_until: at.plus(FOLLOW_FOR),
        message: "Dit is niet aardig.",
        at,
    };
    write.insert_notice(&permit, &new).await?;
    write.commit().await?;
    Ok(opened)
}

contract!(notices_about_the_same_post_come_together_until_it_is_decided, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let first = world.give_notice(post, 1).await?;
    let second = world.give_notice(post, 2).await?;
    assert!(first.is_new && !second.is_new);
    assert_eq!(first.id, second.id);
    let case = world.case(first.id).await?;
    assert_eq!((case.notices, case.status), (2, CaseStatus::Open));
    assert_eq!((case.subject, case.snapshot), (Subject::Post(post), then("Zo was het")));
    let notices = world.tenant.notices_of(first.id).await?;
    assert_eq!(notices.len(), 2);
    assert_eq!(
        (notices[0].locale, notices[0].category, notices[0].rule),
        (Some(Locale::De), Category::Privacy, Some(3))
    );
    let followed = world.tenant.notice_by_token(b"link 2", at(3)).await?.expect("its link works");
    assert_eq!(followed.id, notices[1].id);
    assert!(world.tenant.notice_by_token(b"link 2", at(3).plus(FOLLOW_FOR)).await?.is_none(), "it expires");

    world.decide(first.id, 1, DecisionKind::NoAction, PostFate::LetGo).await?;
    let third = world.give_notice(post, 3).await?;
    assert!(third.is_new, "what comes later is looked at anew");
    Ok(())
});

contract!(fifty_notices_at_once_make_one_case, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let (platform, author) = (world.platform, world.joke);
    let ids: Vec<(CaseId, NoticeId)> =
        (0..50).map(|_| (CaseId::new(NOW, &world.chance), NoticeId::new(NOW, &world.chance))).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let opened = fifty(db, |store: Store| {
        let mine = ids[next.fetch_add(1, std::sync::atomic::Ordering::SeqCst)];
        async move {
            let link = mine.1.to_string();
            notice_as(&store.on(platform), platform, author, mine, post, &link, NOW).await
        }
    })
    .await?;
    let case = opened[0].id;
    assert!(opened.iter().all(|one| one.id == case));
    assert_eq!(opened.iter().filter(|one| one.is_new).count(), 1);
    assert_eq!(world.case(case).await?.notices, 50);
    assert_eq!(world.tenant.notices_of(case).await?.len(), 50);
    Ok(())
});

contract!(of_fifty_decisions_at_once_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let case = world.give_notice(post, 1).await?.id;
    let permit = world.may_decide(case).await?;
    let platform = world.platform;
    let decisions: Vec<NewDecision<'static>> =
        (0..50).map(|_| world.decision(case, 1, DecisionKind::Remove, PostFate::Remove)).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let saved = fifty(db, |store: Store| {
        let decision = decisions[next.fetch_add(1, std::sync::atomic::Ordering::SeqCst)];
        async move {
            let mut write = store.on(platform).write().await?;
            let saved = write.decide(&permit, &decision).await?;
            write.commit().await?;
            Ok(saved)
        }
    })
    .await?;
    assert_eq!(saved.iter().filter(|saved| matches!(saved, Saved::Done { .. })).count(), 1);
    assert_eq!(world.tenant.case_with_history(case).await?.expect("it is there").1.decisions.len(), 1);
    assert_eq!(world.post(post).await?.status, PostStatus::Removed);
    Ok(())
});

contract!(what_is_hidden_comes_back_hidden_when_its_author_takes_it_away_and_back, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let case = world.give_notice(post, 1).await?.id;
    world.decide(case, 1, DecisionKind::Hide, PostFate::Hide).await?;
    assert_eq!(world.post(post).await?.status, PostStatus::Hidden);
    assert!(world.titles(Default::default(), at(20)).await?.is_empty(), "no list shows it");
    assert!(world.remove(&world.resident(), post, at(10)).await?);
    let permit = world.may_restore(&world.resident(), post).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.restore_post(&permit, post, Some(world.joke)).await?);
    write.commit().await?;
    assert_eq!(world.post(post).await?.status, PostStatus::Hidden);
    // Changing it is what it waits for: back to the queue, still out of sight.
    let permit = world.may_edit(&world.resident(), post).await?;
    let newer = crate::common::text("Aangepast");
    let version = world.post(post).await?.version;
    let mut write = world.tenant.write().await?;
    assert!(matches!(
        write.update_post(&permit, &world.change(post, version, &newer)).await?,
        Saved::Done { .. }
    ));
    assert!(write.note_change(&permit, post, at(11)).await?);
    write.commit().await?;
    let changed = world.case(case).await?;
    assert_eq!((changed.status, changed.changed_at), (CaseStatus::Open, Some(at(11))));
    assert_eq!(world.post(post).await?.status, PostStatus::Hidden);
    world.decide(case, changed.version, DecisionKind::NoAction, PostFate::LetGo).await?;
    assert_eq!(world.titles(Default::default(), at(20)).await?, ["Aangepast"]);
    Ok(())
});

contract!(an_appeal_that_is_right_puts_everything_back, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let case = world.give_notice(post, 1).await?.id;
    world.begin_session(world.joke, "sleutel").await?;
    world.decide(case, 1, DecisionKind::Suspend, PostFate::Remove).await?;
    let suspended = world.tenant.session(b"sleutel", at(10)).await?.expect("a session").member.suspended;
    assert!(suspended);
    let found = world.tenant.suspension_of(world.joke, at(10)).await?.expect("a suspension");
    assert_eq!((found.case, found.ends_at), (case, at(9).plus(Span::days(7))));
    // It ends by itself.
    assert!(world.tenant.suspension_of(world.joke, at(9).plus(Span::days(7))).await?.is_none());

    let permit = policy::may_appeal_as_author(&world.resident(), &world.case_facts(case).await?, at(10))
        .expect("authors object");
    let new = NewAppeal {
        id: AppealId::new(at(10), &world.chance),
        case,
        expected_version: 2,
        party: Party::Author,
        party_id: world.joke.0,
        message: "Dit klopt niet.",
        at: at(10),
    };
    let mut write = world.tenant.write().await?;
    assert_eq!(write.insert_appeal(&permit, &new).await?, Saved::Done { version: 3 });
    write.commit().await?;
    let mut write = world.tenant.write().await?;
    let again = NewAppeal { id: AppealId::new(at(11), &world.chance), ..new };
    assert_eq!(write.insert_appeal(&permit, &again).await?, Saved::Stale, "once");
    drop(write);

    // Somebody other than who decided: in this small world with a key of their own.
    let mut facts = world.case_facts(case).await?;
    facts.decided = Some((DecisionKind::Suspend, world.joke, at(9)));
    facts.author = None;
    let permit = policy::may_decide_appeal(&world.other_connector(), &facts).expect("another connector");
    let answer = NewAnswer {
        case,
        expected_version: 3,
        outcome: Outcome::Overturned,
        reasons: "Het mag blijven staan.",
        fate: Fate { status: CaseStatus::Closed, post: Some(PostFate::LetGo) },
        at: at(12),
    };
    let mut write = world.tenant.write().await?;
    assert_eq!(write.decide_appeal(&permit, &answer).await?, Saved::Done { version: 4 });
    write.commit().await?;
    assert_eq!(world.post(post).await?.status, PostStatus::Published);
    assert!(!world.tenant.session(b"sleutel", at(13)).await?.expect("a session").member.suspended);
    assert_eq!(
        world.tenant.decisions_about(world.joke, NOW).await?,
        [],
        "what was overturned does not count"
    );
    let happened = world.tenant.moderation_since(NOW).await?;
    assert_eq!(happened.notices, [(at(1), 1)]);
    assert_eq!(happened.decisions, [(DecisionKind::Suspend, at(9), Span::minutes(8))]);
    assert_eq!(happened.appeals, [(Some(Outcome::Overturned), at(10))]);
    assert_eq!(world.tenant.moderation_since(at(11)).await?, Default::default());
    Ok(())
});

contract!(the_queue_is_oldest_first_and_goes_on_where_it_ended, |db| {
    let world = World::make(db, "een").await?;
    let mut cases = Vec::new();
    for minute in 1..=5 {
        let post = world.publish(a_post("Gemeld").at(at(minute))).await?;
        cases.push(world.give_notice(post, minute).await?.id);
    }
    let first = world.tenant.queue(Tab::Open, None, 3).await?;
    let ids: Vec<CaseId> = first.iter().map(|case| case.id).collect();
    assert_eq!(ids, cases[..3]);
    let rest = world.tenant.queue(Tab::Open, Some((first[2].created_at, first[2].id)), 3).await?;
    assert_eq!(rest.iter().map(|case| case.id).collect::<Vec<_>>(), cases[3..]);
    for tab in [Tab::Held, Tab::Asked, Tab::Appealed, Tab::Decided, Tab::Closed] {
        assert!(world.tenant.queue(tab, None, 9).await?.is_empty(), "{tab:?}");
    }
    world.decide(cases[0], 1, DecisionKind::NoAction, PostFate::LetGo).await?;
    assert_eq!(world.tenant.queue(Tab::Decided, None, 9).await?[0].id, cases[0]);
    Ok(())
});

contract!(another_community_finds_and_changes_nothing_of_it, |db| {
    let (a, b) = (World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?);
    let post = a.publish(a_post("Van a")).await?;
    let case = a.give_notice(post, 1).await?.id;
    assert!(b.tenant.case(case).await?.is_none());
    assert!(b.tenant.notices_of(case).await?.is_empty());
    assert!(b.tenant.notice_by_token(b"link 1", at(2)).await?.is_none());
    assert!(b.tenant.case_of(&Subject::Post(post)).await?.is_none());
    assert!(b.tenant.queue(Tab::Open, None, 9).await?.is_empty());
    assert!(b.tenant.cases_of_author(a.joke).await?.is_empty());
    let permit = a.may_decide(case).await?;
    let decision = a.decision(case, 1, DecisionKind::Remove, PostFate::Remove);
    let mut write = b.tenant.write().await?;
    assert!(matches!(write.decide(&permit, &decision).await, Err(Error::WrongPlatform)));
    drop(write);
    // A permit for one case is none for another.
    let other = a.give_notice(a.publish(a_post("Nog een")).await?, 2).await?.id;
    let mut write = a.tenant.write().await?;
    let wrong = write.decide(&permit, &NewDecision { case: other, ..decision }).await;
    assert!(matches!(wrong, Err(Error::WrongSubject)));
    drop(write);
    assert_eq!(a.post(post).await?.status, PostStatus::Published);
    Ok(())
});

contract!(what_a_moderator_removed_is_kept_for_as_long_as_one_may_object, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Gemeld")).await?;
    let case = world.give_notice(post, 1).await?.id;
    world.decide(case, 1, DecisionKind::Remove, PostFate::Remove).await?;
    assert_eq!(db.store.sweep(at(9).plus(APPEAL_WITHIN)).await?.posts, 0);
    let later = db.store.sweep(at(10).plus(APPEAL_WITHIN)).await?;
    assert_eq!((later.posts, later.settled), (0, 1));
    assert_eq!(world.case(case).await?.status, CaseStatus::Closed);
    assert_eq!(db.store.sweep(NOW.plus(Span::days(220))).await?.posts, 1);
    Ok(())
});

contract!(only_ones_own_published_post_is_held, |db| {
    let world = World::make(db, "een").await?;
    let post = world.publish(a_post("Met een link")).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.hold_new_post(&world.may_create(), post).await?);
    assert!(!write.hold_new_post(&world.may_create(), post).await?, "once");
    write.commit().await?;
    assert_eq!(world.post(post).await?.status, PostStatus::Held);
    assert_eq!(world.tenant.count_published(world.joke, 3).await?, 0);
    let same = world.tenant.count_same_body(world.fatma, "Over **Met een link**.", at(-5)).await?;
    assert_eq!(same, 0, "what is not published is no copy");
    Ok(())
});
