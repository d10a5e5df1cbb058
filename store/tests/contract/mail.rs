//! The queue of mails: once each, or not at all.

use std::sync::Arc;

use domain::clock::Timestamp;
use domain::id::MailId;
use store::mail::{MailState, NewMail};
use tokio::task::JoinSet;

use crate::common::{NOW, World, at, contract};

impl World {
    pub async fn queue(&self, subject: &str, at: Timestamp) -> store::Result<MailId> {
        let mut write = self.tenant.write().await?;
        let id = self.queue_in(&mut write, subject, at).await?;
        write.commit().await?;
        Ok(id)
    }

    async fn queue_in(
        &self,
        write: &mut store::Write,
        subject: &str,
        at: Timestamp,
    ) -> store::Result<MailId> {
        let id = MailId::new(at, &self.chance);
        let (to_name, to_address) = ("Joke", "joke@example.org");
        let (text, html) = ("Hoi", "<p>Hoi</p>");
        write.queue_mail(&NewMail { id, to_name, to_address, subject, text, html, calendar: "", at }).await?;
        Ok(id)
    }

    async fn states(&self) -> store::Result<Vec<MailState>> {
        Ok(self.tenant.recent_mail(50).await?.into_iter().map(|mail| mail.state).collect())
    }
}

contract!(a_mail_is_claimed_whole_and_marked_sent, |db| {
    let world = World::make(db, "een").await?;
    let id = world.queue("Welkom", NOW).await?;
    let claimed = db.store.claim_mail(at(1), 10).await?;
    assert_eq!(claimed.len(), 1);
    let mail = &claimed[0];
    assert_eq!((mail.id, mail.platform, mail.attempts), (id, world.platform, 1));
    assert_eq!((mail.to_name.as_str(), mail.to_address.as_str()), ("Joke", "joke@example.org"));
    assert_eq!(
        (mail.subject.as_str(), mail.text.as_str(), mail.html.as_str()),
        ("Welkom", "Hoi", "<p>Hoi</p>")
    );
    assert_eq!(world.states().await?, [MailState::Sending]);

    db.store.mail_sent(id, at(2)).await?;
    assert_eq!(world.states().await?, [MailState::Sent]);
    assert!(db.store.claim_mail(at(99), 10).await?.is_empty());
    Ok(())
});

contract!(a_mail_of_a_transaction_that_was_rolled_back_never_goes_out, |db| {
    let world = World::make(db, "een").await?;
    let mut write = world.tenant.write().await?;
    world.queue_in(&mut write, "Nooit", NOW).await?;
    drop(write);
    assert!(db.store.claim_mail(at(1), 10).await?.is_empty());
    Ok(())
});

contract!(of_many_that_claim_at_once_no_two_get_the_same_mail, |db| {
    let world = World::make(db, "een").await?;
    for n in 0..20 {
        world.queue(&format!("Mail {n}"), at(n - 30)).await?;
    }
    let other = Arc::new(db.another_process().await);
    let mut claims = JoinSet::new();
    for n in 0..10 {
        let store = if n % 2 == 0 { db.store.clone() } else { other.as_ref().clone() };
        claims.spawn(async move { store.claim_mail(NOW, 3).await });
    }
    let mut ids = Vec::new();
    for claimed in claims.join_all().await {
        ids.extend(claimed?.into_iter().map(|mail| mail.id));
    }
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!((ids.len(), all), (20, 20));
    other.close().await;
    Ok(())
});

contract!(a_mail_waits_for_its_time_and_counts_its_attempts, |db| {
    let world = World::make(db, "een").await?;
    let id = world.queue("Later", NOW).await?;
    db.store.claim_mail(NOW, 1).await?;
    db.store.mail_retry(id, at(10), "busy").await?;
    assert!(db.store.claim_mail(at(9), 1).await?.is_empty());

    let again = db.store.claim_mail(at(10), 1).await?;
    assert_eq!((again.len(), again[0].attempts), (1, 2));
    db.store.mail_failed(id, "refused", at(11)).await?;
    assert_eq!(world.states().await?, [MailState::Failed]);
    assert!(db.store.claim_mail(at(99), 1).await?.is_empty());
    Ok(())
});

contract!(what_was_being_sent_at_a_crash_is_never_sent_again, |db| {
    let world = World::make(db, "een").await?;
    let id = world.queue("Half", NOW).await?;
    db.store.claim_mail(NOW, 1).await?;
    assert_eq!(db.store.mail_uncertain_since(NOW).await?, 0, "it may still be going out");
    assert_eq!(db.store.mail_uncertain_since(at(1)).await?, 1);

    assert_eq!(world.states().await?, [MailState::Uncertain]);
    db.store.mail_retry(id, NOW, "too late").await?;
    assert!(db.store.claim_mail(at(99), 1).await?.is_empty());
    Ok(())
});

contract!(a_platform_sees_its_own_mails_newest_first, |db| {
    let one = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    one.queue("Oud", NOW).await?;
    one.queue("Nieuw", at(1)).await?;
    other.queue("Elders", at(2)).await?;
    let mails = one.tenant.recent_mail(1).await?;
    assert_eq!((mails.len(), mails[0].subject.as_str()), (1, "Nieuw"));
    assert_eq!(one.tenant.recent_mail(9).await?.len(), 2);
    Ok(())
});
