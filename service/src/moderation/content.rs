//! What a case is about: posts, comments and activities as they are now.

use calendar::{Local, Series, words};
use domain::activities::policy::{self as activities_policy, ActivityFacts};
use domain::activities::{Activity, OccurrenceChange};
use domain::comments::CommentStatus;
use domain::id::{ActivityId, AreaId, MemberId, TopicId};
use domain::locale::Locale;
use domain::moderation::{ContentKind, Snapshot, Subject, comment_page};
use domain::posts::Post;
use domain::posts::policy::{PostFacts, may_read};
use domain::roles::Place;

use crate::Error;
use crate::activities::series_of;
use crate::context::Request;

/// Content of a member, as it is now.
#[derive(Clone, Debug)]
pub(super) struct Content {
    pub(super) author: MemberId,
    pub(super) areas: Vec<AreaId>,
    pub(super) topic: Option<TopicId>,
    pub(super) place: Place,
    pub(super) now: Snapshot,
    /// Whether the reader may read it, or the post that it stands under.
    pub(super) readable: bool,
    /// It waits for somebody to look at it: nobody but its author and the moderators knows of it.
    pub(super) held: bool,
}

/// The content of a case, whoever may see it; `None` when it is gone, or none of a member's.
pub(super) async fn content(request: &Request, subject: &Subject) -> Result<Option<Content>, Error> {
    let (post, comment) = match subject {
        Subject::Post(id) => (*id, None),
        Subject::Comment(id) => match request.tenant.comment(*id).await? {
            Some(comment) if comment.status.is_there() => (comment.post, Some(comment)),
            _ => return Ok(None),
        },
        Subject::Activity(id) => return of_activity(request, *id).await,
        Subject::Address(_) => return Ok(None),
    };
    let Some(post) = request.tenant.post(post).await? else { return Ok(None) };
    let facts = PostFacts::of(&post, request.platform.id, &request.platform.areas);
    let now = comment.as_ref().map_or_else(
        || snapshot(&post),
        |comment| Snapshot {
            kind: ContentKind::Comment.key().to_owned(),
            title: post.text.title.clone(),
            page: comment_page(post.id, comment.id),
            body: comment.body.clone(),
            author_name: comment.author_name.clone(),
            version: comment.version,
        },
    );
    Ok(Some(Content {
        author: comment.as_ref().map_or(post.author, |comment| comment.author),
        held: comment.is_some_and(|comment| comment.status == CommentStatus::Held),
        readable: may_read(&request.actor, &facts),
        areas: post.text.areas,
        topic: post.text.topic,
        place: facts.place,
        now,
    }))
}

async fn of_activity(request: &Request, id: ActivityId) -> Result<Option<Content>, Error> {
    let Some(activity) = request.tenant.activity(id).await? else { return Ok(None) };
    let facts = ActivityFacts::of(&activity, request.platform.id, &request.platform.areas);
    Ok(Some(Content {
        author: activity.organiser,
        held: false,
        readable: activities_policy::may_read(&request.actor, &facts),
        now: snapshot_of(&activity, request.platform.locale),
        areas: activity.text.areas,
        topic: activity.text.topic,
        place: facts.place,
    }))
}

/// The content as it is now, for a page that knows already who may see the case.
pub(super) async fn now(request: &Request, subject: &Subject) -> Result<Option<Snapshot>, Error> {
    Ok(match subject {
        Subject::Post(id) => request.tenant.post(*id).await?.map(|post| snapshot(&post)),
        Subject::Comment(id) => request.tenant.comment_now(*id).await?,
        Subject::Activity(id) => {
            let activity = request.tenant.activity(*id).await?;
            activity.map(|activity| snapshot_of(&activity, request.platform.locale))
        }
        Subject::Address(_) => None,
    })
}

/// The same for what the reader can see.
pub(super) async fn readable(request: &Request, subject: &Subject) -> Result<Option<Content>, Error> {
    let found = content(request, subject).await?;
    Ok(found.filter(|content| content.readable && !content.held))
}

/// The post as it is now.
fn snapshot(post: &Post) -> Snapshot {
    Snapshot {
        kind: post.text.kind.key().to_owned(),
        title: post.text.title.clone(),
        body: post.text.body.clone(),
        author_name: post.author_name.clone(),
        page: String::new(),
        version: post.version,
    }
}

/// An activity as it is now, in the language of the community: the text, and in lines under it whatever else somebody
/// wrote there.
fn snapshot_of(activity: &Activity, locale: Locale) -> Snapshot {
    let text = &activity.text;
    let mut lines = vec![text.body.clone(), String::new()];
    lines.extend(series_of(&activity.series).map(|series| when(&series, locale)));
    lines.extend([&text.place, &text.online, &text.cost, &text.scene_alt].map(Clone::clone));
    lines.extend(text.registration.iter().flat_map(|rules| rules.questions.clone()));
    lines.extend(activity.changes.iter().filter_map(|change| particular(change, locale)));
    // One empty line, between the text and the rest.
    lines.dedup();
    let body = lines.into_iter().enumerate().filter(|(place, line)| *place < 2 || !line.is_empty());
    Snapshot {
        kind: ContentKind::Activity.key().to_owned(),
        title: text.title.clone(),
        body: body.map(|(_, line)| line).collect::<Vec<_>>().join("\n"),
        author_name: activity.organiser_name.clone(),
        page: String::new(),
        version: activity.version,
    }
}

/// "elke dinsdag van 10.00 tot 12.00 uur", or the day and the hours; the same whenever it is read.
fn when(series: &Series, locale: Locale) -> String {
    words::series(series, locale).unwrap_or_else(|| spelled(series.start, series.minutes, locale))
}

fn spelled(start: Local, minutes: u32, locale: Locale) -> String {
    let hours = words::hours(start, calendar::series::end_of(start, minutes), locale);
    format!("{} {hours}", words::date(start.date(), locale))
}

/// One time that is not as the others, with what somebody wrote about it.
fn particular(change: &OccurrenceChange, locale: Locale) -> Option<String> {
    let when = spelled(calendar::local(&change.start)?, change.minutes, locale);
    let words = [when.as_str(), &change.place, &change.note].into_iter().filter(|part| !part.is_empty());
    Some(words.collect::<Vec<_>>().join(" · "))
}
