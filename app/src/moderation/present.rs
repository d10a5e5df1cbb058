//! From cases to what a page shows.

use domain::clock::{Span, Timestamp};
use domain::id::CaseId;
use domain::moderation::decision::{AnswerDraft, AppealDraft, DecisionDraft};
use domain::moderation::second_look::SecondLook;
use domain::moderation::{ContentKind, Party, Reference, Subject, house_rules};
use service::context::Request;
use service::flash::Kept;
use service::moderation::records::{AppealRecord, CaseRecord, DecisionRecord, NoticeRecord, Tab};
use service::moderation::{CaseFile, Followed, OwnCase, QueuePage, Suspended, YearFigures};
use service::{dates, diff, moderation};

use super::view::{
    AppealView, CaseView, ContentView, DecisionView, EntryView, FollowView, NoticeView, OwnCaseView,
    OwnCasesView, QueueView, ReportTyped, ReportView, YearView,
};
use crate::forms::Filled;
use crate::ui::Moment;

/// The parts of the queue, with the word in the address.
pub(super) const PARTS: [(Tab, &str); 6] = [
    (Tab::Open, "open"),
    (Tab::Held, "nieuw"),
    (Tab::Asked, "gevraagd"),
    (Tab::Appealed, "bezwaar"),
    (Tab::Decided, "besloten"),
    (Tab::Closed, "afgerond"),
];

pub(super) fn tab(request: &Request, word: &str) -> Tab {
    let named = PARTS.iter().find(|(_, part)| *part == word).map(|(tab, _)| *tab);
    named.unwrap_or_else(|| moderation::first_part(&request.actor))
}

pub(super) fn case_id(text: &str) -> Result<CaseId, service::Error> {
    text.parse().map_err(|_| service::Error::NotFound)
}

/// Under which name a form about one case is kept.
pub(super) fn form(what: &str, id: CaseId) -> String {
    format!("{what}-{id}")
}

pub(super) fn cursor(text: &str) -> Result<Option<(Timestamp, CaseId)>, service::Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let read =
        text.split_once('_').and_then(|(at, id)| Some((Timestamp(at.parse().ok()?), id.parse().ok()?)));
    read.map(Some).ok_or(service::Error::NotFound)
}

pub(super) async fn report(
    request: &Request,
    kept: Kept<ReportTyped>,
    about: String,
) -> Result<ReportView, service::Error> {
    let Kept { typed, problems } = kept;
    let mut draft = typed.report;
    if draft.address.is_empty() {
        draft.address = about;
    }
    let path = draft.address.strip_prefix(&request.base_url).unwrap_or(&draft.address);
    let about = moderation::reported(request, path).await?.map(|found| (found.kind, found.title));
    Ok(ReportView {
        about,
        filled: Filled { typed: draft, problems },
        rules: house_rules(&request.platform.house_rules),
        since: moderation::since(request, "report", &typed.since),
        puzzle: moderation::puzzle(request, "report").await?,
    })
}

fn address(case: &CaseRecord) -> String {
    match &case.subject {
        Subject::Post(id) => format!("/berichten/{id}"),
        Subject::Comment(_) => case.snapshot.page.clone(),
        Subject::Activity(id) => format!("/activiteiten/{id}"),
        Subject::Address(path) => path.clone(),
    }
}

fn entry(request: &Request, case: &CaseRecord) -> EntryView {
    EntryView {
        id: case.id.to_string(),
        reference: Reference::from(case.id).to_string(),
        title: case.snapshot.title.clone(),
        kind: ContentKind::from_key(&case.snapshot.kind),
        address: address(case),
        author: case.snapshot.author_name.clone(),
        origin: case.origin,
        notices: case.notices,
        at: Moment::ago(case.created_at, request),
        changed: case.changed_at.is_some(),
        due: case.due_at.map(|at| dates::day(at, request.locale)).unwrap_or_default(),
        outcome: case.outcome,
        second_look: SecondLook::default(),
    }
}

pub(super) fn queue(request: &Request, tab: Tab, page: QueuePage) -> QueueView {
    QueueView {
        part: PARTS.iter().find(|(part, _)| *part == tab).map_or("open", |(_, word)| word).to_owned(),
        entries: page
            .entries
            .iter()
            .map(|found| EntryView { second_look: found.second_look, ..entry(request, &found.case) })
            .collect(),
        next: page.next.map(|(at, id)| format!("{}_{id}", at.0)).unwrap_or_default(),
    }
}

fn rule_in_words(request: &Request, number: Option<i64>) -> String {
    let Some(number) = number else { return String::new() };
    house_rules(&request.platform.house_rules)
        .into_iter()
        .find(|(other, _)| i64::from(*other) == number)
        .map_or_else(|| number.to_string(), |(number, words)| format!("{number}. {words}"))
}

fn notice(request: &Request, notice: &NoticeRecord) -> NoticeView {
    NoticeView {
        reference: Reference::from(notice.id).to_string(),
        at: Moment::ago(notice.at, request),
        category: notice.category,
        rule: rule_in_words(request, notice.rule),
        message: notice.message.clone(),
        has_account: notice.member.is_some(),
        has_mail: notice.email.is_some(),
    }
}

