//! Initiatives: taking part once, the last place, versions, and what leaving leaves.

use domain::actor::Actor;
use domain::id::{MemberId, NeedId, PostId, UpdateId};
use domain::initiatives::draft::{NeedDraft, PlanDraft, ValidNeed, ValidPlan};
use domain::initiatives::policy::{InitiativeFacts, may_answer, may_join, may_lead, may_manage};
use domain::initiatives::{Stage, Team};
use domain::permit::Permit;
use domain::permit::action::{LeadInitiative, ManageInitiative, TakePart};
use domain::posts::PostKind;
use domain::posts::policy::PostFacts;
use store::initiatives::{Joined, NewNeed, NewUpdate, Plan};
use store::members::NewMember;
use store::{Error, Saved};

use crate::common::{NOW, World, a_post, at, contract};
use crate::races::fifty;

impl World {
    pub async fn begin(&self) -> store::Result<PostId> {
        self.publish(a_post("Een buurttuin").kind(PostKind::Initiative)).await
    }

    async fn initiative_facts(&self, post: PostId, mine: Option<Team>) -> store::Result<InitiativeFacts> {
        let post = PostFacts::of(&self.post(post).await?, self.platform, &self.tree);
        Ok(InitiativeFacts { post, kind: PostKind::Initiative, stage: Stage::Busy, mine })
    }

    /// Fatma, or whoever is not the author.
    async fn may_join(&self, post: PostId, member: MemberId) -> store::Result<Permit<TakePart>> {
        let actor = Actor::member(self.platform, member, vec![]);
        Ok(may_join(&actor, &self.initiative_facts(post, None).await?).expect("members take part"))
    }

    async fn may_answer(&self, post: PostId, member: MemberId) -> store::Result<Permit<TakePart>> {
        let actor = Actor::member(self.platform, member, vec![]);
        let facts = self.initiative_facts(post, Some(Team::No)).await?;
        Ok(may_answer(&actor, &facts).expect("who takes part answers"))
    }

    pub async fn may_manage(&self, post: PostId) -> store::Result<Permit<ManageInitiative>> {
        let facts = self.initiative_facts(post, None).await?;
        Ok(may_manage(&self.resident(), &facts).expect("who began it manages it"))
    }

    async fn may_lead(&self, post: PostId) -> store::Result<Permit<LeadInitiative>> {
        let facts = self.initiative_facts(post, None).await?;
        Ok(may_lead(&self.resident(), &facts).expect("who began it leads it"))
    }

    async fn take_part(&self, post: PostId, member: MemberId, need: Option<NeedId>) -> store::Result<Joined> {
        let permit = self.may_join(post, member).await?;
        let mut write = self.tenant.write().await?;
        let joined = write.join_initiative(&permit, post, need, at(1)).await?;
        if joined == Joined::Done {
            write.commit().await?;
        }
        Ok(joined)
    }

    async fn need(&self, post: PostId, text: &ValidNeed) -> store::Result<NeedId> {
        let id = NeedId::new(NOW, &self.chance);
        let permit = self.may_manage(post).await?;
        let mut write = self.tenant.write().await?;
        assert!(write.add_need(&permit, &NewNeed { id, post, text }, 20).await?);
        write.commit().await?;
        Ok(id)
    }
}

fn hands(wanted: u32) -> ValidNeed {
    need("hands", wanted, 0)
}

fn need(kind: &str, wanted: u32, found: u32) -> ValidNeed {
    let draft = NeedDraft {
        kind: kind.into(),
        label: "scheppen".into(),
        wanted: wanted.to_string(),
        found: found.to_string(),
        ..NeedDraft::default()
    };
    draft.check().expect("a need")
}

fn plan(goal: &str) -> ValidPlan {
    let draft = PlanDraft { goal: goal.into(), stage: "busy".into(), ..PlanDraft::default() };
    draft.check().expect("a plan")
}

contract!(of_fifty_clicks_by_one_member_one_counts, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let need = world.need(post, &hands(40)).await?;
    let (permit, platform) = (world.may_join(post, world.fatma).await?, world.platform);
    let joined = fifty(db, |store| async move {
        let mut write = store.on(platform).write().await?;
        let joined = write.join_initiative(&permit, post, Some(need), at(1)).await?;
        write.commit().await?;
        Ok(joined == Joined::Done)
    })
    .await?;
    assert_eq!(joined.iter().filter(|done| **done).count(), 1);
    let found = world.tenant.initiative(post).await?;
    assert_eq!((found.members, found.needs[0].joined), (1, 1));
    Ok(())
});

