//! Changes that somebody proposes: each is decided once, and its version keeps both names.

use domain::actor::{Actor, Grant, Scope};
use domain::clock::Timestamp;
use domain::id::{PostId, ProposalId};
use domain::posts::PostText;
use domain::posts::policy::PostFacts;
use domain::posts::proposals::{ProposalStatus, Proposed, may_decide_proposal, may_propose};
use domain::roles::Role;
use store::Saved;
use store::proposals::{NewProposal, ProposalEnd};

use crate::common::{World, a_post, at, contract};

impl World {
    /// Joke, who helps with the topic "groen".
    fn supporter(&self) -> Actor {
        let grant = Grant { role: Role::Supporter, scope: Scope::Topic(self.green) };
        Actor::member(self.platform, self.joke, vec![grant])
    }

    /// A post of Fatma's about "groen".
    async fn about_green(&self, title: &str) -> store::Result<PostId> {
        let spec = a_post(title).topic(self.green).at(at(1));
        let permit = domain::posts::policy::may_create(
            &self.connector(),
            spec.text.kind,
            &domain::roles::Place::whole(self.platform),
        );
        let id = self.new_id(at(1));
        let mut write = self.tenant.write().await?;
        write.insert_post(&permit.expect("members may"), &self.new_post(id, &spec)).await?;
        write.commit().await?;
        Ok(id)
    }

    async fn propose(&self, post: PostId, title: &str, at: Timestamp) -> store::Result<ProposalId> {
        let stored = self.post(post).await?;
        let facts = PostFacts::of(&stored, self.platform, &self.tree);
        let permit = may_propose(&self.supporter(), &facts).expect("supporters of the topic may");
        let id = ProposalId::new(at, &self.chance);
        let mine = PostText { title: title.to_owned(), ..stored.text.clone() };
        let proposed = Proposed { base: stored.text, mine };
        let mut write = self.tenant.write().await?;
        let new =
            NewProposal { id, post, base_version: stored.version, proposed: &proposed, why: "Korter", at };
        write.insert_proposal(&permit, &new).await?;
        write.commit().await?;
        Ok(id)
    }

    async fn end(&self, post: PostId, id: ProposalId, end: &ProposalEnd<'_>) -> store::Result<bool> {
        let facts = PostFacts::of(&self.post(post).await?, self.platform, &self.tree);
        let permit = may_decide_proposal(&self.connector(), &facts, id, self.joke).expect("connectors may");
        let mut write = self.tenant.write().await?;
        let ended = write.decide_proposal(&permit, id, end).await?;
        write.commit().await?;
        Ok(ended)
    }
}

contract!(what_is_proposed_waits_in_its_order_on_its_own_platform_only, |db| {
    let world = World::make(db, "een").await?;
    let other = World::make(db, "ander").await?;
    let post = world.about_green("Bladeren").await?;
    let first = world.propose(post, "Blad", at(2)).await?;
    let second = world.propose(post, "Bladen", at(3)).await?;
    let ids = |found: Vec<domain::posts::proposals::Proposal>| {
        found.into_iter().map(|proposal| proposal.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(world.tenant.open_proposals(None, 9).await?), [first, second]);
    assert_eq!(ids(world.tenant.open_proposals(Some((at(2), first)), 9).await?), [second]);
    assert!(other.tenant.open_proposals(None, 9).await?.is_empty());
    assert_eq!(ids(world.tenant.proposals_of(world.joke).await?), [second, first], "her own, newest first");
    assert!(world.tenant.proposals_of(world.fatma).await?.is_empty());
    assert_eq!(world.tenant.waiting_proposals(9).await?, vec![(vec![], Some(world.green)); 2]);
    assert!(other.tenant.waiting_proposals(9).await?.is_empty());
    assert!(other.tenant.proposal(first).await?.is_none());
    let found = world.tenant.proposal(first).await?.expect("it is there");
    assert_eq!((found.by, found.by_name.as_str(), found.why.as_str()), (world.joke, "Joke", "Korter"));
    assert_eq!(found.proposed.mine.title, "Blad");
    assert_eq!(world.post(post).await?.text.title, "Bladeren", "nothing changes yet");
    Ok(())
});

contract!(a_proposal_is_decided_once_and_its_version_keeps_both_names, |db| {
    let world = World::make(db, "een").await?;
    let post = world.about_green("Bladeren").await?;
    let id = world.propose(post, "Blad", at(2)).await?;
    let text = world.tenant.proposal(id).await?.expect("it is there").proposed.mine;
    let edit = world.may_edit(&world.connector(), post).await?;
    let mut write = world.tenant.write().await?;
    let saved = write.update_post(&edit, &world.change(post, 1, &text)).await?;
    assert_eq!(saved, Saved::Done { version: 2 });
    write.commit().await?;
    let end = ProposalEnd { status: ProposalStatus::Accepted, reasons: "", version: Some(2), at: at(4) };
    assert!(world.end(post, id, &end).await?);
    assert!(!world.end(post, id, &end).await?, "somebody else was faster");
    assert!(world.tenant.open_proposals(None, 9).await?.is_empty());
    assert!(world.tenant.waiting_proposals(9).await?.is_empty());
    let own = world.tenant.proposals_of(world.joke).await?;
    assert_eq!(
        own.iter().map(|one| (one.status, one.decided_at)).collect::<Vec<_>>(),
        [(ProposalStatus::Accepted, Some(at(4)))]
    );
    let revisions = world.tenant.revisions(post).await?;
    assert_eq!(revisions.iter().map(|r| r.editor_name.as_str()).collect::<Vec<_>>(), ["Fatma", "Fatma"]);
    let proposers: Vec<Option<&str>> = revisions.iter().map(|r| r.proposed_by.as_deref()).collect();
    assert_eq!(proposers, [Some("Joke"), None]);
    Ok(())
});
