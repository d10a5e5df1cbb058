//! Cases about activities: what is decided happens to the activity, and who organises it cannot get around it.

use domain::activities::policy::may_restore;
use domain::activities::{Activity, ActivityStatus};
use domain::clock::Span;
use domain::id::{ActivityId, AppealId, CaseId};
use domain::moderation::decision::{DecisionKind, Outcome};
use domain::moderation::notice::may_give_notice;
use domain::moderation::policy::{may_appeal_as_author, may_decide_appeal};
use domain::moderation::{APPEAL_WITHIN, CaseOrigin, CaseStatus, Party, Snapshot, Subject};
use store::Saved;
use store::moderation::{Fate, NewAnswer, NewAppeal, NewCase, PostFate};

use crate::activities::{ENDLESS, bounds};
use crate::common::{NOW, World, at, contract};

impl World {
    async fn activity_now(&self, id: ActivityId) -> store::Result<Activity> {
        Ok(self.tenant.activity(id).await?.expect("it is there"))
    }

    async fn report_activity(&self, id: ActivityId) -> store::Result<CaseId> {
        let visitor = domain::actor::Actor::visitor(self.platform);
        let permit = may_give_notice(&visitor, self.platform);
        let new = NewCase {
            id: CaseId::new(at(1), &self.chance),
            origin: CaseOrigin::Notice,
            subject: &Subject::Activity(id),
            author: Some(self.joke),
            areas: &[],
            topic: None,
            notices: 1,
            snapshot: &Snapshot { title: "Zo was het".into(), ..Snapshot::default() },
            at: at(1),
        };
        let mut write = self.tenant.write().await?;
        let case = write.open_case(&permit, &new).await?.id;
        write.commit().await?;
        Ok(case)
    }

    async fn joke_removes(&self, id: ActivityId, minute: i64) -> store::Result<()> {
        let permit = self.may_take_away(id).await?;
        let mut write = self.tenant.write().await?;
        assert!(write.remove_activity(&permit, id, at(minute)).await?);
        write.commit().await
    }

    /// Joke objects, and somebody else says that she is right.
    async fn overturn(&self, case: CaseId) -> store::Result<()> {
        let facts = self.case_facts(case).await?;
        let permit = may_appeal_as_author(&self.resident(), &facts, at(10)).expect("authors object");
        let appeal = NewAppeal {
            id: AppealId::new(at(10), &self.chance),
            case,
            expected_version: 2,
            party: Party::Author,
            party_id: self.joke.0,
            message: "Dit klopt niet.",
            at: at(10),
        };
        let mut write = self.tenant.write().await?;
        assert_eq!(write.insert_appeal(&permit, &appeal).await?, Saved::Done { version: 3 });
        write.commit().await?;
        let mut facts = self.case_facts(case).await?;
        facts.decided = Some((DecisionKind::Remove, self.joke, at(9)));
        facts.author = None;
        let permit = may_decide_appeal(&self.other_connector(), &facts).expect("another connector");
        let answer = NewAnswer {
            case,
            expected_version: 3,
            outcome: Outcome::Overturned,
            reasons: "Het mag blijven staan.",
            fate: Fate { status: CaseStatus::Closed, post: Some(PostFate::LetGo) },
            at: at(12),
        };
        let mut write = self.tenant.write().await?;
        assert_eq!(write.decide_appeal(&permit, &answer).await?, Saved::Done { version: 4 });
        write.commit().await
    }
}

contract!(an_activity_that_is_removed_with_reasons_stays_away_until_an_appeal_is_right, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("gemeld", bounds(NOW, ENDLESS), &[]).await?;
    let other = world.put_in_agenda("ernaast", bounds(NOW, ENDLESS), &[]).await?;
    let case = world.report_activity(id).await?;
    assert_eq!(world.case(case).await?.subject, Subject::Activity(id));
    assert_eq!(world.report_activity(id).await?, case, "notices come together");
    world.decide(case, 1, DecisionKind::Remove, PostFate::Remove).await?;
    let gone = world.activity_now(id).await?;
    assert_eq!(
        (gone.status, gone.removed_by, gone.moderated),
        (ActivityStatus::Removed, Some(world.fatma), true)
    );
    assert_eq!(world.found(NOW, at(100)).await?, ["ernaast"]);
    let facts = world.activity_facts(id).await?;
    assert!(may_restore(&world.resident(), &facts).is_err(), "not who organises it");
    assert!(may_restore(&world.connector(), &facts).is_ok());

    world.overturn(case).await?;
    let back = world.activity_now(id).await?;
    assert_eq!((back.status, back.removed_by, back.moderated), (ActivityStatus::Published, None, false));
    assert_eq!(world.found(NOW, at(100)).await?, ["ernaast", "gemeld"]);
    assert_eq!(world.activity_now(other).await?.version, 1, "only the activity that the case is about");
    let happened = world.tenant.moderation_since(NOW).await?;
    assert_eq!((happened.notices, happened.decisions.len()), (vec![(at(1), 2)], 1), "counted as all others");
    Ok(())
});

contract!(what_its_organiser_took_away_stays_theirs_and_does_not_come_back_past_a_decision, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("gemeld", bounds(NOW, ENDLESS), &[]).await?;
    let case = world.report_activity(id).await?;
    world.joke_removes(id, 2).await?;
    assert!(may_restore(&world.resident(), &world.activity_facts(id).await?).is_ok());
    world.decide(case, 1, DecisionKind::Remove, PostFate::Remove).await?;
    let gone = world.activity_now(id).await?;
    assert_eq!((gone.removed_by, gone.moderated), (Some(world.joke), true));
    assert!(may_restore(&world.resident(), &world.activity_facts(id).await?).is_err());

    world.overturn(case).await?;
    assert_eq!(world.activity_now(id).await?.status, ActivityStatus::Removed, "that was her own choice");
    assert!(may_restore(&world.resident(), &world.activity_facts(id).await?).is_ok());
    Ok(())
});

contract!(an_activity_that_was_asked_about_goes_back_to_the_queue_when_it_changes, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("gemeld", bounds(NOW, ENDLESS), &[]).await?;
    let case = world.report_activity(id).await?;
    let permit = world.may_change(id).await?;
    let mut write = world.tenant.write().await?;
    assert!(!write.note_activity_change(&permit, id, at(2)).await?, "nobody asked yet");
    let asked = Fate { status: CaseStatus::Asked, post: None };
    let decision = world.decision(case, 1, DecisionKind::Ask, PostFate::LetGo);
    let decision = store::moderation::NewDecision { fate: asked, ..decision };
    write.decide(&world.may_decide(case).await?, &decision).await?;
    assert!(write.note_activity_change(&permit, id, at(11)).await?);
    write.commit().await?;
    let changed = world.case(case).await?;
    assert_eq!((changed.status, changed.changed_at), (CaseStatus::Open, Some(at(11))));
    Ok(())
});

contract!(an_activity_that_a_moderator_removed_is_kept_for_as_long_as_one_may_object, |db| {
    let world = World::make(db, "een").await?;
    let id = world.put_in_agenda("gemeld", bounds(NOW, ENDLESS), &[]).await?;
    let case = world.report_activity(id).await?;
    world.decide(case, 1, DecisionKind::Remove, PostFate::Remove).await?;
    assert_eq!(db.store.sweep(at(10).plus(APPEAL_WITHIN)).await?.activities, 0);
    assert_eq!(db.store.sweep(NOW.plus(Span::days(220))).await?.activities, 1);
    Ok(())
});