/// `named`: moderators see each other's names; others hear that it was a person.
fn decision(request: &Request, decision: DecisionRecord, named: bool) -> DecisionView {
    DecisionView {
        kind: decision.kind,
        by: if named { decision.by_name } else { String::new() },
        at: Moment::ago(decision.at, request),
        ground: decision.ground,
        rule: decision.rule,
        until: decision.until.map(|at| dates::day(at, request.locale)).unwrap_or_default(),
        overturned: decision.overturned_at.is_some(),
        facts: decision.facts,
    }
}

fn decisions(request: &Request, found: Vec<DecisionRecord>, named: bool) -> Vec<DecisionView> {
    found.into_iter().map(|one| decision(request, one, named)).collect()
}

fn appeals(request: &Request, found: Vec<AppealRecord>, named: bool) -> Vec<AppealView> {
    found
        .into_iter()
        .map(|appeal| AppealView {
            party: appeal.party,
            at: Moment::ago(appeal.at, request),
            message: appeal.message,
            outcome: appeal.outcome,
            by: appeal.decided_by_name.filter(|_| named).unwrap_or_default(),
            reasons: appeal.reasons,
        })
        .collect()
}

fn content(file: &CaseFile) -> ContentView {
    let then = &file.case.snapshot;
    let changes = file.now.as_ref().and_then(|now| {
        let same = now.title == then.title && now.body == then.body;
        (!same).then(|| (diff::words(&then.title, &now.title), diff::words(&then.body, &now.body)))
    });
    ContentView {
        kind: ContentKind::from_key(&then.kind),
        title: then.title.clone(),
        body: then.body.clone(),
        author: then.author_name.clone(),
        address: address(&file.case),
        gone: file.now.is_none() && file.case.author.is_some(),
        changes,
    }
}

pub(super) fn case(
    request: &Request,
    file: CaseFile,
    mut decision: Filled<DecisionDraft>,
    mut answer: Filled<AnswerDraft>,
) -> CaseView {
    let version = file.case.version;
    // The version that is decided about is the one on this page, also when a form came back.
    decision.typed.version = version;
    answer.typed.version = version;
    CaseView {
        entry: EntryView { second_look: file.second_look, ..entry(request, &file.case) },
        status: file.case.status,
        version,
        content: content(&file),
        notices: file.notices.iter().map(|one| notice(request, one)).collect(),
        decisions: decisions(request, file.decisions, true),
        appeals: appeals(request, file.appeals, true),
        history: file.history,
        proposal: file.proposed_days,
        may_decide: file.may_decide,
        may_answer: file.may_answer,
        has_author: file.case.author.is_some(),
        rules: house_rules(&request.platform.house_rules),
        decision,
        answer,
    }
}

pub(super) fn own_cases(
    request: &Request,
    (cases, suspended): (Vec<CaseRecord>, Option<Suspended>),
) -> OwnCasesView {
    OwnCasesView {
        entries: cases.iter().map(|case| entry(request, case)).collect(),
        paused_until: suspended.map(|found| dates::day(found.until, request.locale)).unwrap_or_default(),
    }
}

pub(super) fn own_case(request: &Request, own: OwnCase, appeal: Filled<AppealDraft>) -> OwnCaseView {
    OwnCaseView {
        entry: entry(request, &own.case),
        status: own.case.status,
        body: own.case.snapshot.body.clone(),
        decisions: decisions(request, own.decisions, false),
        appeals: appeals(request, own.appeals, false),
        may_appeal: own.may_appeal,
        appeal,
    }
}

pub(super) fn follow(
    request: &Request,
    token: String,
    found: Followed,
    appeal: Filled<AppealDraft>,
) -> FollowView {
    // What the author was asked or told stays between them and the moderators, until it is decided.
    let told =
        found.decisions.into_iter().filter(|one| one.kind != domain::moderation::decision::DecisionKind::Ask);
    FollowView {
        token,
        reference: Reference::from(found.notice.id).to_string(),
        at: Moment::ago(found.notice.at, request),
        title: found.case.snapshot.title.clone(),
        kind: ContentKind::from_key(&found.case.snapshot.kind),
        address: found.notice.address.clone(),
        status: found.case.status,
        decisions: told.map(|one| decision(request, one, false)).collect(),
        appeals: appeals(
            request,
            found.appeals.into_iter().filter(|appeal| appeal.party == Party::Notifier).collect(),
            false,
        ),
        may_appeal: found.may_appeal,
        appeal,
    }
}

pub(super) fn figures(found: Vec<YearFigures>) -> Vec<YearView> {
    found
        .into_iter()
        .map(|year| YearView {
            year: year.year,
            notices: year.notices,
            decisions: year.decisions,
            median_hours: year.median.map(|took| took.0 / Span::hours(1).0),
            appeals: year.appeals,
            overturned: year.overturned,
        })
        .collect()
}
