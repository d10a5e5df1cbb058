//! Signed-in browsers.

use domain::clock::Timestamp;
use domain::id::{MemberId, SessionId};
use domain::members::sign_in::SessionStage;
use store::sessions::{Beside, NewSession, SessionQuestion, SessionRecord};

use crate::common::{NOW, World, a_post, at, contract};

impl World {
    pub async fn session_with(
        &self,
        token: &[u8],
        now: Timestamp,
        beside: Beside,
    ) -> store::Result<Option<SessionRecord>> {
        let question = SessionQuestion { token_hash: token.to_vec(), beside };
        Ok(self.tenant.sessions_with(&[question], now).await?.pop().flatten())
    }

    pub async fn begin_session(&self, member: MemberId, token: &str) -> store::Result<SessionId> {
        self.session(member, token, SessionStage::Complete, at(60)).await
    }

    async fn session(
        &self,
        member: MemberId,
        token: &str,
        stage: SessionStage,
        ends_at: Timestamp,
    ) -> store::Result<SessionId> {
        let id = SessionId::new(NOW, &self.chance);
        let new = NewSession {
            id,
            member,
            token_hash: token.as_bytes(),
            salt: "salt",
            stage,
            label: "Firefox",
            at: NOW,
            ends_at,
        };
        let mut write = self.tenant.write().await?;
        write.insert_session(&self.sign_in(), &new).await?;
        write.commit().await?;
        Ok(id)
    }
}

contract!(a_session_comes_with_its_member_and_what_they_may, |db| {
    let world = World::make(db, "een").await?;
    let id = world.begin_session(world.fatma, "sleutel").await?;
    let tenant = db.store.on(world.platform);

    let record = tenant.session(b"sleutel", at(1)).await?.expect("the session is there");
    assert_eq!((record.id, record.member.id, record.stage), (id, world.fatma, SessionStage::Complete));
    assert_eq!((record.created_at, record.seen_at, record.ends_at), (NOW, NOW, at(60)));
    assert_eq!((record.grants.len(), record.has_totp, record.has_password), (1, false, false));
    assert_eq!(tenant.queries(), 1);
    Ok(())
});

contract!(a_session_tells_which_factors_there_are, |db| {
    let world = World::make(db, "een").await?;
    world.begin_session(world.joke, "sleutel").await?;
    let permit = world.account(world.joke);
    let mut write = world.tenant.write().await?;
    write.set_password(&permit, Some("hash"), NOW).await?;
    write.set_totp(&permit, "SECRET", 1).await?;
    write.commit().await?;
    let record = world.tenant.session(b"sleutel", NOW).await?.expect("the session is there");
    assert!(record.has_totp && record.has_password);
    Ok(())
});

contract!(an_ended_session_is_no_session, |db| {
    let world = World::make(db, "een").await?;
    world.begin_session(world.joke, "sleutel").await?;
    assert!(world.tenant.session(b"sleutel", at(59)).await?.is_some());
    assert!(world.tenant.session(b"sleutel", at(60)).await?.is_none());
    assert!(world.tenant.session(b"andere", NOW).await?.is_none());
    assert!(world.tenant.sessions_of(world.joke, at(60)).await?.is_empty());
    Ok(())
});

contract!(a_session_of_one_platform_is_nothing_on_another, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    one.begin_session(one.joke, "sleutel").await?;
    assert!(other.tenant.session(b"sleutel", NOW).await?.is_none());
    assert!(other.tenant.sessions_of(one.joke, NOW).await?.is_empty());
    Ok(())
});

contract!(the_list_of_sessions_has_the_complete_ones_last_used_first, |db| {
    let world = World::make(db, "een").await?;
    let old = world.begin_session(world.joke, "a").await?;
    let new = world.begin_session(world.joke, "b").await?;
    world.session(world.joke, "c", SessionStage::HalfWay, at(60)).await?;
    let mut write = world.tenant.write().await?;
    write.seen(&world.account(world.joke), old, at(5), at(90)).await?;
    write.commit().await?;

    let sessions = world.tenant.sessions_of(world.joke, at(6)).await?;
    let ids: Vec<_> = sessions.iter().map(|session| session.id).collect();
    assert_eq!(ids, [old, new]);
    assert_eq!((sessions[0].seen_at, sessions[0].label.as_str()), (at(5), "Firefox"));
    assert!(world.tenant.session(b"a", at(80)).await?.is_some(), "it lasts longer now");
    Ok(())
});

