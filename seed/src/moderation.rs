//! A case in every state, so that there is something to see at the moderators' desk. Nothing nasty.

use domain::actor::Actor;
use domain::clock::{Span, Timestamp};
use domain::id::{AppealId, CaseId, DecisionId, MemberId, NoticeId, PostId, SuspensionId};
use domain::moderation::decision::{DecisionKind, Ground};
use domain::moderation::notice::may_give_notice;
use domain::moderation::policy::{CaseFacts, may_appeal_as_author, may_decide};
use domain::moderation::second_look::SecondLook;
use domain::moderation::{CaseOrigin, CaseStatus, Category, FOLLOW_FOR, Party, Snapshot, Subject};
use domain::permit::Permit;
use domain::permit::action::Operate;
use domain::posts::policy::may_create;
use domain::posts::{PostKind, PostText};
use domain::roles::Place;
use store::Write;
use store::moderation::{Fate, NewAppeal, NewCase, NewDecision, NewNotice, PostFate};
use store::operator::PostPast;
use store::posts::NewPost;

use crate::plan::{PlannedPost, SitePlan};
use crate::random::Seeded;
use crate::{Error, Rendered};

/// What stands at the desk of one community.
struct Desk<'a> {
    site: &'a SitePlan,
    random: Seeded,
    now: Timestamp,
    connector: MemberId,
    notifier: MemberId,
}

/// What a case is about.
struct About {
    post: PostId,
    author: MemberId,
    text: PostText,
    version: i64,
}

/// Cases for the community that has two connectors; the other has an empty desk.
pub async fn cases(
    write: &mut Write,
    permit: &Permit<Operate>,
    site: &SitePlan,
    render: &impl Fn(&str) -> Rendered,
) -> Result<(), Error> {
    let member = |email: &str| site.members.iter().find(|one| one.email == email).map(|one| one.id);
    let (Some(connector), Some(notifier), Some(author), Some(last)) = (
        member("willem@example.org"),
        member("henk@example.org"),
        member("fatma@example.org"),
        site.posts.last(),
    ) else {
        return Ok(());
    };
    // Nothing here is newer than the newest post.
    let desk = Desk { site, random: Seeded::new(41), now: last.published_at, connector, notifier };
    let mut reported = site.posts.iter().rev().skip(5).filter(|post| {
        post.author != connector
            && post.author != notifier
            && post.text.kind == PostKind::News
            && !post.official
    });
    let (Some(open), Some(asked), Some(decided)) = (reported.next(), reported.next(), reported.next()) else {
        return Ok(());
    };
    let words = "Volgens mij begint het om acht uur, en niet om zeven. Kan iemand dat nakijken?";
    desk.reported(write, &about(open), Category::WrongFacts, words, 5).await?;
    let words = "Mijn achternaam staat erin. Liever alleen mijn voornaam.";
    let case = desk.reported(write, &about(asked), Category::Privacy, words, 30).await?;
    let facts = "Er staat een achternaam in van iemand die dat liever niet heeft. Wil je die eruit halen?";
    desk.decide(write, &about(asked), case, DecisionKind::Ask, facts, 20).await?;
    let words = "Dit is toch geen nieuws? Het is een mening.";
    let case = desk.reported(write, &about(decided), Category::Other, words, 70).await?;
    let facts = "We hebben het gelezen. Het is een mening, en oneens zijn mag hier.";
    desk.decide(write, &about(decided), case, DecisionKind::NoAction, facts, 60).await?;

    let sale = "Ons bankstel moet weg. Drie jaar oud, 150 euro. Bel gerust!";
    let removed = desk.post(write, permit, render, author, ("Bankstel te koop", sale), 50).await?;
    let words = "Dit is verkopen. Dat hoort op de markt.";
    let case = desk.reported(write, &removed, Category::HouseRules, words, 40).await?;
    let facts =
        "Je biedt iets te koop aan. Weggeven, ruilen en lenen mag hier graag, verkopen doe je op een markt.";
    desk.decide(write, &removed, case, DecisionKind::Remove, facts, 35).await?;
    desk.object(write, &removed, case, 10).await?;

    let lesson = "Zin om mee te doen? Kijk op [de site van de yogaschool](https://yoga.example.org).";
    let held = desk.post(write, permit, render, author, ("Gratis proefles yoga", lesson), 3).await?;
    desk.hold(write, &held).await
}

fn about(post: &PlannedPost) -> About {
    About {
        post: post.id,
        author: post.author,
        text: post.text.clone(),
        version: if post.edit.is_some() { 2 } else { 1 },
    }
}