contract!(the_last_place_is_given_once, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let need = world.need(post, &hands(3)).await?;
    let operate = world.operate();
    let mut write = world.tenant.write().await?;
    let mut permits = Vec::new();
    for number in 0..50 {
        let id = MemberId::new(NOW, &world.chance);
        let email = format!("buur{number}@example.org");
        let new = NewMember { id, name: "Buur", email: &email, area: None, locale: None, at: NOW };
        write.insert_member_as_operator(&operate, &new, "", false).await?;
        permits.push(id);
    }
    write.commit().await?;
    let mut all = Vec::new();
    for member in permits {
        all.push(world.may_join(post, member).await?);
    }
    let permits = std::sync::Arc::new(std::sync::Mutex::new(all));
    let platform = world.platform;
    let joined = fifty(db, |store| {
        let permit = permits.lock().expect("a list").pop().expect("one for each");
        async move {
            let mut write = store.on(platform).write().await?;
            let joined = write.join_initiative(&permit, post, Some(need), at(1)).await?;
            if joined == Joined::Done {
                write.commit().await?;
            }
            Ok(joined)
        }
    })
    .await?;
    assert_eq!(joined.iter().filter(|one| **one == Joined::Done).count(), 3);
    assert_eq!(joined.iter().filter(|one| **one == Joined::Full).count(), 47);
    let found = world.tenant.initiative(post).await?;
    assert_eq!((found.members, found.needs[0].filled(), found.needs[0].is_open()), (3, 3, false));
    Ok(())
});

contract!(who_leaves_takes_care_of_nothing_any_more, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let (spades, money) =
        (world.need(post, &hands(2)).await?, world.need(post, &need("money", 100, 60)).await?);
    assert_eq!(world.take_part(post, world.fatma, Some(spades)).await?, Joined::Done);
    assert_eq!(world.take_part(post, world.fatma, Some(money)).await?, Joined::Done);
    assert_eq!(world.take_part(post, world.fatma, None).await?, Joined::Already);
    let gone = NeedId::new(NOW, &world.chance);
    assert_eq!(world.take_part(post, world.fatma, Some(gone)).await?, Joined::Gone);
    let mine = world.tenant.my_initiative(post, world.fatma).await?;
    assert_eq!((mine.team, mine.needs.len()), (Some(Team::No), 2));
    let found = world.tenant.initiative(post).await?;
    // A helping hand is counted, a promise of money is not.
    assert_eq!(found.needs.iter().map(domain::initiatives::Need::filled).collect::<Vec<_>>(), [1, 60]);

    let permit = world.may_answer(post, world.fatma).await?;
    let mut write = world.tenant.write().await?;
    assert!(write.leave_initiative(&permit, post, Some(money)).await?);
    write.commit().await?;
    assert_eq!(world.tenant.my_initiative(post, world.fatma).await?.needs, [spades]);
    let mut write = world.tenant.write().await?;
    assert!(write.leave_initiative(&permit, post, None).await?);
    assert!(!write.leave_initiative(&permit, post, None).await?);
    write.commit().await?;
    assert_eq!(world.tenant.my_initiative(post, world.fatma).await?.team, None);
    assert!(world.tenant.participants(post).await?.is_empty());
    assert_eq!(world.tenant.initiative(post).await?.needs[0].joined, 0);
    Ok(())
});

contract!(the_team_is_who_said_yes, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    world.take_part(post, world.fatma, None).await?;
    let (lead, answer) = (world.may_lead(post).await?, world.may_answer(post, world.fatma).await?);
    let mut write = world.tenant.write().await?;
    assert!(!write.answer_team(&answer, post, Team::Invited, Team::In).await?, "nobody asked them");
    assert!(write.place_in_team(&lead, post, world.fatma, Team::No, Team::Invited).await?);
    assert!(!write.place_in_team(&lead, post, world.joke, Team::No, Team::Invited).await?, "takes no part");
    assert!(write.answer_team(&answer, post, Team::Invited, Team::In).await?);
    write.commit().await?;
    assert_eq!(world.tenant.initiative(post).await?.team, 1);
    let people = world.tenant.participants(post).await?;
    assert_eq!((people[0].name.as_str(), people[0].team), ("Fatma", Team::In));
    Ok(())
});