contract!(nobody_ends_or_lengthens_somebody_elses_session, |db| {
    let world = World::make(db, "een").await?;
    let jokes = world.begin_session(world.joke, "sleutel").await?;
    let fatmas = world.account(world.fatma);
    let mut write = world.tenant.write().await?;
    assert!(!write.end_session(&fatmas, jokes).await?);
    write.seen(&fatmas, jokes, at(1), at(999)).await?;
    assert_eq!(write.end_other_sessions(&fatmas, SessionId::new(NOW, &world.chance)).await?, 0);
    write.commit().await?;
    let record = world.tenant.session(b"sleutel", NOW).await?.expect("the session is there");
    assert_eq!(record.ends_at, at(60));
    Ok(())
});

contract!(ones_own_sessions_end_one_by_one_or_all_but_this_one, |db| {
    let world = World::make(db, "een").await?;
    let mut ids = Vec::new();
    for token in ["a", "b", "c", "d"] {
        ids.push(world.begin_session(world.joke, token).await?);
    }
    let permit = world.account(world.joke);
    let mut write = world.tenant.write().await?;
    assert!(write.end_session(&permit, ids[0]).await?);
    assert!(!write.end_session(&permit, ids[0]).await?);
    assert_eq!(write.end_other_sessions(&permit, ids[1]).await?, 2);
    write.commit().await?;
    assert_eq!(world.tenant.sessions_of(world.joke, NOW).await?.len(), 1);

    let mut write = world.tenant.write().await?;
    write.end_session_by_id(&world.sign_in(), ids[1]).await?;
    write.commit().await?;
    assert!(world.tenant.session(b"b", NOW).await?.is_none());
    Ok(())
});

contract!(what_waits_comes_with_the_session_of_who_has_a_role, |db| {
    let world = World::make(db, "een").await?;
    for minute in 1..=5 {
        let post = world.publish(a_post("Gemeld").at(at(minute))).await?;
        world.give_notice(post, minute).await?;
    }
    // Fatma has a role and Joke has none.
    world.begin_session(world.fatma, "sleutel").await?;
    world.begin_session(world.joke, "andere").await?;
    let waiting = Beside { waiting: true, ..Beside::default() };
    let record = world.session_with(b"sleutel", at(6), waiting).await?.expect("a session");
    assert_eq!(record.waiting.len(), 5);
    assert!(record.waiting.iter().all(|case| case.author == Some(world.joke) && case.not_for.is_none()));
    assert!(world.tenant.session(b"sleutel", at(6)).await?.expect("a session").waiting.is_empty());
    let record = world.session_with(b"andere", at(6), waiting).await?.expect("a session");
    assert!(record.waiting.is_empty());
    Ok(())
});

contract!(many_are_asked_for_at_once_and_each_gets_their_own, |db| {
    let world = World::make(db, "een").await?;
    let elsewhere = World::make(db, "twee").await?;
    let post = world.publish(a_post("Bedankt")).await?;
    world.thank(world.fatma, post, true).await?;
    world.begin_session(world.fatma, "van fatma").await?;
    world.begin_session(world.joke, "van joke").await?;
    elsewhere.begin_session(elsewhere.joke, "elders").await?;
    let part = Beside { part_in: Some(post), ..Beside::default() };
    let waiting = Beside { waiting: true, ..Beside::default() };
    let questions = [
        ("van fatma", part),
        ("elders", Beside::default()),
        ("van fatma", waiting),
        ("'; --\"]", Beside::default()),
        ("van joke", part),
        ("", part),
    ]
    .map(|(token, beside)| SessionQuestion { token_hash: token.as_bytes().to_vec(), beside });
    let found = world.tenant.sessions_with(&questions, NOW).await?;
    let who: Vec<_> = found.iter().map(|record| record.as_ref().map(|record| record.member.id)).collect();
    assert_eq!(who, [Some(world.fatma), None, Some(world.fatma), None, Some(world.joke), None]);
    let of = |place: usize| found[place].as_ref().expect("a session");
    let mine = world.tenant.my_part(post, world.fatma).await?;
    assert!(mine.thanked_post);
    assert_eq!((of(0).mine.clone(), of(0).asked.is_some()), (Some((post, mine)), false));
    assert_eq!((of(2).mine.clone(), of(2).asked.is_some(), of(2).grants.is_empty()), (None, true, false));
    let nothing = world.tenant.my_part(post, world.joke).await?;
    assert!(!nothing.thanked_post);
    assert_eq!((of(4).mine.clone(), of(4).grants.is_empty()), (Some((post, nothing)), true));
    assert!(world.tenant.sessions_with(&[], NOW).await?.is_empty());
    Ok(())
});