impl Desk<'_> {
    fn ago(&self, hours: i64) -> Timestamp {
        self.now.minus(Span::hours(hours))
    }

    fn place(&self, about: &About) -> Place {
        let platform = &self.site.platform;
        Place::new(platform.id, &platform.areas, &about.text.areas, about.text.topic)
    }

    async fn post(
        &self,
        write: &mut Write,
        permit: &Permit<Operate>,
        render: &impl Fn(&str) -> Rendered,
        author: MemberId,
        (title, body): (&str, &str),
        hours: i64,
    ) -> Result<About, Error> {
        let at = self.ago(hours);
        let areas = self.site.platform.areas.by_slug("lindenhoek").map(|area| area.id).into_iter().collect();
        let text = PostText {
            title: title.to_owned(),
            body: body.to_owned(),
            kind: PostKind::News,
            topic: None,
            areas,
            scene: None,
            scene_alt: String::new(),
        };
        let rendered = render(body);
        let post = PostId::new(at, &self.random);
        let new = NewPost {
            id: post,
            text: &text,
            html: &rendered.html,
            excerpt: &rendered.excerpt,
            on_behalf_of: None,
            official: false,
            at,
            expires_at: None,
            tree: &self.site.platform.areas,
        };
        write.insert_post_as_operator(permit, author, &new, &PostPast::default()).await?;
        Ok(About { post, author, text, version: 1 })
    }

    async fn begin(
        &self,
        write: &mut Write,
        about: &About,
        origin: CaseOrigin,
        at: Timestamp,
    ) -> Result<CaseId, Error> {
        let platform = self.site.platform.id;
        let permit = may_give_notice(&Actor::visitor(platform), platform);
        let author_name =
            self.site.members.iter().find(|one| one.id == about.author).map(|one| one.name.clone());
        let new = NewCase {
            id: CaseId::new(at, &self.random),
            origin,
            subject: &Subject::Post(about.post),
            author: Some(about.author),
            areas: &about.text.areas,
            topic: about.text.topic,
            notices: i64::from(origin == CaseOrigin::Notice),
            snapshot: &Snapshot {
                kind: about.text.kind.key().to_owned(),
                title: about.text.title.clone(),
                body: about.text.body.clone(),
                author_name: author_name.unwrap_or_default(),
                page: String::new(),
                version: about.version,
            },
            at,
        };
        Ok(write.open_case(&permit, &new).await?.id)
    }

    async fn reported(
        &self,
        write: &mut Write,
        about: &About,
        category: Category,
        message: &str,
        hours: i64,
    ) -> Result<CaseId, Error> {
        let at = self.ago(hours);
        let case = self.begin(write, about, CaseOrigin::Notice, at).await?;
        let platform = &self.site.platform;
        let permit = may_give_notice(&Actor::member(platform.id, self.notifier, Vec::new()), platform.id);
        let id = NoticeId::new(at, &self.random);
        let address = format!("/berichten/{}", about.post);
        let new = NewNotice {
            id,
            case,
            email: None,
            locale: platform.locale,
            category,
            rule: None,
            address: &address,
            // Nobody has the token that this would be the hash of.
            token_hash: id.0.as_bytes(),
            follow_until: at.plus(FOLLOW_FOR),
            message,
            at,
        };
        write.insert_notice(&permit, &new).await?;
        Ok(case)
    }

    fn facts(
        &self,
        about: &About,
        id: CaseId,
        status: CaseStatus,
        decided: Option<(DecisionKind, MemberId, Timestamp)>,
    ) -> CaseFacts {
        let author = Some(about.author);
        CaseFacts {
            id,
            status,
            place: self.place(about),
            author,
            notifiers: vec![self.notifier],
            decided,
            second_look: SecondLook::default(),
        }
    }

    async fn decide(
        &self,
        write: &mut Write,
        about: &About,
        case: CaseId,
        kind: DecisionKind,
        facts: &str,
        hours: i64,
    ) -> Result<(), Error> {
        let wrong = |_| Error::Content(format!("the case about {}", about.text.title));
        let open = self.facts(about, case, CaseStatus::Open, None);
        let permit = may_decide(&self.site.actor(self.connector), &open).map_err(wrong)?;
        let at = self.ago(hours);
        let fate = match kind {
            DecisionKind::Ask => Fate { status: CaseStatus::Asked, post: None },
            DecisionKind::Remove => Fate { status: CaseStatus::Decided, post: Some(PostFate::Remove) },
            _ => Fate { status: CaseStatus::Decided, post: None },
        };
        let new = NewDecision {
            id: DecisionId::new(at, &self.random),
            case,
            expected_version: 1,
            kind,
            ground: kind.restricts().then_some(Ground::HouseRule),
            rule: if kind.restricts() { "5. Verkopen doe je op een markt." } else { "" },
            facts,
            until: (kind == DecisionKind::Ask).then(|| at.plus(Span::days(7))),
            fate,
            suspension: SuspensionId::new(at, &self.random),
            at,
        };
        write.decide(&permit, &new).await?;
        Ok(())
    }

    async fn object(&self, write: &mut Write, about: &About, case: CaseId, hours: i64) -> Result<(), Error> {
        let wrong = |_| Error::Content(format!("the objection about {}", about.text.title));
        let at = self.ago(hours);
        let decided = Some((DecisionKind::Remove, self.connector, at));
        let facts = self.facts(about, case, CaseStatus::Decided, decided);
        let permit = may_appeal_as_author(&self.site.actor(about.author), &facts, at).map_err(wrong)?;
        let new = NewAppeal {
            id: AppealId::new(at, &self.random),
            case,
            expected_version: 2,
            party: Party::Author,
            party_id: about.author.0,
            message: "Ik had het verkeerd opgeschreven. Ik geef het weg, die 150 euro is voor de buurtkas. Mag het dan wel?",
            at,
        };
        write.insert_appeal(&permit, &new).await?;
        Ok(())
    }

    async fn hold(&self, write: &mut Write, about: &About) -> Result<(), Error> {
        let wrong = |_| Error::Content(format!("the post {}", about.text.title));
        let actor = self.site.actor(about.author);
        let permit = may_create(&actor, about.text.kind, &self.place(about)).map_err(wrong)?;
        write.hold_new_post(&permit, about.post).await?;
        self.begin(write, about, CaseOrigin::Held, self.ago(3)).await?;
        Ok(())
    }
}
