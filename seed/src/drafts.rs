//! Something in the making: a draft, a post that publishes itself, and a proposal, so that there is something to see.

use domain::clock::{Span, Timestamp};
use domain::id::{DraftId, ProposalId};
use domain::posts::draft::Draft;
use domain::posts::policy::{PostFacts, may_keep_draft};
use domain::posts::proposals::{Proposed, may_propose};
use domain::posts::{PostKind, PostStatus, PostText};
use domain::roles::Place;
use store::Write;
use store::drafts::TypedDraft;
use store::proposals::NewProposal;

use crate::Error;
use crate::calendar;
use crate::plan::SitePlan;
use crate::random::Seeded;

/// How far ahead the planned post is.
const AHEAD: Span = Span::days(20);
const MOST: u32 = 20;

/// For the community in which Henk writes and Joris helps; the other has nothing in the making.
pub async fn in_the_making(write: &mut Write, site: &SitePlan) -> Result<(), Error> {
    let member = |email: &str| site.members.iter().find(|one| one.email == email).map(|one| one.id);
    let (Some(henk), Some(joris)) = (member("henk@example.org"), member("joris@example.org")) else {
        return Ok(());
    };
    let random = Seeded::new(53);
    let wrong = |what: &str| Error::Content(format!("{what} in the making"));
    let keep = may_keep_draft(&site.actor(henk), site.platform.id).map_err(|_| wrong("a draft"))?;
    let half = Draft {
        title: "Een bankje bij de vijver".into(),
        body: "Wie heeft er nog een stevige plank liggen? We willen".into(),
        kind: PostKind::News.key().into(),
        ..Draft::default()
    };
    let (at, (day, hour)) = nine_o_clock(site.now.plus(AHEAD));
    let planned = Draft {
        title: "De speeltuin gaat weer open".into(),
        body: "Vanaf vandaag kan iedereen weer schommelen. Kom je ook kijken? Er is limonade.".into(),
        kind: PostKind::News.key().into(),
        areas: vec!["lindenhoek".into()],
        publish_on: day,
        publish_time: hour,
        ..Draft::default()
    };
    let json = |draft: &Draft| serde_json::to_string(draft).map_err(|_| wrong("a draft"));
    let (half, planned) = (json(&half)?, json(&planned)?);
    let new = |json, hours| {
        let at = site.now.minus(Span::hours(hours));
        TypedDraft { id: DraftId::new(at, &random), json, photos: &[], at, most: MOST }
    };
    write.put_draft(&keep, &new(&half, 30)).await?;
    write.schedule_draft(&keep, &new(&planned, 4), at).await?;

    let actor = site.actor(joris);
    let found = site.posts.iter().rev().find_map(|post| {
        let facts = PostFacts {
            id: post.id,
            author: post.author,
            status: PostStatus::Published,
            removed_by: None,
            pinned_by: None,
            official: post.official,
            on_behalf: post.on_behalf_of.is_some(),
            expires: false,
            place: Place::new(site.platform.id, &site.platform.areas, &post.text.areas, post.text.topic),
        };
        Some((post, may_propose(&actor, &facts).ok()?))
    });
    let Some((post, permit)) = found else { return Ok(()) };
    let base = post.text.clone();
    let mine = PostText { title: format!("{} (doe je mee?)", base.title), ..base.clone() };
    let proposed = Proposed { base, mine };
    let at = site.now.minus(Span::hours(2));
    let new = NewProposal {
        id: ProposalId::new(at, &random),
        post: post.id,
        base_version: if post.edit.is_some() { 2 } else { 1 },
        proposed: &proposed,
        why: "Zo zien mensen meteen dat ze welkom zijn.",
        at,
    };
    write.insert_proposal(&permit, &new).await?;
    Ok(())
}

/// Nine in the morning in the Netherlands on the day of a moment, and as the form spells it. In the days around the
/// change of the clocks it may be an hour off.
fn nine_o_clock(about: Timestamp) -> (Timestamp, (String, String)) {
    let day = Span::days(1).0;
    let midnight = about.0.div_euclid(day) * day;
    let (date, month) = calendar::day_and_month(about);
    let utc = if (4..=10).contains(&month) { Span::hours(7) } else { Span::hours(8) };
    let year = calendar::year(about);
    (Timestamp(midnight).plus(utc), (format!("{year:04}-{month:02}-{date:02}"), "09:00".to_owned()))
}
