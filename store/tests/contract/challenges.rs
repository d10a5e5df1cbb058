//! Signing in by mail.

use std::sync::Arc;

use domain::clock::Timestamp;
use domain::id::ChallengeId;
use domain::limits::CODE_ATTEMPTS;
use domain::members::draft::ValidSignUp;
use domain::members::email::EmailAddress;
use store::challenges::{ChallengePurpose, NewChallenge};
use tokio::task::JoinSet;

use crate::common::{NOW, World, at, contract};

impl World {
    pub async fn challenge(&self, token: &str) -> store::Result<ChallengeId> {
        let id = ChallengeId::new(NOW, &self.chance);
        let new = NewChallenge {
            id,
            purpose: ChallengePurpose::SignIn,
            member: Some(self.joke),
            address_key: "a",
            sign_up: None,
            code_hash: b"code",
            token_hash: token.as_bytes(),
            return_to: "/berichten",
            at: NOW,
            expires_at: at(20),
        };
        let mut write = self.tenant.write().await?;
        write.insert_challenge(&self.sign_in(), &new).await?;
        write.commit().await?;
        Ok(id)
    }

    async fn consume(&self, id: ChallengeId, now: Timestamp) -> store::Result<bool> {
        let mut write = self.tenant.write().await?;
        let done = write.consume_challenge(&self.sign_in(), id, now).await?;
        write.commit().await?;
        Ok(done)
    }

    async fn guess(&self, id: ChallengeId) -> store::Result<i64> {
        let mut write = self.tenant.write().await?;
        let attempts = write.count_attempt(&self.sign_in(), id).await?;
        write.commit().await?;
        Ok(attempts)
    }
}

contract!(a_challenge_is_found_by_key_and_by_link, |db| {
    let world = World::make(db, "een").await?;
    let id = world.challenge("link").await?;
    let by_key = world.tenant.challenge(id).await?.expect("by key");
    let by_link = world.tenant.challenge_by_token(b"link").await?.expect("by link");
    assert_eq!((by_key.id, by_link.id), (id, id));
    assert_eq!((by_key.member, by_key.purpose), (Some(world.joke), ChallengePurpose::SignIn));
    assert_eq!((by_key.attempts, by_key.consumed, by_key.expires_at), (0, false, at(20)));
    assert_eq!((by_key.code_hash, by_key.return_to), (b"code".to_vec(), "/berichten".to_owned()));
    assert!(world.tenant.challenge_by_token(b"ander").await?.is_none());
    Ok(())
});

contract!(a_membership_to_be_is_kept_until_the_address_proves_right, |db| {
    let world = World::make(db, "een").await?;
    let email = EmailAddress::parse("ali@example.org").expect("an address");
    let valid = ValidSignUp { name: "Ali".into(), email, area: Some(world.street) };
    let id = ChallengeId::new(NOW, &world.chance);
    let new = NewChallenge {
        id,
        purpose: ChallengePurpose::SignUp,
        member: None,
        address_key: "a",
        sign_up: Some(&valid),
        code_hash: b"c",
        token_hash: b"t",
        return_to: "/",
        at: NOW,
        expires_at: at(20),
    };
    let mut write = world.tenant.write().await?;
    write.insert_challenge(&world.sign_in(), &new).await?;
    write.commit().await?;

    let found = world.tenant.challenge(id).await?.expect("it is there");
    assert_eq!((found.purpose, found.sign_up), (ChallengePurpose::SignUp, Some(valid)));
    assert!(world.tenant.member_by_email("ali@example.org").await?.is_none());
    Ok(())
});

contract!(of_twenty_clicks_on_a_link_exactly_one_signs_in, |db| {
    let world = Arc::new(World::make(db, "een").await?);
    let id = world.challenge("link").await?;
    let mut clicks = JoinSet::new();
    for _ in 0..20 {
        let world = Arc::clone(&world);
        clicks.spawn(async move { world.consume(id, at(1)).await });
    }
    let mut good = 0;
    for done in clicks.join_all().await {
        good += i32::from(done?);
    }
    assert_eq!(good, 1);
    assert!(world.tenant.challenge(id).await?.expect("it is there").consumed);
    Ok(())
});

contract!(a_link_stops_working_when_its_time_is_over, |db| {
    let world = World::make(db, "een").await?;
    let id = world.challenge("link").await?;
    assert!(!world.consume(id, at(20)).await?);
    assert!(world.consume(id, at(19)).await?);
    Ok(())
});

contract!(guesses_are_counted_and_leave_the_link_alone, |db| {
    let world = World::make(db, "een").await?;
    let id = world.challenge("link").await?;
    for n in 1..=CODE_ATTEMPTS {
        assert_eq!(world.guess(id).await?, n);
    }
    assert_eq!(world.guess(id).await?, CODE_ATTEMPTS + 1);
    assert!(world.consume(id, at(1)).await?);
    Ok(())
});

contract!(a_challenge_of_another_platform_cannot_be_used, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let id = one.challenge("link").await?;
    assert!(other.tenant.challenge(id).await?.is_none());
    assert!(other.tenant.challenge_by_token(b"link").await?.is_none());
    assert!(!other.consume(id, NOW).await?);
    assert!(other.guess(id).await? > CODE_ATTEMPTS, "a challenge that is not there has no attempts left");
    Ok(())
});
