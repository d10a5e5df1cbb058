//! From posts to what a page shows, on the server only.

use std::sync::Arc;

use domain::diff::Piece;
use domain::id::{AreaId, PostId, TopicId};
use domain::posts::drafts::DraftState;
use domain::posts::filter::FilterQuery;
use domain::posts::merge::{Part, different};
use domain::posts::{Post, PostStatus, PostSummary, PostText, Revision};
use domain::problem::Problems;
use service::context::Request;
use service::posts::{Edit, Listed, PostView, Written};

use super::view::{
    Byline, CardView, ConflictPart, ConflictView, EditForm, ListView, Named, ShowView, WriteView, part_name,
};
use crate::site::tone;
use crate::texts::{desk_in_language, fill, in_language};
use crate::ui::Moment;
use crate::versions::view::{Both, CompareView, HistoryView, VersionView};

pub(crate) fn area(request: &Request, id: AreaId) -> Option<Named> {
    request.platform.areas.get(id).map(|area| Named { slug: area.slug.clone(), name: area.name.clone() })
}

pub(crate) fn topic(request: &Request, id: TopicId) -> Option<Named> {
    request.platform.topic(id).map(|topic| Named { slug: topic.slug.clone(), name: topic.name.clone() })
}

pub(crate) fn place(request: &Request, areas: &[AreaId]) -> String {
    let names: Vec<String> = areas.iter().filter_map(|id| area(request, *id)).map(|area| area.name).collect();
    match names.as_slice() {
        [] => in_language(request.locale).whole_platform.to_owned(),
        [one] => one.clone(),
        [one, two] => format!("{one}, {two}"),
        [one, rest @ ..] => format!("{one} + {}", rest.len()),
    }
}

pub(crate) fn card(request: &Request, post: &PostSummary) -> CardView {
    CardView {
        id: post.id.to_string(),
        kind: post.kind,
        scene: post.scene.map(|scene| scene.key().to_owned()),
        cover: post.cover.map(super::photos::present::cover),
        place: place(request, &post.areas),
        by: Byline {
            tone: tone(&post.author_name),
            name: post.author_name.clone(),
            on_behalf_of: post.on_behalf_of.clone(),
            official: post.official,
        },
        at: Moment::ago(post.published_at, request),
        pinned_by: post.pinned_by_name.clone(),
        comments: post.comments,
        title: post.title.clone(),
        excerpt: post.excerpt.clone(),
    }
}

pub(super) fn list(request: &Request, query: &FilterQuery, listed: &Listed) -> ListView {
    let Listed { pinned, page, author } = listed;
    ListView {
        author: author.clone(),
        agenda: String::new(),
        pinned: pinned.iter().map(|post| card(request, post)).collect(),
        cards: page.items.iter().map(|post| card(request, post)).collect(),
        next: page.next.as_ref().map(|cursor| FilterQuery { na: cursor.to_string(), ..query.clone() }),
    }
}

pub(super) fn show(request: &Request, view: PostView) -> ShowView {
    let post = Arc::unwrap_or_clone(view.post);
    let mut share = super::share::links(request, &post);
    if view.may_set_last_day {
        share += &crate::drafts::last_day_link(request, post.id);
    }
    let asked = view.asked.as_ref().map(|asked| {
        let label = crate::texts::desk_in_language(request.locale).asked_note_edit;
        crate::moderation::asked_note(request, (format!("/berichten/{}?bewerk=tekst", post.id), label), asked)
    });
    let initiative = view.initiative.as_ref().map_or_else(String::new, |initiative| {
        crate::initiatives::html(request, &post, initiative, view.may_edit)
    });
    ShowView {
        id: post.id.to_string(),
        version: post.version,
        kind: post.text.kind,
        json_ld: json_ld(request, &post),
        typed: Default::default(),
        topic: post.text.topic.and_then(|id| topic(request, id)),
        areas: post.text.areas.iter().filter_map(|id| area(request, *id)).collect(),
        scene: post.text.scene.map(|scene| scene.key().to_owned()),
        scene_alt: post.text.scene_alt,
        photos: view.photos.iter().map(super::photos::present::photo).collect(),
        author: if post.on_behalf_of.is_none() { post.author.to_string() } else { String::new() },
        share,
        initiative,
        by: Byline {
            tone: tone(&post.author_name),
            name: post.author_name,
            on_behalf_of: post.on_behalf_of,
            official: post.official,
        },
        at: Moment::ago(post.published_at, request),
        edited: post.edited_at.map(|at| Moment::ago(at, request)),
        pinned_by: post.pinned_until.filter(|until| *until > request.now).and(post.pinned_by_name),
        removed: post.status == PostStatus::Removed,
        expired: post.status == PostStatus::Expired,
        last_day: post
            .expires_at
            .map(|at| service::dates::last_day_before(at, request.locale))
            .unwrap_or_default(),
        may_extend: view.may_extend,
        may_propose: view.may_propose,
        waits: if post.status.awaits_moderator() { post.status.key().to_owned() } else { String::new() },
        case_link: view.case_link,
        may_moderate: view.may_moderate,
        own: request.actor.member_id() == Some(post.author),
        // The source travels only to who may edit it.
        body: if view.may_edit { post.text.body } else { String::new() },
        title: post.text.title,
        html: asked.unwrap_or_default() + &post.html,
        excerpt: post.excerpt,
        may_edit: view.may_edit,
        may_remove: view.may_remove,
        may_restore: view.may_restore,
        may_pin: if post.pinned_until.is_some_and(|until| until > request.now) {
            view.may_unpin
        } else {
            view.may_pin
        },
    }
}

