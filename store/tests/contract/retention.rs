//! Nothing is kept longer than it is needed.

use domain::clock::Span;
use domain::id::{CaseId, FlashId, NoticeId};
use domain::limits::Limit;
use domain::members::policy::may_keep_flash;
use domain::moderation::notice::may_give_notice;
use domain::moderation::{CaseOrigin, Category, FOLLOW_FOR, Snapshot, Subject};
use domain::posts::filter::PostFilter;
use domain::posts::policy::may_keep_draft;
use store::Swept;
use store::moderation::{NewCase, NewNotice};

use crate::common::{NOW, World, a_post, at, contract};

const ONCE: Limit = Limit { name: "test", times: 1, per: Span::hours(1) };

impl World {
    /// One of everything that goes away.
    async fn fill(&self, db: &crate::common::Db) -> store::Result<()> {
        self.begin_session(self.joke, "sleutel").await?;
        self.challenge("link").await?;
        db.store.hit(self.platform, &ONCE, "k", NOW).await?;
        let draft = may_keep_draft(&self.resident(), self.platform).expect("members keep drafts");
        let flash = FlashId::new(NOW, &self.chance);
        let mut write = self.tenant.write().await?;
        let kept = crate::drafts::typed(domain::id::DraftId::new(NOW, &self.chance), NOW);
        write.put_draft(&draft, &kept).await?;
        write.insert_flash(&may_keep_flash(self.platform), flash, "f", "{}", at(10)).await?;
        let report = may_give_notice(&self.resident(), self.platform);
        let case = NewCase {
            id: CaseId::new(NOW, &self.chance),
            origin: CaseOrigin::Notice,
            subject: &Subject::Address("/berichten/1".into()),
            author: None,
            areas: &[],
            topic: None,
            notices: 1,
            snapshot: &Snapshot::default(),
            at: NOW,
        };
        let case = write.open_case(&report, &case).await?.id;
        let notice = NewNotice {
            id: NoticeId::new(NOW, &self.chance),
            case,
            email: Some("joke@example.org"),
            locale: domain::locale::Locale::Nl,
            category: Category::Other,
            rule: None,
            address: "/berichten/1",
            token_hash: b"link",
            follow_until: NOW.plus(FOLLOW_FOR),
            message: "Dit is niet aardig.",
            at: NOW,
        };
        write.insert_notice(&report, &notice).await?;
        write.commit().await?;
        let mail = self.queue("Welkom", NOW).await?;
        db.store.claim_mail(NOW, 1).await?;
        db.store.mail_sent(mail, NOW).await?;
        let post = self.publish(a_post("Weg").in_area(self.street)).await?;
        self.remove(&self.resident(), post, NOW).await?;
        self.publish(a_post("Blijft")).await?;
        Ok(())
    }
}

contract!(nothing_goes_before_its_time, |db| {
    let world = World::make(db, "een").await?;
    world.fill(db).await?;
    assert_eq!(db.store.sweep(NOW).await?, Swept::default());
    Ok(())
});

contract!(everything_goes_when_its_time_has_come_and_what_is_published_stays, |db| {
    let world = World::make(db, "een").await?;
    world.fill(db).await?;
    let swept = db.store.sweep(NOW.plus(Span::days(91))).await?;
    let most = Swept {
        challenges: 1,
        flashes: 1,
        sessions: 1,
        windows: 1,
        drafts: 1,
        mails: 1,
        posts: 1,
        cases: 0,
        addresses: 0,
        settled: 0,
        comments: 0,
        activities: 0,
        sources: 0,
        rounds: 0,
    };
    assert_eq!(swept, most);
    let later = db.store.sweep(NOW.plus(Span::days(401))).await?;
    assert_eq!(later, Swept { cases: 1, ..Swept::default() });
    assert_eq!(world.titles(PostFilter::default(), at(1)).await?, ["Blijft"]);
    assert!(db.store.integrity_check().await?.is_empty());
    assert_eq!(db.store.sweep(NOW.plus(Span::days(91))).await?, Swept::default());
    Ok(())
});

contract!(a_removed_post_goes_with_its_versions_after_thirty_days, |db| {
    let world = World::make(db, "een").await?;
    let id = world.publish(a_post("Weg").in_area(world.street)).await?;
    world.remove(&world.resident(), id, NOW).await?;
    assert_eq!(db.store.sweep(NOW.plus(Span::days(30))).await?.posts, 0);
    assert_eq!(db.store.sweep(NOW.plus(Span::days(30)).plus(Span(1))).await?.posts, 1);
    assert!(world.tenant.post(id).await?.is_none());
    assert!(world.tenant.revisions(id).await?.is_empty());
    Ok(())
});

contract!(of_a_mail_that_went_out_nothing_personal_stays_after_a_week, |db| {
    let world = World::make(db, "een").await?;
    let sent = world.queue("Geheim", NOW).await?;
    db.store.claim_mail(NOW, 1).await?;
    db.store.mail_sent(sent, NOW).await?;
    world.queue("Wacht nog", NOW).await?;
    db.store.sweep(NOW.plus(Span::days(8))).await?;

    let mails = world.tenant.recent_mail(9).await?;
    let gone = mails.iter().find(|mail| mail.id == sent).expect("that it went out is known");
    assert_eq!((gone.to_address.as_str(), gone.to_name.as_str(), gone.subject.as_str()), ("", "", ""));
    assert_eq!((gone.text.as_str(), gone.html.as_str()), ("", ""));
    assert!(mails.iter().any(|mail| mail.subject == "Wacht nog"));
    Ok(())
});