contract!(two_who_change_the_plan_at_once_do_not_overwrite_each_other, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let permit = world.may_manage(post).await?;
    let save = async |goal: &str, expected_version| {
        let text = plan(goal);
        let mut write = world.tenant.write().await?;
        let plan = Plan { post, expected_version, text: &text, at: at(2) };
        let saved = write.plan_initiative(&permit, &plan).await?;
        write.commit().await?;
        Ok::<_, Error>(saved)
    };
    assert_eq!(save("Eerst", 0).await?, Saved::Done { version: 1 });
    assert_eq!(save("Ook eerst", 0).await?, Saved::Stale);
    assert_eq!(save("Dan", 1).await?, Saved::Done { version: 2 });
    assert_eq!(save("Ook dan", 1).await?, Saved::Stale);
    let found = world.tenant.initiative(post).await?;
    assert_eq!((found.goal.as_str(), found.stage, found.version), ("Dan", Stage::Busy, 2));

    let id = world.need(post, &hands(2)).await?;
    let more = hands(5);
    let mut write = world.tenant.write().await?;
    let to = NewNeed { id, post, text: &more };
    assert_eq!(write.change_need(&permit, &to, 1).await?, Saved::Done { version: 2 });
    assert_eq!(write.change_need(&permit, &to, 1).await?, Saved::Stale);
    assert!(write.add_need(&permit, &NewNeed { id: NeedId::new(at(3), &world.chance), ..to }, 2).await?);
    assert!(!write.add_need(&permit, &NewNeed { id: NeedId::new(at(4), &world.chance), ..to }, 2).await?);
    assert!(write.drop_need(&permit, post, id).await? && !write.drop_need(&permit, post, id).await?);
    write.commit().await?;
    assert_eq!(world.tenant.initiative(post).await?.needs.len(), 1);
    Ok(())
});

contract!(how_it_goes_is_newest_first_and_for_published_posts_only, |db| {
    let world = World::make(db, "een").await?;
    let post = world.begin().await?;
    let permit = world.may_manage(post).await?;
    let mut write = world.tenant.write().await?;
    for (minute, body) in [(1, "een"), (2, "twee")] {
        let id = UpdateId::new(at(minute), &world.chance);
        let new = NewUpdate { id, post, html: body, body, at: at(minute) };
        write.insert_update(&permit, &new).await?;
    }
    write.commit().await?;
    let texts = async || {
        let news = world.tenant.initiative_news(post, 10).await?;
        Ok::<_, Error>(news.into_iter().map(|update| update.html).collect::<Vec<_>>())
    };
    assert_eq!(texts().await?, ["twee", "een"]);
    let found = world.tenant.initiative(post).await?;
    assert_eq!(found.updates.iter().map(|one| one.html.as_str()).collect::<Vec<_>>(), ["twee", "een"]);
    assert_eq!(found.updates[0].author_name, "Joke");
    let mut write = world.tenant.write().await?;
    assert!(write.remove_update(&permit, post, found.updates[0].id).await?);
    write.commit().await?;
    assert_eq!(texts().await?, ["een"]);
    world.remove(&world.resident(), post, at(5)).await?;
    assert!(texts().await?.is_empty());
    Ok(())
});

contract!(an_initiative_of_another_platform_does_not_exist_here, |db| {
    let (here, there) = (World::make(db, "hier").await?, World::make(db, "een-heel-ander-dorp").await?);
    let post = there.begin().await?;
    let need = there.need(post, &hands(2)).await?;
    there.take_part(post, there.fatma, Some(need)).await?;
    assert_eq!(here.tenant.initiative(post).await?.members, 0);
    assert!(here.tenant.initiative(post).await?.needs.is_empty());
    assert!(here.tenant.participants(post).await?.is_empty());
    assert_eq!(here.tenant.my_initiative(post, there.fatma).await?.team, None);
    let (join, lead, manage) = (
        there.may_join(post, there.fatma).await?,
        there.may_lead(post).await?,
        there.may_manage(post).await?,
    );
    let text = plan("x");
    let mut write = here.tenant.write().await?;
    let refused = [
        write.join_initiative(&join, post, None, NOW).await.map(|_| ()),
        write.leave_initiative(&join, post, None).await.map(|_| ()),
        write.place_in_team(&lead, post, there.fatma, Team::No, Team::In).await.map(|_| ()),
        write
            .plan_initiative(&manage, &Plan { post, expected_version: 0, text: &text, at: NOW })
            .await
            .map(|_| ()),
        write.drop_need(&manage, post, need).await.map(|_| ()),
    ];
    assert!(refused.iter().all(|one| matches!(one, Err(Error::WrongPlatform))), "{refused:?}");
    drop(write);
    // A permit is for one initiative.
    let (mine, other) = (here.begin().await?, here.begin().await?);
    let manage = here.may_manage(mine).await?;
    let mut write = here.tenant.write().await?;
    assert!(matches!(write.drop_need(&manage, other, need).await, Err(Error::WrongSubject)));
    Ok(())
});