/// Structured data (schema.org) as text that cannot end its own script element.
fn json_ld(request: &Request, post: &Post) -> String {
    let iso = |at| Moment::ago(at, request).iso;
    let data = leptos::serde_json::json!({
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": post.text.title,
        "description": post.excerpt,
        "datePublished": iso(post.published_at),
        "dateModified": iso(post.edited_at.unwrap_or(post.published_at)),
        "author": { "@type": "Person", "name": post.on_behalf_of.as_ref().unwrap_or(&post.author_name) },
        "publisher": { "@type": "Organization", "name": request.platform.name },
        "mainEntityOfPage": format!("{}/berichten/{}", request.base_url, post.id),
        "inLanguage": request.platform.locale.tag(),
    });
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

/// A part as text, to be compared by word.
fn spelled(request: &Request, text: &PostText, part: Part) -> String {
    match part {
        Part::Title => text.title.clone(),
        Part::Body => text.body.clone(),
        Part::Areas => {
            let names: Vec<String> =
                text.areas.iter().filter_map(|id| area(request, *id)).map(|area| area.name).collect();
            if names.is_empty() {
                in_language(request.locale).whole_platform.to_owned()
            } else {
                names.join(", ")
            }
        }
        Part::Topic => {
            text.topic.and_then(|id| topic(request, id)).map_or_else(|| "–".to_owned(), |topic| topic.name)
        }
    }
}

/// What is different between two texts, part by part and word by word.
pub(crate) fn compared(request: &Request, old: &PostText, new: &PostText) -> Vec<(Part, Vec<Piece>)> {
    different(&Part::ALL, old, new)
        .into_iter()
        .map(|part| {
            let (before, after) = (spelled(request, old, part), spelled(request, new, part));
            (part, service::diff::words(&before, &after))
        })
        .collect()
}

pub(crate) fn choice(request: &Request, text: &PostText, part: Part) -> Vec<String> {
    match part {
        Part::Areas => text.areas.iter().filter_map(|id| area(request, *id)).map(|area| area.slug).collect(),
        Part::Topic => {
            text.topic.and_then(|id| topic(request, id)).map(|topic| vec![topic.slug]).unwrap_or_default()
        }
        Part::Title | Part::Body => Vec::new(),
    }
}

pub(super) fn history(
    request: &Request,
    (post, revisions): (Post, Vec<Revision>),
    wanted: (Option<i64>, Option<i64>),
) -> HistoryView {
    let t = in_language(request.locale);
    let at = |version: i64| revisions.iter().find(|revision| revision.version == version);
    let compare = match wanted {
        (Some(from), Some(to)) => at(from).zip(at(to)),
        _ => revisions.get(1).zip(revisions.first()),
    }
    .map(|(old, new)| CompareView {
        from: old.version,
        to: new.version,
        parts: compared(request, &old.text, &new.text)
            .into_iter()
            .map(|(part, pieces)| (part_name(t, part).to_owned(), pieces))
            .collect(),
    });
    let versions = revisions.iter().enumerate().map(|(index, revision)| {
        let older = revisions.get(index + 1);
        let proposed = revision.proposed_by.as_ref().map(|name| fill(t.proposed_by, &[("name", name)]));
        let reason =
            (!revision.reason.is_empty()).then(|| format!("{}: {}", t.field_reason, revision.reason));
        VersionView {
            version: revision.version,
            older: older.map(|older| older.version),
            editor: revision.editor_name.clone(),
            tone: tone(&revision.editor_name),
            at: Moment::ago(revision.at, request),
            what: done_in(request, older, revision),
            notes: proposed.into_iter().chain(reason).collect(),
            current: revision.text == post.text && index == 0,
        }
    });
    HistoryView {
        id: post.id.to_string(),
        version: post.version,
        compare,
        versions: versions.collect(),
        none: String::new(),
        problems: Problems::default(),
        title: post.text.title,
    }
}

/// What was done to make a version, in words.
fn done_in(request: &Request, older: Option<&Revision>, revision: &Revision) -> String {
    let (t, d) = (in_language(request.locale), desk_in_language(request.locale));
    if let Some(until) = revision.last_day {
        return crate::drafts::last_day_told(request, until);
    }
    let Some(older) = older else { return t.history_first.to_owned() };
    let parts = different(&Part::ALL, &older.text, &revision.text);
    let parts: Vec<&str> = parts.into_iter().map(|part| part_name(t, part)).collect();
    if parts.is_empty() {
        return d.history_photos.to_owned();
    }
    fill(t.history_changed, &[("parts", &parts.join(", "))])
}

impl From<EditForm> for Edit {
    fn from(form: EditForm) -> Self {
        Self {
            version: form.version,
            title: form.title,
            body: form.body,
            topic: form.topic,
            areas: form.areas,
            reason: form.reason,
        }
    }
}

/// Parts that were in the form and came as nothing were emptied.
pub(super) fn with_emptied(mut edit: EditForm, with: &[String]) -> EditForm {
    for part in with.iter().filter_map(|slug| Part::from_slug(slug)) {
        match part {
            Part::Title => edit.title = edit.title.or_else(|| Some(String::new())),
            Part::Body => edit.body = edit.body.or_else(|| Some(String::new())),
            Part::Topic => edit.topic = edit.topic.or_else(|| Some(String::new())),
            Part::Areas => edit.areas = edit.areas.or_else(|| Some(Vec::new())),
        }
    }
    edit
}

/// Both versions of the parts that clash; parts that only the editor touched ride along as theirs.
pub(super) fn conflict(
    request: &Request,
    (post, other): (Post, Option<String>),
    typed: &EditForm,
) -> ConflictView {
    let slugs = |list: &[String]| list.join(", ");
    let mut parts = Vec::new();
    let mut push = |part: Part, mine: String, mine_choice: Vec<String>| {
        let both = both(mine, spelled(request, &post.text, part));
        parts.push(ConflictPart { part, both, mine_choice });
    };
    if let Some(title) = &typed.title {
        push(Part::Title, title.clone(), Vec::new());
    }
    if let Some(body) = &typed.body {
        push(Part::Body, domain::text::lines(body), Vec::new());
    }
    if let Some(areas) = &typed.areas {
        let names: Vec<String> = areas
            .iter()
            .filter_map(|slug| request.platform.areas.by_slug(slug))
            .map(|area| area.name.clone())
            .collect();
        push(Part::Areas, slugs(&names), areas.clone());
    }
    if let Some(slug) = &typed.topic {
        let name =
            request.platform.topic_by_slug(slug).map_or_else(|| "–".to_owned(), |topic| topic.name.clone());
        push(Part::Topic, name, vec![slug.clone()]);
    }
    ConflictView {
        id: post.id.to_string(),
        title: post.text.title.clone(),
        version: post.version,
        other,
        parts,
        reason: typed.reason.clone(),
    }
}

/// Two versions of a text, with the way from theirs to mine.
pub(crate) fn both(mine: String, theirs: String) -> Both {
    let diff = service::diff::words(&theirs, &mine);
    Both { mine, theirs, diff }
}

pub(super) fn parse(id: &str) -> Result<PostId, service::Error> {
    id.parse().map_err(|_| service::Error::NotFound)
}

/// A draft in the form.
pub(super) fn write_form(request: &Request, opened: service::drafts::Opened) -> WriteView {
    let planned = opened.publish_at.filter(|_| opened.state == DraftState::Scheduled);
    WriteView {
        draft: opened.draft,
        problems: Default::default(),
        kept_at: opened.kept_at.map(|at| at.0),
        refused: false,
        concept: opened.id.to_string(),
        planned: planned.map(|at| service::dates::exactly(at, request.locale)).unwrap_or_default(),
    }
}

/// Where a form that was sent leads to.
pub(super) fn written(done: Written) -> String {
    match done {
        Written::Published { id, held } => {
            format!("/berichten/{id}?melding=geplaatst{}", if held { "&wacht=1" } else { "" })
        }
        Written::Scheduled(_) => "/berichten?melding=gepland".to_owned(),
    }
}

/// Under which name an edit is kept: what was typed for one post never shows in the form of another.
pub(super) fn edit_form(post: PostId) -> String {
    format!("edit-{post}")
}

/// A form without fields ends: nothing was typed, so nothing needs to be kept.
pub(super) async fn one_button(
    request: &Request,
    post: PostId,
    done: Result<String, service::Error>,
) -> Result<(), crate::error::AppError> {
    let back = format!("/berichten/{post}?melding=mislukt");
    let way = crate::context::FormWay { form: "button", back: &back };
    crate::context::finish(request, way, (), done).await
}
